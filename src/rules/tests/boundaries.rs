//! At every end of an interval and every knot of the packs: just below, at, just above.
//!
//! The expected value is worked out here once more, from the text of the rule and not from what was
//! read of it, by another way of calculating.

use serde_json::Value;

use super::*;
use crate::rules::kinds::Body;
use crate::rules::{Condition, Fact, Origin, Outcome, Parameter, Sort, Table};

const MILLI: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

/// The three numbers around a bound that a parameter can have.
fn around(at: Decimal) -> impl Iterator<Item = Decimal> {
    let near = [at - MILLI, at, at + MILLI].into_iter();
    near.filter(|number| *number >= Decimal::ZERO)
}

/// Whether a number lies in an interval as the text writes it.
fn lies_in(interval: &Value, number: Decimal) -> bool {
    let edge = |key: &str| interval[key].as_str().map(decimal);
    edge("from").is_none_or(|from| number >= from)
        && edge("above").is_none_or(|above| number > above)
        && edge("below").is_none_or(|below| number < below)
        && edge("up_to").is_none_or(|up_to| number <= up_to)
}

fn only(parameter: Parameter, number: Decimal) -> Facts {
    let mut facts = Facts::new();
    let fact = Fact::Number(number);
    facts
        .set(parameter, fact, Origin::Derived)
        .expect("a number");
    facts
}

/// A cell as the text has it, read back from what a table comes to.
fn told(table: &Table, facts: &Facts) -> String {
    use crate::rules::table::Entry;
    match table.at(facts) {
        Entry::Cell(cell) => cell.to_string(),
        Entry::Unknown(lacks) => format!("{lacks:?}"),
    }
}

fn every_table(mut see: impl FnMut(&Pack, &str, &Table, &Value)) {
    for pack in built_in_packs().expect("packs") {
        for rule in &pack.rules {
            if let Body::Number(number) = &rule.body {
                see(&pack, &rule.id, &number.table, &rule.text);
                if let Some(greatest) = &number.greatest {
                    see(&pack, &rule.id, greatest, &rule.text["greatest"]);
                }
            }
        }
    }
}

#[test]
fn at_every_end_of_a_band_the_number_belongs_to_the_band_that_the_text_says() {
    let mut tried = 0;
    every_table(|pack, rule, table, text| {
        if !matches!(table, Table::Bands { .. }) {
            return;
        }
        for (parameter, at) in table.knots() {
            for number in around(at) {
                let bands = text["bands"]["intervals"].as_array().expect("intervals");
                let mut inside = bands.iter().filter(|band| lies_in(band, number));
                let expected = inside.next().map_or("unconfirmed", |band| {
                    band["value"].as_str().expect("a value")
                });
                assert_eq!(inside.next(), None, "{}/{rule}", pack.id);
                let found = told(table, &only(parameter, number));
                assert_eq!(found, expected, "{}/{rule} at {number}", pack.id);
                tried += 1;
            }
        }
    });
    assert!(tried > 150, "{tried}");
}

/// Straight between the two knots around a number, by the share of the way; held beyond them.
fn straight(knots: &[(Decimal, Decimal)], number: Decimal) -> Decimal {
    let after = knots.iter().position(|(at, _)| *at >= number);
    match after {
        Some(0) => knots[0].1,
        None => knots[knots.len() - 1].1,
        Some(after) => {
            let ((x0, y0), (x1, y1)) = (knots[after - 1], knots[after]);
            y0 + (number - x0) / (x1 - x0) * (y1 - y0)
        }
    }
}

fn numbers(list: &Value) -> Vec<Decimal> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|n| decimal(n.as_str().expect("a number")))
        .collect()
}

fn near(found: &str, expected: Decimal, what: &str) {
    let found = decimal(found);
    let apart = (found - expected).abs();
    assert!(
        apart < Decimal::new(1, 15),
        "{what}: {found}, expected {expected}"
    );
}

#[test]
fn at_and_beside_every_knot_a_line_goes_straight_to_the_next() {
    let mut tried = 0;
    every_table(|pack, rule, table, text| {
        if !matches!(table, Table::Interpolation { .. }) {
            return;
        }
        let line = &text["interpolation"];
        let knots = line["knots"].as_array().expect("knots").iter().map(numbers);
        let knots: Vec<(Decimal, Decimal)> = knots.map(|pair| (pair[0], pair[1])).collect();
        let middle = knots.windows(2).map(|w| (w[0].0 + w[1].0) / Decimal::TWO);
        let places: Vec<Decimal> = knots.iter().map(|k| k.0).chain(middle).collect();
        let (parameter, _) = table.knots()[0];
        for number in places.into_iter().flat_map(around) {
            let found = told(table, &only(parameter, number));
            let beyond = |end: &str| line[end].as_str().filter(|word| *word != "held");
            let expected = if number < knots[0].0 {
                beyond("before")
            } else if number > knots[knots.len() - 1].0 {
                beyond("after")
            } else {
                None
            };
            match expected {
                Some(word) => assert_eq!(found, word, "{}/{rule} at {number}", pack.id),
                None => near(&found, straight(&knots, number), rule),
            }
            tried += 1;
        }
    });
    assert!(tried > 60, "{tried}");
}

#[test]
fn at_and_beside_every_knot_of_two_axes_a_surface_is_straight_along_both() {
    let mut tried = 0;
    every_table(|_, rule, table, text| {
        let Table::Surface { rows, columns, .. } = table else {
            return;
        };
        let surface = &text["surface"];
        let cells: Vec<Vec<Decimal>> = surface["cells"]
            .as_array()
            .expect("rows")
            .iter()
            .map(numbers)
            .collect();
        let (at_rows, at_columns) = (
            numbers(&surface["rows"]["at"]),
            numbers(&surface["columns"]["at"]),
        );
        let last = at_rows[at_rows.len() - 1];
        for height in at_rows.iter().copied().flat_map(around) {
            for area in at_columns.iter().copied().flat_map(around) {
                // First along the rows, then along the columns; the engine does both at once.
                let row: Vec<Decimal> = if height > last {
                    numbers(&surface["rows"]["after"])
                } else {
                    let column = |j: usize| {
                        let knots = at_rows.iter().copied().zip(cells.iter().map(|row| row[j]));
                        straight(&knots.collect::<Vec<_>>(), height)
                    };
                    (0..at_columns.len()).map(column).collect()
                };
                let knots: Vec<_> = at_columns.iter().copied().zip(row).collect();
                let expected = straight(&knots, area);
                let mut facts = only(rows.by, height);
                facts
                    .set(columns.by, Fact::Number(area), Origin::Derived)
                    .expect("an area");
                near(&told(table, &facts), expected, rule);
                tried += 1;
            }
        }
    });
    assert!(tried > 1000, "{tried}");
}

#[test]
fn at_every_end_of_a_condition_the_number_is_inside_as_the_text_says() {
    let mut tried = 0;
    for pack in built_in_packs().expect("packs") {
        for rule in &pack.rules {
            let texts = rule.text["when"].as_array().cloned().unwrap_or_default();
            for (condition, text) in rule.when.iter().zip(texts) {
                let Condition::Number { parameter, between } = condition else {
                    continue;
                };
                for number in between.edges().flat_map(|edge| around(edge.at)) {
                    let holds = condition.holds(&only(*parameter, number));
                    assert_eq!(holds, lies_in(&text, number).into(), "{}: {text}", rule.id);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn a_millimetre_beyond_a_bound_fails_and_within_the_tolerance_an_officer_decides() {
    let mut tried = 0;
    every_table(|_, rule, table, text| {
        let values: Vec<Decimal> = match table {
            Table::Bands { cells, .. } => cells
                .iter()
                .filter_map(|cell| match cell {
                    crate::rules::Cell::Value(value) => Some(*value),
                    _ => None,
                })
                .collect(),
            Table::Constant(crate::rules::Cell::Value(value)) => vec![*value],
            _ => return,
        };
        let Some(word) = text["bound"].as_str() else {
            return;
        };
        let unit = crate::rules::Unit::of_word(text["unit"].as_str().expect("a unit")).expect(rule);
        let most = matches!(word, "at_most" | "less_than");
        let bound = |value| crate::rules::NumberBound {
            value,
            unit,
            sense: if most {
                crate::rules::Sense::AtMost
            } else {
                crate::rules::Sense::AtLeast
            },
            inclusivity: crate::rules::Inclusivity::Inclusive,
        };
        for value in values {
            let beyond = if most { MILLI } else { -MILLI };
            let at = |found, tolerance| crate::rules::compare(found, &bound(value), tolerance);
            assert_eq!(at(value - beyond, Decimal::ZERO), Outcome::Pass, "{rule}");
            assert_eq!(at(value, Decimal::ZERO), Outcome::Pass, "{rule}");
            assert_eq!(at(value + beyond, Decimal::ZERO), Outcome::Fail, "{rule}");
            assert_eq!(at(value + beyond, MILLI), Outcome::Marginal, "{rule}");
            assert_eq!(at(value, MILLI), Outcome::Marginal, "{rule}");
            assert_eq!(at(value + beyond + beyond, MILLI), Outcome::Fail, "{rule}");
            assert_eq!(at(value - beyond, MILLI), Outcome::Pass, "{rule}");
            tried += 1;
        }
    });
    assert!(tried > 60, "{tried}");
}

#[test]
fn every_word_of_a_choice_has_the_cell_that_the_text_says() {
    let mut tried = 0;
    every_table(|_, rule, table, text| {
        let Table::Choices { by, .. } = table else {
            return;
        };
        let Sort::Word(words) = by.sort() else {
            return;
        };
        for word in words {
            let cases = text["choices"]["cases"].as_array().expect("cases");
            let has = |case: &&Value| {
                case["among"]
                    .as_array()
                    .expect("words")
                    .contains(&Value::from(*word))
            };
            let expected = cases.iter().find(has);
            let expected = expected.map_or("unconfirmed", |case| {
                case["value"].as_str().expect("a value")
            });
            let mut facts = Facts::new();
            facts.state(by.name(), word).expect("a word");
            assert_eq!(told(table, &facts), expected, "{rule}: {word}");
            tried += 1;
        }
    });
    assert!(tried > 4, "{tried}");
}
