//! What a shell is told: whether everything in the file went in.

use super::desk::{Desk, Lot, lot};
use crate::harness::{diachinh, stderr, stdout};
use diachinh::store::Error;

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
fn a_dry_run_without_a_register_judges_the_file_against_an_empty_one_and_makes_none() {
    let desk = Desk::open();
    let lots = file(&desk, "lots.geojson", &[lot("1", 0.0, 5.0)]);
    let dry = [
        "--store",
        "mistyped.gpkg",
        "--dry-run",
        "--report",
        "report.json",
    ];
    let output = diachinh(&desk.folder)
        .args(["import", lots])
        .args(dry)
        .output();
    let output = output.expect("the program starts");
    let said = stderr(&output);
    assert!(said.contains("no register at `mistyped.gpkg`"), "{said}");
    let report = std::fs::read_to_string(desk.folder.path().join("report.json"));
    let report: serde_json::Value =
        serde_json::from_str(&report.expect("a report")).expect("a report in JSON");
    assert_eq!(report["outcome"]["kind"], "dry_run", "{report:#}");
    assert_eq!(report["counts"]["read"], 1);
    // An empty register gets the wards of the program, and an import into one would say the same.
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(report["counts"]["new"], 1, "{report}");
    let left = std::fs::read_dir(desk.folder.path()).expect("the folder");
    let names = left.map(|entry| entry.expect("an entry").file_name());
    let made = names.filter(|name| name.to_string_lossy().contains("mistyped"));
    assert_eq!(made.count(), 0);
}

#[test]
fn a_dry_run_leaves_the_schema_of_a_register_as_it_is() {
    let desk = Desk::open();
    let lots = file(&desk, "lots.geojson", &[lot("1", 0.0, 5.0)]);
    desk.store
        .unmigrate()
        .expect("every migration has its way back");
    assert_eq!(ends_with(&desk, &[lots, "--dry-run"]).0, Some(0));
    let ping = desk.store.ping();
    assert!(matches!(ping, Err(Error::Schema { .. })), "{ping:?}");
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
fn a_profile_or_file_that_cannot_be_used_makes_no_register() {
    let desk = Desk::open();
    file(&desk, "lots.geojson", &[lot("1", 0.0, 5.0)]);
    let head = "title_vi = \"x\"\ntitle_en = \"x\"\ntarget = \"parcels\"\n";
    let profiles = [
        ("none.toml", None, "`none.toml` is no profile"),
        (
            "a.toml",
            Some("encodign = \"tcvn3\"\n"),
            "unknown field `encodign`, expected one of",
        ),
        (
            "b.toml",
            Some("[fields]\nsheet = { feild = \"TO\" }\n"),
            "line 5",
        ),
        (
            "c.toml",
            Some("[fields]\nstreet = \"DUONG\"\n"),
            "line 5: `street` is not a field of parcels, expected commune, sheet",
        ),
        ("d.toml", Some("crs = \"9210\n"), "line 4"),
        ("e.toml", Some("[drawing]\nlevel = \"Layer\"\n"), "line 5"),
        (
            "f.toml",
            Some("[fields]\nsheet = \"KHONG_CO\"\n"),
            "has no field `KHONG_CO` for `sheet`",
        ),
    ];
    for (name, text, expected) in profiles {
        if let Some(text) = text {
            desk.folder.file(name, &format!("{head}{text}"));
        }
        let output = diachinh(&desk.folder)
            .args([
                "import",
                "lots.geojson",
                "--store",
                "new.gpkg",
                "--profile",
                name,
            ])
            .output()
            .expect("the program starts");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(expected), "{expected}: {said}");
        assert!(
            text.is_none() || said.contains(name) || said.contains("KHONG_CO"),
            "{said}"
        );
        assert!(!desk.folder.path().join("new.gpkg").exists(), "{name}");
    }
}

#[test]
fn what_libraries_say_to_themselves_does_not_reach_the_terminal() {
    let desk = Desk::open();
    let lots = file(&desk, "lots.geojson", &[lot("1", 0.0, 5.0)]);
    let text = std::fs::read_to_string(desk.folder.path().join(lots)).expect("the file");
    desk.folder.file(
        "nowhere.geojson",
        &text.replace("EPSG::9210", "EPSG::99999"),
    );
    let orders: [&[&str]; 4] = [
        &["import", lots, "--defects", "/nowhere/defects.gpkg"],
        &["import", lots, "--crs", "99999"],
        &["import", "nowhere.geojson"],
        &["export", "parcels", "/nowhere/parcels.gpkg"],
    ];
    for order in orders {
        let output = diachinh(&desk.folder)
            .args(order)
            .args(["--store", "register.gpkg"])
            .output()
            .expect("the program starts");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{order:?}: {said}");
        assert!(said.starts_with("diachinh: "), "{order:?}: {said}");
        assert!(
            !said.contains("ERROR ") && !said.contains("\nproj_"),
            "{order:?}: {said}"
        );
    }
}

#[test]
fn the_help_says_what_the_codes_mean() {
    let desk = Desk::open();
    let output = diachinh(&desk.folder).args(["import", "--help"]).output();
    let help = stdout(&output.expect("the program starts"));
    assert!(help.contains("3 something was rejected"), "{help}");
}
