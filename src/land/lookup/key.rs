//! By ward, sheet and number: by today's ward or one of before, as map and as certificate.

use super::Found;
use crate::cadastre::{Day, ParcelKey, ParcelNumber, SheetNumber, WardCode};
use crate::land::question::{Match, MatchedBy, NothingHere};
use crate::land::snapshot::Land;
use crate::land::wards::{Unit, WardWords};
use std::collections::BTreeSet;

/// One way to understand a ward's name: whose series of sheets, and whose land.
struct Reading {
    communes: BTreeSet<WardCode>,
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
        let (Ok(sheet), Ok(number)) = (SheetNumber::parse(sheet), ParcelNumber::parse(number))
        else {
            return Err(NothingHere::UnknownKey);
        };
        let mut readings: Vec<Reading> = units.iter().map(|u| self.reading(u, date)).collect();
        readings.sort_by_key(|r| rank(r.as_map));
        let mut rows: Vec<(u32, MatchedBy)> = Vec::new();
        for reading in &readings {
            self.rows_of_reading(reading, &sheet, &number, date, &mut rows);
        }
        rows.sort_by_key(|&(_, matched_by)| rank(matched_by));
        let mut seen = BTreeSet::new();
        let matches: Vec<Match> = rows
            .into_iter()
            .filter(|&(row, _)| seen.insert(row))
            .map(|(row, matched_by)| Match {
                version: self.version(row),
                matched_by,
                circle_share: None,
            })
            .collect();
        if matches.is_empty() {
            Err(NothingHere::UnknownKey)
        } else {
            Ok(matches)
        }
    }

    /// A ward in force on the day stands for its own land, numbered in whatever series. One that
    /// is over stands for the series that carried its code. One that has not begun stands for the
    /// series of what it will be made of.
    fn reading(&self, unit: &Unit, date: Day) -> Reading {
        let begun = unit.valid.from <= date;
        let in_force = unit.valid.has(date);
        let mut communes: BTreeSet<WardCode> = unit.code.into_iter().collect();
        if !begun || (in_force && !unit.predecessors.is_empty()) {
            communes.extend(&unit.predecessors);
        }
        let of_table = in_force && unit.valid.from.0 != i32::MIN;
        if let Some(ward) = unit.code.filter(|_| of_table) {
            communes.extend(self.communes_of(ward));
        }
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

    fn rows_of_reading(
        &self,
        reading: &Reading,
        sheet: &SheetNumber,
        number: &ParcelNumber,
        date: Day,
        rows: &mut Vec<(u32, MatchedBy)>,
    ) {
        let counts = |row: &u32| {
            let ward = reading
                .ward
                .is_none_or(|w| w.number() == self.ward_of(*row));
            ward && self.valid(*row).has(date)
        };
        for &commune in &reading.communes {
            let key = ParcelKey {
                commune,
                sheet: sheet.clone(),
                number: number.clone(),
            };
            let as_map = self.rows_as_map(&key).filter(counts);
            rows.extend(as_map.map(|row| (row, reading.as_map)));
            let as_certificate = self.rows_as_certificate(&key).filter(counts);
            rows.extend(as_certificate.map(|row| (row, reading.as_certificate)));
        }
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
