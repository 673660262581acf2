//! What a lookup asks of the land, and what it answers.

use crate::cadastre::{Day, ParcelVersion, Revision, WardCode};
use crate::crs::{Cause, Epsg, LonLat};

/// A question, already checked for form.
#[derive(Debug, Clone, PartialEq)]
pub enum LookupQuestion {
    /// At a position on WGS 84; with an accuracy, all candidates within that circle.
    Position {
        /// Where.
        at: LonLat,
        /// Radius of the circle in metres, 0 < r ≤ 200.
        accuracy_m: Option<f64>,
    },
    /// At a coordinate of a projected system, in metres, easting first.
    Planar {
        /// Easting.
        east_m: f64,
        /// Northing.
        north_m: f64,
        /// System.
        crs: Epsg,
    },
    /// By ward (code or name, of today or of before), sheet and number.
    Key {
        /// Code or name.
        ward: String,
        /// Sheet.
        sheet: String,
        /// Number.
        number: String,
    },
    /// By free text, as people write it.
    Text(String),
}

/// Why a parcel is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchedBy {
    /// The position lies in its interior.
    Interior,
    /// The position lies on its boundary, to the millimetre.
    Boundary,
    /// A part of the circle of uncertainty lies on it.
    Circle,
    /// Its key on the map.
    KeyAsMap,
    /// Its key on the certificate.
    KeyAsCertificate,
    /// Its key on the map, with a ward's former name or code.
    FormerWardAsMap,
    /// Its key on the certificate, with a ward's former name or code.
    FormerWardAsCertificate,
    /// Its national identifier.
    NationalIdentifier,
}

/// One parcel that answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The version valid on the day asked for.
    pub version: ParcelVersion,
    /// Why.
    pub matched_by: MatchedBy,
    /// Share of the circle of uncertainty that lies on it, 0 to 1.
    pub circle_share: Option<f64>,
}

/// One parcel that answers, not yet read: [`super::Land::entry_of`] shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub(super) row: u32,
    /// Why.
    pub matched_by: MatchedBy,
    /// Share of the circle of uncertainty that lies on it, 0 to 1.
    pub circle_share: Option<f64>,
}

/// What was found, best first and at least one, or why nothing was.
pub type Found = Result<Vec<Hit>, NothingHere>;

/// A question that cannot be answered at all.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LookupError {
    /// The coordinate system is not one of the city's.
    #[error("`{asked}` is not a coordinate system of this city, expected one of {known}")]
    UnknownSystem {
        /// As asked for.
        asked: Epsg,
        /// The systems that are known.
        known: String,
    },
}

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq)]
pub enum NothingHere {
    /// Outside the city.
    OutsideCity {
        /// What may have gone wrong with the coordinate, when something explains it.
        cause: Option<Cause>,
    },
    /// On a right of way, with its street.
    OnRoad {
        /// Street name, may be empty.
        street: String,
    },
    /// On water, with its name.
    OnWater {
        /// Name, may be empty.
        name: String,
    },
    /// In the city, in an area for which the register has no parcels.
    WithoutData {
        /// The ward, if the position lies in one.
        ward: Option<WardCode>,
    },
    /// The area has data, and no parcel is there on that day.
    NoParcel {
        /// The ward, if known.
        ward: Option<WardCode>,
    },
    /// The former ward that was asked for has no parcels in the register.
    WithoutDataOf {
        /// The former ward.
        ward: NamedWard,
    },
    /// No ward of today or before has this name or code.
    UnknownWard {
        /// Wards whose names differ by a typing error or two, best first; may be empty.
        near: Vec<Suggestion>,
    },
    /// The ward has this name, and does not lie in the district that was named with it.
    WardElsewhere {
        /// The wards of this name, best first and at least one.
        wards: Vec<Suggestion>,
    },
    /// The ward is said to be one of before, and none of that kind had this name.
    NotFormer {
        /// Wards of before of another kind, then wards of today; at least one.
        wards: Vec<Suggestion>,
    },
    /// Several wards have or had this name; which district is meant is missing.
    DistrictMissing {
        /// The wards of this name, best first and at least two.
        wards: Vec<Suggestion>,
    },
    /// The ward is missing: only a former district, or sheet and number alone, are named.
    WardMissing,
    /// The number is known, its sheet is missing.
    SheetMissing,
    /// The sheet is known, the number on it is missing.
    NumberMissing,
    /// The ward has parcels, none of them with this sheet and number on that day.
    UnknownKey,
    /// The text names a ward, and neither sheet nor number.
    KeyIncomplete,
    /// The text names more numbers than one key has.
    SeveralKeys,
    /// The text is an address of a house, by which no parcel is known.
    Address {
        /// What the same numbers would be as a key, for who meant one; may be empty.
        keys: Vec<Suggestion>,
    },
    /// The text could not be understood.
    NotUnderstood,
}

impl NothingHere {
    /// The same, with what may have gone wrong when the place is outside the city.
    pub(super) fn because(self, cause: impl FnOnce() -> Option<Cause>) -> Self {
        match self {
            Self::OutsideCity { cause: None } => Self::OutsideCity { cause: cause() },
            other => other,
        }
    }
}

/// What a completion names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SuggestionKind {
    /// A ward in force on the day asked for.
    Ward,
    /// A ward of before, with what it became.
    FormerWard,
    /// A sheet of the ward that was named.
    Sheet,
    /// A parcel of the sheet that was named.
    Parcel,
}

/// A completion of a text while it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it names.
    pub kind: SuggestionKind,
    /// What to show: names and numbers, in Vietnamese as the register has them.
    pub label: String,
    /// Full names of the wards that a former ward became, else empty.
    pub became: Vec<String>,
    /// What to ask with `q` when it is chosen.
    pub q: String,
}

/// A ward of today or of before, as it is told apart from others of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedWard {
    /// Its code, when it has one.
    pub code: Option<WardCode>,
    /// Name with its kind, such as `Phường 4`.
    pub name: String,
    /// The district in which a ward of before lay.
    pub district: Option<String>,
    /// Whether it is over on the day asked for.
    pub is_former: bool,
}

/// What came of looking in a ward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WardOutcome {
    /// Parcels that answer.
    Found,
    /// It has parcels, none of them with this sheet and number on the day.
    NotFound,
    /// The register has no parcels of it, or knows of none so long ago.
    WithoutData,
    /// It was not looked in, since the question has no whole key.
    NotAsked,
}

/// A ward that a question may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadWard {
    /// The ward.
    pub ward: NamedWard,
    /// What came of looking in it.
    pub outcome: WardOutcome,
    /// What to ask with `q` to mean this one alone; nothing when it is the only one.
    pub q: Option<String>,
}

/// How a question was understood.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadAs {
    /// As a key, or a part of one.
    Key {
        /// Number, when one was read.
        number: Option<String>,
        /// Sheet, when one was read.
        sheet: Option<String>,
        /// Every ward that may be meant; an answer with more than one is not certain.
        wards: Vec<ReadWard>,
        /// Words that were not used, as they were written.
        set_aside: Vec<String>,
    },
    /// As a national identifier.
    Identifier(String),
    /// As a place: a position or a coordinate.
    Place(LookupQuestion),
}

/// What was found, and how the question was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// What was found.
    pub found: Found,
    /// How a key or a text was understood; nothing for a place, and for a text without any sense.
    pub read_as: Option<ReadAs>,
}

/// The answer; identical for the same question, revision and day.
#[derive(Debug, Clone, PartialEq)]
pub struct LookupAnswer {
    /// State of the register.
    pub revision: Revision,
    /// The day answered for.
    pub date: Day,
    /// What was found, best first.
    pub matches: Vec<Match>,
    /// Why nothing was found; present exactly when `matches` is empty.
    pub nothing_here: Option<NothingHere>,
    /// How a key or a text was understood.
    pub read_as: Option<ReadAs>,
}
