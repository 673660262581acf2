//! What the planning portal of a city answers of a parcel, out of its extract.

use super::decimal::{decimal, square_metres};
use super::said::{Said, provision, word_of};
use super::view::{PlanningView, RoadView, RoadsView, UnitView, UnitsView};
use crate::land::extract::{Concern, Extract, Part, Restriction, Road, ThemeExtract};
use crate::planning::FeatureKind;

/// Names of the eighths of a turn, from east on counter-clockwise.
const SIDES: [&str; 8] = [
    "east",
    "northeast",
    "north",
    "northwest",
    "west",
    "southwest",
    "south",
    "southeast",
];

/// The portal's answer.
pub fn planning(said: &Said, extract: &Extract<'_>) -> PlanningView {
    let units = |theme: &str| units(said, find(extract, theme));
    PlanningView {
        detailed_plan: units("detailed_plan"),
        local_adjustments: units("local_adjustment"),
        right_of_way: roads(extract),
        zoning: units("zoning"),
    }
}

fn find<'x, 'l>(extract: &'x Extract<'l>, theme: &str) -> Option<&'x ThemeExtract<'l>> {
    extract.themes.iter().find(|own| &*own.theme.0 == theme)
}

/// A theme that neither the catalogue nor the register has is without data.
fn concern(theme: Option<&ThemeExtract<'_>>) -> Concern {
    theme.map_or(Concern::NoData, ThemeExtract::concern)
}

fn units(said: &Said, theme: Option<&ThemeExtract<'_>>) -> UnitsView {
    let concern = concern(theme);
    let layers = theme.iter().flat_map(|theme| &theme.layers);
    let speaking = layers.filter(|consulted| consulted.twice_mm2 > 0);
    let restrictions = theme.iter().flat_map(|theme| &theme.restrictions);
    let units = restrictions.filter_map(|restriction| unit(said, restriction));
    UnitsView {
        concern: word_of(concern).to_owned(),
        plans: speaking.map(|own| own.layer.code.to_string()).collect(),
        units: (concern != Concern::NoData).then(|| units.collect()),
    }
}

fn unit(said: &Said, restriction: &Restriction<'_>) -> Option<UnitView> {
    let FeatureKind::PlanUnit(unit) = &restriction.feature().kind else {
        return None;
    };
    let indices = &unit.indices;
    let tenths = indices.coverage_max_permille.map(i128::from);
    let hundredths = indices.floor_area_ratio_max_hundredths.map(i128::from);
    Some(UnitView {
        code: unit.code.clone(),
        coverage_max_percent: tenths.map(|tenths| decimal(tenths, 10, 1)),
        floor_area_ratio_max: hundredths.map(|hundredths| decimal(hundredths, 100, 2)),
        function: unit.function.clone(),
        height_max_mm: indices.height_max_mm,
        layer: restriction.layer.code.to_string(),
        population: indices.population,
        share: match restriction.part {
            Part::Area { twice_mm2, .. } => Some(said.share(twice_mm2)),
            Part::Length { .. } | Part::Points(_) => None,
        },
        storeys_max: indices.storeys_max,
    })
}

fn roads(extract: &Extract<'_>) -> RoadsView {
    let theme = find(extract, "right_of_way");
    let concern = concern(theme);
    let is_whole = theme.is_some_and(|theme| theme.gaps.is_empty());
    let roads = &extract.roads;
    let known = concern != Concern::NoData || !roads.roads.is_empty();
    RoadsView {
        concern: word_of(concern).to_owned(),
        left_m2: is_whole.then(|| square_metres(roads.left_twice_mm2)),
        roads: known.then(|| roads.roads.iter().map(road).collect()),
    }
}

fn road(road: &Road<'_>) -> RoadView {
    let side = road.side.and_then(|eighth| SIDES.get(usize::from(eighth)));
    RoadView {
        alley: road.way.alley,
        decision: road.way.decision.as_ref().map(provision),
        front_mm: road.front_mm,
        layer: road.layer.code.to_string(),
        side: side.map(|side| (*side).to_owned()),
        street: road.way.street.clone(),
        takes: road.takes,
        width_mm: road.way.width_mm,
    }
}
