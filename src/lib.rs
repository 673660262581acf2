//! Diachinh: a city's land parcels in memory, looked up at once and with proof.
//!
//! The modules are rooms in a fixed order: a room uses only rooms above it in this list.
//! ARCHITECTURE.md tells what lives where; `tests/tidy.rs` holds the order.

pub mod geometry;
pub mod evidence;
pub mod crs;
pub mod index;
pub mod cadastre;
pub mod planning;
pub mod land;
pub mod rules;
pub mod tile;
pub mod exchange;
pub mod store;
pub mod app;
pub mod http;
pub mod config;
pub mod cli;
