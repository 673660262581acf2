//! The city as the page shows it first, kept until the register or the day changes.

use std::sync::{Arc, Mutex, PoisonError};

use super::first_drawing::{Bounds, FirstDrawing, bounds_of, bounds_of_city};
use super::shape_view::outline;
use super::view::GeometryView;
use crate::app::View;
use crate::cadastre::{Day, Revision};

/// The city as the page shows it first.
pub struct CityView {
    /// Number of parcels.
    pub parcels: usize,
    /// Number of wards of the day.
    pub wards: usize,
    /// How many of them hold parcels.
    pub wards_with_parcels: usize,
    /// Where it lies: around its wards or, without their borders, around its parcels.
    pub bounds: Option<Bounds>,
    /// Its wards, as a picture; empty without any.
    pub drawing: String,
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
        bounds: bounds.or_else(|| view.bounds()),
        drawing,
    }
}
