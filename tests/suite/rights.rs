//! Units, rights and parties: written with two times, read back, checked, on both databases.

use diachinh::cadastre::{
    BaUnit, BaUnitId, Instant, Interval, ParcelId, Party, PartyId, PartyKind, PersonalValues, Rrr,
    RrrId, RrrType, Share,
};
use diachinh::land::{Edit, NewParty, RightsEdit, VersionChange};
use diachinh::store::{Error, Sequence, Store, UnitWithRights};
use rstest::rstest;

use crate::databases::{Kind, Place, display};
use crate::rights_checked::check;
use crate::store_parity::{at, day, villages};

/// A person or organisation with a made-up name.
pub fn party(id: i64, kind: PartyKind, name: &str, number: &str) -> NewParty {
    NewParty {
        party: Party {
            id: PartyId(id),
            kind,
        },
        values: PersonalValues {
            name: Some(name.to_owned()),
            identity_number: (!number.is_empty()).then(|| number.to_owned()),
        },
    }
}

fn open<T>(record: T, from: &str, to: Option<&str>) -> VersionChange<T> {
    VersionChange::Open {
        record,
        from: day(from),
        to: to.map(day),
    }
}

fn unit(id: i64, parcels: &[i64]) -> BaUnit {
    let parcel = |id: &i64| ParcelId::new(*id).expect("an id");
    BaUnit {
        id: BaUnitId(id),
        certificate_serial: Some(format!("ĐA {id:06}").into()),
        registry_number: Some(format!("CH {id:05}").into()),
        parcels: parcels.iter().map(parcel).collect(),
    }
}

fn right(id: i64, unit: i64, party: i64, what: RrrType, share: Option<(u32, u32)>) -> Rrr {
    Rrr {
        id: RrrId(id),
        ba_unit: BaUnitId(unit),
        party: PartyId(party),
        what,
        share: share.and_then(|(numerator, denominator)| Share::new(numerator, denominator)),
    }
}

/// An edit of rights only.
pub fn edit(rights: RightsEdit) -> Edit {
    Edit {
        dataset: "certificates".to_owned(),
        summary: "certificates".to_owned(),
        rights,
        ..Edit::default()
    }
}

/// A couple holds two parcels, half each; a bank has a mortgage; another unit has one holder.
pub fn certificates() -> Edit {
    edit(RightsEdit {
        parties: vec![
            party(
                1,
                PartyKind::NaturalPerson,
                "Người Giả Lập 000001",
                "000000000001",
            ),
            party(
                2,
                PartyKind::NaturalPerson,
                "Người Giả Lập 000002",
                "000000000002",
            ),
            party(3, PartyKind::Organisation, "Ngân Hàng Giả Lập", ""),
        ],
        units: vec![
            open(unit(1, &[2, 1]), "2026-01-01", None),
            open(unit(2, &[3]), "2026-01-01", None),
        ],
        rights: vec![
            open(
                right(1, 1, 1, RrrType::LandUse, Some((1, 2))),
                "2026-01-01",
                None,
            ),
            open(
                right(2, 1, 2, RrrType::LandUse, Some((1, 2))),
                "2026-01-01",
                None,
            ),
            open(
                right(3, 1, 3, RrrType::Mortgage, None),
                "2026-02-01",
                Some("2026-03-01"),
            ),
            open(right(4, 2, 1, RrrType::LandUse, None), "2026-01-01", None),
        ],
    })
}

/// The villages with these certificates.
pub fn with_certificates(kind: Kind) -> Place {
    let place = Place::new(kind);
    let store = &place.store;
    store.commit(&villages(), at(0), display()).expect("land");
    let written = store.commit(&certificates(), at(1), display());
    assert!(written.is_ok(), "{written:?}");
    place
}

fn parcel(id: i64) -> ParcelId {
    ParcelId::new(id).expect("an id")
}

fn of_parcel(store: &Store, id: i64, date: &str, known: Option<Instant>) -> Vec<UnitWithRights> {
    let found = store.units_of_parcel(parcel(id), day(date), known);
    found.expect("the store answers")
}

/// Keys of units, each with the keys of its rights.
fn keys(found: &[UnitWithRights]) -> Vec<(i64, Vec<i64>)> {
    let rights = |held: &UnitWithRights| held.rights.iter().map(|r| r.rrr.id.0).collect();
    found
        .iter()
        .map(|held| (held.unit.unit.id.0, rights(held)))
        .collect()
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn what_was_written_is_read_by_parcel_and_by_party_on_its_days(#[case] kind: Kind) {
    let place = with_certificates(kind);
    let store = &place.store;
    let found = of_parcel(store, 1, "2026-02-15", None);
    assert_eq!(keys(&found), [(1, vec![1, 2, 3])]);
    let held = &found[0];
    assert_eq!(held.unit.unit, unit(1, &[1, 2]), "parcels in their order");
    assert_eq!(held.unit.lifespan.valid, Interval::open(day("2026-01-01")));
    assert_eq!(held.unit.lifespan.recorded, Interval::open(at(1)));
    assert_eq!(
        held.rights[0].rrr,
        right(1, 1, 1, RrrType::LandUse, Some((1, 2)))
    );
    assert_eq!(held.rights[2].lifespan.valid.to, Some(day("2026-03-01")));
    assert_eq!(
        keys(&of_parcel(store, 2, "2026-03-01", None)),
        [(1, vec![1, 2])]
    );
    assert_eq!(keys(&of_parcel(store, 1, "2025-12-31", None)), []);
    assert_eq!(keys(&of_parcel(store, 4, "2026-02-15", None)), []);
    let of_party = |id, date, known| {
        let found = store.rights_of_party(PartyId(id), day(date), known);
        keys(&found.expect("the store answers"))
    };
    assert_eq!(
        of_party(1, "2026-02-15", None),
        [(1, vec![1]), (2, vec![4])]
    );
    assert_eq!(of_party(3, "2026-02-15", None), [(1, vec![3])]);
    assert_eq!(of_party(3, "2026-03-01", None), []);
    assert_eq!(of_party(9, "2026-02-15", None), []);
    assert_eq!(of_party(1, "2026-02-15", Some(at(0))), [], "not known yet");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_sale_supersedes_and_what_was_known_before_can_still_be_asked(#[case] kind: Kind) {
    let place = with_certificates(kind);
    let store = &place.store;
    let before = of_parcel(store, 3, "2026-06-01", None);
    let (old, old_right) = (&before[0].unit, &before[0].rights[0]);
    let mut renewed = unit(2, &[3, 4]);
    renewed.certificate_serial = Some("ĐĐ 00000002".into());
    let sale = edit(RightsEdit {
        parties: vec![party(
            4,
            PartyKind::Household,
            "Hộ Giả Lập 000004",
            "000000000004",
        )],
        units: vec![VersionChange::Supersede {
            version: old.version,
            record: renewed.clone(),
            from: day("2026-05-01"),
        }],
        rights: vec![
            VersionChange::Close {
                version: old_right.version,
                to: day("2026-05-01"),
            },
            open(right(5, 2, 4, RrrType::LandUse, None), "2026-05-01", None),
        ],
    });
    let sold = store.commit(&sale, at(5), display());
    assert!(sold.is_ok(), "{sold:?}");
    let after = of_parcel(store, 3, "2026-06-01", None);
    assert_eq!(keys(&after), [(2, vec![5])]);
    assert_eq!(after[0].unit.unit, renewed);
    let then = of_parcel(store, 3, "2026-04-30", None);
    assert_eq!(keys(&then), [(2, vec![4])]);
    assert_eq!(then[0].unit.unit, unit(2, &[3]));
    assert_eq!(
        then[0].unit.lifespan.recorded.from,
        at(5),
        "written again with its end"
    );
    assert_eq!(
        keys(&of_parcel(store, 4, "2026-06-01", None)),
        [(2, vec![5])]
    );
    assert_eq!(keys(&of_parcel(store, 4, "2026-04-30", None)), []);
    let mut known = of_parcel(store, 3, "2026-06-01", Some(at(4)));
    known[0].unit.lifespan.recorded.to = None;
    known[0].rights[0].lifespan.recorded.to = None;
    assert_eq!(known, before, "as it was known before the sale");
    let again = store.commit(&sale, at(6), display());
    assert!(matches!(again, Err(Error::Refused { .. })), "{again:?}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn what_refers_to_nothing_is_refused_and_nothing_is_written(#[case] kind: Kind) {
    let place = with_certificates(kind);
    let store = &place.store;
    let refused = |rights: RightsEdit, word: &str| {
        let written = store.commit(&edit(rights), at(5), display());
        let said = written.expect_err("refers to nothing").to_string();
        assert!(said.contains(word), "{said}");
    };
    let of = |right: Rrr| RightsEdit {
        rights: vec![open(right, "2026-01-01", None)],
        ..RightsEdit::default()
    };
    refused(of(right(9, 77, 1, RrrType::LandUse, None)), "unit `77`");
    refused(of(right(9, 1, 77, RrrType::LandUse, None)), "party `77`");
    let units = |unit| RightsEdit {
        units: vec![open(unit, "2026-01-01", None)],
        ..RightsEdit::default()
    };
    refused(units(unit(9, &[1, 777])), "parcel `777`");
    refused(units(unit(1, &[1])), "two versions");
    let twice = RightsEdit {
        parties: vec![party(1, PartyKind::Household, "Hộ Giả Lập", "")],
        ..RightsEdit::default()
    };
    refused(twice, "party `1`");
    let stale = RightsEdit {
        units: vec![VersionChange::Close {
            version: diachinh::cadastre::VersionId(9_999),
            to: day("2026-05-01"),
        }],
        ..RightsEdit::default()
    };
    refused(stale, "unit `version 9999`");
    assert_eq!(store.revision().expect("a revision").0, 2);
    assert_eq!(check(&place).flaws, []);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn keys_that_an_edit_brought_are_not_handed_out_again(#[case] kind: Kind) {
    let place = with_certificates(kind);
    let next = place.store.reserve(Sequence::Others, 1).expect("a key");
    assert!(next.start > 4, "{next:?}");
    let entries = place.store.revisions(1).expect("revisions");
    assert_eq!(entries[0].others_written, 3 + 2 + 4);
    let recorded = place.sql("SELECT entry FROM audit WHERE action = 'record'");
    assert!(recorded.contains(r#""parties":["1-3"]"#), "{recorded}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_recording_that_was_interrupted_leaves_keys_that_the_next_one_replaces(#[case] kind: Kind) {
    let place = with_certificates(kind);
    let store = &place.store;
    // The keys are made, and then the edit is refused.
    let mut torn = certificates();
    torn.rights.parties = vec![
        party(
            11,
            PartyKind::NaturalPerson,
            "Người Giả Lập 000011",
            "000000000011",
        ),
        party(
            12,
            PartyKind::NaturalPerson,
            "Người Giả Lập 000012",
            "000000000012",
        ),
    ];
    assert!(store.commit(&torn, at(5), display()).is_err());
    let with_key = || {
        store
            .parties_with_key()
            .expect("keys")
            .into_iter()
            .map(|p| p.0)
    };
    assert_eq!(with_key().collect::<Vec<_>>(), [1, 2, 3, 11, 12]);
    assert_eq!(
        check(&place).flaws,
        [],
        "a key that opens nothing harms nothing"
    );
    torn.rights.units.clear();
    torn.rights.rights.clear();
    torn.rights.parties.truncate(1);
    let written = store.commit(&torn, at(6), display());
    assert!(written.is_ok(), "{written:?}");
    assert_eq!(with_key().collect::<Vec<_>>(), [1, 2, 3, 11]);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn migrations_take_rights_down_and_up_again(#[case] kind: Kind) {
    let place = with_certificates(kind);
    let before = of_parcel(&place.store, 1, "2026-02-15", None);
    let folder = match kind {
        Kind::Sqlite => "sqlite",
        Kind::Postgres => "postgres",
    };
    let root = env!("CARGO_MANIFEST_DIR");
    let migration = format!("{root}/migrations/{folder}/2026-11-23-001000_index_rights");
    for step in ["down", "up"] {
        let sql = std::fs::read_to_string(format!("{migration}/{step}.sql"));
        place.sql_script(&sql.expect("the migration is in the repository"));
        if step == "down" {
            let parcels = place.sql("SELECT parcels FROM ba_units ORDER BY version");
            assert_eq!(parcels.replace(", ", ","), "[1,2]\n[3]\n");
        }
    }
    let after = of_parcel(&place.store, 1, "2026-02-15", None);
    let units = |found: &[UnitWithRights]| {
        let of = |held: &UnitWithRights| (held.unit.clone(), held.rights.len());
        found.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(units(&after), units(&before));
}
