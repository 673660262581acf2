//! Look-ups: which parcel is this, and what may a half-typed text become.

use super::{Error, Invalid, View};
use crate::land::{LookupAnswer, LookupError, LookupQuestion, Suggestion};

impl View {
    /// Answers a question.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a coordinate of a system that the city does not list.
    pub fn lookup(&self, question: &LookupQuestion) -> Result<LookupAnswer, Error> {
        self.land.lookup(question, self.date).map_err(
            |LookupError::UnknownSystem { asked, known }| {
                Error::Invalid(Invalid::Crs { asked, known })
            },
        )
    }

    /// Completions of a text.
    pub fn suggest(&self, text: &str) -> Vec<Suggestion> {
        self.land.suggest(text, self.date)
    }
}
