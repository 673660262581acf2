//! What can be asked of the items of a collection, by the names that answers use.

use crate::land::items::Collection;
use crate::planning::LawStatus;

/// Something that can be asked of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Property {
    /// Its name: the path to it in an answer, where it stands in one.
    pub name: &'static str,
    /// What kind of value it is.
    pub holds: Holds,
    /// The only texts there are, when they are few.
    pub words: &'static [&'static str],
    pub(super) fact: Fact,
}

/// A kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// True or false.
    Truth,
    /// A civil day in Vietnam.
    Day,
    /// A shape.
    Shape,
}

impl Holds {
    /// Whether values of both kinds can be compared.
    pub fn compares_with(self, other: Self) -> bool {
        let numbers = [Self::Number, Self::Whole];
        self != Self::Shape
            && (self == other || numbers.contains(&self) && numbers.contains(&other))
    }
}

/// What an item says under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    Id,
    Geometry,
    WardCode,
    MapCommune,
    MapSheet,
    MapNumber,
    CertificateCommune,
    CertificateSheet,
    CertificateNumber,
    Identifier,
    LandUseCodes,
    RegisteredArea,
    MeasuredArea,
    Status,
    Scale,
    ValidFrom,
    ValidTo,
    RecordedIn,
    Plane,
    Code,
    Name,
    Kind,
    Function,
    StoreysMax,
    HeightMax,
    CoverageMaxPercent,
    FloorAreaRatioMax,
    Population,
    Street,
    Width,
    Alley,
    Decision,
    Legend,
    Voltage,
    Layer,
    Theme,
    LawStatus,
    AsOf,
    Accuracy,
}

const fn property(name: &'static str, holds: Holds, fact: Fact) -> Property {
    Property {
        name,
        holds,
        words: &[],
        fact,
    }
}

const fn choice(name: &'static str, words: &'static [&'static str], fact: Fact) -> Property {
    Property {
        name,
        holds: Holds::Text,
        words,
        fact,
    }
}

const ID: Property = property("id", Holds::Whole, Fact::Id);
const GEOMETRY: Property = property("geometry", Holds::Shape, Fact::Geometry);
const VALID_FROM: Property = property("validFrom", Holds::Day, Fact::ValidFrom);
const VALID_TO: Property = property("validTo", Holds::Day, Fact::ValidTo);
const RECORDED_IN: Property = property("recordedIn", Holds::Whole, Fact::RecordedIn);
const PLANE: Property = property("plane.epsg", Holds::Whole, Fact::Plane);
const LAYER: Property = property("layer", Holds::Text, Fact::Layer);
const THEME: Property = property("theme", Holds::Text, Fact::Theme);
const LAW_STATUS: Property = choice("lawStatus", &LAW_STATUSES, Fact::LawStatus);
const AS_OF: Property = property("asOf", Holds::Day, Fact::AsOf);
const ACCURACY: Property = property("accuracy", Holds::Number, Fact::Accuracy);
const WIDTH: Property = property("width", Holds::Number, Fact::Width);

const LAW_STATUSES: [&str; LawStatus::ALL.len()] = {
    let mut words = [""; LawStatus::ALL.len()];
    let mut i = 0;
    while i < words.len() {
        words[i] = LawStatus::ALL[i].as_str();
        i += 1;
    }
    words
};

const PARCELS: [Property; 19] = [
    ID,
    GEOMETRY,
    property("ward.code", Holds::Text, Fact::WardCode),
    property("asMap.commune.code", Holds::Text, Fact::MapCommune),
    property("asMap.sheet", Holds::Text, Fact::MapSheet),
    property("asMap.number", Holds::Text, Fact::MapNumber),
    property(
        "asCertificate.commune.code",
        Holds::Text,
        Fact::CertificateCommune,
    ),
    property("asCertificate.sheet", Holds::Text, Fact::CertificateSheet),
    property("asCertificate.number", Holds::Text, Fact::CertificateNumber),
    property("nationalIdentifier", Holds::Text, Fact::Identifier),
    property("landUseCodes", Holds::Text, Fact::LandUseCodes),
    property("registeredArea", Holds::Number, Fact::RegisteredArea),
    property("measuredArea", Holds::Number, Fact::MeasuredArea),
    choice("status", &["inUse", "recovered", "disputed"], Fact::Status),
    property("scale", Holds::Whole, Fact::Scale),
    VALID_FROM,
    VALID_TO,
    RECORDED_IN,
    PLANE,
];

const WARD_KINDS: [&str; 4] = ["ward", "commune", "special_zone", "township"];

const WARDS: [Property; 8] = [
    ID,
    GEOMETRY,
    property("code", Holds::Text, Fact::Code),
    property("name", Holds::Text, Fact::Name),
    choice("kind", &WARD_KINDS, Fact::Kind),
    VALID_FROM,
    VALID_TO,
    PLANE,
];

const ZONES: [Property; 17] = [
    ID,
    GEOMETRY,
    property("code", Holds::Text, Fact::Code),
    property("function", Holds::Text, Fact::Function),
    property("storeysMax", Holds::Whole, Fact::StoreysMax),
    property("heightMax", Holds::Number, Fact::HeightMax),
    property(
        "coverageMaxPercent",
        Holds::Number,
        Fact::CoverageMaxPercent,
    ),
    property("floorAreaRatioMax", Holds::Number, Fact::FloorAreaRatioMax),
    property("population", Holds::Whole, Fact::Population),
    LAYER,
    THEME,
    LAW_STATUS,
    AS_OF,
    ACCURACY,
    VALID_FROM,
    VALID_TO,
    RECORDED_IN,
];

const ROADS: [Property; 14] = [
    ID,
    GEOMETRY,
    property("street", Holds::Text, Fact::Street),
    WIDTH,
    property("alley", Holds::Truth, Fact::Alley),
    property("decision.act", Holds::Text, Fact::Decision),
    LAYER,
    THEME,
    LAW_STATUS,
    AS_OF,
    ACCURACY,
    VALID_FROM,
    VALID_TO,
    RECORDED_IN,
];

const RESTRICTIONS: [Property; 14] = [
    ID,
    GEOMETRY,
    property("kind", Holds::Text, Fact::Kind),
    property("legend", Holds::Text, Fact::Legend),
    WIDTH,
    property("voltage", Holds::Whole, Fact::Voltage),
    LAYER,
    THEME,
    LAW_STATUS,
    AS_OF,
    ACCURACY,
    VALID_FROM,
    VALID_TO,
    RECORDED_IN,
];

impl Property {
    /// What can be asked of the items of a collection.
    pub const fn all(collection: Collection) -> &'static [Self] {
        match collection {
            Collection::Parcels => &PARCELS,
            Collection::Wards => &WARDS,
            Collection::Zones => &ZONES,
            Collection::Roads => &ROADS,
            Collection::Restrictions => &RESTRICTIONS,
        }
    }

    /// The property of a collection with this name.
    pub fn named(collection: Collection, name: &str) -> Option<Self> {
        let all = Self::all(collection).iter();
        all.copied().find(|property| property.name == name)
    }
}
