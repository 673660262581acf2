//! By ward, sheet and number: by today's ward or one of before, as map and as certificate.

use crate::cadastre::{Day, Interval, ParcelKey, ParcelNumber, SheetNumber, WardCode};
use crate::land::question::{Found, Hit, MatchedBy, NothingHere};
use crate::land::snapshot::Land;
use crate::land::wards::{Unit, WardWords};

/// One way to understand a ward's name: whose series of sheets, and whose land.
struct Reading {
    /// Ascending.
    communes: Vec<WardCode>,
    /// Only parcels of this ward, when the ward itself was meant.
    ward: Option<WardCode>,
    as_map: MatchedBy,
    as_certificate: MatchedBy,
}

impl Land {
    pub(super) fn by_key(&self, ward: &str, sheet: &str, number: &str, date: Day) -> Found {
        let words = WardWords::read(ward);
        self.by_ward_words(&words, sheet, number, date)
    }

    /// Parcels with a sheet and number in any ward that somebody may mean, best first: by the
    /// ward of the day before a former one, by the map before the certificate.
    pub(super) fn by_ward_words(
        &self,
        words: &WardWords,
        sheet: &str,
        number: &str,
        date: Day,
    ) -> Found {
        let units = self.wards.find(words);
        if units.is_empty() {
            return Err(self.wards.why_unknown(words));
        }
        let mut readings: Vec<Reading> = units.iter().map(|u| self.reading(u, date)).collect();
        readings.sort_by_key(|r| rank(r.as_map));
        let (Ok(sheet), Ok(number)) = (SheetNumber::parse(sheet), ParcelNumber::parse(number))
        else {
            return Err(self.no_such_key(&readings, date));
        };
        let mut hits = Vec::new();
        for reading in &readings {
            self.hits_of_reading(reading, &sheet, &number, |row| row.has(date), &mut hits);
        }
        hits.sort_by_key(|hit| rank(hit.matched_by));
        let mut known = Vec::with_capacity(hits.len());
        hits.retain(|hit| {
            let new = !known.contains(&hit.row);
            known.push(hit.row);
            new
        });
        if !hits.is_empty() {
            return Ok(hits);
        }
        for reading in &readings {
            // What the parcel was before its first day in the register is not known.
            self.hits_of_reading(reading, &sheet, &number, |row| row.from > date, &mut hits);
        }
        match hits.first() {
            Some(later) => Err(NothingHere::WithoutData {
                ward: WardCode::from_number(self.ward_of(later.row)).ok(),
            }),
            None => Err(self.no_such_key(&readings, date)),
        }
    }

    /// Why no parcel has a key: because none of the wards that may be meant holds parcels, or the
    /// day is before all of them; only where there are data is the key one that does not exist.
    fn no_such_key(&self, readings: &[Reading], date: Day) -> NothingHere {
        let known = !self.is_before_all_parcels(date);
        if known
            && readings
                .iter()
                .any(|reading| self.holds_parcels_of(reading))
        {
            return NothingHere::UnknownKey;
        }
        let ward = readings.iter().find_map(|reading| reading.ward);
        NothingHere::WithoutData { ward }
    }

    /// Whether any parcel, of whatever day, is of a ward or numbered in a series that is meant.
    fn holds_parcels_of(&self, reading: &Reading) -> bool {
        match reading.ward {
            Some(ward) => self.holds_parcels_of_ward(ward),
            None => {
                let mut communes = reading.communes.iter();
                communes.any(|&commune| self.holds_parcels_of_commune(commune))
            }
        }
    }

    /// A ward in force on the day stands for its own land, numbered in whatever series. One that
    /// is over stands for the series that carried its code. One that has not begun stands for the
    /// series of what it will be made of.
    fn reading(&self, unit: &Unit, date: Day) -> Reading {
        let begun = unit.valid.from <= date;
        let in_force = unit.valid.has(date);
        let mut communes: Vec<WardCode> = unit.code.into_iter().collect();
        if !begun || (in_force && !unit.predecessors.is_empty()) {
            communes.extend(&unit.predecessors);
        }
        let of_table = in_force && unit.valid.from.0 != i32::MIN;
        if let Some(ward) = unit.code.filter(|_| of_table) {
            communes.extend(self.communes_of(ward));
        }
        communes.sort_unstable();
        communes.dedup();
        let (as_map, as_certificate) = if in_force {
            (MatchedBy::KeyAsMap, MatchedBy::KeyAsCertificate)
        } else {
            (
                MatchedBy::FormerWardAsMap,
                MatchedBy::FormerWardAsCertificate,
            )
        };
        Reading {
            communes,
            ward: unit.code.filter(|_| of_table),
            as_map,
            as_certificate,
        }
    }

    /// A sheet is looked up once for all communes, and the key is copied only to look for edits.
    fn hits_of_reading(
        &self,
        reading: &Reading,
        sheet: &SheetNumber,
        number: &ParcelNumber,
        wanted: impl Fn(Interval<Day>) -> bool,
        hits: &mut Vec<Hit>,
    ) {
        let (base, overlay) = (&self.base, &self.overlay);
        let sheets = base.columns.series_pool.sheet(sheet);
        let code = base.columns.find_number(number.as_str());
        for &commune in &reading.communes {
            let series = sheets.and_then(|sheets| sheets.series(commune)).zip(code);
            let edited = (!overlay.is_empty()).then(|| ParcelKey {
                commune,
                sheet: sheet.clone(),
                number: number.clone(),
            });
            let edited = edited.as_ref();
            let as_map = self.counting(
                series.map_or(&[], |(series, code)| base.rows_in_map(series, code)),
                edited.map_or(&[], |key| overlay.rows_as_map(key)),
            );
            let as_certificate = self.counting(
                series.map_or(&[], |(series, code)| {
                    base.rows_in_certificates(series, code)
                }),
                edited.map_or(&[], |key| overlay.rows_as_certificate(key)),
            );
            let answers = |row: &u32| self.is_meant(*row, reading) && wanted(self.valid(*row));
            let as_map = as_map.filter(&answers);
            hits.extend(as_map.map(|row| Hit::new(row, reading.as_map)));
            let as_certificate = as_certificate.filter(&answers);
            hits.extend(as_certificate.map(|row| Hit::new(row, reading.as_certificate)));
        }
    }

    fn is_meant(&self, row: u32, reading: &Reading) -> bool {
        let of_ward = |ward: WardCode| ward.number() == self.ward_of(row);
        reading.ward.is_none_or(of_ward)
    }
}

fn rank(matched_by: MatchedBy) -> u8 {
    match matched_by {
        MatchedBy::Interior | MatchedBy::NationalIdentifier => 0,
        MatchedBy::Boundary | MatchedBy::KeyAsMap => 1,
        MatchedBy::Circle | MatchedBy::KeyAsCertificate => 2,
        MatchedBy::FormerWardAsMap => 3,
        MatchedBy::FormerWardAsCertificate => 4,
    }
}
