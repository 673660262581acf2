//! The check: a proposal on its site, against every limit of the packs.
//!
//! Reading order: `proposal` (what is asked), `found` (what is measured of it), `verdict` (how each
//! found value stands to its limit, and the total), `permit` (which permit, from whom).

mod clearance;
mod found;
mod permit;
mod proposal;
mod steady;
mod verdict;

pub use found::{Found, FoundValue, Witness};
pub use permit::Permit;
pub use proposal::{Building, Proposal};
pub(in crate::rules) use verdict::known;
pub use verdict::{Check, Standing, Total, Verdict};
