//! Files made for one defect each: the code, the place, and whether the feature goes in.

use diachinh::exchange::Severity;

use super::desk::{CORNER, Desk, Found, Lot, found, lot};

/// The codes found in a file of lots, and how many features stay out.
fn judged(lots: &[Lot]) -> (Vec<Found>, u64) {
    let report = Desk::open().import_parcels(lots);
    assert!(report.counts.adds_up());
    (found(&report), report.counts.rejected)
}

#[test]
fn a_clean_file_has_no_findings() {
    assert_eq!(
        judged(&[lot("1", 0.0, 5.0), lot("2", 5.0, 10.0)]),
        (vec![], 0)
    );
}

#[test]
fn each_defect_of_keys_and_fields_has_its_code() {
    let duplicate = judged(&[lot("1", 0.0, 5.0), lot("1", 5.0, 10.0)]);
    let both = vec![
        ("duplicate_key", Some(1), Some(2)),
        ("duplicate_key", Some(2), Some(1)),
    ];
    assert_eq!(duplicate, (both, 2));
    let one = |lot: Lot| judged(&[lot]);
    let nameless = one(lot("", 0.0, 5.0));
    assert_eq!(nameless, (vec![("missing_field", Some(1), None)], 1));
    let unreadable = one(lot("1", 0.0, 5.0).with("registered_area_m2", "về sau"));
    assert_eq!(unreadable, (vec![("unreadable_field", Some(1), None)], 1));
    let ward = one(lot("1", 0.0, 5.0).with("ward", "99999"));
    assert_eq!(ward, (vec![("unknown_ward", Some(1), None)], 1));
    let identifier = one(lot("1", 0.0, 5.0).with("national_identifier", "27007_5_12"));
    assert_eq!(identifier, (vec![("unusual_identifier", Some(1), None)], 0));
    let land_use = one(lot("1", 0.0, 5.0).with("land_use", "QQQ"));
    assert_eq!(land_use, (vec![("unknown_land_use", Some(1), None)], 0));
    let area = one(lot("1", 0.0, 5.0).with("registered_area_m2", "98.5"));
    assert_eq!(area, (vec![("area_mismatch", Some(1), None)], 0));
}

#[test]
fn each_defect_of_shapes_has_its_code() {
    let bow_tie = lot("1", 0.0, 5.0).ring(&[(0.0, 0.0), (5.0, 20.0), (5.0, 0.0), (0.0, 20.0)]);
    assert_eq!(
        judged(&[bow_tie]),
        (vec![("invalid_geometry", Some(1), None)], 1)
    );
    let far = lot("1", 0.0, 5.0).ring(&[(-400_000.0, 0.0), (5.0, 0.0), (5.0, 20.0)]);
    assert_eq!(judged(&[far]), (vec![("outside_plane", Some(1), None)], 1));
    let overlap = judged(&[lot("1", 0.0, 5.0), lot("2", 4.0, 10.0)]);
    assert_eq!(overlap, (vec![("overlap", Some(1), Some(2))], 0));
    let gap = judged(&[lot("1", 0.0, 5.0), lot("2", 5.05, 10.0)]);
    assert_eq!(gap, (vec![("gap", Some(1), Some(2))], 0));
}

#[test]
fn a_defect_is_told_where_it_is_in_metres_of_the_plane() {
    let desk = Desk::open();
    let bow_tie = lot("1", 0.0, 5.0).ring(&[(0.0, 0.0), (5.0, 20.0), (5.0, 0.0), (0.0, 20.0)]);
    let report = desk.import_parcels(&[bow_tie]);
    let finding = &report.findings[0];
    assert_eq!(finding.severity, Severity::Rejection);
    assert_eq!(finding.key.as_deref(), Some("26743.5.1"));
    assert_eq!(finding.place_m, Some((CORNER.0 + 2.5, CORNER.1 + 10.0)));
    assert!(!finding.remedy.vi.is_empty() && !finding.remedy.en.is_empty());
}
