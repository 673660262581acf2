//! Notes: what an import tells about a file as a whole, beside the findings about its features.

use super::wording::{self, Wording};

/// A sentence about a file as a whole; it keeps nothing out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// Stable code; never renamed.
    pub code: String,
    /// The file it is about, where several are imported as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What there is to know.
    pub said: Wording,
}

impl Note {
    /// A note worded by the line `note_CODE` of `data/messages/report.toml`, its `{names}` filled
    /// with values.
    pub fn new(code: &str, values: &[(&str, &str)]) -> Self {
        Self {
            code: code.to_owned(),
            file: None,
            said: wording::of_report(&format!("note_{code}"), values),
        }
    }
}
