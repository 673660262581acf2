//! Parts of a building from GeoJSON to the grid of the parcels' plane; nothing is mended.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::sizes::written;
use crate::geometry::{LineString, Moved, MultiPolygon, Shape, settle, settle_line};
use crate::http::asked::unprocessable;
use crate::http::drawn::{Drawn, Positions};
use crate::http::features::system::System;
use crate::http::problem::Problem;
use crate::rules::Decimal;
use crate::rules::check::{Part, PartFlaw, PartKind};

/// A part that is drawn apart from the footprint; heights as numbers or as texts.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckPartDrawn)]
pub struct PartRequest {
    /// `balcony`, `canopy`, `low_part` (steps, sills and pipes below 3.5 m), `pergola`, `ramp`,
    /// `basement`, `level` or `fence`.
    pub kind: String,
    /// GeoJSON in the system of the footprint: a LineString of a fence, a Polygon of any other part.
    /// The holes of a pergola are what is open of it.
    #[schema(value_type = Object)]
    pub geometry: Value,
    /// Height of its underside above the planned ground, which at the street is the sidewalk, in m;
    /// negative below it.
    #[schema(value_type = Option<String>)]
    pub from_m: Option<Value>,
    /// Height of its top above the planned ground, in m; of the uppermost level that of the highest
    /// point.
    #[schema(value_type = Option<String>)]
    pub to_m: Option<Value>,
}

/// GeoJSON of a part (RFC 7946, 3.1.4 and 3.1.6).
#[derive(Deserialize)]
#[serde(tag = "type", expecting = "a Polygon or LineString of GeoJSON")]
enum Outline {
    Polygon { coordinates: Vec<Positions> },
    LineString { coordinates: Positions },
}

/// A part on the grid, not yet judged to be one.
pub(super) struct Placed {
    kind: PartKind,
    outline: Shape,
    from_m: Option<Decimal>,
    to_m: Option<Decimal>,
}

/// Parts of a building, at most.
const PARTS: usize = 100;
/// Vertices of all parts together, at most.
const VERTICES: usize = 10_000;
/// Heights lie between these.
const LOWEST: Decimal = Decimal::from_parts(100, 0, 0, true, 0);
const HIGHEST: Decimal = Decimal::from_parts(1_000, 0, 0, false, 0);

/// The parts on the plane of their parcels.
///
/// # Errors
/// `invalid_proposal` with the place: too many, no such kind, not GeoJSON, too many vertices, not on the
/// plane, not valid, heights that nothing has.
pub(super) fn read(asked: &[PartRequest], drawn: &Drawn<'_>) -> Result<Vec<Placed>, Problem> {
    if asked.len() > PARTS {
        let value = vec![("value", asked.len().to_string())];
        return Err(unprocessable("parts", "too_many_parts", value, "parts"));
    }
    let mut left = VERTICES;
    let each = asked.iter().enumerate();
    each.map(|(i, part)| part.read(&format!("parts[{i}]"), drawn, &mut left))
        .collect()
}

/// The parts, where each has a shape and heights that such a part has.
///
/// # Errors
/// `invalid_proposal` with the place of one that has not.
pub(super) fn finished(placed: Vec<Placed>) -> Result<Vec<Part>, Problem> {
    let each = placed.into_iter().enumerate();
    let parts = each.map(|(i, own)| {
        let part = Part::new(own.kind, own.outline, own.from_m, own.to_m);
        part.map_err(|flaw| refused(&format!("parts[{i}]"), flaw))
    });
    parts.collect()
}

fn refused(place: &str, flaw: PartFlaw) -> Problem {
    let number = |number: Decimal| number.normalize().to_string();
    let (member, detail, arguments, expected) = match flaw {
        PartFlaw::OtherShape => ("geometry", "part_other_shape", Vec::new(), "part_geometry"),
        PartFlaw::WithoutHeights => ("fromM", "part_without_heights", Vec::new(), "part_heights"),
        PartFlaw::UpsideDown { from, to } => {
            let arguments = vec![("value", number(to)), ("least", number(from))];
            ("toM", "part_upside_down", arguments, "part_heights")
        }
        PartFlaw::NotLow(height) => {
            let value = vec![("value", number(height))];
            ("toM", "part_not_low", value, "part_low")
        }
        PartFlaw::BelowGround(height) => {
            let value = vec![("value", number(height))];
            ("fromM", "part_below_ground", value, "part_above_ground")
        }
        PartFlaw::AboveGround(height) => {
            let value = vec![("value", number(height))];
            ("toM", "part_stands_out", value, "part_underground")
        }
    };
    unprocessable(&format!("{place}.{member}"), detail, arguments, expected)
}

impl PartRequest {
    fn read(&self, place: &str, drawn: &Drawn<'_>, left: &mut usize) -> Result<Placed, Problem> {
        let kind = PartKind::of_word(&self.kind).ok_or_else(|| {
            let value = vec![("value", self.kind.clone())];
            unprocessable(&format!("{place}.kind"), "not_a_part", value, "part_kind")
        })?;
        let at = format!("{place}.geometry");
        let outline: Outline = serde_json::from_value(self.geometry.clone()).map_err(|error| {
            let arguments = vec![("reason", error.to_string())];
            unprocessable(&at, "not_a_part_geometry", arguments, "part_geometry")
        })?;
        let count = match &outline {
            Outline::Polygon { coordinates } => coordinates.iter().map(Vec::len).sum(),
            Outline::LineString { coordinates } => coordinates.len(),
        };
        *left = left.checked_sub(count).ok_or_else(|| {
            let value = vec![("value", count.to_string())];
            unprocessable(&at, "vertices_of_parts", value, "part_vertices")
        })?;
        let outline = match outline {
            Outline::Polygon { coordinates } => Shape::Areas(drawn.areas(&[coordinates], &at)?),
            Outline::LineString { coordinates } => {
                let line = LineString(drawn.row(&coordinates, &at)?);
                let has_length = line.0.windows(2).any(|pair| pair[0] != pair[1]);
                if !has_length {
                    let none = Vec::new();
                    return Err(unprocessable(
                        &at,
                        "line_without_length",
                        none,
                        "part_geometry",
                    ));
                }
                Shape::Lines(vec![line])
            }
        };
        Ok(Placed {
            kind,
            outline,
            from_m: height(&format!("{place}.fromM"), self.from_m.as_ref())?,
            to_m: height(&format!("{place}.toM"), self.to_m.as_ref())?,
        })
    }
}

impl Placed {
    /// Moves vertices within so many millimetres of the boundary of land onto it.
    pub(super) fn snap(&mut self, land: &MultiPolygon, within_mm: u32) -> Vec<Moved> {
        match &mut self.outline {
            Shape::Areas(area) => settle(area, land, within_mm),
            Shape::Lines(lines) => {
                let moved = lines.iter_mut();
                moved
                    .flat_map(|line| settle_line(line, land, within_mm))
                    .collect()
            }
            Shape::Points(_) => Vec::new(),
        }
    }

    /// Holds that a part of which vertices were moved is still valid.
    ///
    /// # Errors
    /// `invalid_proposal` with the first defect and where it is.
    pub(super) fn still_valid(&self, drawn: &Drawn<'_>, i: usize) -> Result<(), Problem> {
        let Shape::Areas(area) = &self.outline else {
            return Ok(());
        };
        let moved = Drawn {
            view: drawn.view,
            system: System::Epsg(drawn.plane.epsg),
            plane: drawn.plane,
            defect: "snapped_defect",
        };
        moved.hold(area, &format!("parts[{i}].geometry"))
    }
}

/// A height above the planned ground, as a JSON number or a text, exactly as written.
fn height(place: &str, value: Option<&Value>) -> Result<Option<Decimal>, Problem> {
    written(value, |number| (LOWEST..=HIGHEST).contains(number)).map_err(|text| {
        let value = vec![("value", text)];
        unprocessable(place, "not_a_height", value, "part_height")
    })
}
