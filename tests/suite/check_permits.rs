//! Which permit a house needs and who grants it: from the ground, the sizes and the day of filing.

use crate::extract::{area, catalogue, feature, land, layer, restriction};
use crate::village::{self, WEST, day};
use diachinh::app::rule_packs::packs_in_force;
use diachinh::cadastre::{Interval, ParcelId};
use diachinh::geometry::Shape;
use diachinh::land::Land;
use diachinh::planning::{FeatureKind, PlanIndices, PlanUnit, RightOfWay};
use diachinh::rules::check::{Building, Check, Proposal, Total};
use diachinh::rules::site::Site;
use diachinh::rules::{Facts, Outcome, Pack, Parameter, PermitPath};
use std::sync::LazyLock;

static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| packs_in_force().expect("the packs"));

const FILED: &str = "2026-11-23";
const DWELLINGS: &str = "Đất nhóm nhà ở hiện hữu";
const PARK: &str = "Đất cây xanh sử dụng công cộng";

/// A lot of 66 m² on a road of 12 m, in units of a zoning and a detailed plan with these functions,
/// and perhaps within land that the commune's plan recovers since a day.
fn lot_in(zoning: &[&str], detailed: &[&str], recovered: Option<&str>) -> Land {
    let key = village::key("26743", "5", "12");
    let lot = village::version(1, "26743", key, WEST, area([0.0, 0.0, 4.0, 16.5]));
    let around = || Shape::Areas(area([-50.0, -50.0, 50.0, 50.0]));
    let way = FeatureKind::RightOfWay(RightOfWay {
        street: "Lê Lợi".to_owned(),
        width_mm: Some(12_000),
        decision: None,
        alley: false,
    });
    let road = Shape::Areas(area([-50.0, -12.0, 50.0, 0.0]));
    let mut features = vec![feature(1, "right_of_way", way, road)];
    let planned = zoning.iter().map(|function| ("zoning", function));
    let planned = planned.chain(detailed.iter().map(|function| ("detailed_plan", function)));
    for (id, (theme, function)) in (2..).zip(planned) {
        let unit = FeatureKind::PlanUnit(PlanUnit {
            code: format!("A-{id}"),
            function: (*function).to_owned(),
            indices: PlanIndices::default(),
        });
        features.push(feature(id, theme, unit, around()));
    }
    if let Some(since) = recovered {
        let mut planned = feature(9, "land_use_plan", restriction("recovery"), around());
        planned.lifespan.valid = Interval::open(day(since));
        features.push(planned);
    }
    let themes = [
        "right_of_way",
        "zoning",
        "detailed_plan",
        "land_use_plan",
        "architecture",
        "heritage",
        "waterway_corridor",
        "power_corridor",
        "rail_corridor",
    ];
    land(
        vec![lot],
        themes.map(|theme| layer(theme, theme)).to_vec(),
        features,
    )
}

fn checked(land: &Land, storeys: i64, filed: &str, stated: &[(&str, &str)]) -> Check<'static> {
    let usual = [
        ("building_kind", "row_house"),
        ("development", "existing"),
        ("work", "new"),
        ("applicant", "household"),
        ("grade", "3"),
    ];
    let mut facts = Facts::new();
    for (name, value) in usual.iter().chain(stated) {
        facts.state(name, value).expect("a fact");
    }
    let id = ParcelId::new(1).expect("an id");
    let site = Site::gather(land, &catalogue(), &[id], day(filed)).expect("the lot is there");
    let house = Proposal {
        footprint: area([0.0, 0.0, 4.0, 14.5]),
        off_by_mm: 0,
        building: Building {
            storeys: Some(storeys.into()),
            basements: Some(0.into()),
            floor_area_m2: Some((58 * storeys).into()),
            ..Building::default()
        },
    };
    Check::new(&PACKS, &site, &house, &facts, day(filed)).expect("sizes of a house")
}

fn outcome(check: &Check<'_>, quantity: &str) -> Outcome {
    let mut verdicts = check.verdicts.iter();
    let own = verdicts.find(|own| own.limit.quantity.to_string() == quantity);
    own.expect("a rule limits it").outcome
}

#[test]
fn worked_example_12_a_house_in_a_published_park_is_judged_by_the_functions_of_the_plans() {
    let park = lot_in(&[PARK], &[], None);
    let check = checked(&park, 3, FILED, &[]);
    assert_eq!(check.permit.path, Some(PermitPath::LimitedTerm));
    assert_eq!(outcome(&check, "permit_path"), Outcome::Pass);
    assert_eq!(outcome(&check, "limited_term/storeys"), Outcome::Pass);
    // It may stand for a time only, so it is never simply allowed.
    assert_eq!(check.total, Total::OfficerDecides);
    let high = checked(&park, 4, FILED, &[]);
    assert_eq!(outcome(&high, "limited_term/storeys"), Outcome::Fail);
    assert_eq!(high.total, Total::MayNot);

    let detailed = checked(&lot_in(&[PARK], &[PARK], None), 2, FILED, &[]);
    assert_eq!(detailed.permit.path, Some(PermitPath::LimitedTerm));
    assert_eq!(outcome(&detailed, "limited_term/storeys"), Outcome::Fail);

    let commune = checked(&lot_in(&[PARK], &[], Some("2026-01-01")), 3, FILED, &[]);
    assert_eq!(commune.permit.path, Some(PermitPath::RepairOnly));
    assert_eq!(commune.total, Total::MayNot);
    // After two years without recovery the plan may no longer stand in the way: who knows?
    let old = checked(&lot_in(&[PARK], &[], Some("2024-01-01")), 3, FILED, &[]);
    assert_eq!(old.permit.path, None);
    assert_eq!(old.total, Total::OfficerDecides);
}

#[test]
fn a_house_on_land_for_dwellings_needs_a_permit_and_a_plan_that_says_neither_leaves_it_open() {
    let dwellings = checked(&lot_in(&[DWELLINGS], &[], None), 3, FILED, &[]);
    assert_eq!(dwellings.permit.path, Some(PermitPath::Permit));
    assert_eq!(dwellings.permit.office.as_deref(), Some("commune"));
    for (zoning, detailed) in [
        (&["Đất hỗn hợp"][..], &[][..]),
        // The detailed plan builds where the zoning plan plants.
        (&[PARK][..], &[DWELLINGS][..]),
        (&[][..], &[][..]),
    ] {
        let open = checked(&lot_in(zoning, detailed, None), 3, FILED, &[]);
        assert_eq!(open.permit.path, None, "{zoning:?} {detailed:?}");
        assert_eq!(outcome(&open, "permit_path"), Outcome::Unknown);
        assert_ne!(open.total, Total::MayProceed);
    }
}

#[test]
fn the_decree_routes_a_house_to_the_commune_and_shows_the_other_reading() {
    let land = lot_in(&[DWELLINGS], &[], None);
    let office = |filed: &str, grade: &str| {
        let check = checked(&land, 3, filed, &[("grade", grade)]);
        let others = check.permit.other_readings.iter();
        let others: Vec<String> = others.map(|own| own.rule.id.clone()).collect();
        (check.permit.office.map(String::from), others)
    };
    let commune = Some("commune".to_owned());
    let department = Some("department_of_construction".to_owned());
    let shown = vec!["large_house_reading".to_owned()];
    assert_eq!(office(FILED, "2"), (commune.clone(), shown));
    assert_eq!(office(FILED, "3"), (commune.clone(), Vec::new()));
    // Filed the day before the decree: the decision of the city routes (worked example 19).
    assert_eq!(office("2026-06-30", "2"), (department, Vec::new()));
    assert_eq!(office("2026-06-30", "3"), (commune.clone(), Vec::new()));
    assert_eq!(office("2025-12-31", "2"), (commune, Vec::new()));
    let before = checked(&land, 3, "2026-06-30", &[]);
    assert_eq!(before.permit.path, Some(PermitPath::Permit));
}

#[test]
fn a_small_house_outside_the_areas_is_exempt_by_its_size_and_its_day() {
    let land = lot_in(&[], &[], None);
    let outside = [
        ("in_development_area", "false"),
        ("in_commune_construction_area", "false"),
        ("in_architecture_area", "false"),
        ("plan_not_carried_out", "none"),
        ("listed_exempt_works", "false"),
    ];
    let path = |storeys: i64, filed: &str, applicant: &str| {
        let stated = [&outside[..], &[("applicant", applicant)]].concat();
        checked(&land, storeys, filed, &stated).permit.path
    };
    assert_eq!(path(6, FILED, "household"), Some(PermitPath::Exempt));
    assert_eq!(path(7, FILED, "household"), Some(PermitPath::Permit));
    assert_eq!(path(6, FILED, "organisation"), Some(PermitPath::Notice));
    assert_eq!(path(6, "2025-12-31", "household"), Some(PermitPath::Permit));
}

#[test]
fn what_is_stated_against_the_register_is_for_an_officer() {
    let park = lot_in(&[PARK], &[], None);
    let stated = [("plan_not_carried_out", "none")];
    let check = checked(&park, 3, FILED, &stated);
    assert_eq!(check.contradicted, [Parameter::PlanNotCarriedOut]);
    assert_ne!(check.total, Total::MayProceed);
    let alike = checked(&park, 3, FILED, &[("plan_not_carried_out", "zoning_2000")]);
    assert!(alike.contradicted.is_empty());
}
