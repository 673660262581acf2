//! What an asker states beside the register: parameters of rules as parameters of the query.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::http::language::Language;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::http::rule_words;
use crate::rules::{Facts, Parameter, Sort};

/// What a question may have beside what is stated.
const OWN: [&str; 4] = ["date", "known_at", "lang", "crs"];

/// Every parameter that a question may have.
pub(super) static PARAMETERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let names = Parameter::ALL.iter().map(|parameter| parameter.name());
    OWN.into_iter().chain(names).collect()
});

/// What is stated.
///
/// # Errors
/// `invalid_parameter` for a text that is no value of its parameter.
pub(super) fn stated(query: &Query) -> Result<Facts, Problem> {
    let mut facts = Facts::new();
    let given = query.pairs().filter(|(name, _)| !OWN.contains(name));
    for (name, text) in given {
        let stated = is_plain(name, text).then(|| facts.state(name, text));
        if !matches!(stated, Some(Ok(()))) {
            return Err(Problem::parameter(name, "not_a_fact", text, "fact"));
        }
    }
    Ok(facts)
}

/// Whether a number is written with digits and at most one point.
fn is_plain(name: &str, text: &str) -> bool {
    let sort = Parameter::of_name(name).map(Parameter::sort);
    match (sort, text) {
        (Some(Sort::Number(_)), "none") => true,
        (Some(Sort::Number(_)), text) => {
            let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            digits(whole) && digits(decimals)
        }
        _ => text.trim() == text,
    }
}

/// Adds what can be stated to the description of the path.
pub fn describe(document: &mut Value) {
    let operation = &mut document["paths"]["/v1/parcels/{id}/envelope"]["get"];
    let Some(parameters) = operation["parameters"].as_array_mut() else {
        return;
    };
    for &parameter in Parameter::ALL {
        let schema = match parameter.sort() {
            Sort::Number(_) => json!({
                "type": "string", "pattern": r"^(none|[0-9]{1,9}(\.[0-9]{1,6})?)$",
            }),
            Sort::Truth => json!({"type": "boolean"}),
            Sort::Word(words) => {
                let none = (!words.contains(&"none")).then_some("none");
                let words: Vec<&str> = words.iter().copied().chain(none).collect();
                json!({"type": "string", "enum": words})
            }
            Sort::Code => json!({"type": "string", "pattern": "^[A-Za-z0-9]+$"}),
        };
        let words = rule_words::parameter(parameter, Language::English);
        parameters.push(json!({
            "name": parameter.name(),
            "in": "query",
            "description": format!("Stated: {words}"),
            "required": false,
            "schema": schema,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Facts, Problem> {
        stated(&Query::read(text, &PARAMETERS).expect("a query"))
    }

    #[test]
    fn what_is_stated_is_read_as_a_check_reads_it() {
        let facts = read("building_kind=row_house&lot_area_m2=66.5&date=2026-11-23");
        let facts = facts.expect("facts");
        assert_eq!(facts.iter().count(), 2);
        for text in [
            "building_kind=castle",
            "lot_area_m2=1e3",
            "lot_area_m2=+1",
            "lot_area_m2=1_0",
            "lot_area_m2=",
            "corner_lot=yes",
            "land_use=%20ODT",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
