//! The judge: all checks over the drafts of one file, and which drafts stay out.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Ground;
use super::keys;
use super::neighbours::{Contacts, gaps_and_junctions};
use crate::exchange::{Finding, ParcelDraft, Severity};

/// Drafts in the order of the file, told apart by whether a finding keeps them out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// Drafts that go in.
    pub accepted: Vec<ParcelDraft>,
    /// Drafts that stay out, as the source has them.
    pub rejected: Vec<ParcelDraft>,
    /// What was found, by code, then by feature.
    pub findings: Vec<Finding>,
    /// Contacts too small to be listed.
    pub contacts: Contacts,
}

/// Judges the parcels of one file. Nothing is changed: every draft comes out as it came in.
pub fn judge(drafts: Vec<ParcelDraft>, ground: &Ground) -> Judgement {
    let mut findings = keys::duplicates(&drafts);
    findings.extend(keys::unusual_identifiers(&drafts));
    let mut contacts = Contacts::default();
    let mut by_plane: BTreeMap<_, Vec<&ParcelDraft>> = BTreeMap::new();
    for draft in &drafts {
        by_plane.entry(draft.plane).or_default().push(draft);
    }
    for neighbours in by_plane.values() {
        findings.extend(gaps_and_junctions(neighbours, ground, &mut contacts));
    }
    findings.sort_by_key(|f| (f.code, f.feature, f.other_feature));
    let out: BTreeSet<i64> = findings
        .iter()
        .filter(|f| f.severity == Severity::Rejection)
        .filter_map(|f| f.feature)
        .collect();
    let (rejected, accepted) = drafts.into_iter().partition(|d| out.contains(&d.feature.0));
    Judgement {
        accepted,
        rejected,
        findings,
        contacts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadastre::{Day, MapScale, NationalParcelIdentifier, ParcelKey, ParcelStatus};
    use crate::cadastre::{ParcelNumber, SheetNumber, WardCode};
    use crate::crs::{Epsg, WorkingPlane};
    use crate::exchange::{FeatureNumber, FindingCode};
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
        let plane = WorkingPlane {
            epsg: Epsg(9210),
            name: "VN-2000 / TM-3 105-45".to_owned(),
            origin_east_m: 0,
            origin_north_m: 1_750_000,
            expected_m: [520_000.0, 1_120_000.0, 660_000.0, 1_280_000.0],
            expected_degrees: [106.0, 10.2, 107.15, 11.55],
        };
        let ground = Ground {
            planes: &[plane],
            day: DAY,
        };
        judge(drafts, &ground)
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
}
