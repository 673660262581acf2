//! By ward, sheet and number: by today's ward or one of before, as map and as certificate.

use super::told::Understood;
use super::words::KeyWords;
use crate::cadastre::{Day, Interval, ParcelKey, ParcelNumber, SheetNumber, WardCode};
use crate::land::question::{Found, Hit, MatchedBy, NothingHere, ReadWard, WardOutcome};
use crate::land::snapshot::Land;
use crate::land::wards::{Unit, WardWords};

/// One way to understand a ward's name: whose series of sheets, and whose land.
pub(super) struct Reading<'u> {
    pub(super) unit: &'u Unit,
    /// Ascending.
    communes: Vec<WardCode>,
    /// Only parcels of this ward, when the ward itself was meant.
    ward: Option<WardCode>,
    as_map: MatchedBy,
    as_certificate: MatchedBy,
    /// Whether any parcel answered to it.
    pub(super) found: bool,
}

impl Land {
    /// Parcels with a sheet and number in any ward that somebody may mean, best first: by the
    /// ward of the day before a former one, by the map before the certificate.
    pub(super) fn by_key(&self, words: &KeyWords, date: Day) -> Understood {
        let absent = WardWords::default();
        let ward = words.ward.as_ref().unwrap_or(&absent);
        let units = self.wards.find(ward);
        if units.is_empty() {
            return Understood::nothing(self.wards.why_unknown(ward));
        }
        let mut readings: Vec<Reading> = units.iter().map(|u| self.reading(u, date)).collect();
        readings.sort_by_key(|r| rank(r.as_map));
        let sheet = words.sheet.as_deref().unwrap_or_default();
        let number = words.number.as_deref().unwrap_or_default();
        let key = SheetNumber::parse(sheet)
            .ok()
            .zip(ParcelNumber::parse(number).ok());
        let found = match &key {
            Some(key) => self.hits_or_later(&mut readings, key, date),
            None => Err(NothingHere::UnknownKey),
        };
        let wards = self.wards_read(&readings, words, date);
        Understood {
            found: found.map_err(|why| match why {
                NothingHere::UnknownKey => self.no_such_key(&readings, &wards, words, date),
                other => other,
            }),
            wards,
        }
    }

    /// What answers on the day; else whether it does on a later one.
    fn hits_or_later(
        &self,
        readings: &mut [Reading<'_>],
        (sheet, number): &(SheetNumber, ParcelNumber),
        date: Day,
    ) -> Found {
        let mut hits = Vec::new();
        for reading in readings.iter_mut() {
            let before = hits.len();
            self.hits_of_reading(reading, sheet, number, |row| row.has(date), &mut hits);
            reading.found = hits.len() > before;
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
        for reading in readings.iter() {
            // What the parcel was before its first day in the register is not known.
            self.hits_of_reading(reading, sheet, number, |row| row.from > date, &mut hits);
        }
        let later = hits.first().ok_or(NothingHere::UnknownKey)?;
        let ward = WardCode::from_number(self.ward_of(later.row)).ok();
        Err(NothingHere::WithoutData { ward })
    }

    /// Why no parcel has a key: because none of the wards that may be meant holds parcels, or the
    /// day is before all of them; only where there are data is the key one that does not exist.
    /// Where some hold parcels and others do not, the one that is meant has to be told.
    fn no_such_key(
        &self,
        readings: &[Reading<'_>],
        wards: &[ReadWard],
        words: &KeyWords,
        date: Day,
    ) -> NothingHere {
        let without = |w: &ReadWard| w.outcome == WardOutcome::WithoutData;
        if wards.iter().all(without) {
            return match wards {
                [only] if only.ward.is_former => NothingHere::WithoutDataOf {
                    ward: only.ward.clone(),
                },
                _ => NothingHere::WithoutData {
                    ward: readings.iter().find_map(|reading| reading.ward),
                },
            };
        }
        let former = wards.iter().all(|w| w.ward.is_former);
        if former && wards.iter().any(without) {
            let units: Vec<&Unit> = readings.iter().map(|reading| reading.unit).collect();
            let wards = self.choices(&units, words, date);
            return NothingHere::DistrictMissing { wards };
        }
        NothingHere::UnknownKey
    }

    /// Whether any parcel, of whatever day, is of a ward or numbered in a series that is meant.
    pub(super) fn holds_parcels_of(&self, reading: &Reading<'_>) -> bool {
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
    pub(super) fn reading<'u>(&self, unit: &'u Unit, date: Day) -> Reading<'u> {
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
            unit,
            communes,
            ward: unit.code.filter(|_| of_table),
            as_map,
            as_certificate,
            found: false,
        }
    }

    /// A sheet is looked up once for all communes, and the key is copied only to look for edits.
    fn hits_of_reading(
        &self,
        reading: &Reading<'_>,
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

    fn is_meant(&self, row: u32, reading: &Reading<'_>) -> bool {
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
