//! Several files as one state of a dataset: one transaction, one revision, one report.

use std::path::PathBuf;

use diachinh::app::{Error, ImportOrder, export_rejected};
use diachinh::exchange::Language;
use diachinh::exchange::report::{Outcome, Report, terminal_text};
use diachinh::exchange::source;

use super::certificates;
use super::desk::{Desk, Lot, lot, revision};
use super::plan_desk::{self, BOTH_WARDS, profile, unit};
use super::sheets::Sheet;
use crate::harness::{diachinh, stderr, stdout};
use crate::source_files::options;

/// The order to import files of lots as one.
fn order(desk: &Desk, files: &[(&str, &[Lot])]) -> ImportOrder {
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, lots)| desk.parcels(name, lots))
        .collect();
    let mut order = desk.order(&paths[0], "parcels");
    order.files = paths;
    order
}

/// Code, feature, file, other feature and other file of every finding.
fn told(report: &Report) -> Vec<String> {
    let findings = report.findings.iter();
    findings
        .map(|f| {
            let other = f.other_file.as_deref().unwrap_or("-");
            let file = f.file.as_deref().unwrap_or("-");
            let number = |n: Option<i64>| n.map_or("-".to_owned(), |n| n.to_string());
            let (feature, others) = (number(f.feature), number(f.other_feature));
            format!("{} {feature} {file} {others} {other}", f.code.as_str())
        })
        .collect()
}

#[test]
fn files_of_one_dataset_are_one_revision_and_end_what_is_in_none_of_them() {
    let desk = Desk::open();
    let (west, east) = (
        [lot("1", 0.0, 5.0), lot("2", 5.0, 9.0)],
        [lot("3", 9.0, 12.0)],
    );
    let before = desk.store.revision().expect("a revision").0;
    let both = order(&desk, &[("b.geojson", &east), ("a.geojson", &west)]);
    let report = desk.imported(&both);
    assert_eq!(revision(&report), before + 1);
    assert_eq!((report.counts.read, report.counts.register.new), (3, 3));
    let files: Vec<&str> = report
        .subject
        .files
        .iter()
        .map(|f| f.file.as_str())
        .collect();
    assert_eq!(
        files,
        ["a.geojson", "b.geojson"],
        "by name, however they were given"
    );
    assert_eq!(report.subject.file, "a.geojson, b.geojson");
    let mut turned = both.clone();
    turned.files.reverse();
    assert!(matches!(
        desk.imported(&turned).outcome,
        Outcome::SameFile { .. }
    ));
    // Parcel 2 is now drawn on the other sheet, and parcel 1 on none.
    let east = [lot("2", 5.0, 9.0), lot("3", 9.0, 12.0)];
    let newer = order(
        &desk,
        &[("a.geojson", &[lot("4", 20.0, 25.0)]), ("b.geojson", &east)],
    );
    let register = desk.imported(&newer).counts.register;
    assert_eq!(
        (register.unchanged, register.new, register.retired),
        (2, 1, 1)
    );
}

#[test]
fn each_finding_names_the_file_of_its_feature_and_neighbours_are_judged_across_files() {
    let desk = Desk::open();
    let west = [lot("1", 0.0, 5.0), lot("2", 5.0, 9.0)];
    let east = [
        lot("3", 8.0, 12.0),
        lot("2", 30.0, 35.0),
        lot("x y", 40.0, 45.0),
    ];
    let both = order(&desk, &[("a.geojson", &west), ("b.geojson", &east)]);
    let report = desk.imported(&both);
    let expected = [
        "unreadable_field 3 b.geojson - -",
        "duplicate_key 2 a.geojson 2 b.geojson",
        "duplicate_key 2 b.geojson 2 a.geojson",
        "overlap 2 a.geojson 1 b.geojson",
    ];
    assert_eq!(told(&report), expected);
    let overlap = &report.findings[3].reason.en;
    assert!(
        overlap.contains("the parcel of feature 1 (`b.geojson`) by"),
        "{overlap}"
    );
    let duplicate = &report.findings[1].reason.vi;
    assert!(
        duplicate.contains("đối tượng 2 (`b.geojson`)"),
        "{duplicate}"
    );
    let text = terminal_text(&report, Language::English);
    assert!(text.contains("file `b.geojson`, layer `b`"), "{text}");
    assert!(text.contains("feature 3 (`b.geojson`)"), "{text}");
    assert_eq!((report.counts.rejected, report.counts.register.new), (3, 2));
    // What stays out is kept whole, with the numbers of its own file.
    let import = desk
        .store
        .last_import("test")
        .expect("the store")
        .expect("one");
    let kept = desk.store.kept_features(import.id).expect("kept features");
    let numbers: Vec<(i64, bool)> = kept
        .iter()
        .map(|k| (k.feature, k.findings.contains("\"b.geojson\"")))
        .collect();
    assert_eq!(numbers, [(2, true), (2, true), (3, true)]);
    assert!(
        !kept[0].findings.contains('\u{27e8}'),
        "{}",
        kept[0].findings
    );
    let mend = desk.folder.path().join("mend.gpkg");
    assert_eq!(
        export_rejected(&desk.store, "test", &mend, Language::English).expect("a file"),
        3
    );
}

#[test]
fn what_stays_out_of_files_with_other_fields_or_systems_is_written_into_layers_of_its_own() {
    let desk = Desk::open();
    let in_metres = desk.parcels("a.geojson", &[lot("x y", 0.0, 5.0)]);
    let degrees = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
        "properties":{"MAXA":26743,"SOTO":5,"SOTHUA":"?"},"geometry":{"type":"Polygon",
        "coordinates":[[[106.6976,10.7721],[106.6977,10.7721],[106.6977,10.7722],[106.6976,10.7721]]]}}]}"#;
    let mut both = desk.order(&in_metres, "parcels");
    both.files.push(desk.folder.file("b.geojson", degrees));
    let report = desk.imported(&both);
    assert_eq!((report.counts.read, report.counts.rejected), (2, 2));
    let mend = desk.folder.path().join("mend.gpkg");
    assert_eq!(
        export_rejected(&desk.store, "test", &mend, Language::English).expect("a file"),
        2
    );
    let source = source::open(&mend, &options()).expect("the file opens");
    let layers: Vec<_> = source
        .layers()
        .iter()
        .map(|l| (l.name.as_str(), l.epsg().map(|e| e.0), l.fields.join(" ")))
        .collect();
    let with_why = |own: &str| format!("{own} rejected_reason rejected_feature rejected_source");
    let expected = [
        ("rejected", Some(9210), with_why("commune sheet number")),
        ("rejected_2", Some(4326), with_why("MAXA SOTO SOTHUA")),
    ];
    assert_eq!(layers, expected);
    drop(source);
    // Each layer is what its file was: mended in place, it is imported by its name.
    let mut again = desk.order(&mend, "parcels");
    again.layer = Some("rejected_2".to_owned());
    again.dataset = Some("mended".to_owned());
    let found = desk.imported(&again);
    assert_eq!((found.counts.read, found.counts.rejected), (1, 1));
    assert!(
        found.findings[0].reason.vi.contains("`SOTHUA`"),
        "{:?}",
        found.findings
    );
}

#[test]
fn all_sheets_of_a_ward_come_in_as_a_whole() {
    let desk = Desk::open();
    let sheets: Vec<PathBuf> = (1..=6)
        .map(|n| {
            let east = 10.0 * f64::from(n);
            Sheet::block_at(east).saved(&desk, &format!("26743_{n}_500.dgn"))
        })
        .collect();
    let mut all = desk.order(&sheets[0], "dgn-map");
    all.files = sheets.clone();
    let report = desk.imported(&all);
    assert_eq!(
        (report.counts.register.new, report.counts.rejected),
        (12, 0)
    );
    let drawn = report.drawn.expect("counts of drawings");
    assert_eq!((drawn.lines, drawn.figures), (12, 12));
    assert_eq!(report.subject.file, "26743_1_500.dgn … 26743_6_500.dgn (6)");
    // One of the sheets alone would end all others, and is taken for a part.
    let one = desk.order(&sheets[0], "dgn-map");
    assert_eq!(desk.imported(&one).outcome, Outcome::RetiresMuch);
    all.files.pop();
    let register = desk.imported(&all).counts.register;
    assert_eq!((register.unchanged, register.retired), (10, 2));
}

#[test]
fn plans_and_certificates_come_in_several_files_too() {
    let desk = plan_desk::open();
    let zones = profile("zones", "zoning", BOTH_WARDS);
    let first = desk.plan_order(&[unit("O1", 0.0, 10.0)], &zones);
    let other = first.files[0].with_file_name("other.geojson");
    std::fs::rename(&first.files[0], &other).expect("the folder takes files");
    let mut both = desk.plan_order(&[unit("O2", 10.0, 20.0), unit("O2", 20.0, 30.0)], &zones);
    both.files.push(other);
    let report = desk.imported(&both);
    assert_eq!((report.counts.register.new, report.counts.rejected), (1, 2));
    assert!(report.findings.iter().all(|f| f.file.is_some()));
    let desk = certificates::desk();
    let lines = certificates::lines();
    let (mine, yours) = lines.split_at(4);
    let mut both = desk.order(&certificates::file(&desk, "a.csv", mine), "certificates");
    both.files.push(certificates::file(&desk, "b.csv", yours));
    let taken = desk.imported(&both);
    assert_eq!((taken.counts.read, taken.counts.register.new), (7, 7));
    assert_eq!(taken.certificates.map(|c| c.certificates), Some(2));
}

#[test]
fn files_that_are_no_one_state_are_refused_before_anything_is_written() {
    let desk = Desk::open();
    let lots = [lot("1", 0.0, 5.0)];
    let mut several = order(&desk, &[("a.geojson", &lots), ("b.geojson", &[])]);
    several.dataset = None;
    let refused = |order: &ImportOrder| match desk.import(order) {
        Err(Error::Refused(reason)) => reason,
        other => unreachable!("{other:?}"),
    };
    assert!(refused(&several).contains("--dataset"));
    several.dataset = Some("test".to_owned());
    several.files.push(several.files[0].clone());
    assert!(refused(&several).contains("given twice"));
    several.files.pop();
    several
        .files
        .push(desk.folder.file("c.geojson", "{\"type\":"));
    assert!(refused(&several).contains("c.geojson"));
    assert_eq!(desk.store.revision().expect("a revision").0, 1);
}

#[test]
fn the_command_takes_several_files() {
    let desk = Desk::open();
    desk.parcels("a.geojson", &[lot("1", 0.0, 5.0)]);
    desk.parcels("b.geojson", &[lot("2", 4.0, 9.0)]);
    let import = |arguments: &[&str]| {
        let mut command = diachinh(&desk.folder);
        command.args([
            "import",
            "a.geojson",
            "b.geojson",
            "--store",
            "register.gpkg",
        ]);
        command
            .args(arguments)
            .output()
            .expect("the program starts")
    };
    let without = import(&[]);
    assert_eq!(without.status.code(), Some(1));
    assert!(
        stderr(&without).contains("--dataset"),
        "{}",
        stderr(&without)
    );
    let output = import(&[
        "--dataset",
        "phuong",
        "--language",
        "en",
        "--defects",
        "defects.gpkg",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(
        said.contains("of feature 2 (`b.geojson`)") || said.contains("(`b.geojson`) by"),
        "{said}"
    );
    assert!(desk.folder.path().join("defects.gpkg").exists());
}
