//! What the features of each collection say: names, kinds and units, for `schema`.

use crate::land::items::Collection;

/// A member of a feature's properties, or of an object among them.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What it holds; null where nothing is held.
    pub holds: Kind,
}

/// What a member holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text.
    Text,
    /// One of these texts.
    Word(&'static [&'static str]),
    /// A number, with its unit in UCUM.
    Number(&'static str),
    /// A whole number.
    Whole,
    /// A whole number, with its unit in UCUM.
    WholeOf(&'static str),
    /// True or false.
    Truth,
    /// A civil day in Vietnam.
    Day,
    /// An object of members.
    Object(&'static [Member]),
    /// A list of objects.
    Objects(&'static [Member]),
}

use Kind::{Day, Number, Object, Objects, Text, Truth, Whole, WholeOf, Word};

const fn member(name: &'static str, holds: Kind) -> Member {
    Member { name, holds }
}

const WARD: Kind = Object(&[member("code", Text), member("name", Text)]);
const COMMUNE: Kind = Object(&[
    member("code", Text),
    member("name", Text),
    member("district", Text),
]);
const KEY: Kind = Object(&[
    member("commune", COMMUNE),
    member("sheet", Text),
    member("number", Text),
]);
const PLANE: Member = member(
    "plane",
    Object(&[member("epsg", Whole), member("operation", Text)]),
);
const PROVISION: &[Member] = &[
    member("act", Text),
    member("article", Text),
    member("dated", Day),
    member("link", Text),
];
const LAND_USE: &[Member] = &[
    member("code", Text),
    member("name", Text),
    member("area", Number("m2")),
    member("origin", Text),
    member("form", Word(&["private", "common"])),
    member("until", Day),
];
const RECORDED_IN: Member = member("recordedIn", Whole);
const VALID_FROM: Member = member("validFrom", Day);
const VALID_TO: Member = member("validTo", Day);
const LAW_STATUS: Kind = Word(&[
    "in_force",
    "announced",
    "announced_with_effect",
    "announced_not_carried_out",
]);

const PARCELS: &[Member] = &[
    member("label", Text),
    member("ward", WARD),
    member("asMap", KEY),
    member("asCertificate", KEY),
    member("nationalIdentifier", Text),
    member("landUse", Objects(LAND_USE)),
    member("registeredArea", Number("m2")),
    member("measuredArea", Number("m2")),
    member("areaTolerance", Number("m2")),
    member("areaDiffers", Truth),
    member("status", Word(&["inUse", "recovered", "disputed"])),
    member("scale", Whole),
    VALID_FROM,
    VALID_TO,
    RECORDED_IN,
    PLANE,
];

const WARDS: &[Member] = &[
    member("code", Text),
    member("name", Text),
    member("fullName", Text),
    member(
        "kind",
        Word(&["ward", "commune", "special_zone", "township"]),
    ),
    VALID_FROM,
    VALID_TO,
    PLANE,
];

/// What every planning feature says beside its own.
const PLANNED: [Member; 11] = [
    member("layer", Text),
    member("layerTitle", Text),
    member("theme", Text),
    member("lawStatus", LAW_STATUS),
    member("asOf", Day),
    member("accuracy", Number("m")),
    member("provisions", Objects(PROVISION)),
    RECORDED_IN,
    VALID_FROM,
    VALID_TO,
    PLANE,
];

const ZONES: &[Member] = &[
    member("code", Text),
    member("function", Text),
    member("storeysMax", Whole),
    member("heightMax", Number("m")),
    member("coverageMaxPercent", Number("%")),
    member("floorAreaRatioMax", Number("1")),
    member("population", Whole),
];

const ROADS: &[Member] = &[
    member("street", Text),
    member("width", Number("m")),
    member("alley", Truth),
    member("decision", Object(PROVISION)),
];

const RESTRICTIONS: &[Member] = &[
    member("kind", Text),
    member("legend", Text),
    member("width", Number("m")),
    member("voltage", WholeOf("V")),
];

/// What the features of a collection say, in the order in which they say it.
pub fn members(collection: Collection) -> impl Iterator<Item = Member> {
    let (own, planned): (_, &[Member]) = match collection {
        Collection::Parcels => (PARCELS, &[]),
        Collection::Wards => (WARDS, &[]),
        Collection::Zones => (ZONES, &PLANNED),
        Collection::Roads => (ROADS, &PLANNED),
        Collection::Restrictions => (RESTRICTIONS, &PLANNED),
    };
    own.iter().chain(planned).copied()
}
