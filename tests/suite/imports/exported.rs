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
