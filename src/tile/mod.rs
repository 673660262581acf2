//! Vector tiles from memory: tile matrix, layers per zoom, outlines on a tile's grid, MVT bytes.
//!
//! May not live here: HTTP headers; queries; measuring. Read `matrix.rs`, then `parcels.rs` with
//! `outline.rs`, then `mvt.rs`.

/// The layers, and rendering one.
pub mod layer;
/// Tiles and their grids.
pub mod matrix;
/// Bytes of Mapbox Vector Tiles.
pub mod mvt;
/// Rings on a tile's grid.
mod outline;
/// The layer of parcels.
mod parcels;

pub use layer::{TileField, TileLayer, render};
pub use matrix::{OutOfMatrix, TileCoord};
