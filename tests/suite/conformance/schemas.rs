//! OGC 23-058r2, Annex A: schemas, roles of properties, returnables.

use super::{COLLECTIONS, COMMON_3, links, office, ok};
use crate::harness::Office;
use serde_json::{Map, Value};

/// The schema and the queryables of every collection.
fn schemas(office: &Office) -> Vec<Value> {
    let both = |name| {
        [
            format!("/collections/{name}/schema"),
            format!("/collections/{name}/queryables"),
        ]
    };
    let paths = COLLECTIONS.into_iter().flat_map(both);
    let accept = [("accept", "application/schema+json")];
    paths
        .map(|path| {
            let answer = office.ask("GET", &path, &accept);
            assert_eq!(answer.status, 200);
            assert_eq!(answer.header("content-type"), "application/schema+json");
            let schema = answer.json();
            assert_eq!(schema["$id"], format!("{}{path}", office.url()));
            schema
        })
        .collect()
}

fn properties(schema: &Value) -> &Map<String, Value> {
    schema["properties"].as_object().expect("properties")
}

/// Looks at every keyword of a schema, and of those within it.
fn each_keyword(schema: &Value, look: &mut dyn FnMut(&str, &Value, &Value)) {
    for (keyword, value) in schema.as_object().expect("a schema") {
        look(keyword, value, schema);
        match keyword.as_str() {
            "properties" => properties(schema)
                .values()
                .for_each(|s| each_keyword(s, look)),
            "items" => each_keyword(value, look),
            _ => {}
        }
    }
}

/// /conf/schemas/basic-schema-inspection
/// /conf/schemas/property-seq
/// /conf/schemas/definition
/// /conf/schemas/nullvalues
#[test]
fn every_schema_is_json_schema_with_types_and_known_keywords_only() {
    let office = office();
    let known = [
        "$schema",
        "$id",
        "type",
        "title",
        "description",
        "properties",
        "additionalProperties",
        "format",
        "enum",
        "items",
        "readOnly",
        "x-ogc-role",
        "x-ogc-unit",
    ];
    for schema in schemas(&office) {
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert_eq!(schema["type"], "object");
        // No sequence, definition or null value is stated, so none can be wrong.
        each_keyword(&schema, &mut |keyword, _, _| {
            assert!(known.contains(&keyword), "{keyword}")
        });
        for (name, property) in properties(&schema) {
            let format = property["format"].as_str().unwrap_or_default();
            let is_shape = property["type"].is_null() && format.starts_with("geometry-");
            assert!(property["type"].is_string() || is_shape, "{name}");
        }
    }
}

/// /conf/schemas/role
/// /conf/schemas/role-id
/// /conf/schemas/unit
#[test]
fn one_property_is_the_id_and_units_stand_at_numbers() {
    let office = office();
    for schema in schemas(&office) {
        let ids = properties(&schema)
            .values()
            .filter(|p| p["x-ogc-role"] == "id");
        let ids: Vec<&Value> = ids.collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(ids[0]["type"], "integer");
        each_keyword(&schema, &mut |keyword, value, whole| match keyword {
            "x-ogc-role" => assert!(value.is_string()),
            // UCUM, case sensitive.
            "x-ogc-unit" => {
                assert!(["m2", "m", "%", "1", "V"].contains(&value.as_str().unwrap_or_default()));
                assert!(whole["type"] == "number" || whole["type"] == "integer");
            }
            _ => {}
        });
    }
}

/// /conf/advanced-property-roles/role-primary-geometry
/// /conf/advanced-property-roles/role-primary-temporal
/// /conf/advanced-property-roles/role-type
#[test]
fn one_property_is_the_geometry_and_two_days_are_the_interval() {
    let office = office();
    for schema in schemas(&office) {
        let with = |role: &str| -> Vec<&Value> {
            let all = properties(&schema).values();
            all.filter(|property| property["x-ogc-role"] == role)
                .collect()
        };
        let geometry = with("primary-geometry");
        assert_eq!(geometry.len(), 1);
        assert!(geometry[0]["type"].is_null());
        for role in ["primary-interval-start", "primary-interval-end"] {
            let days = with(role);
            assert_eq!(days.len(), 1);
            assert_eq!(
                (&days[0]["type"], &days[0]["format"]),
                (&"string".into(), &"date".into())
            );
        }
        for role in ["primary-instant", "primary-interval", "type"] {
            assert!(with(role).is_empty(), "{role}");
        }
    }
}

/// /conf/returnables-and-receivables/get-conformance
/// /conf/returnables-and-receivables/link
/// /conf/returnables-and-receivables/op-and-response
/// /conf/returnables-and-receivables/response-1
#[test]
fn every_collection_leads_to_the_schema_that_its_features_keep() {
    let office = office();
    let declared = ok(&office, "/conformance").at("/conformsTo");
    for class in ["schemas", "returnables-and-receivables"] {
        let class = format!("{COMMON_3}/{class}");
        assert!(
            declared
                .as_array()
                .expect("classes")
                .contains(&class.into())
        );
    }
    for name in COLLECTIONS {
        let collection = ok(&office, &format!("/collections/{name}")).json();
        let rel = "http://www.opengis.net/def/rel/ogc/1.0/schema";
        let mut links = links(&collection).into_iter();
        let link = links.find(|link| link["rel"] == rel).expect("a link");
        let path = format!("/collections/{name}/schema");
        assert_eq!(link["href"], format!("{}{path}", office.url()));
        let schema = ok(&office, &path).json();
        assert_eq!(schema["additionalProperties"], false);
        // Values against types: `features/schemas.rs`.
        for feature in super::items(&ok(&office, &format!("/collections/{name}/items"))) {
            for property in feature["properties"]
                .as_object()
                .expect("properties")
                .keys()
            {
                assert!(
                    properties(&schema).contains_key(property),
                    "{name} {property}"
                );
            }
        }
    }
}
