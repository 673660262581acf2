//! What changed of the parcel itself between two days.

use super::served::villages;
use super::*;
use crate::harness::Office;
use diachinh::cadastre::{
    LandUseCode, LandUseLine, ParcelStatus, RegisteredArea, UseForm, VersionId, WardCode,
};
use diachinh::land::{Edit, ParcelChange};
use serde_json::{Value, json};

/// The two villages, in which lot 2 is another from 1 November 2026 on.
fn office(change: impl FnOnce(&mut diachinh::cadastre::Parcel)) -> Office {
    let office = Office::open().start();
    let edit = villages();
    office.commit(&edit);
    let mut opened = edit.parcels.into_iter().filter_map(|change| match change {
        ParcelChange::Open { parcel, .. } => Some(parcel),
        ParcelChange::Supersede { .. } | ParcelChange::Close { .. } => None,
    });
    let mut parcel = opened.find(|p| p.id.get() == 2).expect("lot 2");
    change(&mut parcel);
    let changed = ParcelChange::Supersede {
        version: VersionId(office.version_of(2)),
        parcel,
        from: day("2026-11-01"),
    };
    let edit = Edit {
        dataset: "test".to_owned(),
        summary: "lot 2".to_owned(),
        parcels: vec![changed],
        ..Edit::default()
    };
    let written = format!("\"revision\":{}", office.commit(&edit).0);
    office.get_until("/health/ready", |answer| answer.text().contains(&written));
    office
}

fn facts(office: &Office) -> Value {
    let path = "/v1/parcels/2/extract?lang=en&date=2026-11-23&since=2026-06-01";
    let answer = office.get(path);
    assert_eq!(answer.status, 200, "{}", answer.text());
    super::served::is_canonical(&answer);
    answer.at("/changes/facts")
}

fn page(office: &Office, lang: &str) -> String {
    let path = "/v1/parcels/2/extract?f=html&date=2026-11-23&since=2026-06-01&lang=";
    office.get(&format!("{path}{lang}")).text().to_owned()
}

#[test]
fn a_parcel_in_dispute_and_of_another_use_is_not_told_as_unchanged() {
    let office = office(|parcel| {
        parcel.status = ParcelStatus::Disputed;
        parcel.registered_area = RegisteredArea::from_m2(81.5).ok();
        parcel.land_use = vec![LandUseLine {
            code: LandUseCode::parse("CLN").expect("a code"),
            area: None,
            origin: None,
            form: Some(UseForm::Private),
            until: Some(day("2070-12-31")),
        }];
    });
    let facts = facts(&office);
    let names = facts.as_array().expect("facts").iter();
    let names: Vec<&Value> = names.map(|one| &one["fact"]).collect();
    assert_eq!(names, ["landUse", "status", "registeredArea"], "{facts}");
    assert_eq!(facts[0]["before"][0]["code"], "ODT");
    let line = json!([{"areaM2": null, "code": "CLN", "form": "private", "origin": null,
        "until": "2070-12-31"}]);
    assert_eq!(facts[0]["after"], line);
    assert_eq!(
        (&facts[1]["before"], &facts[1]["after"]),
        (&json!("inUse"), &json!("disputed"))
    );
    assert_eq!(
        (&facts[2]["before"], &facts[2]["after"]),
        (&json!("80.00"), &json!("81.50"))
    );
    let english = page(&office, "en");
    assert!(!english.contains("Nothing changed"), "{english}");
    assert!(
        english.contains("<b>Status</b>: in use → disputed"),
        "{english}"
    );
    assert!(
        english.contains("CLN, private, until 2070-12-31"),
        "{english}"
    );
    let vietnamese = page(&office, "vi");
    assert!(vietnamese.contains("→ đang tranh chấp"), "{vietnamese}");
    assert!(vietnamese.contains(", đến 31/12/2070"), "{vietnamese}");
}

#[test]
fn another_ward_and_another_key_are_told_with_their_names() {
    let office = office(|parcel| {
        parcel.ward = WardCode::parse("26686").expect("a code");
        parcel.as_map = village::key("26749", "9", "77");
    });
    let facts = facts(&office);
    let names: Vec<&Value> = facts
        .as_array()
        .expect("facts")
        .iter()
        .map(|f| &f["fact"])
        .collect();
    assert_eq!(names, ["ward", "asMap"], "{facts}");
    assert_eq!(facts[0]["before"]["name"], "Phường Bến Thành");
    assert_eq!(
        facts[0]["after"],
        json!({"code": "26686", "name": "Xã Phước Hải"})
    );
    assert_eq!(facts[1]["after"]["number"], "77");
    assert_eq!(facts[1]["after"]["commune"]["code"], "26749");
    let page = page(&office, "en");
    assert!(page.contains("Phường Bến Thành → Xã Phước Hải"), "{page}");
    assert!(page.contains("→ Parcel 77, sheet 9, "), "{page}");
}

#[test]
fn another_shape_is_told_with_both_areas_and_no_change_as_none() {
    let reshaped = office(|parcel| parcel.shape = area([4.0, 0.0, 8.0, 19.0]));
    let facts = facts(&reshaped);
    assert_eq!(facts[0]["fact"], "measuredArea", "{facts}");
    assert_eq!(
        (&facts[0]["before"], &facts[0]["after"]),
        (&json!("80.0000"), &json!("76.0000"))
    );
    let same = reshaped.get("/v1/parcels/1/extract?lang=en&f=html&since=2026-06-01");
    assert!(same.text().contains("Nothing changed."), "{}", same.text());
}
