//! Unknown is not no: where the layers of a theme cannot be believed, it is without data.

use super::*;

fn zoned(change: impl FnOnce(&mut Layer)) -> Land {
    let mut layer = layer("zoning", "zoning");
    change(&mut layer);
    lot_with(vec![layer], Vec::new())
}

#[test]
fn a_theme_whose_layer_holds_the_whole_parcel_and_draws_nothing_is_not_concerned() {
    let land = zoned(|_| {});
    assert_eq!(concern(&land, "zoning"), Concern::NotConcerned);
    // To the edge is enough: what lies on the border of a coverage is inside.
    let land = zoned(|layer| layer.coverage = vec![(WEST, area([0.0, 0.0, 5.0, 20.0]))]);
    assert_eq!(concern(&land, "zoning"), Concern::NotConcerned);
}

#[test]
fn a_theme_without_data_is_not_reported_as_free() {
    let reason = |change: fn(&mut Layer)| reasons(&zoned(change), "zoning", TODAY);
    let missing = lot_with(Vec::new(), Vec::new());
    assert_eq!(
        reasons(&missing, "zoning", TODAY),
        [(GapReason::LayerMissing, 10_000)]
    );
    assert_eq!(concern(&missing, "zoning"), Concern::NoData);
    let outside = reason(|layer| layer.coverage = vec![(WEST, area([5.0, 0.0, 9.0, 20.0]))]);
    assert_eq!(outside, [(GapReason::OutsideCoverage, 10_000)]);
    let half = reason(|layer| layer.coverage = vec![(WEST, area([-9.0, 10.0, 9.0, 30.0]))]);
    assert_eq!(half, [(GapReason::OutsideCoverage, 5_000)]);
    // A millimetre is enough not to know.
    let almost = reason(|layer| layer.coverage = vec![(WEST, area([0.0, 0.0, 4.999, 20.0]))]);
    assert_eq!(almost, [(GapReason::OutsideCoverage, 2)]);
    let withdrawn = reason(|layer| layer.withdrawn = Some(day(TODAY)));
    assert_eq!(withdrawn, [(GapReason::Withdrawn, 10_000)]);
    let stale = reason(|layer| layer.as_of = day("2023-11-22"));
    assert_eq!(stale, [(GapReason::Stale, 10_000)]);
    let announced = reason(|layer| layer.law_status = LawStatus::Announced);
    assert_eq!(announced, [(GapReason::NotInForce, 10_000)]);
    assert_eq!(
        reasons(&zoned(|_| {}), "zoning", "2025-07-01"),
        [],
        "the plan is of 2015"
    );
    let later = |layer: &mut Layer| layer.provisions[0].dated = Some(day("2025-09-01"));
    assert_eq!(
        reasons(&zoned(later), "zoning", "2025-07-01"),
        [(GapReason::BeforeFirstDay, 10_000)]
    );
}

#[test]
fn a_layer_that_nobody_reviewed_or_that_lacks_features_is_not_believed_when_it_is_silent() {
    for (condition, reason) in [
        (LayerCondition::Unreviewed, GapReason::Unreviewed),
        (LayerCondition::Failed, GapReason::Failed),
    ] {
        let land = zoned(|layer| layer.condition = condition);
        assert_eq!(reasons(&land, "zoning", TODAY), [(reason, 10_000)]);
        assert_eq!(concern(&land, "zoning"), Concern::NoData);
        // Another layer over the same ground does not say what this one may lack.
        let unsound = Layer {
            condition,
            ..layer("zoning", "zoning")
        };
        let land = lot_with(vec![unsound, layer("other", "zoning")], Vec::new());
        assert_eq!(reasons(&land, "zoning", TODAY), [(reason, 10_000)]);
    }
}

#[test]
fn a_layer_is_stale_only_after_the_last_day_it_is_fresh() {
    let land = zoned(|layer| layer.as_of = day("2023-11-23"));
    assert_eq!(reasons(&land, "zoning", TODAY), []);
    let land = zoned(|layer| layer.withdrawn = Some(day("2026-11-24")));
    assert_eq!(reasons(&land, "zoning", TODAY), []);
}

#[test]
fn a_coverage_with_a_hole_over_the_lot_says_nothing_of_it() {
    let mut coverage = area([-50.0, -50.0, 50.0, 50.0]);
    let hole = area([-2.0, -2.0, 7.0, 22.0]);
    coverage.0[0].interiors = vec![hole.0[0].exterior.clone()];
    let land = zoned(|layer| layer.coverage = vec![(WEST, coverage)]);
    assert_eq!(
        reasons(&land, "zoning", TODAY),
        [(GapReason::OutsideCoverage, 10_000)]
    );
}

#[test]
fn two_layers_side_by_side_hold_a_parcel_together() {
    let part = |code: &str, rectangle| {
        let mut layer = layer(code, "zoning");
        layer.coverage = vec![(WEST, area(rectangle))];
        layer
    };
    let south = part("south", [-9.0, -9.0, 9.0, 8.0]);
    let north = part("north", [-9.0, 8.0, 9.0, 30.0]);
    let land = lot_with(vec![south.clone(), north.clone()], Vec::new());
    assert_eq!(concern(&land, "zoning"), Concern::NotConcerned);
    let stale = Layer {
        as_of: day("2020-01-01"),
        ..north
    };
    let land = lot_with(vec![south, stale], Vec::new());
    assert_eq!(reasons(&land, "zoning", TODAY), [(GapReason::Stale, 6_000)]);
}

#[test]
fn a_withdrawn_layer_is_no_loss_once_a_later_one_took_its_place() {
    let old = Layer {
        withdrawn: Some(day("2026-06-01")),
        ..layer("old", "zoning")
    };
    let mut new = layer("new", "zoning");
    new.as_of = day("2026-10-01");
    new.provisions[0].dated = Some(day("2026-06-01"));
    let land = lot_with(vec![old.clone(), new.clone()], Vec::new());
    assert_eq!(concern(&land, "zoning"), Concern::NotConcerned);
    // One that stood beside it all the time never said what it said.
    new.provisions[0].dated = Some(day("2015-01-01"));
    let land = lot_with(vec![old, new], Vec::new());
    assert_eq!(
        reasons(&land, "zoning", TODAY),
        [(GapReason::Withdrawn, 10_000)]
    );
}

#[test]
fn what_is_known_is_told_beside_what_is_not() {
    let mut half = layer("zoning", "zoning");
    half.coverage = vec![(WEST, area([-9.0, 10.0, 9.0, 30.0]))];
    let shape = Shape::Areas(area([-9.0, 15.0, 9.0, 30.0]));
    let land = lot_with(vec![half], vec![feature(1, "zoning", unit("A"), shape)]);
    assert_eq!(concern(&land, "zoning"), Concern::Concerned);
    assert_eq!(areas(&land, "zoning"), [2500]);
    assert_eq!(
        reasons(&land, "zoning", TODAY),
        [(GapReason::OutsideCoverage, 5_000)]
    );
}

#[test]
fn an_announced_restriction_concerns_with_its_status() {
    let announced = Layer {
        law_status: LawStatus::AnnouncedNotCarriedOut,
        ..layer("recovery", "land_use_plan")
    };
    let shape = Shape::Areas(area([-9.0, -9.0, 9.0, 30.0]));
    let features = vec![feature(1, "recovery", restriction("recovery"), shape)];
    let land = lot_with(vec![announced.clone()], features);
    assert_eq!(areas(&land, "land_use_plan"), [10_000]);
    // Of this theme the city believes announced layers when they are silent.
    let land = lot_with(vec![announced], Vec::new());
    assert_eq!(concern(&land, "land_use_plan"), Concern::NotConcerned);
}

#[test]
fn shapes_and_coverage_of_another_plane_count_only_as_held_on_the_parcels_own() {
    let mut elsewhere = layer("zoning", "zoning");
    let (_, coverage) = elsewhere.coverage[0].clone();
    elsewhere.coverage = vec![(OTHER_PLANE, coverage.clone())];
    let shape = Shape::Areas(area([-9.0, -9.0, 9.0, 30.0]));
    let mut zone = feature(1, "zoning", unit("A"), shape.clone());
    zone.shapes = vec![(OTHER_PLANE, shape.clone())];
    let land = lot_with(vec![elsewhere.clone()], vec![zone.clone()]);
    assert_eq!(concern(&land, "zoning"), Concern::NoData);
    elsewhere.coverage.push((WEST, coverage));
    zone.shapes.push((WEST, shape));
    let land = lot_with(vec![elsewhere], vec![zone]);
    assert_eq!(areas(&land, "zoning"), [10_000]);
    asked(&land, "zoning", day(TODAY), |theme| {
        assert_eq!(
            (theme.restrictions[0].features.len(), theme.gaps.len()),
            (1, 0)
        );
    });
}

#[test]
fn a_theme_that_the_catalogue_does_not_list_is_told_after_those_it_does() {
    let shape = Shape::Areas(area([-9.0, -9.0, 9.0, 30.0]));
    let features = vec![feature(1, "flood", restriction("flood"), shape)];
    let layers = vec![layer("flood", "flood"), layer("held", "parcels")];
    let land = lot_with(layers, features);
    let catalogue = catalogue();
    let extract = extract(&land, &catalogue, day(TODAY));
    let last = extract.themes.last().expect("themes");
    assert_eq!(
        (&*last.theme.0, last.concern()),
        ("flood", Concern::Concerned)
    );
    assert_eq!(extract.themes.len(), catalogue.themes().len() + 1);
}

#[test]
fn a_parcel_that_is_not_there_on_the_day_has_no_extract() {
    let land = zoned(|_| {});
    let (id, catalogue) = (ParcelId::new(1).expect("an id"), catalogue());
    assert!(land.extract(id, &catalogue, day("2025-06-30")).is_none());
}

#[test]
fn a_parcel_whose_outline_crosses_itself_is_compared_with_nothing() {
    let mut lot = lot();
    lot.parcel.shape.0[0].exterior.0.swap(1, 2);
    let shape = Shape::Areas(area([-9.0, -9.0, 9.0, 30.0]));
    let features = vec![feature(1, "zoning", unit("A"), shape)];
    let land = land(vec![lot], vec![layer("zoning", "zoning")], features);
    assert_eq!(concern(&land, "zoning"), Concern::NoData);
    let told = reasons(&land, "zoning", TODAY);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, GapReason::Failed);
}
