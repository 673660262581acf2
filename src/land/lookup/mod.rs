//! Lookups: by position, by coordinate, by key, by text; and why nothing was found.

/// What lies at a position, or how a circle of uncertainty is shared out.
mod position;
/// Areas that a circle and a polygon share.
mod circle;
/// By ward, sheet and number, as map and as certificate.
mod key;
/// By free text.
mod text;
/// Keys as people write them.
mod words;
/// Keys in three fields.
mod fields;
/// Words beside a key: addresses, names of before, what is set aside.
mod asides;
/// Names that nothing announces: which is the ward, which the district, which neither.
mod settle;
/// The words that announce a part of a key.
mod markers;
/// A text as tokens.
mod tokens;
/// What a question leaves open: which district, which part of the key.
mod doubt;
/// Wards whose names differ by a typing error.
mod near;
/// How a question was understood.
mod told;
/// Coordinates as people write them.
mod coordinate;
/// Completions while a text is typed.
mod suggest;
/// Why nothing is at a place.
mod nothing;

use self::told::Understood;
use self::words::KeyWords;
use super::entry::Entry;
use super::question::{
    Answered, Hit, LookupAnswer, LookupError, LookupQuestion, Match, MatchedBy, NothingHere, ReadAs,
};
use super::snapshot::Land;
use crate::cadastre::Day;

impl Land {
    /// Answers a question for a day, from the versions of that day.
    ///
    /// # Errors
    /// [`LookupError::UnknownSystem`] for a coordinate in a system the city does not list; all
    /// else that can go wrong is an answer: [`super::NothingHere`].
    pub fn lookup(
        &self,
        question: &LookupQuestion,
        date: Day,
    ) -> Result<LookupAnswer, LookupError> {
        let Answered { found, read_as } = self.find(question, date)?;
        let (matches, nothing_here) = match found {
            Ok(hits) => (hits.iter().map(|hit| self.match_of(hit)).collect(), None),
            Err(nothing) => (Vec::new(), Some(nothing)),
        };
        Ok(LookupAnswer {
            revision: self.revision,
            date,
            matches,
            nothing_here,
            read_as,
        })
    }

    /// As [`Land::lookup`], without a copy of what was found.
    ///
    /// # Errors
    /// As [`Land::lookup`].
    pub fn find(&self, question: &LookupQuestion, date: Day) -> Result<Answered, LookupError> {
        let found = match question {
            LookupQuestion::Position { at, accuracy_m } => self.at_position(*at, *accuracy_m, date),
            LookupQuestion::Planar {
                east_m,
                north_m,
                crs,
            } => self.at_coordinate(*east_m, *north_m, *crs, date)?,
            LookupQuestion::Key {
                ward,
                sheet,
                number,
            } => {
                let words = KeyWords::of_fields(ward, sheet, number);
                let words = self.settled(words).of_one_key();
                return Ok(self.told(self.by_words(&words, date), words, date));
            }
            LookupQuestion::Text(text) => return Ok(self.by_text(text, date)),
        };
        Ok(Answered {
            found,
            read_as: None,
        })
    }

    /// An answer by words, its doubts told, with how they were understood.
    fn told(&self, understood: Understood, words: KeyWords, date: Day) -> Answered {
        let Understood { found, wards } = understood;
        let found = found.map_err(|why| self.in_doubt(why, &words, date));
        // The numbers of a house, or of several parcels, are none of one parcel.
        let is_address = matches!(found, Err(NothingHere::Address { .. }));
        let is_of_one = !is_address && !words.is_of_several();
        let number = words.number.filter(|_| is_of_one);
        let sheet = words.sheet.filter(|_| is_of_one);
        let nothing =
            number.is_none() && sheet.is_none() && wards.is_empty() && words.set_aside.is_empty();
        let read_as = (!nothing).then_some(ReadAs::Key {
            number,
            sheet,
            wards,
            set_aside: words.set_aside,
        });
        Answered { found, read_as }
    }

    /// What was found, in place; the hit is one of this land.
    pub fn entry_of(&self, hit: &Hit) -> Entry<'_> {
        self.entry(hit.row)
    }

    fn match_of(&self, hit: &Hit) -> Match {
        Match {
            version: self.version(hit.row),
            matched_by: hit.matched_by,
            circle_share: hit.circle_share,
        }
    }
}

impl Hit {
    /// A row that was found otherwise than by its share of a circle.
    fn new(row: u32, matched_by: MatchedBy) -> Self {
        Self {
            row,
            matched_by,
            circle_share: None,
        }
    }
}
