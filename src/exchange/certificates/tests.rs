//! Lines judged, put together and matched, without files and stores.

use std::collections::{BTreeMap, HashMap};

use super::*;
use crate::cadastre::{
    BaUnitVersion, Day, Fingerprint, Instant, Interval, Lifespan, ParcelId, ParcelKey,
    ParcelNumber, PartyId, PartyKind, PersonalValues, Revision, RrrType, RrrVersion, Share,
    SheetNumber, VersionId, WardCode,
};
use crate::exchange::FeatureNumber;
use crate::land::{RightsEdit, VersionChange};

const TODAY: Day = Day(20_000);

fn key(number: i64) -> ParcelKey {
    ParcelKey {
        commune: WardCode::parse("26743").expect("a code"),
        sheet: SheetNumber::parse("5").expect("a sheet"),
        number: ParcelNumber::parse(&number.to_string()).expect("a number"),
    }
}

/// Parcels 1 to 9 for ever; number 8 is also the key of parcel 18 until day 10 000.
fn parcels() -> KnownParcels {
    let mut known = KnownParcels::default();
    for number in 1..10 {
        let id = ParcelId::new(number).expect("an id");
        let valid = Interval::open(Day(if number == 8 { 10_000 } else { 0 }));
        known.by_map.insert(key(number), vec![(id, valid)]);
        let on_paper = known
            .by_certificate
            .entry(key(100 + number % 2))
            .or_default();
        on_paper.push((id, valid));
    }
    let before = Interval {
        from: Day(0),
        to: Some(Day(10_000)),
    };
    let id = ParcelId::new(18).expect("an id");
    known.by_map.entry(key(8)).or_default().push((id, before));
    known
}

/// A line: feature, serial, parcel, holder, share.
fn row(feature: i64, serial: &str, parcel: i64, holder: &str, share: u32) -> CertificateRow {
    CertificateRow {
        feature: FeatureNumber(feature),
        as_map: Some(key(parcel)),
        as_certificate: None,
        serial: Some(serial.to_owned()),
        registry_number: None,
        kind: PartyKind::NaturalPerson,
        holder: PersonalValues {
            name: Some(format!("Người Giả Lập {holder}")),
            identity_number: Some(format!("000000000{holder}")),
        },
        what: RrrType::LandUse,
        share: Share::new(1, share),
        valid_from: None,
        valid_to: None,
    }
}

fn judged(rows: Vec<CertificateRow>) -> JudgedCertificates {
    let judged = judge_certificates(rows, Vec::new(), &parcels(), TODAY);
    assert!(judged.is_consistent(), "{judged:?}");
    judged
}

/// Codes with their features, of what a judgement found.
fn found(judged: &JudgedCertificates) -> Vec<(&'static str, i64)> {
    let of = |f: &crate::exchange::Finding| (f.code.as_str(), f.feature.unwrap_or(-1));
    judged.findings.iter().map(of).collect()
}

#[test]
fn lines_of_one_serial_are_one_certificate_of_all_their_parcels_and_rights() {
    let rows = vec![
        row(0, "CU 123456", 1, "001", 2),
        row(1, "CU 123456", 2, "001", 2),
        row(2, "CU 123456", 1, "002", 2),
        row(3, "CU 123456", 2, "002", 2),
        row(4, "AA 12345678", 3, "001", 1),
    ];
    let judged = judged(rows);
    assert_eq!(found(&judged), []);
    let sizes = judged
        .accepted
        .iter()
        .map(|c| (c.parcels.len(), c.rights.len()));
    assert_eq!(sizes.collect::<Vec<_>>(), [(1, 1), (2, 2)]);
    assert_eq!(judged.accepted_rows(), 5);
}

#[test]
fn a_certificate_goes_in_whole_or_stays_out() {
    let unknown = judged(vec![
        row(0, "CU 123456", 1, "001", 2),
        row(1, "CU 123456", 77, "001", 2),
        row(2, "CU 999999", 3, "001", 1),
    ]);
    let expected = [("unknown_parcel", 1), ("incomplete_certificate", 0)];
    assert_eq!(found(&unknown), expected);
    assert_eq!(unknown.accepted.len(), 1);
    let partly = judged(vec![
        row(0, "CU 123456", 1, "001", 2),
        row(1, "CU 123456", 2, "002", 2),
    ]);
    assert_eq!(found(&partly), [("duplicate_key", 0), ("duplicate_key", 1)]);
    let twice = judged(vec![
        row(0, "CU 123456", 1, "001", 1),
        row(1, "CU 123456", 1, "001", 1),
    ]);
    let expected = [("duplicate_key", 1), ("incomplete_certificate", 0)];
    assert_eq!(found(&twice), expected);
    let mut other = row(1, "CU 123456", 1, "002", 2);
    other.registry_number = Some("CH 2".to_owned());
    let mut first = row(0, "CU 123456", 1, "001", 2);
    first.registry_number = Some("CH 1".to_owned());
    let numbers = judged(vec![first, other]);
    assert_eq!(
        found(&numbers),
        [("duplicate_key", 0), ("duplicate_key", 1)]
    );
}

#[test]
fn shares_over_one_stay_out_and_shares_that_follow_each_other_go_in() {
    let over = judged(vec![
        row(0, "CU 123456", 1, "001", 2),
        row(1, "CU 123456", 1, "002", 1),
    ]);
    assert_eq!(found(&over), [("excess_shares", 0), ("excess_shares", 1)]);
    let mut before = row(0, "CU 123456", 1, "001", 1);
    (before.valid_from, before.valid_to) = (Some(Day(100)), Some(Day(200)));
    let mut after = row(1, "CU 123456", 1, "002", 1);
    after.valid_from = Some(Day(200));
    assert_eq!(found(&judged(vec![before, after])), []);
}

#[test]
fn a_parcel_is_found_on_the_map_on_the_certificate_and_in_its_time() {
    let placed = |as_map: Option<i64>, as_certificate: Option<i64>, from: i32| {
        let mut row = row(0, "CU 123456", 1, "001", 1);
        row.as_map = as_map.map(key);
        row.as_certificate = as_certificate.map(key);
        row.valid_from = Some(Day(from));
        let judged = judged(vec![row]);
        let accepted = judged
            .accepted
            .first()
            .and_then(|c| c.parcels.first().copied());
        accepted.map_or(Err(found(&judged)), |id| Ok(id.get()))
    };
    assert_eq!(placed(Some(4), None, 0), Ok(4));
    assert_eq!(placed(None, Some(100), 0), Err(vec![("unknown_parcel", 0)]));
    assert_eq!(placed(Some(4), Some(100), 0), Ok(4));
    assert_eq!(
        placed(Some(4), Some(101), 0),
        Err(vec![("unknown_parcel", 0)])
    );
    assert_eq!(
        placed(Some(8), None, 5_000),
        Ok(8),
        "the one of the file's day"
    );
    assert_eq!(placed(Some(8), None, 15_000), Ok(8));
}

#[test]
fn a_right_that_ended_before_the_register_begins_goes_in_and_one_after_its_parcel_does_not() {
    let mut known = parcels();
    let id = ParcelId::new(7).expect("an id");
    let valid = Interval {
        from: Day(500),
        to: Some(Day(600)),
    };
    known.by_map.insert(key(7), vec![(id, valid)]);
    let place = |from, to| {
        let mut row = row(0, "CU 123456", 7, "001", 1);
        (row.valid_from, row.valid_to) = (Some(Day(from)), to);
        found(&judge_certificates(vec![row], Vec::new(), &known, TODAY))
    };
    assert_eq!(place(100, Some(Day(200))), []);
    assert_eq!(place(100, None), []);
    assert_eq!(place(600, None), [("unknown_parcel", 0)]);
}

#[test]
fn an_unusual_serial_and_another_name_are_warnings() {
    let mut other = row(1, "T 123", 2, "001", 1);
    other.holder.name = Some("Nguoi Gia Lap 001".to_owned());
    let judged = judged(vec![row(0, "CU 123456", 1, "001", 1), other]);
    assert_eq!(
        found(&judged),
        [("unusual_serial", 1), ("different_holder", 1)]
    );
    assert_eq!(judged.accepted.len(), 2);
}

/// Holders resolved as a store does: the fingerprint is that of the name's last digits, and the
/// party that number, if it is among those known.
fn resolved(certificates: &[Certificate], known: &[i64]) -> BTreeMap<Holder, ResolvedHolder> {
    let rights = certificates.iter().flat_map(|c| &c.rights);
    let resolve = |right: &RightDraft| {
        let name = right.holder.values.name.clone().unwrap_or_default();
        let number: i64 = name
            .rsplit(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0);
        let resolved = ResolvedHolder {
            print: print(number),
            same: known.contains(&number).then_some(PartyId(number)),
        };
        (right.holder.clone(), resolved)
    };
    rights.map(resolve).collect()
}

fn print(number: i64) -> Fingerprint {
    Fingerprint((number as u128).to_be_bytes())
}

fn reconciled(
    rows: Vec<CertificateRow>,
    known: &[i64],
    held: &[HeldCertificate],
) -> ReconciledCertificates {
    let certificates = judged(rows).accepted;
    let holders = resolved(&certificates, known);
    let prints: HashMap<PartyId, Fingerprint> =
        known.iter().map(|&id| (PartyId(id), print(id))).collect();
    let mut next = 1_000;
    let mut next_id = || {
        next += 1;
        next
    };
    reconcile_certificates(
        &certificates,
        &holders,
        (held, &prints),
        |_| false,
        TODAY,
        &mut next_id,
    )
}

/// What a store holds after an edit that only opens.
fn held(edit: &RightsEdit) -> Vec<HeldCertificate> {
    let mut version = 0;
    let mut lifespan = |from: Day, to: Option<Day>| {
        version += 1;
        let lifespan = Lifespan {
            valid: Interval { from, to },
            recorded: Interval::open(Instant(0)),
        };
        (VersionId(version), lifespan, Revision(1))
    };
    let mut units: Vec<HeldCertificate> = Vec::new();
    for change in &edit.units {
        let VersionChange::Open { record, from, to } = change else {
            unreachable!("only opens")
        };
        let (version, lifespan, recorded_in) = lifespan(*from, *to);
        let unit = record.clone();
        units.push(HeldCertificate {
            versions: vec![BaUnitVersion {
                version,
                unit,
                lifespan,
                recorded_in,
            }],
            rights: Vec::new(),
            own: true,
        });
    }
    for change in &edit.rights {
        let VersionChange::Open { record, from, to } = change else {
            unreachable!("only opens")
        };
        let (version, lifespan, recorded_in) = lifespan(*from, *to);
        let mut of = units.iter_mut();
        let unit = of.find(|unit| unit.versions[0].unit.id == record.ba_unit);
        unit.expect("its unit").rights.push(RrrVersion {
            version,
            rrr: *record,
            lifespan,
            recorded_in,
        });
    }
    units
}

/// Opens, ends of units; opens, ends of rights; new parties.
fn sizes(edit: &RightsEdit) -> [usize; 5] {
    fn ends<T>(changes: &[VersionChange<T>]) -> usize {
        let ends = |change: &&VersionChange<T>| matches!(change, VersionChange::Close { .. });
        changes.iter().filter(ends).count()
    }
    let (units, rights) = (ends(&edit.units), ends(&edit.rights));
    [
        edit.units.len() - units,
        units,
        edit.rights.len() - rights,
        rights,
        edit.parties.len(),
    ]
}

fn two() -> Vec<CertificateRow> {
    vec![
        row(0, "CU 123456", 1, "001", 2),
        row(1, "CU 123456", 1, "002", 2),
        row(2, "CU 999999", 2, "001", 1),
    ]
}

/// Two certificates as the register holds them; parties 1 and 2 are its own.
fn register() -> Vec<HeldCertificate> {
    let first = reconciled(two(), &[1, 2], &[]);
    assert_eq!(sizes(&first.edit), [2, 0, 3, 0, 0]);
    assert_eq!(first.counts.new, 3);
    held(&first.edit)
}

#[test]
fn one_person_is_one_party_and_somebody_without_a_number_one_in_each_certificate() {
    let new = reconciled(two(), &[], &[]);
    assert_eq!(sizes(&new.edit), [2, 0, 3, 0, 2]);
    assert_eq!(new.certificates.new_parties, 2);
    let nameless = two().into_iter().map(|mut row| {
        row.holder.identity_number = None;
        row
    });
    let new = reconciled(nameless.collect(), &[], &[]);
    assert_eq!(sizes(&new.edit), [2, 0, 3, 0, 3]);
    assert_eq!(new.certificates.parties, 3);
}

#[test]
fn what_the_register_holds_already_changes_nothing() {
    let again = reconciled(two(), &[1, 2], &register());
    assert_eq!(sizes(&again.edit), [0; 5]);
    assert_eq!((again.counts.unchanged, again.counts.changed), (3, 0));
}

#[test]
fn a_sale_ends_one_right_and_begins_another() {
    let mut rows = two();
    rows[2] = row(2, "CU 999999", 2, "003", 1);
    let sold = reconciled(rows, &[1, 2], &register());
    assert_eq!(sizes(&sold.edit), [0, 0, 1, 1, 1]);
    assert_eq!((sold.counts.unchanged, sold.counts.changed), (2, 1));
}

#[test]
fn another_share_holds_from_the_day_that_is_stated() {
    let mut rows = two();
    rows.truncate(2);
    for (row, share) in rows.iter_mut().zip([(1, 3), (2, 3)]) {
        row.share = Share::new(share.0, share.1);
        row.valid_from = Some(Day(TODAY.0 + 30));
    }
    let mut held = register();
    held.truncate(1);
    let changed = reconciled(rows, &[1, 2], &held);
    assert_eq!(sizes(&changed.edit), [0, 0, 2, 2, 0]);
    let ends = changed
        .edit
        .rights
        .iter()
        .filter_map(|change| match change {
            VersionChange::Close { to, .. } => Some(to.0),
            _ => None,
        });
    assert_eq!(ends.collect::<Vec<_>>(), [TODAY.0 + 30; 2]);
}

#[test]
fn a_certificate_that_is_gone_ends_with_its_rights_unless_it_is_anothers() {
    let mut rows = two();
    rows.truncate(2);
    let gone = reconciled(rows.clone(), &[1, 2], &register());
    assert_eq!(sizes(&gone.edit), [0, 1, 0, 1, 0]);
    assert_eq!(gone.counts.retired, 1);
    let mut of_others = register();
    of_others.iter_mut().for_each(|unit| unit.own = false);
    let kept = reconciled(rows, &[1, 2], &of_others);
    assert_eq!(sizes(&kept.edit), [0; 5]);
    assert_eq!(kept.counts.retired, 0);
}

#[test]
fn another_parcel_changes_the_unit_and_an_earlier_day_corrects_it() {
    let mut rows = two();
    rows[2] = row(2, "CU 999999", 3, "001", 1);
    let moved = reconciled(rows, &[1, 2], &register());
    assert_eq!(sizes(&moved.edit), [1, 1, 0, 0, 0]);
    let mut rows = two();
    rows[2].valid_from = Some(Day(TODAY.0 - 500));
    let earlier = reconciled(rows, &[1, 2], &register());
    assert_eq!(sizes(&earlier.edit), [1, 1, 1, 1, 0]);
}

#[test]
fn a_serial_of_others_on_other_parcels_is_noticed() {
    let mut of_others = register();
    of_others.iter_mut().for_each(|unit| unit.own = false);
    let elsewhere = judged(vec![
        row(0, "CU 999999", 7, "001", 1),
        row(1, "CU 123456", 1, "001", 1),
    ]);
    let taken = serials_held_elsewhere(&elsewhere.accepted, &of_others);
    assert_eq!(taken, [PaperKey::Serial("CU 999999".to_owned())]);
}
