//! The parcel: one lot of land with its keys, shape, areas and land use, in one version.

use super::{
    LandUseLine, Lifespan, MapScale, MeasuredArea, NationalParcelIdentifier, ParcelId, ParcelKey,
    RegisteredArea, Revision, WardCode,
};
use crate::crs::Epsg;
use crate::geometry::MultiPolygon;

/// What the register says of a parcel as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelStatus {
    /// In use.
    InUse,
    /// Recovered by the State.
    Recovered,
    /// In dispute.
    Disputed,
}

/// A lot of land (thửa đất).
#[doc(alias = "LA_SpatialUnit")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Surrogate key; the same in all versions.
    pub id: ParcelId,
    /// National identifier, when it has been assigned.
    pub national_identifier: Option<NationalParcelIdentifier>,
    /// The ward in which it lies, of the units in force while this version is valid.
    pub ward: WardCode,
    /// Key on the cadastral map.
    pub as_map: ParcelKey,
    /// Key on the certificate, when it is known; often an older one than the map's.
    pub as_certificate: Option<ParcelKey>,
    /// The plane of the shape.
    pub plane: Epsg,
    /// The shape, on the grid of its plane.
    pub shape: MultiPolygon,
    /// Area as registered.
    pub registered_area: Option<RegisteredArea>,
    /// Scale of the survey.
    pub scale: MapScale,
    /// Land use, first line first.
    pub land_use: Vec<LandUseLine>,
    /// Status.
    pub status: ParcelStatus,
}

impl Parcel {
    /// The area of the shape on its own plane; exact.
    pub fn measured_area(&self) -> MeasuredArea {
        MeasuredArea::from_twice_mm2(self.shape.twice_area())
    }
}

/// The key of one version of one parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VersionId(pub i64);

/// A parcel as it was during a lifespan, and the revision that wrote it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelVersion {
    /// Key of the version.
    pub version: VersionId,
    /// What held.
    pub parcel: Parcel,
    /// When it held, and when the register knew.
    pub lifespan: Lifespan,
    /// The revision that recorded it.
    pub recorded_in: Revision,
}
