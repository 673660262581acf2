//! What drafts are judged against: planes, wards, dated tables, the day.

use crate::cadastre::{Day, LandUseTable, Ward, WardSuccession};
use crate::crs::{Epsg, Planes, Transforms};
use crate::exchange::{FeatureDraft, FeatureNumber, Finding, ParcelDraft};
use crate::geometry::{MultiPolygon, Shape};

/// What drafts are judged against; all of it comes from outside.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The working planes of the city.
    pub planes: &'a Planes,
    /// Ways between systems, by which a likely cause is found; without them no other system is
    /// tried.
    pub transforms: Option<&'a Transforms>,
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
    match metres_at(ground, epsg, at_mm) {
        Some(place_m) => finding.at(epsg, place_m),
        None => finding,
    }
}

/// Easting and northing of a place on the grid of a plane, unless the plane is not one of the
/// city's.
pub fn metres_at(ground: &Ground, epsg: Epsg, at_mm: (f64, f64)) -> Option<(f64, f64)> {
    let plane = ground.planes.get(epsg)?;
    let metres = |mm: f64, origin_m: i32| (f64::from(origin_m) * 1000.0 + mm.round()) / 1000.0;
    let east_m = metres(at_mm.0, plane.origin_east_m);
    Some((east_m, metres(at_mm.1, plane.origin_north_m)))
}

/// What findings are about: a parcel or a planning feature as a source states it.
pub trait Stated {
    /// Its number in the source.
    fn number(&self) -> FeatureNumber;
    /// Its key, as findings show it.
    fn key(&self) -> String;
    /// The plane of its shape.
    fn plane(&self) -> Epsg;
    /// Its shape, where that is an area.
    fn areas(&self) -> Option<&MultiPolygon>;
    /// Gives it another area.
    fn mended(&mut self, areas: MultiPolygon);
}

impl Stated for ParcelDraft {
    fn number(&self) -> FeatureNumber {
        self.feature
    }

    fn key(&self) -> String {
        self.as_map.to_string()
    }

    fn plane(&self) -> Epsg {
        self.plane
    }

    fn areas(&self) -> Option<&MultiPolygon> {
        Some(&self.shape)
    }

    fn mended(&mut self, areas: MultiPolygon) {
        self.shape = areas;
    }
}

impl Stated for FeatureDraft {
    fn number(&self) -> FeatureNumber {
        self.feature
    }

    fn key(&self) -> String {
        self.shown_key()
    }

    fn plane(&self) -> Epsg {
        self.plane
    }

    fn areas(&self) -> Option<&MultiPolygon> {
        match &self.shape {
            Shape::Areas(areas) => Some(areas),
            Shape::Points(_) | Shape::Lines(_) => None,
        }
    }

    fn mended(&mut self, areas: MultiPolygon) {
        self.shape = Shape::Areas(areas);
    }
}

/// The finding, about a draft.
pub fn about(draft: &impl Stated, finding: Finding) -> Finding {
    finding.about(draft.number()).with_key(draft.key())
}

/// A number of metres or square metres as it stands in sentences: three decimals.
pub fn metres(value: f64) -> String {
    format!("{value:.3}")
}
