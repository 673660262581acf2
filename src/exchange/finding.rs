//! What the checks of an import say: rejections, which keep a feature out, and warnings.

use super::draft::FeatureNumber;
use crate::crs::Epsg;

/// Whether a finding keeps the feature out of the register.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The feature stays out, and is kept whole for mending.
    Rejection,
    /// The feature goes in; somebody should look.
    Warning,
}

/// Stable code of a finding; never renamed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// No geometry, or of a kind the target does not take.
    MissingGeometry,
    /// A field that the target must have is empty.
    MissingField,
    /// A field cannot be read as what the profile says.
    UnreadableField,
    /// Bytes that are not in the stated encoding.
    UnreadableText,
    /// A coordinate far outside its plane.
    OutsidePlane,
    /// The shape is not valid.
    InvalidGeometry,
    /// Two features of the file have one key.
    DuplicateKey,
    /// Interiors of two parcels intersect.
    Overlap,
    /// A sliver lies between neighbours.
    Gap,
    /// Registered and measured area differ beyond the tolerance of App. 04.
    AreaMismatch,
    /// The ward is not known.
    UnknownWard,
    /// Farther than 50 m outside its ward.
    FarFromWard,
    /// The land-use code is not in the table of its day.
    UnknownLandUse,
    /// The national identifier has not the usual form.
    UnusualIdentifier,
    /// A line of a drawing ends freely.
    Dangle,
    /// A boundary does not close.
    UnclosedBoundary,
    /// A line is drawn twice.
    DoubleLine,
    /// A drawn parcel has no number inside, or several.
    AmbiguousLabel,
    /// A text of a drawing lies in no parcel.
    StrayLabel,
    /// A shape was changed by repair; both versions are kept.
    Repaired,
}

/// One finding with its place; a value, not an error.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Code.
    pub code: FindingCode,
    /// Rejection or warning.
    pub severity: Severity,
    /// Number of the feature in its source.
    pub feature: Option<i64>,
    /// The other feature, for an overlap, gap or duplicate.
    pub other_feature: Option<i64>,
    /// Key of the parcel or feature, as far as it could be read.
    pub key: Option<String>,
    /// Place in metres of the plane, easting first.
    pub place_m: Option<(f64, f64)>,
    /// The plane.
    pub crs: Option<Epsg>,
    /// What is wrong, with the value found.
    pub reason: String,
    /// What would mend it.
    pub remedy: String,
    /// Area concerned, in m².
    pub area_m2: Option<f64>,
    /// Width concerned, in metres.
    pub width_m: Option<f64>,
}

impl Finding {
    /// The feature the finding is about.
    pub fn feature_number(&self) -> Option<FeatureNumber> {
        self.feature.map(FeatureNumber)
    }
}
