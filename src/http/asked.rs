//! What the bodies of questions share: read strictly, the day, what is stated, and what is refused.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::{Kind, Problem};
use crate::cadastre::Day;
use crate::rules::{Facts, InvalidFact};

/// Reads a body; `detail` and `expected` are the messages of one that is of another form.
///
/// # Errors
/// `malformed` with line and column for what is not JSON; `invalid_proposal` for another form.
pub(super) fn read_body<T: DeserializeOwned>(
    body: &[u8],
    detail: &'static str,
    expected: &'static str,
) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| {
        let arguments = vec![("reason", error.to_string())];
        let kind = if error.is_data() {
            Kind::InvalidProposal
        } else {
            Kind::InvalidParameter
        };
        Problem::new(kind, detail, arguments)
            .at("body")
            .expecting(expected, Vec::new())
    })
}

/// The member `date`.
///
/// # Errors
/// `invalid_proposal` for a text that is no day.
pub(super) fn day(date: Option<&str>) -> Result<Option<Day>, Problem> {
    let read = |text: &str| {
        let value = vec![("value", text.to_owned())];
        Day::parse(text).map_err(|_| unprocessable("date", "not_a_date", value, "date"))
    };
    date.map(read).transpose()
}

/// The member `stated`: parameters of rules by name.
///
/// # Errors
/// `invalid_proposal` for a name that is no parameter, or no value of it.
pub(super) fn stated(stated: &BTreeMap<String, Value>) -> Result<Facts, Problem> {
    let mut facts = Facts::new();
    for (name, value) in stated {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        facts.state(name, &text).map_err(|error| {
            let detail = match error {
                InvalidFact::NoParameter(_) => "no_such_fact",
                InvalidFact::WrongSort { .. } => "not_a_fact",
            };
            let arguments = vec![("name", name.clone()), ("value", text.clone())];
            unprocessable(&format!("stated.{name}"), detail, arguments, "fact")
        })?;
    }
    Ok(facts)
}

/// What cannot be judged or supposed, with the place.
pub(super) fn unprocessable(
    place: &str,
    detail: &'static str,
    arguments: Vec<(&'static str, String)>,
    expected: &'static str,
) -> Problem {
    Problem::new(Kind::InvalidProposal, detail, arguments)
        .at(place)
        .expecting(expected, Vec::new())
}

/// Nothing is signed here.
pub(super) fn unsigned() -> Problem {
    Problem::parameter("f", "no_signing_key", "evidence", "choice")
        .expecting("choice", vec![("names", "json".to_owned())])
}
