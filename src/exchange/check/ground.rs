//! What drafts are judged against: planes, wards, dated tables, the day.

use crate::cadastre::Day;
use crate::crs::{Epsg, Planes};
use crate::exchange::Finding;

/// What drafts are judged against; all of it comes from outside.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The working planes of the city.
    pub planes: &'a Planes,
    /// The day for which codes and wards must hold, where a draft states none.
    pub day: Day,
}

/// The finding, at a place in millimetres on the grid of a plane; without a place when the plane
/// is not one of the city's.
pub fn place(finding: Finding, ground: &Ground, epsg: Epsg, at_mm: (f64, f64)) -> Finding {
    match ground.planes.get(epsg) {
        Some(plane) => {
            let metres = |mm: f64, origin_m: i32| f64::from(origin_m) + mm.round() / 1000.0;
            let east_m = metres(at_mm.0, plane.origin_east_m);
            finding.at(epsg, (east_m, metres(at_mm.1, plane.origin_north_m)))
        }
        None => finding,
    }
}

/// A number of metres or square metres as it stands in sentences: three decimals.
pub fn metres(value: f64) -> String {
    format!("{value:.3}")
}
