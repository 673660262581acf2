//! Imports are remembered with their revision, or not at all, on SQLite and on PostgreSQL.

use diachinh::cadastre::Revision;
use diachinh::exchange::kept::{ImportRecord, KeptFeature};
use diachinh::store::{Error, Store};
use rstest::rstest;

use crate::databases::{Kind, Nowhere, Place, display};
use crate::store_parity::{Register, at, parcels, villages};

/// A feature kept whole, with everything or with as little as one may have.
fn kept(feature: i64, everything: bool) -> KeptFeature {
    KeptFeature {
        feature,
        layer: "thửa".to_owned(),
        attributes: r#"[["MaXa","26743"],["GhiChu",{"bytes":"c4e3"}]]"#.to_owned(),
        crs: everything.then_some(9210),
        wkb: everything.then(|| vec![1, 1, 0, 0, 0, 0, 255]),
        findings: r#"[{"code":"key_missing"}]"#.to_owned(),
    }
}

fn record(dataset: &str, file_name: &str, revision: Revision) -> ImportRecord {
    ImportRecord {
        content_hash: "5e".repeat(32),
        file_name: file_name.to_owned(),
        dataset: dataset.to_owned(),
        profile: "parcels".to_owned(),
        counts: r#"{"read":3}"#.to_owned(),
        report: format!(r#"{{"revision":{}}}"#, revision.0),
        kept: vec![kept(9, true), kept(2, false), kept(9, false)],
    }
}

fn newest(store: &Store, dataset: &str) -> Option<(String, Revision, String)> {
    let entry = store.last_import(dataset).expect("the store answers");
    entry.map(|entry| {
        assert_eq!(
            (entry.dataset.as_str(), entry.content_hash.len()),
            (dataset, 64)
        );
        (entry.file_name, entry.revision, entry.report)
    })
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn an_import_is_remembered_under_its_dataset_with_what_it_kept(#[case] kind: Kind) {
    let store = &Place::new(kind).store;
    assert_eq!(newest(store, "two_villages"), None);
    let first = |revision| record("two_villages", "first.gpkg", revision);
    let revision = store.commit_import(&villages(), &first, at(0), display());
    assert_eq!(revision.expect("the edit fits"), Revision(1));
    let import = store.last_import("two_villages").expect("an answer");
    let import = import.expect("the import is remembered").id;
    let kept_ones = store.kept_features(import).expect("the store answers");
    let expected = [kept(2, false), kept(9, true), kept(9, false)];
    assert_eq!(kept_ones, expected, "by number, then as they were given");

    let nothing = parcels(Vec::new());
    for (dataset, file, revision) in [("other", "other.dgn", 2), ("two_villages", "second.csv", 3)]
    {
        let next = |revision| record(dataset, file, revision);
        let made = store.commit_import(&nothing, &next, at(revision), display());
        assert_eq!(made.expect("the edit fits").0, revision as u64);
    }
    let told = |file: &str, revision: u64| {
        let report = format!(r#"{{"revision":{revision}}}"#);
        Some((file.to_owned(), Revision(revision), report))
    };
    assert_eq!(newest(store, "two_villages"), told("second.csv", 3));
    assert_eq!(newest(store, "other"), told("other.dgn", 2));
    assert_eq!(newest(store, "no such dataset"), None);
    let still = store.kept_features(import).expect("the store answers");
    assert_eq!(still, expected, "each import keeps its own");
    assert_eq!(store.kept_features(-1).expect("an answer"), []);
    assert_eq!(store.verify_audit().expect("an audit"), []);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn an_import_whose_edit_or_record_is_refused_leaves_neither(#[case] kind: Kind) {
    let place = Place::new(kind);
    let store = &place.store;
    let first = |revision| record("two_villages", "first.gpkg", revision);
    let refused = store.commit_import(&villages(), &first, at(0), &Nowhere);
    assert!(matches!(refused, Err(Error::Refused { .. })), "{refused:?}");
    assert_eq!(newest(store, "two_villages"), None);
    let made = store.commit_import(&villages(), &first, at(0), display());
    assert_eq!(made.expect("the edit fits"), Revision(1));
    let before = Register::of(store);
    let again = |revision| record("two_villages", "again.gpkg", revision);
    let overlap = store.commit_import(&villages(), &again, at(1), display());
    assert!(matches!(overlap, Err(Error::Overlap { .. })), "{overlap:?}");

    // The edit fits, and only then the record does not: the edit must go with it.
    place.sql("ALTER TABLE rejected_features RENAME TO rejected_features_away");
    let edit = parcels(Vec::new());
    let torn = store.commit_import(&edit, &again, at(2), display());
    assert!(torn.is_err(), "{torn:?}");
    place.sql("ALTER TABLE rejected_features_away RENAME TO rejected_features");
    assert_eq!(Register::of(store), before);
    let (file, revision, _) = newest(store, "two_villages").expect("the first import");
    assert_eq!((file.as_str(), revision), ("first.gpkg", Revision(1)));
}
