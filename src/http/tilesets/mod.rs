//! OGC API Tiles: the building blocks, one file each. The tiles themselves are those of `tiles.rs`.

/// `GET /tileMatrixSets` and one of them.
pub mod matrix_sets;
/// `GET /tiles`, `/collections/{collectionId}/tiles` and one set of tiles.
pub mod sets;
/// What a set of tiles is, as it is written.
mod set_view;
/// One tile by tile matrix, row and column.
pub mod tile;

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde_json::Value;

use super::features::datetime;
use super::features::html::Sheet;
use super::features::links::PublicAddress;
use super::language::Language;
use super::problem::Problem;
use super::query::Query;
use crate::app::View;
use crate::cadastre::Day;

/// An answer for people: what it is called, and what its document becomes.
struct ForPeople<'a> {
    request: &'a HttpRequest,
    base: &'a PublicAddress,
    language: Language,
    title: String,
    /// The state of the register that it shows, if it shows any.
    view: Option<&'a View>,
    write: fn(&Sheet<'_>, &Value) -> String,
}

impl ForPeople<'_> {
    fn answer(self, response: &mut HttpResponseBuilder, document: &Value) -> HttpResponse {
        let sheet = Sheet {
            base: self.base,
            request: self.request,
            language: self.language,
            title: self.title,
            trail: vec![(
                format!("/collections?lang={}", self.language.tag()),
                self.language.text("link", "data", &[]),
            )],
            view: self.view,
        };
        sheet.answer(response, &(self.write)(&sheet, document))
    }
}

/// The day to draw: `date`, or `datetime` as OGC's clients name it.
///
/// # Errors
/// `invalid_parameter` for what is no day and no moment, for an interval, and for both at once.
fn day(query: &Query) -> Result<Option<Day>, Problem> {
    let (Some(text), Some(days)) = (query.text("datetime"), datetime::read(query)?) else {
        return query.date();
    };
    let refuse = |detail| Err(Problem::parameter("datetime", detail, text, "one_day"));
    if query.text("date").is_some() {
        return refuse("day_twice");
    }
    if days.from != days.to {
        return refuse("more_than_a_day");
    }
    Ok(Some(days.from))
}
