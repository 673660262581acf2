//! The base of a land: parcel versions in columns, ordered on the ground, with their key orders.

use super::columns::Columns;
use super::held::Held;
use super::order::{GroupedOrder, KeyOrder};
use super::row::{NO_SERIES, OPEN, Row};
use crate::cadastre::{Day, Interval, NationalParcelIdentifier, ParcelId, WardCode};
use crate::crs::Epsg;
use crate::index::{PackedTree, curve_position};
use arc_swap::ArcSwapOption;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Parcel versions that never change in place: an edit stands beside them until a new base is made.
#[derive(Debug, Default)]
pub(super) struct Bulk {
    pub(super) columns: Columns,
    pub(super) by_id: KeyOrder<i64>,
    pub(super) by_map: GroupedOrder,
    pub(super) by_certificate: GroupedOrder,
    pub(super) by_identifier: KeyOrder<u64>,
    /// The rows of each plane: first those whose valid time is open, then the closed ones.
    pub(super) sections: Vec<Section>,
    /// The communes in whose series the parcels of a ward are numbered.
    pub(super) communes: BTreeMap<WardCode, BTreeSet<WardCode>>,
    /// Where the rows are, once somebody has asked.
    pub(super) held: OnceLock<Held>,
    /// The days of all rows, once somebody has asked.
    pub(super) days: OnceLock<Option<Interval<Day>>>,
    /// How many rows hold on the day that was last asked for.
    pub(super) counted: ArcSwapOption<(Day, usize)>,
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
                let Row {
                    valid_to, facts, ..
                } = columns.rows[row as usize];
                let place = columns
                    .shapes
                    .envelope(row)
                    .map_or(0, |e| curve_position(&e));
                (facts.plane(), valid_to != OPEN, place, row)
            })
            .collect();
        places.par_sort_unstable();
        let order: Vec<u32> = places.iter().map(|p| p.3).collect();
        drop(places);
        Self::of_ordered(columns.reordered(&order))
    }

    /// Builds the key orders over columns that are already in the order of [`Bulk::build`].
    pub(super) fn of_ordered(columns: Columns) -> Self {
        let (rows, series) = (columns.len(), columns.series_pool.values().len());
        let map = || GroupedOrder::build(rows, series, |row| columns.map_key(row));
        let certificate = || GroupedOrder::build(rows, series, |row| columns.certificate_key(row));
        let keys = || rayon::join(map, certificate);
        let ids = || KeyOrder::build(rows, |row| Some(columns.id(row).get()));
        let identifiers = || KeyOrder::build(rows, |row| columns.identifier_code(row));
        let ((by_map, by_certificate), (by_id, by_identifier)) =
            rayon::join(keys, || rayon::join(ids, identifiers));
        Self {
            by_id,
            by_map,
            by_certificate,
            by_identifier,
            sections: sections(&columns),
            communes: communes(&columns),
            held: OnceLock::new(),
            days: OnceLock::new(),
            counted: ArcSwapOption::empty(),
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
        let orders = [
            self.by_id.bytes(),
            self.by_identifier.bytes(),
            self.by_map.bytes(),
            self.by_certificate.bytes(),
        ];
        self.columns.bytes() + orders.iter().sum::<usize>()
    }

    pub(super) fn rows_of_id(&self, id: ParcelId) -> &[u32] {
        self.by_id.find(id.get(), |row| self.columns.id(row).get())
    }

    /// Where the rows are; the first time this costs a look at every row.
    pub(super) fn held(&self) -> &Held {
        self.held.get_or_init(|| Held::count(&self.columns))
    }

    /// The days on which a row holds; the first time this costs a look at every row.
    pub(super) fn days(&self) -> Option<Interval<Day>> {
        *self.days.get_or_init(|| {
            let valid = |row| self.columns.valid(row);
            let all = (0..self.len() as u32).into_par_iter().map(valid);
            all.reduce_with(Interval::hull)
        })
    }

    /// How many rows hold on a day; each day costs a look at every row the first time.
    pub(super) fn count_on(&self, date: Day) -> usize {
        if let Some(count) = self.counted_on(date) {
            return count;
        }
        let rows = (0..self.len() as u32).into_par_iter();
        let count = rows
            .filter(|&row| self.columns.valid(row).has(date))
            .count();
        self.counted.store(Some(Arc::new((date, count))));
        count
    }

    /// The same, when it is known already.
    pub(super) fn counted_on(&self, date: Day) -> Option<usize> {
        let counted = self.counted.load();
        let (day, count) = **counted.as_ref()?;
        (day == date).then_some(count)
    }

    /// The smallest key above another.
    pub(super) fn id_after(&self, after: i64) -> Option<ParcelId> {
        let rows = &self.by_id.rows;
        let place = rows.partition_point(|&row| self.columns.id_number(row) <= after);
        rows.get(place).map(|&row| self.columns.id(row))
    }

    /// The rows of a series with this code of their number on the map.
    pub(super) fn rows_in_map(&self, series: u32, number: u32) -> &[u32] {
        let number_of = |row| self.columns.map_key(row).1;
        self.by_map.find(series, number, number_of)
    }

    /// The rows of a series with this code of their number on the certificate.
    pub(super) fn rows_in_certificates(&self, series: u32, number: u32) -> &[u32] {
        let number_of = |row| self.columns.certificate_key(row).1;
        self.by_certificate.find(series, number, number_of)
    }

    pub(super) fn rows_of_identifier(&self, identifier: &NationalParcelIdentifier) -> &[u32] {
        let Some(code) = self.columns.find_identifier(identifier) else {
            return &[];
        };
        let code_of = |row: u32| self.columns.rows[row as usize].identifier;
        self.by_identifier.find(code, code_of)
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
            if columns.rows[row as usize].valid_to == OPEN {
                section.first_closed = row + 1;
            }
        }
    }
    sections
}

fn communes(columns: &Columns) -> BTreeMap<WardCode, BTreeSet<WardCode>> {
    type Pairs = BTreeSet<(u32, u32)>;
    let add = |mut pairs: Pairs, row: &Row| {
        for series in [row.map_series, row.certificate_series] {
            if series != NO_SERIES {
                pairs.insert((row.facts.ward(), series));
            }
        }
        pairs
    };
    let unite = |mut a: Pairs, mut b: Pairs| {
        a.append(&mut b);
        a
    };
    let rows = columns.rows.par_iter();
    let pairs = rows.fold(Pairs::new, add).reduce(Pairs::new, unite);
    let mut communes: BTreeMap<WardCode, BTreeSet<WardCode>> = BTreeMap::new();
    for (ward, series) in pairs {
        if let Ok(ward) = WardCode::from_number(ward) {
            let commune = columns.series_pool.get(series).commune;
            communes.entry(ward).or_default().insert(commune);
        }
    }
    communes
}
