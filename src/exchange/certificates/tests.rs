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

/// Matched with the units of a register.
mod reconciling;

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
            .and_then(|c| c.parcels.keys().next().copied());
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
