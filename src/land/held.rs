//! Where parcels are held: by ward and by the commune in whose series they are numbered.

use super::columns::Columns;
use super::row::{NO_SERIES, Row};
use super::snapshot::Land;
use crate::cadastre::{Day, WardCode};
use rayon::prelude::*;
use std::collections::HashMap;

/// How many rows are of a ward, and how many are numbered in the series of a commune.
#[derive(Debug, Default)]
pub(super) struct Held {
    wards: HashMap<u32, u32>,
    communes: HashMap<WardCode, u32>,
}

impl Held {
    /// Counts all rows.
    pub(super) fn count(columns: &Columns) -> Self {
        let rows = columns.rows.par_iter();
        rows.fold(Self::default, |held, row| held.with(columns, row))
            .reduce(Self::default, Self::united)
    }

    fn with(mut self, columns: &Columns, row: &Row) -> Self {
        *self.wards.entry(row.facts.ward()).or_default() += 1;
        for commune in communes_of(columns, row).into_iter().flatten() {
            *self.communes.entry(commune).or_default() += 1;
        }
        self
    }

    fn united(mut self, other: Self) -> Self {
        for (ward, count) in other.wards {
            *self.wards.entry(ward).or_default() += count;
        }
        for (commune, count) in other.communes {
            *self.communes.entry(commune).or_default() += count;
        }
        self
    }
}

fn counted(mut held: HashMap<u32, u32>, ward: u32, more: u32) -> HashMap<u32, u32> {
    *held.entry(ward).or_default() += more;
    held
}

/// The communes of the series of a row, each once.
fn communes_of(columns: &Columns, row: &Row) -> [Option<WardCode>; 2] {
    let commune = |series| (series != NO_SERIES).then(|| columns.series_pool.get(series).commune);
    let [map, certificate] = [row.map_series, row.certificate_series].map(commune);
    [map, certificate.filter(|_| certificate != map)]
}

impl Land {
    /// Whether a parcel of whatever day is of a ward.
    pub fn holds_parcels_of_ward(&self, ward: WardCode) -> bool {
        let held = self.base.held().wards.get(&ward.number());
        let removed = || {
            let rows = self.overlay.removed.iter().map(|&row| self.base_row(row));
            rows.filter(|row| row.facts.ward() == ward.number()).count()
        };
        let mut added = self.overlay.rows.iter().flatten();
        held.is_some_and(|&count| count as usize > removed())
            || added.any(|version| version.parcel.ward == ward)
    }

    /// How many parcels of a day each ward has, by the number of its code; counted through all
    /// versions.
    pub fn parcels_by_ward(&self, date: Day) -> HashMap<u32, u32> {
        let columns = &self.base.columns;
        let rows = (0..self.base.len() as u32).into_par_iter();
        let is_held =
            |row: &u32| columns.valid(*row).has(date) && !self.overlay.removed.contains(row);
        let base = rows.filter(is_held);
        let mut held = base
            .fold(HashMap::new, |held, row| {
                counted(held, self.base_row(row).facts.ward(), 1)
            })
            .reduce(HashMap::new, |held, other| {
                other
                    .into_iter()
                    .fold(held, |h, (ward, n)| counted(h, ward, n))
            });
        let added = self.overlay.rows.iter().flatten();
        for version in added.filter(|version| version.lifespan.valid.has(date)) {
            held = counted(held, version.parcel.ward.number(), 1);
        }
        held
    }

    /// Whether a parcel of whatever day is numbered in the series of a commune.
    pub(super) fn holds_parcels_of_commune(&self, commune: WardCode) -> bool {
        let held = self.base.held().communes.get(&commune);
        let removed = || {
            let rows = self.overlay.removed.iter().map(|&row| self.base_row(row));
            let of =
                rows.filter(|row| communes_of(&self.base.columns, row).contains(&Some(commune)));
            of.count()
        };
        let mut added = self.overlay.rows.iter().flatten();
        held.is_some_and(|&count| count as usize > removed())
            || added.any(|version| {
                let certificate = version.parcel.as_certificate.as_ref();
                version.parcel.as_map.commune == commune
                    || certificate.is_some_and(|key| key.commune == commune)
            })
    }

    fn base_row(&self, row: u32) -> &Row {
        &self.base.columns.rows[row as usize]
    }
}
