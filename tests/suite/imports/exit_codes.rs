//! What a shell is told: whether everything in the file went in.

use super::desk::{Desk, Lot, lot};
use crate::harness::{diachinh, stderr, stdout};

/// The code with which importing a file ends, and what is said on standard error.
fn ends_with(desk: &Desk, arguments: &[&str]) -> (Option<i32>, String) {
    let output = diachinh(&desk.folder)
        .arg("import")
        .args(["--store", "register.gpkg", "--dataset", "test"])
        .args(arguments)
        .output()
        .expect("the program starts");
    (output.status.code(), stderr(&output))
}

/// A file of lots, by its name in the desk's folder.
fn file(desk: &Desk, name: &'static str, lots: &[Lot]) -> &'static str {
    desk.parcels(name, lots);
    name
}

#[test]
fn warnings_do_not_change_that_everything_went_in() {
    let desk = Desk::open();
    let overlapping = [lot("1", 0.0, 5.0), lot("2", 4.0, 9.0)];
    let warned = file(&desk, "warned.geojson", &overlapping);
    let dry = [warned, "--dry-run", "--report", "report.json"];
    assert_eq!(ends_with(&desk, &dry).0, Some(0));
    let report = std::fs::read_to_string(desk.folder.path().join("report.json"));
    let report: serde_json::Value =
        serde_json::from_str(&report.expect("a report")).expect("a report in JSON");
    assert_eq!(report["byCode"]["overlap"]["warnings"], 1);
    assert!(report["durations"]["readingMs"].is_u64(), "{report}");
    for _ in 0..2 {
        assert_eq!(ends_with(&desk, &[warned]).0, Some(0));
    }
}

#[test]
fn something_that_stays_out_is_told_by_a_code_of_its_own_each_time() {
    let desk = Desk::open();
    let twice = [lot("1", 0.0, 5.0), lot("2", 5.0, 9.0), lot("2", 9.0, 10.0)];
    let rejected = file(&desk, "rejected.geojson", &twice);
    assert_eq!(ends_with(&desk, &[rejected, "--dry-run"]).0, Some(3));
    for _ in 0..2 {
        assert_eq!(ends_with(&desk, &[rejected]).0, Some(3));
    }
}

#[test]
fn a_file_that_cannot_be_used_and_a_wrong_command_line_are_told_apart() {
    let desk = Desk::open();
    let (code, said) = ends_with(&desk, &["nowhere.gpkg"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("nowhere.gpkg"), "{said}");
    let (code, said) = ends_with(&desk, &["lots.geojson", "--as-of", "yesterday"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("--as-of"), "{said}");
}

#[test]
fn the_help_says_what_the_codes_mean() {
    let desk = Desk::open();
    let output = diachinh(&desk.folder).args(["import", "--help"]).output();
    let help = stdout(&output.expect("the program starts"));
    assert!(help.contains("3 something was rejected"), "{help}");
}
