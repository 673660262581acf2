//! Planning features of a file: judged, joined over planes, set against their layers and the city.
//!
//! Read `judge` first; `join` tells what one feature is, the others are one question each.

/// All checks, and which features stay out.
mod judge;
/// One feature out of its parts on several planes.
mod join;
/// Where the land of the city lies, and on which plane.
mod city_land;
/// A layer as an import meets it, and where it speaks.
mod layer;
/// The coverage of a layer, found as its profile states it.
mod coverage;
/// What one draft says by itself.
mod facts;
/// Features that reach beyond the coverage of their layer.
mod outside;
/// Plan units over the same ground.
mod overlap;
/// Reading and judging as one step.
mod intake;
/// What a file changes in the register.
mod reconcile;

pub use city_land::CityLand;
pub use coverage::{CoverageError, CoverageGround, united};
pub use intake::{PlanIntake, judge_plan};
pub use join::StatedFeature;
pub use judge::{PlanGround, PlanJudgement, judge};
pub use layer::{LayerHere, Speaks, ground_of_features};
pub use reconcile::{HeldFeatures, ReconciledPlan, reconcile_features};

#[cfg(test)]
mod tests;
