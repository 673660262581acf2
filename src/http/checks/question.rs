//! The body of `POST /v1/checks`, read strictly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::footprint;
use super::unprocessable;
use crate::app::View;
use crate::app::check::CheckQuestion;
use crate::cadastre::{Day, ParcelId};
use crate::http::features::system::System;
use crate::http::problem::{Kind, Problem};
use crate::rules::check::{Building, Proposal};
use crate::rules::{Decimal, Facts, InvalidFact};

/// A proposal and what is stated beside the register.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckRequest {
    /// Keys of the parcels that are the lot; those under the footprint when absent.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub parcels: Vec<i64>,
    /// Day whose rules apply, YYYY-MM-DD: that on which the case was filed; today when absent.
    #[schema(format = Date)]
    pub date: Option<String>,
    /// System of the footprint, such as http://www.opengis.net/def/crs/EPSG/0/9210: the plane of
    /// the parcels, or longitude and latitude when absent.
    pub crs: Option<String>,
    /// Outline of the building on the ground: GeoJSON Polygon or MultiPolygon.
    #[schema(value_type = Object)]
    pub footprint: Value,
    /// Sizes of the building.
    #[serde(default)]
    pub building: BuildingRequest,
    /// Parameters of rules that the asker states, by name; `diachinh rules parameters` lists them.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    pub stated: BTreeMap<String, Value>,
}

/// Sizes of a building; decimals as numbers or as texts.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BuildingRequest {
    /// Storeys as the law counts them.
    #[schema(value_type = Option<String>)]
    pub storeys: Option<Value>,
    /// Basements.
    #[schema(value_type = Option<String>)]
    pub basements: Option<Value>,
    /// Height of the ground floor with its mezzanine, in m.
    #[schema(value_type = Option<String>)]
    pub floor_one_height_m: Option<Value>,
    /// Height where the building line stands, in m.
    #[schema(value_type = Option<String>)]
    pub height_at_building_line_m: Option<Value>,
    /// Height of the highest point above the planned ground, in m.
    #[schema(value_type = Option<String>)]
    pub ridge_height_m: Option<Value>,
    /// Floor area of all storeys, in m².
    #[schema(value_type = Option<String>)]
    pub floor_area_m2: Option<Value>,
}

/// How far a place may be off that comes over WGS 84: the accuracy of EPSG:6960.
const DATUM_MM: u32 = 1_000;
/// Parcels of one lot, at most.
const PARCELS: usize = 50;

impl CheckRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// `malformed` with line and column for what is not JSON; `invalid_proposal` for another form.
    pub fn read(body: &[u8]) -> Result<Self, Problem> {
        serde_json::from_slice(body).map_err(|error| {
            let arguments = vec![("reason", error.to_string())];
            let kind = if error.is_data() {
                Kind::InvalidProposal
            } else {
                Kind::InvalidParameter
            };
            Problem::new(kind, "not_a_proposal", arguments)
                .at("body")
                .expecting("proposal", Vec::new())
        })
    }

    /// The day whose rules apply.
    ///
    /// # Errors
    /// `invalid_proposal` for a text that is no day.
    pub fn day(&self) -> Result<Option<Day>, Problem> {
        let day = self.date.as_deref().map(Day::parse).transpose();
        day.map_err(|_| {
            let value = self.date.clone().unwrap_or_default();
            unprocessable("date", "not_a_date", vec![("value", value)], "date")
        })
    }

    /// The question, with the footprint on the grid.
    ///
    /// # Errors
    /// `invalid_proposal` with the place of what cannot be used.
    pub fn question(&self, view: &View) -> Result<CheckQuestion, Problem> {
        let parcels = self.parcels()?;
        let system = match self.crs.as_deref() {
            None => System::LonLat,
            Some(text) => System::named(text, "crs", view)?,
        };
        let (plane, outline) = footprint::read(&self.footprint, system, &parcels, view)?;
        Ok(CheckQuestion {
            parcels,
            plane,
            proposal: Proposal {
                footprint: outline,
                off_by_mm: match system {
                    System::Epsg(epsg) if epsg == plane => 0,
                    _ => DATUM_MM,
                },
                building: self.building.read()?,
            },
            stated: self.stated()?,
        })
    }

    fn parcels(&self) -> Result<Vec<ParcelId>, Problem> {
        if self.parcels.len() > PARCELS {
            let count = vec![("value", self.parcels.len().to_string())];
            return Err(unprocessable(
                "parcels",
                "too_many_parcels",
                count,
                "parcels_of_lot",
            ));
        }
        let read = |(i, id): (usize, &i64)| {
            ParcelId::new(*id).map_err(|_| {
                let place = format!("parcels[{i}]");
                unprocessable(
                    &place,
                    "not_an_id",
                    vec![("value", id.to_string())],
                    "parcel_id",
                )
            })
        };
        self.parcels.iter().enumerate().map(read).collect()
    }

    fn stated(&self) -> Result<Facts, Problem> {
        let mut facts = Facts::new();
        for (name, value) in &self.stated {
            let text = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            facts.state(name, &text).map_err(|error| {
                let detail = match error {
                    InvalidFact::NoParameter(_) => "no_such_fact",
                    InvalidFact::WrongSort { .. } => "not_a_fact",
                };
                let arguments = vec![("name", name.clone()), ("value", text.clone())];
                unprocessable(&format!("stated.{name}"), detail, arguments, "fact")
            })?;
        }
        Ok(facts)
    }
}

impl BuildingRequest {
    fn read(&self) -> Result<Building, Problem> {
        Ok(Building {
            storeys: decimal("building.storeys", self.storeys.as_ref())?,
            basements: decimal("building.basements", self.basements.as_ref())?,
            floor_one_height_m: decimal(
                "building.floorOneHeightM",
                self.floor_one_height_m.as_ref(),
            )?,
            height_at_building_line_m: decimal(
                "building.heightAtBuildingLineM",
                self.height_at_building_line_m.as_ref(),
            )?,
            ridge_height_m: decimal("building.ridgeHeightM", self.ridge_height_m.as_ref())?,
            floor_area_m2: decimal("building.floorAreaM2", self.floor_area_m2.as_ref())?,
        })
    }
}

/// Sizes lie below this, with at most so many decimals.
const GREATEST: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);
const DECIMALS: u32 = 3;

/// A size as a JSON number or a text, exactly as written.
fn decimal(place: &str, value: Option<&Value>) -> Result<Option<Decimal>, Problem> {
    let text = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let number = Decimal::from_str_exact(&text).ok();
    let in_range = |number: &Decimal| {
        *number >= Decimal::ZERO && *number < GREATEST && number.normalize().scale() <= DECIMALS
    };
    match number.filter(in_range) {
        Some(number) => Ok(Some(number)),
        None => Err(unprocessable(
            place,
            "not_a_size",
            vec![("value", text)],
            "size",
        )),
    }
}
