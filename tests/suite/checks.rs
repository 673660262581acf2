//! May this building stand here: small lands of one lot.

use crate::extract::{area, catalogue, feature, land, layer, restriction, unit};
use crate::village::{self, WEST, day};
use diachinh::app::rule_packs::packs_in_force;
use diachinh::cadastre::{ParcelId, ParcelStatus, ParcelVersion};
use diachinh::geometry::Shape;
use diachinh::land::Land;
use diachinh::planning::{Corridor, CorridorKind, FeatureKind, RightOfWay};
use diachinh::rules::check::{Building, Check, FoundValue, Proposal, Standing, Total, Verdict};
use diachinh::rules::site::{Open, Site};
use diachinh::rules::{Bound, Decimal, Facts, Outcome, Pack};
use std::sync::LazyLock;

pub static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| packs_in_force().expect("the packs"));

/// The theme of corridors along water.
const CANALS: &str = "waterway_corridor";
/// The day on which cases are filed.
pub const FILED: &str = "2026-11-23";

/// A lot 4.0 m wide and 16.5 m deep north of a road, as example 1 has it.
fn lot() -> ParcelVersion {
    let key = village::key("26743", "5", "12");
    village::version(1, "26743", key, WEST, area([0.0, 0.0, 4.0, 16.5]))
}

pub fn road(id: i64, width_mm: u32, shape: [f64; 4]) -> diachinh::planning::PlanFeature {
    let way = RightOfWay {
        street: format!("Đường {id}"),
        width_mm: Some(width_mm),
        decision: None,
        alley: false,
    };
    feature(
        id,
        "roads",
        FeatureKind::RightOfWay(way),
        Shape::Areas(area(shape)),
    )
}

/// Example 1: a lot of 66 m² on a road of 12 m, within a unit of a zoning plan.
pub fn example_1() -> Land {
    example_1_with(lot())
}

fn example_1_with(lot: ParcelVersion) -> Land {
    let zone = feature(
        2,
        "zoning",
        unit("A-1"),
        Shape::Areas(area([-50.0, -50.0, 50.0, 50.0])),
    );
    let layers = [
        ("roads", "right_of_way"),
        ("zoning", "zoning"),
        ("detailed", "detailed_plan"),
        ("canals", CANALS),
        ("power", "power_corridor"),
        ("rail", "rail_corridor"),
    ];
    let layers = layers.map(|(code, theme)| layer(code, theme)).to_vec();
    land(
        vec![lot],
        layers,
        vec![road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]), zone],
    )
}

fn metres(thousandths: i64) -> Option<Decimal> {
    Some(Decimal::new(thousandths, 3))
}

/// A house of four storeys over a part of the lot, as high as the table of heights allows.
pub fn house(outline: [f64; 4]) -> Proposal {
    Proposal {
        footprint: area(outline),
        off_by_mm: 0,
        building: Building {
            storeys: Some(4.into()),
            basements: Some(0.into()),
            floor_one_height_m: metres(5_800),
            height_at_building_line_m: metres(17_000),
            ridge_height_m: metres(18_999),
            floor_area_m2: Some(232.into()),
            ..Building::default()
        },
    }
}

/// What the asker of an ordinary row house states beside the register.
pub fn stated() -> Facts {
    let mut facts = Facts::new();
    for (name, value) in [
        ("development", "existing"),
        ("building_kind", "row_house"),
        ("work", "new"),
        ("applicant", "household"),
        ("central_district", "false"),
        ("commercial_street", "false"),
        ("regional_road", "false"),
        ("added_storey", "false"),
    ] {
        facts.state(name, value).expect("a fact");
    }
    facts
}

pub fn site(land: &Land) -> Site {
    let id = ParcelId::new(1).expect("an id");
    Site::gather(land, &catalogue(), &[id], day(FILED)).expect("the lot is there")
}

fn check(land: &Land, proposal: &Proposal) -> Check<'static> {
    Check::new(&PACKS, &site(land), proposal, &stated(), day(FILED)).expect("sizes of a house")
}

fn verdict<'c>(check: &'c Check<'static>, quantity: &str) -> &'c Verdict<'static> {
    let mut verdicts = check.verdicts.iter();
    let own = verdicts.find(|verdict| verdict.limit.quantity.to_string() == quantity);
    own.expect("a rule limits it")
}

fn number(verdict: &Verdict<'_>) -> Option<Decimal> {
    match verdict.found.as_ref()?.value {
        FoundValue::Number(number) => Some(number),
        FoundValue::Word(_) | FoundValue::Absent => None,
    }
}

#[test]
fn example_1_is_measured_on_the_lot_and_holds_at_each_bound() {
    let land = example_1();
    let check = check(&land, &house([0.0, 0.0, 4.0, 14.5]));
    assert_eq!(check.standing, Standing::Within);
    for (quantity, bound, found) in [
        ("coverage", "96.8", "87.8788"),
        ("storeys", "4", "4"),
        ("height_at_building_line", "17", "17"),
        ("ridge_height", "19", "18.999"),
        ("setback/rear", "2", "2"),
    ] {
        let verdict = verdict(&check, quantity);
        let Bound::Number(limit) = &verdict.limit.bound else {
            unreachable!("{quantity}: {:?}", verdict.limit.bound);
        };
        assert_eq!(limit.value.normalize().to_string(), bound, "{quantity}");
        let number = number(verdict).expect("found");
        assert_eq!(number.normalize().to_string(), found, "{quantity}");
        assert_eq!(verdict.outcome, Outcome::Pass, "{quantity}");
    }
}

#[test]
fn a_wall_one_millimetre_into_the_rear_setback_fails_where_it_stands() {
    let land = example_1();
    let check = check(&land, &house([0.0, 0.0, 4.0, 14.501]));
    let rear = verdict(&check, "setback/rear");
    assert_eq!(rear.outcome, Outcome::Fail);
    assert_eq!(number(rear), metres(1_999));
    assert_eq!(check.total, Total::MayNot);
}

#[test]
fn what_stands_beyond_the_lot_is_told_with_its_area() {
    let land = example_1();
    let check = check(&land, &house([0.0, -0.5, 4.0, 14.5]));
    let Standing::Beyond(beyond) = &check.standing else {
        unreachable!("{:?}", check.standing);
    };
    assert_eq!(beyond.twice_area(), 2 * 4_000 * 500);
    assert_eq!(check.total, Total::MayNot);
}

#[test]
fn without_a_layer_of_roads_nothing_passes_that_rests_on_one() {
    let zone = feature(
        2,
        "zoning",
        unit("A-1"),
        Shape::Areas(area([-50.0, -50.0, 50.0, 50.0])),
    );
    let land = land(vec![lot()], vec![layer("zoning", "zoning")], vec![zone]);
    let check = check(&land, &house([0.0, 0.0, 4.0, 14.5]));
    assert_eq!(check.standing, Standing::Unknown);
    for quantity in ["coverage", "storeys", "ridge_height", "setback/rear"] {
        assert_eq!(
            verdict(&check, quantity).outcome,
            Outcome::Unknown,
            "{quantity}"
        );
    }
    assert_ne!(check.total, Total::MayProceed);
}

#[test]
fn what_the_register_says_and_no_rule_judges_is_open() {
    let around = Shape::Areas(area([-50.0, -50.0, 50.0, 50.0]));
    let canal = feature(3, "canals", restriction("corridor_canal"), around);
    let features = vec![road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]), canal];
    let layers = vec![layer("roads", "right_of_way"), layer("canals", CANALS)];
    let mut disputed = lot();
    disputed.parcel.status = ParcelStatus::Disputed;
    let site = site(&land(vec![disputed], layers, features));
    assert!(site.open.contains(&Open::Disputed));
    assert!(site.open.contains(&Open::Restricted(CANALS.into())));
    assert!(site.open.contains(&Open::WithoutData("heritage".into())));
    assert!(!site.open.contains(&Open::Restricted("right_of_way".into())));
}

#[test]
fn land_on_which_two_parcels_lie_is_for_an_officer() {
    for (west, expected) in [(4.0, false), (3.999, false), (3.9, true)] {
        let key = village::key("26743", "5", "13");
        let other = village::version(2, "26743", key, WEST, area([west, 0.0, 8.0, 16.5]));
        let layers = vec![layer("roads", "right_of_way")];
        let road = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
        let land = land(vec![lot(), other], layers, vec![road]);
        let open = |ids: &[i64]| {
            let ids = ids.iter().map(|&id| ParcelId::new(id).expect("an id"));
            let ids: Vec<ParcelId> = ids.collect();
            let site = Site::gather(&land, &catalogue(), &ids, day(FILED));
            site.expect("both are there").open
        };
        for one in [1, 2] {
            let told = open(&[one]).contains(&Open::Overlapped);
            assert_eq!(told, expected, "{west}: {one}");
        }
        assert!(!open(&[1, 2]).contains(&Open::Overlapped), "{west}");
    }
}

#[test]
fn parcels_that_lie_apart_are_no_lot_of_both() {
    let key = village::key("26743", "5", "13");
    let apart = village::version(2, "26743", key, WEST, area([20.0, 0.0, 24.0, 16.5]));
    let layers = vec![layer("roads", "right_of_way")];
    let road = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
    let land = land(vec![lot(), apart], layers, vec![road]);
    let ids = [1, 2].map(|id| ParcelId::new(id).expect("an id"));
    let site = Site::gather(&land, &catalogue(), &ids, day(FILED)).expect("both are there");
    let house = house([0.0, 0.0, 4.0, 14.5]);
    let check = Check::new(&PACKS, &site, &house, &stated(), day(FILED)).expect("sizes of a house");
    for quantity in ["coverage", "storeys", "setback/rear", "floor_area_ratio"] {
        let outcome = verdict(&check, quantity).outcome;
        assert_eq!(outcome, Outcome::Unknown, "{quantity}");
    }
}

#[test]
fn an_outline_that_may_be_off_by_a_metre_is_neither_within_nor_beyond() {
    let land = example_1();
    let judged = |outline| {
        let mut house = house(outline);
        house.off_by_mm = 1_000;
        check(&land, &house)
    };
    for (outline, expected) in [
        ([1.5, 1.5, 2.5, 14.0], Standing::Within),
        ([0.9, 1.5, 2.5, 14.0], Standing::Marginal),
        ([-0.9, 1.5, 2.5, 14.0], Standing::Marginal),
    ] {
        assert_eq!(judged(outline).standing, expected, "{outline:?}");
    }
    let beyond = judged([-1.1, 1.5, 2.5, 14.0]).standing;
    assert!(matches!(beyond, Standing::Beyond(_)), "{beyond:?}");
    let rear = judged([1.5, 1.5, 2.5, 14.5]);
    assert_eq!(verdict(&rear, "setback/rear").outcome, Outcome::Marginal);
    // Four storeys go by a depth of 3 m behind the building line.
    for (front, expected) in [(12.4, Outcome::Pass), (12.6, Outcome::Marginal)] {
        let storeys = judged([1.5, front, 2.5, 15.0]);
        assert_eq!(verdict(&storeys, "storeys").outcome, expected, "{front}");
    }
}

#[test]
fn adjoining_parcels_are_one_lot_with_one_front() {
    let key = village::key("26743", "5", "13");
    let beside = village::version(2, "26743", key, WEST, area([4.0, 0.0, 7.5, 16.5]));
    let layers = vec![layer("roads", "right_of_way")];
    let road = road(1, 12_000, [-50.0, -12.0, 50.0, 0.5]);
    let land = land(vec![lot(), beside], layers, vec![road]);
    let ids = [1, 2].map(|id| ParcelId::new(id).expect("an id"));
    let site = Site::gather(&land, &catalogue(), &ids, day(FILED)).expect("both are there");
    assert_eq!(site.lot.area.twice_area(), 2 * 7_500 * 16_000);
    let fronts = site
        .lot
        .fronts
        .iter()
        .map(|f| (f.length.um(), f.depth.um()));
    assert_eq!(fronts.collect::<Vec<_>>(), [(7_500_000, 16_000_000)]);
    assert_eq!(site.roads.len(), 1);
}

#[test]
fn a_building_on_a_contact_with_a_red_line_is_for_an_officer() {
    // 4 cm of the lot lie within the red lines: less than can be told from nothing.
    let layers = || vec![layer("roads", "right_of_way")];
    let road = || road(1, 12_000, [-50.0, -12.0, 50.0, 0.04]);
    let land = land(vec![lot()], layers(), vec![road()]);
    assert_eq!(site(&land).lot.area.twice_area(), 2 * 4_000 * 16_500);
    let standing = |south: f64| check(&land, &house([0.0, south, 4.0, 14.5])).standing;
    assert_eq!(standing(0.0), Standing::Marginal);
    assert_eq!(standing(0.039), Standing::Marginal);
    assert_eq!(standing(0.04), Standing::Within);
    assert!(matches!(standing(-0.001), Standing::Beyond(_)));
}

/// Example 1 with a canal of 10 m behind the lot, as example 15 has it.
fn example_15(corridor: [f64; 4]) -> Land {
    let kind = FeatureKind::Corridor(Corridor {
        kind: CorridorKind::Canal,
        name: "Rạch Thử".to_owned(),
        width_mm: Some(10_000),
        voltage_v: None,
    });
    let corridor = feature(9, "canals", kind, Shape::Areas(area(corridor)));
    let road = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
    let layers = [
        ("roads", "right_of_way"),
        ("canals", CANALS),
        ("power", "power_corridor"),
        ("rail", "rail_corridor"),
    ];
    let layers = layers.map(|(code, theme)| layer(code, theme)).to_vec();
    land(vec![lot()], layers, vec![road, corridor])
}

#[test]
fn a_corridor_is_taken_off_the_lot_as_a_red_line_is() {
    let land = example_15([-50.0, 10.5, 50.0, 30.0]);
    let site = site(&land);
    assert_eq!(site.ground.twice_area(), 2 * 66_000_000);
    assert_eq!(site.lot.area.twice_area(), 2 * 42_000_000);
    assert_eq!(site.lot.fronts[0].depth.um(), 10_500_000);
    let clear = check(&land, &house([0.0, 0.0, 4.0, 10.5]));
    assert_eq!(clear.standing, Standing::Within);
    // 42 of 42 m².
    assert_eq!(number(verdict(&clear, "coverage")), Some(100.into()));
    assert_eq!(
        clear.total,
        Total::OfficerDecides,
        "a corridor is for an officer"
    );
    let within = check(&land, &house([0.0, 0.0, 4.0, 10.501]));
    let Standing::InCorridor(part) = &within.standing else {
        unreachable!("{:?}", within.standing);
    };
    assert_eq!(part.twice_area(), 2 * 4_000);
    assert_ne!(within.total, Total::MayProceed);
}

#[test]
fn without_the_layers_of_corridors_the_area_of_the_lot_is_not_known() {
    let road = road(1, 12_000, [-50.0, -12.0, 50.0, 0.0]);
    let land = land(
        vec![lot()],
        vec![layer("roads", "right_of_way")],
        vec![road],
    );
    let check = check(&land, &house([0.0, 0.0, 4.0, 14.5]));
    assert_eq!(check.standing, Standing::Within);
    assert_eq!(verdict(&check, "coverage").outcome, Outcome::Unknown);
    assert_eq!(verdict(&check, "setback/rear").outcome, Outcome::Unknown);
}

#[test]
fn where_no_pack_speaks_of_the_place_nothing_is_allowed() {
    let mut elsewhere = lot();
    elsewhere.parcel.ward = village::code("25747");
    let land = example_1_with(elsewhere);
    let check = check(&land, &house([0.0, 0.0, 4.0, 14.5]));
    for quantity in ["storeys", "ridge_height", "setback/rear"] {
        let outcome = verdict(&check, quantity).outcome;
        assert_eq!(outcome, Outcome::Unknown, "{quantity}");
    }
    assert_ne!(check.total, Total::MayProceed);
}
