//! Personal values: ciphertext everywhere but in a reading, and unreadable once the key is gone.

use diachinh::cadastre::{Party, PartyId, PartyKind, PersonalValues};
use diachinh::land::{NewParty, RightsEdit};
use diachinh::store::{Asking, Error, Reading};
use rstest::rstest;

use crate::databases::{Kind, Place, display};
use crate::rights::{edit, party};
use crate::store_parity::{at, villages};

const NAME: &str = "Nguyễn Thị Thử Nghiệm";
const NUMBER: &str = "079123456789";

const PARTY: Party = Party {
    id: PartyId(7),
    kind: PartyKind::NaturalPerson,
};

fn values() -> PersonalValues {
    PersonalValues {
        name: Some(NAME.to_owned()),
        identity_number: Some(NUMBER.to_owned()),
    }
}

/// An officer with the number of a case.
const OFFICER: Asking<'static> = Asking {
    reader: "officer-12",
    reason: "case 2026/17",
};

fn record(place: &Place, parties: Vec<NewParty>, second: i64) -> Result<(), Error> {
    let rights = RightsEdit {
        parties,
        ..RightsEdit::default()
    };
    let written = place.store.commit(&edit(rights), at(second), display());
    written.map(drop)
}

fn with_party(kind: Kind) -> Place {
    let place = Place::new(kind);
    let revision = place.store.commit(&villages(), at(0), display());
    assert!(revision.is_ok(), "{revision:?}");
    let new = NewParty {
        party: PARTY,
        values: values(),
    };
    let recorded = record(&place, vec![new], 1);
    assert!(recorded.is_ok(), "{recorded:?}");
    place
}

fn reading(place: &Place) -> Option<Reading> {
    let read = place.store.read_party(PARTY.id, OFFICER, at(2));
    let read = read.expect("the store answers");
    read.map(|(party, reading)| {
        assert_eq!(party, PARTY);
        reading
    })
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_planted_name_is_read_back_and_stands_nowhere_in_the_clear(#[case] kind: Kind) {
    let place = with_party(kind);
    assert_eq!(reading(&place), Some(Reading::Values(values())));
    for planted in [NAME, NUMBER] {
        assert!(!place.holds(planted.as_bytes()), "{planted}");
    }
    assert!(
        place.holds(b"two_villages"),
        "the search finds what is there"
    );
    assert!(!format!("{:?}", values()).contains(NUMBER));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn destroying_the_key_makes_the_values_unreadable_and_leaves_the_audit(#[case] kind: Kind) {
    let place = with_party(kind);
    let revision = place.store.revision().expect("a revision");
    let erased = place.store.erase_party(PARTY.id, OFFICER, at(3));
    assert_eq!(erased.expect("erased"), []);
    assert_eq!(reading(&place), Some(Reading::Erased));
    assert_eq!(place.store.verify_audit().expect("an audit"), []);
    assert_eq!(place.store.revision().expect("a revision"), revision);
    let actions = place.sql("SELECT action FROM audit ORDER BY id");
    assert_eq!(actions, "commit\nrecord\ncommit\nerase\nread\n");
    let unknown = place.store.erase_party(PartyId(8), OFFICER, at(4));
    assert!(matches!(unknown, Err(Error::Stale { .. })), "{unknown:?}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn keys_that_are_not_there_are_named_and_not_made_anew(#[case] kind: Kind) {
    let place = with_party(kind);
    match kind {
        Kind::Sqlite => {
            let keys = place.file().with_extension("gpkg-keys");
            std::fs::remove_file(keys).expect("the keys lie in a second file");
        }
        Kind::Postgres => drop(place.sql("DROP SCHEMA diachinh_keys CASCADE")),
    }
    for _ in 0..2 {
        let read = place.store.read_party(PARTY.id, OFFICER, at(2));
        assert!(matches!(read, Err(Error::KeysGone(_))), "{read:?}");
        place.store.migrate().expect("the migrations fit");
    }
    assert_eq!(place.store.parties_with_key().expect("none"), [].into());
}

#[test]
fn a_key_that_is_missing_is_not_told_as_an_erasure() {
    let place = with_party(Kind::Sqlite);
    place.keys("DELETE FROM person_keys");
    assert_eq!(reading(&place), Some(Reading::KeyMissing));
}

#[test]
fn a_destroyed_key_is_gone_from_the_bytes_of_its_file() {
    let place = with_party(Kind::Sqlite);
    let file = place.file().with_extension("gpkg-keys");
    let before = std::fs::read(&file).expect("the keys lie in a second file");
    let key = place.keys("SELECT hex(key) FROM person_keys");
    let key: Vec<u8> = (0..32)
        .map(|i| u8::from_str_radix(&key[2 * i..2 * i + 2], 16).expect("hexadecimal"))
        .collect();
    assert!(place.holds(&key), "{} bytes", before.len());
    place
        .store
        .erase_party(PARTY.id, OFFICER, at(3))
        .expect("erased");
    assert!(!place.holds(&key));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_party_that_is_not_held_is_nothing_and_a_second_record_is_refused(#[case] kind: Kind) {
    let place = with_party(kind);
    let unknown = place.store.read_party(PartyId(8), OFFICER, at(2));
    assert_eq!(unknown.expect("the store answers"), None);
    let again = record(&place, vec![party(7, PartyKind::Household, "Hộ", "")], 2);
    assert!(matches!(again, Err(Error::Refused { .. })), "{again:?}");
    assert_eq!(reading(&place), Some(Reading::Values(values())));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_reason_that_holds_the_name_is_refused_and_nothing_is_written_or_erased(#[case] kind: Kind) {
    let place = with_party(kind);
    let store = &place.store;
    for reason in [
        "asked by NGUYEN THI THU NGHIEM",
        "number 079 123 456 789",
        "Nguyễn Thị Thử-Nghiệm, at the counter",
    ] {
        let asking = Asking { reason, ..OFFICER };
        let said = [
            store.read_party(PARTY.id, asking, at(2)).map(drop),
            store.erase_party(PARTY.id, asking, at(2)).map(drop),
        ];
        for said in said {
            let text = format!("{said:?}");
            assert!(matches!(said, Err(Error::Refused { .. })), "{text}");
            assert!(!text.to_lowercase().contains("nghi"), "{text}");
        }
    }
    let asking = Asking {
        reason: "079123456789 wants to be erased",
        ..OFFICER
    };
    let found = store.find_parties("079.123.456.789", asking, at(2));
    assert!(matches!(found, Err(Error::Refused { .. })), "{found:?}");
    let readings =
        place.sql("SELECT count(*) FROM audit WHERE action IN ('read', 'erase', 'find')");
    assert_eq!(readings, "0\n");
    assert_eq!(reading(&place), Some(Reading::Values(values())));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_person_is_found_by_number_in_all_parties_until_each_is_erased(#[case] kind: Kind) {
    let place = with_party(kind);
    let others = vec![
        party(8, PartyKind::Household, "Hộ Giả Lập", "079 123 456 789"),
        party(9, PartyKind::NaturalPerson, "Người Giả Lập", "000000000009"),
        party(10, PartyKind::NaturalPerson, NAME, ""),
    ];
    record(&place, others, 2).expect("recorded");
    let found = || {
        let found = place.store.find_parties("079123456789", OFFICER, at(3));
        found.expect("the store answers")
    };
    assert_eq!(found(), [PartyId(7), PartyId(8)]);
    let erase = |id| {
        place
            .store
            .erase_party(PartyId(id), OFFICER, at(4))
            .expect("erased")
    };
    assert_eq!(erase(7), [PartyId(8)]);
    assert_eq!(found(), [PartyId(8)]);
    assert_eq!(erase(8), []);
    assert_eq!(found(), []);
    assert_eq!(erase(10), [], "a person without a number is like nobody");
    let nobody = place.store.find_parties("-", OFFICER, at(5));
    assert_eq!(nobody.expect("the store answers"), []);
    let told = place.sql("SELECT entry FROM audit WHERE action = 'find' ORDER BY id");
    assert!(told.contains(r#""found":["7-8"]"#), "{told}");
    assert!(!told.contains("079"), "{told}");
    assert_eq!(place.store.verify_audit().expect("an audit"), []);
}
