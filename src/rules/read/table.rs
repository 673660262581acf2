//! Tables of a pack: sorted, without overlap, and without a gap that nobody wrote down.

use rust_decimal::Decimal;

use super::condition::{between, numeric, one_word, parameter, unit_agrees};
use super::desk::{Desk, Part, listed};
use super::keys;
use super::knots::{interpolation, proportion, surface};
use crate::rules::between::{Between, Following};
use crate::rules::node::{Content, Node};
use crate::rules::parameter::Sort;
use crate::rules::table::{Cell, Intervals, Table};
use crate::rules::unit::Unit;

/// The one form of a number that a table has.
pub fn table(desk: &mut Desk<'_>, part: Part<'_>) -> Option<Table> {
    let forms = keys::FORMS.iter().copied();
    let given: Vec<&str> = forms.filter(|f| part.table.contains_key(*f)).collect();
    let form = match given.as_slice() {
        [form] => *form,
        [] => {
            let values = vec![("expected", listed(keys::FORMS.iter().copied()))];
            desk.mistake(part.at, "no_value", values);
            return None;
        }
        [_, second, ..] => {
            let at = part.table.get(*second).map_or(part.at, |(at, _)| at.start);
            let values = vec![
                ("keys", listed(given.iter().copied())),
                ("expected", listed(keys::FORMS.iter().copied())),
            ];
            desk.mistake(at, "two_values", values);
            return None;
        }
    };
    let node = desk.needed(part, form)?;
    match form {
        "value" => Some(Table::Constant(cell(desk, node, "value")?)),
        "bands" => bands(desk, node),
        "choices" => choices(desk, node),
        "steps" => steps(desk, node),
        "interpolation" => interpolation(desk, node),
        "surface" => surface(desk, node),
        _ => proportion(desk, node),
    }
}

/// A number, `"none"` or `"unconfirmed"`.
fn cell(desk: &mut Desk<'_>, node: &Node, key: &str) -> Option<Cell> {
    let Content::Text(text) = &node.content else {
        return desk.number(node, key).map(Cell::Value);
    };
    let special = |text: &str| match text {
        "none" => Some(Cell::None),
        "unconfirmed" => Some(Cell::Unconfirmed),
        _ => None,
    };
    let known = || "a number, none, unconfirmed".to_owned();
    desk.word((text, node.at.start), "value", special, known)
}

/// Whether the pack writes that what lies between its intervals is unconfirmed.
fn otherwise(desk: &mut Desk<'_>, part: Part<'_>) -> bool {
    let Some((_, node)) = part.table.get("otherwise") else {
        return false;
    };
    let Some(text) = desk.text_of(node, "otherwise") else {
        return true;
    };
    let unconfirmed = |text: &str| (text == "unconfirmed").then_some(());
    let known = || "unconfirmed".to_owned();
    desk.word((text, node.at.start), "otherwise", unconfirmed, known);
    true
}

fn bands(desk: &mut Desk<'_>, node: &Node) -> Option<Table> {
    let part = desk.part(node, "bands")?;
    desk.only(part, &[keys::BANDS]);
    let gaps = otherwise(desk, part);
    let by = numeric(desk, part, "by");
    let list = desk.needed(part, "intervals")?;
    let (mut each, mut cells) = (Vec::new(), Vec::new());
    for item in desk.list(list, "intervals")? {
        let row = desk.part(item, "interval")?;
        desk.only(row, &[keys::BAND]);
        let value = desk.needed(row, "value").cloned();
        cells.extend(value.and_then(|value| cell(desk, &value, "value")));
        each.push((between(desk, row).unwrap_or(EVERYTHING), row.at));
    }
    follow(desk, &each, gaps);
    let each: Vec<Between> = each.into_iter().map(|(between, _)| between).collect();
    (each.len() == cells.len()).then_some(())?;
    Some(Table::Bands {
        intervals: Intervals { by: by?.0, each },
        cells,
    })
}

const EVERYTHING: Between = Between {
    lower: None,
    upper: None,
};

/// Tells intervals that overlap, stand in the wrong order, or leave a gap that is not allowed; from 0,
/// below which no parameter lies, to beyond every number.
fn follow(desk: &mut Desk<'_>, each: &[(Between, usize)], gaps: bool) {
    for pair in each.windows(2) {
        let [(before, _), (after, at)] = pair else {
            continue;
        };
        let code = match before.followed_by(after) {
            Following::Joined => continue,
            Following::Gap if gaps => continue,
            Following::Gap => "gap",
            Following::Overlap => "overlap",
        };
        let values = vec![("before", before.to_string()), ("after", after.to_string())];
        desk.mistake(*at, code, values);
    }
    let (Some((first, first_at)), Some((last, last_at))) = (each.first(), each.last()) else {
        return;
    };
    if gaps {
        return;
    }
    if !first.has(Decimal::ZERO) {
        let values = vec![("before", "0".to_owned()), ("after", first.to_string())];
        desk.mistake(*first_at, "gap", values);
    }
    if last.upper.is_some() {
        let values = vec![("before", last.to_string()), ("after", "∞".to_owned())];
        desk.mistake(*last_at, "gap", values);
    }
}

fn choices(desk: &mut Desk<'_>, node: &Node) -> Option<Table> {
    let part = desk.part(node, "choices")?;
    desk.only(part, &[keys::CHOICES]);
    let gaps = otherwise(desk, part);
    let (by, by_at) = parameter(desk, part, "by")?;
    let list = desk.needed(part, "cases")?;
    let mut cases: Vec<(Vec<Box<str>>, Cell)> = Vec::new();
    for item in desk.list(list, "cases")? {
        let row = desk.part(item, "case")?;
        desk.only(row, &[keys::CASE]);
        let among = desk.needed(row, "among")?;
        let mut words = Vec::new();
        for (word, at) in desk.texts(among, "among")? {
            let before = cases.iter().flat_map(|(words, _)| words);
            if before.chain(&words).any(|known| **known == *word) {
                desk.mistake(at, "word_twice", vec![("word", word.to_owned())]);
            }
            words.extend(one_word(desk, (word, at), by));
        }
        let value = desk.needed(row, "value")?;
        cases.push((words, cell(desk, value, "value")?));
    }
    match by.sort() {
        Sort::Word(known) => {
            let covered =
                |word: &&&str| !cases.iter().any(|(w, _)| w.iter().any(|w| **w == ***word));
            let left: Vec<&str> = known.iter().filter(covered).copied().collect();
            if !left.is_empty() && !gaps {
                let values = vec![("words", listed(left)), ("parameter", by.name().to_owned())];
                desk.mistake(part.at, "words_not_covered", values);
            }
        }
        Sort::Code => {}
        Sort::Number(_) | Sort::Truth => {
            let values = vec![
                ("word", by.name().to_owned()),
                ("what", "by".to_owned()),
                ("expected", "a parameter of words".to_owned()),
            ];
            desk.mistake(by_at, "unknown_word", values);
        }
    }
    Some(Table::Choices { by, cases })
}

fn steps(desk: &mut Desk<'_>, node: &Node) -> Option<Table> {
    let part = desk.part(node, "steps")?;
    desk.only(part, &[keys::STEPS]);
    let gaps = otherwise(desk, part);
    let rows = steps_axis(desk, part, "rows", gaps);
    let columns = steps_axis(desk, part, "columns", gaps);
    let node = desk.needed(part, "cells")?;
    let (rows, columns) = (rows?, columns?);
    let cells = grid(desk, node, rows.each.len(), columns.each.len(), cell)?;
    Some(Table::Steps {
        rows,
        columns,
        cells,
    })
}

fn steps_axis(
    desk: &mut Desk<'_>,
    part: Part<'_>,
    key: &'static str,
    gaps: bool,
) -> Option<Intervals> {
    let node = desk.needed(part, key)?;
    let axis = desk.part(node, key)?;
    desk.only(axis, &[keys::STEPS_AXIS]);
    let by = numeric(desk, axis, "by");
    let list = desk.needed(axis, "intervals")?;
    let mut each = Vec::new();
    for item in desk.list(list, "intervals")? {
        let row = desk.part(item, "interval")?;
        desk.only(row, &[keys::INTERVAL]);
        each.push((between(desk, row).unwrap_or(EVERYTHING), row.at));
    }
    follow(desk, &each, gaps);
    let each = each.into_iter().map(|(between, _)| between).collect();
    Some(Intervals { by: by?.0, each })
}

/// Rows of equal length, as many as expected.
pub fn grid<T>(
    desk: &mut Desk<'_>,
    node: &Node,
    rows: usize,
    columns: usize,
    read: impl Fn(&mut Desk<'_>, &Node, &str) -> Option<T>,
) -> Option<Vec<Vec<T>>> {
    let items = desk.list(node, "cells")?;
    let mut cells = Vec::new();
    for item in items {
        let row = desk.list(item, "cells")?;
        let read: Vec<_> = row.iter().map(|node| read(desk, node, "cells")).collect();
        let read: Vec<T> = read.into_iter().collect::<Option<_>>()?;
        sized(desk, item, read.len(), columns)?;
        cells.push(read);
    }
    sized(desk, node, cells.len(), rows)?;
    Some(cells)
}

pub fn sized(desk: &mut Desk<'_>, node: &Node, found: usize, expected: usize) -> Option<()> {
    if found == expected {
        return Some(());
    }
    let values = vec![
        ("found", found.to_string()),
        ("expected", expected.to_string()),
    ];
    desk.mistake(node.at.start, "wrong_size", values);
    None
}

/// Tells the unit of a proportion's parameter when it is not that of the bound.
pub fn proportion_unit(desk: &mut Desk<'_>, part: Part<'_>, table: &Table, unit: &str) {
    if let Table::Proportion { of, .. } = table
        && let Sort::Number(found) = of.sort()
        && found.as_str() != unit
    {
        let values = vec![
            ("found", found.to_string()),
            ("expected", unit.to_owned()),
            ("of", of.name().to_owned()),
        ];
        desk.mistake(part.at, "wrong_unit", values);
    }
}

/// Tells a `unit` beside a number that is not the kind's.
pub fn bound_unit(desk: &mut Desk<'_>, part: Part<'_>, unit: Unit, of: &str) {
    if desk.needed(part, "unit").is_some() {
        unit_agrees(desk, part, unit, of);
    }
}
