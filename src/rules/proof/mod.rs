//! The proof of a check: everything it rests on by value, so that anybody can judge it again
//! without the register.
//!
//! All of it is whole numbers and texts, so that its canonical form (RFC 8785) has no fraction.
//! Reading order: `form` and `part_form` (what is written), `site_form` (the ground in it), `told` (the answer in it),
//! `again` (judging it again).

/// Judging it again.
mod again;
/// What is written.
mod form;
/// Parts and floors as they are written.
mod part_form;
/// Shapes, decimals and days as they are written.
mod plain;
/// The ground of a check as it is written.
mod site_form;
/// The answer of a check as it is written.
mod told;

pub use again::{Flaw, Rechecked, recheck};
pub use form::{Asked, proof};
