//! What cannot be supposed, told with the place and what was expected.

use super::served::office;
use super::{APPENDIX_18, rule_text};
use crate::harness::{Folder, Office};
use serde_json::{Value, json};

const PACK: &str = "hcmc_56_2021_app18";

fn rule(pack: &str, rule: &str, text: &str) -> Value {
    json!({ "changes": [{ "rule": { "pack": pack, "rule": rule, "text": text } }] })
}

fn gone(collection: &str, id: i64) -> Value {
    json!({ "changes": [{ "remove": { "collection": collection, "id": id } }] })
}

/// Asks each question and compares status and place.
fn refused(office: &Office, questions: Vec<(Value, u16, &str)>) {
    for (question, status, place) in questions {
        let answer = office.post("/v1/what-if?lang=en", &question.to_string());
        let text = answer.text();
        assert_eq!(answer.status, status, "{question}: {text}");
        assert_eq!(answer.at("/parameter"), place, "{question}: {text}");
        assert!(answer.at("/expected").is_string(), "{question}: {text}");
    }
}

#[test]
fn a_question_or_rule_that_is_none_is_refused_with_the_place() {
    let office = Office::open().with_land("two_villages").start();
    let coverage = rule_text(APPENDIX_18, "coverage");
    let other_id = coverage.replace("id = \"coverage\"", "id = \"c\"");
    let misspelt = coverage.replace("knots", "knot");
    let twice = json!({ "pack": PACK, "rule": "coverage", "text": coverage });
    let text = "changes[0].rule.text";
    refused(
        &office,
        vec![
            (json!({ "changes": [] }), 422, "changes"),
            (json!({ "change": [] }), 422, "body"),
            (json!({ "changes": [{ "move": {} }] }), 422, "body"),
            (rule("none", "coverage", "x"), 404, "changes[0].rule.pack"),
            (rule(PACK, "none", "x"), 404, "changes[0].rule.rule"),
            (rule(PACK, "coverage", "id ="), 422, text),
            (rule(PACK, "coverage", &other_id), 422, text),
            (rule(PACK, "coverage", &misspelt), 422, text),
            (rule(PACK, "coverage", &"#".repeat(70_000)), 422, text),
            (
                json!({ "changes": [{ "rule": twice }, { "rule": twice }] }),
                422,
                "changes[1]",
            ),
            (gone("roads", 999_999), 404, "changes[0].remove.id"),
            (gone("parcels", 1), 404, "changes[0].remove.collection"),
        ],
    );
    let asked = rule(PACK, "coverage", &misspelt).to_string();
    let detail = office.post("/v1/what-if?lang=en", &asked).at("/detail");
    let before = &misspelt[..misspelt.find("knot").expect("the key")];
    let line = before.matches('\n').count() + 1;
    let detail = detail.to_string();
    assert!(detail.contains(&format!("{line}:1: ")), "{detail}");
    for (member, value, place) in [
        ("date", json!("tomorrow"), "date"),
        ("ward", json!("99999"), "ward"),
        ("bbox", json!([3, 2, 1, 0]), "bbox"),
        ("bbox", json!([1, 2]), "bbox"),
        (
            "stated",
            json!({ "building_kind": "castle" }),
            "stated.building_kind",
        ),
        ("stated", json!({ "none": "1" }), "stated.none"),
    ] {
        let mut question = rule(PACK, "coverage", &coverage);
        question[member] = value;
        refused(&office, vec![(question, 422, place)]);
    }
    assert_eq!(office.post("/v1/what-if", "{").status, 400);
    assert_eq!(office.get("/v1/what-if").status, 405);
}

/// South-west of the demo city's first parcels, in metres of EPSG:9210.
const CORNER: (f64, f64) = (603_000.0, 1_191_000.0);

fn add(layer: &str, properties: &Value, geometry: &Value) -> Value {
    let crs = "http://www.opengis.net/def/crs/EPSG/0/9210";
    json!({ "changes": [{ "add": {
        "collection": "roads", "layer": layer, "properties": properties,
        "geometry": geometry, "crs": crs,
    } }] })
}

/// A polygon of one ring, in metres from the corner.
fn area(ring: &[[f64; 2]]) -> Value {
    let ring = ring.iter().map(|[x, y]| [CORNER.0 + x, CORNER.1 + y]);
    let ring: Vec<[f64; 2]> = ring.collect();
    json!({ "type": "Polygon", "coordinates": [ring] })
}

fn triangle() -> Value {
    area(&[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.0]])
}

#[test]
fn a_property_that_no_such_feature_has_is_refused_with_the_place() {
    let folder = Folder::new();
    let office = office(&folder, "60");
    let with = |properties: Value| add("rights_of_way", &properties, &triangle());
    let none = json!({});
    let place = |name: &str| format!("changes[0].add.properties.{name}");
    let (name, width, alley) = (place("name"), place("width"), place("alley"));
    let layer = "changes[0].add.layer";
    let collection = "changes[0].add.collection";
    refused(
        &office,
        vec![
            (add("none", &none, &triangle()), 404, layer),
            (add("zoning_2000", &none, &triangle()), 422, collection),
            (with(json!({ "name": "x" })), 422, &name),
            (with(json!({ "width": -1 })), 422, &width),
            (with(json!({ "width": 1.0001 })), 422, &width),
            (with(json!({ "alley": "yes" })), 422, &alley),
        ],
    );
}

#[test]
fn a_geometry_that_no_such_feature_has_is_refused_with_the_place() {
    let folder = Folder::new();
    let office = office(&folder, "60");
    let road = |geometry: Value| add("rights_of_way", &json!({}), &geometry);
    let ring = |ring: Value| road(json!({ "type": "Polygon", "coordinates": [ring] }));
    let line = json!({ "type": "LineString", "coordinates": [CORNER, CORNER] });
    let bow = [[0.0, 0.0], [9.0, 9.0], [9.0, 0.0], [0.0, 9.0], [0.0, 0.0]];
    let many: Vec<[f64; 2]> = (0..10_001).map(|i| [f64::from(i), 0.0]).collect();
    let short = [[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]];
    let geometry = "changes[0].add.geometry";
    let first_ring = "changes[0].add.geometry[0][0]";
    let first = "changes[0].add.geometry[0][0][0]";
    refused(
        &office,
        vec![
            (road(json!({ "type": "Circle" })), 422, geometry),
            (road(line), 422, geometry),
            (road(area(&bow)), 422, geometry),
            (road(area(&many)), 422, geometry),
            (road(area(&short)), 422, first_ring),
            (ring(json!([[0], [1], [2], [0]])), 422, first),
            (
                ring(json!([[9e9, 0], [1, 1], [2, 2], [9e9, 0]])),
                422,
                first,
            ),
        ],
    );
}
