//! Ways to the permit, offices and corridors: worked examples and the days on which they change.

use super::*;
use crate::rules::{Confidence, Outcome, Role};

/// A house of a household in a published plan; what differs is added.
fn planned(stated: &[&str]) -> Facts {
    let usual = [
        "lot_area_m2=80",
        "work=new",
        "applicant=household",
        "storeys=3",
        "floor_area_m2=200",
        "in_development_area=true",
        "in_commune_construction_area=false",
        "in_architecture_area=true",
        "in_board_area=false",
        "several_communes=false",
        "grade=3",
        "regulated_facade=true",
        "changes_essentials=true",
        "listed_exempt_works=false",
        "plan_not_carried_out=none",
        "recovery_decided=false",
        "in_commune_land_use_plan=false",
    ];
    row_house(&[&usual, stated].concat())
}

#[test]
fn worked_example_12_a_house_in_a_published_park_gets_a_permit_of_limited_term() {
    let packs = packs();
    let park = planned(&["plan_not_carried_out=zoning_2000"]);
    for (quantity, expected) in [
        ("permit_path", "limited_term"),
        ("limited_term/storeys", "3"),
        ("limited_term/basements", "1"),
        ("limited_term/term", "5"),
    ] {
        assert_eq!(bound(packs, &park, quantity), expected, "{quantity}");
    }
    let detailed = planned(&["plan_not_carried_out=detailed_500"]);
    assert_eq!(bound(packs, &detailed, "permit_path"), "limited_term");
    assert_eq!(bound(packs, &detailed, "limited_term/storeys"), "1");
    let commune = [
        "plan_not_carried_out=zoning_2000",
        "in_commune_land_use_plan=true",
    ];
    assert_eq!(
        bound(packs, &planned(&commune), "permit_path"),
        "repair_only"
    );
    assert_eq!(bound(packs, &planned(&[]), "permit_path"), "permit");
    assert_eq!(bound(packs, &planned(&[]), "limited_term/storeys"), "none");
}

#[test]
fn a_small_house_is_exempt_only_outside_the_areas_and_since_2026() {
    let packs = packs();
    let outside = [
        "in_development_area=false",
        "in_architecture_area=false",
        "storeys=6",
        "floor_area_m2=499.9",
    ];
    let on = |stated: &[&str], day: &str| {
        let facts = planned(&[&outside, stated].concat());
        bound_on(packs, &facts, day, "permit_path")
    };
    assert_eq!(on(&[], TODAY), "exempt");
    assert_eq!(on(&[], "2026-01-01"), "exempt");
    assert_eq!(on(&[], "2025-12-31"), "permit");
    assert_eq!(on(&["storeys=7"], TODAY), "permit");
    assert_eq!(on(&["floor_area_m2=500"], TODAY), "permit");
    assert_eq!(on(&["in_architecture_area=true"], TODAY), "permit");
    assert_eq!(on(&["applicant=organisation"], TODAY), "notice");
    let mut unknown = planned(&outside);
    let why = "no layer of architecture areas";
    unknown.set_unknown(crate::rules::Parameter::InArchitectureArea, why);
    assert_eq!(bound(packs, &unknown, "permit_path"), "unknown");
}

#[test]
fn the_later_decree_routes_a_large_house_and_the_other_reading_is_shown() {
    let packs = packs();
    let house = planned(&["grade=2"]);
    assert_eq!(bound(packs, &house, "competent_office"), "commune");
    let office = limit_on(packs, &house, TODAY, "competent_office");
    let other = office
        .considered
        .iter()
        .find(|c| c.role == Role::OtherReading);
    let other = other.expect("another reading is shown");
    assert_eq!(other.pack.id, "hcmc_29_2025");
    assert_eq!(
        other.bound,
        Bound::Office("department_of_construction".into())
    );
    for (day, expected) in [
        ("2026-06-30", "department_of_construction"),
        ("2025-12-31", "commune"),
        ("2025-06-30", "district"),
    ] {
        let found = bound_on(packs, &house, day, "competent_office");
        assert_eq!(found, expected, "{day}");
    }
}

#[test]
fn a_house_needs_residential_land() {
    let packs = packs();
    let limit = limit_on(packs, &planned(&[]), TODAY, "land_use");

    assert_eq!(limit.judge_word("ODT"), Outcome::Pass);
    assert_eq!(limit.judge_word("CLN"), Outcome::Fail);
}

#[test]
fn worked_example_14_a_line_of_110_kv_keeps_4_m_free() {
    let packs = packs();
    let near = planned(&["line_voltage_kv=110", "line_insulated=false"]);
    let limit = limit_on(packs, &near, TODAY, "clearance/power_line");
    assert_eq!(bound(packs, &near, "clearance/power_line"), "4");
    let found = limit.judge(decimal("3.2"), Decimal::ZERO);
    assert_eq!(found, Outcome::Fail);
    assert!(limit.rests_on_unconfirmed());
    let governs = limit.binding().next().expect("a rule governs");
    assert_eq!(
        governs.pack.confidence_of(governs.rule),
        Confidence::KnownMedium
    );
    // Decree 14/2014 itself was read.
    let before = limit_on(packs, &near, "2024-12-31", "clearance/power_line");
    assert!(!before.rests_on_unconfirmed());
    // A voltage without a number in the text is unknown, and no line is no bound.
    let odd = planned(&["line_voltage_kv=66", "line_insulated=false"]);
    assert_eq!(bound(packs, &odd, "clearance/power_line"), "unconfirmed");
    let none = planned(&["line_voltage_kv=none", "line_insulated=false"]);
    assert_eq!(bound(packs, &none, "clearance/power_line"), "none");
}

#[test]
fn worked_example_15_the_corridor_of_a_canal_is_known_until_the_decision_that_nobody_has_read() {
    let packs = packs();
    let canal = planned(&["waterway_class=3"]);
    let on = |day: &str| bound_on(packs, &canal, day, "clearance/waterway");
    assert_eq!(on("2025-04-13"), "30");
    assert_eq!(on("2025-04-14"), "unconfirmed");
    let ditch = planned(&["waterway_class=unclassified"]);
    let found = bound_on(packs, &ditch, "2025-04-13", "clearance/waterway");
    assert_eq!(found, "10");
    let dry = planned(&["waterway_class=none"]);
    assert_eq!(bound(packs, &dry, "clearance/waterway"), "none");
}

#[test]
fn the_rules_of_the_city_before_2022_answer_for_their_days() {
    let packs = packs();
    let house = row_house(&[
        "lot_area_m2=100",
        "right_of_way_m=12",
        "city_part=inner",
        "building_height_m=20",
    ]);
    let on = |day: &str, quantity: &str| bound_on(packs, &house, day, quantity);
    assert_eq!(on("2021-01-01", "coverage"), "85");
    assert_eq!(on("2021-01-01", "storeys"), "7");
    assert!(limit_on(packs, &house, "2021-01-01", "storeys").rests_on_unconfirmed());
    assert_eq!(on("2022-02-01", "coverage"), "unknown");
    assert_eq!(on("2022-04-01", "coverage"), "90");
}

#[test]
fn the_illustration_answers_in_its_commune_alone() {
    let all = crate::rules::built_in_packs().expect("packs");
    let french = |ward: &str| {
        let house = facts(&[ward, "building_height_m=8"]);
        let own: Vec<Pack> = all.iter().filter(|p| p.illustration).cloned().collect();
        bound(&own, &house, "setback/side")
    };
    assert_eq!(french("ward=25354"), "4");
    assert_eq!(french("ward=26743"), "none");
}
