//! The display geometry of a city's planes, by the transforms of the city.

use super::display::{Display, NoPosition};
use crate::crs::{Between, CrsError, Epsg, Planes, Transforms, WorkingPlane};
use crate::geometry::Point;

/// The way from each plane of a city to EPSG:4756, built once.
#[derive(Debug, Clone)]
pub struct CityDisplay(Vec<(WorkingPlane, Between)>);

impl CityDisplay {
    /// Builds the ways; planes on VN-2000 need no change of datum, others lead over WGS 84.
    ///
    /// # Errors
    /// [`CrsError::UnknownSystem`] when EPSG:4756 is not among the city's systems.
    pub fn new(planes: &Planes, transforms: &Transforms) -> Result<Self, CrsError> {
        let geographic = Epsg(super::display::DISPLAY_SRS.unsigned_abs());
        planes
            .iter()
            .map(|plane| Ok((plane.clone(), transforms.between(plane.epsg, geographic)?)))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Display for CityDisplay {
    fn lonlat_4756(&self, plane: Epsg, vertices: &[Point]) -> Result<Vec<[f64; 2]>, NoPosition> {
        let no_position = |reason: String| NoPosition { plane, reason };
        let (plane, way) = self
            .0
            .iter()
            .find(|(own, _)| own.epsg == plane)
            .ok_or_else(|| no_position("a plane of the city".to_owned()))?;
        vertices
            .iter()
            .map(|vertex| {
                let (east_m, north_m) = plane.metres(*vertex);
                let (lon, lat) = way
                    .convert(east_m, north_m)
                    .map_err(|e| no_position(e.to_string()))?;
                Ok([lon, lat])
            })
            .collect()
    }
}
