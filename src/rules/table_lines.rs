//! A table as lines of text, without words of a language.

use rust_decimal::Decimal;

use super::table::{Cell, End, Knots, Table};

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value(value) => write!(f, "{value}"),
            Self::None => f.write_str("none"),
            Self::Unconfirmed => f.write_str("unconfirmed"),
        }
    }
}

fn row<T: ToString>(cells: &[T]) -> String {
    let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
    cells.join(" | ")
}

fn end(end: &End) -> String {
    match end {
        End::Held => "held".to_owned(),
        End::Cell(cell) => cell.to_string(),
        End::Row(values) => row(values),
    }
}

fn ends(knots: &Knots) -> String {
    let (first, last) = (knots.at.first(), knots.at.last());
    let shown = |at: Option<&Decimal>| at.map_or_else(String::new, ToString::to_string);
    let (first, last) = (shown(first), shown(last));
    let (before, after) = (end(&knots.before), end(&knots.after));
    format!("{} < {first}: {before}; > {last}: {after}", knots.by)
}

impl Table {
    /// The table, a line for each row, interval or knot.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Constant(cell) => vec![cell.to_string()],
            Self::Bands { intervals, cells } => {
                let rows = intervals.each.iter().zip(cells);
                rows.map(|(each, cell)| format!("{} {each}: {cell}", intervals.by))
                    .collect()
            }
            Self::Choices { by, cases } => cases
                .iter()
                .map(|(words, cell)| format!("{by} = {}: {cell}", words.join(" | ")))
                .collect(),
            Self::Steps {
                rows,
                columns,
                cells,
            } => {
                let mut lines = vec![format!("{}: {}", columns.by, row(&columns.each))];
                let each = rows.each.iter().zip(cells);
                lines.extend(each.map(|(at, cells)| format!("{} {at}: {}", rows.by, row(cells))));
                lines
            }
            Self::Interpolation { knots, values } => {
                let each = knots.at.iter().zip(values);
                let each = each.map(|(at, value)| format!("{} = {at}: {value}", knots.by));
                each.chain([ends(knots)]).collect()
            }
            Self::Surface {
                rows,
                columns,
                cells,
            } => {
                let mut lines = vec![format!("{} = {}", columns.by, row(&columns.at))];
                let each = rows.at.iter().zip(cells);
                lines.extend(each.map(|(at, cells)| format!("{} = {at}: {}", rows.by, row(cells))));
                lines.extend([ends(rows), ends(columns)]);
                lines
            }
            Self::Proportion {
                of,
                divided_by,
                less,
            } => {
                let mut text = of.to_string();
                if *divided_by != Decimal::ONE {
                    text.push_str(&format!(" ÷ {divided_by}"));
                }
                if !less.is_zero() {
                    text.push_str(&format!(" − {less}"));
                }
                vec![text]
            }
        }
    }
}
