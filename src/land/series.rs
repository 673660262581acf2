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
    numbers: HashMap<WardCode, HashMap<SheetNumber, u32>>,
}

impl SeriesPool {
    /// The number of a series, new or known.
    pub(super) fn intern(&mut self, commune: WardCode, sheet: &SheetNumber) -> u32 {
        if let Some(number) = self.find(commune, sheet) {
            return number;
        }
        let number = self.values.len() as u32;
        let sheets = self.numbers.entry(commune).or_default();
        sheets.insert(sheet.clone(), number);
        self.values.push(Series {
            commune,
            sheet: sheet.clone(),
        });
        number
    }

    /// The number of a series, if it is known.
    pub(super) fn find(&self, commune: WardCode, sheet: &SheetNumber) -> Option<u32> {
        self.numbers.get(&commune)?.get(sheet).copied()
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
