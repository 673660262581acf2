//! OGC API Tiles: the building blocks, one file each. The tiles themselves are those of `tiles.rs`.

/// `GET /tileMatrixSets` and one of them.
pub mod matrix_sets;
/// `GET /tiles`, `/collections/{collectionId}/tiles` and one set of tiles.
pub mod sets;
/// What a set of tiles is, as it is written.
mod set_view;
/// One tile by tile matrix, row and column.
pub mod tile;

use super::features::datetime;
use super::problem::Problem;
use super::query::Query;
use crate::cadastre::Day;

/// Refuses every form but JSON: there is no other.
fn only_json(query: &Query) -> Result<(), Problem> {
    match query.text("f") {
        None | Some("json") => Ok(()),
        Some(other) => Err(Problem::parameter("f", "not_a_choice", other, "choice")
            .expecting("choice", vec![("names", "json".to_owned())])),
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
