//! What a source states, mapped by a field profile, before the register has judged it.

use crate::cadastre::{
    Day, LandUseLine, MapScale, NationalParcelIdentifier, ParcelKey, ParcelStatus, RegisteredArea,
    WardCode,
};
use crate::crs::Epsg;
use crate::geometry::{MultiPolygon, Shape};
use crate::planning::{FeatureKind, LayerCode, LegalProvision};

/// The number of a feature in its source, as GDAL counts it (its FID); among several files as
/// [`super::several`] numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeatureNumber(pub i64);

/// A parcel as a source states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelDraft {
    /// Which feature.
    pub feature: FeatureNumber,
    /// Key on the map.
    pub as_map: ParcelKey,
    /// Key on the certificate.
    pub as_certificate: Option<ParcelKey>,
    /// Ward of today, when the source or the profile states it.
    pub ward: Option<WardCode>,
    /// National identifier.
    pub national_identifier: Option<NationalParcelIdentifier>,
    /// Plane of the shape.
    pub plane: Epsg,
    /// Shape on the grid, as the source has it.
    pub shape: MultiPolygon,
    /// Registered area.
    pub registered_area: Option<RegisteredArea>,
    /// Scale of the survey.
    pub scale: MapScale,
    /// Land use.
    pub land_use: Vec<LandUseLine>,
    /// Status.
    pub status: ParcelStatus,
    /// First day, when the source states it.
    pub valid_from: Option<Day>,
    /// First day after, when the source states it.
    pub valid_to: Option<Day>,
}

impl ParcelDraft {
    /// Whether there is a day on which both are valid; an open end reaches for ever.
    pub fn valid_with(&self, other: &Self) -> bool {
        meet(
            (self.valid_from, self.valid_to),
            (other.valid_from, other.valid_to),
        )
    }
}

/// Facts of parcels of which a source as a whole says nothing, since it has no field for them: what
/// the register holds of them stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unstated {
    /// The key on the certificate.
    pub as_certificate: bool,
    /// The national identifier.
    pub national_identifier: bool,
    /// The registered area.
    pub registered_area: bool,
    /// Land use.
    pub land_use: bool,
    /// Status.
    pub status: bool,
}

impl Unstated {
    /// The facts of which one of two sources says nothing.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            as_certificate: self.as_certificate || other.as_certificate,
            national_identifier: self.national_identifier || other.national_identifier,
            registered_area: self.registered_area || other.registered_area,
            land_use: self.land_use || other.land_use,
            status: self.status || other.status,
        }
    }

    /// Of a drawing: a label that is not there says nothing.
    pub const LABELS: Self = Self {
        as_certificate: true,
        national_identifier: true,
        registered_area: true,
        land_use: true,
        status: true,
    };
}

/// A planning feature as a source states it, on one plane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureDraft {
    /// Which feature.
    pub feature: FeatureNumber,
    /// The layer it is of.
    pub layer: LayerCode,
    /// The key the source gives it.
    pub key: String,
    /// What it is.
    pub kind: FeatureKind,
    /// What it rests on beyond its layer.
    pub provisions: Vec<LegalProvision>,
    /// Plane of the shape.
    pub plane: Epsg,
    /// Whether the source says on which planes its features are held: then no other plane is added.
    pub states_plane: bool,
    /// Shape on the grid.
    pub shape: Shape,
    /// First day, when the source states it.
    pub valid_from: Option<Day>,
    /// First day after, when the source states it.
    pub valid_to: Option<Day>,
}

impl FeatureDraft {
    /// Layer and key as findings show them.
    pub fn shown_key(&self) -> String {
        shown_key(&self.layer, &self.key)
    }

    /// Whether there is a day on which both are valid; an open end reaches for ever.
    pub fn valid_with(&self, other: &Self) -> bool {
        meet(
            (self.valid_from, self.valid_to),
            (other.valid_from, other.valid_to),
        )
    }
}

/// Layer and key of a planning feature as findings show them.
pub fn shown_key(layer: &LayerCode, key: &str) -> String {
    format!("{layer}/{key}")
}

type Stretch = (Option<Day>, Option<Day>);

/// Whether two stretches of days have a day in common; an absent end reaches for ever.
fn meet(a: Stretch, b: Stretch) -> bool {
    let starts_before_end = |start: Option<Day>, end: Option<Day>| match (start, end) {
        (Some(start), Some(end)) => start < end,
        _ => true,
    };
    starts_before_end(a.0, b.1) && starts_before_end(b.0, a.1)
}

/// What a feature of a source became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draft {
    /// A parcel.
    Parcel(Box<ParcelDraft>),
    /// A planning feature.
    Feature(Box<FeatureDraft>),
}
