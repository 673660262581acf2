//! The city as the page shows it first, kept until the register or the day changes.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use actix_web::web;

use super::first_drawing::{Bounds, FirstDrawing, bounds_of, bounds_of_city};
use super::shape_view::outline;
use super::view::GeometryView;
use crate::app::View;
use crate::cadastre::{Day, Revision};
use crate::land::items::Collection;

/// The city as the page shows it first.
pub struct CityView {
    /// Number of parcels.
    pub parcels: usize,
    /// Number of wards of the day.
    pub wards: usize,
    /// How many of them hold parcels.
    pub wards_with_parcels: usize,
    /// What the register lacks on the day, and from which day on it has that.
    pub lacks: Option<(Lack, Day)>,
    /// Where it lies: around its wards or, without their borders, around its parcels.
    pub bounds: Option<Bounds>,
    /// Its wards, as a picture; empty without any.
    pub drawing: String,
    wards_told: OnceLock<web::Bytes>,
}

impl CityView {
    /// The answer about its wards; made when it is first asked for.
    pub fn wards_told(&self, make: impl FnOnce() -> Vec<u8>) -> web::Bytes {
        self.wards_told.get_or_init(|| make().into()).clone()
    }
}

/// What a register lacks on a day before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Everything.
    Everything,
    /// Its wards.
    Wards,
}

/// First days of which a register knows wards, and parcels.
pub fn first_days(view: &View) -> [Option<Day>; 2] {
    [Collection::Wards, Collection::Parcels].map(|of| Some(view.days(of)?.from))
}

/// What a register lacks on the day of a view because it begins later.
fn lacks(view: &View) -> Option<(Lack, Day)> {
    let [wards, parcels] = first_days(view);
    let later = |day: Option<Day>| day.filter(|day| *day > view.date());
    match (later(wards), later(parcels)) {
        (Some(wards), Some(parcels)) => Some((Lack::Everything, wards.min(parcels))),
        (Some(wards), None) if parcels.is_none() => Some((Lack::Everything, wards)),
        (Some(wards), None) => Some((Lack::Wards, wards)),
        (None, _) => None,
    }
}

type CityOf = ((Revision, Day), Arc<CityView>);

/// The city of the last state of the register and day that were asked for.
#[derive(Default)]
pub struct LastCity(Mutex<Option<CityOf>>);

impl LastCity {
    /// The city of a view; made anew when it is of another revision or day than the last.
    pub fn of(&self, view: &View) -> Arc<CityView> {
        let identity = (view.revision(), view.date());
        // A panic elsewhere leaves a whole city or none.
        let kept = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some((of, city)) = kept
            && of == identity
        {
            return city;
        }
        let city = Arc::new(drawn(view));
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some((identity, Arc::clone(&city)));
        city
    }
}

fn drawn(view: &View) -> CityView {
    let transforms = &view.city().transforms;
    let borders: Vec<GeometryView> = view
        .wards_drawn()
        .filter_map(|ward| outline(transforms, ward.plane, &ward.border))
        .collect();
    let each: Vec<Bounds> = borders
        .iter()
        .filter_map(|border| bounds_of([border]))
        .collect();
    let bounds = bounds_of_city(&each);
    let mut drawing = String::new();
    if let Some(bounds) = bounds {
        let mut wards = FirstDrawing::within(bounds);
        borders.iter().for_each(|border| wards.add("ward", border));
        drawing = wards.svg();
    }
    let (wards, wards_with_parcels) = view.wards_counted();
    CityView {
        parcels: view.parcels_held(),
        wards,
        wards_with_parcels,
        lacks: lacks(view),
        bounds: bounds.or_else(|| view.bounds()),
        drawing,
        wards_told: OnceLock::new(),
    }
}
