//! Planar shapes on the 1 mm grid: exact predicates, measures, overlay, defects, blobs.
//!
//! May not live here: the words parcel or zone, a CRS, files.
//! Read `shape`, `orient` and `locate` first; everything else stands on them.

/// Points, rings, polygons and lines on the grid, and their envelopes.
pub mod shape;
/// One way to write each area.
pub mod normal;
/// On which side of a line a point lies.
pub mod orient;
/// Where a point lies against an area.
pub mod locate;
/// The DE-9IM matrix.
pub mod matrix;
/// How two shapes lie to each other.
pub mod relate;
/// Lengths, perimeters and areas.
pub mod measure;
/// The shortest way from one shape to another.
pub mod distance;
/// Along what one area runs beside another.
pub mod beside;
/// The part of lines inside an area.
pub mod inside;
/// A point inside an area, to hang a label on.
pub mod surface;
/// What can be wrong with an area, and where.
pub mod defect;
/// Whether an area is valid.
pub mod validity;
/// Union, intersection and difference of areas.
pub mod overlay;
/// What lies nearer than a distance to a segment.
mod capsule;
/// Vertices moved onto a boundary that they were meant to lie on.
pub mod settle;
/// What of an area keeps its distance from edges.
pub mod inset;
/// The part of a shape in a box.
pub mod clip;
/// Polygons from line work.
pub mod polygonize;
/// Making an area valid, and saying what changed.
pub mod repair;
/// The exact shape as bytes.
pub mod blob;
/// Areas as whole numbers.
pub mod plain;
/// ISO well-known binary and the GeoPackage geometry blob.
pub mod wkb;

mod faces;
mod graph;
mod near;
mod snap;
mod sweep;

/// Areas drawn by their corners, for tests.
#[cfg(test)]
mod drawn;

pub use clip::clip;
pub use defect::{Defect, DefectKind, Place};
pub use distance::{Spot, Witness, distance};
pub use inset::{Clear, inset};
pub use inside::lines_inside;
pub use locate::{Location, locate, locate_points, locate_polygon, locate_rings};
pub use matrix::{Dimension, IntersectionMatrix};
pub use plain::{PlainArea, area_of_plain, plain_area};
pub use polygonize::{Dangle, Doubled, Polygonized, polygonize};
pub use relate::{covers, interiors_intersect, intersects, relate, relate_rings, touches};
pub use repair::{Change, Repair, repair};
pub use settle::{Moved, settle, settle_line};
pub use shape::{
    Envelope, LineString, MultiPolygon, OutOfGrid, Point, Polygon, Ring, Shape, twice_signed_area,
};
pub use surface::point_on_surface;
