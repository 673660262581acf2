//! `known_at`: what the register knew at a moment of recorded time.

use super::problem::Problem;
use super::query::Query;
use super::server::Shared;
use crate::app::View;
use crate::app::items::NotShown;
use crate::cadastre::Instant;

/// Refuses a moment of recorded time whose knowledge is not in memory, and one that has not come.
///
/// # Errors
/// `invalid_parameter` with the moments that can be answered for.
pub fn refuse_unheld(query: &Query, shared: &Shared, view: &View) -> Result<(), Problem> {
    let Some(text) = query.text("known_at") else {
        return Ok(());
    };
    let at = Instant::parse(text)
        .map_err(|_| Problem::parameter("known_at", "not_a_moment", text, "moment"))?;
    shared.app.shows_known_at(view, at).map_err(|why| {
        let (detail, expected, moment) = match why {
            NotShown::Past { since } => ("known_at_not_held", "known_since", ("since", since)),
            NotShown::Future { now } => ("known_at_future", "known_until", ("now", now)),
        };
        let moment = vec![(moment.0, moment.1.to_string())];
        Problem::parameter("known_at", detail, text, expected).expecting(expected, moment)
    })
}
