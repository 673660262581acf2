//! Drawings that are not whole, or say one thing and another: none of them passes.

use crate::check_levels::{WHOLE, levels};
use crate::check_parts::{judged, metres, part, proved, row_lot, verdict, with};
use crate::extract::area;
use diachinh::geometry::Shape;
use diachinh::rules::check::{
    Check, Floors, HalfBasement, Mezzanine, Part, PartFlaw, PartKind, Proposal, StairRoof, Total,
};
use diachinh::rules::proof::recheck;
use diachinh::rules::{Decimal, Outcome, Parameter};

fn check(proposal: &Proposal, more: &[(&str, &str)]) -> Check<'static> {
    let check = judged(&row_lot(), proposal, more);
    assert_ne!(check.total, Total::MayProceed);
    check
}

/// It is told as contradicted, so that an officer looks.
fn contradicts(proposal: &Proposal, more: &[(&str, &str)], parameter: Parameter) {
    let check = check(proposal, more);
    let told = &check.contradicted;
    assert!(told.contains(&parameter), "{parameter}: {told:?}");
}

fn never_passes(proposal: &Proposal, quantity: &str) {
    let check = check(proposal, &[]);
    let outcome = verdict(&check, quantity).outcome;
    assert!(
        matches!(outcome, Outcome::Unknown | Outcome::Fail),
        "{quantity}: {outcome:?}"
    );
}

fn floors(full: u32) -> Floors {
    Floors {
        full,
        ..Floors::default()
    }
}

#[test]
fn levels_larger_than_the_floors_that_do_not_count_are_storeys() {
    let tops = ["3.2", "5.8", "9", "12.2", "15.4", "17"];
    let small = [0.0, 10.4, 4.0, 14.5];
    let attempt = |mezzanine, stairs| {
        let shapes = [WHOLE, mezzanine, WHOLE, WHOLE, WHOLE, stairs];
        let tops: Vec<_> = tops.into_iter().zip(shapes).collect();
        let mut proposal = levels(&tops);
        proposal.building.storeys = Some(4.into());
        proposal.building.floors = Some(Floors {
            mezzanines: vec![Mezzanine {
                share_percent: 60.into(),
                area_m2: None,
                technical: false,
            }],
            stair_roof: Some(StairRoof {
                share_percent: 30.into(),
                covers_stairs_only: true,
            }),
            ..floors(4)
        });
        proposal
    };
    let is_told = |proposal: &Proposal| {
        let check = judged(&row_lot(), proposal, &[]);
        check.contradicted.contains(&Parameter::Storeys)
    };
    let mezzanine = [0.0, 5.8, 4.0, 14.5];
    assert!(!is_told(&attempt(mezzanine, small)), "as they are told");
    for larger in [attempt(WHOLE, small), attempt(mezzanine, WHOLE)] {
        contradicts(&larger, &[], Parameter::Storeys);
        never_passes(&larger, "storeys");
    }
}

#[test]
fn a_height_that_is_not_stated_is_not_that_of_some_levels() {
    let mut proposal = levels(&[("8", WHOLE)]);
    proposal.building.storeys = Some(4.into());
    proposal.building.height_at_building_line_m = metres("17");
    never_passes(&proposal, "ridge_height");
    let mut lower = with(Vec::new());
    lower.building.ridge_height_m = metres("16.9");
    lower.building.height_at_building_line_m = metres("17");
    contradicts(&lower, &[], Parameter::BuildingHeight);
}

#[test]
fn an_added_storey_that_is_not_there_lifts_no_height() {
    let tops = ["5.8", "9.5", "13.2", "22.4"];
    let back = [0.0, 3.5, 4.0, 14.5];
    let shapes = [WHOLE, WHOLE, WHOLE, back];
    let tops: Vec<_> = tops.into_iter().zip(shapes).collect();
    let more = [("central_district", "false"), ("added_storey", "true")];
    contradicts(&levels(&tops), &more, Parameter::AddedStorey);
}

#[test]
fn a_basement_or_ramp_that_stands_out_of_the_ground_is_refused() {
    for kind in [PartKind::Basement, PartKind::Ramp] {
        let new = |from: &str, to: &str| {
            let shape = Shape::Areas(area([0.0, 4.0, 4.0, 8.0]));
            Part::new(kind, shape, metres(from), metres(to))
        };
        assert!(new("-1.501", "1.5").is_ok());
        let refused = Err(PartFlaw::AboveGround(Decimal::new(15, 1)));
        assert_eq!(new("-1.5", "1.5"), refused, "half of it");
        assert!(new("0", "12").is_err());
    }
}

#[test]
fn the_ground_floor_is_not_what_stands_out_of_the_ground_below_it() {
    let shape = WHOLE;
    let level = |from, to| part(PartKind::Level, shape, Some([from, to]));
    let mut proposal = with(vec![
        level("-1.5", "1.5"),
        level("1.5", "8.5"),
        level("8.5", "12"),
        level("12", "15.5"),
    ]);
    let building = &mut proposal.building;
    building.storeys = Some(4.into());
    building.floor_one_height_m = None;
    building.floors = Some(Floors {
        half_basement: Some(HalfBasement {
            height_m: 3.into(),
            above_ground_m: Decimal::new(15, 1),
        }),
        ..floors(3)
    });
    never_passes(&proposal, "floor_one_height");
}

#[test]
fn a_part_without_heights_is_not_stated_away() {
    let balcony = part(PartKind::Balcony, [0.0, -0.9, 4.0, 0.0], None);
    let none = [("balcony_underside_m", "none")];
    contradicts(&with(vec![balcony]), &none, Parameter::BalconyUnderside);
    let pergola = part(PartKind::Pergola, [0.0, 2.0, 4.0, 6.0], None);
    let none = [
        ("pergola_height_m", "none"),
        ("pergola_open_percent", "none"),
    ];
    contradicts(&with(vec![pergola]), &none, Parameter::PergolaHeight);
}

#[test]
fn levels_whose_heights_overlap_leave_storeys_area_and_height_in_doubt() {
    let level = |from, to| part(PartKind::Level, WHOLE, Some([from, to]));
    let mut proposal = with(vec![level("0", "4.001"), level("4", "8"), level("8", "12")]);
    proposal.building.storeys = Some(3.into());
    for parameter in [
        Parameter::Storeys,
        Parameter::FloorArea,
        Parameter::BuildingHeight,
    ] {
        contradicts(&proposal, &[], parameter);
    }
    never_passes(&proposal, "storeys");
}

#[test]
fn floor_area_is_that_of_levels_only_where_they_and_basements_are_whole() {
    let strip = [0.0, 0.0, 4.0, 0.5];
    let rear = [0.0, 8.5, 4.0, 14.5];
    let mut proposal = levels(&[("4", strip), ("8", rear), ("12", rear), ("16", rear)]);
    proposal.building.basements = Some(0.into());
    never_passes(&proposal, "height_at_building_line");
    let whole = |basements: Option<i64>| {
        let mut proposal = levels(&[("5", WHOLE), ("9", WHOLE)]);
        proposal.building.basements = basements.map(Decimal::from);
        let check = judged(&row_lot(), &proposal, &[]);
        check.facts.find(Parameter::FloorArea).is_some()
    };
    assert!(whole(Some(0)));
    assert!(!whole(Some(2)), "basements that are not drawn");
    assert!(!whole(None));
    let basements = ["-3", "-6", "-9"].map(|from| {
        let to = (Decimal::from_str_exact(from).expect("a decimal") + Decimal::from(3)).to_string();
        part(PartKind::Basement, WHOLE, Some([from, &to]))
    });
    let mut proposal = with(basements.to_vec());
    proposal.building.basements = Some(1.into());
    contradicts(&proposal, &[], Parameter::Basements);
}

#[test]
fn a_canopy_on_the_roof_is_not_above_the_highest_point() {
    let canopy = part(PartKind::Canopy, [0.0, 5.0, 4.0, 9.0], Some(["19", "25"]));
    contradicts(&with(vec![canopy]), &[], Parameter::BuildingHeight);
}

#[test]
fn zeros_at_the_end_of_a_height_do_not_change_what_the_evidence_says() {
    let heights = Some(["3.50", "4.600"]);
    let balcony = part(PartKind::Balcony, [0.0, -0.9, 4.0, 0.0], heights);
    let proof = proved(&with(vec![balcony]));
    assert!(recheck(&proof).is_ok(), "{:?}", recheck(&proof));
    let proof = proved(&levels(&[("4.0", WHOLE), ("8.00", WHOLE)]));
    assert!(recheck(&proof).is_ok(), "{:?}", recheck(&proof));
}
