//! What the checks of an import say: rejections, which keep a feature out, and warnings.

use super::draft::FeatureNumber;
use super::wording::{self, Wording};
use crate::crs::Epsg;
use crate::geometry::Shape;

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

macro_rules! finding_codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Stable code of a finding; never renamed.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum FindingCode {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl FindingCode {
            /// Every code, in the order in which reports list them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code as it stands in reports, tables and the message file.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

finding_codes! {
    /// No geometry.
    MissingGeometry = "missing_geometry",
    /// A geometry of a kind that the target does not take.
    WrongGeometry = "wrong_geometry",
    /// A field that the target must have is empty.
    MissingField = "missing_field",
    /// A field cannot be read as what the profile says.
    UnreadableField = "unreadable_field",
    /// Bytes that are not in the stated encoding.
    UnreadableText = "unreadable_text",
    /// A coordinate far outside its plane.
    OutsidePlane = "outside_plane",
    /// Arcs were turned into chords.
    CurvesFlattened = "curves_flattened",
    /// The shape is not valid.
    InvalidGeometry = "invalid_geometry",
    /// Two features of the file have one key.
    DuplicateKey = "duplicate_key",
    /// Interiors of two parcels intersect.
    Overlap = "overlap",
    /// A sliver lies between neighbours.
    Gap = "gap",
    /// Registered and measured area differ beyond the tolerance of App. 04.
    AreaMismatch = "area_mismatch",
    /// The ward is not known.
    UnknownWard = "unknown_ward",
    /// Farther than 50 m outside its ward.
    FarFromWard = "far_from_ward",
    /// The land-use code is not in the table of its day.
    UnknownLandUse = "unknown_land_use",
    /// The national identifier has not the usual form.
    UnusualIdentifier = "unusual_identifier",
    /// A line of a drawing ends freely.
    Dangle = "dangle",
    /// A boundary does not close.
    UnclosedBoundary = "unclosed_boundary",
    /// A line is drawn twice.
    DoubleLine = "double_line",
    /// A drawn parcel has no number inside, or several.
    AmbiguousLabel = "ambiguous_label",
    /// A text of a drawing lies in no parcel.
    StrayLabel = "stray_label",
    /// A shape was changed by repair; both versions are kept.
    Repaired = "repaired",
    /// No planning layer of this code is stated or held.
    UnknownLayer = "unknown_layer",
    /// Another part of the feature stays out.
    IncompleteFeature = "incomplete_feature",
    /// The feature comes near no ward of the city.
    OutsideCity = "outside_city",
    /// The feature reaches beyond the coverage of its layer.
    OutsideCoverage = "outside_coverage",
    /// The register does not hold the parcel of a certificate.
    UnknownParcel = "unknown_parcel",
    /// The serial of a certificate has not the usual form.
    UnusualSerial = "unusual_serial",
    /// Shares add up to more than one.
    ExcessShares = "excess_shares",
    /// Certificates together give more of a parcel than there is.
    DoubleRight = "double_right",
    /// Another line of the same certificate stays out.
    IncompleteCertificate = "incomplete_certificate",
    /// An identity number stands with another name or kind.
    DifferentHolder = "different_holder",
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
    /// The file of the feature, where several are imported as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The other feature, for an overlap, gap or duplicate.
    pub other_feature: Option<i64>,
    /// The file of the other feature, where several are imported as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_file: Option<String>,
    /// Key of the parcel or feature, as far as it could be read.
    pub key: Option<String>,
    /// Place in metres of the plane, easting first.
    pub place_m: Option<(f64, f64)>,
    /// The plane.
    pub crs: Option<Epsg>,
    /// What is wrong, with the value found.
    pub reason: Wording,
    /// What would mend it.
    pub remedy: Wording,
    /// Area concerned, in m².
    pub area_m2: Option<f64>,
    /// Width concerned, in metres.
    pub width_m: Option<f64>,
    /// What to draw of it on the grid of the plane, beyond its place: the part that overlaps, the
    /// strip of a gap, the line that dangles. Not part of the report's JSON.
    #[serde(skip)]
    pub shape: Option<Box<Shape>>,
}

impl Finding {
    /// A finding that keeps its feature out, worded by `data/messages/findings.toml`.
    ///
    /// `case` tells situations of one code apart (`""` for the only one); `values` fill the
    /// `{names}` in the wording.
    pub fn rejection(code: FindingCode, case: &str, values: &[(&str, &str)]) -> Self {
        Self::worded(code, Severity::Rejection, case, values)
    }

    /// A finding that lets its feature in; worded as [`Finding::rejection`] is.
    pub fn warning(code: FindingCode, case: &str, values: &[(&str, &str)]) -> Self {
        Self::worded(code, Severity::Warning, case, values)
    }

    fn worded(code: FindingCode, severity: Severity, case: &str, values: &[(&str, &str)]) -> Self {
        let (reason, remedy) = wording::of_finding(code.as_str(), case, values);
        Self {
            code,
            severity,
            feature: None,
            file: None,
            other_feature: None,
            other_file: None,
            key: None,
            place_m: None,
            crs: None,
            reason,
            remedy,
            area_m2: None,
            width_m: None,
            shape: None,
        }
    }

    /// The same, about this feature.
    #[must_use]
    pub fn about(mut self, feature: FeatureNumber) -> Self {
        self.feature = Some(feature.0);
        self
    }

    /// The same, with the other feature it takes two for.
    #[must_use]
    pub fn and(mut self, other: FeatureNumber) -> Self {
        self.other_feature = Some(other.0);
        self
    }

    /// The same, with the key of its parcel or feature.
    #[must_use]
    pub fn with_key(mut self, key: impl std::fmt::Display) -> Self {
        self.key = Some(key.to_string());
        self
    }

    /// The same, at a place in metres of a plane, easting first.
    #[must_use]
    pub fn at(mut self, crs: Epsg, place_m: (f64, f64)) -> Self {
        self.crs = Some(crs);
        self.place_m = Some(place_m);
        self
    }

    /// The same, over an area in m².
    #[must_use]
    pub fn over_m2(mut self, area_m2: f64) -> Self {
        self.area_m2 = Some(area_m2);
        self
    }

    /// The same, with a width in metres.
    #[must_use]
    pub fn wide_m(mut self, width_m: f64) -> Self {
        self.width_m = Some(width_m);
        self
    }

    /// The same, with what to draw of it; the plane is the one of its place.
    #[must_use]
    pub fn drawn(mut self, shape: Shape) -> Self {
        self.shape = Some(Box::new(shape));
        self
    }

    /// The feature the finding is about.
    pub fn feature_number(&self) -> Option<FeatureNumber> {
        self.feature.map(FeatureNumber)
    }
}
