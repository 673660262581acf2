//! The ground of a check as it stands in a proof, and back.

use super::again::Flaw;
use crate::cadastre::{Day, LandUseCode, LandUseLine, ParcelId, ParcelStatus, VersionId, WardCode};
use crate::crs::Epsg;
use crate::geometry::{PlainArea, area_of_plain, plain_area};
use crate::land::extract::GapReason;
use crate::planning::{FeatureId, LayerCode, LegalProvision, PlanUnit, RightOfWay};
use crate::rules::site::{
    Frontage, Known, OnLot, Open, Road, Site, SiteCorridor, SiteLayer, SiteParcel,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A site, without what follows from it: edges and fronts of the lot are found again.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteForm {
    pub epsg: u32,
    pub parcels: Vec<ParcelForm>,
    pub roads: Vec<RoadForm>,
    /// What red lines leave of the parcels.
    pub ground: PlainArea,
    /// What corridors leave of that.
    pub lot: PlainArea,
    /// Corridors on it; a proof of before they were measured has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corridors: Vec<CorridorForm>,
    pub corridors_unknown: Option<GapReason>,
    /// Where they meet the parcels by less than can be told from nothing.
    pub contacts: Vec<PlainArea>,
    pub zoning: Known<Vec<PlanUnit>>,
    pub detailed: Known<Vec<PlanUnit>>,
    pub themes: BTreeMap<Box<str>, OnLot>,
    pub statuses: Vec<ParcelStatus>,
    pub roads_unknown: Option<GapReason>,
    pub open: Vec<Open>,
    pub layers: Vec<SiteLayer>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParcelForm {
    pub id: i64,
    pub version: i64,
    pub ward: String,
    pub land_use: Vec<String>,
    pub shape: PlainArea,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CorridorForm {
    pub theme: Box<str>,
    pub width_mm: u32,
    pub accuracy_mm: u32,
    pub area: PlainArea,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoadForm {
    pub layer: String,
    pub features: Vec<i64>,
    pub street: String,
    pub width_mm: Option<u32>,
    pub decision: Option<LegalProvision>,
    pub alley: bool,
    pub accuracy_mm: u32,
    pub area: PlainArea,
}

impl SiteForm {
    pub(super) fn of(site: &Site) -> Self {
        let parcel = |parcel: &SiteParcel| ParcelForm {
            id: parcel.id.get(),
            version: parcel.version.0,
            ward: parcel.ward.to_string(),
            land_use: parcel
                .land_use
                .iter()
                .map(|line| line.code.as_str().to_owned())
                .collect(),
            shape: plain_area(&parcel.shape),
        };
        let road = |road: &Road| RoadForm {
            layer: road.layer.0.to_string(),
            features: road.features.iter().map(|feature| feature.0).collect(),
            street: road.way.street.clone(),
            width_mm: road.way.width_mm,
            decision: road.way.decision.clone(),
            alley: road.way.alley,
            accuracy_mm: road.accuracy_mm,
            area: plain_area(&road.area),
        };
        let corridor = |corridor: &SiteCorridor| CorridorForm {
            theme: corridor.theme.clone(),
            width_mm: corridor.width_mm,
            accuracy_mm: corridor.accuracy_mm,
            area: plain_area(&corridor.area),
        };
        Self {
            epsg: site.plane.0,
            parcels: site.parcels.iter().map(parcel).collect(),
            roads: site.roads.iter().map(road).collect(),
            ground: plain_area(&site.ground),
            lot: plain_area(&site.lot.area),
            corridors: site.corridors.iter().map(corridor).collect(),
            corridors_unknown: site.corridors_unknown,
            contacts: site.contacts.iter().map(plain_area).collect(),
            zoning: site.zoning.clone(),
            detailed: site.detailed.clone(),
            themes: site.themes.clone(),
            statuses: site.statuses.clone(),
            roads_unknown: site.roads_unknown,
            open: site.open.clone(),
            layers: site.layers.clone(),
        }
    }

    /// The site, with edges and fronts found anew.
    pub(super) fn site(&self, day: Day) -> Result<Site, Flaw> {
        let parcels: Result<Vec<SiteParcel>, Flaw> = self
            .parcels
            .iter()
            .enumerate()
            .map(|(i, parcel)| parcel.read(&format!("/site/parcels/{i}")))
            .collect();
        let roads: Result<Vec<Road>, Flaw> = self
            .roads
            .iter()
            .enumerate()
            .map(|(i, road)| road.read(&format!("/site/roads/{i}")))
            .collect();
        let (parcels, roads) = (parcels?, roads?);
        let ground =
            area_of_plain(&self.ground).map_err(|error| Flaw::at("/site/ground", &error))?;
        let lot = area_of_plain(&self.lot).map_err(|error| Flaw::at("/site/lot", &error))?;
        let corridors: Result<Vec<SiteCorridor>, Flaw> = self
            .corridors
            .iter()
            .enumerate()
            .map(|(i, corridor)| corridor.read(&format!("/site/corridors/{i}")))
            .collect();
        let contacts: Result<Vec<_>, _> = self.contacts.iter().map(area_of_plain).collect();
        Ok(Site {
            plane: Epsg(self.epsg),
            day,
            ground,
            lot: Frontage::of(lot, &roads),
            corridors: corridors?,
            corridors_unknown: self.corridors_unknown,
            contacts: contacts.map_err(|error| Flaw::at("/site/contacts", &error))?,
            zoning: self.zoning.clone(),
            detailed: self.detailed.clone(),
            themes: self.themes.clone(),
            statuses: self.statuses.clone(),
            roads_unknown: self.roads_unknown,
            open: self.open.clone(),
            layers: self.layers.clone(),
            roads,
            parcels,
        })
    }
}

impl ParcelForm {
    fn read(&self, place: &str) -> Result<SiteParcel, Flaw> {
        let line = |code: &String| {
            let code = LandUseCode::parse(code);
            let code = code.map_err(|error| Flaw::at(&format!("{place}/land_use"), &error))?;
            Ok(LandUseLine {
                code,
                area: None,
                origin: None,
                form: None,
                until: None,
            })
        };
        let land_use: Result<Vec<LandUseLine>, Flaw> = self.land_use.iter().map(line).collect();
        let id = ParcelId::new(self.id);
        let ward = WardCode::parse(&self.ward);
        let shape = area_of_plain(&self.shape);
        Ok(SiteParcel {
            id: id.map_err(|error| Flaw::at(&format!("{place}/id"), &error))?,
            version: VersionId(self.version),
            ward: ward.map_err(|error| Flaw::at(&format!("{place}/ward"), &error))?,
            land_use: land_use?,
            shape: shape.map_err(|error| Flaw::at(&format!("{place}/shape"), &error))?,
        })
    }
}

impl CorridorForm {
    fn read(&self, place: &str) -> Result<SiteCorridor, Flaw> {
        let area = area_of_plain(&self.area);
        Ok(SiteCorridor {
            theme: self.theme.clone(),
            width_mm: self.width_mm,
            accuracy_mm: self.accuracy_mm,
            area: area.map_err(|error| Flaw::at(&format!("{place}/area"), &error))?,
        })
    }
}

impl RoadForm {
    fn read(&self, place: &str) -> Result<Road, Flaw> {
        let shape = area_of_plain(&self.area);
        let layer = LayerCode::parse(&self.layer);
        Ok(Road {
            layer: layer.map_err(|error| Flaw::at(&format!("{place}/layer"), &error))?,
            features: self.features.iter().copied().map(FeatureId).collect(),
            way: RightOfWay {
                street: self.street.clone(),
                width_mm: self.width_mm,
                decision: self.decision.clone(),
                alley: self.alley,
            },
            accuracy_mm: self.accuracy_mm,
            area: shape.map_err(|error| Flaw::at(&format!("{place}/area"), &error))?,
        })
    }
}
