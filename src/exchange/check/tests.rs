//! Tests of the checks over drafts in memory.

use super::*;
use crate::cadastre::{Day, MapScale, NationalParcelIdentifier, ParcelKey, ParcelStatus};
use crate::cadastre::{ParcelNumber, SheetNumber, WardCode};
use crate::crs::{Epsg, Planes};
use crate::exchange::FindingCode;
use crate::exchange::{FeatureNumber, Finding, ParcelDraft, Severity};
use crate::geometry::{MultiPolygon, Point, Polygon, Ring};

const DAY: Day = Day(20_000);

fn lot(feature: i64, number: &str, west: i32, east: i32) -> ParcelDraft {
    let corners = [(west, 0), (east, 0), (east, 20_000), (west, 20_000)];
    let point = |(x, y)| Point::new(x, y).expect("on the grid");
    ParcelDraft {
        feature: FeatureNumber(feature),
        as_map: ParcelKey {
            commune: WardCode::from_number(26_743).expect("a ward code"),
            sheet: SheetNumber::parse("5").expect("a sheet number"),
            number: ParcelNumber::parse(number).expect("a parcel number"),
        },
        as_certificate: None,
        ward: None,
        national_identifier: None,
        plane: Epsg(9210),
        shape: MultiPolygon(vec![Polygon {
            exterior: Ring(corners.map(point).to_vec()),
            interiors: Vec::new(),
        }]),
        registered_area: None,
        scale: MapScale::S500,
        land_use: Vec::new(),
        status: ParcelStatus::InUse,
        valid_from: None,
        valid_to: None,
    }
}

fn judged(drafts: Vec<ParcelDraft>) -> Judgement {
    judged_with(drafts, Mending::Reject)
}

fn judged_with(drafts: Vec<ParcelDraft>, mending: Mending) -> Judgement {
    let planes =
        Planes::load(include_str!("../../../data/planes.toml")).expect("the file of planes");
    let ground = Ground {
        planes: &planes,
        day: DAY,
    };
    judge(drafts, &ground, mending)
}

#[test]
fn two_parcels_with_one_key_both_stay_out_and_their_neighbour_goes_in() {
    let judgement = judged(vec![
        lot(1, "12", 0, 5_000),
        lot(2, "012", 5_000, 9_000),
        lot(3, "13", 9_000, 12_000),
    ]);
    let features: Vec<i64> = judgement.rejected.iter().map(|d| d.feature.0).collect();
    assert_eq!(features, [1, 2]);
    assert_eq!(judgement.accepted.len(), 1);
    assert_eq!(judgement.findings.len(), 2);
    assert_eq!(judgement.findings[0].code, FindingCode::DuplicateKey);
    assert_eq!(judgement.findings[0].other_feature, Some(2));
    assert!(judgement.findings[0].reason.en.contains("2 features"));
}

#[test]
fn versions_of_one_key_that_follow_each_other_are_a_history() {
    let mut before = lot(1, "12", 0, 5_000);
    let mut after = lot(2, "12", 0, 5_000);
    before.valid_to = Some(DAY);
    after.valid_from = Some(DAY);
    assert!(keys::duplicates(&[before.clone(), after.clone()]).is_empty());
    before.valid_to = Some(DAY.next());
    assert_eq!(keys::duplicates(&[before, after]).len(), 2);
}

#[test]
fn an_identifier_of_another_form_is_a_warning_and_goes_in() {
    let mut draft = lot(1, "12", 0, 5_000);
    draft.national_identifier = NationalParcelIdentifier::parse("27007_5_12").ok();
    let judgement = judged(vec![draft]);
    assert_eq!(judgement.accepted.len(), 1);
    assert_eq!(judgement.findings[0].code, FindingCode::UnusualIdentifier);
}

#[test]
fn a_gap_is_told_with_its_place_in_metres_of_the_plane() {
    let judgement = judged(vec![lot(1, "12", 0, 5_000), lot(2, "13", 5_050, 9_000)]);
    assert_eq!(judgement.accepted.len(), 2);
    let gap = &judgement.findings[0];
    assert_eq!(gap.code, FindingCode::Gap);
    let (east_m, north_m) = gap.place_m.expect("a place");
    assert!((east_m - 5.025).abs() < 1e-9);
    assert!((1_750_000.0..1_750_020.0).contains(&north_m));
    assert_eq!(gap.width_m, Some(0.05));
}

#[test]
fn a_gap_of_the_snapping_distance_is_counted_and_not_listed() {
    let judgement = judged(vec![lot(1, "12", 0, 5_000), lot(2, "13", 5_010, 9_000)]);
    assert!(judgement.findings.is_empty());
    assert_eq!(judgement.contacts.below_snapping, 1);
    assert!((judgement.contacts.below_snapping_m2 - 0.2).abs() < 1e-9);
}

/// A lot whose ring crosses itself: two triangles of 2.5 m by 20 m that meet at a point.
fn bow_tie(feature: i64, number: &str) -> ParcelDraft {
    let mut draft = lot(feature, number, 0, 5_000);
    draft.shape.0[0].exterior.0.swap(1, 2);
    draft
}

#[test]
fn a_ring_that_crosses_itself_stays_out_with_its_place_and_its_neighbour_goes_in() {
    let judgement = judged(vec![bow_tie(1, "12"), lot(2, "13", 5_000, 9_000)]);
    assert_eq!(judgement.rejected.len(), 1);
    assert_eq!(judgement.rejected[0], bow_tie(1, "12"));
    let finding: &Finding = &judgement.findings[0];
    assert_eq!(finding.code, FindingCode::InvalidGeometry);
    assert_eq!(finding.severity, Severity::Rejection);
    assert_eq!(finding.place_m, Some((2.5, 1_750_010.0)));
    assert!(
        finding.reason.en.contains("crosses itself"),
        "{}",
        finding.reason.en
    );
    assert!(
        finding.reason.vi.contains("tự cắt"),
        "{}",
        finding.reason.vi
    );
}

#[test]
fn repair_is_told_with_both_areas_and_only_where_it_is_asked_for() {
    let judgement = judged_with(vec![bow_tie(1, "12")], Mending::Repair);
    assert_eq!(judgement.accepted.len(), 1);
    assert_eq!(judgement.repaired, [FeatureNumber(1)]);
    assert_eq!(judgement.accepted[0].shape.twice_area(), 2 * 50_000_000);
    let finding = &judgement.findings[0];
    assert_eq!(finding.code, FindingCode::Repaired);
    assert_eq!(finding.severity, Severity::Warning);
    assert!(
        finding.reason.en.contains("to 50.000 m²"),
        "{}",
        finding.reason.en
    );
}

#[test]
fn a_shape_of_which_repair_leaves_nothing_stays_out_as_it_was() {
    let mut line = lot(1, "12", 0, 5_000);
    line.shape.0[0].exterior.0.truncate(2);
    let judgement = judged_with(vec![line.clone()], Mending::Repair);
    assert_eq!(judgement.rejected, [line]);
    assert_eq!(judgement.findings[0].code, FindingCode::InvalidGeometry);
    assert!(judgement.repaired.is_empty());
}

#[test]
fn a_draft_without_any_area_has_no_geometry() {
    let mut empty = lot(1, "12", 0, 5_000);
    empty.shape.0.clear();
    let judgement = judged(vec![empty]);
    assert_eq!(judgement.findings[0].code, FindingCode::MissingGeometry);
    assert_eq!(judgement.rejected.len(), 1);
}
