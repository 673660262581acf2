//! The parameter `datetime`: on which days of valid time an item is wanted.

use crate::cadastre::{Day, Instant};
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::land::items::Days;

/// The days that are asked for; nothing without the parameter, which means today.
///
/// Moments are taken to the civil day in Vietnam on which they lie, since that is how the register
/// counts valid time.
///
/// # Errors
/// `invalid_parameter` for what is no moment and no interval of OGC 17-069r4, 7.15.4.
pub fn read(query: &Query) -> Result<Option<Days>, Problem> {
    let Some(text) = query.text("datetime") else {
        return Ok(None);
    };
    let days = days(text);
    let refused = || Problem::parameter("datetime", "not_a_datetime", text, "datetime");
    days.map(Some).ok_or_else(refused)
}

/// The day nearest to today on which the names in an answer are read.
pub fn nearest(today: Day, during: Option<Days>) -> Day {
    during.map_or(today, |days| today.max(days.from).min(days.to))
}

fn days(text: &str) -> Option<Days> {
    let Some((from, to)) = text.split_once('/') else {
        return moment(text).map(Days::on);
    };
    let is_open = |end: &str| end.is_empty() || end == "..";
    let days = match (is_open(from), is_open(to)) {
        (true, true) => return None,
        (true, false) => Days {
            from: Day(i32::MIN),
            to: moment(to)?,
        },
        (false, true) => Days {
            from: moment(from)?,
            to: Day(i32::MAX),
        },
        (false, false) => Days {
            from: moment(from)?,
            to: moment(to)?,
        },
    };
    (days.from <= days.to).then_some(days)
}

/// A date, or a moment with its offset from UTC (RFC 3339).
fn moment(text: &str) -> Option<Day> {
    let day = Day::parse(text).ok();
    day.or_else(|| Instant::parse(text).ok().map(Instant::day_in_vietnam))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_day_in_vietnam_and_an_interval_may_be_open_on_one_side() {
        let day = |text| Day::parse(text).expect("a day");
        let (new_year, june) = (day("2026-01-01"), day("2026-06-30"));
        let (first, last) = (Day(i32::MIN), Day(i32::MAX));
        for (text, expected) in [
            ("2026-01-01", Some((new_year, new_year))),
            ("2025-12-31T17:00:00Z", Some((new_year, new_year))),
            ("2025-12-31T23:59:59+00:00", Some((new_year, new_year))),
            ("2026-01-01T00:00:00+07:00", Some((new_year, new_year))),
            ("2026-01-01/2026-06-30", Some((new_year, june))),
            ("2026-01-01/2026-01-01", Some((new_year, new_year))),
            ("../2026-06-30", Some((first, june))),
            ("/2026-06-30", Some((first, june))),
            ("2026-01-01/..", Some((new_year, last))),
            ("2026-01-01/", Some((new_year, last))),
            ("2026-06-30/2026-01-01", None),
            ("../..", None),
            ("/", None),
            ("", None),
            ("..", None),
            ("2026-13-01", None),
            ("2026-01-01T00:00:00", None),
            ("2026-01-01/2026-02-01/2026-03-01", None),
            ("today", None),
        ] {
            let found = days(text).map(|d| (d.from, d.to));
            assert_eq!(found, expected, "{text}");
        }
    }
}
