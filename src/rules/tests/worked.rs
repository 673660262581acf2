//! Worked examples: facts in, limits out, as the texts have them.

use super::*;
use crate::rules::{Outcome, Role};

fn expect(packs: &[Pack], facts: &Facts, expected: &[(&str, &str)]) {
    for (quantity, value) in expected {
        assert_eq!(bound(packs, facts, quantity), *value, "{quantity}");
    }
}

/// Lot of 66 m², 4 m wide, 16.5 m deep, on a right of way of 12 m.
fn first(stated: &[&str]) -> Facts {
    let lot = [
        "lot_area_m2=66",
        "frontage_m=4",
        "building_frontage_m=4",
        "depth_m=16.5",
        "depth_from_building_line_m=16.5",
        "right_of_way_m=12",
        "building_height_m=18.5",
    ];
    row_house(&[&lot, stated].concat())
}

#[test]
fn worked_example_1_a_row_house_of_66_m2_on_a_right_of_way_of_12_m() {
    let packs = packs();
    let usual = first(&[]);
    expect(
        packs,
        &usual,
        &[
            ("coverage", "96.8"),
            ("setback/rear", "2"),
            ("storeys", "4"),
            ("height_at_building_line", "17"),
            ("ridge_height", "19"),
            ("floor_one_height", "5.8"),
            ("projection/balcony", "1.2"),
            ("floor_area_ratio", "7"),
        ],
    );
    // In a central district a fifth storey, which steps back 3.5 m; 4.0 m is not below 4.0 m.
    let central = first(&["central_district=true", "added_storey=true"]);
    expect(
        packs,
        &central,
        &[
            ("storeys", "5"),
            ("ridge_height", "22.4"),
            ("height_at_building_line", "17"),
            ("step_back/added_storey", "3.5"),
        ],
    );
    let narrow = first(&["central_district=true", "building_frontage_m=3.999"]);
    expect(packs, &narrow, &[("storeys", "4")]);
}

#[test]
fn worked_example_1_the_city_rule_governs_and_the_national_one_is_looser() {
    let packs = packs();
    let coverage = limit_on(packs, &first(&[]), TODAY, "coverage");
    let role = |id: &str| {
        let of = coverage.considered.iter().find(|c| c.pack.id == id);
        of.filter(|c| c.why_not.is_none()).map(|c| c.role)
    };
    assert_eq!(role("hcmc_56_2021_app18"), Some(Role::Governs));
    assert_eq!(role("qcvn_01_2021"), Some(Role::Looser));
    assert!(!coverage.rests_on_unconfirmed());
    // 58.0 m² of the footprint that the rear setback leaves.
    assert_eq!(
        coverage.judge(decimal("87.878788"), Decimal::ZERO),
        Outcome::Pass
    );
    assert_eq!(
        coverage.judge(decimal("96.8"), Decimal::ZERO),
        Outcome::Pass
    );
    assert_eq!(
        coverage.judge(decimal("96.800001"), Decimal::ZERO),
        Outcome::Fail
    );
}

#[test]
fn worked_example_1_a_ridge_of_19_m_falls_into_the_band_of_the_national_setback() {
    let packs = packs();
    let ridge = |height: &str, uniform: &[&str]| {
        let height = format!("building_height_m={height}");
        let stated = [&["regional_road=true", height.as_str()], uniform].concat();
        bound(packs, &first(&stated), "setback/front")
    };
    assert_eq!(ridge("19", &["street_setback_uniform=false"]), "3");
    assert_eq!(ridge("18.999", &["street_setback_uniform=false"]), "0");
    // Without knowing whether a design sets one for the street: somebody must look.
    let unknown = first(&["regional_road=true", "building_height_m=19"]);
    let mut unknown_plan = unknown.clone();
    unknown_plan.set_unknown(
        crate::rules::Parameter::DetailedFrontSetback,
        "the layer of detailed plans does not reach here",
    );
    assert_eq!(bound(packs, &unknown_plan, "setback/front"), "unknown");
}

#[test]
fn worked_example_2_an_alley_house_of_38_m2_on_a_right_of_way_of_3_m() {
    let house = row_house(&[
        "lot_area_m2=38.4",
        "frontage_m=3.2",
        "building_frontage_m=3.2",
        "depth_m=12",
        "depth_from_building_line_m=12",
        "right_of_way_m=3",
        "building_height_m=11.6",
    ]);
    expect(
        packs(),
        &house,
        &[
            ("coverage", "100"),
            ("setback/rear", "none"),
            ("storeys", "3"),
            ("ridge_height", "11.6"),
            ("floor_one_height", "none"),
            ("discretion/hcmc_56_2021_app18/no_mezzanine", "officer"),
            ("projection/balcony", "0"),
        ],
    );
}

#[test]
fn worked_example_3_a_lot_of_30_m2_is_sub_standard() {
    let packs = packs();
    let on = |right_of_way: &str| {
        row_house(&[
            "lot_area_m2=30",
            "frontage_m=3",
            "building_frontage_m=3",
            "depth_m=10",
            "depth_from_building_line_m=10",
            right_of_way,
        ])
    };
    let wide = [
        ("height_at_building_line", "11.6"),
        ("ridge_height", "13.6"),
    ];
    expect(packs, &on("right_of_way_m=6"), &wide);
    let narrow = [
        ("height_at_building_line", "none"),
        ("ridge_height", "11.6"),
    ];
    expect(packs, &on("right_of_way_m=5.9"), &narrow);
}

#[test]
fn worked_example_8_a_through_lot_steps_back_at_the_narrower_road() {
    let house = row_house(&[
        "lot_area_m2=100",
        "frontage_m=5",
        "building_frontage_m=5",
        "depth_m=20",
        "depth_from_building_line_m=20",
        "right_of_way_m=16",
        "through_lot=true",
        "narrower_right_of_way_m=5",
    ]);
    expect(
        packs(),
        &house,
        &[
            ("storeys", "5"),
            ("step_back/narrower_road_level", "11.6"),
            ("step_back/narrower_road", "3.5"),
        ],
    );
}

#[test]
fn worked_example_9_a_detached_house_in_a_new_area_and_the_stricter_of_two_in_an_existing_one() {
    let packs = packs();
    let new = |area: &str| {
        let stated = [
            "development=new",
            "building_kind=detached_house",
            "ward=26743",
            area,
        ];
        outside_areas(facts(&[&stated, NO_PLANS.as_slice()].concat()))
    };
    let large = new("lot_area_m2=600");
    expect(
        packs,
        &large,
        &[("coverage", "48"), ("floor_area_ratio", "7")],
    );
    expect(packs, &new("lot_area_m2=95"), &[("coverage", "95")]);
    let existing = row_house(&["lot_area_m2=95", "building_height_m=25"]);
    let coverage = limit_on(packs, &existing, TODAY, "coverage");
    assert_eq!(bound(packs, &existing, "coverage"), "91");
    let national = coverage
        .considered
        .iter()
        .find(|c| c.rule.id == "house_coverage_existing")
        .expect("2.7.7 is considered");
    assert_eq!(national.role, Role::Looser);
    assert!(matches!(national.bound, Bound::Number(n) if n.value == decimal("100")));
}

#[test]
fn a_corner_lot_too_narrow_at_its_wider_road_follows_the_narrower_one() {
    let packs = packs();
    let corner = |width: &[&str]| {
        let lot = [
            "lot_area_m2=60",
            "frontage_m=5",
            "building_frontage_m=5",
            "depth_m=12",
            "depth_from_building_line_m=12",
            "right_of_way_m=16",
            "narrower_right_of_way_m=5",
            "corner_lot=true",
        ];
        bound(packs, &row_house(&[&lot, width].concat()), "storeys")
    };
    assert_eq!(corner(&["frontage_on_wider_road_m=3"]), "5");
    assert_eq!(corner(&["frontage_on_wider_road_m=2.999"]), "3");
    assert_eq!(corner(&[]), "unknown");
}
