//! In which system positions are written, and in which order of its axes.

use super::json::Json;
use crate::crs::{AxisOrder, Between, CrsError, Epsg, Transforms, WorkingPlane};
use crate::geometry::Point;
use crate::land::City;

/// How positions are written.
#[derive(Debug, Clone)]
pub enum Positions {
    /// Longitude and latitude on WGS 84, in degrees with 9 decimals.
    LonLat,
    /// Latitude and longitude on WGS 84, in degrees with 9 decimals.
    LatLon,
    /// Another system, in the order of its own axes: degrees with 9 decimals, metres with 3.
    Listed(Box<Listed>),
}

/// A listed system with the ways to it.
#[derive(Debug, Clone)]
pub struct Listed {
    system: Epsg,
    axes: AxisOrder,
    degrees: bool,
    ways: Vec<(WorkingPlane, Between)>,
}

const WGS_84: Epsg = Epsg(4326);

impl Positions {
    /// For a system as EPSG defines it.
    ///
    /// # Errors
    /// [`CrsError::UnknownSystem`] for a system that the city does not list.
    pub fn of(city: &City, system: Epsg) -> Result<Self, CrsError> {
        if system == WGS_84 {
            return Ok(Self::LatLon);
        }
        let transforms = &city.transforms;
        let way = |plane: &WorkingPlane| -> Result<_, CrsError> {
            let between = transforms.between(plane.epsg, system)?;
            Ok((plane.clone(), between))
        };
        Ok(Self::Listed(Box::new(Listed {
            system,
            axes: transforms.axis_order(system)?,
            degrees: transforms.is_geographic(system)?,
            ways: city.planes.iter().map(way).collect::<Result<_, _>>()?,
        })))
    }

    /// Writes grid points of a plane, each as an array of two numbers.
    ///
    /// # Errors
    /// [`CrsError`] for a plane of another city, and for a point outside the system's domain.
    pub fn write(
        &self,
        json: &mut Json,
        transforms: &Transforms,
        plane: Epsg,
        points: &[Point],
    ) -> Result<(), CrsError> {
        let billionths = |degrees: f64| (degrees * 1e9).round() as i64;
        match self {
            Self::LonLat => transforms.to_lonlat_fast(plane, points.iter().copied(), |at| {
                json.pair::<9>(billionths(at.lon), billionths(at.lat));
            }),
            Self::LatLon => transforms.to_lonlat_fast(plane, points.iter().copied(), |at| {
                json.pair::<9>(billionths(at.lat), billionths(at.lon));
            }),
            Self::Listed(listed) => listed.write(json, transforms, plane, points),
        }
    }
}

impl Listed {
    fn write(
        &self,
        json: &mut Json,
        transforms: &Transforms,
        plane: Epsg,
        points: &[Point],
    ) -> Result<(), CrsError> {
        let way = self.ways.iter().find(|(known, _)| known.epsg == plane);
        let Some((working, between)) = way else {
            // The city has no such plane, and this says so.
            return transforms.axis_order(plane).map(|_| ());
        };
        for &point in points {
            let (east_m, north_m) = working.metres(point);
            let (x, y) = if plane == self.system {
                (east_m, north_m)
            } else {
                between.convert(east_m, north_m)?
            };
            let (first, second) = match self.axes {
                AxisOrder::EastNorth => (x, y),
                AxisOrder::NorthEast => (y, x),
            };
            let count = |number: f64, parts: f64| (number * parts).round() as i64;
            if self.degrees {
                json.pair::<9>(count(first, 1e9), count(second, 1e9));
            } else {
                json.pair::<3>(count(first, 1e3), count(second, 1e3));
            }
        }
        Ok(())
    }
}
