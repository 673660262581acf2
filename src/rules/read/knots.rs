//! Tables with knots: interpolation, surfaces, proportions.

use rust_decimal::Decimal;

use super::condition::numeric;
use super::desk::{Desk, Part};
use super::keys;
use super::table::{grid, sized};
use crate::rules::node::{Content, Node};
use crate::rules::table::{Cell, End, Knots, Table};

pub fn interpolation(desk: &mut Desk<'_>, node: &Node) -> Option<Table> {
    let part = desk.part(node, "interpolation")?;
    desk.only(part, &[keys::INTERPOLATION]);
    let by = numeric(desk, part, "by");
    let before = end(desk, part, "before", None);
    let after = end(desk, part, "after", None);
    let list = desk.needed(part, "knots")?;
    let (mut at, mut values) = (Vec::new(), Vec::new());
    for item in desk.list(list, "knots")? {
        let pair = desk.list(item, "knots")?;
        sized(desk, item, pair.len(), 2)?;
        at.push((desk.number(&pair[0], "knots")?, item.at.start));
        values.push(desk.number(&pair[1], "knots")?);
    }
    let at = ascending(desk, at, list)?;
    Some(Table::Interpolation {
        knots: Knots {
            by: by?.0,
            at,
            before: before?,
            after: after?,
        },
        values,
    })
}

/// Numbers that grow, at least two.
fn ascending(
    desk: &mut Desk<'_>,
    numbers: Vec<(Decimal, usize)>,
    list: &Node,
) -> Option<Vec<Decimal>> {
    for pair in numbers.windows(2) {
        if let [(before, _), (after, at)] = pair
            && before >= after
        {
            let values = vec![("before", before.to_string()), ("after", after.to_string())];
            desk.mistake(*at, "not_sorted", values);
        }
    }
    if numbers.len() < 2 {
        let values = vec![("found", numbers.len().to_string())];
        desk.mistake(list.at.start, "too_few_knots", values);
        return None;
    }
    Some(numbers.into_iter().map(|(number, _)| number).collect())
}

/// What a table says beyond its knots: `"held"`, `"none"`, `"unconfirmed"`, or a row of values.
fn end(desk: &mut Desk<'_>, part: Part<'_>, key: &str, row: Option<usize>) -> Option<End> {
    let node = desk.needed(part, key)?;
    if let (Content::List(items), Some(expected)) = (&node.content, row) {
        sized(desk, node, items.len(), expected)?;
        let read: Vec<_> = items.iter().map(|item| desk.number(item, key)).collect();
        return Some(End::Row(read.into_iter().collect::<Option<_>>()?));
    }
    let text = desk.text_of(node, key)?;
    let found = |text: &str| match text {
        "held" => Some(End::Held),
        "none" => Some(End::Cell(Cell::None)),
        "unconfirmed" => Some(End::Cell(Cell::Unconfirmed)),
        _ => None,
    };
    let known = || "held, none, unconfirmed".to_owned();
    desk.word((text, node.at.start), "end", found, known)
}

pub fn surface(desk: &mut Desk<'_>, node: &Node) -> Option<Table> {
    let part = desk.part(node, "surface")?;
    desk.only(part, &[keys::SURFACE]);
    let columns = surface_axis(desk, part, "columns", None);
    let width = columns.as_ref().map(|axis| axis.at.len());
    let rows = surface_axis(desk, part, "rows", width);
    let node = desk.needed(part, "cells")?;
    let (rows, columns) = (rows?, columns?);
    let number = |desk: &mut Desk<'_>, node: &Node, key: &str| desk.number(node, key);
    let cells = grid(desk, node, rows.at.len(), columns.at.len(), number)?;
    Some(Table::Surface {
        rows,
        columns,
        cells,
    })
}

fn surface_axis(
    desk: &mut Desk<'_>,
    part: Part<'_>,
    key: &'static str,
    row: Option<usize>,
) -> Option<Knots> {
    let node = desk.needed(part, key)?;
    let axis = desk.part(node, key)?;
    desk.only(axis, &[keys::SURFACE_AXIS]);
    let by = numeric(desk, axis, "by");
    let before = end(desk, axis, "before", row);
    let after = end(desk, axis, "after", row);
    let list = desk.needed(axis, "at")?;
    let items = desk.list(list, "at")?;
    let read = items
        .iter()
        .map(|item| Some((desk.number(item, "at")?, item.at.start)));
    let read: Vec<_> = read.collect();
    let at = ascending(desk, read.into_iter().collect::<Option<_>>()?, list)?;
    Some(Knots {
        by: by?.0,
        at,
        before: before?,
        after: after?,
    })
}

pub fn proportion(desk: &mut Desk<'_>, node: &Node) -> Option<Table> {
    let part = desk.part(node, "proportion")?;
    desk.only(part, &[keys::PROPORTION]);
    let of = numeric(desk, part, "of");
    let mut optional = |key: &str, default: Decimal| match part.table.get(key) {
        Some((_, node)) => desk.number(node, key).map(|number| (number, node.at.start)),
        None => Some((default, part.at)),
    };
    let divided_by = optional("divided_by", Decimal::ONE);
    let less = optional("less", Decimal::ZERO);
    let (divided_by, at) = divided_by?;
    if divided_by <= Decimal::ZERO {
        let expected = "a number above 0".to_owned();
        let values = vec![("found", divided_by.to_string()), ("expected", expected)];
        desk.mistake(at, "bad_number", values);
        return None;
    }
    Some(Table::Proportion {
        of: of?.0,
        divided_by,
        less: less?.0,
    })
}
