//! The interface's description: equal to the golden file, complete, and valid in both versions.

use std::collections::BTreeSet;

use crate::harness::Office;
use serde_json::Value;

/// What the page loads for itself.
const OF_THE_PAGE: [&str; 3] = ["/assets/{name}", "/icon.svg", "/sheet.css"];

#[test]
fn the_document_is_the_golden_one_and_lists_every_public_route() {
    let office = Office::open().start();
    let document = office.get("/api").json();
    insta::assert_json_snapshot!("openapi", document);
    let described: BTreeSet<&str> = document["paths"]
        .as_object()
        .expect("paths")
        .keys()
        .map(String::as_str)
        .collect();
    // GDAL looks for the path of a collection and not for a pattern.
    let collections = ["parcels", "wards", "zones", "roads", "restrictions"];
    let spelt = |path: &str| -> Vec<String> {
        let one = |name| path.replace("{collectionId}", name);
        collections.map(one).into()
    };
    let table = include_str!("../../src/http/mod.rs");
    let routed: BTreeSet<&str> = table
        .split("read(")
        .flat_map(|rest| rest.split("asked("))
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .filter(|path| !OF_THE_PAGE.contains(path) && *path != "/bench/constant")
        .collect();
    let routed: BTreeSet<String> = routed.into_iter().flat_map(spelt).collect();
    assert_eq!(described, routed.iter().map(String::as_str).collect());
}

#[test]
fn the_older_copy_has_nothing_that_30_does_not_know() {
    let office = Office::open().start();
    let older = office.get("/api.3.0.json");
    assert_eq!(older.at("/openapi"), "3.0.3");
    assert_eq!(office.get("/api?f=oas30").json(), older.json());
    let mut strange = Vec::new();
    look_through(&older.json(), "", &mut strange);
    assert_eq!(strange, Vec::<String>::new());
    let answer = office.get("/api?f=xml");
    assert_eq!((answer.status, answer.at("/parameter")), (400, "f".into()));
    assert!(older.header("link").contains("</api>"));
}

/// Places with words of 3.1.
fn look_through(value: &Value, place: &str, strange: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let place = format!("{place}/{key}");
                let new = ["const", "prefixItems", "identifier", "jsonSchemaDialect"];
                let null = key == "type" && (inner.is_array() || inner == "null");
                if null || new.contains(&key.as_str()) {
                    strange.push(place.clone());
                }
                look_through(inner, &place, strange);
            }
        }
        Value::Array(items) => {
            for (i, inner) in items.iter().enumerate() {
                look_through(inner, &format!("{place}/{i}"), strange);
            }
        }
        _ => {}
    }
}
