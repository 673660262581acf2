//! Planar shapes on the 1 mm grid: exact predicates, measures, overlay, defects, blobs.
//!
//! May not live here: the words parcel or zone, a CRS, files.

/// Points, rings, polygons and lines on the grid, and their envelopes.
pub mod shape;
/// One way to write each area.
pub mod normal;

pub use shape::{Envelope, LineString, MultiPolygon, OutOfGrid, Point, Polygon, Ring, Shape};
