//! From the register to the site of a proposal.

use super::corridor::{SiteCorridor, corridors};
use super::layer::{SiteLayer, layers};
use super::open::{Open, is_overlapped, open_questions};
use super::themes::{OnLot, themes_of};
use crate::cadastre::{
    Day, LandUseLine, ParcelId, ParcelStatus, ParcelVersion, VersionId, WardCode,
};
use crate::crs::Epsg;
use crate::geometry::overlay::{difference, union_all};
use crate::geometry::{MultiPolygon, Shape, interiors_intersect};
use crate::land::Land;
use crate::land::extract::{Extract, GapReason, Part};
use crate::land::frontage::{Frontage, Road};
use crate::planning::{FeatureKind, PlanUnit, Theme, ThemeCatalogue};
use std::collections::BTreeMap;

/// The ground of a proposal, as rules see it.
#[derive(Debug, Clone)]
pub struct Site {
    /// The plane on which everything of it is measured.
    pub plane: Epsg,
    /// The day for which the register was asked.
    pub day: Day,
    /// The parcels of the lot.
    pub parcels: Vec<SiteParcel>,
    /// The rights of way that reach its surroundings, the widest first.
    pub roads: Vec<Road>,
    /// What red lines leave of the parcels.
    pub ground: MultiPolygon,
    /// What of it conforms to the plan: corridors along water, power lines and railways are off too.
    pub lot: Frontage,
    /// The corridors of which a part lies on it.
    pub corridors: Vec<SiteCorridor>,
    /// Why corridors may be missing.
    pub corridors_unknown: Option<GapReason>,
    /// Where red lines meet the parcels by less than can be told from nothing.
    pub contacts: Vec<MultiPolygon>,
    /// Each unit of the zoning plan in which a part of it lies.
    pub zoning: Known<Vec<PlanUnit>>,
    /// Each unit of a detailed plan in which a part of it lies.
    pub detailed: Known<Vec<PlanUnit>>,
    /// What each theme says of it, by code.
    pub themes: BTreeMap<Box<str>, OnLot>,
    /// The status of each parcel.
    pub statuses: Vec<ParcelStatus>,
    /// Why rights of way may be missing.
    pub roads_unknown: Option<GapReason>,
    /// What keeps the rules from saying that a building may stand here.
    pub open: Vec<Open>,
    /// The layers that were consulted.
    pub layers: Vec<SiteLayer>,
}

/// What the layers of a theme say, or why they do not.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known<T> {
    /// They say this for the whole lot.
    Whole(T),
    /// For a part of it at least they say nothing.
    Gap(GapReason),
}

/// A parcel of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteParcel {
    /// Key.
    pub id: ParcelId,
    /// Key of the version.
    pub version: VersionId,
    /// Ward in which it lies.
    pub ward: WardCode,
    /// Land use, first line first.
    pub land_use: Vec<LandUseLine>,
    /// Its shape.
    pub shape: MultiPolygon,
}

/// Why there is no site.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// No such parcel on the day.
    #[error("parcel {} is not in the register on {day}", .id.get())]
    NoParcel {
        /// Key.
        id: ParcelId,
        /// Day.
        day: Day,
    },
    /// Parcels that are measured on different planes are no lot.
    #[error("the parcels are surveyed on EPSG:{} and EPSG:{}, expected one plane", .0.0, .1.0)]
    TwoPlanes(Epsg, Epsg),
    /// No parcel was named.
    #[error("no parcel, expected at least one")]
    Nothing,
}

impl Site {
    /// The site of parcels on a day.
    ///
    /// # Errors
    /// [`SiteError`] when a parcel is not there, or they do not lie on one plane.
    pub fn gather(
        land: &Land,
        catalogue: &ThemeCatalogue,
        ids: &[ParcelId],
        day: Day,
    ) -> Result<Self, SiteError> {
        let mut parcels = Vec::new();
        let mut extracts = Vec::new();
        let mut plane = None;
        let mut statuses = Vec::new();
        for &id in ids {
            let missing = SiteError::NoParcel { id, day };
            let version = land.parcel(id, day).ok_or_else(|| missing.clone())?;
            extracts.push(land.extract(id, catalogue, day).ok_or(missing)?);
            let parcel = version.parcel;
            let first = *plane.get_or_insert(parcel.plane);
            if first != parcel.plane {
                return Err(SiteError::TwoPlanes(first, parcel.plane));
            }
            statuses.push(parcel.status);
            parcels.push(SiteParcel {
                id,
                version: version.version,
                ward: parcel.ward,
                land_use: parcel.land_use,
                shape: parcel.shape,
            });
        }
        let plane = plane.ok_or(SiteError::Nothing)?;
        let overlapped = is_overlapped(land, &parcels, day);
        let mut site = Self::of(plane, day, parcels, statuses, &extracts);
        site.open.extend(overlapped.then_some(Open::Overlapped));
        Ok(site)
    }

    /// The site of one parcel, of which the extract of the day is at hand, for its facts: whether
    /// another parcel lies on it is not looked for.
    pub fn of_extract(extract: &Extract<'_>, version: ParcelVersion, day: Day) -> Self {
        let parcel = version.parcel;
        let (plane, status) = (parcel.plane, parcel.status);
        let parcel = SiteParcel {
            id: parcel.id,
            version: version.version,
            ward: parcel.ward,
            land_use: parcel.land_use,
            shape: parcel.shape,
        };
        let extracts = std::slice::from_ref(extract);
        Self::of(plane, day, vec![parcel], vec![status], extracts)
    }

    fn of(
        plane: Epsg,
        day: Day,
        parcels: Vec<SiteParcel>,
        statuses: Vec<ParcelStatus>,
        extracts: &[Extract<'_>],
    ) -> Self {
        let (ground, roads) = ground(extracts);
        let themes = CORRIDORS.iter();
        let corridors_unknown = themes.filter_map(|code| gap_of(extracts, code)).next();
        Self {
            plane,
            day,
            ground: ground.area.clone(),
            lot: without(ground, &corridors_on(extracts), &roads),
            corridors: corridors(plane, extracts, &CORRIDORS),
            corridors_unknown,
            contacts: contacts(extracts),
            zoning: units(extracts, ZONING),
            detailed: units(extracts, DETAILED_PLAN),
            themes: themes_of(extracts),
            roads_unknown: gap_of(extracts, RIGHT_OF_WAY),
            open: open_questions(extracts, &statuses),
            layers: layers(extracts),
            statuses,
            roads,
            parcels,
        }
    }
}

impl Site {
    /// The parcels of a day under a footprint, by growing key; touching does not count.
    pub fn parcels_under(
        land: &Land,
        plane: Epsg,
        footprint: &MultiPolygon,
        day: Day,
    ) -> Vec<ParcelId> {
        let Some(window) = footprint.envelope() else {
            return Vec::new();
        };
        let footprint = Shape::Areas(footprint.clone());
        let around = land.parcels_in(plane, &window, day).into_iter();
        let under = around.filter(|version| {
            interiors_intersect(&footprint, &Shape::Areas(version.parcel.shape.clone()))
        });
        let mut under: Vec<ParcelId> = under.map(|version| version.parcel.id).collect();
        under.sort_unstable();
        under
    }
}

/// Themes whose land is off the lot (Decision 56/2021, App. 18, 2.1 and 5).
const CORRIDORS: [&str; 3] = ["waterway_corridor", "power_corridor", "rail_corridor"];
/// The theme of planned rights of way.
pub(super) const RIGHT_OF_WAY: &str = "right_of_way";
/// The theme of the zoning plan 1:2000.
pub(super) const ZONING: &str = "zoning";
/// The theme of detailed plans 1:500.
pub(super) const DETAILED_PLAN: &str = "detailed_plan";

/// Why the layers of a theme say nothing for a part of the parcels.
fn gap_of(extracts: &[Extract<'_>], code: &str) -> Option<GapReason> {
    let theme = Theme(code.into());
    for extract in extracts {
        let of_theme = extract.themes.iter().find(|found| *found.theme == theme);
        let Some(of_theme) = of_theme else {
            return Some(GapReason::LayerMissing);
        };
        if let Some(gap) = of_theme.gaps.first() {
            return Some(gap.reason);
        }
    }
    None
}

/// The units of a theme's plans on the parcels.
fn units(extracts: &[Extract<'_>], code: &str) -> Known<Vec<PlanUnit>> {
    if let Some(reason) = gap_of(extracts, code) {
        return Known::Gap(reason);
    }
    let themes = extracts.iter().flat_map(|extract| &extract.themes);
    let of_plan = themes.filter(|theme| &*theme.theme.0 == code);
    let features = of_plan.flat_map(|theme| &theme.restrictions);
    let units = features.filter_map(|found| match &found.feature().kind {
        FeatureKind::PlanUnit(unit) => Some(unit.clone()),
        _ => None,
    });
    Known::Whole(units.collect())
}

/// What red lines leave of the parcels, and the streets near them.
fn ground(extracts: &[Extract<'_>]) -> (Frontage, Vec<Road>) {
    if let [one] = extracts {
        return (one.roads.left.clone(), one.roads.near.clone());
    }
    let roads = Road::joined(extracts.iter().map(|extract| extract.roads.near.as_slice()));
    let left = union_all(extracts.iter().map(|extract| &extract.roads.left.area));
    (Frontage::of(left, &roads), roads)
}

/// The land of corridors on the parcels.
fn corridors_on(extracts: &[Extract<'_>]) -> Vec<MultiPolygon> {
    let mut taken = Vec::new();
    for extract in extracts {
        let themes = extract.themes.iter();
        let themes = themes.filter(|theme| CORRIDORS.contains(&&*theme.theme.0));
        for found in themes.flat_map(|theme| &theme.restrictions) {
            match &found.part {
                Part::Area { shape: None, .. } => taken.push(extract.shape.clone()),
                Part::Area {
                    shape: Some(shape), ..
                } => taken.push(shape.clone()),
                Part::Length { .. } | Part::Points(_) => {}
            }
        }
    }
    taken
}

/// Land without what corridors take of it.
fn without(ground: Frontage, corridors: &[MultiPolygon], roads: &[Road]) -> Frontage {
    if corridors.is_empty() {
        return ground;
    }
    let left = difference(&ground.area, &union_all(corridors));
    Frontage::of(left, roads)
}

/// Where red lines meet the parcels by less than can be told from nothing.
fn contacts(extracts: &[Extract<'_>]) -> Vec<MultiPolygon> {
    let themes = extracts.iter().flat_map(|extract| &extract.themes);
    let roads = themes.filter(|theme| &*theme.theme.0 == RIGHT_OF_WAY);
    let contacts = roads.flat_map(|theme| &theme.contacts);
    let shapes = contacts.filter_map(|contact| match &contact.part {
        Part::Area { shape, .. } => shape.clone(),
        Part::Length { .. } | Part::Points(_) => None,
    });
    shapes.collect()
}
