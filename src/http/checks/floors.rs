//! Floors from which storeys are counted, read strictly.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::sizes::{count, height};
use crate::http::asked::unprocessable;
use crate::http::problem::Problem;
use crate::rules::Decimal;
use crate::rules::check::{Floors, HalfBasement, Mezzanine, StairRoof};

/// The floors of a building above the ground; numbers as numbers or as texts.
///
/// Counted as storeys are full and technical floors, attics, a half-basement of which at least half
/// stands out of the ground, a mezzanine of an individual house above 65 % of the floor below (of
/// another building all but a technical one of at most 10 % and 300 m²), and a stair roof that is used
/// for something else or is larger than 30 % of the main roof.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckFloors)]
pub struct FloorsRequest {
    /// Full floors, at least one.
    #[schema(value_type = String)]
    pub full: Value,
    /// Floors for technical systems alone.
    #[schema(value_type = Option<String>)]
    pub technical: Option<Value>,
    /// Floors under the roof.
    #[schema(value_type = Option<String>)]
    pub attics: Option<Value>,
    /// Mezzanines; one that is small enough does not count.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub mezzanines: Vec<MezzanineRequest>,
    /// A floor partly below the ground.
    pub half_basement: Option<HalfBasementRequest>,
    /// What stands on the roof over the stairs.
    pub stair_roof: Option<StairRoofRequest>,
}

/// A mezzanine.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckMezzanine)]
pub struct MezzanineRequest {
    /// Its area in per cent of the floor below.
    #[schema(value_type = String)]
    pub share_percent: Value,
    /// Its area, in m².
    #[schema(value_type = Option<String>)]
    pub area_m2: Option<Value>,
    /// Whether it is for technical systems alone.
    #[serde(default)]
    pub technical: bool,
}

/// A floor partly below the ground: a storey when at least half of it stands out, else a basement.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckHalfBasement)]
pub struct HalfBasementRequest {
    /// Its height, in m.
    #[schema(value_type = String)]
    pub height_m: Value,
    /// How much of that lies above the planned ground, in m.
    #[schema(value_type = String)]
    pub above_ground_m: Value,
}

/// What stands on the roof over the stairs.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckStairRoof)]
pub struct StairRoofRequest {
    /// The area of its roof in per cent of the main roof.
    #[schema(value_type = String)]
    pub share_percent: Value,
    /// Whether it covers nothing but stairs, lifts and equipment.
    #[serde(default)]
    pub covers_stairs_only: bool,
}

/// More floors of one sort than any building has.
const FLOORS: Decimal = Decimal::from_parts(200, 0, 0, false, 0);
/// Mezzanines of a building, at most.
const MEZZANINES: usize = 10;

const PLACE: &str = "building.floors";

impl FloorsRequest {
    /// The floors.
    ///
    /// # Errors
    /// `invalid_proposal` with the place of a number that no floor has.
    pub(super) fn read(&self) -> Result<Floors, Problem> {
        if self.mezzanines.len() > MEZZANINES {
            let value = vec![("value", self.mezzanines.len().to_string())];
            let place = format!("{PLACE}.mezzanines");
            return Err(unprocessable(
                &place,
                "too_many_mezzanines",
                value,
                "mezzanines",
            ));
        }
        let floors = |name: &str, value: Option<&Value>, least: Decimal| {
            let place = format!("{PLACE}.{name}");
            let read = count(&place, value, (least, FLOORS))?.unwrap_or_default();
            // A whole number below 201.
            Ok::<u32, Problem>(read.try_into().unwrap_or_default())
        };
        let mezzanines = self.mezzanines.iter().enumerate();
        Ok(Floors {
            full: floors("full", Some(&self.full), Decimal::ONE)?,
            technical: floors("technical", self.technical.as_ref(), Decimal::ZERO)?,
            attics: floors("attics", self.attics.as_ref(), Decimal::ZERO)?,
            mezzanines: mezzanines
                .map(|(i, own)| own.read(&format!("{PLACE}.mezzanines[{i}]")))
                .collect::<Result<_, _>>()?,
            half_basement: self
                .half_basement
                .as_ref()
                .map(HalfBasementRequest::read)
                .transpose()?,
            stair_roof: self
                .stair_roof
                .as_ref()
                .map(StairRoofRequest::read)
                .transpose()?,
        })
    }
}

impl MezzanineRequest {
    fn read(&self, place: &str) -> Result<Mezzanine, Problem> {
        Ok(Mezzanine {
            share_percent: needed(&format!("{place}.sharePercent"), &self.share_percent)?,
            area_m2: height(&format!("{place}.areaM2"), self.area_m2.as_ref())?,
            technical: self.technical,
        })
    }
}

impl HalfBasementRequest {
    fn read(&self) -> Result<HalfBasement, Problem> {
        let place = format!("{PLACE}.halfBasement.aboveGroundM");
        let own = HalfBasement {
            height_m: needed(&format!("{PLACE}.halfBasement.heightM"), &self.height_m)?,
            above_ground_m: needed(&place, &self.above_ground_m)?,
        };
        if own.above_ground_m > own.height_m {
            let arguments = vec![
                ("value", own.above_ground_m.normalize().to_string()),
                ("most", own.height_m.normalize().to_string()),
            ];
            return Err(unprocessable(
                &place,
                "more_than_all",
                arguments,
                "part_of_height",
            ));
        }
        Ok(own)
    }
}

impl StairRoofRequest {
    fn read(&self) -> Result<StairRoof, Problem> {
        let place = format!("{PLACE}.stairRoof.sharePercent");
        Ok(StairRoof {
            share_percent: needed(&place, &self.share_percent)?,
            covers_stairs_only: self.covers_stairs_only,
        })
    }
}

/// A size above zero that has to be there.
fn needed(place: &str, value: &Value) -> Result<Decimal, Problem> {
    height(place, Some(value))?.ok_or_else(|| {
        let value = vec![("value", "null".to_owned())];
        unprocessable(place, "not_a_size", value, "size")
    })
}
