//! Tables of law: constants, bands, choices, interpolation along one or two axes, proportions.
//!
//! Interpolation is one sum of exact products and one division at its end. With numbers of at most
//! six decimals the sum is exact, so a value that a decimal can hold comes out exactly, and any
//! other is off by less than 10^-20.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::between::Between;
use super::condition::Lack;
use super::facts::{Fact, Facts};
use super::parameter::Parameter;

/// A cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A number in the rule's unit.
    Value(Decimal),
    /// The text sets no bound here.
    None,
    /// What the text says here is not known.
    Unconfirmed,
}

/// What a table says before its first knot or after its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// As at the knot.
    Held,
    /// This.
    Cell(Cell),
    /// These, one for each knot of the other axis.
    Row(Vec<Decimal>),
}

/// An axis with knots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knots {
    /// Parameter.
    pub by: Parameter,
    /// At least two, ascending.
    pub at: Vec<Decimal>,
    /// Before the first.
    pub before: End,
    /// After the last.
    pub after: End,
}

/// An axis with intervals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intervals {
    /// Parameter.
    pub by: Parameter,
    /// Ascending, without a number in two of them.
    pub each: Vec<Between>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// The same everywhere.
    Constant(Cell),
    /// One cell for each interval; between intervals it is unconfirmed.
    Bands {
        /// Axis.
        intervals: Intervals,
        /// A cell for each interval.
        cells: Vec<Cell>,
    },
    /// One cell for each list of words; for words in no list it is unconfirmed.
    Choices {
        /// Parameter.
        by: Parameter,
        /// Words and their cell.
        cases: Vec<(Vec<Box<str>>, Cell)>,
    },
    /// One cell for each pair of intervals.
    Steps {
        /// Axis of the rows.
        rows: Intervals,
        /// Axis of the columns.
        columns: Intervals,
        /// Cells, row by row.
        cells: Vec<Vec<Cell>>,
    },
    /// Straight between knots.
    Interpolation {
        /// Axis.
        knots: Knots,
        /// A value for each knot.
        values: Vec<Decimal>,
    },
    /// Straight between knots on both axes.
    Surface {
        /// Axis of the rows.
        rows: Knots,
        /// Axis of the columns.
        columns: Knots,
        /// Values, row by row.
        cells: Vec<Vec<Decimal>>,
    },
    /// A parameter divided by a number, less another, and not below zero.
    Proportion {
        /// Parameter.
        of: Parameter,
        /// Divisor, not zero.
        divided_by: Decimal,
        /// What is taken off.
        less: Decimal,
    },
}

/// What a table says at a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A cell.
    Cell(Cell),
    /// It depends on what is not known.
    Unknown(BTreeSet<Lack>),
}

impl Entry {
    fn lacking(lack: Lack) -> Self {
        Self::Unknown(BTreeSet::from([lack]))
    }
}

/// A parameter of a site for a table: its number, or what the table says without one.
fn number_of(facts: &Facts, parameter: Parameter) -> Result<Decimal, Entry> {
    match facts.find(parameter) {
        Some(Fact::Number(number)) => Ok(*number),
        Some(_) => Err(Entry::Cell(Cell::None)),
        None => Err(Entry::Unknown(facts.lacks(parameter))),
    }
}

/// Where a number lies on an axis: the weight of each of two neighbouring knots, over their sum.
struct Weights {
    first: usize,
    /// Of the first knot and the one after it; one of them may be zero.
    parts: [Decimal; 2],
    whole: Decimal,
}

enum Place {
    On(Weights),
    Beyond(End),
}

impl Knots {
    fn place(&self, number: Decimal) -> Option<Place> {
        let held = |first: usize, parts: [Decimal; 2]| {
            let whole = Decimal::ONE;
            Place::On(Weights {
                first,
                parts,
                whole,
            })
        };
        let (first, last) = (self.at.first()?, self.at.last()?);
        if number < *first {
            return Some(match &self.before {
                End::Held => held(0, [Decimal::ONE, Decimal::ZERO]),
                end => Place::Beyond(end.clone()),
            });
        }
        if number > *last {
            return Some(match &self.after {
                End::Held => held(self.at.len().checked_sub(2)?, [Decimal::ZERO, Decimal::ONE]),
                end => Place::Beyond(end.clone()),
            });
        }
        let after = self.at.iter().position(|knot| *knot >= number)?;
        let first = after.saturating_sub(1);
        let (low, high) = (*self.at.get(first)?, *self.at.get(first + 1)?);
        Some(Place::On(Weights {
            first,
            parts: [high.checked_sub(number)?, number.checked_sub(low)?],
            whole: high.checked_sub(low)?,
        }))
    }
}

/// Σ value × weight, over the product of the wholes: exact until the one division.
fn weighed(
    rows: &Weights,
    columns: &Weights,
    value: impl Fn(usize, usize) -> Option<Decimal>,
) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for (i, row) in rows.parts.iter().enumerate() {
        for (j, column) in columns.parts.iter().enumerate() {
            let weight = row.checked_mul(*column)?;
            if weight.is_zero() {
                continue;
            }
            let value = value(rows.first + i, columns.first + j)?;
            sum = sum.checked_add(value.checked_mul(weight)?)?;
        }
    }
    sum.checked_div(rows.whole.checked_mul(columns.whole)?)
}

/// The one row of a table that has only one.
const ONE_ROW: Weights = Weights {
    first: 0,
    parts: [Decimal::ONE, Decimal::ZERO],
    whole: Decimal::ONE,
};

fn valued(value: Option<Decimal>, by: Parameter) -> Entry {
    match value {
        Some(value) => Entry::Cell(Cell::Value(value.normalize())),
        None => Entry::lacking(Lack::Range(by)),
    }
}

impl Table {
    /// What the table says at a site.
    pub fn at(&self, facts: &Facts) -> Entry {
        self.find(facts).unwrap_or_else(|otherwise| otherwise)
    }

    fn find(&self, facts: &Facts) -> Result<Entry, Entry> {
        let cell = match self {
            Self::Constant(cell) => *cell,
            Self::Bands { intervals, cells } => {
                let number = number_of(facts, intervals.by)?;
                let place = intervals.each.iter().position(|each| each.has(number));
                let cell = place.and_then(|place| cells.get(place));
                cell.copied().unwrap_or(Cell::Unconfirmed)
            }
            Self::Choices { by, cases } => match facts.find(*by) {
                Some(Fact::Word(word)) => {
                    let case = cases.iter().find(|(words, _)| words.contains(word));
                    case.map_or(Cell::Unconfirmed, |(_, cell)| *cell)
                }
                Some(_) => Cell::None,
                None => return Err(Entry::Unknown(facts.lacks(*by))),
            },
            Self::Steps {
                rows,
                columns,
                cells,
            } => {
                let place = |axis: &Intervals| -> Result<Option<usize>, Entry> {
                    let number = number_of(facts, axis.by)?;
                    Ok(axis.each.iter().position(|each| each.has(number)))
                };
                let place = place(rows)?.zip(place(columns)?);
                let cell = place.and_then(|(row, column)| cells.get(row)?.get(column));
                cell.copied().unwrap_or(Cell::Unconfirmed)
            }
            Self::Interpolation { knots, values } => {
                let number = number_of(facts, knots.by)?;
                return Ok(match knots.place(number) {
                    Some(Place::On(on)) => {
                        let value = |_, column: usize| values.get(column).copied();
                        valued(weighed(&ONE_ROW, &on, value), knots.by)
                    }
                    Some(Place::Beyond(End::Cell(cell))) => Entry::Cell(cell),
                    _ => Entry::lacking(Lack::Range(knots.by)),
                });
            }
            Self::Surface {
                rows,
                columns,
                cells,
            } => return surface(rows, columns, cells, facts),
            Self::Proportion {
                of,
                divided_by,
                less,
            } => {
                let number = number_of(facts, *of)?;
                let share = number.checked_div(*divided_by);
                let value = share.and_then(|share| share.checked_sub(*less));
                return Ok(valued(value.map(|v| v.max(Decimal::ZERO)), *of));
            }
        };
        Ok(Entry::Cell(cell))
    }

    /// The parameters it asks for.
    pub fn parameters(&self) -> Vec<Parameter> {
        match self {
            Self::Constant(_) => Vec::new(),
            Self::Bands { intervals, .. } => vec![intervals.by],
            Self::Choices { by, .. } => vec![*by],
            Self::Steps { rows, columns, .. } => vec![rows.by, columns.by],
            Self::Interpolation { knots, .. } => vec![knots.by],
            Self::Surface { rows, columns, .. } => vec![rows.by, columns.by],
            Self::Proportion { of, .. } => vec![*of],
        }
    }

    /// The numbers at which it changes or bends, for tests at and beside them.
    pub fn knots(&self) -> Vec<(Parameter, Decimal)> {
        let edges = |axis: &Intervals| -> Vec<(Parameter, Decimal)> {
            let edges = axis.each.iter().flat_map(Between::edges);
            edges.map(|edge| (axis.by, edge.at)).collect()
        };
        let knots = |axis: &Knots| -> Vec<(Parameter, Decimal)> {
            axis.at.iter().map(|at| (axis.by, *at)).collect()
        };
        match self {
            Self::Constant(_) | Self::Choices { .. } | Self::Proportion { .. } => Vec::new(),
            Self::Bands { intervals, .. } => edges(intervals),
            Self::Steps { rows, columns, .. } => [edges(rows), edges(columns)].concat(),
            Self::Interpolation { knots: axis, .. } => knots(axis),
            Self::Surface { rows, columns, .. } => [knots(rows), knots(columns)].concat(),
        }
    }

    /// Whether a cell of it, or a gap between its intervals, is unconfirmed.
    pub(super) fn has_unconfirmed(&self) -> bool {
        let end = |end: &End| *end == End::Cell(Cell::Unconfirmed);
        let ends = |axis: &Knots| end(&axis.before) || end(&axis.after);
        match self {
            Self::Constant(cell) => *cell == Cell::Unconfirmed,
            Self::Bands { cells, .. } => cells.contains(&Cell::Unconfirmed),
            Self::Choices { cases, .. } => cases.iter().any(|(_, c)| *c == Cell::Unconfirmed),
            Self::Steps { cells, .. } => cells.iter().flatten().any(|c| *c == Cell::Unconfirmed),
            Self::Interpolation { knots, .. } => ends(knots),
            Self::Surface { rows, columns, .. } => ends(rows) || ends(columns),
            Self::Proportion { .. } => false,
        }
    }
}

fn surface(
    rows: &Knots,
    columns: &Knots,
    cells: &[Vec<Decimal>],
    facts: &Facts,
) -> Result<Entry, Entry> {
    let row = rows.place(number_of(facts, rows.by)?);
    let column = columns.place(number_of(facts, columns.by)?);
    let value = match (row, column) {
        (Some(Place::Beyond(End::Cell(cell))), _) | (_, Some(Place::Beyond(End::Cell(cell)))) => {
            return Ok(Entry::Cell(cell));
        }
        (Some(Place::On(row)), Some(Place::On(column))) => {
            weighed(&row, &column, |i, j| cells.get(i)?.get(j).copied())
        }
        (Some(Place::Beyond(End::Row(row))), Some(Place::On(column))) => {
            weighed(&ONE_ROW, &column, |_, j| row.get(j).copied())
        }
        _ => None,
    };
    Ok(valued(value, rows.by))
}
