//! Series of parcel numbers: a commune and one sheet of its map, each kept once.

use crate::cadastre::{SheetNumber, WardCode};
use std::collections::HashMap;

/// A commune and one sheet of its map: what a series of parcel numbers belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Series {
    pub(super) commune: WardCode,
    pub(super) sheet: SheetNumber,
}

/// All series; the number of one is its place in the order of first use.
#[derive(Debug, Clone, Default)]
pub(super) struct SeriesPool {
    values: Vec<Series>,
    sheets: HashMap<SheetNumber, Sheets>,
}

/// The sheets with one number, each with its series, by commune.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheets(Vec<(WardCode, u32)>);

impl Sheets {
    /// The series of a commune, if it has such a sheet.
    pub(super) fn series(&self, commune: WardCode) -> Option<u32> {
        let place = self.place(commune).ok()?;
        Some(self.0[place].1)
    }

    fn place(&self, commune: WardCode) -> Result<usize, usize> {
        self.0.binary_search_by_key(&commune, |(of, _)| *of)
    }
}

impl SeriesPool {
    /// The number of a series, new or known.
    pub(super) fn intern(&mut self, commune: WardCode, sheet: &SheetNumber) -> u32 {
        if let Some(number) = self.find(commune, sheet) {
            return number;
        }
        let number = self.values.len() as u32;
        let sheets = self.sheets.entry(sheet.clone()).or_default();
        let place = sheets.place(commune).unwrap_or_else(|place| place);
        sheets.0.insert(place, (commune, number));
        self.values.push(Series {
            commune,
            sheet: sheet.clone(),
        });
        number
    }

    /// The sheets of all communes that have this number.
    pub(super) fn sheet(&self, sheet: &SheetNumber) -> Option<&Sheets> {
        self.sheets.get(sheet)
    }

    /// The number of a series, if it is known.
    pub(super) fn find(&self, commune: WardCode, sheet: &SheetNumber) -> Option<u32> {
        self.sheet(sheet)?.series(commune)
    }

    pub(super) fn get(&self, number: u32) -> &Series {
        &self.values[number as usize]
    }

    pub(super) fn values(&self) -> &[Series] {
        &self.values
    }
}

impl FromIterator<Series> for SeriesPool {
    fn from_iter<I: IntoIterator<Item = Series>>(values: I) -> Self {
        let mut pool = Self::default();
        for series in values {
            pool.intern(series.commune, &series.sheet);
        }
        pool
    }
}
