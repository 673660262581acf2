//! The check: a proposal on its site, against every limit of the packs.
//!
//! Reading order: `proposal`, `part` and `floors` (what is asked), `found` (what is measured of it),
//! `reach`, `drawn`, `streets`, `tiers` and `levels` (what is measured of its parts), `known` (what rules are told), `verdict` (how each found value
//! stands to its limit, and the total), `part_verdict` (how each part stands), `permit` (which permit,
//! from whom).

mod clearance;
mod drawn;
mod floors;
mod found;
mod known;
mod levels;
mod part;
mod part_verdict;
mod permit;
mod proposal;
mod reach;
mod steady;
mod streets;
mod tiers;
mod verdict;

pub use floors::{CountedFloor, FloorKind, Floors, HalfBasement, Mezzanine, StairRoof};
pub use found::{Found, FoundValue, Witness};
pub use known::is_house;
pub(in crate::rules) use known::known;
pub use part::{Part, PartFlaw, PartKind};
pub use part_verdict::{PartPlace, PartVerdict};
pub use permit::Permit;
pub use proposal::{Building, Proposal};
pub use verdict::{Check, Standing, Total, Verdict};
