//! Every capability, as a client or an operator sees it: one file per capability.

mod clients;
mod config;
mod exported_files;
mod field_profiles;
mod fixture;
mod follow;
mod geometry;
mod harness;
mod health;
mod land_edits;
mod land_nothing;
mod land_position;
mod land_snapshot;
mod land_text;
mod limits;
mod lookup;
mod one_library;
mod openapi;
mod operating;
mod problems;
mod representation;
mod restart;
mod serve;
mod source_files;
mod unhealthy_store;
mod village;
