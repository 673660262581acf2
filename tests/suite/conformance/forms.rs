//! OGC 17-069r4, Annex A.3, A.4 and A.7: GeoJSON, HTML, OpenAPI 3.0.

use super::{COLLECTIONS, items, office, ok};
use diachinh::http::problem::Kind;
use serde_json::Value;

/// Resources of this standard: those with feature content, and the others.
fn resources() -> (Vec<String>, Vec<String>) {
    let mut others: Vec<String> = vec!["/".into(), "/conformance".into(), "/collections".into()];
    let mut features = Vec::new();
    for name in COLLECTIONS {
        others.push(format!("/collections/{name}"));
        features.push(format!("/collections/{name}/items"));
    }
    features.push("/collections/parcels/items/6".to_owned());
    (features, others)
}

/// /conf/geojson/definition
/// /conf/geojson/content
#[test]
fn who_asks_for_geojson_gets_it_for_features_and_json_for_everything_else() {
    let office = office();
    let (features, others) = resources();
    let json = [("accept", "application/geo+json")];
    for path in &features {
        let answer = office.ask("GET", path, &json);
        assert_eq!(
            answer.header("content-type"),
            "application/geo+json",
            "{path}"
        );
        let read: geojson::GeoJson = answer.text().parse().expect("GeoJSON");
        match (read, path.rsplit('/').next()) {
            (geojson::GeoJson::FeatureCollection(all), Some("items")) => {
                assert!(!all.features.is_empty());
            }
            (geojson::GeoJson::Feature(_), Some(id)) => {
                assert_eq!(answer.at("/id").to_string(), id);
            }
            (other, _) => assert_eq!(other.to_string(), "a feature or several", "{path}"),
        }
    }
    for path in &others {
        let answer = office.ask("GET", path, &json);
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
        assert!(answer.json().is_object());
    }
}

/// /conf/html/definition
/// /conf/html/content
#[test]
fn who_asks_for_html_gets_a_document_with_language_title_and_the_same_content() {
    let office = office();
    let (features, others) = resources();
    for path in features.iter().chain(&others) {
        let answer = office.ask("GET", path, &[("accept", "text/html")]);
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer.header("content-type").starts_with("text/html"),
            "{path}"
        );
        let text = answer.text().to_lowercase();
        for part in [
            "<!doctype html>",
            "<html lang=\"vi\">",
            "<title>",
            "</html>",
        ] {
            assert!(text.contains(part), "{path}: {part}");
        }
    }
    for name in COLLECTIONS {
        let path = format!("/collections/{name}/items");
        let page = office.ask("GET", &path, &[("accept", "text/html")]);
        for feature in items(&ok(&office, &path)) {
            let link = format!("{path}/{}?", feature["id"]);
            assert!(page.text().contains(&link), "{link}");
        }
    }
}

/// /conf/oas30/oas-definition-1
/// /conf/oas30/oas-definition-2
/// /conf/oas30/security
#[test]
fn the_description_is_openapi_30_for_programs_and_a_page_for_people() {
    let office = office();
    let landing = ok(&office, "/").json();
    let links = super::links(&landing);
    let of = |rel: &str, kind: &str| {
        let mut links = links.iter().filter(|link| link["rel"] == rel);
        let link = links.find(|link| link["type"] == kind).expect("a link");
        let href = link["href"].as_str().expect("an address");
        ok(
            &office,
            href.strip_prefix(office.url()).expect("of this server"),
        )
    };
    let description = of(
        "service-desc",
        "application/vnd.oai.openapi+json;version=3.0",
    );
    assert_eq!(description.at("/openapi"), "3.0.3");
    // Nothing asks who somebody is, so no security scheme is described.
    assert_eq!(description.at("/components/securitySchemes"), Value::Null);
    let page = of("service-doc", "text/html");
    assert!(page.header("content-type").starts_with("text/html"));
}

/// /conf/oas30/completeness
/// /conf/oas30/exceptions-codes
/// /conf/oas30/oas-impl
#[test]
fn every_operation_is_there_and_every_status_it_answers_with_is_described() {
    let office = office();
    let document = ok(&office, "/api.3.0.json").json();
    for (path, item) in document["paths"].as_object().expect("paths") {
        if !path.starts_with("/collections") && path != "/" && path != "/conformance" {
            continue;
        }
        let described = &item["get"]["responses"];
        let here = path.replace("{featureId}", "1001");
        let mut answers = vec![
            office.get(&here),
            office.get(&format!("{here}?unheard=1&f=json")),
        ];
        if path.contains("{featureId}") {
            answers.push(office.get(&path.replace("{featureId}", "999999")));
        }
        if path.ends_with("/items") {
            answers.push(office.get(&format!("{here}?cursor=1.2.3.4")));
        }
        for answer in answers {
            let status = answer.status.to_string();
            let kind = answer.header("content-type");
            let kind = kind.split(';').next().unwrap_or_default();
            let response = &described[&status];
            assert!(response.is_object(), "{path}: {status} is not described");
            assert!(
                response["content"][kind].is_object(),
                "{path}: {status} as {kind}"
            );
        }
        for kind in [Kind::TooManyRequests, Kind::InvalidParameter] {
            let status = kind.status().as_u16().to_string();
            assert!(described[&status].is_object(), "{path}: {status}");
        }
    }
}
