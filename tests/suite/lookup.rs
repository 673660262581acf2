//! Look-ups over HTTP: by place, by key, by text, for a day; and what they answer with.

use crate::harness::Office;
use serde_json::json;

/// The middle of parcel 1 of `two_villages`, in metres of EPSG:9210.
const IN_PARCEL_1: &str = "x=603002&y=1191010&crs=9210";

#[test]
fn a_coordinate_inside_a_parcel_finds_it_with_everything_the_register_says() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get(&format!("/v1/parcels/lookup?{IN_PARCEL_1}"));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/geo+json");
    insta::assert_json_snapshot!("parcel_1", answer.json());
}

#[test]
fn a_position_in_longitude_and_latitude_finds_the_same_parcel() {
    let office = Office::open().with_land("two_villages").start();
    let by_metres = office.get(&format!("/v1/parcels/lookup?{IN_PARCEL_1}"));
    let corners = by_metres.at("/features/0/geometry/coordinates/0");
    let (west, east) = (&corners[0], &corners[2]);
    let middle = |i: usize| {
        let sum = west[i].as_f64().expect("degrees") + east[i].as_f64().expect("degrees");
        sum / 2.0
    };
    let question = format!("/v1/parcels/lookup?lon={}&lat={}", middle(0), middle(1));
    assert_eq!(
        office.get(&question).at("/features"),
        by_metres.at("/features")
    );
}

#[test]
fn a_place_on_a_shared_boundary_finds_all_parcels_that_touch() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/v1/parcels/lookup?x=603004&y=1191010&crs=EPSG:9210");
    let mut found: Vec<_> = (0..answer.at("/features").as_array().expect("features").len())
        .map(|i| {
            let id = answer.at(&format!("/features/{i}/id"));
            (
                id,
                answer.at(&format!("/features/{i}/properties/matchedBy")),
            )
        })
        .map(|(id, why)| (id.as_i64(), why))
        .collect();
    found.sort_by_key(|(id, _)| *id);
    assert_eq!(
        found,
        [(Some(1), json!("boundary")), (Some(2), json!("boundary"))]
    );
}

#[test]
fn an_answer_is_for_the_day_asked_and_today_by_default() {
    let office = Office::open().with_land("two_villages").start();
    for (date, id, said) in [
        ("", 4, "2026-11-23"),
        ("&date=2026-01-14", 3, "2026-01-14"),
        ("&date=2026-01-15", 4, "2026-01-15"),
    ] {
        let answer = office.get(&format!(
            "/v1/parcels/lookup?x=603009&y=1191010&crs=9210{date}"
        ));
        assert_eq!(answer.at("/features/0/id"), id, "{date}");
        assert_eq!(answer.at("/date"), said);
        assert_eq!(answer.at("/revision"), 1);
    }
}

#[test]
fn an_empty_answer_says_why_in_the_language_asked_for() {
    let office = Office::open().with_land("two_villages").start();
    for (question, reason, text) in [
        (
            "x=603030&y=1191010&crs=9210",
            "noParcel",
            "There is no parcel here on this day",
        ),
        (
            "x=603010&y=1190996&crs=9210",
            "onRoad",
            "This place lies on Lê Lợi",
        ),
        (
            "x=603010&y=1191035&crs=9210",
            "onWater",
            "This place lies on Kênh Bến Nghé",
        ),
        (
            "x=603120&y=1191010&crs=9210",
            "withoutData",
            "The register has no data for this area",
        ),
        (
            "lon=2.35&lat=48.85",
            "outsideCity",
            "This place lies outside the city",
        ),
        (
            "ward=nowhere&sheet=1&number=1",
            "unknownWard",
            "No ward of today or before has this name or code",
        ),
        (
            "ward=26743&sheet=5&number=99",
            "unknownKey",
            "This ward has no parcel with this sheet and number",
        ),
    ] {
        let answer = office.get(&format!("/v1/parcels/lookup?{question}&lang=en"));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.at("/features"), json!([]));
        assert_eq!(answer.at("/nothingHere/reason"), reason, "{question}");
        assert_eq!(answer.at("/nothingHere/text"), text, "{question}");
    }
}

#[test]
fn texts_are_vietnamese_unless_the_client_prefers_english() {
    let office = Office::open().with_land("two_villages").start();
    let ask = |language: &str, extra: &str| {
        let path = format!("/v1/parcels/lookup?{IN_PARCEL_1}{extra}");
        let answer = office.ask("GET", &path, &[("accept-language", language)]);
        let label = answer.at("/features/0/properties/label");
        (answer.header("content-language").to_owned(), label)
    };
    let vietnamese = ("vi".to_owned(), json!("Thửa 12, tờ 5, Phường Bến Thành"));
    let english = (
        "en".to_owned(),
        json!("Parcel 12, sheet 5, Phường Bến Thành"),
    );
    assert_eq!(ask("fr", ""), vietnamese);
    assert_eq!(ask("en-GB, vi;q=0.3", ""), english);
    assert_eq!(ask("en", "&lang=vi"), vietnamese);
}
