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
/// The words that announce a part of a key.
mod markers;
/// A text as tokens.
mod tokens;
/// What a question leaves open: which district, which part of the key.
mod doubt;
/// Coordinates as people write them.
mod coordinate;
/// Completions while a text is typed.
mod suggest;
/// Why nothing is at a place.
mod nothing;

use self::words::KeyWords;
use super::entry::Entry;
use super::question::{Found, Hit, LookupAnswer, LookupError, LookupQuestion, Match, MatchedBy};
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
        let (matches, nothing_here) = match self.find(question, date)? {
            Ok(hits) => (hits.iter().map(|hit| self.match_of(hit)).collect(), None),
            Err(nothing) => (Vec::new(), Some(nothing)),
        };
        Ok(LookupAnswer {
            revision: self.revision,
            date,
            matches,
            nothing_here,
        })
    }

    /// As [`Land::lookup`], without a copy of what was found.
    ///
    /// # Errors
    /// As [`Land::lookup`].
    pub fn find(&self, question: &LookupQuestion, date: Day) -> Result<Found, LookupError> {
        Ok(match question {
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
                let found = self.by_key(ward, sheet, number, date);
                found.map_err(|why| {
                    let words = KeyWords::of_fields(ward, sheet, number);
                    self.in_doubt(why, &words, date)
                })
            }
            LookupQuestion::Text(text) => {
                let found = self.by_text(text, date);
                found.map_err(|why| self.in_doubt(why, &KeyWords::read(text), date))
            }
        })
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
