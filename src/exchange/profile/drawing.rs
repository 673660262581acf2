//! How a drawing (DGN, DXF) is read: its fields, and which levels hold what.

use crate::exchange::assemble::Levels;

/// The part of a profile that is about drawings.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawingFields {
    /// Field that holds the level: `Level` in DGN, `Layer` in DXF.
    pub level_field: String,
    /// Field that holds a text.
    #[serde(default = "usual_text_field")]
    pub text_field: String,
    /// Levels of boundaries, numbers, areas and land use; by default those of App. 21.
    #[serde(default)]
    pub levels: Levels,
}

fn usual_text_field() -> String {
    "Text".to_owned()
}
