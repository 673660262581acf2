//! An export that is imported into another register makes a register with the same content.

use diachinh::app::check_store::check_store;
use diachinh::cadastre::LandUseCode;
use diachinh::exchange::profile::Target;
use diachinh::land::{Edit, ParcelChange};
use diachinh::store::StoreOptions;
use rstest::rstest;

use crate::databases::{Kind, Place, display, planes};
use crate::harness::{Folder, diachinh, stderr, stdout};
use crate::store_parity::{at, villages};

/// The content hash of a register's parcels, with their number, as `check-store` gives it.
fn content(options: &StoreOptions) -> (usize, String) {
    let check = check_store(options, &planes()).expect("the register can be read");
    assert_eq!(check.flaws, []);
    let mut contents = check.contents.iter();
    let parcels = contents.find(|content| content.collection == Target::Parcels);
    let parcels = parcels.expect("the register holds parcels");
    (parcels.records, parcels.hash.to_string())
}

/// The wards of an edit and nothing else.
fn wards_of(edit: &Edit) -> Edit {
    Edit {
        dataset: "wards".to_owned(),
        wards: edit.wards.clone(),
        successions: edit.successions.clone(),
        ..Edit::default()
    }
}

/// Runs the program; the lots have an area beyond tolerance, about which an import warns with 3.
fn run(folder: &Folder, arguments: &[&str]) {
    let mut command = diachinh(folder);
    let output = command.args(arguments).output().expect("it starts");
    let said = stdout(&output) + &stderr(&output);
    let code = output.status.code();
    assert!(matches!(code, Some(0)), "{arguments:?}: {said}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn every_format_carries_the_whole_content_into_another_register(#[case] kind: Kind) {
    let folder = Folder::new();
    let source = Place::new(kind);
    let edit = villages();
    source
        .store
        .commit(&edit, at(0), display())
        .expect("the edit fits");
    let whole = content(&source.options);
    assert_eq!(whole.0, 8);
    for file in ["lots.gpkg", "lots.geojson", "lots.fgb", "lots.csv"] {
        let from = source.options.url.as_str();
        let export = ["export", "parcels", file, "--all-versions", "--store", from];
        run(&folder, &export);
        let other = Place::new(kind);
        // Keys are used up beforehand, so that no parcel gets the key it has in the source.
        let keys = other
            .store
            .reserve(diachinh::store::Sequence::Parcels, 5_000);
        assert!(keys.is_ok());
        let wards = other.store.commit(&wards_of(&edit), at(0), display());
        assert!(wards.is_ok(), "{wards:?}");
        let into = other.options.url.as_str();
        run(
            &folder,
            &["import", file, "--profile", "parcels", "--store", into],
        );
        assert_eq!(content(&other.options), whole, "{file}");
    }
}

#[test]
fn the_content_hash_is_of_what_is_held_and_not_of_the_database() {
    let hash_on = |kind, edit: &Edit| {
        let place = Place::new(kind);
        let committed = place.store.commit(edit, at(0), display());
        assert!(committed.is_ok(), "{committed:?}");
        content(&place.options).1
    };
    let mut edit = villages();
    let here = hash_on(Kind::Sqlite, &edit);
    assert_eq!(hash_on(Kind::Postgres, &edit), here);
    if let Some(ParcelChange::Open { parcel, .. }) = edit.parcels.first_mut() {
        parcel.land_use[0].code = LandUseCode::parse("TMD").expect("a code");
    }
    assert_ne!(hash_on(Kind::Sqlite, &edit), here);
}

#[test]
fn the_demo_city_with_its_history_comes_back_from_every_format_into_an_absent_register() {
    let folder = Folder::new();
    run(
        &folder,
        &["demo", "--parcels", "900", "--store", "city.gpkg"],
    );
    let held = |name: &str| {
        let path = folder.path().join(name);
        content(&StoreOptions::at(path.to_string_lossy()))
    };
    let whole = held("city.gpkg");
    assert!(
        whole.0 > 1_300,
        "many parcels have a version before the merger"
    );
    for extension in ["gpkg", "geojson", "fgb", "csv"] {
        let (file, other) = (
            format!("lots.{extension}"),
            format!("from-{extension}.gpkg"),
        );
        let all = ["--all-versions", "--store", "city.gpkg"];
        run(&folder, &[&["export", "parcels", &file][..], &all].concat());
        // An exit code of 0 says that nothing is rejected.
        run(&folder, &["import", &file, "--store", &other]);
        assert_eq!(held(&other), whole, "{extension}");
    }
}

#[test]
fn no_two_versions_of_a_geojson_export_have_the_same_id() {
    let folder = Folder::new();
    run(
        &folder,
        &["demo", "--parcels", "300", "--store", "city.gpkg"],
    );
    let ids = |arguments: &[&str]| {
        let export = ["export", arguments[0], "it.geojson", "--store", "city.gpkg"];
        run(&folder, &[&export[..], &arguments[1..]].concat());
        let json = std::fs::read(folder.path().join("it.geojson")).expect("a file");
        let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        let features = json["features"].as_array().expect("features").iter();
        let ids: Vec<String> = features.map(|f| f["id"].to_string()).collect();
        let distinct: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "{arguments:?}");
        ids
    };
    let versions = ids(&["parcels", "--all-versions"]);
    assert!(versions.iter().any(|id| id.ends_with("/2025-07-01\"")));
    // On one day a parcel is its key, a number.
    let today = ids(&["parcels"]);
    assert!(today.iter().all(|id| id.parse::<i64>().is_ok()));
    for collection in ["zones", "roads", "corridors", "restrictions"] {
        assert!(!ids(&[collection]).is_empty());
        assert!(!ids(&[collection, "--all-versions"]).is_empty());
    }
}
