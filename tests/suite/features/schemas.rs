//! Schemas: what they say is what features say.

use super::link;
use serde_json::{Value, json};

/// Whether a value is what a schema says; what is null is not there.
fn keeps(schema: &Value, value: &Value, path: &str) {
    let what = || format!("{path}: {value} against {schema}");
    assert!(
        schema["title"].is_string() || path.ends_with("[]"),
        "{}",
        what()
    );
    let title = schema["title"].as_str().unwrap_or_default();
    assert!(!title.starts_with("property."), "{path} has no title");
    match schema["type"].as_str().expect("a type") {
        _ if value.is_null() => {}
        "string" => {
            let text = value.as_str().unwrap_or_default();
            assert!(value.is_string(), "{}", what());
            let words = schema["enum"].as_array();
            assert!(words.is_none_or(|w| w.contains(value)), "{}", what());
            if schema["format"] == "date" {
                assert_eq!(text.len(), 10, "{}", what());
            }
        }
        "number" => assert!(value.is_number(), "{}", what()),
        "integer" => assert!(value.is_i64(), "{}", what()),
        "boolean" => assert!(value.is_boolean(), "{}", what()),
        "array" => {
            assert!(value.is_array(), "{}", what());
            let items = value.as_array().into_iter().flatten();
            items.for_each(|item| keeps(&schema["items"], item, &format!("{path}[]")));
        }
        "object" => {
            let members = value.as_object().expect("an object");
            for (name, member) in members {
                let path = format!("{path}.{name}");
                let inner = &schema["properties"][name];
                assert!(inner.is_object(), "{path} is not in the schema");
                keeps(inner, member, &path);
            }
            for name in schema["properties"].as_object().expect("members").keys() {
                assert!(members.contains_key(name), "{path} has no {name}");
            }
        }
        other => assert_eq!(other, "a type", "{path}"),
    }
}

#[test]
fn a_feature_says_what_its_schema_says_and_nothing_else() {
    let office = super::planned::office();
    for name in ["parcels", "wards", "zones", "roads"] {
        let path = format!("/collections/{name}/schema");
        let answer = office.get(&format!("{path}?lang=en"));
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.header("content-type"), "application/schema+json");
        assert_eq!(answer.at("/$id"), format!("{}{path}", office.url()));
        let mut schema = answer.json();
        let properties = schema["properties"].as_object_mut().expect("properties");
        let id = properties.remove("id").expect("an id");
        assert_eq!(
            (&id["type"], &id["x-ogc-role"]),
            (&"integer".into(), &"id".into())
        );
        let shape = properties.remove("geometry").expect("a geometry");
        assert_eq!(shape["x-ogc-role"], "primary-geometry");
        assert_eq!(shape.get("type"), None);
        let page = office.get(&format!("/collections/{name}/items"));
        let features = page.at("/features");
        let features = features.as_array().expect("features");
        assert!(!features.is_empty(), "{name}");
        for feature in features {
            keeps(&schema, &feature["properties"], name);
        }
        let collection = office.get(&format!("/collections/{name}"));
        let rel = "http://www.opengis.net/def/rel/ogc/1.0/schema";
        assert_eq!(link(&office, &collection, rel), Some(path));
    }
    assert_eq!(office.get("/collections/houses/schema").status, 404);
    assert_eq!(office.get("/collections/roads/schema?limit=1").status, 400);
}

#[test]
fn what_only_some_restrictions_have_is_in_their_schema() {
    let office = super::planned::office();
    let schema = office.get("/collections/restrictions/schema");
    let listed = schema.at("/properties");
    let page = office.get("/collections/restrictions/items");
    let features = page.at("/features");
    for feature in features.as_array().expect("features") {
        let properties = feature["properties"].as_object().expect("properties");
        for name in properties.keys() {
            assert!(listed[name].is_object(), "{name}");
        }
    }
    assert_eq!(listed["voltage"]["x-ogc-unit"], "V");
    let asked = office.get("/collections/restrictions/queryables");
    let asked = asked.at("/properties/voltage/type");
    assert_eq!(
        (&listed["voltage"]["type"], &asked),
        (&json!("integer"), &json!("integer"))
    );
}
