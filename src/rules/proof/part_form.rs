//! Parts and floors of a building as they stand in a proof, and back.

use super::again::Flaw;
use super::plain::plain_decimal;
use crate::geometry::{
    LineString, MultiPolygon, OutOfGrid, PlainArea, Point, Shape, area_of_plain, plain_area,
};
use crate::rules::check::{Floors, HalfBasement, Mezzanine, Part, PartKind, StairRoof};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A part; of its outline the area, or of a fence the line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartForm {
    pub kind: String,
    pub area: Option<PlainArea>,
    pub line: Option<Vec<[i32; 2]>>,
    pub from_m: Option<String>,
    pub to_m: Option<String>,
}

/// Floors from which storeys are counted.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FloorsForm {
    pub full: u32,
    pub technical: u32,
    pub attics: u32,
    pub mezzanines: Vec<MezzanineForm>,
    pub half_basement: Option<HalfBasementForm>,
    pub stair_roof: Option<StairRoofForm>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MezzanineForm {
    pub share_percent: String,
    pub area_m2: Option<String>,
    pub technical: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HalfBasementForm {
    pub height_m: String,
    pub above_ground_m: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StairRoofForm {
    pub share_percent: String,
    pub covers_stairs_only: bool,
}

impl PartForm {
    pub(super) fn of(part: &Part) -> Self {
        let line = match part.outline() {
            Shape::Lines(lines) => {
                let points = lines.iter().flat_map(|line| &line.0);
                Some(points.map(|point| [point.x(), point.y()]).collect())
            }
            Shape::Points(_) | Shape::Areas(_) => None,
        };
        Self {
            kind: part.kind().as_str().to_owned(),
            area: part.area().map(plain_area),
            line,
            from_m: part.from_m().map(plain_decimal),
            to_m: part.to_m().map(plain_decimal),
        }
    }

    pub(super) fn read(&self, place: &str) -> Result<Part, Flaw> {
        let kind = PartKind::of_word(&self.kind);
        let no_kind = || Flaw::at(&format!("{place}/kind"), &"no such kind of part");
        let off_grid = |error: OutOfGrid| Flaw::at(place, &error);
        let outline = match (&self.area, &self.line) {
            (Some(area), None) => Shape::Areas(area_of_plain(area).map_err(off_grid)?),
            (None, Some(line)) => {
                let points = line.iter().map(|&[x, y]| Point::new(x, y));
                let points = points.collect::<Result<_, _>>().map_err(off_grid)?;
                Shape::Lines(vec![LineString(points)])
            }
            _ => Shape::Areas(MultiPolygon::default()),
        };
        let height = |height: &Option<String>, name: &str| {
            let read = height.as_deref().map(|text| decimal(text, place, name));
            read.transpose()
        };
        let from = height(&self.from_m, "from_m")?;
        let to = height(&self.to_m, "to_m")?;
        Part::new(kind.ok_or_else(no_kind)?, outline, from, to)
            .map_err(|flaw| Flaw::at(place, &flaw))
    }
}

fn decimal(text: &str, place: &str, name: &str) -> Result<Decimal, Flaw> {
    let read = Decimal::from_str_exact(text);
    read.map_err(|error| Flaw::at(&format!("{place}/{name}"), &error))
}

const FLOORS: &str = "/proposal/floors";

impl FloorsForm {
    pub(super) fn of(floors: &Floors) -> Self {
        let mezzanine = |own: &Mezzanine| MezzanineForm {
            share_percent: plain_decimal(own.share_percent),
            area_m2: own.area_m2.map(plain_decimal),
            technical: own.technical,
        };
        Self {
            full: floors.full,
            technical: floors.technical,
            attics: floors.attics,
            mezzanines: floors.mezzanines.iter().map(mezzanine).collect(),
            half_basement: floors.half_basement.as_ref().map(|own| HalfBasementForm {
                height_m: plain_decimal(own.height_m),
                above_ground_m: plain_decimal(own.above_ground_m),
            }),
            stair_roof: floors.stair_roof.as_ref().map(|own| StairRoofForm {
                share_percent: plain_decimal(own.share_percent),
                covers_stairs_only: own.covers_stairs_only,
            }),
        }
    }

    pub(super) fn read(&self) -> Result<Floors, Flaw> {
        let number = |text: &str, name: &str| decimal(text, FLOORS, name);
        let mezzanine = |own: &MezzanineForm| {
            let area = own.area_m2.as_deref();
            Ok(Mezzanine {
                share_percent: number(&own.share_percent, "mezzanines")?,
                area_m2: area.map(|area| number(area, "mezzanines")).transpose()?,
                technical: own.technical,
            })
        };
        let half = self.half_basement.as_ref().map(|own| {
            Ok(HalfBasement {
                height_m: number(&own.height_m, "half_basement")?,
                above_ground_m: number(&own.above_ground_m, "half_basement")?,
            })
        });
        let roof = self.stair_roof.as_ref().map(|own| {
            Ok(StairRoof {
                share_percent: number(&own.share_percent, "stair_roof")?,
                covers_stairs_only: own.covers_stairs_only,
            })
        });
        let mezzanines = self.mezzanines.iter().map(mezzanine);
        Ok(Floors {
            full: self.full,
            technical: self.technical,
            attics: self.attics,
            mezzanines: mezzanines.collect::<Result<_, Flaw>>()?,
            half_basement: half.transpose()?,
            stair_roof: roof.transpose()?,
        })
    }
}
