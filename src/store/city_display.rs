//! The display geometry of a city's planes, by the transforms of the city.

use super::display::{Display, NoPosition};
use crate::crs::{Between, CrsError, Epsg, Planes, Transforms, WorkingPlane};
use crate::geometry::{Envelope, Point};

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

    /// A box of EPSG:4756 that holds all that lies in an envelope of a plane: west, south, east,
    /// north, in degrees. It is a few decimetres wider, since an envelope's edges are not quite
    /// straight there.
    ///
    /// # Errors
    /// [`NoPosition`] when the plane is not known or a corner has no position.
    pub fn box_4756(&self, plane: Epsg, around: Envelope) -> Result<[f64; 4], NoPosition> {
        const MARGIN: f64 = 3e-6;
        let Envelope { min, max } = around;
        let corner = |x: &Point, y: &Point| Point::new(x.x(), y.y());
        let corners = [(&min, &min), (&max, &min), (&max, &max), (&min, &max)];
        let corners = corners.iter().filter_map(|(x, y)| corner(x, y).ok());
        let corners: Vec<Point> = corners.collect();
        let mut sides = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for [lon, lat] in self.lonlat_4756(plane, &corners)? {
            let [west, south, east, north] = sides;
            sides = [
                west.min(lon - MARGIN),
                south.min(lat - MARGIN),
                east.max(lon + MARGIN),
                north.max(lat + MARGIN),
            ];
        }
        Ok(sides)
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
