//! Tests of the checks over drafts in memory.

use super::*;
use crate::cadastre::{
    Day, LandUseTable, MapScale, NationalParcelIdentifier, ParcelKey, ParcelStatus,
};
use crate::cadastre::{
    Interval, LandUseCode, LandUseLine, ParcelNumber, RegisteredArea, SheetNumber, Ward, WardCode,
    WardKind, WardSuccession,
};
use crate::crs::{Epsg, Planes};
use crate::exchange::FindingCode;
use crate::exchange::{FeatureNumber, Finding, ParcelDraft, Severity};
use crate::geometry::{MultiPolygon, Point, Polygon, Ring};

/// Wards, communes and the crosswalk.
mod wards;

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

fn ben_thanh() -> Ward {
    Ward {
        code: WardCode::from_number(26_743).expect("a ward code"),
        name: "Bến Thành".to_owned(),
        kind: WardKind::Ward,
        plane: Epsg(9210),
        border: MultiPolygon::default(),
        valid: Interval::open(Day(0)),
    }
}

fn judged(drafts: Vec<ParcelDraft>) -> Judgement {
    judged_with(drafts, Mending::Reject)
}

fn judged_with(drafts: Vec<ParcelDraft>, mending: Mending) -> Judgement {
    on_ground(&[ben_thanh()], &[], |ground| judge(drafts, ground, mending))
}

fn judged_in(
    wards: &[Ward],
    successions: &[WardSuccession],
    drafts: Vec<ParcelDraft>,
) -> Judgement {
    on_ground(wards, successions, |ground| {
        judge(drafts, ground, Mending::Reject)
    })
}

fn on_ground(
    wards: &[Ward],
    successions: &[WardSuccession],
    judge: impl FnOnce(&Ground) -> Judgement,
) -> Judgement {
    let planes = Planes::load(include_str!("../../../data/planes.toml")).expect("planes");
    let land_use = LandUseTable::load(include_str!("../../../data/land_use_codes.toml"));
    judge(&Ground {
        planes: &planes,
        transforms: None,
        wards,
        successions,
        land_use: &land_use.expect("land-use codes"),
        day: DAY,
    })
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

#[test]
fn a_vertex_on_a_neighbours_edge_is_counted_and_told_by_key_and_place() {
    let half = |feature, number, south: i32, north: i32| {
        let mut draft = lot(feature, number, 5_000, 9_000);
        let corners = [
            (5_000, south),
            (9_000, south),
            (9_000, north),
            (5_000, north),
        ];
        let corners = corners.map(|(x, y)| Point::new(x, y).expect("on the grid"));
        draft.shape.0[0].exterior.0 = corners.to_vec();
        draft
    };
    let halves = || [half(2, "21", 0, 8_000), half(3, "22", 8_000, 20_000)];
    let mut drafts = vec![lot(1, "12", 0, 5_000)];
    drafts.extend(halves());
    let judgement = judged(drafts);
    assert_eq!((judgement.accepted.len(), judgement.findings.len()), (3, 0));
    assert_eq!(judgement.contacts.t_junctions, 1);
    let told = JunctionPlace {
        key: "26743.5.21".to_owned(),
        on: "26743.5.12".to_owned(),
        crs: Epsg(9210),
        place_m: (5.0, 1_750_008.0),
    };
    assert_eq!(judgement.contacts.first_t_junctions, [told]);
    // A neighbour that has the vertex too has nothing on its edge.
    let mut whole = lot(1, "12", 0, 5_000);
    let corner = Point::new(5_000, 8_000).expect("on the grid");
    whole.shape.0[0].exterior.0.insert(2, corner);
    let mut drafts = vec![whole];
    drafts.extend(halves());
    assert_eq!(judged(drafts).contacts, Contacts::default());
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
    assert_eq!(
        judgement.accepted[0].draft.shape.twice_area(),
        2 * 50_000_000
    );
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

fn codes(judgement: &Judgement) -> Vec<FindingCode> {
    judgement.findings.iter().map(|f| f.code).collect()
}

#[test]
fn an_overlap_beyond_tolerance_is_told_with_area_and_width_and_both_go_in() {
    let judgement = judged(vec![lot(1, "12", 0, 5_000), lot(2, "13", 4_000, 9_000)]);
    assert_eq!(judgement.accepted.len(), 2);
    let overlap = &judgement.findings[0];
    assert_eq!(overlap.code, FindingCode::Overlap);
    assert_eq!((overlap.feature, overlap.other_feature), (Some(1), Some(2)));
    assert_eq!(overlap.area_m2, Some(20.0));
    assert!((overlap.width_m.expect("a width") - 20.0 / 21.0).abs() < 1e-9);
    assert!(
        overlap
            .reason
            .en
            .contains("beyond the tolerance of 0.810 m²"),
        "{overlap:?}"
    );
}

#[test]
fn a_sliver_of_overlap_is_told_and_one_of_the_snapping_distance_is_counted() {
    let sliver = judged(vec![lot(1, "12", 0, 5_000), lot(2, "13", 4_970, 9_000)]);
    assert_eq!(codes(&sliver), [FindingCode::Overlap]);
    assert!(sliver.findings[0].reason.en.contains("sliver"));
    let counted = judged(vec![lot(1, "12", 0, 5_000), lot(2, "13", 4_991, 9_000)]);
    assert_eq!(codes(&counted), []);
    assert_eq!(counted.contacts.below_snapping, 1);
    assert!((counted.contacts.below_snapping_m2 - 0.18).abs() < 1e-9);
}

#[test]
fn parcels_that_only_touch_do_not_overlap_and_neither_do_versions_that_follow_each_other() {
    assert_eq!(
        codes(&judged(vec![
            lot(1, "12", 0, 5_000),
            lot(2, "13", 5_000, 9_000)
        ])),
        []
    );
    let mut before = lot(1, "12", 0, 5_000);
    let mut after = lot(2, "13", 0, 5_000);
    (before.valid_from, before.valid_to) = (Some(Day(0)), Some(DAY));
    after.valid_from = Some(DAY);
    assert_eq!(codes(&judged(vec![before, after])), []);
}

#[test]
fn areas_that_differ_by_the_tolerance_agree_and_by_a_hundredth_more_do_not() {
    let registered = |hundredths| {
        let mut draft = lot(1, "12", 0, 5_000);
        draft.registered_area = Some(RegisteredArea::from_hundredths_m2(hundredths));
        judged(vec![draft])
    };
    assert_eq!(codes(&registered(10_081)), []);
    let judgement = registered(10_082);
    assert_eq!(codes(&judgement), [FindingCode::AreaMismatch]);
    assert_eq!(judgement.accepted.len(), 1);
    let reason = &judgement.findings[0].reason.en;
    assert!(
        reason.contains("-0.820 m²") && reason.contains("1:500"),
        "{reason}"
    );
}

#[test]
fn a_land_use_code_is_judged_by_the_table_of_its_day() {
    let used_as = |code: &str, to: Option<Day>| {
        let mut draft = lot(1, "12", 0, 5_000);
        draft.valid_to = to;
        draft.valid_from = Some(Day(0));
        draft.land_use = vec![LandUseLine {
            code: LandUseCode::parse(code).expect("a code"),
            area: None,
            origin: None,
            form: None,
            until: None,
        }];
        codes(&judged(vec![draft]))
    };
    assert_eq!(used_as("ODT", None), []);
    assert_eq!(used_as("QQQ", None), [FindingCode::UnknownLandUse]);
    // BHK was replaced by HNK on 1 August 2024, two months before DAY.
    assert_eq!(used_as("BHK", None), [FindingCode::UnknownLandUse]);
    assert_eq!(used_as("BHK", Day::parse("2024-08-01").ok()), []);
}
