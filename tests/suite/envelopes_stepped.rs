//! What may be built where upper parts stand back, beside corridors, at corners and between streets.

use crate::checks::{FILED, PACKS, road, site};
use crate::envelopes::{all_stated, envelope, layers_of_all};
use crate::extract::{area, feature, land, unit};
use crate::village::{self, WEST, day};
use diachinh::cadastre::Revision;
use diachinh::geometry::{MultiPolygon, Shape};
use diachinh::land::Land;
use diachinh::planning::{Corridor, CorridorKind, FeatureKind, PlanFeature};
use diachinh::rules::check::{Building, Check, Proposal};
use diachinh::rules::envelope::{Cause, Envelope, Extent, KeptFrom, LackingReason, Level};
use diachinh::rules::proof::{Asked, Flaw, proof, recheck};
use diachinh::rules::site::{Facing, Site};
use diachinh::rules::{Decimal, Facts, Outcome};
use std::collections::BTreeMap;

/// A lot on its streets and corridors, with layers of all themes that shape a building.
fn land_with(lot: [f64; 4], features: Vec<PlanFeature>) -> Land {
    let key = village::key("26743", "5", "12");
    let lot = village::version(1, "26743", key, WEST, area(lot));
    let around = Shape::Areas(area([-90.0, -90.0, 90.0, 90.0]));
    let mut all = vec![feature(2, "zoning", unit("A-1"), around)];
    all.extend(features);
    land(vec![lot], layers_of_all(), all)
}

fn with(pairs: &[(&str, &str)]) -> Facts {
    let mut facts = all_stated();
    for (name, value) in pairs {
        facts.state(name, value).expect("a fact");
    }
    facts
}

/// The box of a level, in metres from the corner of the lot.
fn boxes(envelope: &Envelope<'_>) -> Vec<(u32, [f64; 4])> {
    let origin = area([0.0, 0.0, 1.0, 1.0]).envelope().expect("an area").min;
    let metres = |a: i32, b: i32| f64::from(a - b) / 1000.0;
    let of = |level: &Level<'_>| {
        let own = level.area.envelope().expect("an area");
        [
            metres(own.min.x(), origin.x()),
            metres(own.min.y(), origin.y()),
            metres(own.max.x(), origin.x()),
            metres(own.max.y(), origin.y()),
        ]
    };
    let levels = envelope.levels.iter();
    levels
        .map(|level| (level.to_mm.expect("limited"), of(level)))
        .collect()
}

fn causes(level: &Level<'_>) -> Vec<String> {
    let each = level.faces.iter().map(|face| match &face.cause {
        Cause::Limit(kept) => format!("{} {}", kept.quantity, kept.distance_mm),
        Cause::Lot(Facing::Road(road)) => format!("road {road}"),
        Cause::Lot(_) => "boundary".to_owned(),
        Cause::Corridor => "corridor".to_owned(),
    });
    each.collect()
}

fn storeys(envelope: &Envelope<'_>) -> Option<String> {
    let storeys = envelope.storeys.as_ref()?;
    Some(storeys.value.normalize().to_string())
}

fn lacking(envelope: &Envelope<'_>) -> Vec<(String, LackingReason)> {
    match &envelope.extent {
        Extent::Unknown { lacking, .. } => lacking
            .iter()
            .map(|own| (own.quantity.to_string(), own.reason))
            .collect(),
        Extent::Known | Extent::Nothing(_) => Vec::new(),
    }
}

/// Example 8: 5 m between a street of 16 m in the south and one of 5 m in the north.
fn example_8() -> Site {
    let roads = vec![
        road(1, 16_000, [-50.0, -16.0, 50.0, 0.0]),
        road(3, 5_000, [-50.0, 20.0, 50.0, 25.0]),
    ];
    site(&land_with([0.0, 0.0, 5.0, 20.0], roads))
}

#[test]
fn between_two_streets_what_is_higher_stands_back_from_the_narrower() {
    let site = example_8();
    let told = envelope(&site, &all_stated());
    assert_eq!(told.extent, Extent::Known, "{:?}", lacking(&told));
    assert_eq!(storeys(&told).as_deref(), Some("5"));
    assert_eq!(
        boxes(&told),
        [
            (11_600, [0.0, 0.0, 5.0, 20.0]),
            (21_600, [0.0, 0.0, 5.0, 16.5]),
            (23_600, [0.0, 0.001, 5.0, 16.5]),
        ]
    );
    let [ground, upper, _] = &told.levels[..] else {
        unreachable!("three levels");
    };
    assert!(
        causes(ground).contains(&"road 1".to_owned()),
        "{:?}",
        causes(ground)
    );
    let step = "step_back/narrower_road 3500".to_owned();
    assert!(causes(upper).contains(&step), "{:?}", causes(upper));
}

#[test]
fn a_narrower_street_without_a_decided_width_leaves_it_unknown() {
    let mut north = road(3, 5_000, [-50.0, 20.0, 50.0, 25.0]);
    if let FeatureKind::RightOfWay(way) = &mut north.kind {
        way.width_mm = None;
    }
    let south = road(1, 16_000, [-50.0, -16.0, 50.0, 0.0]);
    let site = site(&land_with([0.0, 0.0, 5.0, 20.0], vec![south, north]));
    let told = envelope(&site, &all_stated());
    let level = (
        "step_back/narrower_road_level".to_owned(),
        LackingReason::Unknown,
    );
    assert!(lacking(&told).contains(&level), "{:?}", lacking(&told));
    assert!(told.levels.is_empty());
    let told = envelope(&site, &with(&[("narrower_right_of_way_m", "5")]));
    assert_eq!(told.extent, Extent::Known, "{:?}", lacking(&told));
    assert_eq!(boxes(&told)[0].0, 11_600);
}

#[test]
fn at_a_corner_the_rear_setback_is_kept_from_every_edge_on_no_street() {
    let roads = vec![
        road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]),
        road(3, 8_000, [-8.0, 0.0, 0.0, 50.0]),
    ];
    let site = site(&land_with([0.0, 0.0, 10.0, 16.5], roads));
    let told = envelope(&site, &all_stated());
    assert_eq!(told.extent, Extent::Known, "{:?}", lacking(&told));
    // By the deeper of both streets; the east may be behind as well as the north.
    assert_eq!(boxes(&told)[0], (17_000, [0.0, 0.0, 8.0, 14.5]));
    // Above the height at the building line both lines are stood behind.
    assert_eq!(boxes(&told)[1].1, [0.001, 0.001, 8.0, 14.5]);
}

#[test]
fn an_added_storey_stands_back_from_the_building_line() {
    let site = site(&on_12_metres(4.0));
    let told = envelope(
        &site,
        &with(&[("added_storey", "true"), ("central_district", "true")]),
    );
    assert_eq!(told.extent, Extent::Known, "{:?}", lacking(&told));
    assert_eq!(
        boxes(&told),
        [
            (17_000, [0.0, 0.0, 4.0, 14.5]),
            (22_400, [0.0, 3.5, 4.0, 14.5]),
        ]
    );
    let step = "step_back/added_storey 3500".to_owned();
    assert!(causes(&told.levels[1]).contains(&step));
    assert_eq!(storeys(&told).as_deref(), Some("5"));
    let added = told.added.expect("told beside");
    assert_eq!((added.back_mm, added.top_mm), (Some(3_500), Some(22_400)));
}

/// A lot 16.5 m deep on a street of 12 m.
fn on_12_metres(wide: f64) -> Land {
    let street = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
    land_with([0.0, 0.0, wide, 16.5], vec![street])
}

/// What is stated, but for what only an added storey goes by.
fn without_a_word_on_storeys() -> Facts {
    let left_out = ["added_storey", "central_district", "commercial_street"];
    let mut facts = Facts::new();
    for (parameter, known) in all_stated().iter() {
        if let diachinh::rules::Knowledge::Known { fact, .. } = known
            && !left_out.contains(&parameter.name())
        {
            facts
                .state(parameter.name(), &fact.to_string())
                .expect("a fact");
        }
    }
    facts
}

#[test]
fn without_a_word_on_added_storeys_only_those_of_the_table_are_told() {
    for (wide, holds) in [(4.0, false), (8.5, true)] {
        let site = site(&on_12_metres(wide));
        let told = envelope(&site, &without_a_word_on_storeys());
        assert_eq!(told.extent, Extent::Known, "{:?}", lacking(&told));
        assert_eq!(storeys(&told).as_deref(), Some("4"), "{wide}");
        assert_eq!(
            told.levels.last().and_then(|level| level.to_mm),
            Some(19_000)
        );
        let taken: Vec<&str> = told
            .assumed
            .iter()
            .map(|own| own.parameter.name())
            .collect();
        assert_eq!(
            taken,
            ["added_storey", "central_district", "commercial_street"]
        );
        let added = told.added.expect("a storey may be added");
        let five = added.storeys.as_ref().map(|own| own.value);
        assert_eq!(five, Some(Decimal::from(5)));
        assert_eq!((added.back_mm, added.top_mm), (Some(3_500), Some(22_400)));
        let sure = added
            .ways
            .iter()
            .any(|way| way.holds == diachinh::rules::Truth::True);
        assert_eq!(sure, holds, "{:?}", added.ways);
    }
}

#[test]
fn an_added_storey_that_no_table_adds_is_not_told_with_its_heights() {
    let site = site(&on_12_metres(4.0));
    for central in [Some("false"), None] {
        let mut facts = without_a_word_on_storeys();
        facts.state("added_storey", "true").expect("a fact");
        if let Some(central) = central {
            facts.state("central_district", central).expect("a fact");
        }
        let told = envelope(&site, &facts);
        let reason = ("storeys".to_owned(), LackingReason::NoAddedStorey);
        assert!(lacking(&told).contains(&reason), "{:?}", told.extent);
        assert!(told.levels.is_empty());
    }
}

fn line(volts: u32, width_mm: u32, shape: [f64; 4]) -> PlanFeature {
    let corridor = Corridor {
        kind: CorridorKind::Power,
        name: "Đường dây".to_owned(),
        width_mm: Some(width_mm),
        voltage_v: Some(volts),
    };
    let shape = Shape::Areas(area(shape));
    feature(4, "power", FeatureKind::Corridor(corridor), shape)
}

fn clearance(site: &Site, footprint: MultiPolygon) -> Option<Outcome> {
    clearance_of(site, footprint, Building::default())
}

fn clearance_of(site: &Site, footprint: MultiPolygon, building: Building) -> Option<Outcome> {
    let proposal = Proposal {
        footprint,
        off_by_mm: 0,
        building,
    };
    let check = Check::new(&PACKS, site, &proposal, &all_stated(), day(FILED)).expect("sizes");
    let mut verdicts = check.verdicts.iter();
    let own = verdicts.find(|own| own.limit.quantity.to_string() == "clearance/power_line");
    own.map(|verdict| verdict.outcome)
}

#[test]
fn beside_a_power_line_the_outline_keeps_what_passes_for_certain() {
    // The law asks for 4 m at 110 kV and 6 m at 220 kV; both corridors reach 4 m from the wires.
    for (volts, more_m) in [(110_000, 0.0), (220_000, 2.0)] {
        let power = line(volts, 4_000, [10.0, -50.0, 30.0, 50.0]);
        let street = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
        let site = site(&land_with([0.0, 0.0, 14.0, 16.5], vec![street, power]));
        let doubt_m = f64::from(site.corridors_doubt_mm("power_line")) / 1000.0;
        assert!(doubt_m >= 0.1, "{doubt_m}");
        let told = envelope(&site, &all_stated());
        assert_eq!(told.extent, Extent::Known, "{:?}", lacking(&told));
        let [_, _, east, _] = boxes(&told)[0].1;
        assert!((east - (10.0 - more_m - doubt_m)).abs() < 1e-9, "{east}");
        let named = told.levels[0].faces.iter().any(
            |face| matches!(&face.cause, Cause::Limit(kept) if kept.from == KeptFrom::Corridor(0)),
        );
        assert!(named, "{:?}", causes(&told.levels[0]));
        let strip = |east: f64| area([1.0, 1.0, east, 9.0]);
        let at = |east: f64| clearance(&site, strip(east));
        assert_eq!(at(east), Some(Outcome::Pass));
        assert_eq!(at(east + 0.001), Some(Outcome::Marginal));
        assert_eq!(at(10.001), Some(Outcome::Unknown), "in the corridor");
        if more_m > 0.0 {
            let nearest = 10.0 - more_m + doubt_m;
            assert_eq!(at(nearest), Some(Outcome::Marginal));
            assert_eq!(at(nearest + 0.001), Some(Outcome::Fail));
        }
    }
}

#[test]
fn a_balcony_that_comes_nearer_to_a_line_than_the_house_does_not_pass() {
    use diachinh::rules::check::{Part, PartKind};
    let power = line(220_000, 4_000, [10.0, -50.0, 30.0, 50.0]);
    let street = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
    let site = site(&land_with([0.0, 0.0, 14.0, 16.5], vec![street, power]));
    let doubt_m = f64::from(site.corridors_doubt_mm("power_line")) / 1000.0;
    let nearest = 8.0 - doubt_m;
    for (east, expected) in [
        (nearest, Outcome::Pass),
        (nearest + 0.001, Outcome::Unknown),
    ] {
        let heights = [35, 46].map(|tenths| Some(Decimal::new(tenths, 1)));
        let outline = Shape::Areas(area([6.0, 2.0, east, 5.0]));
        let balcony = Part::new(PartKind::Balcony, outline, heights[0], heights[1]);
        let building = Building {
            parts: vec![balcony.expect("a part")],
            ..Building::default()
        };
        let own = clearance_of(&site, area([1.0, 1.0, 6.0, 9.0]), building);
        assert_eq!(own, Some(expected), "{east}");
    }
}

#[test]
fn a_line_that_is_drawn_without_its_land_leaves_it_unknown() {
    use diachinh::geometry::LineString;
    let mut power = line(110_000, 4_000, [9.0, -50.0, 30.0, 50.0]);
    let corners = area([9.0, -50.0, 9.1, 50.0]).0[0].exterior.0.clone();
    let (from, to) = (corners[0], corners[2]);
    power.shapes[0].1 = Shape::Lines(vec![LineString(vec![from, to])]);
    let street = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
    let site = site(&land_with([0.0, 0.0, 14.0, 16.5], vec![street, power]));
    let told = envelope(&site, &all_stated());
    let reason = (
        "clearance/power_line".to_owned(),
        LackingReason::NotMeasured,
    );
    assert!(lacking(&told).contains(&reason), "{:?}", told.extent);
    assert!(told.levels.is_empty());
}

#[test]
fn outside_towns_the_road_keeps_its_corridor_from_the_red_line() {
    let site = site(&on_12_metres(12.0));
    let told = envelope(
        &site,
        &with(&[("urban_area", "false"), ("road_grade", "6")]),
    );
    assert_eq!(told.extent, Extent::Known, "{:?}", lacking(&told));
    let doubt_m = site.roads[0].reach_mm().ceil() / 1000.0;
    let [_, south, _, _] = boxes(&told)[0].1;
    assert!((south - (4.0 + doubt_m)).abs() < 1e-9, "{south}");
}

#[test]
fn the_proof_of_a_check_beside_a_line_holds_its_corridor() {
    let power = line(220_000, 4_000, [10.0, -50.0, 30.0, 50.0]);
    let street = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
    let site = site(&land_with([0.0, 0.0, 14.0, 16.5], vec![street, power]));
    let proposal = Proposal {
        footprint: area([1.0, 1.0, 9.0, 9.0]),
        off_by_mm: 0,
        building: Building::default(),
    };
    let stated = all_stated();
    let check = Check::new(&PACKS, &site, &proposal, &stated, day(FILED)).expect("sizes");
    let asked = Asked {
        given: "{}",
        proposal: &proposal,
        stated: &stated,
        revision: Revision(7),
        synthetic: true,
        contents: &BTreeMap::new(),
    };
    let proof = proof(&PACKS, &site, &asked, &check).expect("JSON");
    recheck(&proof).expect("it holds");
    // Without it nobody can say how far the wires are.
    let mut without = proof;
    let corridors = without["site"].as_object_mut().expect("a site");
    assert!(corridors.remove("corridors").is_some());
    let flaw = recheck(&without).expect_err("a verdict is another");
    assert!(matches!(flaw, Flaw::Differs { .. }), "{flaw}");
}
