//! From OpenAPI 3.1 to 3.0, which GDAL and QGIS read: what 3.0 does not know is said its way.

use serde_json::{Map, Value, json};

/// The same document in 3.0.
pub fn from_31(mut document: Value) -> Value {
    convert(&mut document);
    if let Some(root) = document.as_object_mut() {
        root.insert("openapi".to_owned(), json!("3.0.3"));
        root.remove("jsonSchemaDialect");
        root.remove("webhooks");
        let license = root
            .get_mut("info")
            .and_then(|info| info.get_mut("license"));
        if let Some(license) = license.and_then(Value::as_object_mut) {
            license.remove("identifier");
        }
    }
    document
}

fn convert(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(convert),
        Value::Object(map) => {
            map.values_mut().for_each(convert);
            nullable_type(map);
            nullable_choice(map);
            exclusive_bound(map, "exclusiveMinimum", "minimum");
            exclusive_bound(map, "exclusiveMaximum", "maximum");
            if let Some(constant) = map.remove("const") {
                map.insert("enum".to_owned(), json!([constant]));
            }
            if map.get("type") == Some(&json!("array")) && !map.contains_key("items") {
                map.insert("items".to_owned(), json!({}));
            }
            map.remove("prefixItems");
            map.remove("propertyNames");
            lone_reference(map);
        }
        _ => {}
    }
}

/// `type: [T, null]` becomes `type: T, nullable: true`.
fn nullable_type(map: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = map.get("type") else {
        return;
    };
    let kept: Vec<Value> = types.iter().filter(|t| *t != "null").cloned().collect();
    let nullable = kept.len() < types.len();
    match kept.as_slice() {
        [one] => map.insert("type".to_owned(), one.clone()),
        _ => map.remove("type"),
    };
    if nullable {
        map.insert("nullable".to_owned(), json!(true));
    }
}

/// `oneOf: [null, S]` becomes `nullable: true, allOf: [S]`.
fn nullable_choice(map: &mut Map<String, Value>) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = map.get(key) else {
            continue;
        };
        let is_null = |choice: &&Value| choice.get("type") == Some(&json!("null"));
        let kept: Vec<Value> = choices.iter().filter(|c| !is_null(c)).cloned().collect();
        if kept.len() == choices.len() {
            continue;
        }
        map.remove(key);
        let key = if kept.len() == 1 { "allOf" } else { key };
        map.insert(key.to_owned(), Value::Array(kept));
        map.insert("nullable".to_owned(), json!(true));
        return;
    }
}

/// A number as exclusive bound becomes the bound and `true`.
fn exclusive_bound(map: &mut Map<String, Value>, exclusive: &str, bound: &str) {
    if map.get(exclusive).is_some_and(Value::is_number)
        && let Some(number) = map.remove(exclusive)
    {
        map.insert(bound.to_owned(), number);
        map.insert(exclusive.to_owned(), json!(true));
    }
}

/// In 3.0 nothing may stand beside `$ref`: it moves into `allOf`.
fn lone_reference(map: &mut Map<String, Value>) {
    if map.len() > 1
        && map.get("$ref").is_some_and(Value::is_string)
        && let Some(reference) = map.remove("$ref")
    {
        map.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_31_knows_is_said_in_the_words_of_30() {
        for (new, old) in [
            (
                json!({"type": ["string", "null"]}),
                json!({"type": "string", "nullable": true}),
            ),
            (
                json!({"oneOf": [{"type": "null"}, {"$ref": "#/a"}]}),
                json!({"allOf": [{"$ref": "#/a"}], "nullable": true}),
            ),
            (
                json!({"exclusiveMinimum": 0, "type": "number"}),
                json!({"minimum": 0, "exclusiveMinimum": true, "type": "number"}),
            ),
            (json!({"const": "a"}), json!({"enum": ["a"]})),
            (
                json!({"$ref": "#/a", "description": "b"}),
                json!({"allOf": [{"$ref": "#/a"}], "description": "b"}),
            ),
            (json!({"$ref": "#/a"}), json!({"$ref": "#/a"})),
        ] {
            let mut converted = new.clone();
            convert(&mut converted);
            assert_eq!(converted, old, "{new}");
        }
    }
}
