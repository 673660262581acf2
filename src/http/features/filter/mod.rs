//! The parameter `filter`: CQL2 as text or JSON (OGC 21-065r2), read into a condition of the land.

/// From an expression to a condition.
mod conditions;
/// Properties as parameters of their own.
mod equalities;
/// Values and properties of expressions.
mod scalars;
/// Geometries of expressions.
mod sketches;
/// Days and intervals of expressions.
mod spans;

use std::num::NonZeroUsize;
use std::sync::Once;

use cql2::Expr;

pub use self::equalities::equalities;

use self::conditions::Reader;
use super::system::System;
use crate::app::View;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::land::filter::Condition;
use crate::land::items::Collection;

/// Most characters of a filter.
const LONGEST: usize = 20_000;
/// Most steps of the text's grammar, which tries some readings twice for each parenthesis.
const STEPS_MAX: Option<NonZeroUsize> = NonZeroUsize::new(2_000_000);
/// Stack of the thread that reads a filter. The grammar goes one level down for each sign of a
/// chain such as `NOT NOT …`, of which the longest filter has room for some thousands.
const STACK_BYTES: usize = 256 << 20;

/// The condition that a request's filter states, together with what it wants properties to be.
///
/// # Errors
/// `invalid_parameter` for a filter that is no CQL2, asks for what the collection does not have,
/// compares what cannot be compared, or is too long or nested; `unsupported_crs` for `filter-crs`.
pub fn read(
    query: &Query,
    collection: Collection,
    view: &View,
) -> Result<Option<Condition>, Problem> {
    let system = System::read(query, "filter-crs", view)?;
    let parse = match query.text("filter-lang") {
        None | Some("cql2-text") => parse_text,
        Some("cql2-json") => parse_json,
        Some(other) => {
            let names = vec![("names", "cql2-text, cql2-json".to_owned())];
            let refused = Problem::parameter("filter-lang", "not_a_choice", other, "choice");
            return Err(refused.expecting("choice", names));
        }
    };
    let mut wanted = equalities::read(query, collection)?;
    let Some(text) = query.text("filter") else {
        return Ok((!wanted.is_empty()).then_some(Condition::All(wanted)));
    };
    if text.chars().count() > LONGEST {
        let refused = Problem::parameter("filter", "too_long", text, "text");
        return Err(refused.expecting("text", vec![("max", LONGEST.to_string())]));
    }
    let reader = Reader::new(collection, system, view)?;
    let on_a_large_stack = || reader.condition(&parse(text)?);
    let stated = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
        let reading = builder.spawn_scoped(scope, on_a_large_stack);
        let read = reading.map_err(|error| failed(&error.to_string()))?;
        let read = read.join();
        read.map_err(|_| failed("the reading of a filter panicked"))?
    })?;
    if wanted.is_empty() {
        return Ok(Some(stated));
    }
    wanted.push(stated);
    Ok(Some(Condition::All(wanted)))
}

fn failed(why: &str) -> Problem {
    crate::app::Error::internal("cannot read a filter", why.to_owned()).into()
}

fn parse_text(text: &str) -> Result<Expr, Problem> {
    static BOUNDED: Once = Once::new();
    BOUNDED.call_once(|| pest::set_call_limit(STEPS_MAX));
    cql2::parse_text(text).map_err(|error| {
        let said = error.to_string();
        if said.contains("call limit") {
            return Problem::parameter("filter", "filter_too_complex", text, "filter_simple");
        }
        refused_at(text, column(&said))
    })
}

fn parse_json(text: &str) -> Result<Expr, Problem> {
    // Whether it is JSON at all is told with the place, what it says by the expression.
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| refused_at(text, Some(error.column())))?;
    Expr::try_from(value).map_err(|_| refused_at(text, None))
}

/// The filter cannot be read, from a character on where that is known.
fn refused_at(text: &str, column: Option<usize>) -> Problem {
    let from = column.map_or(0, |column| column.saturating_sub(1));
    let rest: String = text.chars().skip(from).collect();
    let rest = if rest.is_empty() { text } else { &rest };
    Problem::parameter("filter", "filter_not_read", rest, "filter")
}

/// The column in the report of the text's parser, whose first line is ` --> 1:17`.
fn column(report: &str) -> Option<usize> {
    let place = report.split("--> ").nth(1)?.lines().next()?;
    place.rsplit(':').next()?.trim().parse().ok()
}
