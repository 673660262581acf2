//! Where things are: a bulk-loaded tree of boxes, and a small R*-tree over it for edits.
//!
//! Boxes are exact: whole millimetres of one plane, closed on all sides. There is one tree per
//! plane, so nothing is padded and nothing is projected to build it; a question in longitude and
//! latitude is taken to each plane first, as its exact test needs anyway.
//! May not live here: domain records; more than one plane in one tree.

/// The order along the Hilbert curve in which a base is packed.
pub mod curve;
/// The bulk-loaded base: boxes in order, and boxes of boxes above them.
pub mod packed;
/// A base with the edits made since.
pub mod tree;

pub use curve::curve_position;
pub use packed::PackedTree;
pub use tree::Tree;
