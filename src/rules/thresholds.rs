//! At which numbers of a parameter rules may begin to say something else.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::between::Between;
use super::condition::Condition;
use super::pack::{Pack, Rule};
use super::parameter::Parameter;
use super::table::{Intervals, Knots, Table};

/// The numbers of a parameter at which conditions and tables of packs change. Between two of them a
/// bound stays the same or goes one way.
pub(super) fn thresholds(packs: &[Pack], parameter: Parameter) -> BTreeSet<Decimal> {
    let mut found = BTreeSet::new();
    for pack in packs {
        // What a pack reads from the parameter counts as it.
        let names = pack.read_as(parameter);
        let mut of = Seen {
            names: &names,
            found: &mut found,
        };
        pack.each_condition(&mut |condition| of.condition(condition));
        let tables = pack.rules.iter().flat_map(Rule::tables);
        tables.for_each(|table| of.table(table));
    }
    found
}

struct Seen<'s> {
    names: &'s [Parameter],
    found: &'s mut BTreeSet<Decimal>,
}

impl Seen<'_> {
    fn condition(&mut self, condition: &Condition) {
        if let Condition::Number { parameter, between } = condition
            && self.names.contains(parameter)
        {
            self.between(between);
        }
    }

    fn between(&mut self, between: &Between) {
        let ends = [between.lower, between.upper];
        self.found
            .extend(ends.into_iter().flatten().map(|end| end.at));
    }

    fn table(&mut self, table: &Table) {
        match table {
            Table::Constant(_) | Table::Choices { .. } => {}
            Table::Bands { intervals, .. } => self.intervals(intervals),
            Table::Steps { rows, columns, .. } => {
                self.intervals(rows);
                self.intervals(columns);
            }
            Table::Interpolation { knots, .. } => self.knots(knots),
            Table::Surface { rows, columns, .. } => {
                self.knots(rows);
                self.knots(columns);
            }
            Table::Proportion {
                of,
                divided_by,
                less,
            } => {
                // Below this it is cut off at zero.
                if self.names.contains(of) {
                    self.found.extend(less.checked_mul(*divided_by));
                }
            }
        }
    }

    fn intervals(&mut self, intervals: &Intervals) {
        if self.names.contains(&intervals.by) {
            intervals.each.iter().for_each(|each| self.between(each));
        }
    }

    fn knots(&mut self, knots: &Knots) {
        if self.names.contains(&knots.by) {
            self.found.extend(&knots.at);
        }
    }
}

/// A stretch of whole steps of a parameter, both ends included, within which a bound goes one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// First.
    pub first: u64,
    /// Last.
    pub last: u64,
}

/// The numbers from `first` to `last`, counted in steps of which `steps` are one, cut at thresholds:
/// each threshold is a stretch of its own.
pub(super) fn stretches(
    thresholds: &BTreeSet<Decimal>,
    steps: u64,
    first: u64,
    last: u64,
) -> Vec<Stretch> {
    use rust_decimal::prelude::ToPrimitive;
    let mut cuts = BTreeSet::from([first]);
    for threshold in thresholds {
        let at = threshold.checked_mul(steps.into());
        let whole = at.and_then(|at| at.ceil().to_u64());
        let Some(whole) = whole else { continue };
        cuts.insert(whole);
        if at.is_some_and(|at| at.fract().is_zero()) {
            cuts.insert(whole + 1);
        }
    }
    let starts: Vec<u64> = cuts
        .into_iter()
        .filter(|cut| (first..=last).contains(cut))
        .collect();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([last]);
    let pairs = starts.iter().zip(ends);
    pairs
        .map(|(&first, last)| Stretch { first, last })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_a_stretch_of_its_own_and_one_between_steps_is_none() {
        let at = BTreeSet::from([
            Decimal::new(19, 0),
            Decimal::new(225, 1),
            Decimal::new(55, 4),
        ]);
        let found = stretches(&at, 1000, 1, 30_000);
        let found: Vec<(u64, u64)> = found.iter().map(|s| (s.first, s.last)).collect();
        let expected = [
            (1, 5),
            (6, 18_999),
            (19_000, 19_000),
            (19_001, 22_499),
            (22_500, 22_500),
            (22_501, 30_000),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn every_threshold_of_heights_in_the_packs_is_found() {
        let packs = crate::rules::built_in_packs().expect("packs without a mistake");
        let found = thresholds(&packs, Parameter::BuildingHeight);
        for height in [16, 19, 22, 25, 28, 46] {
            assert!(found.contains(&height.into()), "{height}");
        }
    }
}
