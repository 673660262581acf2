//! What drafts are judged against: planes, wards, dated tables, the day.

use crate::cadastre::{Day, LandUseTable, Ward, WardSuccession};
use crate::crs::{Epsg, Planes};
use crate::exchange::{Finding, ParcelDraft};

/// What drafts are judged against; all of it comes from outside.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The working planes of the city.
    pub planes: &'a Planes,
    /// Wards of today and of before, with their borders for display.
    pub wards: &'a [Ward],
    /// Which wards of before became which of today.
    pub successions: &'a [WardSuccession],
    /// The dated table of land-use codes.
    pub land_use: &'a LandUseTable,
    /// The day for which the file speaks.
    pub day: Day,
}

impl Ground<'_> {
    /// The newest day on which a draft speaks: its wards and codes must hold on that day.
    pub fn day_of(&self, draft: &ParcelDraft) -> Day {
        let newest = match draft.valid_to {
            Some(to) if to <= self.day => Day(to.0 - 1),
            _ => self.day,
        };
        draft.valid_from.map_or(newest, |from| newest.max(from))
    }
}

/// The finding, at a place in millimetres on the grid of a plane; without a place when the plane
/// is not one of the city's.
pub fn place(finding: Finding, ground: &Ground, epsg: Epsg, at_mm: (f64, f64)) -> Finding {
    match ground.planes.get(epsg) {
        Some(plane) => {
            let metres =
                |mm: f64, origin_m: i32| (f64::from(origin_m) * 1000.0 + mm.round()) / 1000.0;
            let east_m = metres(at_mm.0, plane.origin_east_m);
            finding.at(epsg, (east_m, metres(at_mm.1, plane.origin_north_m)))
        }
        None => finding,
    }
}

/// The finding, about a draft.
pub fn about(draft: &ParcelDraft, finding: Finding) -> Finding {
    finding.about(draft.feature).with_key(&draft.as_map)
}

/// A number of metres or square metres as it stands in sentences: three decimals.
pub fn metres(value: f64) -> String {
    format!("{value:.3}")
}
