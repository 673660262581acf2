//! Supplements: files that say nothing of what they do not have, those of rejected features by
//! themselves.

use std::path::PathBuf;
use std::process::Command;

use diachinh::app::{Error, ImportOrder, export_rejected};
use diachinh::exchange::Language;
use diachinh::exchange::reconcile::Retiring;
use diachinh::exchange::report::{Outcome, Report, terminal_text};

use super::certificates::{AN, file};
use super::desk::{Desk, Lot, lot};
use super::plan_desk::{self, BOTH_WARDS, profile, unit};
use crate::harness::{diachinh, stderr, stdout};

/// Twenty lots, of which two have one key.
fn lots() -> Vec<Lot> {
    let at = |n: u32| {
        let number = if n == 7 { 6 } else { n };
        lot(
            &number.to_string(),
            5.0 * f64::from(n),
            5.0 * f64::from(n + 1),
        )
    };
    (1..=20).map(at).collect()
}

/// Runs ogr2ogr, or another tool of GDAL.
fn gdal(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.expect("gdal-bin is installed for the tests");
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

/// The file of rejected features with the second one's number mended.
fn mended(desk: &Desk, name: &str) -> PathBuf {
    let rejected = desk.folder.path().join("rejected.gpkg");
    export_rejected(&desk.store, "test", &rejected, Language::Vietnamese).expect("a file");
    let mended = desk.folder.path().join(name);
    let sql = "SELECT *, CASE fid WHEN 2 THEN '7' ELSE number END AS number FROM rejected";
    let sql = sql.replace(
        '*',
        "geom, commune, sheet, rejected_reason, rejected_feature, rejected_source",
    );
    let (to, from) = (mended.display().to_string(), rejected.display().to_string());
    gdal(
        "ogr2ogr",
        &[
            &to, &from, "-dialect", "SQLITE", "-sql", &sql, "-nln", "rejected",
        ],
    );
    mended
}

fn supplement(order: ImportOrder) -> ImportOrder {
    ImportOrder {
        retiring: Retiring::Nothing,
        ..order
    }
}

fn told(report: &Report, code: &str) -> bool {
    report.notes.iter().any(|note| note.code == code)
}

#[test]
fn a_mended_file_of_rejected_features_brings_them_in_and_ends_nothing() {
    for name in ["mended.gpkg", "mended.shp"] {
        let desk = Desk::open();
        let first = desk.import_parcels(&lots());
        assert_eq!((first.counts.rejected, first.counts.register.new), (2, 18));
        let mut order = desk.order(&mended(&desk, name), "parcels");
        // Not even who allows all to end makes a supplement end anything.
        order.retiring = Retiring::All;
        let report = desk.imported(&order);
        assert!(matches!(report.outcome, Outcome::Written { .. }));
        let register = report.counts.register;
        assert_eq!(
            (register.new, register.retired, register.in_doubt),
            (2, 0, 0)
        );
        assert_eq!(register.standing, 18);
        assert!(
            told(&report, "supplement_of_rejected"),
            "{:?}",
            report.notes
        );
        let text = terminal_text(&report, Language::Vietnamese);
        assert!(text.contains("tự nó là tệp bổ sung"), "{text}");
        assert!(!told(&report, "unread_fields"), "{:?}", report.notes);
    }
}

#[test]
fn a_file_of_rejected_features_says_why_which_and_where_from() {
    let desk = Desk::open();
    let measured = |n: &str, east| lot(n, 0.0, east).with("registered_area_m2", "66.125");
    let path = desk.parcels("parcels.geojson", &[measured("1", 5.0), measured("1", 5.0)]);
    let text = std::fs::read_to_string(&path).expect("the file");
    desk.folder
        .file("parcels.geojson", &text.replace("\"66.125\"", "66.125"));
    desk.imported(&desk.order(&path, "parcels"));
    let file = desk.folder.path().join("mend.gpkg");
    for (language, words) in [
        (Language::Vietnamese, "có ở 2 đối tượng"),
        (Language::English, "stands on 2 features"),
    ] {
        export_rejected(&desk.store, "test", &file, language).expect("a file");
        let read = gdal("ogrinfo", &["-al", &file.display().to_string()]);
        assert!(read.contains(words), "{read}");
        assert!(read.contains("rejected_feature (Integer64) = 2"), "{read}");
        // As a text it could also be a number of thousands.
        assert!(
            read.contains("registered_area_m2 (Real) = 66.125"),
            "{read}"
        );
        assert!(read.contains("rejected_source (String) = parcels.geojson"));
    }
    // Rejected once more, it has these fields once.
    let again = desk.imported(&desk.order(&file, "parcels"));
    assert_eq!(again.counts.rejected, 2);
    export_rejected(&desk.store, "test", &file, Language::English).expect("a file");
    let read = gdal("ogrinfo", &["-al", &file.display().to_string()]);
    assert_eq!(
        read.matches("rejected_source (String) = mend.gpkg").count(),
        2
    );
}

#[test]
fn a_supplement_of_parcels_a_plan_or_certificates_ends_nothing() {
    let desk = Desk::open();
    desk.import_parcels(&lots());
    let one = desk.parcels("one.geojson", &[lot("30", 200.0, 205.0)]);
    let order = desk.order(&one, "parcels");
    assert_eq!(desk.imported(&order).outcome, Outcome::RetiresMuch);
    let report = desk.imported(&supplement(order.clone()));
    let register = report.counts.register;
    assert_eq!(
        (register.new, register.retired, register.standing),
        (1, 0, 18)
    );
    assert!(told(&report, "supplement"), "{:?}", report.notes);
    // The same file as a state of the dataset is another import.
    let whole = ImportOrder {
        retiring: Retiring::All,
        ..order
    };
    assert_eq!(desk.imported(&whole).counts.register.retired, 18);

    let desk = plan_desk::open();
    let zones = profile("zones", "zoning", BOTH_WARDS);
    let units: Vec<_> = (0..12)
        .map(|n| {
            unit(
                &format!("O{n}"),
                10.0 * f64::from(n),
                10.0 * f64::from(n + 1),
            )
        })
        .collect();
    desk.import_plan(&units[..11], &zones);
    let order = supplement(desk.plan_order(&units[11..], &zones));
    let register = desk.imported(&order).counts.register;
    assert_eq!(
        (register.new, register.retired, register.standing),
        (1, 0, 11)
    );
    let own_ground = profile("zones", "zoning", "\"features\"");
    let order = supplement(desk.plan_order(&units[..1], &own_ground));
    let refused = desk.import(&order).expect_err("a coverage that shrinks");
    assert!(refused.to_string().contains("`zoning`"), "{refused}");

    let desk = super::certificates::desk();
    let line = |n: u32| format!("{n},CU 12345{n},,{AN},,,05/06/2024,");
    super::certificates::import(&desk, "all.csv", &[line(1), line(2), line(3)]);
    let order = supplement(desk.order(&file(&desk, "one.csv", &[line(4)]), "certificates"));
    let register = desk.imported(&order).counts.register;
    assert_eq!(
        (register.new, register.retired, register.standing),
        (1, 0, 3)
    );
}

#[test]
fn a_supplement_is_of_a_dataset_that_somebody_names() {
    let desk = Desk::open();
    desk.import_parcels(&lots());
    let mut order = desk.order(&mended(&desk, "mended.gpkg"), "parcels");
    order.dataset = None;
    let refused = desk.import(&order);
    assert!(
        matches!(&refused, Err(Error::Refused(reason)) if reason.contains("--dataset")),
        "{refused:?}"
    );
}

#[test]
fn the_command_is_led_to_the_option_and_takes_it() {
    let desk = Desk::open();
    desk.import_parcels(&lots());
    desk.parcels("one.geojson", &[lot("30", 200.0, 205.0)]);
    let import = |arguments: &[&str]| {
        let output = diachinh(&desk.folder)
            .args(["import", "one.geojson", "--store", "register.gpkg"])
            .args(arguments)
            .output()
            .expect("the program starts");
        (output.status.code(), stdout(&output) + &stderr(&output))
    };
    for language in ["vi", "en"] {
        let (code, said) = import(&["--dataset", "test", "--language", language]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("`--supplement`"), "{said}");
    }
    let both = ["--dataset", "test", "--supplement", "--allow-retire"];
    assert_eq!(import(&both).0, Some(2));
    assert_eq!(import(&["--supplement"]).0, Some(2));
    assert_eq!(import(&both[..3]).0, Some(0));
}
