//! Sizes of a building from the body to decimals; those that no building has are refused.

use serde_json::Value;

use super::floors::FloorsRequest;
use super::question::BuildingRequest;
use crate::geometry::MultiPolygon;
use crate::http::asked::unprocessable;
use crate::http::problem::Problem;
use crate::rules::Decimal;
use crate::rules::check::{Building, Part, PartKind};
use crate::rules::site::square_metres;

/// Sizes lie below this, with at most so many decimals.
const GREATEST: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);
const DECIMALS: u32 = 3;
/// More storeys than any building has.
const STOREYS: Decimal = Decimal::from_parts(200, 0, 0, false, 0);
/// More basements than any building has.
const BASEMENTS: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

impl BuildingRequest {
    /// The sizes, above a footprint, with the parts that are drawn beside it; of an individual house or
    /// not, where somebody says so.
    ///
    /// # Errors
    /// `invalid_proposal` with the place of a size that no building has, alone or beside the others:
    /// heights of nothing, a ridge below the building line, the ground floor or a level, storeys other
    /// than the floors make, no basement where one is drawn, less than 1 m² of ground.
    pub(super) fn read(
        &self,
        footprint: &MultiPolygon,
        parts: Vec<Part>,
        is_house: Option<bool>,
    ) -> Result<Building, Problem> {
        let covered = square_metres(footprint);
        if covered < Decimal::ONE {
            let value = vec![("value", covered.to_string())];
            return Err(unprocessable("footprint", "too_small", value, "room"));
        }
        let floors = self.floors.as_ref().map(FloorsRequest::read).transpose()?;
        let mut building = Building {
            storeys: count(
                "building.storeys",
                self.storeys.as_ref(),
                (Decimal::ONE, STOREYS),
            )?,
            basements: count(
                "building.basements",
                self.basements.as_ref(),
                (Decimal::ZERO, BASEMENTS),
            )?,
            floor_one_height_m: height(
                "building.floorOneHeightM",
                self.floor_one_height_m.as_ref(),
            )?,
            height_at_building_line_m: height(
                "building.heightAtBuildingLineM",
                self.height_at_building_line_m.as_ref(),
            )?,
            ridge_height_m: height("building.ridgeHeightM", self.ridge_height_m.as_ref())?,
            floor_area_m2: height("building.floorAreaM2", self.floor_area_m2.as_ref())?,
            floors,
            parts,
        };
        fit_together(&building)?;
        count_storeys(&mut building, is_house)?;
        has_its_basements(&building)?;
        Ok(building)
    }
}

/// Counts storeys from the floors; refuses others than they make.
fn count_storeys(building: &mut Building, is_house: Option<bool>) -> Result<(), Problem> {
    let Some(floors) = &building.floors else {
        return Ok(());
    };
    let counted = Decimal::from(floors.storeys(is_house));
    match building.storeys {
        Some(stated) if stated != counted => {
            let arguments = vec![
                ("value", stated.normalize().to_string()),
                ("counted", counted.to_string()),
            ];
            let place = "building.storeys";
            Err(unprocessable(
                place,
                "storeys_otherwise",
                arguments,
                "storeys_of_floors",
            ))
        }
        _ => {
            building.storeys = Some(counted);
            Ok(())
        }
    }
}

/// Refuses a building without basements of which one is drawn, or counted from its floors.
fn has_its_basements(building: &Building) -> Result<(), Problem> {
    let mut parts = building.parts.iter();
    let is_drawn = parts.any(|part| part.kind() == PartKind::Basement);
    let half = building
        .floors
        .as_ref()
        .and_then(|floors| floors.half_basement.as_ref());
    let is_counted = half.is_some_and(|half| !half.is_storey());
    if building.basements == Some(Decimal::ZERO) && (is_drawn || is_counted) {
        let value = vec![("value", "0".to_owned())];
        let place = "building.basements";
        return Err(unprocessable(
            place,
            "basements_otherwise",
            value,
            "basements_drawn",
        ));
    }
    Ok(())
}

/// Refuses a ridge below what stands under it.
fn fit_together(building: &Building) -> Result<(), Problem> {
    let Some(ridge) = building.ridge_height_m else {
        return Ok(());
    };
    let levels = building.parts.iter();
    let levels = levels.filter(|part| part.kind() == PartKind::Level);
    let under = [
        building.height_at_building_line_m,
        building.floor_one_height_m,
        levels.filter_map(Part::to_m).max(),
    ];
    let least = under.into_iter().flatten().max().unwrap_or_default();
    if ridge >= least {
        return Ok(());
    }
    let arguments = vec![
        ("value", ridge.normalize().to_string()),
        ("least", least.normalize().to_string()),
    ];
    Err(unprocessable(
        "building.ridgeHeightM",
        "too_low",
        arguments,
        "higher",
    ))
}

/// A whole number between two.
pub(super) fn count(
    place: &str,
    value: Option<&Value>,
    (least, most): (Decimal, Decimal),
) -> Result<Option<Decimal>, Problem> {
    let number = decimal(place, value)?;
    match number {
        Some(number) if number.fract() != Decimal::ZERO || number < least || number > most => {
            let arguments = vec![
                ("value", number.to_string()),
                ("least", least.to_string()),
                ("most", most.to_string()),
            ];
            Err(unprocessable(place, "not_a_count", arguments, "whole"))
        }
        number => Ok(number),
    }
}

/// A size above zero.
pub(super) fn height(place: &str, value: Option<&Value>) -> Result<Option<Decimal>, Problem> {
    let number = decimal(place, value)?;
    match number {
        Some(number) if number.is_zero() => {
            let value = vec![("value", number.to_string())];
            Err(unprocessable(place, "not_a_size", value, "size"))
        }
        number => Ok(number),
    }
}

/// A size as a JSON number or a text, exactly as written.
fn decimal(place: &str, value: Option<&Value>) -> Result<Option<Decimal>, Problem> {
    let is_size = |number: &Decimal| *number >= Decimal::ZERO && *number < GREATEST;
    written(value, is_size).map_err(|text| {
        let value = vec![("value", text)];
        unprocessable(place, "not_a_size", value, "size")
    })
}

/// A decimal as a JSON number or a text, exactly as written; the text of one that is not in a range, or
/// has too many decimals.
pub(super) fn written(
    value: Option<&Value>,
    in_range: impl Fn(&Decimal) -> bool,
) -> Result<Option<Decimal>, String> {
    let text = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let number = Decimal::from_str_exact(&text).ok();
    let number = number.filter(|number| in_range(number) && number.normalize().scale() <= DECIMALS);
    number.map(Some).ok_or(text)
}
