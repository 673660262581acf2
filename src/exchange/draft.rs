//! What a source states, mapped by a field profile, before the register has judged it.

use crate::cadastre::{
    Day, LandUseLine, MapScale, NationalParcelIdentifier, ParcelKey, ParcelStatus, RegisteredArea,
    WardCode,
};
use crate::crs::Epsg;
use crate::geometry::{MultiPolygon, Shape};
use crate::planning::FeatureKind;

/// The number of a feature in its source, as GDAL counts it (its FID).
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
        let starts_before_end = |start: Option<Day>, end: Option<Day>| match (start, end) {
            (Some(start), Some(end)) => start < end,
            _ => true,
        };
        starts_before_end(self.valid_from, other.valid_to)
            && starts_before_end(other.valid_from, self.valid_to)
    }
}

/// A planning feature as a source states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureDraft {
    /// Which feature.
    pub feature: FeatureNumber,
    /// The key the source gives it, when there is one.
    pub key: Option<String>,
    /// What it is.
    pub kind: FeatureKind,
    /// Plane of the shape.
    pub plane: Epsg,
    /// Shape on the grid.
    pub shape: Shape,
    /// First day, when the source states it.
    pub valid_from: Option<Day>,
    /// First day after, when the source states it.
    pub valid_to: Option<Day>,
}

/// What a feature of a source became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draft {
    /// A parcel.
    Parcel(Box<ParcelDraft>),
    /// A planning feature.
    Feature(Box<FeatureDraft>),
}
