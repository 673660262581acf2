//! What lies at a position: exact on each plane, or shared out over a circle of uncertainty.

use super::circle::shared_area;
use crate::cadastre::Day;
use crate::crs::{Epsg, LonLat};
use crate::geometry::{Envelope, Location, Point, locate};
use crate::land::question::{Found, Hit, LookupError, MatchedBy};
use crate::land::snapshot::Land;
use std::f64::consts::PI;

/// A place on one of the planes that expect land there.
pub(in crate::land) type Place = (Epsg, Point);

impl Land {
    pub(super) fn at_position(&self, at: LonLat, accuracy_m: Option<f64>, date: Day) -> Found {
        let places = self.places(at);
        let hits = match accuracy_m {
            None => self.at_places(&places, date),
            Some(radius_m) => self.around_places(&places, radius_m, date),
        };
        self.or_nothing(hits, &places, date)
            .map_err(|nothing| nothing.because(|| self.city.planes.likely_cause_at(at)))
    }

    pub(super) fn at_coordinate(
        &self,
        east_m: f64,
        north_m: f64,
        crs: Epsg,
        date: Day,
    ) -> Result<Found, LookupError> {
        let places = self.places_of_coordinate(east_m, north_m, crs)?;
        let hits = self.at_places(&places, date);
        let planes = &self.city.planes;
        let cause = || planes.likely_cause(planes.get(crs)?, east_m, north_m);
        let found = self.or_nothing(hits, &places, date);
        Ok(found.map_err(|nothing| nothing.because(cause)))
    }

    /// The position on every plane that expects land there, to the nearest grid point.
    pub(in crate::land) fn places(&self, at: LonLat) -> Vec<Place> {
        let planes = self.city.planes.for_lonlat(at).into_iter();
        let place = |plane: &crate::crs::WorkingPlane| {
            let point = self.city.transforms.to_plane(plane, at).ok()?;
            Some((plane.epsg, point))
        };
        planes.filter_map(place).collect()
    }

    /// A coordinate on every plane that expects land there. On its own plane it is taken as it
    /// is; on others, and from other systems, by the way that `crs` names.
    fn places_of_coordinate(
        &self,
        east_m: f64,
        north_m: f64,
        crs: Epsg,
    ) -> Result<Vec<Place>, LookupError> {
        let mut places = Vec::new();
        for plane in self.city.planes.iter() {
            let (east, north) = if plane.epsg == crs {
                (east_m, north_m)
            } else {
                let way = self.city.transforms.between(crs, plane.epsg);
                let way = way.map_err(|_| self.unknown_system(crs))?;
                match way.convert(east_m, north_m) {
                    Ok(converted) => converted,
                    Err(_) => continue,
                }
            };
            if let Some(point) = plane
                .grid_point(east, north)
                .ok()
                .filter(|_| plane.expects(east, north))
            {
                places.push((plane.epsg, point));
            }
        }
        Ok(places)
    }

    fn unknown_system(&self, asked: Epsg) -> LookupError {
        LookupError::UnknownSystem {
            asked,
            known: self.city.planes.offered(),
        }
    }

    /// Every parcel that has the point in its interior or, to the millimetre, on its boundary.
    fn at_places(&self, places: &[Place], date: Day) -> Vec<Hit> {
        let mut hits = Vec::new();
        for &(plane, at) in places {
            for row in self.rows_at(plane, &Envelope { min: at, max: at }, date) {
                let matched_by = match self.locate(at, row) {
                    Location::Interior => MatchedBy::Interior,
                    Location::Boundary => MatchedBy::Boundary,
                    Location::Exterior => continue,
                };
                hits.push(Hit::new(row, matched_by));
            }
        }
        hits.sort_by_cached_key(|hit| {
            let outside = hit.matched_by != MatchedBy::Interior;
            (outside, self.id_of(hit.row), self.version_id(hit.row))
        });
        hits
    }

    /// Every parcel that holds a part of the circle, the largest share first. The circle is
    /// measured on the plane of each parcel; the scale of a plane differs from 1 by less than
    /// 2 parts in 10 000, which no share shows.
    fn around_places(&self, places: &[Place], radius_m: f64, date: Day) -> Vec<Hit> {
        let radius_mm = radius_m * 1000.0;
        let mut hits = Vec::new();
        for &(plane, at) in places {
            for row in self.rows_at(plane, &square_around(at, radius_mm), date) {
                let shape = self.shape(row);
                let share = shared_area(at, radius_mm, &shape) / (PI * radius_mm * radius_mm);
                let matched_by = match self.locate(at, row) {
                    Location::Interior => MatchedBy::Interior,
                    Location::Boundary => MatchedBy::Boundary,
                    Location::Exterior if share > 0.0 => MatchedBy::Circle,
                    Location::Exterior => continue,
                };
                hits.push(Hit {
                    row,
                    matched_by,
                    circle_share: Some(share.clamp(0.0, 1.0)),
                });
            }
        }
        let share = |hit: &Hit| hit.circle_share.unwrap_or(0.0);
        let key = |hit: &Hit| (self.id_of(hit.row), self.version_id(hit.row));
        hits.sort_by(|a, b| {
            let by_share = share(b).total_cmp(&share(a));
            by_share.then_with(|| key(a).cmp(&key(b)))
        });
        hits
    }

    /// Where a point lies against the outline of a row.
    pub(super) fn locate(&self, at: Point, row: u32) -> Location {
        match self.overlay_version(row) {
            Some(version) => locate(at, &version.parcel.shape),
            None => self.base.columns.shapes.rings(row).locate(at),
        }
    }
}

/// The box around a circle, cut off at the edge of the grid.
fn square_around(at: Point, radius_mm: f64) -> Envelope {
    let corner = |sign: f64| {
        let along = |v: i32| (f64::from(v) + sign * radius_mm) / 1000.0;
        Point::from_metres(along(at.x()), along(at.y())).unwrap_or(at)
    };
    Envelope {
        min: corner(-1.0),
        max: corner(1.0),
    }
}
