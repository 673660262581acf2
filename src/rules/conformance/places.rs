//! Where something of a rule changes: ends of bands, knots and middles between them, ends of
//! conditions, words.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::site::{Site, step_of};
use crate::rules::condition::Condition;
use crate::rules::kinds::Body;
use crate::rules::pack::{Pack, Rule};
use crate::rules::parameter::{Parameter, Sort};
use crate::rules::table::Table;

/// The usual site, and one for each place, with what is put where.
pub(super) fn sites(pack: &Pack, rule: &Rule, usual: &Site) -> Vec<(String, Site)> {
    let mut told = vec![("usual".to_owned(), usual.clone())];
    for (parameter, numbers) in numbers(pack, rule) {
        for number in numbers {
            told.push((
                format!("{parameter} = {number}"),
                usual.with(parameter, &number),
            ));
        }
    }
    for table in tables(rule) {
        told.extend(both_axes(table, usual));
    }
    for condition in conditions(pack, rule) {
        condition.walk(&mut |one| told.extend(words(one, usual)));
    }
    if let Some(Table::Choices { by, .. }) = tables(rule).first() {
        told.extend(each_word(*by, usual));
    }
    told
}

fn tables(rule: &Rule) -> Vec<&Table> {
    match &rule.body {
        Body::Number(number) => std::iter::once(&number.table)
            .chain(&number.greatest)
            .collect(),
        Body::Words(_) | Body::Path(_) | Body::Office { .. } | Body::OfficerDecides => Vec::new(),
    }
}

/// Every condition on which something of the rule depends.
fn conditions<'p>(pack: &'p Pack, rule: &'p Rule) -> Vec<&'p Condition> {
    let mut all: Vec<&Condition> = rule.when.iter().chain(&rule.unless).collect();
    if let Body::Number(number) = &rule.body {
        all.extend(&number.extra_when);
        all.extend(number.extras.iter().flat_map(|extra| &extra.when));
    }
    all.extend(rule.yields.iter().flat_map(|yields| &yields.when));
    all.extend(pack.readings.iter().flat_map(|reading| &reading.when));
    all
}

/// For each parameter the numbers just below, at and just above each end and knot, and the middles
/// between knots.
fn numbers(pack: &Pack, rule: &Rule) -> BTreeMap<Parameter, BTreeSet<Decimal>> {
    let mut places: BTreeMap<Parameter, BTreeSet<Decimal>> = BTreeMap::new();
    let knots = tables(rule).into_iter().flat_map(Table::knots);
    knots.for_each(|(parameter, at)| {
        places.entry(parameter).or_default().insert(at);
    });
    for table in tables(rule) {
        if let Table::Proportion { of, .. } = table {
            // A straight line has no knots: two of its places.
            places
                .entry(*of)
                .or_default()
                .extend([Decimal::TWO, Decimal::TEN]);
        }
    }
    for condition in conditions(pack, rule) {
        condition.walk(&mut |one| {
            if let Condition::Number { parameter, between } = one {
                let at = between.edges().map(|edge| edge.at);
                places.entry(*parameter).or_default().extend(at);
            }
        });
    }
    for (parameter, at) in &mut places {
        let step = step_of(*parameter);
        let knots: Vec<Decimal> = at.iter().copied().collect();
        let middles = knots.windows(2).map(|two| (two[0] + two[1]) / Decimal::TWO);
        let around = knots.iter().flat_map(|at| [*at - step, *at, *at + step]);
        let all = middles.filter(|_| step < Decimal::ONE).chain(around);
        let all = all.filter(|number| *number >= Decimal::ZERO);
        *at = all.map(|number| number.round_dp(3).normalize()).collect();
    }
    places
}

/// Every pair of knots of a table with two axes.
fn both_axes(table: &Table, usual: &Site) -> Vec<(String, Site)> {
    let parameters = table.parameters();
    let [rows, columns] = parameters.as_slice() else {
        return Vec::new();
    };
    let along = |axis: &Parameter| -> BTreeSet<Decimal> {
        let knots = table.knots().into_iter().filter(|(by, _)| by == axis);
        knots.map(|(_, at)| at).collect()
    };
    let mut told = Vec::new();
    for row in along(rows) {
        for column in along(columns) {
            let site = usual.with(*rows, &row).with(*columns, &column);
            told.push((format!("{rows} = {row}, {columns} = {column}"), site));
        }
    }
    told
}

/// What a condition that is not of numbers may be.
fn words(condition: &Condition, usual: &Site) -> Vec<(String, Site)> {
    match condition {
        Condition::Truth { parameter, .. } | Condition::Word { parameter, .. } => {
            each_word(*parameter, usual)
        }
        Condition::Inside { area, .. } => [true, false]
            .map(|is| (format!("{area} = {is}"), usual.placed(area, is)))
            .to_vec(),
        Condition::Number { .. }
        | Condition::Exists { .. }
        | Condition::Wards(_)
        | Condition::Any(_) => Vec::new(),
    }
}

fn each_word(parameter: Parameter, usual: &Site) -> Vec<(String, Site)> {
    let words: &[&str] = match parameter.sort() {
        Sort::Truth => &["true", "false"],
        Sort::Word(words) => words,
        Sort::Number(_) | Sort::Code => &[],
    };
    let site = |word: &&str| (format!("{parameter} = {word}"), usual.with(parameter, word));
    words.iter().map(site).collect()
}
