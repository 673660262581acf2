//! Registered areas as texts state them, and which of two readings the ground bears out.

use super::text::Written;
use super::{Finding, FindingCode, Note};
use crate::cadastre::{AreaCheck, MapScale, MeasuredArea, RegisteredArea};
use crate::geometry::MultiPolygon;

/// A registered area that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StatedArea {
    /// The area.
    pub area: RegisteredArea,
    /// Whether its text has two readings, and the measured area told which one it is.
    pub by_measure: bool,
}

/// Why a text is no registered area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NoArea {
    /// Beyond what an area can be.
    OutOfRange,
    /// Two numbers, in square metres, of which the measured area bears out both or neither.
    Ambiguous(f64, f64),
}

impl StatedArea {
    /// The area that a text states in units of `unit_m2`. Of two readings it is the one that
    /// differs from the shape within the tolerance of App. 04, if the other one does not.
    pub fn of(
        written: Written,
        unit_m2: f64,
        (shape, scale): (&MultiPolygon, MapScale),
    ) -> Result<Self, NoArea> {
        let area = |number: f64| RegisteredArea::from_m2(number * unit_m2).ok();
        let (decimal, grouped) = match written {
            Written::Certain(number) => {
                let certain = area(number).map(|area| Self {
                    area,
                    by_measure: false,
                });
                return certain.ok_or(NoArea::OutOfRange);
            }
            Written::Either { decimal, grouped } => (decimal, grouped),
        };
        let measured = MeasuredArea::from_twice_mm2(shape.twice_area());
        let fits = |area: &RegisteredArea| AreaCheck::compare(scale, *area, measured).is_within();
        let fitting = [decimal, grouped].map(|number| area(number).filter(fits));
        match fitting {
            [Some(area), None] | [None, Some(area)] => Ok(Self {
                area,
                by_measure: true,
            }),
            _ => Err(NoArea::Ambiguous(decimal * unit_m2, grouped * unit_m2)),
        }
    }
}

/// A rejection of a number of which nobody can tell which of two it is.
pub(super) fn ambiguous(field: &str, value: &str, decimal: f64, grouped: f64) -> Finding {
    let (decimal, grouped) = (decimal.to_string(), grouped.to_string());
    let values = [
        ("field", field),
        ("value", value),
        ("decimal", &decimal),
        ("grouped", &grouped),
    ];
    Finding::rejection(FindingCode::UnreadableField, "ambiguous_number", &values)
}

/// Says how many areas had two readings and were decided by measure.
pub(super) fn decided_by_measure(count: u64) -> Option<Note> {
    let count_text = count.to_string();
    let note = || Note::new("areas_by_measure", &[("count", &count_text)]);
    (count > 0).then(note)
}
