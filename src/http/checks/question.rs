//! The body of `POST /v1/checks`, read strictly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::floors::FloorsRequest;
use super::footprint;
use super::parts::{self, PartRequest};
use crate::app::View;
use crate::app::check::{CheckQuestion, Snapped};
use crate::cadastre::{Day, ParcelId};
use crate::geometry::settle;
use crate::http::asked::{day, read_body, stated, unprocessable};
use crate::http::drawn::Drawn;
use crate::http::features::system::System;
use crate::http::problem::Problem;
use crate::rules::check::{Proposal, is_house};

/// A proposal and what is stated beside the register.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    expecting = "an object with a footprint"
)]
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
    /// Whether vertices of the footprint and the parts within 20 mm of the boundary of the parcels are
    /// moved onto it, its corners first; the answer lists each in `snapped`.
    #[serde(default)]
    pub snap_to_boundary: bool,
    /// Sizes of the building.
    #[serde(default)]
    pub building: BuildingRequest,
    /// Parts that are drawn apart from the footprint, in the same system: what is measured of them
    /// takes the place of what is stated.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub parts: Vec<PartRequest>,
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
    /// The floors from which storeys are counted as the law counts them; storeys that are stated
    /// otherwise are refused.
    pub floors: Option<FloorsRequest>,
}

/// How far a place may be off that comes over WGS 84: the accuracy of EPSG:6960.
const DATUM_MM: u32 = 1_000;
/// So far from the boundary a vertex may lie that is moved onto it, in millimetres: twice what a
/// wall is told by, and less than any survey of a parcel is exact.
const SNAPPED_MM: u32 = 20;
/// Parcels of one lot, at most.
const PARCELS: usize = 50;

impl CheckRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// `malformed` with line and column for what is not JSON; `invalid_proposal` for another form.
    pub fn read(body: &[u8]) -> Result<Self, Problem> {
        read_body(body, "not_a_proposal", "proposal")
    }

    /// The day whose rules apply.
    ///
    /// # Errors
    /// `invalid_proposal` for a text that is no day.
    pub fn day(&self) -> Result<Option<Day>, Problem> {
        day(self.date.as_deref())
    }

    /// The question, with the footprint on the grid.
    ///
    /// # Errors
    /// `invalid_proposal` with the place of what cannot be used.
    pub fn question(&self, view: &View) -> Result<CheckQuestion, Problem> {
        let parcels = self.parcels()?;
        let system = match self.crs.as_deref() {
            None => System::LonLat,
            Some(text) => System::of_drawing(text, "crs", view)?,
        };
        let (plane, mut outline) = footprint::read(&self.footprint, system, &parcels, view)?;
        let drawn = Drawn {
            view,
            system,
            plane: view.plane(plane)?,
            defect: "geometry_defect",
        };
        let mut parts = parts::read(&self.parts, &drawn)?;
        let mut snapped = Vec::new();
        if self.snap_to_boundary {
            let land = view.land_of(&outline, plane, &parcels)?;
            let moved = settle(&mut outline, &land, SNAPPED_MM).into_iter();
            snapped.extend(moved.map(|moved| Snapped { part: None, moved }));
            footprint::still_valid(view, plane, &outline)?;
            for (i, part) in parts.iter_mut().enumerate() {
                let moved = part.snap(&land, SNAPPED_MM).into_iter();
                let part_of = |moved| Snapped {
                    part: Some(i),
                    moved,
                };
                snapped.extend(moved.map(part_of));
                part.still_valid(&drawn, i)?;
            }
        }
        let stated = stated(&self.stated)?;
        let parts = parts::finished(parts)?;
        let building = self.building.read(&outline, parts, is_house(&stated))?;
        Ok(CheckQuestion {
            parcels,
            plane,
            proposal: Proposal {
                footprint: outline,
                off_by_mm: match system {
                    System::Epsg(epsg) if epsg == plane => 0,
                    _ => DATUM_MM,
                },
                building,
            },
            stated,
            snapped,
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
}
