//! Rules that limit a number: bound, unit, table, rounding, extras.

use rust_decimal::Decimal;

use super::condition::conditions;
use super::desk::{Desk, Part, listed};
use super::keys;
use super::table::{bound_unit, proportion_unit, table};
use crate::rules::bound::{Inclusivity, Sense};
use crate::rules::kinds::{Extra, Measure, NumberRule, Rounding, Towards};
use crate::rules::node::Content;
use crate::rules::table::Table;

/// A number of a quantity with this unit and sense.
pub fn number(
    desk: &mut Desk<'_>,
    part: Part<'_>,
    measure: Measure,
    of: &str,
) -> Option<NumberRule> {
    bound_unit(desk, part, measure.unit, of);
    let inclusivity = inclusivity(desk, part, measure.sense, of);
    let rounding = rounding(desk, part);
    let found = table(desk, part);
    if let Some(found) = &found {
        proportion_unit(desk, part, found, measure.unit.as_str());
    }
    let extras = extras(desk, part);
    let extra_when = conditions(desk, part, "extra_when");
    let greatest = greatest(desk, part, !extras.is_empty());
    let rule = NumberRule {
        unit: measure.unit,
        sense: measure.sense,
        inclusivity: inclusivity?,
        table: found?,
        rounding,
        extras,
        extra_when,
        greatest,
    };
    reasoned(desk, part, &rule);
    Some(rule)
}

/// `at_most` or `less_than`, `at_least` or `more_than`, by the sense of the quantity.
fn inclusivity(desk: &mut Desk<'_>, part: Part<'_>, sense: Sense, of: &str) -> Option<Inclusivity> {
    let (text, at) = desk.needed_text(part, "bound")?;
    let words = match sense {
        Sense::AtMost => ["at_most", "less_than"],
        Sense::AtLeast => ["at_least", "more_than"],
    };
    match words.iter().position(|word| *word == text) {
        Some(0) => Some(Inclusivity::Inclusive),
        Some(_) => Some(Inclusivity::Exclusive),
        None => {
            let values = vec![
                ("found", text.to_owned()),
                ("expected", listed(words)),
                ("of", of.to_owned()),
            ];
            desk.mistake(at, "wrong_bound", values);
            None
        }
    }
}

fn rounding(desk: &mut Desk<'_>, part: Part<'_>) -> Option<Rounding> {
    let (_, node) = part.table.get("round")?;
    let inner = desk.part(node, "round")?;
    desk.only(inner, &[keys::ROUND]);
    let step = desk.needed(inner, "step");
    let step = step.and_then(|step| Some((desk.number(step, "step")?, step.at.start)));
    let word = desk.needed_text(inner, "towards");
    let known = || listed(Towards::ALL.iter().map(|towards| towards.as_str()));
    let towards = word.and_then(|word| desk.word(word, "towards", Towards::of_word, known));
    let (step, at) = step?;
    if step <= Decimal::ZERO {
        let expected = "a number above 0".to_owned();
        let values = vec![("found", step.to_string()), ("expected", expected)];
        desk.mistake(at, "bad_number", values);
    }
    Some(Rounding {
        step,
        towards: towards?,
    })
}

fn extras(desk: &mut Desk<'_>, part: Part<'_>) -> Vec<Extra> {
    let Some((_, node)) = part.table.get("extra") else {
        return Vec::new();
    };
    let Some(items) = desk.list(node, "extra") else {
        return Vec::new();
    };
    let read = items.iter().filter_map(|item| {
        let inner = desk.part(item, "extra")?;
        desk.only(inner, &[keys::EXTRA]);
        let title = desk.needed_both(inner, "title");
        let add = desk.needed(inner, "add");
        let add = add.and_then(|add| desk.number(add, "add"));
        desk.needed(inner, "when");
        let when = conditions(desk, inner, "when");
        Some(Extra {
            title: title?,
            add: add?,
            when,
        })
    });
    read.collect()
}

/// What a sum with extras never passes; needed as soon as there are extras.
fn greatest(desk: &mut Desk<'_>, part: Part<'_>, needed: bool) -> Option<Table> {
    let node = if needed {
        desk.needed(part, "greatest")?
    } else {
        &part.table.get("greatest")?.1
    };
    let inner = desk.part(node, "greatest")?;
    desk.only(inner, &[keys::FORMS]);
    table(desk, inner)
}

/// A rule with an unconfirmed cell or gap says why.
fn reasoned(desk: &mut Desk<'_>, part: Part<'_>, rule: &NumberRule) {
    let greatest = rule.greatest.as_ref().is_some_and(Table::has_unconfirmed);
    let gaps = written_otherwise(part);
    let unconfirmed = rule.table.has_unconfirmed() || greatest || gaps;
    if unconfirmed && !part.table.contains_key("unconfirmed_because") {
        let id = desk.optional_text(part, "id").unwrap_or_default();
        desk.mistake(part.at, "unconfirmed_without_reason", vec![("rule", id)]);
    }
}

/// Whether a form of the rule has `otherwise`.
fn written_otherwise(part: Part<'_>) -> bool {
    let mut forms = keys::FORMS.iter().filter_map(|form| part.table.get(*form));
    forms.any(|(_, node)| match &node.content {
        Content::Table(table) => table.contains_key("otherwise"),
        _ => false,
    })
}
