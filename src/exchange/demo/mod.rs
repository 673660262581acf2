//! The demo city: real wards, everything else made up, the same for the same seed.
//!
//! It is a source like any other and yields edits for the register. Read `city.rs` first, then
//! `site.rs`, `lattice.rs`, `block.rs` and `lots.rs` for the ground, `surveyed.rs`, `survey.rs`,
//! `history.rs` and `certificates.rs` for what the register says of it, `plans.rs`, `streets.rs` and
//! `themes.rs` for the planning layers.

/// What stands in a block, and how it is cut into rows and alleys.
mod block;
/// Units, parties and rights.
mod certificates;
/// The whole city, batch by batch.
mod city;
/// Versions and lineage: splits, merges, changed land use, the change of wards.
mod history;
/// Streets, blocks and canals on a rotated, slightly irregular grid.
mod lattice;
/// The rings of lots, which share their vertices.
mod lots;
/// Planning layers and their features.
mod plans;
/// Random numbers that depend on names, not on the order of asking.
mod random;
/// Where in a ward the city stands: sheets and the communes they were drawn for.
mod site;
/// Streets, alleys and the plan units of blocks.
mod streets;
/// Keys, areas and land use of parcels.
mod survey;
/// A sheet while it is surveyed.
mod surveyed;
/// Layers that say little or nothing.
mod themes;

pub use city::{DefectKind, DemoCity, DemoError, DemoOptions, PlantedDefect};

#[cfg(test)]
mod tests;
