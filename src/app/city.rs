//! The city as a whole on a day: how many parcels it has, and its wards.

use super::View;
use crate::cadastre::{ParcelVersion, Ward};
use crate::geometry::{Envelope, Point};
use crate::land::Entry;

impl View {
    /// Number of parcels on the day; counted through all versions.
    pub fn parcels_held(&self) -> usize {
        self.land.parcels_on(self.date)
    }

    /// How many wards there are on the day, and of how many of them any parcel is held.
    pub fn wards_counted(&self) -> (usize, usize) {
        let wards = self.land.wards().iter();
        let wards = wards.filter(|ward| ward.valid.has(self.date));
        wards.fold((0, 0), |(all, with_parcels), ward| {
            let holds = usize::from(self.land.holds_parcels_of_ward(ward.code));
            (all + 1, with_parcels + holds)
        })
    }

    /// The wards of the day of which a border is held.
    pub fn wards_drawn(&self) -> impl Iterator<Item = &Ward> {
        let wards = self.land.wards().iter();
        wards.filter(|ward| ward.valid.has(self.date) && !ward.border.0.is_empty())
    }

    /// The wards of the day, each with how many parcels of that day are held; counted through all
    /// versions.
    pub fn wards_held(&self) -> Vec<(&Ward, usize)> {
        let held = self.land.parcels_by_ward(self.date);
        let count = |ward: &Ward| held.get(&ward.code.number()).map_or(0, |&n| n as usize);
        let wards = self.land.wards().iter();
        let wards = wards.filter(|ward| ward.valid.has(self.date));
        wards.map(|ward| (ward, count(ward))).collect()
    }

    /// The parcels on the day whose envelopes come within some millimetres of that of one parcel,
    /// on its plane; none at the edge of the plane's grid.
    pub fn parcels_around(&self, parcel: &Entry<'_>, mm: i32) -> Vec<ParcelVersion> {
        let corner = |at: Point, by: i32| Point::new(at.x() + by, at.y() + by).ok();
        let window = parcel.rings().envelope().and_then(|around| {
            let min = corner(around.min, -mm)?;
            let max = corner(around.max, mm)?;
            Some(Envelope { min, max })
        });
        window.map_or_else(Vec::new, |window| {
            self.land.parcels_in(parcel.plane, &window, self.date)
        })
    }
}
