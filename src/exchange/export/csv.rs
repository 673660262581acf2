//! CSV with WKT: for import in metres of each record's own plane, three decimals, which is the grid
//! itself; as items in longitude and latitude like all other files, nine decimals.

use std::io::{BufWriter, Write};
use std::path::Path;

use super::items::{Names, Table};
use super::record::{Cell, ID, Record};
use super::write::{ExportError, Ground};
use crate::geometry::wkb::{Geometry, Position};

/// Writes one line per record after a line of names.
pub(super) fn write(
    table: Table,
    records: impl Iterator<Item = Record>,
    ground: Ground<'_>,
    path: &Path,
) -> Result<u64, ExportError> {
    let unwritable = |cause| ExportError::Unwritable {
        path: path.to_owned(),
        cause,
    };
    let mut file = BufWriter::new(std::fs::File::create(path).map_err(unwritable)?);
    let names = table.columns().join(",");
    writeln!(file, "WKT,{ID},{names}").map_err(unwritable)?;
    let mut count = 0;
    for record in records {
        let cells: Vec<String> = record.cells.iter().map(cell).collect();
        let shape = match table.names {
            Names::Profile => wkt::<3>(&ground.metres(&record)?),
            Names::Items => wkt::<9>(&ground.lonlat(&record)?),
        };
        let (id, cells) = (record.id, cells.join(","));
        writeln!(file, "\"{shape}\",{id},{cells}").map_err(unwritable)?;
        count += 1;
    }
    file.flush().map_err(unwritable)?;
    Ok(count)
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(None)
        | Cell::Integer(None)
        | Cell::Real(None)
        | Cell::Truth(None)
        | Cell::Day(None) => String::new(),
        Cell::Text(Some(text)) => quoted(text),
        Cell::Integer(Some(number)) => number.to_string(),
        Cell::Real(Some(number)) => unambiguous(number.to_string()),
        Cell::Truth(Some(truth)) => truth.to_string(),
        Cell::Day(Some(day)) => day.to_string(),
    }
}

/// A number that nobody can take for one of thousands: `12.345` gets a fourth decimal.
fn unambiguous(mut number: String) -> String {
    let decimals = number.split_once('.').map_or(0, |(_, after)| after.len());
    if decimals == 3 {
        number.push('0');
    }
    number
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn wkt<const DECIMALS: usize>(geometry: &Geometry) -> String {
    let list = |positions: &[Position]| {
        let pairs: Vec<String> = positions
            .iter()
            .map(|[x, y]| format!("{x:.DECIMALS$} {y:.DECIMALS$}"))
            .collect();
        format!("({})", pairs.join(","))
    };
    let lists = |lines: &[Vec<Position>]| {
        let lines: Vec<String> = lines.iter().map(|line| list(line)).collect();
        format!("({})", lines.join(","))
    };
    match geometry {
        Geometry::MultiPolygon(parts) if parts.is_empty() => "MULTIPOLYGON EMPTY".to_owned(),
        Geometry::MultiPoint(points) => format!("MULTIPOINT {}", list(points)),
        Geometry::MultiLineString(lines) => format!("MULTILINESTRING {}", lists(lines)),
        Geometry::MultiPolygon(parts) => {
            let parts: Vec<String> = parts.iter().map(|rings| lists(rings)).collect();
            format!("MULTIPOLYGON ({})", parts.join(","))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_decimals_are_written_as_four_and_others_as_they_are() {
        let written = |number| cell(&Cell::Real(Some(number)));
        let numbers = [12.345, 66.5, 66.0, 1234.25, 0.125];
        let expected = ["12.3450", "66.5", "66", "1234.25", "0.1250"];
        assert_eq!(numbers.map(written), expected);
    }
}
