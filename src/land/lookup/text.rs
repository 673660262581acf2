//! By free text: an identifier, a coordinate, or a key as people write it.

use super::coordinate::{self, Typed};
use super::words::KeyWords;
use crate::cadastre::{Day, NationalParcelIdentifier};
use crate::land::question::{Found, Hit, MatchedBy, NothingHere};
use crate::land::snapshot::Land;

impl Land {
    pub(super) fn by_text(&self, text: &str, date: Day) -> Found {
        let identified = self.by_identifier(text, date);
        if !identified.is_empty() {
            return Ok(identified);
        }
        match coordinate::read(text, &self.city.planes) {
            Some(Typed::Degrees(at)) => return self.at_position(at, None, date),
            Some(Typed::Metres {
                east_m,
                north_m,
                plane,
            }) => {
                let found = self.at_coordinate(east_m, north_m, plane, date);
                return found.unwrap_or(Err(NothingHere::OutsideCity { cause: None }));
            }
            None => {}
        }
        let words = KeyWords::read(text);
        match (&words.ward, &words.sheet, &words.number) {
            (None, None, None) => Err(NothingHere::NotUnderstood),
            (_, Some(_), Some(_)) if words.is_of_several => Err(NothingHere::SeveralKeys),
            (Some(ward), Some(sheet), Some(number)) => {
                self.by_ward_words(ward, sheet, number, date)
            }
            (Some(ward), _, _) if self.wards.find(ward).is_empty() => {
                Err(self.wards.why_unknown(ward))
            }
            _ if looks_like_identifier(text) && self.is_before_all_parcels(date) => {
                Err(NothingHere::WithoutData { ward: None })
            }
            _ if looks_like_identifier(text) => Err(NothingHere::UnknownKey),
            _ => Err(NothingHere::KeyIncomplete),
        }
    }

    fn by_identifier(&self, text: &str, date: Day) -> Vec<Hit> {
        let folded = crate::cadastre::names::fold(text);
        let number = folded.strip_prefix("ma dinh danh thua dat ");
        let number = number.or_else(|| folded.strip_prefix("ma dinh danh "));
        let Ok(identifier) = NationalParcelIdentifier::parse(number.unwrap_or(text)) else {
            return Vec::new();
        };
        let rows = self.rows_of_identifier(&identifier);
        rows.filter(|&row| self.valid(row).has(date))
            .map(|row| Hit::new(row, MatchedBy::NationalIdentifier))
            .collect()
    }
}

fn looks_like_identifier(text: &str) -> bool {
    NationalParcelIdentifier::parse(text).is_ok_and(|i| i.is_usual())
}
