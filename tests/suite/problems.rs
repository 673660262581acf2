//! Every problem code, as a client meets it.

use crate::harness::Office;
use serde_json::json;

#[test]
fn a_parameter_that_cannot_be_used_is_named_with_what_was_expected() {
    let office = Office::open().with_land("two_villages").start();
    for (query, parameter) in [
        ("lon=106.7&lat=10.8&where=1", "where"),
        ("lon=106.7&lat=10.8&lon=106.7", "lon"),
        ("lon=NaN&lat=10.8", "lon"),
        ("lon=106.7&lat=inf", "lat"),
        ("lon=181&lat=10.8", "lon"),
        ("lon=106.7&lat=-90.001", "lat"),
        ("lon=10.8&lat=106.7", "lat"),
        ("lon=106.7", "lat"),
        ("lon=106.7&lat=10.8&accuracy_m=0", "accuracy_m"),
        ("lon=106.7&lat=10.8&accuracy_m=200.1", "accuracy_m"),
        ("lon=106.7&lat=10.8&date=2025-02-29", "date"),
        ("lon=106.7&lat=10.8&date=today", "date"),
        ("lon=106.7&lat=10.8&lang=fr", "lang"),
        ("lon=106.7&lat=10.8&neighbours=yes", "neighbours"),
        ("x=603000&y=1191000", "crs"),
        ("x=603000&y=1191000&crs=WGS84", "crs"),
        ("x=1e9&y=1191000&crs=9210", "x"),
        ("ward=26743&sheet=5", "number"),
        ("ward=26743&sheet=&number=1", "sheet"),
        ("q=%2", "q"),
        ("q=%FF", "q"),
        ("q=a%0Ab", "q"),
        ("lon=1&lat=1&q=a", "q"),
        ("lon=1&lat=1&suggest=true", "q"),
    ] {
        let answer = office.get(&format!("/v1/parcels/lookup?{query}&{}", "lang=en"));
        let answer = if query.contains("lang=") {
            office.get(&format!("/v1/parcels/lookup?{query}"))
        } else {
            answer
        };
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.at("/code"), "invalid_parameter", "{query}");
        assert_eq!(answer.at("/parameter"), parameter, "{query}");
        let expected = answer.at("/expected");
        assert!(
            expected.as_str().is_some_and(|text| text.len() > 3),
            "{query}: {expected}"
        );
    }
    assert_eq!(
        office.get("/v1/parcels/lookup").at("/code"),
        "invalid_parameter"
    );
}

#[test]
fn a_problem_is_written_as_rfc_9457_says_in_the_clients_language() {
    let office = Office::open().with_land("two_villages").start();
    let headers = [("x-request-id", "my-request.1"), ("accept-language", "en")];
    let answer = office.ask("GET", "/v1/parcels/lookup?lon=x&lat=1", &headers);
    insta::assert_json_snapshot!("problem", answer.json());
    assert_eq!(answer.header("x-request-id"), "my-request.1");
    assert_eq!(answer.header("content-language"), "en");
}

#[test]
fn unsupported_crs_names_the_systems_of_the_city() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/v1/parcels/lookup?x=603000&y=1191000&crs=27700");
    assert_eq!(
        (answer.status, answer.at("/code")),
        (400, "unsupported_crs".into())
    );
    assert!(answer.at("/expected").to_string().contains("9210"));
}

#[test]
fn item_not_found_tells_a_parcel_that_never_was_from_one_of_another_day() {
    let office = Office::open().with_land("two_villages").start();
    for (path, detail) in [
        (
            "/v1/parcels/999?lang=en",
            "The register has no parcel `999`",
        ),
        (
            "/v1/parcels/3?lang=en",
            "The register has no parcel `3` on 2026-11-23",
        ),
        (
            "/v1/parcels/999/history?lang=en",
            "The register has no parcel `999`",
        ),
    ] {
        let answer = office.get(path);
        assert_eq!(
            (answer.status, answer.at("/code")),
            (404, "item_not_found".into())
        );
        assert_eq!(answer.at("/detail"), detail);
    }
    // A parcel of other days says which they are.
    let days = ["/validFrom", "/validTo"];
    let gone = office.get("/v1/parcels/3");
    assert_eq!(days.map(|day| gone.at(day)), ["2010-01-01", "2026-01-15"]);
    let early = office.get("/v1/parcels/1?date=2001-01-01");
    assert_eq!(
        days.map(|day| early.at(day)),
        [json!("2010-01-01"), json!(null)]
    );
    let never = office.get("/v1/parcels/999");
    assert_eq!(days.map(|day| never.at(day)), [json!(null), json!(null)]);
    for id in ["0", "x", "-1", "9007199254740992", "%31", "1.0"] {
        let answer = office.get(&format!("/v1/parcels/{id}"));
        let expected = if id == "%31" { 200 } else { 400 };
        assert_eq!(answer.status, expected, "{id}");
    }
}

#[test]
fn every_problem_says_that_its_language_is_that_of_the_client() {
    let office = Office::open().with_land("two_villages").start();
    for path in [
        "/v1/parcels/lookup",
        "/v1/parcels/999",
        "/v1/changes?since=x",
        "/tiles/parcels/16/x/0",
        "/collections/none",
        "/nowhere",
    ] {
        let answer = office.get(path);
        let vary = answer.header("vary").to_ascii_lowercase();
        assert!(answer.status >= 400, "{path}");
        assert!(vary.contains("accept-language"), "{path}: {vary}");
    }
}

#[test]
fn path_not_found_and_method_not_allowed_are_told_apart() {
    let office = Office::open().start();
    let answer = office.get("/v1/parcel");
    assert_eq!(
        (answer.status, answer.at("/code")),
        (404, "path_not_found".into())
    );
    for method in ["DELETE", "POST", "PUT", "PATCH", "FOO"] {
        let answer = office.ask(method, "/v1/parcels/1", &[]);
        assert_eq!(
            (answer.status, answer.at("/code")),
            (405, "method_not_allowed".into())
        );
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
    }
}

#[test]
fn not_acceptable_is_said_of_an_encoding_that_is_not_offered() {
    let office = Office::open().with_land("two_villages").start();
    let path = "/v1/parcels/1";
    let answer = office.ask("GET", path, &[("accept-encoding", "zstd, identity;q=0")]);
    assert_eq!(
        (answer.status, answer.at("/code")),
        (406, "not_acceptable".into())
    );
    let answer = office.ask("GET", path, &[("accept-encoding", "zstd")]);
    assert_eq!(
        answer.status, 200,
        "identity is acceptable unless it is refused"
    );
}

#[test]
fn the_readme_lists_every_code_with_its_status() {
    let readme = include_str!("../../README.md");
    for (_, code, status) in diachinh::http::problem::Kind::TABLE {
        let row = format!("| `{code}` | {} |", status.as_u16());
        assert!(readme.contains(&row), "{row}");
    }
}
