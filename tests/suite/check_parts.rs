//! Parts that are drawn: what is measured of them is judged, and nothing that reaches out is overlooked.

use crate::checks::{FILED, PACKS, house, road, site, stated};
use crate::extract::{area, feature, land, layer, unit};
use crate::village::{self, WEST, day, point};
use diachinh::cadastre::Revision;
use diachinh::geometry::{LineString, Shape};
use diachinh::land::Land;
use diachinh::rules::check::{
    Check, FoundValue, Part, PartKind, PartPlace, Proposal, Total, Verdict, Witness,
};
use diachinh::rules::proof::{Asked, Flaw, proof, recheck};
use diachinh::rules::{Decimal, Facts, Outcome, Parameter};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A height in metres.
pub fn metres(text: &str) -> Option<Decimal> {
    Some(Decimal::from_str_exact(text).expect("a decimal"))
}

pub fn part(kind: PartKind, shape: [f64; 4], heights: Option<[&str; 2]>) -> Part {
    let [from, to] = heights.map_or([None, None], |heights| heights.map(metres));
    Part::new(kind, Shape::Areas(area(shape)), from, to).expect("a part")
}

/// Example 1 with parts.
pub fn with(parts: Vec<Part>) -> Proposal {
    let mut proposal = house([0.0, 0.0, 4.0, 14.5]);
    proposal.building.parts = parts;
    proposal
}

/// What is stated of a row house whose building line lies on the red line, and more.
pub fn facts(more: &[(&str, &str)]) -> Facts {
    let mut facts = stated();
    let own = [("sidewalk_m", "3"), ("building_line_on_red_line", "true")];
    for (name, value) in own.iter().chain(more) {
        facts.state(name, value).expect("a fact");
    }
    facts
}

pub fn judged(land: &Land, proposal: &Proposal, more: &[(&str, &str)]) -> Check<'static> {
    Check::new(&PACKS, &site(land), proposal, &facts(more), day(FILED)).expect("sizes of a house")
}

pub fn verdict<'c>(check: &'c Check<'static>, quantity: &str) -> &'c Verdict<'static> {
    let mut verdicts = check.verdicts.iter();
    let own = verdicts.find(|verdict| verdict.limit.quantity.to_string() == quantity);
    own.expect("a rule limits it")
}

pub fn number(verdict: &Verdict<'_>) -> Option<String> {
    match verdict.found.as_ref()?.value {
        FoundValue::Number(number) => Some(number.normalize().to_string()),
        FoundValue::Word(_) | FoundValue::Absent => None,
    }
}

#[test]
fn a_drawn_balcony_passes_up_to_its_bound_and_fails_a_millimetre_farther() {
    let land = row_lot();
    for (reach, expected) in [
        (1.199, Outcome::Pass),
        (1.2, Outcome::Pass),
        (1.201, Outcome::Fail),
    ] {
        let balcony = part(
            PartKind::Balcony,
            [0.0, -reach, 4.0, 0.0],
            Some(["3.5", "4.6"]),
        );
        let check = judged(&land, &with(vec![balcony]), &[]);
        let own = verdict(&check, "projection/balcony");
        assert_eq!(own.outcome, expected, "{reach}");
        assert_eq!(number(own), Some(reach.to_string()));
        let witness = own.found.as_ref().and_then(|found| found.witness.clone());
        let Some(Witness::Segment(from, to)) = witness else {
            unreachable!("{witness:?}");
        };
        let long = (from.y_mm - to.y_mm).hypot(from.x_mm - to.x_mm);
        assert!((long - reach * 1000.0).abs() < 0.5, "{long}");
        assert_eq!(check.parts[0].outcome, expected);
        assert_eq!(check.parts[0].place, PartPlace::OverStreet);
        assert_eq!(check.parts[0].reach_m, metres(&reach.to_string()));
        assert_eq!(check.total == Total::MayNot, expected == Outcome::Fail);
    }
    for (underside, expected) in [
        ("3.499", Outcome::Fail),
        ("3.5", Outcome::Pass),
        ("3.501", Outcome::Pass),
    ] {
        let heights = Some([underside, "5"]);
        let canopy = part(PartKind::Canopy, [0.0, -0.5, 4.0, 0.0], heights);
        let check = judged(&land, &with(vec![canopy]), &[]);
        let own = verdict(&check, "projection/underside");
        assert_eq!(own.outcome, expected, "{underside}");
        assert_eq!(check.parts[0].outcome, expected, "{underside}");
    }
}

#[test]
fn what_is_drawn_and_stated_otherwise_never_passes() {
    let land = row_lot();
    let balcony = |reach: f64| {
        let shape = [0.0, -reach, 4.0, 0.0];
        with(vec![part(PartKind::Balcony, shape, Some(["3.5", "4.6"]))])
    };
    for (drawn, said, expected) in [
        (1.2, "1.2", Outcome::Pass),
        (1.2, "0.9", Outcome::Unknown),
        (1.2, "none", Outcome::Unknown),
        (1.3, "1.2", Outcome::Fail),
    ] {
        let check = judged(&land, &balcony(drawn), &[("balcony_m", said)]);
        let own = verdict(&check, "projection/balcony");
        assert_eq!(own.outcome, expected, "{drawn} {said}");
        let contradicted = check.contradicted.contains(&Parameter::Balcony);
        assert_eq!(contradicted, expected != Outcome::Pass, "{drawn} {said}");
    }
    // Over the own lot alone, nothing reaches over the street.
    let inside = part(PartKind::Balcony, [0.0, 0.0, 4.0, 1.0], None);
    let check = judged(&land, &with(vec![inside]), &[("balcony_m", "none")]);
    assert!(check.contradicted.is_empty(), "{:?}", check.contradicted);
    let own = verdict(&check, "projection/balcony");
    assert_eq!(own.outcome, Outcome::NotApplicable);
}

#[test]
fn what_reaches_onto_land_of_others_fails_with_what_lies_there() {
    let land = row_lot();
    for (kind, shape) in [
        (PartKind::Balcony, [-0.001, -1.0, 4.0, 0.1]),
        (PartKind::Canopy, [0.0, 14.5, 4.0, 16.501]),
        (PartKind::LowPart, [3.5, 2.0, 4.001, 3.0]),
        (PartKind::Pergola, [0.0, 2.0, 4.001, 3.0]),
        (PartKind::Ramp, [-0.001, 4.0, 3.0, 8.0]),
        (PartKind::Basement, [0.0, 4.0, 4.0, 16.501]),
        (PartKind::Level, [0.0, 4.0, 4.001, 14.5]),
        (PartKind::Balcony, [0.0, -12.001, 4.0, 0.0]),
    ] {
        let heights = match kind {
            PartKind::Basement | PartKind::Ramp => ["-3", "0"],
            PartKind::LowPart => ["0", "1"],
            _ => ["4", "7"],
        };
        let check = judged(&land, &with(vec![part(kind, shape, Some(heights))]), &[]);
        let own = &check.parts[0];
        assert_eq!(own.place, PartPlace::Beyond, "{kind:?} {shape:?}");
        assert_eq!(own.outcome, Outcome::Fail, "{kind:?}");
        assert_eq!(check.total, Total::MayNot, "{kind:?}");
        let Some(Witness::Area(beyond)) = &own.witness else {
            unreachable!("{:?}", own.witness);
        };
        let beyond_mm = beyond.twice_area() / 2;
        assert!((100..=20_000).contains(&beyond_mm), "{kind:?}: {beyond_mm}");
    }
}

#[test]
fn what_no_rule_lets_over_the_red_line_fails_and_on_the_lot_does_not_apply() {
    let land = row_lot();
    for (kind, heights) in [
        (PartKind::Ramp, ["-1", "0"]),
        (PartKind::Basement, ["-3", "0"]),
        (PartKind::Pergola, ["17", "19"]),
    ] {
        let over = part(kind, [0.0, -0.001, 4.0, 8.0], Some(heights));
        let check = judged(&land, &with(vec![over]), &[]);
        assert_eq!(check.parts[0].place, PartPlace::OverStreet, "{kind:?}");
        assert_eq!(check.parts[0].outcome, Outcome::Fail, "{kind:?}");
        assert_eq!(check.total, Total::MayNot, "{kind:?}");
    }
    let steps = part(PartKind::LowPart, [1.0, -0.5, 2.0, 0.0], Some(["0", "0.4"]));
    let check = judged(&land, &with(vec![steps]), &[]);
    assert_eq!(check.parts[0].outcome, Outcome::Fail);
    assert_eq!(check.total, Total::MayNot);
    let basement = part(PartKind::Basement, [0.0, 0.0, 4.0, 16.5], None);
    let check = judged(&land, &with(vec![basement]), &[]);
    assert_eq!(check.parts[0].outcome, Outcome::NotApplicable);
    assert!(check.parts[0].judged_by.is_empty());
}

#[test]
fn a_fence_may_stand_on_the_boundary_and_not_a_millimetre_beyond() {
    let land = row_lot();
    for (west, place) in [(0.0, PartPlace::Within), (-0.001, PartPlace::Beyond)] {
        let ends = [(west, 0.0), (west, 16.5), (4.0, 16.5)];
        let points = ends.map(|(x, y)| crate::extract::place(x, y));
        let line = Shape::Lines(vec![LineString(points.to_vec())]);
        let fence = Part::new(PartKind::Fence, line, None, metres("2.6")).expect("a fence");
        let check = judged(&land, &with(vec![fence]), &[]);
        assert_eq!(check.parts[0].place, place);
        let fails = check.parts[0].outcome == Outcome::Fail;
        assert_eq!(fails, place == PartPlace::Beyond);
        assert_eq!(check.parts[0].witness.is_some(), fails);
    }
}

#[test]
fn a_drawn_ramp_stays_three_metres_behind_the_red_line() {
    let land = row_lot();
    for (front, expected) in [
        (2.999, Outcome::Fail),
        (3.0, Outcome::Pass),
        (3.001, Outcome::Pass),
    ] {
        let ramp = part(PartKind::Ramp, [0.0, front, 3.0, 9.0], Some(["-3", "0"]));
        let check = judged(&land, &with(vec![ramp]), &[]);
        let own = verdict(&check, "setback/ramp");
        assert_eq!(own.outcome, expected, "{front}");
        assert_eq!(check.parts[0].outcome, expected, "{front}");
    }
}

#[test]
fn a_canopy_over_the_rear_setback_is_for_an_officer() {
    let land = row_lot();
    // The house itself stays 2 m behind, and covers 87.9 % of at most 96.8.
    for (rear, expected) in [(14.5, Outcome::Pass), (15.5, Outcome::Unknown)] {
        let canopy = part(PartKind::Canopy, [0.0, 13.0, 4.0, rear], Some(["3", "3.2"]));
        let check = judged(&land, &with(vec![canopy]), &[]);
        assert_eq!(verdict(&check, "setback/rear").outcome, expected, "{rear}");
        assert_eq!(verdict(&check, "coverage").outcome, Outcome::Pass);
    }
    let canopy = part(PartKind::Canopy, [0.0, 13.0, 4.0, 16.5], Some(["3", "3.2"]));
    let check = judged(&land, &with(vec![canopy]), &[]);
    assert_eq!(verdict(&check, "coverage").outcome, Outcome::Unknown);
}

#[test]
fn a_balcony_over_another_street_is_judged_by_the_width_of_that_one() {
    let over = |shape| part(PartKind::Balcony, shape, Some(["4", "5"]));
    let west = over([-0.9, 2.0, 0.0, 6.0]);
    let south = over([1.0, -0.9, 3.0, 0.0]);
    for (width_mm, expected) in [(5_000, Outcome::Fail), (11_000, Outcome::Unknown)] {
        let land = example_1_between(vec![
            road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]),
            road(3, width_mm, [-5.0, 0.0, 0.0, 50.0]),
        ]);
        for parts in [vec![west.clone()], vec![west.clone(), south.clone()]] {
            let check = judged(&land, &with(parts), &[]);
            assert_eq!(check.parts[0].place, PartPlace::OverOtherStreet);
            assert_eq!(check.parts[0].outcome, expected, "{width_mm}");
            assert_eq!(check.parts[0].reach_m, metres("0.9"));
            let own = verdict(&check, "projection/balcony");
            assert_eq!(own.outcome, expected, "{width_mm}");
            assert_ne!(check.total, Total::MayProceed);
        }
    }
}

#[test]
fn a_balcony_that_hangs_before_the_neighbours_house_does_not_pass() {
    let land = row_lot();
    for (shape, expected) in [
        ([0.0, -0.6, 4.0, 0.0], Outcome::Pass),
        ([-0.002, -0.6, 4.002, 0.0], Outcome::Pass),
        ([-0.003, -0.6, 4.0, 0.0], Outcome::Unknown),
        ([0.0, -0.6, 4.6, 0.0], Outcome::Unknown),
        ([-0.6, -0.6, 4.6, 0.0], Outcome::Unknown),
        ([-0.6, -1.6, 4.6, 0.0], Outcome::Fail),
    ] {
        let balcony = part(PartKind::Balcony, shape, Some(["3.5", "4.6"]));
        let check = judged(&land, &with(vec![balcony]), &[]);
        assert_eq!(check.parts[0].place, PartPlace::OverStreet, "{shape:?}");
        assert_eq!(check.parts[0].outcome, expected, "{shape:?}");
        let own = verdict(&check, "projection/balcony");
        assert_eq!(own.outcome, expected, "{shape:?}");
    }
}

/// The lot of example 1 on its street of 12 m, outside of every area with rules of its own.
pub fn row_lot() -> Land {
    example_1_between(vec![road(1, 12_000, [-50.0, -12.0, 50.0, 0.0])])
}

/// The lot of example 1 between these streets.
pub fn example_1_between(roads: Vec<diachinh::planning::PlanFeature>) -> Land {
    let key = village::key("26743", "5", "12");
    let lot = village::version(1, "26743", key, WEST, area([0.0, 0.0, 4.0, 16.5]));
    let layers = [
        ("roads", "right_of_way"),
        ("zoning", "zoning"),
        ("detailed", "detailed_plan"),
        ("architecture", "architecture"),
        ("canals", "waterway_corridor"),
        ("power", "power_corridor"),
        ("rail", "rail_corridor"),
    ];
    let zone = Shape::Areas(area([-50.0, -50.0, 50.0, 50.0]));
    let mut features = roads;
    features.push(feature(9, "zoning", unit("A-1"), zone));
    let layers = layers.map(|(code, theme)| layer(code, theme)).to_vec();
    land(vec![lot], layers, features)
}

/// The proof of a proposal on the lot of example 1.
pub fn proved(proposal: &Proposal) -> Value {
    let land = row_lot();
    let (site, stated) = (site(&land), facts(&[]));
    let check = Check::new(&PACKS, &site, proposal, &stated, day(FILED)).expect("sizes of a house");
    let asked = Asked {
        given: "{}",
        proposal,
        stated: &stated,
        revision: Revision(7),
        synthetic: true,
        contents: &BTreeMap::new(),
    };
    proof(&PACKS, &site, &asked, &check).expect("JSON")
}

#[test]
fn parts_stand_in_the_evidence_and_are_judged_again_from_it() {
    let balcony = part(
        PartKind::Balcony,
        [0.0, -1.2, 4.0, 0.0],
        Some(["3.5", "4.6"]),
    );
    let ends = [(0.0, 0.0), (0.0, 16.5)].map(|(x, y)| crate::extract::place(x, y));
    let line = Shape::Lines(vec![LineString(ends.to_vec())]);
    let fence = Part::new(PartKind::Fence, line, None, None).expect("a fence");
    let whole = proved(&with(vec![balcony, fence]));
    assert!(recheck(&whole).is_ok(), "{:?}", recheck(&whole));
    assert_eq!(whole["check"]["parts"][0]["outcome"], "pass");
    let farther = whole["proposal"]["parts"][0]["area"][0][0][0][1].as_i64();
    let changes = [
        (
            "/proposal/parts/0/area/0/0/0/1",
            json!(farther.map(|mm| mm - 1)),
        ),
        ("/proposal/parts/0/from_m", json!("3.499")),
        ("/proposal/parts/1/kind", json!("ramp")),
        ("/proposal/parts", json!([])),
        ("/check/parts/0/outcome", json!("fail")),
    ];
    for (place, value) in changes {
        let mut changed = whole.clone();
        *changed.pointer_mut(place).expect("it is there") = value;
        let again = recheck(&changed);
        let flaw = again.expect_err(place);
        let caught = matches!(flaw, Flaw::Differs { .. } | Flaw::Unreadable { .. });
        assert!(caught, "{place}: {flaw}");
    }
    // What has no parts is written as it was before there were any.
    let without = proved(&with(Vec::new()));
    for place in ["/proposal/parts", "/proposal/floors", "/check/parts"] {
        assert_eq!(without.pointer(place), None, "{place}");
    }
}

#[test]
fn a_part_has_the_shape_and_heights_of_its_kind() {
    let square = || Shape::Areas(area([0.0, 0.0, 1.0, 1.0]));
    let line = || Shape::Lines(vec![LineString(vec![point(WEST, 603_000.0, 1_191_000.0)])]);
    for (kind, shape, heights) in [
        (PartKind::Fence, square(), [None, None]),
        (PartKind::Balcony, line(), [None, None]),
        (PartKind::Level, square(), [None, metres("3")]),
        (PartKind::Canopy, square(), [metres("3"), metres("3")]),
        (PartKind::LowPart, square(), [metres("0"), metres("3.501")]),
        (PartKind::Balcony, square(), [metres("-0.001"), None]),
    ] {
        let [from, to] = heights;
        assert!(Part::new(kind, shape, from, to).is_err(), "{kind:?}");
    }
    let low = Part::new(PartKind::LowPart, square(), metres("0"), metres("3.5"));
    assert!(low.is_ok());
}
