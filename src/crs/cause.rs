//! Why a coordinate may lie far outside its plane.

use super::{Epsg, LonLat, Planes, WorkingPlane};

/// The likely cause of a coordinate that its plane does not expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The numbers are degrees of longitude and latitude, in either order.
    LooksLikeLonLat,
    /// Northing came before easting, as surveyors write them.
    AxesSwapped,
    /// The coordinate belongs to another plane of the city.
    OtherZone(Epsg),
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LooksLikeLonLat => f.write_str("looks like lon/lat"),
            Self::AxesSwapped => f.write_str("axes swapped"),
            Self::OtherZone(epsg) => write!(f, "other zone, {epsg}"),
        }
    }
}

impl Planes {
    /// The likely cause of a coordinate outside the plane's expected region: nothing when the
    /// coordinate is expected there, and nothing when no cause explains it.
    ///
    /// Order of the causes: degrees, swapped axes in the same plane, another plane of the city,
    /// swapped axes in another plane.
    pub fn likely_cause(&self, plane: &WorkingPlane, east_m: f64, north_m: f64) -> Option<Cause> {
        if plane.expects(east_m, north_m) {
            return None;
        }
        let position = |lon: f64, lat: f64| LonLat { lon, lat };
        let in_degrees = |at| self.iter().any(|p| p.expects_at(at));
        if in_degrees(position(east_m, north_m)) || in_degrees(position(north_m, east_m)) {
            return Some(Cause::LooksLikeLonLat);
        }
        if plane.expects(north_m, east_m) {
            return Some(Cause::AxesSwapped);
        }
        let other = |x, y| self.iter().find(|p| p.expects(x, y)).map(|p| p.epsg);
        other(east_m, north_m)
            .or_else(|| other(north_m, east_m))
            .map(Cause::OtherZone)
    }

    /// The likely cause of a position that no plane expects: latitude came before longitude.
    /// Nothing when a plane expects it, and nothing when that does not explain it.
    pub fn likely_cause_at(&self, at: LonLat) -> Option<Cause> {
        let expected = |at| self.iter().any(|plane| plane.expects_at(at));
        let swapped = LonLat {
            lon: at.lat,
            lat: at.lon,
        };
        (!expected(at) && expected(swapped)).then_some(Cause::AxesSwapped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause(epsg: u32, x: f64, y: f64) -> Option<Cause> {
        let planes = Planes::load(include_str!("../../data/planes.toml")).expect("the city's file");
        let plane = planes.get(Epsg(epsg)).expect("listed");
        planes.likely_cause(plane, x, y)
    }

    #[test]
    fn a_coordinate_far_outside_is_refused_with_its_likely_cause() {
        assert_eq!(cause(9210, 603_481.725, 1_191_410.365), None);
        assert_eq!(cause(9210, 106.698, 10.7721), Some(Cause::LooksLikeLonLat));
        assert_eq!(cause(9210, 10.7721, 106.698), Some(Cause::LooksLikeLonLat));
        let swapped = cause(9210, 1_191_410.365, 603_481.725);
        assert_eq!(swapped, Some(Cause::AxesSwapped));
        let vung_tau = cause(9210, 426_902.367, 1_144_200.498);
        assert_eq!(vung_tau, Some(Cause::OtherZone(Epsg(5899))));
        let ben_thanh = cause(5899, 603_481.725, 1_191_410.365);
        assert_eq!(ben_thanh, Some(Cause::OtherZone(Epsg(9210))));
        assert_eq!(cause(9210, 12.0, 99_000.0), None);
        assert_eq!(cause(9210, f64::NAN, 0.0), None);
    }

    #[test]
    fn a_position_with_latitude_first_is_told_apart_from_one_elsewhere() {
        let planes = Planes::load(include_str!("../../data/planes.toml")).expect("the city's file");
        let cause = |lon, lat| planes.likely_cause_at(LonLat { lon, lat });
        assert_eq!(cause(106.698, 10.7721), None);
        assert_eq!(cause(10.7721, 106.698), Some(Cause::AxesSwapped));
        assert_eq!(cause(2.35, 48.85), None);
    }

    #[test]
    fn a_cause_reads_as_people_say_it() {
        assert_eq!(
            Cause::OtherZone(Epsg(5899)).to_string(),
            "other zone, EPSG:5899"
        );
    }
}
