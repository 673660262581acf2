//! The extract over HTTP: canonical bytes, days, languages, refusals.

use super::*;
use crate::fixture;
use crate::harness::{Answer, Office, planes};
use diachinh::evidence::canonical_bytes;
use diachinh::http::extract::view::ExtractView;
use diachinh::land::{Edit, FeatureChange};

/// The two villages with a zoning plan over the first four lots, of which a half is changed on
/// 1 March 2026.
pub(super) fn villages() -> Edit {
    let mut edit = fixture::land("two_villages", &planes());
    let mut zoning = layer("zoning", "zoning");
    zoning.coverage = vec![(WEST, area([-50.0, -50.0, 14.0, 150.0]))];
    edit.layers.push(zoning);
    let mut open = |zone: PlanFeature| edit.features.push(FeatureChange::Open(Box::new(zone)));
    let west = Shape::Areas(area([-50.0, 0.0, 3.0, 20.0]));
    open(feature(1, "zoning", unit("A-1"), west));
    let mut later = feature(
        2,
        "zoning",
        unit("A-2"),
        Shape::Areas(area([3.0, 0.0, 14.0, 20.0])),
    );
    later.lifespan.valid = Interval::open(day("2026-03-01"));
    open(later);
    edit
}

fn office() -> Office {
    let office = Office::open().start();
    let revision = office.commit(&villages());
    let written = format!("\"revision\":{}", revision.0);
    office.get_until("/health/ready", |answer| answer.text().contains(&written));
    office
}

pub(super) fn theme(answer: &Answer, code: &str) -> serde_json::Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let themes = answer.at("/themes");
    let mut themes = themes.as_array().expect("themes").iter();
    let own = themes.find(|theme| theme["code"] == code);
    own.expect("the theme").clone()
}

/// Whether the bytes are those of canonical JSON, and what the description says.
pub(super) fn is_canonical(answer: &Answer) {
    let canonical = canonical_bytes(&answer.json()).expect("canonical");
    assert_eq!(answer.text().as_bytes(), canonical);
    let read: ExtractView = serde_json::from_slice(&answer.body).expect("as described");
    let again = serde_json::to_value(&read).expect("JSON");
    assert_eq!(canonical_bytes(&again).expect("canonical"), canonical);
}

#[test]
fn a_lot_in_two_units_is_told_with_both_its_areas() {
    let office = office();
    let answer = office.get("/v1/parcels/1/extract?lang=en");
    is_canonical(&answer);
    let zoning = theme(&answer, "zoning");
    assert_eq!(zoning["concern"], "concerned");
    let first = &zoning["restrictions"][0];
    assert_eq!(first["legend"], "A-1: đất ở");
    // 3 m of 4 m; the certificate says 80 m².
    assert_eq!(first["share"]["m2"], "60.0000");
    assert_eq!(first["share"]["percentOfMeasured"], "75.00");
    assert_eq!(first["share"]["percentOfRegistered"], "75.00");
    assert_eq!(zoning["restrictions"][1]["share"]["m2"], "20.0000");
    assert_eq!(first["provisions"][0]["act"], "Quyết định thử nghiệm");
    assert_eq!(first["asOf"], "2026-01-01");
    let unit = answer.at("/planning/zoning/units/0");
    assert_eq!(unit["storeysMax"], 5);
    assert_eq!(unit["coverageMaxPercent"], "65.5");
    assert!(unit["heightMaxMm"].is_null());
    // The register has the streets here, and no detailed plan: none is not the same as unknown.
    let roads = answer.at("/planning/rightOfWay");
    assert_eq!(roads["concern"], "notConcerned");
    assert_eq!(roads["leftM2"], "80.0000");
    let road = &roads["roads"][0];
    assert_eq!(
        (&road["street"], &road["side"]),
        (&"Lê Lợi".into(), &"south".into())
    );
    assert_eq!(
        (&road["frontMm"], &road["widthMm"]),
        (&4000.into(), &8000.into())
    );
    let detailed = answer.at("/planning/detailedPlan");
    assert_eq!(detailed["concern"], "withoutData");
    assert!(detailed["units"].is_null());
    let reason = &theme(&answer, "detailed_plan")["gaps"][0];
    assert_eq!(reason["reason"], "layerMissing");
    assert_eq!(reason["text"], "The register has no layer of this theme");
}

#[test]
fn the_same_question_gives_the_same_bytes_again_and_after_a_restart() {
    let office = office();
    let paths = [
        "/v1/parcels/1/extract",
        "/v1/parcels/2/extract?lang=en&date=2026-02-01",
        "/v1/parcels/1/extract?geometry=true&crs=http://www.opengis.net/def/crs/EPSG/0/9210",
    ];
    let another = office.another();
    for path in paths {
        let first = office.get(path);
        is_canonical(&first);
        assert_eq!(first.body, office.get(path).body, "{path}");
        assert_eq!(first.body, another.get(path).body, "{path}");
        let tag = first.header("etag").to_owned();
        let again = office.ask("GET", path, &[("if-none-match", &tag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
    let tag = |path: &str| office.get(path).header("etag").to_owned();
    assert_ne!(
        tag("/v1/parcels/1/extract?lang=vi"),
        tag("/v1/parcels/1/extract?lang=en")
    );
    assert_ne!(
        tag("/v1/parcels/1/extract?date=2026-02-01"),
        tag("/v1/parcels/1/extract")
    );
}

#[test]
fn a_past_day_is_answered_with_what_applied_then() {
    let office = office();
    let before = office.get("/v1/parcels/2/extract?date=2026-02-28");
    assert_eq!(theme(&before, "zoning")["concern"], "notConcerned");
    let after = office.get("/v1/parcels/2/extract?date=2026-03-01");
    assert_eq!(theme(&after, "zoning")["concern"], "concerned");
    // Parcel 4 is of the split that the register knows since 2020.
    let gone = office.get("/v1/parcels/4/extract?date=2001-01-01");
    assert_eq!(
        (gone.status, gone.at("/code")),
        (404, "item_not_found".into())
    );
    assert_eq!(office.get("/v1/parcels/999/extract").status, 404);
}

#[test]
fn shapes_come_when_they_are_asked_for_in_the_system_that_is_named() {
    let office = office();
    let plain = office.get("/v1/parcels/1/extract");
    assert!(plain.at("/parcel/geometry").is_null() && plain.at("/crs").is_null());
    let crs = "http://www.opengis.net/def/crs/EPSG/0/9210";
    let drawn = office.get(&format!("/v1/parcels/1/extract?geometry=true&crs={crs}"));
    is_canonical(&drawn);
    assert_eq!(drawn.at("/crs"), crs);
    let corner = drawn.at("/parcel/geometry/coordinates/0/0");
    assert_eq!(corner, serde_json::json!([603_000, 1_191_000]));
    let part = &theme(&drawn, "zoning")["restrictions"][0]["geometry"];
    assert_eq!(part["type"], "Polygon");
    assert!(part.to_string().contains("[603003,1191000]"), "{part}");
}

#[test]
fn what_cannot_be_asked_is_refused_with_the_parameter() {
    let office = office();
    for (question, code, parameter) in [
        ("geometry=maybe", "invalid_parameter", "geometry"),
        ("crs=EPSG:1", "unsupported_crs", "crs"),
        ("date=2026-13-01", "invalid_parameter", "date"),
        (
            "known_at=2020-01-01T00:00:00Z",
            "invalid_parameter",
            "known_at",
        ),
        ("known_at=yesterday", "invalid_parameter", "known_at"),
        ("lang=fr", "invalid_parameter", "lang"),
        ("f=pdf", "invalid_parameter", "f"),
        ("since=2026-12-01", "invalid_parameter", "since"),
        ("since=then", "invalid_parameter", "since"),
        ("q=1", "invalid_parameter", "q"),
    ] {
        let answer = office.get(&format!("/v1/parcels/1/extract?{question}"));
        let told = (answer.status, answer.at("/code"), answer.at("/parameter"));
        assert_eq!(told, (400, code.into(), parameter.into()), "{question}");
    }
    let answer = office.get("/v1/parcels/x/extract");
    assert_eq!((answer.status, answer.at("/parameter")), (400, "id".into()));
    // What the register knows now it knew at the moment of the last revision.
    let now = office.get("/v1/parcels/1/extract?known_at=2026-11-23T03:00:00Z");
    assert_eq!(now.status, 200, "{}", now.text());
    assert_eq!(now.at("/recordedAt"), "2026-11-23T03:00:00Z");
}

#[test]
fn what_changed_since_a_day_is_told_with_what_changed_it() {
    let office = office();
    let path = "/v1/parcels/2/extract?lang=en&date=2026-06-01&since=2026-02-28";
    let answer = office.get(path);
    is_canonical(&answer);
    assert_eq!(answer.at("/changes/parcel"), "same");
    let themes = answer.at("/changes/themes");
    assert_eq!(themes.as_array().map(Vec::len), Some(1), "{themes}");
    let zoning = &themes[0];
    let turn = (&zoning["code"], &zoning["before"], &zoning["after"]);
    let expected = ("zoning".into(), "notConcerned".into(), "concerned".into());
    assert_eq!(turn, (&expected.0, &expected.1, &expected.2));
    let change = &zoning["changes"][0];
    assert_eq!(
        (&change["kind"], &change["day"]),
        (&"began".into(), &"2026-03-01".into())
    );
    assert_eq!(change["by"][0]["act"], "Quyết định thử nghiệm");
    assert_eq!(change["after"]["legend"], "A-2: đất ở");
    assert!(change["before"].is_null());
    let same = office.get("/v1/parcels/2/extract?date=2026-02-28&since=2026-02-01");
    assert_eq!(same.at("/changes/themes"), serde_json::json!([]));
    // The split into 4 and 5 came later.
    let before = office.get("/v1/parcels/4/extract?since=2001-01-01");
    assert_eq!(before.at("/changes/parcel"), "notThere");
}

#[test]
fn a_browser_gets_a_page_with_three_lists_and_without_a_script() {
    let office = office();
    let accepting = [("accept", "text/html"), ("accept-language", "en")];
    let page = office.ask("GET", "/v1/parcels/1/extract?since=2020-01-01", &accepting);
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.header("content-type").starts_with("text/html"));
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    let html = page.text();
    assert!(!html.contains("<script") && !html.contains("style="));
    // Of thirteen themes the land has three; roads and water lie beside the lot.
    for heading in [
        "Applies to this parcel (1)",
        "Not known (10)",
        "Does not apply (2)",
    ] {
        assert!(html.contains(heading), "{heading}: {html}");
    }
    assert!(html.contains("60 m², 75 % of the parcel"));
    assert!(html.contains("Lê Lợi, 8 m: on the south, front of 4 m"));
    assert!(html.contains("Quyết định thử nghiệm, article 2, of 2015-01-01"));
    assert!(html.contains("<svg class=\"map\"") && html.contains(">2</text>"));
    assert!(html.contains("Began 2026-03-01"), "{html}");
    // What a zoning plan says of its unit is no bound of a lot.
    assert!(
        html.contains("Greatest coverage of the whole unit, %"),
        "{html}"
    );
    assert!(!html.contains("Greatest coverage in per cent"), "{html}");
    let page = office.ask("GET", "/v1/parcels/1/extract?f=html&lang=vi", &[]);
    let unit = "Mật độ xây dựng tối đa của cả ô quy hoạch, %";
    assert!(page.text().contains(unit));
    assert!(page.text().contains("Chưa biết không có nghĩa là không có"));
    let missing = office.ask("GET", "/v1/parcels/999/extract", &accepting);
    assert_eq!(missing.status, 404);
    assert!(missing.header("content-type").starts_with("text/html"));
    let item = office.ask("GET", "/collections/parcels/items/1?f=html&lang=en", &[]);
    assert!(
        item.text().contains("/v1/parcels/1/extract?f=html"),
        "{}",
        item.text()
    );
}
