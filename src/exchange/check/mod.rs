//! Checks over the drafts of one file: each says what it found, and nothing is changed.
//!
//! Read `judge` first; the others are one question each.

/// All checks, and which drafts stay out.
mod judge;
/// What drafts are judged against.
mod ground;
/// Defects of shapes, and their repair.
mod shape;
/// Duplicate keys and unusual identifiers.
mod keys;
/// Areas and land use of one draft.
mod facts;
/// The ward of a draft.
mod wards;
/// Why many drafts lie outside their wards.
mod causes;
/// Overlaps between neighbours.
mod overlap;
/// Overlaps with what the register holds.
mod standing;
/// Gaps and T-junctions between neighbours.
mod neighbours;
/// Strips of no parcel between neighbours.
mod gap;
/// T-junctions between neighbours.
mod junction;
/// Edges that no neighbour shares.
mod edges;
/// Pairs of envelopes within reach.
mod near;

pub use ground::Ground;
pub(super) use ground::{about, metres, place};
pub use judge::{Judgement, judge};
pub(super) use junction::SNAP_MM;
pub(super) use near::pairs_within;
pub use neighbours::{Contacts, JunctionPlace};
pub use shape::Mending;
pub(super) use shape::examine_shapes;
pub use standing::{Standing, overlaps_standing};
pub(super) use wards::FAR_MM;

#[cfg(test)]
mod tests;
