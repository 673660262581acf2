//! Registered areas whose sign may be a decimal one or one between thousands.

use std::path::PathBuf;

use diachinh::exchange::report::Report;

use super::desk::{Desk, Lot, found, lot};

/// A profile of parcels with one more line at its head.
fn profile(desk: &Desk, line: &str) -> String {
    let text = include_str!("../../../data/profiles/parcels.toml");
    let text = text.replacen("target =", &format!("{line}\ntarget ="), 1);
    let path: PathBuf = desk.folder.file("own.toml", &text);
    path.to_string_lossy().into_owned()
}

fn import(lots: &[Lot], line: &str) -> Report {
    let desk = Desk::open();
    let file = desk.parcels("parcels.geojson", lots);
    desk.imported(&desk.order(&file, &profile(&desk, line)))
}

/// A lot of 20 m depth with an area as a text.
fn stating(area: &str, metres: f64) -> Lot {
    lot("1", 0.0, metres).with("registered_area_m2", area)
}

#[test]
fn an_area_of_two_readings_stays_out_with_both_until_the_sign_is_stated() {
    for text in ["1.234", "1,234"] {
        let undecided = import(&[stating(text, 25.0)], "");
        assert_eq!(found(&undecided), [("unreadable_field", Some(1), None)]);
        let finding = &undecided.findings[0];
        assert!(finding.reason.en.contains("1.234 or 1234"), "{finding:?}");
        assert!(finding.reason.vi.contains("1.234 hoặc 1234"), "{finding:?}");
        assert!(finding.remedy.en.contains("decimal = \",\""), "{finding:?}");
    }
    let sums = |text, line| {
        import(&[stating(text, 25.0)], line)
            .sums
            .registered_hundredths_m2
    };
    assert_eq!(sums("1.234", "decimal = \",\""), 123_400);
    assert_eq!(sums("1.234", "decimal = \".\""), 123);
    assert_eq!(sums("1,234", "decimal = \".\""), 123_400);
}

#[test]
fn the_measured_area_decides_where_it_bears_out_one_reading_and_that_is_told_once() {
    let at = |n: u32| {
        let west = 61.7 * f64::from(n);
        lot(&n.to_string(), west, west + 61.7).with("registered_area_m2", "1.234")
    };
    let report = import(&[at(1), at(2), at(3)], "");
    assert_eq!(report.findings, []);
    assert_eq!(report.sums.registered_hundredths_m2, 3 * 123_400);
    let [note] = report.notes.as_slice() else {
        unreachable!("{:?}", report.notes);
    };
    assert_eq!(note.code, "areas_by_measure");
    assert!(note.said.en.starts_with("3 registered areas"), "{note:?}");
    let small = import(&[stating("66.125", 3.30625)], "");
    assert_eq!(small.sums.registered_hundredths_m2, 6_613);
}

#[test]
fn a_number_that_is_one_in_the_file_is_taken_as_it_is() {
    let desk = Desk::open();
    let text = stating("1.234", 25.0);
    let file = desk.parcels("parcels.geojson", &[text]);
    let read = std::fs::read_to_string(&file).expect("the file");
    desk.folder
        .file("parcels.geojson", &read.replace("\"1.234\"", "1.234"));
    let report = desk.imported(&desk.order(&file, "parcels"));
    assert_eq!(report.sums.registered_hundredths_m2, 123);
    assert_eq!(found(&report), [("area_mismatch", Some(1), None)]);
}
