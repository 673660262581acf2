//! Levels that are drawn: storeys that step back, floor area and coverage by their outlines.

use crate::check_parts::{example_1_between, judged, metres, number, part, row_lot, verdict, with};
use crate::checks::road;
use diachinh::rules::check::{PartKind, Proposal};
use diachinh::rules::{Outcome, Parameter};

/// A house of levels, one above the other, each with its own outline, from tops to outlines.
pub fn levels(tops: &[(&str, [f64; 4])]) -> Proposal {
    let mut from = "0";
    let mut parts = Vec::new();
    for (to, shape) in tops {
        parts.push(part(PartKind::Level, *shape, Some([from, to])));
        from = to;
    }
    let mut proposal = with(parts);
    let building = &mut proposal.building;
    building.storeys = Some(tops.len().into());
    building.height_at_building_line_m = None;
    building.ridge_height_m = None;
    building.floor_area_m2 = None;
    proposal
}

pub const WHOLE: [f64; 4] = [0.0, 0.0, 4.0, 14.5];
const CENTRAL: [(&str, &str); 2] = [("central_district", "true"), ("added_storey", "true")];

#[test]
fn the_added_storey_steps_back_by_the_level_that_is_drawn() {
    let land = row_lot();
    for (front, expected) in [
        (3.499, Outcome::Fail),
        (3.5, Outcome::Pass),
        (3.501, Outcome::Pass),
    ] {
        let proposal = levels(&[
            ("5.8", WHOLE),
            ("9.5", WHOLE),
            ("13.2", WHOLE),
            ("17", WHOLE),
            ("20.4", [0.0, front, 4.0, 14.5]),
        ]);
        let check = judged(&land, &proposal, &CENTRAL);
        let own = verdict(&check, "step_back/added_storey");
        assert_eq!(own.outcome, expected, "{front}");
        assert_eq!(number(own), Some(front.to_string()));
        for (quantity, found) in [("height_at_building_line", "17"), ("ridge_height", "20.4")] {
            assert_eq!(number(verdict(&check, quantity)).as_deref(), Some(found));
            assert_eq!(verdict(&check, quantity).outcome, Outcome::Pass);
        }
        assert_eq!(number(verdict(&check, "storeys")).as_deref(), Some("5"));
    }
    let straight = levels(&[
        ("5.8", WHOLE),
        ("9.5", WHOLE),
        ("13.2", WHOLE),
        ("17", WHOLE),
        ("20.4", WHOLE),
    ]);
    let check = judged(&land, &straight, &CENTRAL);
    for quantity in ["height_at_building_line", "step_back/added_storey"] {
        assert_eq!(verdict(&check, quantity).outcome, Outcome::Fail);
    }
}

#[test]
fn floor_area_and_coverage_are_those_of_the_levels() {
    let land = row_lot();
    let proposal = levels(&[
        ("5.8", WHOLE),
        ("9.5", [0.0, 0.0, 4.0, 15.0]),
        ("13.2", [0.0, 2.0, 4.0, 14.5]),
    ]);
    let check = judged(&land, &proposal, &[]);
    // 58 + 60 + 50 of 66 m².
    let ratio = verdict(&check, "floor_area_ratio");
    assert_eq!(number(ratio).as_deref(), Some("2.545455"));
    // 60 of 66 m², under the level that reaches farthest, 1.5 m before the boundary behind.
    let coverage = verdict(&check, "coverage");
    assert_eq!(number(coverage).as_deref(), Some("90.9091"));
    let rear = verdict(&check, "setback/rear");
    assert_eq!(number(rear).as_deref(), Some("1.5"));
    assert_eq!(rear.outcome, Outcome::Fail);
}

#[test]
fn levels_that_contradict_what_is_stated_never_pass() {
    let land = row_lot();
    let three = [("5.8", WHOLE), ("9.5", WHOLE), ("13.2", WHOLE)];
    let mut fewer = levels(&three);
    fewer.building.storeys = Some(2.into());
    let check = judged(&land, &fewer, &[]);
    assert!(check.contradicted.contains(&Parameter::Storeys));
    assert_eq!(verdict(&check, "storeys").outcome, Outcome::Unknown);
    let mut smaller = levels(&three);
    smaller.building.floor_area_m2 = Some(150.into());
    let check = judged(&land, &smaller, &[]);
    assert!(check.contradicted.contains(&Parameter::FloorArea));
    assert_ne!(verdict(&check, "floor_area_ratio").outcome, Outcome::Pass);
    let mut lower = levels(&three);
    lower.building.height_at_building_line_m = metres("9.5");
    let check = judged(&land, &lower, &[]);
    let at_line = verdict(&check, "height_at_building_line");
    assert_eq!(number(at_line).as_deref(), Some("13.2"));
    assert_eq!(at_line.outcome, Outcome::Unknown);
    let mut low = levels(&three);
    low.building.floor_one_height_m = metres("5.799");
    let check = judged(&land, &low, &[]);
    let floor_one = verdict(&check, "floor_one_height");
    assert_eq!(number(floor_one).as_deref(), Some("5.8"));
    assert_eq!(floor_one.outcome, Outcome::Unknown);
    // With a storey that is not drawn, nobody knows how high it is at the building line.
    let mut gap = levels(&three);
    gap.building.storeys = Some(4.into());
    let check = judged(&land, &gap, &[]);
    let at_line = verdict(&check, "height_at_building_line");
    assert_eq!(at_line.outcome, Outcome::Unknown);
}

#[test]
fn what_is_above_the_level_of_the_narrower_street_steps_back_on_a_through_lot() {
    let land = example_1_between(vec![
        road(1, 16_000, [-50.0, -16.0, 50.0, 0.0]),
        road(3, 5_000, [-50.0, 16.5, 50.0, 21.5]),
    ]);
    let low = [0.0, 0.0, 4.0, 16.5];
    for (rear, expected) in [
        (12.999, Outcome::Pass),
        (13.0, Outcome::Pass),
        (13.001, Outcome::Fail),
    ] {
        let high = [0.0, 0.0, 4.0, rear];
        let proposal = levels(&[
            ("4", low),
            ("7.8", low),
            ("11.6", low),
            ("16.5", high),
            ("21.6", high),
        ]);
        let check = judged(&land, &proposal, &[]);
        let own = verdict(&check, "step_back/narrower_road");
        assert_eq!(own.outcome, expected, "{rear}");
        let level = verdict(&check, "step_back/narrower_road_level");
        assert_eq!(number(level).as_deref(), Some("11.6"), "{rear}");
        assert_eq!(level.outcome, Outcome::Pass, "{rear}");
    }
}
