//! Reads the crosswalk from the wards of before 1 July 2025 to those of today.

use super::{Day, FormerWard, WardCode, WardSuccession, names};

/// The columns of the file, in any order.
const COLUMNS: [&str; 6] = [
    "old_ward_code",
    "old_ward_name",
    "old_district_name",
    "old_province_name",
    "split_between_new_wards",
    "new_ward_code",
];

/// A file that is not such a crosswalk; lines count from 1, the header included.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCrosswalk {
    /// A column is missing.
    #[error("the ward crosswalk has no column `{0}`")]
    MissingColumn(&'static str),
    /// A line cannot be read.
    #[error("line {line} of the ward crosswalk: {reason}")]
    Line {
        /// Which line.
        line: usize,
        /// Why.
        reason: String,
    },
}

/// The rows of a crosswalk file (CSV, UTF-8, no field with commas or quotes in it), all with the
/// first day of the new units.
///
/// A row without an old code keeps an absent code, a row without an old name an empty one.
///
/// # Errors
/// [`InvalidCrosswalk`] with the column or line.
pub fn ward_successions(csv: &str, day: Day) -> Result<Vec<WardSuccession>, InvalidCrosswalk> {
    let mut lines = csv.trim_start_matches('\u{feff}').lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let mut places = [0; COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let found = header.iter().position(|h| h.trim() == column);
        *place = found.ok_or(InvalidCrosswalk::MissingColumn(column))?;
    }
    let numbered = lines
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(i, line)| {
            let wrong = |reason| InvalidCrosswalk::Line {
                line: i + 2,
                reason,
            };
            succession(line, header.len(), places, day).map_err(wrong)
        })
        .collect()
}

fn succession(
    line: &str,
    columns: usize,
    places: [usize; COLUMNS.len()],
    day: Day,
) -> Result<WardSuccession, String> {
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    if fields.len() != columns || line.contains('"') {
        return Err(format!("`{line}` has not {columns} plain fields"));
    }
    let [code, name, district, province, split, ward] = places.map(|place| fields[place]);
    let parse = |text: &str| WardCode::parse(text).map_err(|e| e.to_string());
    Ok(WardSuccession {
        former: FormerWard {
            code: (!code.is_empty()).then(|| parse(code)).transpose()?,
            full_name: names::nfc(name),
            district: names::nfc(district),
            province: names::nfc(province),
        },
        split: match split {
            "true" => true,
            "false" => false,
            _ => return Err(format!("`{split}` is neither `true` nor `false`")),
        },
        ward: parse(ward)?,
        day,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const CSV: &str = include_str!("../../data/wards/ward-crosswalk-2025.csv");

    fn merger() -> Day {
        Day::parse("2025-07-01").expect("a day")
    }

    #[test]
    fn the_real_crosswalk_has_the_counts_its_source_states() {
        let rows = ward_successions(CSV, merger()).expect("readable");
        let distinct = |codes: HashSet<_>| codes.len();
        assert_eq!(rows.len(), 492);
        assert_eq!(distinct(rows.iter().map(|r| r.former.code).collect()), 441);
        assert_eq!(distinct(rows.iter().map(|r| Some(r.ward)).collect()), 167);
        let phu_cuong = rows
            .iter()
            .find(|r| r.former.full_name == "Phường Phú Cường");
        let phu_cuong = phu_cuong.expect("in the table");
        assert_eq!((phu_cuong.ward.number(), phu_cuong.split), (25747, false));
        assert_eq!(phu_cuong.former.district, "Thành phố Thủ Dầu Một");
        assert!(rows.iter().any(|r| r.former.full_name.is_empty()));
    }

    #[test]
    fn a_missing_column_a_short_line_and_a_wrong_code_are_named_with_their_place() {
        let missing = CSV.replacen("old_ward_code", "code", 1);
        let expected = InvalidCrosswalk::MissingColumn("old_ward_code");
        assert_eq!(ward_successions(&missing, merger()), Err(expected));
        for (wrong, line) in [("25741,Phường", 2), ("25747,Phường Phú Cường,718", 3)] {
            let csv = CSV.replacen(wrong, "x", 1);
            let refused = ward_successions(&csv, merger()).expect_err("not readable");
            assert!(
                matches!(refused, InvalidCrosswalk::Line { line: l, .. } if l == line),
                "{refused}"
            );
        }
    }
}
