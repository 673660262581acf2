//! Where and when a collection has items.

use super::Collection;
use crate::cadastre::{Day, Interval};
use crate::crs::{CrsError, Epsg};
use crate::geometry::{Envelope, Point};
use crate::land::Land;
use std::collections::BTreeSet;

/// Points along each edge of an envelope, whose edges are bent in degrees.
const PIECES: i64 = 8;
/// Boxes are rounded outward to so many parts of a degree, 11 m: more than an edge bends between
/// two such points.
const PARTS_OF_DEGREE: f64 = 1e4;

impl Land {
    /// A box around all items of a collection on any day: west, south, east, north in degrees,
    /// rounded outward to 4 decimals; it may be wider than need be. Nothing when none has a shape.
    ///
    /// # Errors
    /// [`CrsError`] when a plane is none of the city's, which the import refuses.
    pub fn extent(&self, collection: Collection) -> Result<Option<[f64; 4]>, CrsError> {
        let mut around: Option<[f64; 4]> = None;
        for (plane, envelope) in self.envelopes(collection) {
            for point in border(&envelope) {
                let at = self.city.transforms.to_lonlat(plane, point)?;
                let [w, s, e, n] = around.unwrap_or([at.lon, at.lat, at.lon, at.lat]);
                around = Some([w.min(at.lon), s.min(at.lat), e.max(at.lon), n.max(at.lat)]);
            }
        }
        let down = |degrees: f64| (degrees * PARTS_OF_DEGREE).floor() / PARTS_OF_DEGREE;
        let up = |degrees: f64| (degrees * PARTS_OF_DEGREE).ceil() / PARTS_OF_DEGREE;
        Ok(around.map(|[w, s, e, n]| [down(w), down(s), up(e), up(n)]))
    }

    /// The days on which a collection has items; they may be more than need be.
    pub fn days(&self, collection: Collection) -> Option<Interval<Day>> {
        let hull = |days: Option<Interval<Day>>, valid: Interval<Day>| {
            Some(days.map_or(valid, |days| days.hull(valid)))
        };
        match collection {
            Collection::Parcels => {
                let added = self.overlay.rows.iter().flatten();
                added.map(|v| v.lifespan.valid).fold(self.base.days(), hull)
            }
            Collection::Wards => {
                let wards = self.wards.wards().iter();
                wards.map(|ward| ward.valid).fold(None, hull)
            }
            Collection::Zones | Collection::Roads | Collection::Restrictions => {
                self.plans.order().days(collection)
            }
        }
    }

    /// How many items of a collection hold on a day; of parcels a look at every version, for a day
    /// that was not the last one asked for, and of others no such look.
    pub fn count_on(&self, collection: Collection, date: Day) -> usize {
        match collection {
            Collection::Parcels => self.parcels_on(date),
            Collection::Wards => {
                let wards = self.wards.wards().iter();
                wards.filter(|ward| ward.valid.has(date)).count()
            }
            Collection::Zones | Collection::Roads | Collection::Restrictions => {
                self.plans.order().count_on(collection, date)
            }
        }
    }

    /// The planes on which items of a collection are held; wards without a border count.
    pub fn planes_of(&self, collection: Collection) -> BTreeSet<Epsg> {
        match collection {
            Collection::Wards => self.wards.wards().iter().map(|ward| ward.plane).collect(),
            other => self.envelopes(other).into_iter().map(|e| e.0).collect(),
        }
    }

    /// An envelope on each plane around all items of a collection.
    fn envelopes(&self, collection: Collection) -> Vec<(Epsg, Envelope)> {
        match collection {
            Collection::Parcels => self.extents(),
            Collection::Wards => {
                let wards = self.wards.wards().iter();
                wards
                    .filter_map(|ward| Some((ward.plane, ward.border.envelope()?)))
                    .collect()
            }
            Collection::Zones | Collection::Roads | Collection::Restrictions => {
                self.plans.order().envelopes(collection)
            }
        }
    }
}

/// Points along the border of an envelope, its corners among them.
fn border(envelope: &Envelope) -> impl Iterator<Item = Point> {
    let Envelope { min, max } = *envelope;
    let along = |low: i32, high: i32, i: i64| {
        let (low, high) = (i64::from(low), i64::from(high));
        (low + (high - low) * i / PIECES) as i32
    };
    let points = (0..=PIECES).flat_map(move |i| {
        let (x, y) = (along(min.x(), max.x(), i), along(min.y(), max.y(), i));
        [(x, min.y()), (x, max.y()), (min.x(), y), (max.x(), y)]
    });
    points.filter_map(|(x, y)| Point::new(x, y).ok())
}
