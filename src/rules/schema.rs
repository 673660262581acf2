//! The JSON schema of a pack file, made of the same catalogues and keys as the parser.

use serde_json::{Map, Value, json};

use super::confidence::Confidence;
use super::kinds::{KINDS, Kind, PermitPath, Reading, Says, Towards, competent_office};
use super::level::Level;
use super::parameter::{Parameter, Sort};
use super::read::keys;
use super::unit::Unit;

/// The schema (draft 2020-12), for editors: `data/rules/schema.json` is this.
///
/// It knows keys, words and shapes. Order, overlap, gaps and units are the parser's.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Diachinh rule pack",
        "description": "What stands in data/rules/*.toml; see docs/rules.md.",
        "$defs": definitions(),
        "type": "object",
        "additionalProperties": false,
        "required": ["pack", "source", "rule"],
        "properties": {
            "pack": object(keys::PACK, &["id", "version", "title", "level", "scope"]),
            "source": { "type": "array", "minItems": 1, "items": object(keys::SOURCE, &["id", "act", "confidence", "reason"]) },
            "reading": { "type": "array", "items": reading() },
            "rule": { "type": "array", "minItems": 1, "items": { "oneOf": rules() } },
        },
    })
}

/// An object that has these keys and no others.
fn object(keys: &[&str], required: &[&str]) -> Value {
    let properties = keys.iter().map(|key| ((*key).to_owned(), member(key)));
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties.collect::<Map<_, _>>(),
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn words<'w>(words: impl Iterator<Item = &'w str>) -> Value {
    json!({ "enum": words.collect::<Vec<_>>() })
}

/// What stands under a key that means the same in every table.
fn member(key: &str) -> Value {
    match key {
        "id" | "source" => reference("identifier"),
        "title" | "note" | "reason" | "unconfirmed_because" => reference("both_texts"),
        "level" => words(Level::ALL.iter().map(|level| level.as_str())),
        "confidence" => words(Confidence::ALL.iter().map(|grade| grade.as_str())),
        "valid_from" | "valid_to" => reference("day_edge"),
        "scope" => object(keys::SCOPE, &[]),
        "area" => object(keys::AREA, keys::AREA),
        "everywhere" | "illustration" | "exists" => json!({ "type": "boolean" }),
        "wards" | "words" | "buildings" | "among" | "unless_rules" => {
            json!({ "type": "array", "minItems": 1, "items": { "type": "string" } })
        }
        "development" => word_of(Parameter::Development),
        "when" | "unless" | "yields_when" | "extra_when" => reference("conditions"),
        "any" => json!({ "type": "array", "minItems": 1 }),
        "yields_to" => {
            let levels = words(Level::ALL.iter().map(|level| level.as_str()));
            json!({ "type": "array", "minItems": 1, "items": levels })
        }
        "unit" => words(Unit::ALL.iter().map(|unit| unit.as_str())),
        "parameter" => reference("parameter"),
        "bound" => words(["at_most", "less_than", "at_least", "more_than"].into_iter()),
        "value" => reference("cell"),
        "bands" | "choices" | "steps" | "interpolation" | "surface" | "proportion" | "round"
        | "greatest" => reference(key),
        "extra" => json!({ "type": "array", "items": reference("extra") }),
        "from" | "above" | "below" | "up_to" | "add" | "step" | "divided_by" | "less" => {
            json!({ "type": "number" })
        }
        "is" => json!({ "type": ["boolean", "string"] }),
        "path" => words(PermitPath::ALL.iter().map(|path| path.as_str())),
        "office" => words(competent_office::OFFICES.into_iter()),
        "reading" => words(Reading::ALL.iter().map(|reading| reading.as_str())),
        "towards" => words(Towards::ALL.iter().map(|towards| towards.as_str())),
        "otherwise" => words(["unconfirmed"].into_iter()),
        "before" | "after" => reference("end"),
        _ => json!({ "type": "string", "minLength": 1 }),
    }
}

fn word_of(parameter: Parameter) -> Value {
    match parameter.sort() {
        Sort::Word(known) => words(known.iter().copied()),
        _ => json!({ "type": "string" }),
    }
}

/// Names of parameters that have numbers, or have none.
fn parameters(numbers: bool) -> Value {
    let suits = |p: &&Parameter| matches!(p.sort(), Sort::Number(_)) == numbers;
    words(Parameter::ALL.iter().filter(suits).map(|p| p.name()))
}

fn reading() -> Value {
    let required = ["title", "source", "parameter", "by", "when"];
    with(object(keys::READING, &required), "by", member("parameter"))
}

/// A schema with one member in another form.
fn with(mut schema: Value, key: &str, member: Value) -> Value {
    schema["properties"][key] = member;
    schema
}

fn list_of(items: &Value) -> Value {
    json!({ "type": "array", "minItems": 1, "items": items })
}

/// A table along one parameter that has numbers.
fn along(keys: &[&str], required: &[&str]) -> Value {
    with(object(keys, required), "by", reference("number_parameter"))
}

/// A table with two axes of one form.
fn across(keys: &[&str], axis: Value, cells: &Value) -> Value {
    let table = object(keys, &["rows", "columns", "cells"]);
    let table = with(table, "rows", axis.clone());
    with(
        with(table, "columns", axis),
        "cells",
        list_of(&list_of(cells)),
    )
}

fn definitions() -> Value {
    let number = json!({ "type": "number" });
    let numbers = list_of(&number);
    let bands = along(keys::BANDS, &["by", "intervals"]);
    let choices = object(keys::CHOICES, &["by", "cases"]);
    let choices = with(choices, "by", reference("word_parameter"));
    let intervals = along(keys::STEPS_AXIS, &["by", "intervals"]);
    let intervals = with(
        intervals,
        "intervals",
        list_of(&object(keys::INTERVAL, &[])),
    );
    let interpolation = along(keys::INTERPOLATION, &["by", "knots", "before", "after"]);
    let knots = along(keys::SURFACE_AXIS, &["by", "at", "before", "after"]);
    let knots = with(knots, "at", numbers.clone());
    let proportion = object(keys::PROPORTION, &["of"]);
    json!({
        "parameter": { "anyOf": [reference("number_parameter"), reference("word_parameter")] },
        "number_parameter": parameters(true),
        "word_parameter": parameters(false),
        "identifier": { "type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}$" },
        "both_texts": object(keys::BOTH_TEXTS, keys::BOTH_TEXTS),
        "day_edge": { "anyOf": [
            { "type": "string", "format": "date" },
            object(keys::DAY_EDGE, keys::DAY_EDGE),
        ] },
        "cell": { "anyOf": [{ "type": "number" }, { "enum": ["none", "unconfirmed"] }] },
        "end": { "anyOf": [{ "enum": ["held", "none", "unconfirmed"] }, numbers] },
        "conditions": list_of(&object(keys::CONDITION, &[])),
        "bands": with(bands, "intervals", list_of(&object(keys::BAND, &["value"]))),
        "choices": with(choices, "cases", list_of(&object(keys::CASE, keys::CASE))),
        "steps": across(keys::STEPS, intervals, &reference("cell")),
        "interpolation": with(interpolation, "knots", list_of(&numbers)),
        "surface": across(keys::SURFACE, knots, &number),
        "proportion": with(proportion, "of", reference("number_parameter")),
        "round": object(keys::ROUND, keys::ROUND),
        "greatest": object(keys::FORMS, &[]),
        "extra": object(keys::EXTRA, keys::EXTRA),
    })
}

/// One schema for each kind: its keys, and the words of `of`.
fn rules() -> Vec<Value> {
    KINDS.iter().map(|kind| of_kind(kind)).collect()
}

fn of_kind(kind: &Kind) -> Value {
    let own: Vec<&str> = super::read::keys_of(kind)
        .iter()
        .flat_map(|keys| keys.iter().copied())
        .collect();
    let mut required = vec!["id", "kind", "title", "source"];
    match kind.says {
        Says::Number(_) => required.extend(["bound", "unit"]),
        Says::NumberOf(_) | Says::NumberOfArea(_) => required.extend(["of", "bound", "unit"]),
        Says::Words => required.push("words"),
        Says::Path => required.push("path"),
        Says::Office => required.extend(["office", "reading"]),
        Says::OfficerDecides => {}
    }
    let schema = with(
        object(&own, &required),
        "kind",
        json!({ "const": kind.name }),
    );
    match kind.says {
        Says::NumberOf(known) => with(schema, "of", words(known.iter().map(|(name, _)| *name))),
        _ => schema,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_for_editors_is_the_schema_that_the_parser_keeps() {
        let file = include_str!("../../data/rules/schema.json");
        let file: Value = serde_json::from_str(file).expect("JSON");
        assert_eq!(
            file,
            schema(),
            "write it anew: diachinh rules schema > data/rules/schema.json"
        );
    }
}
