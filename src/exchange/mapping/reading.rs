//! Values read as numbers, days, codes: what cannot be read is a finding with field and value.

use super::columns::{Columns, Found};
use crate::cadastre::{Day, InvalidKey, WardCode};
use crate::exchange::source::{RawFeature, RawGeometry};
use crate::exchange::stated_area::ambiguous;
use crate::exchange::text::{DecimalSign, Written};
use crate::exchange::{Finding, FindingCode};

/// What reading gives: a rejection is the other way out.
pub(super) type Read<T> = Result<T, Box<Finding>>;

/// Reads target fields of one feature.
pub(super) struct Reading<'a> {
    pub columns: &'a Columns,
    pub feature: &'a RawFeature,
    pub dates: &'a [String],
    pub decimal: Option<DecimalSign>,
}

/// A finding about a value that is not what its field wants.
pub(super) fn unreadable(found: &Found<'_>, expected: &str) -> Box<Finding> {
    let values = [
        ("field", found.from),
        ("value", &*found.text),
        ("expected", expected),
    ];
    Box::new(Finding::rejection(
        FindingCode::UnreadableField,
        "",
        &values,
    ))
}

impl<'a> Reading<'a> {
    pub fn found(&self, target: &str) -> Read<Option<Found<'a>>> {
        self.columns.find(self.feature, target)
    }

    pub fn text(&self, target: &str) -> Read<Option<String>> {
        Ok(self.found(target)?.map(|f| f.text.into_owned()))
    }

    /// A value that must be there.
    pub fn required(&self, target: &str) -> Read<Found<'a>> {
        self.found(target)?.ok_or_else(|| self.missing(target))
    }

    /// A finding about a target field that must have a value.
    pub fn missing(&self, target: &str) -> Box<Finding> {
        missing(target, self.columns.source_of(target))
    }

    /// A value read by a parser of the cadastre.
    pub fn parsed<T>(
        &self,
        target: &str,
        parse: impl Fn(&str) -> Result<T, InvalidKey>,
    ) -> Read<Option<T>> {
        let Some(found) = self.found(target)? else {
            return Ok(None);
        };
        let parsed = parse(&found.text);
        parsed.map(Some).map_err(|e| unreadable(&found, e.expected))
    }

    /// The code of a ward; a number that lost its leading zeros has them back.
    pub fn ward(&self, target: &str) -> Read<Option<WardCode>> {
        self.parsed(target, |text| match text.len() {
            ..5 => WardCode::parse(&format!("{text:0>5}")),
            _ => WardCode::parse(text),
        })
    }

    /// A number of 0 or more, as it is written.
    pub fn written(&self, target: &str) -> Read<Option<(Found<'a>, Written)>> {
        let Some(found) = self.found(target)? else {
            return Ok(None);
        };
        let number = found.number.filter(|n| n.is_finite() && *n >= 0.0);
        let written = match found.number {
            Some(_) => number.map(Written::Certain),
            None => Written::read(&found.text, self.decimal),
        };
        match written {
            Some(written) => Ok(Some((found, written))),
            None => Err(unreadable(&found, "a number of 0 or more")),
        }
    }

    /// A number of 0 or more of which there is only one reading.
    fn number(&self, target: &str) -> Read<Option<f64>> {
        match self.written(target)? {
            None => Ok(None),
            Some((_, Written::Certain(number))) => Ok(Some(number)),
            Some((found, Written::Either { decimal, grouped })) => {
                let finding = ambiguous(found.from, &found.text, decimal, grouped);
                Err(Box::new(finding))
            }
        }
    }

    /// A number times a factor, rounded, within the range of its type.
    pub fn scaled<T: TryFrom<i64>>(&self, target: &str, factor: f64) -> Read<Option<T>> {
        let Some(number) = self.number(target)? else {
            return Ok(None);
        };
        let rounded = (number * factor).round();
        let whole = (rounded <= 1e15).then_some(rounded as i64);
        match whole.and_then(|w| T::try_from(w).ok()) {
            Some(value) => Ok(Some(value)),
            None => Err(unreadable(&self.required(target)?, "a smaller number")),
        }
    }

    /// A number times a factor that must come out whole, and at most `most`: a number that the law
    /// declares is taken as it is or not at all. What floating point adds does not count.
    pub fn declared<T: TryFrom<i64>>(
        &self,
        target: &str,
        factor: f64,
        most: i64,
        expected: &str,
    ) -> Read<Option<T>> {
        let Some((found, written)) = self.written(target)? else {
            return Ok(None);
        };
        let declared = |number: f64| {
            let scaled = number * factor;
            let whole = (scaled - scaled.round()).abs() < 0.01 && scaled <= most as f64 + 0.01;
            let value = whole.then(|| scaled.round() as i64);
            value.and_then(|value| T::try_from(value).ok())
        };
        let (certain, other) = match written {
            Written::Certain(number) => (declared(number), None),
            Written::Either { decimal, grouped } => (declared(decimal), declared(grouped)),
        };
        match (certain, other, written) {
            (Some(_), Some(_), Written::Either { decimal, grouped }) => {
                let finding = ambiguous(found.from, &found.text, decimal, grouped);
                Err(Box::new(finding))
            }
            (None, None, _) => Err(unreadable(&found, expected)),
            (certain, other, _) => Ok(certain.or(other)),
        }
    }

    /// Yes or no, in Vietnamese, English or digits; no where nothing is said.
    pub fn flag(&self, target: &str) -> Read<bool> {
        let Some(found) = self.found(target)? else {
            return Ok(false);
        };
        match found.text.to_lowercase().as_str() {
            "true" | "yes" | "1" | "có" | "x" => Ok(true),
            "false" | "no" | "0" | "không" => Ok(false),
            _ => Err(unreadable(&found, "true or false")),
        }
    }

    /// A day in one of the profile's forms; `0` stands for none.
    pub fn day(&self, target: &str) -> Read<Option<Day>> {
        let Some(found) = self.found(target)? else {
            return Ok(None);
        };
        if found.text == "0" {
            return Ok(None);
        }
        let iso = Day::parse(&found.text).ok();
        let mut forms = self.dates.iter();
        iso.or_else(|| forms.find_map(|form| day(&found.text, form)))
            .map(Some)
            .ok_or_else(|| unreadable(&found, &self.dates.join(", ")))
    }
}

/// A finding about a feature without a key: nothing else tells features of a planning layer apart.
pub(super) fn keyless() -> Box<Finding> {
    let values = [("field", "key")];
    Box::new(Finding::rejection(
        FindingCode::MissingField,
        "key",
        &values,
    ))
}

/// A finding about a geometry of another kind than its target takes.
pub(super) fn wrong_kind(geometry: &RawGeometry, expected: &str) -> Box<Finding> {
    let found = match (
        geometry.areas.is_empty(),
        geometry.lines.is_empty(),
        geometry.points.is_empty(),
    ) {
        (false, true, true) => "Polygon",
        (true, false, true) => "LineString",
        (true, true, _) => "Point",
        _ => "GeometryCollection",
    };
    let values = [("found", found), ("expected", expected)];
    let code = FindingCode::WrongGeometry;
    Box::new(Finding::rejection(code, "", &values))
}

/// A finding about a target field that must have a value: the field of the source is empty, or
/// there is none.
pub(super) fn missing(target: &str, source: Option<&str>) -> Box<Finding> {
    let case = if source.is_some() { "" } else { "no_column" };
    let values = [("field", source.unwrap_or(target)), ("meaning", target)];
    Box::new(Finding::rejection(FindingCode::MissingField, case, &values))
}

/// A day in a form such as `DD/MM/YYYY`; every other character stands for itself.
fn day(text: &str, form: &str) -> Option<Day> {
    if text.len() != form.len() || !text.is_ascii() {
        return None;
    }
    let part = |letters: &str| {
        let at = form.find(letters)?;
        text.get(at..at + letters.len())
    };
    let fixed = form
        .bytes()
        .zip(text.bytes())
        .all(|(f, t)| matches!(f, b'Y' | b'M' | b'D') || f == t);
    let (year, month, day) = (part("YYYY")?, part("MM")?, part("DD")?);
    let iso = format!("{year}-{month}-{day}");
    Day::parse(&iso).ok().filter(|_| fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_the_form_the_profile_states_and_in_no_other() {
        let first_of_july = Day::parse("2025-07-01").ok();
        assert_eq!(day("01/07/2025", "DD/MM/YYYY"), first_of_july);
        assert_eq!(day("20250701", "YYYYMMDD"), first_of_july);
        assert_eq!(day("01-07-2025", "DD/MM/YYYY"), None);
        assert_eq!(day("31/02/2025", "DD/MM/YYYY"), None);
        assert_eq!(day("1/7/2025", "DD/MM/YYYY"), None);
    }
}
