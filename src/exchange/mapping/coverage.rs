//! The areas of a file in which a planning layer speaks.

use super::MappingError;
use super::mapper::Origin;
use super::placing::{From, Placing};
use super::stray::ToldBy;
use crate::crs::{AxisOrder, Epsg, Planes, Transforms};
use crate::exchange::Finding;
use crate::exchange::source::RawFeature;
use crate::geometry::MultiPolygon;

/// Puts areas of a file on the planes of a city.
pub struct CoverageMapper<'a> {
    placing: Placing<'a>,
    plane_at: Option<&'a dyn Fn(crate::crs::LonLat) -> Option<Epsg>>,
}

impl<'a> CoverageMapper<'a> {
    /// Fits to a layer.
    ///
    /// # Errors
    /// [`MappingError`] when nobody says in which system the coordinates are, or it cannot be
    /// converted.
    pub fn new(
        origin: Origin<'a>,
        planes: &'a Planes,
        transforms: &'a Transforms,
    ) -> Result<Self, MappingError> {
        let layer = origin.layer;
        let from = match (origin.crs, layer.epsg()) {
            (Some(system), _) => (From::System(system), ToldBy::Profile),
            (None, Some(system)) => (From::System(system), ToldBy::File),
            (None, None) => return Err(MappingError::no_crs(layer)),
        };
        let order = AxisOrder::EastNorth;
        Ok(Self {
            placing: Placing::new(planes, transforms, from, order, None)?,
            plane_at: origin.plane_at,
        })
    }

    /// The areas of a feature, and their plane.
    ///
    /// # Errors
    /// The finding that says why there are none.
    pub fn areas(&self, feature: &RawFeature) -> Result<(Epsg, MultiPolygon), Box<Finding>> {
        let geometry = super::mapper::geometry(feature)?;
        if geometry.areas.is_empty() {
            return Err(super::reading::wrong_kind(geometry, "Polygon"));
        }
        let of_land = |at| self.plane_at?(at);
        let plane = self.placing.plane_of(geometry, None, &of_land)?;
        Ok((plane.epsg, self.placing.areas(plane, geometry)?))
    }
}
