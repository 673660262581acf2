//! Parcels as a map draws them: outline and a few public facts, read from the columns in place.

use super::columns::{Columns, plain_number};
use super::shapes::{Rings, Shapes};
use super::snapshot::Land;
use crate::cadastre::{Day, LandUseCode, ParcelVersion};
use crate::crs::Epsg;
use crate::geometry::Envelope;
use rayon::prelude::*;

/// Rows of the base that are worked through together.
const ROWS_OF_PART: usize = 1 << 14;

/// A parcel on a map.
#[derive(Debug, Clone, Copy)]
pub struct Lot<'a> {
    /// The plane of its outline.
    pub plane: Epsg,
    /// Key of the parcel.
    pub id: i64,
    /// Its ward, as a number.
    pub ward: u32,
    /// Sheet of the map.
    pub sheet: &'a str,
    /// Number on the sheet.
    pub number: LotNumber<'a>,
    /// Purpose of its first land-use line.
    pub land_use: Option<LandUseCode>,
    /// Its outline.
    pub rings: Rings<'a>,
}

/// A number as most parcels have it, or in any other form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LotNumber<'a> {
    /// A plain number.
    Plain(u32),
    /// Any other text.
    Text(&'a str),
}

impl Land {
    /// Hands over the parcels of a day whose envelopes on a plane meet a window, those of the
    /// base first; touching counts.
    pub fn lots_in(
        &self,
        plane: Epsg,
        window: &Envelope,
        date: Day,
        mut draw: impl FnMut(&Lot<'_>),
    ) {
        self.draw_rows(self.rows_at(plane, window, date), &mut draw);
    }

    /// Works through all parcels of a day on all cores, in parts of parcels that lie together.
    pub fn lots_in_parts<T: Send>(
        &self,
        date: Day,
        work: impl Fn(LotPart<'_>) -> T + Sync,
    ) -> Vec<T> {
        let base = self.base.len() as u32;
        let rows = base + self.overlay.rows.len() as u32;
        let starts = (0..rows).into_par_iter().step_by(ROWS_OF_PART);
        let part = |start: u32| LotPart {
            land: self,
            date,
            rows: start..rows.min(start + ROWS_OF_PART as u32),
        };
        starts.map(|start| work(part(start))).collect()
    }

    fn draw_rows(&self, rows: impl IntoIterator<Item = u32>, draw: &mut impl FnMut(&Lot<'_>)) {
        let mut one = Shapes::default();
        for row in rows {
            match self.overlay_version(row) {
                None => draw(&self.base.columns.lot(row)),
                Some(version) => {
                    one.clear();
                    one.push(&version.parcel.shape);
                    draw(&lot_of(version, one.rings(0)));
                }
            }
        }
    }

    /// Whether a row counts: not replaced, and valid on a day.
    fn counts(&self, row: u32, date: Day) -> bool {
        let held = match (row as usize).checked_sub(self.base.len()) {
            Some(place) => self.overlay.rows[place].is_some(),
            None => !self.overlay.removed.contains(&row),
        };
        held && self.valid(row).has(date)
    }
}

/// Parcels that lie together, of all parcels of a day.
#[derive(Debug)]
pub struct LotPart<'a> {
    land: &'a Land,
    date: Day,
    rows: std::ops::Range<u32>,
}

impl LotPart<'_> {
    /// Hands over each parcel.
    pub fn each(&self, mut draw: impl FnMut(&Lot<'_>)) {
        let rows = self.rows.clone();
        let rows = rows.filter(|&row| self.land.counts(row, self.date));
        self.land.draw_rows(rows, &mut draw);
    }
}

impl Columns {
    fn lot(&self, row: u32) -> Lot<'_> {
        let packed = &self.rows[row as usize];
        let key = self.entry_key(packed.map_series, packed.map_number);
        let uses = self.use_pool.get(packed.land_use);
        Lot {
            plane: self.plane(row),
            id: self.id_number(row),
            ward: packed.facts.ward(),
            sheet: key.sheet,
            number: key.number,
            land_use: uses.first().map(|line| line.code),
            rings: self.shapes.rings(row),
        }
    }
}

/// A version that does not stand in columns.
fn lot_of<'a>(version: &'a ParcelVersion, rings: Rings<'a>) -> Lot<'a> {
    let parcel = &version.parcel;
    let number = parcel.as_map.number.as_str();
    Lot {
        plane: parcel.plane,
        id: parcel.id.get(),
        ward: parcel.ward.number(),
        sheet: parcel.as_map.sheet.as_str(),
        number: plain_number(number).map_or(LotNumber::Text(number), LotNumber::Plain),
        land_use: parcel.land_use.first().map(|line| line.code),
        rings,
    }
}
