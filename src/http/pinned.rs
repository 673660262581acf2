//! Answers that never change: asked for with `pin`, which names a state of the register and a day.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};

use super::problem::{Kind, Problem};
use super::query::Query;
use super::server::Shared;
use crate::app::View;
use crate::cadastre::Day;

/// The parameter.
pub const PIN: &str = "pin";
/// Whoever has such an answer need not ask for it again.
const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// What pins to a view: its revision and day, readable, and a sum that no other state has, also not
/// one of the same number after a backup was restored, nor another version of the program, which may
/// draw otherwise.
pub fn pin_of(view: &View) -> String {
    let (revision, date) = (view.revision().0, view.date());
    let recorded_at = view.recorded_at().map(|at| at.0);
    let mut hasher = DefaultHasher::new();
    (revision, date, recorded_at, env!("CARGO_PKG_VERSION")).hash(&mut hasher);
    format!("{revision}-{date}-{:x}", hasher.finish())
}

/// The view that a request is pinned to, or else the one of a day.
///
/// # Errors
/// `invalid_parameter` for a pin that is none, or that stands beside a day; `state_gone` when the
/// register has come to another state; `store_unavailable` while it is being loaded.
pub fn view(query: &Query<'_>, shared: &Shared, day: Option<Day>) -> Result<View, Problem> {
    let Some(pin) = query.text(PIN) else {
        return Ok(shared.app.view(day)?);
    };
    if day.is_some() {
        return Err(Problem::parameter(PIN, "pin_and_day", pin, "pin"));
    }
    let (revision, date) =
        read(pin).ok_or_else(|| Problem::parameter(PIN, "not_a_pin", pin, "pin"))?;
    let view = shared.app.view(Some(date))?;
    if pin_of(&view) == pin {
        return Ok(view);
    }
    let arguments = vec![("revision", revision.to_string())];
    Err(Problem::new(Kind::StateGone, "state_gone", arguments)
        .at(PIN)
        .expecting("pin", Vec::new()))
}

/// Revision and day of a pin.
fn read(pin: &str) -> Option<(u64, Day)> {
    let (revision, rest) = pin.split_once('-')?;
    let (date, sum) = rest.rsplit_once('-')?;
    u64::from_str_radix(sum, 16).ok()?;
    Some((revision.parse().ok()?, Day::parse(date).ok()?))
}

/// Says of an answer to a pinned request that it never changes.
pub fn keep(mut response: HttpResponse, query: &Query<'_>) -> HttpResponse {
    if query.text(PIN).is_some() {
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, FOR_A_YEAR);
    }
    response
}
