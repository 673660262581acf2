//! The base of a land: parcel versions in columns, ordered on the ground, with their key orders.

use super::columns::{Columns, NO_SERIES, OPEN};
use super::order::{GroupedOrder, equal_range, ordered_by};
use crate::cadastre::{NationalParcelIdentifier, ParcelId, ParcelKey, WardCode};
use crate::crs::Epsg;
use crate::index::{PackedTree, curve_position};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Parcel versions that never change in place: an edit stands beside them until a new base is made.
#[derive(Debug, Clone, Default)]
pub(super) struct Bulk {
    pub(super) columns: Columns,
    pub(super) by_id: Vec<u32>,
    pub(super) by_map: GroupedOrder,
    pub(super) by_certificate: GroupedOrder,
    pub(super) by_identifier: Vec<u32>,
    /// The rows of each plane: first those whose valid time is open, then the closed ones.
    pub(super) sections: Vec<Section>,
    /// The communes in whose series the parcels of a ward are numbered.
    pub(super) communes: BTreeMap<WardCode, BTreeSet<WardCode>>,
}

/// Consecutive rows of one plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) plane: Epsg,
    pub(super) first_open: u32,
    pub(super) first_closed: u32,
    pub(super) end: u32,
}

impl Bulk {
    /// Orders the rows by plane, open before closed, then along the Hilbert curve, and builds the
    /// key orders. Works on all cores.
    pub(super) fn build(columns: &Columns) -> Self {
        let mut places: Vec<(u8, bool, u64, u32)> = (0..columns.len() as u32)
            .into_par_iter()
            .map(|row| {
                let i = row as usize;
                let place = columns
                    .shapes
                    .envelope(row)
                    .map_or(0, |e| curve_position(&e));
                let closed = columns.valid_to[i] != OPEN;
                (columns.plane_numbers[i], closed, place, row)
            })
            .collect();
        places.par_sort_unstable();
        let order: Vec<u32> = places.iter().map(|p| p.3).collect();
        drop(places);
        Self::of_ordered(columns.reordered(&order))
    }

    /// Builds the key orders over columns that are already in the order of [`Bulk::build`].
    pub(super) fn of_ordered(columns: Columns) -> Self {
        let series = columns.series_pool.values().len();
        let map = || GroupedOrder::build(series, &columns.map_series, &columns.map_numbers);
        let certificate = || {
            let numbers = &columns.certificate_numbers;
            GroupedOrder::build(series, &columns.certificate_series, numbers)
        };
        let keys = || rayon::join(map, certificate);
        let ids = || ordered_by(&columns.ids, |_| true);
        let identifiers = || ordered_by(&columns.identifiers, |code| code != 0);
        let ((by_map, by_certificate), (by_id, by_identifier)) =
            rayon::join(keys, || rayon::join(ids, identifiers));
        Self {
            by_id,
            by_map,
            by_certificate,
            by_identifier,
            sections: sections(&columns),
            communes: communes(&columns),
            columns,
        }
    }

    /// The trees of a section: open, closed.
    pub(super) fn pack(&self, section: Section) -> (PackedTree, PackedTree) {
        let pack = |rows: std::ops::Range<u32>| {
            PackedTree::pack(rows.map(|row| self.columns.shapes.envelope(row)))
        };
        rayon::join(
            || pack(section.first_open..section.first_closed),
            || pack(section.first_closed..section.end),
        )
    }

    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    /// Bytes of columns, geometry and key orders.
    pub(super) fn bytes(&self) -> usize {
        let grouped = |order: &GroupedOrder| order.rows.len() + order.ends.len();
        let orders = [
            self.by_id.len(),
            self.by_identifier.len(),
            grouped(&self.by_map),
            grouped(&self.by_certificate),
        ];
        self.columns.bytes() + size_of::<u32>() * orders.iter().sum::<usize>()
    }

    pub(super) fn rows_of_id(&self, id: ParcelId) -> &[u32] {
        equal_range(&self.by_id, |row| {
            self.columns.ids[row as usize].cmp(&id.get())
        })
    }

    pub(super) fn rows_as_map(&self, key: &ParcelKey) -> &[u32] {
        let Some((series, number)) = self.columns.find_key(key) else {
            return &[];
        };
        self.by_map.find(series, number, &self.columns.map_numbers)
    }

    pub(super) fn rows_as_certificate(&self, key: &ParcelKey) -> &[u32] {
        let Some((series, number)) = self.columns.find_key(key) else {
            return &[];
        };
        let numbers = &self.columns.certificate_numbers;
        self.by_certificate.find(series, number, numbers)
    }

    pub(super) fn rows_of_identifier(&self, identifier: &NationalParcelIdentifier) -> &[u32] {
        let Some(code) = self.columns.find_identifier(identifier) else {
            return &[];
        };
        equal_range(&self.by_identifier, |row| {
            self.columns.identifiers[row as usize].cmp(&code)
        })
    }
}

pub(super) fn sections(columns: &Columns) -> Vec<Section> {
    let rows = columns.len() as u32;
    let mut sections: Vec<Section> = Vec::new();
    for row in 0..rows {
        let plane = columns.plane(row);
        if sections.last().is_none_or(|s| s.plane != plane) {
            sections.push(Section {
                plane,
                first_open: row,
                first_closed: row,
                end: row,
            });
        }
        if let Some(section) = sections.last_mut() {
            section.end = row + 1;
            if columns.valid_to[row as usize] == OPEN {
                section.first_closed = row + 1;
            }
        }
    }
    sections
}

fn communes(columns: &Columns) -> BTreeMap<WardCode, BTreeSet<WardCode>> {
    let pair = |&(&ward, &series): &(&u32, &u32)| series != NO_SERIES && ward < 100_000;
    let of = |series: &[u32]| -> BTreeSet<(u32, u32)> {
        let pairs = columns.wards.par_iter().zip(series.par_iter()).filter(pair);
        pairs
            .fold(BTreeSet::new, |mut set, (&ward, &series)| {
                set.insert((ward, series));
                set
            })
            .reduce(BTreeSet::new, |mut a, mut b| {
                a.append(&mut b);
                a
            })
    };
    let mut communes: BTreeMap<WardCode, BTreeSet<WardCode>> = BTreeMap::new();
    for (ward, series) in of(&columns.map_series)
        .into_iter()
        .chain(of(&columns.certificate_series))
    {
        if let Ok(ward) = WardCode::from_number(ward) {
            let commune = columns.series_pool.get(series).commune;
            communes.entry(ward).or_default().insert(commune);
        }
    }
    communes
}
