//! Parcels by what names them: the same on SQLite and on PostgreSQL.

use diachinh::cadastre::{ParcelKey, ParcelNumber, ParcelVersion, SheetNumber, WardCode};
use diachinh::store::ParcelNames;
use rstest::rstest;

use crate::databases::Kind;
use crate::store_parity::{Register, with_villages};

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn parcels_are_found_by_what_names_them_with_all_their_versions(#[case] kind: Kind) {
    let (place, edit) = with_villages(kind);
    let standing = place.store.count_standing("another");
    assert!(matches!(standing, Ok(0)), "{standing:?}");
    let (_, register) = Register::of(&place.store);
    let stands = |v: &&ParcelVersion| v.lifespan.valid.to.is_none();
    let expected = register.parcels.iter().filter(stands).count() as u64;
    let standing = place.store.count_standing(&edit.dataset);
    assert!(standing.is_ok_and(|n| n == expected && n > 0));
    let named = |keys: &[&str], identifiers: &[&str]| {
        let keys: Vec<ParcelKey> = keys.iter().map(|key| parcel_key(key)).collect();
        let identifiers: Vec<String> = identifiers.iter().map(|i| (*i).to_owned()).collect();
        let names = ParcelNames {
            keys: &keys,
            identifiers: &identifiers,
        };
        let mut versions = Vec::new();
        let read = place
            .store
            .parcels_named(names, &mut |v| versions.push(v.version));
        assert!(read.is_ok(), "{read:?}");
        versions.sort_unstable();
        versions
    };
    let of = |wanted: &dyn Fn(&ParcelVersion) -> bool| {
        let ids = register.parcels.iter().filter(|v| wanted(v));
        let ids: Vec<_> = ids.map(|v| v.parcel.id).collect();
        let versions = register.parcels.iter();
        let versions = versions.filter(|v| ids.contains(&v.parcel.id));
        let mut versions: Vec<_> = versions.map(|v| v.version).collect();
        versions.sort_unstable();
        versions
    };
    assert_eq!(named(&[], &[]), []);
    assert_eq!(named(&["26743.5.99999"], &["none"]), []);
    for one in &register.parcels {
        let key = &one.parcel.as_map;
        let text = format!(
            "{}.{}.{}",
            key.commune,
            key.sheet.as_str(),
            key.number.as_str()
        );
        assert_eq!(
            named(&[&text], &[]),
            of(&|v| v.parcel.as_map == *key),
            "{text}"
        );
    }
    let identified = |v: &ParcelVersion| v.parcel.national_identifier.is_some();
    let identifiers = register.parcels.iter().filter_map(|v| {
        let identifier = v.parcel.national_identifier.as_ref()?;
        Some(identifier.as_str())
    });
    let identifiers: Vec<&str> = identifiers.collect();
    assert!(!identifiers.is_empty());
    assert_eq!(named(&[], &identifiers), of(&identified));
}

/// A key on the map such as `26743.5.12`.
fn parcel_key(text: &str) -> ParcelKey {
    let mut parts = text.splitn(3, '.');
    let mut part = || parts.next().expect("three parts");
    ParcelKey {
        commune: WardCode::parse(part()).expect("a code"),
        sheet: SheetNumber::parse(part()).expect("a sheet"),
        number: ParcelNumber::parse(part()).expect("a number"),
    }
}
