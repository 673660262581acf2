//! Vector tiles from memory: tile matrix, layers per zoom, generalisation, MVT bytes.
//!
//! May not live here: HTTP headers; queries; measuring. Read `matrix.rs`, then `parcels.rs` with
//! `outline.rs` and `mvt.rs`; then `sketch.rs` with `chains.rs` for shapes that are generalised,
//! and `dissolve.rs` for blocks.

/// Rendering, and what is kept for it.
pub mod atlas;
/// Parcels that lie together, at low zooms.
mod blocks;
/// Blocks as edits leave them.
mod block_book;
/// Tiles as they were sent.
mod cache;
/// Content codings of tiles.
mod coding;
/// Tiles as files.
mod shelf;
/// The folder they lie in, and its room.
mod shelf_room;
/// One tile as it is drawn.
mod canvas;
/// From which zoom on a vertex is drawn.
mod chains;
/// Parcels that share boundaries become one.
mod dissolve;
/// What became different, for those who have drawn what was there.
pub mod feed;
/// A point inside each parcel.
mod labels;
/// The layers and the sets they come in.
pub mod layer;
/// Tiles and their grids.
pub mod matrix;
/// Bytes of Mapbox Vector Tiles.
mod mvt;
/// Rings on a tile's grid.
mod outline;
/// The layer of parcels.
mod parcels;
/// Tiles in one file.
pub mod pmtiles;
/// Wards, zones, roads, restrictions.
mod planned;
/// Shapes on the world grid.
mod sketch;
/// Tags of tiles.
mod tags;
/// What an edit touches.
mod touched;

pub use atlas::{Atlas, Tile};
pub use cache::CacheSize;
pub use coding::Coding;
pub use feed::{MapState, Since, TileRange, Touched};
pub use layer::{TileField, TileLayer, TileSet};
pub use matrix::{OutOfMatrix, TileCoord, TileMatrixSet};
pub use shelf::{DrawnOf, Shelf, program_mark};
pub use sketch::Rings;

use std::sync::{Mutex, MutexGuard, PoisonError};

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
