//! Coordinate reference systems: EPSG codes, axis order, working planes, transforms.
//!
//! May not live here: a default CRS; asking PROJ for "the" transformation between two datums.

/// EPSG codes, positions in longitude and latitude, working planes.
pub mod plane;
/// The planes and datums of a city, as data.
pub mod planes;
/// Why a coordinate may lie far outside its plane.
pub mod cause;
/// Transforms between planes, geographic systems and the systems in which files come.
pub mod transforms;
/// What PROJ's database says about a system; read at construction only.
mod definition;
/// Pipelines as strings, and the objects each thread makes of them.
mod pipeline;
/// A plane's way to longitude and latitude as a short series, for answers in microseconds.
mod cells;
/// A plane's way to the world grid, for drawing.
pub mod world;
/// A plane's way to the city grid, for drawing in the system of the land office.
pub mod city_grid;
/// Ways from one grid to another as short series.
mod series;
/// What can go wrong.
mod error;

pub use cause::Cause;
pub use city_grid::CityGrid;
pub use definition::AxisOrder;
pub use error::CrsError;
pub use plane::{Epsg, LonLat, WorkingPlane};
pub use planes::{CoordinateFrame, Datum, Planes};
pub use transforms::{Between, Transforms};
pub use world::{Placing, WorldBox, WorldPlane};
