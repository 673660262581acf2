//! `check-store` counts and hashes units and rights, and finds what somebody broke.

use diachinh::app::check_rights::RightsFlaw;
use diachinh::app::check_store::{Flaw, StoreCheck, check_store};
use diachinh::cadastre::{ParcelId, RrrType};
use diachinh::land::VersionChange;
use rstest::rstest;

use crate::databases::{Kind, Place, display, planes};
use crate::rights::{certificates, with_certificates};
use crate::store_parity::{at, day, villages};

/// What a check of the register finds.
pub fn check(place: &Place) -> StoreCheck {
    check_store(&place.options, &planes()).expect("the register is read")
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn check_store_counts_and_hashes_rights_whatever_their_keys(#[case] kind: Kind) {
    let place = with_certificates(kind);
    let first = check(&place);
    assert_eq!(first.flaws, []);
    let rights = first.rights.expect("there are rights");
    assert_eq!((rights.parties, rights.units, rights.rights), (3, 2, 4));
    let other = Place::new(Kind::Sqlite);
    other
        .store
        .commit(&villages(), at(0), display())
        .expect("land");
    assert_eq!(check(&other).rights, None);
    let mut renumbered = certificates();
    let edit = &mut renumbered.rights;
    edit.parties.iter_mut().for_each(|new| new.party.id.0 += 40);
    for change in &mut edit.units {
        if let VersionChange::Open { record, .. } = change {
            record.id.0 += 50;
        }
    }
    for change in &mut edit.rights {
        if let VersionChange::Open { record, .. } = change {
            record.id.0 = 100 - record.id.0;
            record.ba_unit.0 += 50;
            record.party.0 += 40;
        }
    }
    other
        .store
        .commit(&renumbered, at(9), display())
        .expect("certificates");
    assert_eq!(check(&other).rights.map(|r| r.hash), Some(rights.hash));
    other
        .sql("UPDATE rrrs SET share_denominator = 3 WHERE share_denominator = 2 AND party_id = 42");
    assert_ne!(check(&other).rights.map(|r| r.hash), Some(rights.hash));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn check_store_finds_what_somebody_broke_from_outside(#[case] kind: Kind) {
    let flaws_after = |sql: &str| {
        let place = with_certificates(kind);
        place.sql(sql);
        check(&place).flaws
    };
    let flaws = flaws_after("DELETE FROM ba_unit_parcels WHERE parcel_id = 3");
    let from = day("2026-01-01");
    assert_eq!(
        flaws,
        [Flaw::Rights(RightsFlaw::UnitWithoutParcel {
            unit: 2,
            from
        })]
    );
    let flaws = flaws_after("UPDATE ba_unit_parcels SET parcel_id = 999 WHERE parcel_id = 3");
    let unknown = RightsFlaw::UnknownParcel {
        unit: 2,
        parcel: ParcelId::new(999).expect("an id"),
    };
    assert_eq!(flaws, [Flaw::Rights(unknown)]);
    let flaws = flaws_after("DELETE FROM ba_units WHERE ba_unit_id = 2");
    let alone = RightsFlaw::RightWithoutUnit {
        right: 4,
        unit: 2,
        day: from,
    };
    assert_eq!(flaws, [Flaw::Rights(alone)]);
    let flaws =
        flaws_after("UPDATE rrrs SET share_numerator = 2, share_denominator = 3 WHERE rrr_id = 1");
    let exceeding = RightsFlaw::SharesExceedOne {
        unit: 1,
        what: RrrType::LandUse,
        day: from,
    };
    assert_eq!(flaws, [Flaw::Rights(exceeding)]);
    let flaws = flaws_after("UPDATE rrrs SET rrr_id = 1 WHERE rrr_id = 2");
    let double = RightsFlaw::TwoVersions {
        what: "right",
        key: 1,
        day: from,
    };
    assert_eq!(flaws, [Flaw::Rights(double)]);
}

#[test]
fn check_store_says_when_keys_are_gone_and_makes_none() {
    let place = with_certificates(Kind::Sqlite);
    let keys = place.file().with_extension("gpkg-keys");
    place.keys("DELETE FROM person_keys WHERE party_id = 2");
    let missing = |count, first| Flaw::Rights(RightsFlaw::KeysMissing { count, first });
    assert_eq!(check(&place).flaws, [missing(1, 2)]);
    for file in ["gpkg-keys", "gpkg-keys-wal", "gpkg-keys-shm"] {
        let file = place.file().with_extension(file);
        if file.exists() {
            std::fs::remove_file(file).expect("the file can be removed");
        }
    }
    assert_eq!(check(&place).flaws, [missing(3, 1)]);
    assert!(!keys.exists(), "a check makes nothing");
}
