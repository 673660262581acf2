//! Which rule binds: levels, caps, what yields, and what is unknown.

use super::*;
use crate::rules::condition::Lack;
use crate::rules::{Outcome, Parameter, Role};

fn lot(stated: &[&str]) -> Facts {
    let lot = [
        "lot_area_m2=100",
        "frontage_m=5",
        "building_frontage_m=5",
        "depth_m=20",
        "depth_from_building_line_m=20",
        "right_of_way_m=12",
        "building_height_m=16",
    ];
    row_house(&[&lot, stated].concat())
}

fn role(limit: &Limit<'_>, pack: &str) -> Option<Role> {
    let of = limit.considered.iter().filter(|c| c.pack.id == pack);
    of.filter(|c| c.why_not.is_none()).map(|c| c.role).next()
}

#[test]
fn a_detailed_plan_replaces_the_regulation_also_by_something_freer() {
    let packs = packs();
    let plan = lot(&["detailed_storeys_max=7"]);
    let storeys = limit_on(packs, &plan, TODAY, "storeys");
    assert_eq!(bound(packs, &plan, "storeys"), "7");
    assert_eq!(role(&storeys, "detailed_plan"), Some(Role::Governs));
    assert_eq!(role(&storeys, "hcmc_56_2021_app18"), Some(Role::Replaced));
}

#[test]
fn the_zoning_plan_caps_whatever_governs() {
    let packs = packs();
    let capped = lot(&["detailed_storeys_max=7", "zoning_storeys_max=5"]);
    let storeys = limit_on(packs, &capped, TODAY, "storeys");
    assert_eq!(bound(packs, &capped, "storeys"), "5");
    assert_eq!(role(&storeys, "detailed_plan"), Some(Role::Governs));
    assert_eq!(role(&storeys, "zoning_plan"), Some(Role::Caps));
    let free = lot(&["zoning_storeys_max=9"]);
    let storeys = limit_on(packs, &free, TODAY, "storeys");
    assert_eq!(role(&storeys, "zoning_plan"), Some(Role::Looser));
}

#[test]
fn the_national_standard_caps_a_detailed_plan() {
    let packs = packs();
    let plan = lot(&["detailed_floor_area_ratio_max=9"]);
    assert_eq!(bound(packs, &plan, "floor_area_ratio"), "7");
}

#[test]
fn the_national_setback_yields_where_its_text_says_so() {
    let packs = packs();
    let street = [
        "regional_road=true",
        "building_height_m=20",
        "detailed_front_setback_m=1",
    ];
    let uniform = lot(&[&street[..], &["street_setback_uniform=true"]].concat());
    let front = limit_on(packs, &uniform, TODAY, "setback/front");
    assert_eq!(role(&front, "qcvn_01_2021"), Some(Role::Yields));
    assert_eq!(bound(packs, &uniform, "setback/front"), "1");
    let uneven = lot(&[&street[..], &["street_setback_uniform=false"]].concat());
    assert_eq!(bound(packs, &uneven, "setback/front"), "3");
    assert_eq!(bound(packs, &lot(&street), "setback/front"), "unknown");
}

#[test]
fn a_missing_parameter_is_unknown_and_what_holds_anyway_still_fails() {
    let packs = packs();
    let mut open = lot(&[]);
    open.set_unknown(
        Parameter::RightOfWay,
        "the layer of roads does not reach here",
    );
    let storeys = limit_on(packs, &open, TODAY, "storeys");
    let Bound::Unknown(lacks) = &storeys.bound else {
        unreachable!("{:?}", storeys.bound);
    };
    assert!(
        lacks.contains(&Lack::Parameter(Parameter::RightOfWay)),
        "{lacks:?}"
    );
    assert_eq!(storeys.judge(decimal("1"), Decimal::ZERO), Outcome::Unknown);
    // Of the plan nothing is known, so the regulation may be replaced: the standard still caps.
    let mut plan = lot(&[]);
    plan.set_unknown(
        Parameter::DetailedFloorAreaRatio,
        "no layer of detailed plans",
    );
    let ratio = limit_on(packs, &plan, TODAY, "floor_area_ratio");
    assert!(matches!(ratio.bound, Bound::Unknown(_)));
    assert_eq!(ratio.judge(decimal("7"), Decimal::ZERO), Outcome::Unknown);
    assert_eq!(ratio.judge(decimal("7.001"), Decimal::ZERO), Outcome::Fail);
}

#[test]
fn an_extra_that_is_not_known_matters_only_where_it_changes_the_number() {
    let packs = packs();
    let mut open = lot(&[]);
    open.set_unknown(Parameter::CentralDistrict, "no layer of centres");
    assert_eq!(bound(packs, &open, "storeys"), "unknown");
    open.state("right_of_way_m", "3.499").expect("a width");
    assert_eq!(bound(packs, &open, "storeys"), "3");
    // Wider than 8 m: the one storey that the row allows is there anyway.
    open.state("right_of_way_m", "12").expect("a width");
    open.state("frontage_m", "8.001").expect("a width");
    assert_eq!(bound(packs, &open, "storeys"), "5");
}

#[test]
fn between_the_days_on_which_a_text_may_have_come_into_force_it_is_unknown() {
    let packs = packs();
    let house = lot(&[]);
    assert_eq!(
        bound_on(packs, &house, "2022-02-01", "height_at_building_line"),
        "unknown"
    );
    assert_eq!(
        bound_on(packs, &house, "2022-04-01", "height_at_building_line"),
        "17"
    );
    assert_eq!(
        bound_on(packs, &house, "2021-12-31", "height_at_building_line"),
        "none"
    );
}

#[test]
fn a_limit_says_when_it_rests_on_a_source_that_nobody_has_read() {
    let packs = packs();
    let wide = lot(&["right_of_way_m=25"]);
    assert!(limit_on(packs, &wide, TODAY, "ridge_height").rests_on_unconfirmed());
    assert!(!limit_on(packs, &lot(&[]), TODAY, "ridge_height").rests_on_unconfirmed());
}

#[test]
fn where_no_pack_speaks_of_a_place_or_a_day_nothing_is_free() {
    let packs = packs();
    let lacks_a_rule = |facts: &Facts, on: &str, quantity: &str| {
        let limit = limit_on(packs, facts, on, quantity);
        assert_ne!(
            limit.judge(decimal("1"), Decimal::ZERO),
            Outcome::NotApplicable
        );
        matches!(&limit.bound, Bound::Unknown(lacks) if lacks.contains(&Lack::Rule))
    };
    // In a ward of former Binh Duong no regulation of architecture of the city was read.
    let elsewhere = lot(&["ward=25747"]);
    for quantity in ["storeys", "ridge_height", "setback/rear"] {
        assert!(lacks_a_rule(&elsewhere, TODAY, quantity), "{quantity}");
        assert!(!lacks_a_rule(&lot(&[]), TODAY, quantity), "{quantity}");
    }
    // What the zoning plan caps there still fails, and a detailed plan says it.
    let capped = lot(&["ward=25747", "zoning_storeys_max=5"]);
    let storeys = limit_on(packs, &capped, TODAY, "storeys");
    assert_eq!(storeys.judge(decimal("5"), Decimal::ZERO), Outcome::Unknown);
    assert_eq!(storeys.judge(decimal("6"), Decimal::ZERO), Outcome::Fail);
    let planned = lot(&["ward=25747", "detailed_storeys_max=4"]);
    assert_eq!(bound(packs, &planned, "storeys"), "4");
    // Before the first pack of the city.
    assert!(lacks_a_rule(&lot(&[]), "2001-01-01", "storeys"));
    // Without any pack at all.
    assert!(limits(&[], &lot(&[]), day(TODAY)).iter().all(|limit| {
        matches!(&limit.bound, Bound::Unknown(lacks) if lacks.contains(&Lack::Rule))
    }));
    assert_eq!(limits(&[], &lot(&[]), day(TODAY)).len(), 9);
}

#[test]
fn a_rule_whose_own_text_leaves_a_lot_free_speaks_of_it() {
    let packs = packs();
    let small = lot(&["lot_area_m2=50"]);
    assert_eq!(bound(packs, &small, "setback/rear"), "none");
}
