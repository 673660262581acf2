//! Why nothing is at a place: outside the city, road, water, no data, or simply no parcel.

use super::position::Place;
use crate::cadastre::{Day, WardCode};
use crate::geometry::{Envelope, Location};
use crate::land::items::Collection;
use crate::land::question::{Found, Hit, NothingHere};
use crate::land::snapshot::Land;
use crate::planning::{FeatureKind, PlanFeature, Theme};

impl Land {
    pub(super) fn or_nothing(&self, hits: Vec<Hit>, places: &[Place], date: Day) -> Found {
        if hits.is_empty() {
            Err(self.nothing_at(places, date))
        } else {
            Ok(hits)
        }
    }

    /// The first reason that holds, from the widest to the narrowest.
    pub(in crate::land) fn nothing_at(&self, places: &[Place], date: Day) -> NothingHere {
        if places.is_empty() || self.is_outside_city(places) {
            return NothingHere::OutsideCity { cause: None };
        }
        for &(plane, at) in places {
            let features = self.plans.covering(plane, at, date);
            if let Some(reason) = features.iter().find_map(|f| self.road_or_water(f)) {
                return reason;
            }
        }
        let ward = self.ward_at(places, date);
        if !self.is_before_parcels_at(places, date) && self.holds_parcels_at(places, ward, date) {
            NothingHere::NoParcel { ward }
        } else {
            NothingHere::WithoutData { ward }
        }
    }

    /// Whether what the register knows of a place begins only later: all parcels do, or one that
    /// lies there. What was there before it is not known, since land is never of no parcel.
    fn is_before_parcels_at(&self, places: &[Place], date: Day) -> bool {
        let begins_later = |&(plane, at): &Place| {
            let mut later = false;
            self.each_row_around(plane, &Envelope { min: at, max: at }, |row| {
                later |= self.valid(row).from > date && self.locate(at, row) != Location::Exterior;
            });
            later
        };
        self.is_before_all_parcels(date) || places.iter().any(begins_later)
    }

    /// The ward on a day whose border covers one of the places; borders are drawn, not surveyed.
    pub(in crate::land) fn ward_at(&self, places: &[Place], date: Day) -> Option<WardCode> {
        places.iter().find_map(|&(plane, at)| {
            let mut wards = self.wards.around(plane, at);
            wards.find(|w| w.valid.has(date)).map(|w| w.code)
        })
    }

    /// Borders of any day count: the city of before the merger has none of its own.
    fn is_outside_city(&self, places: &[Place]) -> bool {
        let in_ward = |&(plane, at): &Place| self.wards.around(plane, at).next().is_some();
        self.wards.has_borders() && !places.iter().any(in_ward)
    }

    fn road_or_water(&self, feature: &PlanFeature) -> Option<NothingHere> {
        if let FeatureKind::RightOfWay(road) = &feature.kind {
            return Some(NothingHere::OnRoad {
                street: road.street.clone(),
            });
        }
        let layer = self.plans.layer(&feature.layer)?;
        let name = match &feature.kind {
            _ if layer.theme != Theme::water() => return None,
            FeatureKind::Corridor(corridor) => corridor.name.clone(),
            FeatureKind::Restriction { legend_vi, .. } => legend_vi.clone(),
            FeatureKind::PlanUnit(unit) => unit.function.clone(),
            FeatureKind::RightOfWay(_) => String::new(),
        };
        Some(NothingHere::OnWater { name })
    }

    /// Whether the register knows of no parcel so long ago. Only where an edit took a row away does
    /// this cost a look at rows, of which most days need one.
    pub(super) fn is_before_all_parcels(&self, date: Day) -> bool {
        let days = self.days(Collection::Parcels);
        let begun = |row| self.valid(row).from <= date;
        days.is_none_or(|days| date < days.from)
            || !self.overlay.removed.is_empty() && !self.rows_that_count().any(begun)
    }

    /// By the coverage of the layers that say where parcels are held; where the city has no such
    /// layer, by whether any parcel of the ward is held.
    fn holds_parcels_at(&self, places: &[Place], ward: Option<WardCode>, date: Day) -> bool {
        let mut said = false;
        for &place in places {
            match self.plans.speaks_at(&Theme::parcels(), place, date) {
                Some(true) => return true,
                Some(false) => said = true,
                None => {}
            }
        }
        !said && ward.is_some_and(|ward| self.holds_parcels_of_ward(ward))
    }
}
