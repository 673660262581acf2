//! Tests of the report's forms.

use super::*;
use crate::cadastre::{Day, Revision};
use crate::crs::Epsg;
use crate::exchange::check::{Contacts, JunctionPlace};
use crate::exchange::{FeatureNumber, Finding, FindingCode, Language, Note, reconcile};

fn report() -> Report {
    let overlap = Finding::warning(
        FindingCode::Overlap,
        "sliver",
        &[("other", "8"), ("area", "0.250"), ("width", "0.050")],
    )
    .about(FeatureNumber(7))
    .and(FeatureNumber(8))
    .with_key("26743.5.12")
    .at(Epsg(9210), (603_481.725, 1_191_410.365));
    let duplicate = Finding::rejection(
        FindingCode::DuplicateKey,
        "",
        &[("key", "26743.5.13"), ("count", "2"), ("others", "9")],
    );
    let findings = vec![duplicate, overlap];
    Report {
        subject: subject(),
        outcome: Outcome::Written {
            revision: Revision(12),
        },
        counts: FileCounts {
            read: 1_234,
            rejected: 1,
            repaired: 0,
            joined: 0,
            over: 0,
            register: reconcile::Counts {
                new: 1_000,
                changed: 33,
                unchanged: 200,
                retired: 4,
                in_doubt: 0,
                standing: 237,
            },
        },
        drawn: None,
        certificates: None,
        sums: Sums {
            registered_hundredths_m2: 613_114_700,
            measured_twice_mm2: 12_236_432_140_000,
        },
        layers: Vec::new(),
        durations: Some(durations()),
        contacts: Contacts::default(),
        by_code: count_by_code(&findings),
        notes: vec![note()],
        findings,
    }
}

fn subject() -> Subject {
    Subject {
        file: "thua.gpkg".to_owned(),
        content_hash: "0123456789abcdef0123".to_owned(),
        layer: "parcels".to_owned(),
        profile: "parcels".to_owned(),
        dataset: "phuong-ben-thanh".to_owned(),
        crs: Some(Epsg(9210)),
        operation: None,
        order_hash: "feed".to_owned(),
        day: Day(20_000),
        files: Vec::new(),
    }
}

fn note() -> Note {
    let values = [("count", "2"), ("fields", "`GHICHU`, `MAUSAC`")];
    Note::new("unread_fields", &values)
}

/// Times of parts that differ from each other.
fn durations() -> Durations {
    Durations {
        opening_ms: 10,
        reading_ms: 480,
        mapping_ms: 300,
        judging_ms: 95,
        neighbours_ms: 1_205,
        keeping_ms: 30,
        matching_ms: 5,
        writing_ms: 600,
        committing_ms: 40,
    }
}

#[test]
fn the_terminal_text_tells_counts_sums_and_findings_in_both_languages() {
    insta::assert_snapshot!(
        "terminal_vi",
        terminal_text(&report(), Language::Vietnamese)
    );
    insta::assert_snapshot!("terminal_en", terminal_text(&report(), Language::English));
}

#[test]
fn t_junctions_are_told_with_the_first_places_in_both_languages() {
    let mut report = report();
    report.contacts.t_junctions = 7;
    report.contacts.first_t_junctions = vec![JunctionPlace {
        key: "26743.5.21".to_owned(),
        on: "26743.5.12".to_owned(),
        crs: Epsg(9210),
        place_m: (603_405.0, 1_191_408.25),
    }];
    let places = [
        "26743.5.21",
        "26743.5.12",
        "603405.000 1191408.250 (EPSG:9210)",
    ];
    for (language, count) in [
        (Language::English, "T-junctions between neighbours: 7"),
        (Language::Vietnamese, "Đỉnh chữ T giữa các thửa kề: 7"),
    ] {
        let text = terminal_text(&report, language);
        assert!(text.contains(count), "{text}");
        let line = text.lines().find(|line| line.contains(places[0]));
        let line = line.expect("a line for the place");
        assert!(places.iter().all(|place| line.contains(place)), "{line}");
    }
    let kept: Report = serde_json::from_slice(&report.to_json().expect("JSON")).expect("a report");
    assert_eq!(kept.contacts, report.contacts);
}

#[test]
fn a_feature_that_is_counted_nowhere_does_not_add_up() {
    let mut counts = report().counts;
    assert!(counts.adds_up());
    counts.read += 1;
    assert!(!counts.adds_up());
}

#[test]
fn findings_beyond_the_told_ones_are_counted() {
    let mut report = report();
    report.findings = vec![report.findings[0].clone(); 25];
    let text = terminal_text(&report, Language::English);
    assert!(text.contains("Duplicate key: 25 rejected"), "{text}");
    assert!(text.contains("and 20 more"), "{text}");
    assert_eq!(text.matches("leave out the surplus copies").count(), 1);
}

#[test]
fn the_json_is_canonical_and_comes_back_as_the_same_report() {
    let report = report();
    let json = report.to_json().expect("canonical");
    let back: Report = serde_json::from_slice(&json).expect("a report");
    assert_eq!(back, report);
    let text = String::from_utf8(json).expect("UTF-8");
    assert!(
        text.starts_with(r#"{"byCode":{"duplicate_key":{"rejections":1,"warnings":0}"#),
        "{text}"
    );
}
