//! Personal values: ciphertext everywhere but in a reading, and unreadable once the key is gone.

use diachinh::cadastre::{Party, PartyId, PartyKind};
use diachinh::store::{Error, PersonalValues, Reading};
use rstest::rstest;

use crate::databases::{Kind, Place, display};
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

fn with_party(kind: Kind) -> Place {
    let place = Place::new(kind);
    let revision = place.store.commit(&villages(), at(0), display());
    assert!(revision.is_ok(), "{revision:?}");
    let recorded = place.store.record_party(PARTY, &values(), at(1));
    assert!(recorded.is_ok(), "{recorded:?}");
    place
}

fn reading(place: &Place) -> Option<Reading> {
    let read = place.store.read_party(PARTY.id, "officer-12", at(2));
    let read = read.expect("the store answers");
    read.map(|(party, reading)| {
        assert_eq!(party, PARTY);
        reading
    })
}

/// Whether a byte sequence lies in any file of the place's folder, or in a dump of its database.
fn holds(place: &Place, needle: &[u8]) -> bool {
    let found = |bytes: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    if place.kind == Kind::Postgres {
        let dump = std::process::Command::new("pg_dump")
            .args(["--inserts", &place.options.url])
            .output()
            .expect("pg_dump is installed");
        assert!(dump.status.success());
        return found(&dump.stdout);
    }
    let folder = place.file();
    let folder = folder.parent().expect("a file lies in a folder");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    files.flatten().any(|file| {
        let bytes = std::fs::read(file.path()).expect("the file can be read");
        found(&bytes)
    })
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_planted_name_is_read_back_and_stands_nowhere_in_the_clear(#[case] kind: Kind) {
    let place = with_party(kind);
    assert_eq!(reading(&place), Some(Reading::Values(values())));
    for planted in [NAME, NUMBER] {
        assert!(!holds(&place, planted.as_bytes()), "{planted}");
    }
    assert!(
        holds(&place, b"two_villages"),
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
    let erased = place.store.erase_party(PARTY.id, at(3));
    assert!(erased.is_ok(), "{erased:?}");
    assert_eq!(reading(&place), Some(Reading::Erased));
    assert_eq!(place.store.verify_audit().expect("an audit"), []);
    assert_eq!(place.store.revision().expect("a revision"), revision);
    let actions = place.sql("SELECT action FROM audit ORDER BY id");
    assert_eq!(actions, "commit\nrecord\nerase\nread\n");
    let unknown = place.store.erase_party(PartyId(8), at(4));
    assert!(matches!(unknown, Err(Error::Stale { .. })), "{unknown:?}");
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
    assert!(holds(&place, &key), "{} bytes", before.len());
    place.store.erase_party(PARTY.id, at(3)).expect("erased");
    assert!(!holds(&place, &key));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_party_that_is_not_held_is_nothing_and_a_second_record_is_refused(#[case] kind: Kind) {
    let place = with_party(kind);
    let unknown = place.store.read_party(PartyId(8), "officer-12", at(2));
    assert_eq!(unknown.expect("the store answers"), None);
    let again = place
        .store
        .record_party(PARTY, &PersonalValues::default(), at(2));
    assert!(again.is_err());
    assert_eq!(reading(&place), Some(Reading::Values(values())));
}
