//! Coordinate reference systems: EPSG codes, axis order, working planes, transforms.
//!
//! May not live here: a default CRS; asking PROJ for "the" transformation between two datums.

/// EPSG codes, positions in longitude and latitude, working planes.
pub mod plane;

pub use plane::{Epsg, LonLat, WorkingPlane};
