//! Look-ups: which parcel is this, and what may a half-typed text become.

use super::{Error, Invalid, View};
use crate::land::{Answered, Entry, Hit, LookupError, LookupQuestion, Suggestion};

impl View {
    /// Finds what answers a question; [`View::entry`] shows each.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a coordinate of a system that the city does not list.
    pub fn find(&self, question: &LookupQuestion) -> Result<Answered, Error> {
        self.land.find(question, self.date).map_err(
            |LookupError::UnknownSystem { asked, known }| {
                Error::Invalid(Invalid::Crs { asked, known })
            },
        )
    }

    /// What was found in this view.
    pub fn entry(&self, hit: &Hit) -> Entry<'_> {
        self.land.entry_of(hit)
    }

    /// Completions of a text.
    pub fn suggest(&self, text: &str) -> Vec<Suggestion> {
        self.land.suggest(text, self.date)
    }
}
