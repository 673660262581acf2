//! By free text: an identifier, a coordinate, or a key as people write it.

use super::coordinate::{self, Typed};
use super::told::Understood;
use super::words::KeyWords;
use crate::cadastre::{Day, NationalParcelIdentifier};
use crate::land::question::{Answered, Hit, LookupQuestion, MatchedBy, NothingHere, ReadAs};
use crate::land::snapshot::Land;

impl Land {
    pub(super) fn by_text(&self, text: &str, date: Day) -> Answered {
        let Identified {
            number,
            is_announced,
            hits: identified,
        } = self.by_identifier(text, date);
        if !identified.is_empty() {
            return Answered {
                found: Ok(identified),
                read_as: number.map(ReadAs::Identifier),
            };
        }
        if let Some(typed) = coordinate::read(text, &self.city.planes) {
            return self.by_typed(typed, date);
        }
        let words = self.settled(KeyWords::read(text));
        let understood = self.by_words(&words, date);
        let is_number = looks_like_identifier(text)
            && matches!(understood.found, Err(NothingHere::KeyIncomplete));
        if is_number || (is_announced && number.is_some()) {
            let why = if self.is_before_all_parcels(date) {
                NothingHere::WithoutData { ward: None }
            } else {
                NothingHere::UnknownKey
            };
            return Answered {
                found: Err(why),
                read_as: number.map(ReadAs::Identifier),
            };
        }
        self.told(understood, words, date)
    }

    pub(super) fn by_words(&self, words: &KeyWords, date: Day) -> Understood {
        let nothing = match (&words.ward, &words.sheet, &words.number) {
            _ if words.is_address => NothingHere::Address { keys: Vec::new() },
            (None, None, None) => NothingHere::NotUnderstood,
            (_, Some(_), Some(_)) if words.is_of_several() => NothingHere::SeveralKeys,
            (Some(_), Some(_), Some(_)) => return self.by_key(words, date),
            (Some(ward), _, _) if self.wards.find(ward).is_empty() => self.wards.why_unknown(ward),
            _ => NothingHere::KeyIncomplete,
        };
        Understood {
            wards: self.wards_not_asked(words, date),
            found: Err(nothing),
        }
    }

    fn by_typed(&self, typed: Typed, date: Day) -> Answered {
        let (found, place) = match typed {
            Typed::Degrees(at) => (
                self.at_position(at, None, date),
                LookupQuestion::Position {
                    at,
                    accuracy_m: None,
                },
            ),
            Typed::Metres {
                east_m,
                north_m,
                plane,
            } => {
                let found = self.at_coordinate(east_m, north_m, plane, date);
                let place = LookupQuestion::Planar {
                    east_m,
                    north_m,
                    crs: plane,
                };
                let outside = Err(NothingHere::OutsideCity { cause: None });
                (found.unwrap_or(outside), place)
            }
        };
        Answered {
            found,
            read_as: Some(ReadAs::Place(place)),
        }
    }

    /// The identifier that a text is, and the parcels that have it.
    fn by_identifier(&self, text: &str, date: Day) -> Identified {
        let folded = crate::cadastre::names::fold(text);
        let number = folded.strip_prefix("ma dinh danh thua dat ");
        let number = number.or_else(|| folded.strip_prefix("ma dinh danh "));
        let Ok(identifier) = NationalParcelIdentifier::parse(number.unwrap_or(text)) else {
            return Identified::default();
        };
        let rows = self.rows_of_identifier(&identifier);
        let rows = rows.filter(|&row| self.valid(row).has(date));
        let hits = rows.map(|row| Hit::new(row, MatchedBy::NationalIdentifier));
        Identified {
            number: Some(identifier.as_str().to_owned()),
            is_announced: number.is_some(),
            hits: hits.collect(),
        }
    }
}

/// A text as a national identifier.
#[derive(Default)]
struct Identified {
    number: Option<String>,
    /// Whether words say that it is one.
    is_announced: bool,
    hits: Vec<Hit>,
}

fn looks_like_identifier(text: &str) -> bool {
    NationalParcelIdentifier::parse(text).is_ok_and(|i| i.is_usual())
}
