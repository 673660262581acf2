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
/// Coordinates as people write them.
mod coordinate;
/// Completions while a text is typed.
mod suggest;
/// Why nothing is at a place.
mod nothing;

use super::question::{LookupAnswer, LookupError, LookupQuestion, Match, NothingHere};
use super::snapshot::Land;
use crate::cadastre::Day;

impl Land {
    /// Answers a question for a day, from the versions of that day.
    ///
    /// # Errors
    /// [`LookupError::UnknownSystem`] for a coordinate in a system the city does not list; all
    /// else that can go wrong is an answer: [`NothingHere`].
    pub fn lookup(
        &self,
        question: &LookupQuestion,
        date: Day,
    ) -> Result<LookupAnswer, LookupError> {
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
            } => self.by_key(ward, sheet, number, date),
            LookupQuestion::Text(text) => self.by_text(text, date),
        };
        let (matches, nothing_here) = match found {
            Ok(matches) => (matches, None),
            Err(nothing) => (Vec::new(), Some(nothing)),
        };
        Ok(LookupAnswer {
            revision: self.revision,
            date,
            matches,
            nothing_here,
        })
    }
}

/// What was found, at least one, or why nothing was.
type Found = Result<Vec<Match>, NothingHere>;
