//! Conditions and intervals of a pack.

use rust_decimal::Decimal;

use super::desk::{Desk, Part, listed};
use super::keys;
use crate::rules::between::{Between, Edge};
use crate::rules::condition::{AreaName, Condition};
use crate::rules::node::{Content, Node};
use crate::rules::parameter::{Parameter, Sort};
use crate::rules::unit::Unit;

/// A parameter by its name under a key.
pub fn parameter(desk: &mut Desk<'_>, part: Part<'_>, key: &str) -> Option<(Parameter, usize)> {
    let (text, at) = desk.needed_text(part, key)?;
    let known = || listed(Parameter::ALL.iter().map(|p| p.name()));
    let found = desk.word((text, at), "parameter", Parameter::of_name, known)?;
    Some((found, at))
}

/// A parameter that has numbers; another sort is told.
pub fn numeric(desk: &mut Desk<'_>, part: Part<'_>, key: &str) -> Option<(Parameter, Unit)> {
    let (found, at) = parameter(desk, part, key)?;
    match found.sort() {
        Sort::Number(unit) => {
            unit_agrees(desk, part, unit, found.name());
            Some((found, unit))
        }
        _ => {
            no_interval(desk, found, at);
            None
        }
    }
}

fn no_interval(desk: &mut Desk<'_>, parameter: Parameter, at: usize) {
    let values = vec![("parameter", parameter.name().to_owned())];
    desk.mistake(at, "no_interval", values);
}

/// Tells a `unit` that is not the one of what it stands beside.
pub fn unit_agrees(desk: &mut Desk<'_>, part: Part<'_>, expected: Unit, of: &str) {
    if !part.table.contains_key("unit") {
        return;
    }
    let Some((text, at)) = desk.needed_text(part, "unit") else {
        return;
    };
    if Unit::of_word(text) != Some(expected) {
        let values = vec![
            ("found", text.to_owned()),
            ("expected", expected.to_string()),
            ("of", of.to_owned()),
        ];
        desk.mistake(at, "wrong_unit", values);
    }
}

/// The interval of `from` or `above` and `below` or `up_to`; nothing when none of them stands there.
pub fn between(desk: &mut Desk<'_>, part: Part<'_>) -> Option<Between> {
    let lower = edge(desk, part, ("from", "above"));
    let upper = edge(desk, part, ("up_to", "below"));
    let between = Between { lower, upper };
    if between.is_empty() {
        let values = vec![("interval", between.to_string())];
        desk.mistake(part.at, "empty_interval", values);
    }
    (lower.is_some() || upper.is_some()).then_some(between)
}

/// An end by the key that includes its number, or the one that does not.
fn edge(desk: &mut Desk<'_>, part: Part<'_>, (with, without): (&str, &str)) -> Option<Edge> {
    let found = |key| part.table.get(key).map(|(at, node)| (at, node));
    let (key, node, inclusive) = match (found(with), found(without)) {
        (Some(_), Some((at, _))) => {
            let values = vec![
                ("keys", listed([with, without])),
                ("expected", listed([with, without])),
            ];
            desk.mistake(at.start, "two_values", values);
            return None;
        }
        (Some((_, node)), None) => (with, node, true),
        (None, Some((_, node))) => (without, node, false),
        (None, None) => return None,
    };
    let at: Decimal = desk.number(node, key)?;
    Some(Edge { at, inclusive })
}

/// A list of conditions, all of which must hold; empty when the key is absent.
pub fn conditions(desk: &mut Desk<'_>, part: Part<'_>, key: &str) -> Vec<Condition> {
    match part.table.get(key) {
        Some((_, node)) => list(desk, node, key),
        None => Vec::new(),
    }
}

fn list(desk: &mut Desk<'_>, node: &Node, key: &str) -> Vec<Condition> {
    let Some(items) = desk.list(node, key) else {
        return Vec::new();
    };
    let read = items.iter().filter_map(|item| {
        let part = desk.part(item, "condition")?;
        condition(desk, part)
    });
    read.collect()
}

fn condition(desk: &mut Desk<'_>, part: Part<'_>) -> Option<Condition> {
    desk.only(part, &[keys::CONDITION]);
    if let Some((_, node)) = part.table.get("any") {
        alone(desk, part, "any", &[]);
        return any(desk, node);
    }
    if let Some((_, node)) = part.table.get("wards") {
        alone(desk, part, "wards", &[]);
        return wards(desk, node);
    }
    if let Some((_, node)) = part.table.get("area") {
        alone(desk, part, "area", &["is"]);
        let area = area(desk, node)?;
        let is = match part.table.get("is") {
            Some((_, node)) => desk.truth(node, "is")?,
            None => true,
        };
        return Some(Condition::Inside { area, is });
    }
    let (found, at) = parameter(desk, part, "parameter")?;
    if let Some((_, node)) = part.table.get("exists") {
        alone(desk, part, "exists", &["parameter"]);
        let exists = desk.truth(node, "exists")?;
        return Some(Condition::Exists {
            parameter: found,
            exists,
        });
    }
    compares(desk, part, found, at)
}

/// A comparison with numbers, a truth or words, by the sort of the parameter.
fn compares(desk: &mut Desk<'_>, part: Part<'_>, found: Parameter, at: usize) -> Option<Condition> {
    match found.sort() {
        Sort::Number(unit) => {
            unit_agrees(desk, part, unit, found.name());
            compared(desk, part, &["from", "above", "below", "up_to", "unit"]);
            let Some(between) = between(desk, part) else {
                let values = vec![("expected", "from, above, below, up_to".to_owned())];
                desk.mistake(part.at, "no_condition", values);
                return None;
            };
            Some(Condition::Number {
                parameter: found,
                between,
            })
        }
        Sort::Truth => {
            compared(desk, part, &["is"]);
            let node = desk.needed(part, "is")?;
            let is = desk.truth(node, "is")?;
            Some(Condition::Truth {
                parameter: found,
                is,
            })
        }
        Sort::Word(_) | Sort::Code => {
            compared(desk, part, &["is", "among"]);
            let among = words(desk, part, found, at)?;
            Some(Condition::Word {
                parameter: found,
                among,
            })
        }
    }
}

/// Tells keys beside one that stands for the whole condition.
fn alone(desk: &mut Desk<'_>, part: Part<'_>, key: &'static str, beside: &[&str]) {
    for (name, (at, _)) in part.table {
        let allowed = name == key || beside.contains(&name.as_str());
        if !allowed && keys::CONDITION.contains(&name.as_str()) {
            let expected = listed(beside.iter().copied().chain([key]));
            let values = vec![("keys", listed([key, name])), ("expected", expected)];
            desk.mistake(at.start, "two_values", values);
        }
    }
}

/// Tells comparisons that the sort of parameter does not have.
fn compared(desk: &mut Desk<'_>, part: Part<'_>, allowed: &[&str]) {
    for (name, (at, _)) in part.table {
        let known = keys::CONDITION.contains(&name.as_str()) && name != "parameter";
        if known && !allowed.contains(&name.as_str()) {
            let expected = listed(allowed.iter().copied());
            let values = vec![("key", name.clone()), ("expected", expected)];
            desk.mistake(at.start, "unknown_key", values);
        }
    }
}

/// The words of `is` or `among`, each of which the parameter must be able to have.
fn words(desk: &mut Desk<'_>, part: Part<'_>, of: Parameter, at: usize) -> Option<Vec<Box<str>>> {
    let given = match (part.table.get("is"), part.table.get("among")) {
        (Some((_, node)), None) => vec![(desk.text_of(node, "is")?, node.at.start)],
        (None, Some((_, node))) => desk.texts(node, "among")?,
        _ => {
            let values = vec![("expected", "is, among".to_owned())];
            desk.mistake(at, "no_condition", values);
            return None;
        }
    };
    let read: Vec<_> = given
        .into_iter()
        .map(|word| one_word(desk, word, of))
        .collect();
    read.into_iter().collect()
}

/// A word that the parameter can have.
pub fn one_word(desk: &mut Desk<'_>, word: (&str, usize), of: Parameter) -> Option<Box<str>> {
    let Sort::Word(known) = of.sort() else {
        return Some(word.0.into());
    };
    let found = |text: &str| known.contains(&text).then(|| text.into());
    desk.word(word, of.name(), found, || listed(known.iter().copied()))
}

fn any(desk: &mut Desk<'_>, node: &Node) -> Option<Condition> {
    let items = desk.list(node, "any")?;
    let lists = items.iter().map(|item| match item.content {
        // One condition stands for a list of one.
        Content::Table(_) => {
            let part = desk.part(item, "condition");
            part.and_then(|part| condition(desk, part))
                .into_iter()
                .collect()
        }
        _ => list(desk, item, "any"),
    });
    Some(Condition::Any(lists.collect()))
}

/// Stretches of ward codes: `26737` or `26737-27676`.
pub fn wards(desk: &mut Desk<'_>, node: &Node) -> Option<Condition> {
    let code = |text: &str| {
        let digits = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let stretch = |text: &str| {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let (from, to) = (code(from)?, code(to)?);
        (from <= to).then_some((from, to))
    };
    let given = desk.texts(node, "wards")?;
    let read = given
        .into_iter()
        .map(|word| desk.word(word, "ward", stretch, || "26737, 26737-27676".to_owned()));
    let read: Vec<_> = read.collect();
    Some(Condition::Wards(read.into_iter().collect::<Option<_>>()?))
}

/// A planning area by theme and kind.
pub fn area(desk: &mut Desk<'_>, node: &Node) -> Option<AreaName> {
    let part = desk.part(node, "area")?;
    desk.only(part, &[keys::AREA]);
    let theme = desk.identifier(part, "theme");
    let kind = desk.identifier(part, "kind");
    Some(AreaName {
        theme: theme?.0.into(),
        kind: kind?.0.into(),
    })
}
