//! EPSG codes, positions in longitude and latitude, and the planes in which we measure.

use crate::geometry::{OutOfGrid, Point};

/// A coordinate reference system by its EPSG code.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Epsg(pub u32);

impl std::fmt::Display for Epsg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EPSG:{}", self.0)
    }
}

/// A position on WGS 84 (OGC:CRS84 order): degrees east, degrees north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LonLat {
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// Degrees north of the equator.
    pub lat: f64,
}

impl LonLat {
    /// Whether both numbers are finite and on the globe.
    pub fn is_position(self) -> bool {
        (-180.0..=180.0).contains(&self.lon) && (-90.0..=90.0).contains(&self.lat)
    }

    /// The position as it is written: 9 decimals, about 0.1 mm, so that a vertex comes back to
    /// its own grid point.
    pub fn to_nine_decimals(self) -> Self {
        let round = |degrees: f64| (degrees * 1e9).round() / 1e9;
        Self {
            lon: round(self.lon),
            lat: round(self.lat),
        }
    }
}

/// A projected system and the origin from which its grid of millimetres is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkingPlane {
    /// The projected system.
    pub epsg: Epsg,
    /// What people call it.
    pub name: String,
    /// Easting of the grid's origin, in whole metres.
    pub origin_east_m: i32,
    /// Northing of the grid's origin, in whole metres.
    pub origin_north_m: i32,
    /// Where coordinates are expected: west, south, east, north, in metres of the system.
    /// A coordinate outside is refused on import, with the likely cause.
    pub expected_m: [f64; 4],
    /// The same region in degrees of WGS 84: west, south, east, north.
    pub expected_degrees: [f64; 4],
}

impl WorkingPlane {
    /// The grid point of an easting and a northing in metres.
    ///
    /// # Errors
    /// [`OutOfGrid`] when the point is farther than 1 073 km from the plane's origin.
    pub fn grid_point(&self, east_m: f64, north_m: f64) -> Result<Point, OutOfGrid> {
        Point::from_metres(
            east_m - f64::from(self.origin_east_m),
            north_m - f64::from(self.origin_north_m),
        )
    }

    /// Easting and northing of a grid point in metres.
    pub fn metres(&self, point: Point) -> (f64, f64) {
        let metres =
            |mm: i32, origin_m: i32| (i64::from(mm) + 1000 * i64::from(origin_m)) as f64 / 1000.0;
        (
            metres(point.x(), self.origin_east_m),
            metres(point.y(), self.origin_north_m),
        )
    }

    /// Whether the plane expects land at a coordinate in metres; the border of the region counts.
    pub fn expects(&self, east_m: f64, north_m: f64) -> bool {
        let [west, south, east, north] = self.expected_m;
        (west..=east).contains(&east_m) && (south..=north).contains(&north_m)
    }

    /// Whether the plane expects land at a position; the border of the region counts.
    pub fn expects_at(&self, at: LonLat) -> bool {
        let [west, south, east, north] = self.expected_degrees;
        (west..=east).contains(&at.lon) && (south..=north).contains(&at.lat)
    }
}
