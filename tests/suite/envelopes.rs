//! What may be built on a lot: outlines with heights, and which rule makes each face.

use crate::checks::{FILED, PACKS, example_1, road, site, stated};
use crate::extract::{area, feature, land, layer, unit};
use crate::village::{self, WEST, day};
use diachinh::cadastre::{LandUseCode, LandUseLine, ParcelStatus, ParcelVersion};
use diachinh::geometry::Shape;
use diachinh::land::Land;
use diachinh::planning::Layer;
use diachinh::rules::Facts;
use diachinh::rules::check::Total;
use diachinh::rules::envelope::{Cause, Envelope, Extent, LackingReason, Level};
use diachinh::rules::site::{Facing, Site};

/// What an asker states so that nothing which shapes a row house is left open.
pub fn all_stated() -> Facts {
    let mut facts = stated();
    for (name, value) in [
        ("grade", "4"),
        ("commercial_axis", "false"),
        ("urban_area", "true"),
        ("set_back_row_length_m", "0"),
        ("most_of_block_set_back", "false"),
        ("building_line_on_red_line", "true"),
        ("cable_ground", "none"),
        ("road_grade", "none"),
        ("sidewalk_m", "3"),
        ("detailed_front_setback_m", "none"),
    ] {
        facts.state(name, value).expect("a fact");
    }
    facts
}

pub fn envelope(site: &Site, facts: &Facts) -> Envelope<'static> {
    Envelope::new(&PACKS, site, facts, day(FILED)).expect("sizes of a site")
}

#[test]
fn on_land_that_is_recovered_or_in_dispute_nothing_is_told_as_allowed() {
    for (status, reason) in [
        (ParcelStatus::Recovered, "recovered"),
        (ParcelStatus::Disputed, "disputed"),
    ] {
        let mut lot = known_lot(16.5);
        lot.parcel.status = status;
        let told = envelope(&site(&land_of(lot)), &all_stated());
        assert!(told.levels.is_empty(), "{reason}");
        let Extent::Unknown { site, .. } = told.extent else {
            unreachable!("{reason}: {:?}", told.extent);
        };
        assert_eq!(site, [reason]);
    }
}

/// Example 1 with layers of all themes that shape a building; the lot is so deep.
fn known_land(depth_m: f64) -> Land {
    land_of(known_lot(depth_m))
}

fn known_lot(depth_m: f64) -> ParcelVersion {
    let key = village::key("26743", "5", "12");
    village::version(1, "26743", key, WEST, area([0.0, 0.0, 4.0, depth_m]))
}

/// Layers of all themes that shape a building.
pub fn layers_of_all() -> Vec<Layer> {
    let layers = [
        ("roads", "right_of_way"),
        ("zoning", "zoning"),
        ("detailed", "detailed_plan"),
        ("canals", "waterway_corridor"),
        ("power", "power_corridor"),
        ("rail", "rail_corridor"),
        ("heritage", "heritage"),
        ("architecture", "architecture"),
    ];
    layers.map(|(code, theme)| layer(code, theme)).to_vec()
}

fn land_of(lot: ParcelVersion) -> Land {
    let around = Shape::Areas(area([-50.0, -50.0, 50.0, 50.0]));
    let road = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
    land(
        vec![lot],
        layers_of_all(),
        vec![road, feature(2, "zoning", unit("A-1"), around)],
    )
}

fn heights(levels: &[Level<'_>]) -> Vec<(u32, Option<u32>)> {
    levels
        .iter()
        .map(|level| (level.from_mm, level.to_mm))
        .collect()
}

#[test]
fn example_1_may_be_built_up_to_its_rear_setback_and_its_heights() {
    let site = site(&known_land(16.5));
    let envelope = envelope(&site, &all_stated());
    assert_eq!(envelope.extent, Extent::Known);
    assert_eq!(
        heights(&envelope.levels),
        [(0, Some(17_000)), (17_000, Some(19_000))]
    );
    let [body, roof] = &envelope.levels[..] else {
        unreachable!("two levels");
    };
    assert_eq!(
        body.area.twice_area(),
        area([0.0, 0.0, 4.0, 14.5]).twice_area()
    );
    assert_eq!(
        roof.area.twice_area(),
        area([0.0, 0.001, 4.0, 14.5]).twice_area()
    );
    let causes: Vec<String> = body
        .faces
        .iter()
        .map(|face| match &face.cause {
            Cause::Limit(kept) => format!("{} {}", kept.quantity, kept.distance_mm),
            Cause::Lot(Facing::Road(_)) => "road".to_owned(),
            Cause::Lot(_) => "boundary".to_owned(),
            Cause::Corridor => "corridor".to_owned(),
        })
        .collect();
    for cause in ["setback/rear 2000", "road", "boundary"] {
        assert!(causes.iter().any(|own| own == cause), "{causes:?}");
    }
    let value = |greatest: &Option<diachinh::rules::envelope::Greatest>| {
        greatest
            .as_ref()
            .map(|greatest| greatest.value.normalize().to_string())
    };
    assert_eq!(value(&envelope.storeys).as_deref(), Some("4"));
    // 4.0 by 14.5 m, which is less than 96.8 % of 66 m².
    assert_eq!(value(&envelope.footprint).as_deref(), Some("58"));
    assert_eq!(value(&envelope.floors).as_deref(), Some("232"));
    // What is less than 3 m deep behind the building line has the heights of narrow lots.
    let needs = envelope.needs.iter();
    let needs = needs.map(|need| format!("{} {}", need.parameter, need.at_least));
    assert_eq!(needs.collect::<Vec<_>>(), ["depth_from_building_line_m 3"]);
    // Themes without a layer keep it from more.
    assert_eq!(envelope.total, Total::OfficerDecides);
}

#[test]
fn what_is_not_stated_is_lacking_and_nothing_is_told_as_allowed() {
    let site = site(&example_1());
    let envelope = envelope(&site, &Facts::new());
    let Extent::Unknown { lacking, .. } = &envelope.extent else {
        unreachable!("{:?}", envelope.extent);
    };
    assert!(!lacking.is_empty());
    assert!(
        lacking
            .iter()
            .all(|lacking| lacking.reason == LackingReason::Unknown)
    );
    assert!(envelope.levels.is_empty() && envelope.reach.is_none());
}

#[test]
fn a_parcel_of_which_only_a_part_is_for_dwellings_is_not_known() {
    let mut site = site(&known_land(16.5));
    let line = |code| LandUseLine {
        code: LandUseCode::parse(code).expect("a code"),
        area: None,
        origin: None,
        form: None,
        until: None,
    };
    site.parcels[0].land_use = ["ODT", "CLN"].map(line).to_vec();
    let envelope = envelope(&site, &all_stated());
    let Extent::Unknown { site: gaps, .. } = &envelope.extent else {
        unreachable!("{:?}", envelope.extent);
    };
    assert_eq!(gaps, &["partly_residential"]);
    assert!(envelope.levels.is_empty() && envelope.reach.is_none());
}
