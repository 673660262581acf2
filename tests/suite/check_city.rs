//! Checks on the demo city, whose layers speak for the ground: what may proceed, what may not, and
//! what an officer decides.

use crate::extract::catalogue;
use crate::extract::city::City;
use crate::village::day;
use diachinh::app::rule_packs::packs_in_force;
use diachinh::cadastre::{Day, ParcelId};
use diachinh::geometry::overlay::intersection;
use diachinh::geometry::{MultiPolygon, Point, Polygon, Ring};
use diachinh::land::Land;
use diachinh::planning::{LawStatus, Layer, LayerCondition};
use diachinh::rules::check::{Building, Check, FoundValue, Proposal, Total, Verdict};
use diachinh::rules::site::{Facing, Open, Site, square_metres};
use diachinh::rules::{Bound, Decimal, Facts, Outcome, Pack, Parameter, PermitPath};
use std::sync::LazyLock;

static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| packs_in_force().expect("the packs"));
static LAND: LazyLock<Land> = LazyLock::new(|| City::of(3_000).land(Some));

const FILED: &str = "2026-11-23";

fn site(parcel: i64) -> Option<Site> {
    let id = ParcelId::new(parcel).expect("an id");
    Site::gather(&LAND, &catalogue(), &[id], day(FILED)).ok()
}

/// The lot from its front on, but for a strip of some metres behind.
fn outline(site: &Site, behind_m: f64) -> Option<MultiPolygon> {
    let front = site.lot.fronts.first()?;
    let edges = site.lot.edges.iter();
    let edge = edges
        .filter(|edge| edge.facing == Facing::Road(front.road))
        .max_by_key(|edge| edge.length())?;
    let (x, y) = (
        f64::from(edge.to.x() - edge.from.x()),
        f64::from(edge.to.y() - edge.from.y()),
    );
    let long = x.hypot(y);
    let (x, y) = (x / long, y / long);
    let deep = front.depth.um() as f64 / 1000.0 - 1000.0 * behind_m;
    let at = |along: f64, inward: f64| {
        let east = f64::from(edge.from.x()) + along * x - inward * y;
        let north = f64::from(edge.from.y()) + along * y + inward * x;
        Point::new(east.round() as i32, north.round() as i32).expect("on the grid")
    };
    let strip = [
        at(-50_000.0, -1_000.0),
        at(50_000.0, -1_000.0),
        at(50_000.0, deep),
        at(-50_000.0, deep),
    ];
    let strip = MultiPolygon(vec![Polygon {
        exterior: Ring(strip.to_vec()),
        interiors: Vec::new(),
    }]);
    Some(intersection(&site.lot.area, &strip))
}

/// A row house of some storeys, as low as its table of heights asks.
fn house(site: &Site, storeys: i64) -> Option<Proposal> {
    Some(Proposal {
        footprint: outline(site, 2.2)?,
        off_by_mm: 0,
        building: Building {
            storeys: Some(storeys.into()),
            basements: Some(0.into()),
            floor_one_height_m: Some(Decimal::new(38, 1)),
            height_at_building_line_m: Some(Decimal::new(10, 0)),
            ridge_height_m: Some(Decimal::new(11, 0)),
            floor_area_m2: Some(Decimal::new(150, 0)),
            ..Building::default()
        },
    })
}

/// What the asker of an ordinary row house states beside the register.
pub const STATED: [(&str, &str); 24] = [
    ("building_kind", "row_house"),
    ("development", "existing"),
    ("work", "new"),
    ("applicant", "household"),
    ("grade", "4"),
    ("in_board_area", "false"),
    ("central_district", "false"),
    ("commercial_street", "false"),
    ("commercial_axis", "false"),
    ("regional_road", "false"),
    ("urban_area", "true"),
    ("added_storey", "false"),
    ("set_back_row_length_m", "0"),
    ("most_of_block_set_back", "false"),
    ("building_line_on_red_line", "true"),
    ("cable_ground", "none"),
    ("balcony_m", "none"),
    ("balcony_underside_m", "none"),
    ("decoration_percent", "none"),
    ("low_parts_m", "none"),
    ("pergola_height_m", "none"),
    ("pergola_open_percent", "none"),
    ("sidewalk_m", "3"),
    ("other_conditions_shown", "true"),
];

fn stated() -> Facts {
    let mut facts = Facts::new();
    for (name, value) in STATED {
        facts.state(name, value).expect("a fact");
    }
    facts
}

fn check(site: &Site, proposal: &Proposal, stated: &Facts) -> Check<'static> {
    Check::new(&PACKS, site, proposal, stated, day(FILED)).expect("sizes of a house")
}

/// What keeps a check from passing, for the message of a failure.
fn not_passed(check: &Check<'_>) -> Vec<String> {
    let told = check
        .verdicts
        .iter()
        .filter(|verdict| !matches!(verdict.outcome, Outcome::Pass | Outcome::NotApplicable));
    told.map(|verdict| {
        let limit = &verdict.limit;
        format!("{} {:?} {:?}", limit.quantity, verdict.outcome, limit.bound)
    })
    .collect()
}

/// A parcel of the demo city, in the ward 26737, on a street.
const PARCEL: i64 = 1_157;

fn on(parcel: i64) -> Site {
    site(parcel).expect("the parcel is there")
}

#[test]
fn a_row_house_of_three_storeys_on_a_parcel_of_the_city_may_proceed() {
    let site = on(PARCEL);
    assert!(site.open.is_empty(), "{:?}", site.open);
    let house = house(&site, 3).expect("it fronts on a street");
    let check = check(&site, &house, &stated());
    assert_eq!(check.total, Total::MayProceed, "{:#?}", not_passed(&check));
    assert_eq!(check.permit.path, Some(PermitPath::Permit));
    assert_eq!(check.permit.office.as_deref(), Some("commune"));
}

#[test]
fn floors_that_are_fewer_than_drawn_are_for_an_officer() {
    let site = on(PARCEL);
    let mut proposal = house(&site, 3).expect("a lot with a rear");
    let drawn = square_metres(&proposal.footprint) * Decimal::from(3);
    for (floors, expected) in [
        (drawn, Total::MayProceed),
        (drawn - Decimal::ONE, Total::OfficerDecides),
        (Decimal::ONE, Total::OfficerDecides),
    ] {
        proposal.building.floor_area_m2 = Some(floors.round_dp(3));
        let check = check(&site, &proposal, &stated());
        assert_eq!(check.total, expected, "{floors}: {:?}", not_passed(&check));
        let told = check.contradicted.contains(&Parameter::FloorArea);
        assert_eq!(told, expected != Total::MayProceed, "{floors}");
    }
}

#[test]
fn storeys_in_which_nobody_stands_are_for_an_officer() {
    let site = on(PARCEL);
    let mut proposal = house(&site, 3).expect("it fronts on a street");
    proposal.building.height_at_building_line_m = Some(Decimal::from(4));
    proposal.building.ridge_height_m = Some(Decimal::new(59, 1));
    let check = check(&site, &proposal, &stated());
    assert_eq!(check.contradicted, [Parameter::BuildingHeight]);
    assert_eq!(check.total, Total::OfficerDecides);
}

#[test]
fn sizes_that_are_stated_twice_and_otherwise_are_for_an_officer() {
    let site = on(PARCEL);
    let proposal = house(&site, 3).expect("a lot with a rear");
    let mut facts = stated();
    facts.state("floor_area_m2", "20").expect("a fact");
    let check = check(&site, &proposal, &facts);
    assert_eq!(check.contradicted, [Parameter::FloorArea]);
    assert_eq!(check.total, Total::OfficerDecides);
}

#[test]
fn a_house_on_all_of_its_lot_covers_a_hundred_per_cent_and_no_more() {
    let mut looked = 0;
    for site in (1..400).filter_map(site) {
        let proposal = Proposal {
            footprint: site.lot.area.clone(),
            off_by_mm: 0,
            building: Building::default(),
        };
        let check = check(&site, &proposal, &stated());
        let coverage = |verdict: &&Verdict<'_>| verdict.limit.quantity.kind.name == "coverage";
        let verdict = check.verdicts.iter().find(coverage).expect("a limit");
        if check.facts.find(Parameter::LotArea).is_none() {
            continue;
        }
        looked += 1;
        let found = verdict.found.as_ref().expect("it is drawn");
        assert_eq!(found.value, FoundValue::Number(Decimal::ONE_HUNDRED));
        if let Bound::Number(bound) = verdict.limit.bound
            && bound.value == Decimal::ONE_HUNDRED
        {
            assert_eq!(verdict.outcome, Outcome::Pass);
        }
    }
    assert!(looked > 100, "{looked}");
}

#[test]
fn more_storeys_than_the_table_has_without_one_that_was_added_are_for_an_officer() {
    let site = on(PARCEL);
    let mut facts = stated();
    for (name, value) in [("right_of_way_m", "12"), ("central_district", "true")] {
        facts.state(name, value).expect("a fact");
    }
    for (storeys, added, told) in [(4, "false", false), (5, "false", true), (5, "true", false)] {
        facts.state("added_storey", added).expect("a fact");
        let mut proposal = house(&site, storeys).expect("it fronts on a street");
        proposal.building.ridge_height_m = Some(Decimal::from(13));
        let check = check(&site, &proposal, &facts);
        let denied = check.contradicted.contains(&Parameter::AddedStorey);
        assert_eq!(denied, told, "{storeys} {added}");
        assert!(!told || check.total != Total::MayProceed);
    }
}

#[test]
fn a_house_of_nine_storeys_on_it_may_not() {
    let site = on(PARCEL);
    let house = house(&site, 9).expect("it fronts on a street");
    let check = check(&site, &house, &stated());
    assert_eq!(check.total, Total::MayNot);
    let failed = not_passed(&check);
    assert!(
        failed.iter().all(|told| told.starts_with("storeys Fail")),
        "{failed:?}"
    );
}

#[test]
fn what_the_dossier_does_not_show_is_for_an_officer() {
    let site = on(PARCEL);
    let house = house(&site, 3).expect("it fronts on a street");
    let mut silent = Facts::new();
    for (name, value) in STATED
        .iter()
        .filter(|(name, _)| *name != "other_conditions_shown")
    {
        silent.state(name, value).expect("a fact");
    }
    let check = check(&site, &house, &silent);
    assert_eq!(check.total, Total::OfficerDecides);
    let open = not_passed(&check);
    assert!(
        open.iter().all(|told| told.contains("conditions")),
        "{open:?}"
    );
}

#[test]
fn where_no_layer_of_aerodromes_is_made_nothing_may_proceed() {
    // In the ward 26506, on the other plane.
    let site = on(2_000);
    assert!(site.open.contains(&Open::WithoutData("aerodrome".into())));
    let house = house(&site, 3).expect("it fronts on a street");
    assert_ne!(check(&site, &house, &stated()).total, Total::MayProceed);
}

/// How a house on each of some parcels comes out: all together, where it stands, each verdict.
fn outcomes(land: &Land, houses: &[(ParcelId, Proposal)]) -> Vec<Vec<(String, bool)>> {
    let stated = stated();
    let each = houses.iter().map(|(parcel, house)| {
        let site = Site::gather(land, &catalogue(), &[*parcel], day(FILED));
        let check = check(&site.expect("the parcel is there"), house, &stated);
        let passes = |outcome| outcome == Outcome::Pass;
        let told = check.verdicts.iter().map(|verdict| {
            let quantity = verdict.limit.quantity.to_string();
            // Offices and ways are answers, which another plan changes.
            let is_answer = matches!(verdict.limit.bound, Bound::Path(_) | Bound::Office(_));
            (quantity, passes(verdict.outcome) && !is_answer)
        });
        let all = ("total".to_owned(), check.total == Total::MayProceed);
        let stands = ("standing".to_owned(), passes(check.standing.outcome()));
        told.chain([all, stands]).collect()
    });
    each.collect()
}

/// What can happen to a layer: nothing of it is left, it is too old, it does not bind, it covers
/// nothing, features of it stayed out, nobody has looked at it, it has been withdrawn.
const DAMAGES: [fn(Layer) -> Option<Layer>; 7] = [
    |_| None,
    |layer| {
        Some(Layer {
            as_of: Day(layer.as_of.0 - 2_000),
            ..layer
        })
    },
    |layer| {
        Some(Layer {
            law_status: LawStatus::Announced,
            ..layer
        })
    },
    |layer| {
        Some(Layer {
            coverage: Vec::new(),
            ..layer
        })
    },
    |layer| {
        Some(Layer {
            condition: LayerCondition::Failed,
            ..layer
        })
    },
    |layer| {
        Some(Layer {
            condition: LayerCondition::Unreviewed,
            ..layer
        })
    },
    |layer| {
        Some(Layer {
            withdrawn: Some(day("2026-01-01")),
            ..layer
        })
    },
];

#[test]
fn whatever_becomes_of_a_layer_nothing_passes_that_did_not_pass_with_it() {
    let city = City::of(1_000);
    let whole = city.land(Some);
    let parcels = (1..1_400).step_by(31).filter_map(|id| {
        let id = ParcelId::new(id).ok()?;
        let site = Site::gather(&whole, &catalogue(), &[id], day(FILED)).ok()?;
        Some((id, house(&site, 3 + 6 * (id.get() % 2))?))
    });
    let houses: Vec<(ParcelId, Proposal)> = parcels.collect();
    let before = outcomes(&whole, &houses);
    let passing = before
        .iter()
        .flatten()
        .filter(|(_, passes)| *passes)
        .count();
    assert!(
        houses.len() > 20 && passing > 100,
        "{} {passing}",
        houses.len()
    );
    for code in city.layers().map(|layer| &layer.code) {
        for (i, damage) in DAMAGES.iter().enumerate() {
            let land = city.land(|layer| {
                if layer.code == *code {
                    damage(layer)
                } else {
                    Some(layer)
                }
            });
            let after = outcomes(&land, &houses);
            for ((house, was), is) in houses.iter().zip(&before).zip(&after) {
                for (quantity, _) in is.iter().filter(|(_, passes)| *passes) {
                    let passed = was.contains(&(quantity.clone(), true));
                    let parcel = house.0.get();
                    assert!(
                        passed,
                        "{code}, damage {i}: {quantity} of parcel {parcel} passes"
                    );
                }
            }
        }
    }
}
