//! `known_at`: what the register knew at a moment of recorded time.

use super::problem::Problem;
use super::query::Query;
use super::server::Shared;
use crate::app::View;
use crate::cadastre::Instant;

/// Refuses a moment of recorded time whose knowledge is not in memory.
///
/// # Errors
/// `invalid_parameter` with the first moment that can be answered for.
pub fn refuse_unheld(query: &Query, shared: &Shared, view: &View) -> Result<(), Problem> {
    let Some(text) = query.text("known_at") else {
        return Ok(());
    };
    let at = Instant::parse(text)
        .map_err(|_| Problem::parameter("known_at", "not_a_moment", text, "moment"))?;
    shared.app.shows_known_at(view, at).map_err(|since| {
        let since = since.map_or_else(String::new, |since| since.to_string());
        Problem::parameter("known_at", "known_at_not_held", text, "known_since")
            .expecting("known_since", vec![("since", since)])
    })
}
