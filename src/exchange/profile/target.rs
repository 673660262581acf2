//! What a profile maps to, and the fields that each of them takes.

use crate::planning::FeatureKind;

/// A collection that features of a source become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Parcels.
    Parcels,
    /// Units of a zoning plan.
    Zones,
    /// Rights of way.
    Roads,
    /// Protection corridors.
    Corridors,
    /// Any other public-law restriction.
    Restrictions,
    /// Certificates with their holders; no collection, since who holds what is not exported.
    Certificates,
}

/// Fields that every target takes.
const EVERY: &[&str] = &["valid_from", "valid_to", "plane"];

/// Fields that every planning feature takes: its layer and key, and what it rests on.
const PLANNING: &[&str] = &[
    "layer",
    "key",
    "act",
    "article",
    "dated",
    "link",
    "provisions",
];

const PARCELS: &[&str] = &[
    "commune",
    "sheet",
    "number",
    "certificate_commune",
    "certificate_sheet",
    "certificate_number",
    "ward",
    "national_identifier",
    "registered_area",
    "scale",
    "land_use",
    "status",
];

const ZONES: &[&str] = &[
    "code",
    "function",
    "storeys_max",
    "height_max",
    "coverage_max",
    "floor_area_ratio_max",
    "population",
];

const ROADS: &[&str] = &["street", "width", "alley"];

const CORRIDORS: &[&str] = &["kind", "name", "width", "voltage"];

const RESTRICTIONS: &[&str] = &["kind", "legend_vi", "legend_en"];

const CERTIFICATES: &[&str] = &[
    "commune",
    "sheet",
    "number",
    "certificate_commune",
    "certificate_sheet",
    "certificate_number",
    "serial",
    "registry_number",
    "holder_name",
    "identity_number",
    "party_kind",
    "right",
    "share",
];

impl Target {
    /// The collection that holds features of a kind.
    pub const fn of(kind: &FeatureKind) -> Self {
        match kind {
            FeatureKind::PlanUnit(_) => Self::Zones,
            FeatureKind::RightOfWay(_) => Self::Roads,
            FeatureKind::Corridor(_) => Self::Corridors,
            FeatureKind::Restriction { .. } => Self::Restrictions,
        }
    }

    /// The name of its collection.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parcels => "parcels",
            Self::Zones => "zones",
            Self::Roads => "roads",
            Self::Corridors => "corridors",
            Self::Restrictions => "restrictions",
            Self::Certificates => "certificates",
        }
    }

    /// The fields it takes, by the names a profile uses.
    pub fn fields(self) -> impl Iterator<Item = &'static str> {
        let own = match self {
            Self::Parcels => PARCELS,
            Self::Zones => ZONES,
            Self::Roads => ROADS,
            Self::Corridors => CORRIDORS,
            Self::Restrictions => RESTRICTIONS,
            Self::Certificates => CERTIFICATES,
        };
        let planning = match self {
            Self::Parcels => &[],
            _ => PLANNING,
        };
        own.iter().chain(planning).chain(EVERY).copied()
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
