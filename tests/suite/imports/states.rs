//! Newer files of a dataset, the same file again, dry runs, what cannot be imported.

use diachinh::app::{Error, ImportOrder, Writing, export_rejected, import_file};
use diachinh::cadastre::{Day, ParcelVersion, Revision};
use diachinh::exchange::Language;
use diachinh::exchange::check::Mending;
use diachinh::exchange::report::{Outcome, terminal_text};
use diachinh::store::{Store, StoreOptions};

use super::desk::{Desk, NOW, found, lot, revision};

fn held(desk: &Desk) -> Vec<ParcelVersion> {
    let mut versions = Vec::new();
    desk.store
        .parcels_known_at(
            diachinh::cadastre::Instant(NOW.0 + 1_000_000_000),
            &mut |v| {
                versions.push(v);
            },
        )
        .expect("the register's parcels");
    versions.sort_by_key(|v| (v.parcel.as_map.clone(), v.lifespan.valid.from));
    versions
}

#[test]
fn a_newer_file_is_new_changed_unchanged_and_retired_parcels() {
    let desk = Desk::open();
    desk.import_parcels(&[
        lot("1", 0.0, 5.0),
        lot("2", 5.0, 10.0),
        lot("3", 10.0, 15.0),
    ]);
    let mut order = desk.order(
        &desk.parcels(
            "newer.geojson",
            &[lot("1", 0.0, 5.0), lot("2", 5.0, 9.0), lot("4", 15.0, 20.0)],
        ),
        "parcels",
    );
    order.as_of = Day::from_ymd(2026, 12, 1);
    let report = desk.imported(&order);
    let counts = report.counts;
    assert!(counts.adds_up());
    assert_eq!((counts.read, counts.rejected), (3, 0));
    let register = counts.register;
    assert_eq!(
        (
            register.new,
            register.changed,
            register.unchanged,
            register.retired
        ),
        (1, 1, 1, 1)
    );
    assert_eq!(revision(&report), 3);
    let told: Vec<(String, String, Option<String>)> = held(&desk)
        .iter()
        .map(|v| {
            let valid = v.lifespan.valid;
            let to = valid.to.map(|day| day.to_string());
            (
                v.parcel.as_map.number.as_str().to_owned(),
                valid.from.to_string(),
                to,
            )
        })
        .collect();
    let today = || "2026-11-23".to_owned();
    let then = || "2026-12-01".to_owned();
    let expected = [
        ("1".to_owned(), today(), None),
        ("2".to_owned(), today(), Some(then())),
        ("2".to_owned(), then(), None),
        ("3".to_owned(), today(), Some(then())),
        ("4".to_owned(), then(), None),
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_same_file_again_says_so_and_changes_nothing() {
    let desk = Desk::open();
    let lots = [lot("1", 0.0, 5.0), lot("2", 5.0, 10.0)];
    let first = desk.import_parcels(&lots);
    let again = desk.import_parcels(&lots);
    let Outcome::Written { revision } = first.outcome else {
        unreachable!("the first import writes");
    };
    assert_eq!(again.outcome, Outcome::SameFile { revision });
    assert_eq!(desk.store.revision().expect("a revision"), revision);
}

#[test]
fn the_same_file_with_another_order_is_not_the_same_import() {
    let desk = Desk::open();
    let bow_tie = lot("1", 0.0, 5.0).ring(&[(0.0, 0.0), (5.0, 20.0), (5.0, 0.0), (0.0, 20.0)]);
    let file = desk.parcels("bow-tie.geojson", &[bow_tie]);
    let mut order = desk.order(&file, "parcels");
    assert_eq!(desk.imported(&order).counts.rejected, 1);
    order.mending = Mending::Repair;
    let repaired = desk.imported(&order);
    assert_eq!(
        (repaired.counts.repaired, repaired.counts.register.new),
        (1, 1)
    );
    assert_eq!(found(&repaired), [("repaired", Some(1), None)]);
    // The original is kept whole beside the repaired version.
    let import = desk
        .store
        .last_import("test")
        .expect("an import")
        .expect("one");
    let kept = desk.store.kept_features(import.id).expect("kept features");
    assert_eq!(kept.len(), 1);
    let original = kept[0]
        .raw()
        .expect("readable")
        .geometry
        .expect("a geometry");
    assert_eq!(original.areas[0][0][1], [603_405.0, 1_191_420.0]);
}

#[test]
fn a_dry_run_reports_the_same_and_writes_nothing() {
    let desk = Desk::open();
    let before = desk.store.revision().expect("a revision");
    let file = desk.parcels("parcels.geojson", &[lot("1", 0.0, 5.0), lot("2", 4.0, 9.0)]);
    let mut order = desk.order(&file, "parcels");
    order.writing = Writing::DryRun;
    let dry = desk.imported(&order);
    assert_eq!(dry.outcome, Outcome::DryRun);
    assert_eq!(desk.store.revision().expect("a revision"), before);
    assert!(held(&desk).is_empty());
    assert_eq!(desk.store.last_import("test").expect("no failure"), None);
    order.writing = Writing::Revision;
    let written = desk.imported(&order);
    assert_eq!(written.findings, dry.findings);
    assert_eq!((written.counts, written.sums), (dry.counts, dry.sums));
}

#[test]
fn a_version_that_is_over_goes_into_the_history_and_the_report_says_so() {
    let desk = Desk::open();
    let past = lot("1", 0.0, 5.0)
        .with("valid_from", "2020-01-01")
        .with("valid_to", "2026-11-23");
    let ahead = lot("2", 5.0, 9.0).with("valid_to", "2026-11-24");
    let beginning_unknown = lot("3", 9.0, 12.0).with("valid_to", "2026-11-23");
    let report = desk.import_parcels(&[past, ahead, beginning_unknown.clone()]);
    let counts = report.counts;
    assert_eq!(
        (counts.register.new, counts.rejected, counts.over),
        (2, 1, 1)
    );
    assert_eq!(found(&report), [("unreadable_field", Some(3), None)]);
    let said = &report.findings[0].reason.en;
    assert!(said.contains("over from 2026-11-23 on"), "{said}");
    let text = terminal_text(&report, Language::English);
    assert!(
        text.contains("History only: over on the day of the import"),
        "{text}"
    );
    // An earlier day of the import is a first day for it.
    let file = desk.parcels("earlier.geojson", &[beginning_unknown]);
    let mut order = desk.order(&file, "parcels");
    order.dataset = Some("earlier".to_owned());
    order.as_of = Some(Day::parse("2026-11-22").expect("a day"));
    let counts = desk.imported(&order).counts;
    assert_eq!((counts.register.new, counts.over), (1, 0));
}

#[test]
fn a_file_that_knows_of_an_earlier_first_day_adds_the_days_before() {
    let desk = Desk::open();
    let since = |day: &str| lot("1", 0.0, 5.0).with("valid_from", day);
    desk.import_parcels(&[since("2026-01-01"), lot("2", 5.0, 9.0)]);
    let file = [since("2025-07-01"), lot("2", 5.0, 9.0)];
    let file = desk.parcels("older.geojson", &file);
    let mut order = desk.order(&file, "parcels");
    order.writing = Writing::DryRun;
    let dry = desk.imported(&order).counts;
    order.writing = Writing::Revision;
    let written = desk.imported(&order).counts;
    assert_eq!(written, dry, "what a dry run says is what happens");
    let counts = written.register;
    assert_eq!((counts.new, counts.changed, counts.unchanged), (0, 1, 1));
    // Written anew with one more lot, it says of the first what is held now.
    let lots = [since("2025-07-01"), lot("2", 5.0, 9.0), lot("3", 9.0, 12.0)];
    let register = desk.import_parcels(&lots).counts.register;
    assert_eq!(
        (register.new, register.changed, register.unchanged),
        (1, 0, 2)
    );
}

#[test]
fn a_parcel_that_a_rejected_feature_covers_is_not_retired_for_its_number() {
    let desk = Desk::open();
    let three = [
        lot("1", 0.0, 5.0),
        lot("2", 5.0, 10.0),
        lot("3", 10.0, 15.0),
    ];
    desk.import_parcels(&three);
    // The second lot has the number of the first: both stay out, and both stay as they are. The
    // third is gone and nothing lies in its place.
    let newer = [lot("1", 0.0, 5.0), lot("1", 5.0, 10.0)];
    let report = desk.imported(&desk.order(&desk.parcels("newer.geojson", &newer), "parcels"));
    let register = report.counts.register;
    assert_eq!(report.counts.rejected, 2);
    assert_eq!((register.in_doubt, register.retired), (2, 1));
}

#[test]
fn a_rejected_feature_is_kept_whole_and_its_held_parcel_is_not_retired() {
    let desk = Desk::open();
    desk.import_parcels(&[lot("1", 0.0, 5.0), lot("2", 5.0, 10.0)]);
    let twice = [lot("1", 0.0, 5.0), lot("2", 5.0, 9.0), lot("2", 9.0, 10.0)];
    let file = desk.parcels("newer.geojson", &twice);
    let report = desk.imported(&desk.order(&file, "parcels"));
    assert_eq!(
        (report.counts.rejected, report.counts.register.unchanged),
        (2, 1)
    );
    assert_eq!(
        (
            report.counts.register.in_doubt,
            report.counts.register.retired
        ),
        (1, 0)
    );
    let import = desk
        .store
        .last_import("test")
        .expect("an import")
        .expect("one");
    let kept = desk.store.kept_features(import.id).expect("kept features");
    assert_eq!(kept.iter().map(|k| k.feature).collect::<Vec<_>>(), [2, 3]);
    assert!(
        kept[0].findings.contains("duplicate_key"),
        "{}",
        kept[0].findings
    );
}

#[test]
fn a_file_a_layer_and_a_profile_that_are_not_there_are_refused_by_name() {
    let desk = Desk::open();
    let file = desk.parcels("parcels.geojson", &[lot("1", 0.0, 5.0)]);
    let refused = |order| match desk.import(&order) {
        Err(Error::Refused(reason)) => reason,
        other => unreachable!("expected a refusal, got {other:?}"),
    };
    let nowhere = desk.folder.path().join("nowhere.gpkg");
    assert!(refused(desk.order(&nowhere, "parcels")).contains("nowhere.gpkg"));
    assert!(refused(desk.order(&file, "no-such-profile")).contains("no-such-profile"));
    let mut order = desk.order(&file, "parcels");
    order.layer = Some("no-such-layer".to_owned());
    assert!(refused(order).contains("no-such-layer"));
    let zones = refused(desk.order(&file, "zones"));
    assert!(zones.contains("zones"), "{zones}");
    assert_eq!(desk.store.revision().expect("a revision").0, 1);
}

#[test]
fn rejected_features_are_exported_mended_and_imported_again() {
    let desk = Desk::open();
    desk.import_parcels(&[lot("1", 0.0, 5.0), lot("2", 5.0, 9.0), lot("2", 9.0, 10.0)]);
    let file = desk.folder.path().join("mend.gpkg");
    let count = export_rejected(&desk.store, "test", &file, Language::English).expect("a file");
    assert_eq!(count, 2);
    // Imported as it is, it is rejected again; the parcel that went in is another dataset's.
    let mut order = desk.order(&file, "parcels");
    order.dataset = Some("mended".to_owned());
    assert_eq!(desk.imported(&order).counts.rejected, 2);
    let mended = desk.parcels("mended.geojson", &[lot("2", 5.0, 9.0), lot("3", 9.0, 10.0)]);
    order.files = vec![mended];
    let counts = desk.imported(&order).counts;
    assert_eq!(
        (
            counts.register.new,
            counts.rejected,
            counts.register.retired
        ),
        (2, 0, 0)
    );
    let nobody = export_rejected(&desk.store, "nobody", &file, Language::English);
    assert!(matches!(nobody, Err(Error::Refused(reason)) if reason.contains("nobody")));
}

#[test]
fn a_first_import_into_a_register_that_holds_nothing_brings_the_wards_with_it() {
    let desk = Desk::open();
    let file = desk.parcels("lots.geojson", &[lot("1", 0.0, 5.0)]);
    let empty = desk.folder.path().join("empty.gpkg");
    let store = Store::open(&StoreOptions::at(empty.to_string_lossy())).expect("a new file");
    store.migrate().expect("a schema");
    let mut order = desk.order(&file, "parcels");
    let run = |order: &ImportOrder| {
        import_file(&store, &desk.reference, order, NOW, &mut |_| ()).expect("a report")
    };
    order.writing = Writing::DryRun;
    assert_eq!(run(&order).counts.register.new, 1);
    assert_eq!(store.revision().expect("a revision"), Revision(0));
    order.writing = Writing::Revision;
    assert_eq!(run(&order).counts.register.new, 1);
    assert_eq!(store.revision().expect("a revision"), Revision(2));
    let (wards, successions) = store.wards().expect("wards");
    assert_eq!(wards.len(), 168);
    assert!(!successions.is_empty());
}
