//! Field profiles: which field of a source means what, in which unit, encoding and axis order.

/// The profiles that come with the program.
mod built_in;
/// Fields and levels of a drawing.
mod drawing;
/// What can be wrong with a profile.
mod error;
/// The profile file.
mod file;
/// What the name of a file says.
mod file_name;
/// A planning layer as a profile states it.
mod planning_layer;
/// How one field is found and cut.
mod rule;
/// What a profile can map to, and the fields of each.
mod target;

pub use built_in::{built_in_names, built_in_text};
pub use drawing::DrawingFields;
pub use error::ProfileError;
pub use file::{AreaUnit, LengthUnit, Profile};
pub use file_name::{FileNamePattern, InvalidPattern};
pub use planning_layer::{CoverageAreas, CoverageFile, CoverageStatement, PlanningLayer};
pub use rule::Rule;
pub use target::Target;
