//! The paths of collections in the description of the interface: one for each collection, because
//! clients such as GDAL look for `/collections/parcels/items` and not for a pattern.

use serde_json::{Map, Value, json};

use super::filter;
use super::page_query::LIMIT;
use crate::http::language::Language;
use crate::land::filter::Holds;
use crate::land::items::Collection;

const ANY: &str = "{collectionId}";

/// Puts a path for each collection in the place of those for any.
pub fn spell_out(document: &mut Value) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    let mut spelt = Map::new();
    for (path, operations) in std::mem::take(paths) {
        if path.contains(ANY) {
            for collection in Collection::ALL {
                let name = collection.name();
                let mut own = of_one(operations.clone(), name);
                if path.ends_with("/items") {
                    add_properties(&mut own, collection);
                }
                spelt.insert(path.replace(ANY, name), own);
            }
        } else {
            spelt.insert(path, operations);
        }
    }
    *paths = spelt;
}

/// What can be asked of the items of a collection, as parameters of their own.
fn add_properties(operations: &mut Value, collection: Collection) {
    let Some(parameters) = operations["get"]["parameters"].as_array_mut() else {
        return;
    };
    for property in filter::equalities(collection) {
        let schema = match property.holds {
            Holds::Text if !property.words.is_empty() => {
                json!({"type": "string", "enum": property.words})
            }
            Holds::Text | Holds::Shape => json!({"type": "string"}),
            Holds::Number => json!({"type": "number"}),
            Holds::Whole => json!({"type": "integer"}),
            Holds::Truth => json!({"type": "boolean"}),
            Holds::Day => json!({"type": "string", "format": "date"}),
        };
        let title = Language::English.text("property", property.name, &[]);
        parameters.push(json!({
            "name": property.name,
            "in": "query",
            "description": format!("Only features of which this is so: {title}"),
            "required": false,
            "schema": schema,
        }));
    }
}

/// The operations of a path for one collection: without the parameter, each with a name of its own.
fn of_one(mut operations: Value, name: &str) -> Value {
    let all = operations.as_object_mut().into_iter().flatten();
    for operation in all.filter_map(|(_, operation)| operation.as_object_mut()) {
        if let Some(Value::String(id)) = operation.get_mut("operationId") {
            *id = name_for(id, name);
        }
        if let Some(Value::Array(parameters)) = operation.get_mut("parameters") {
            parameters.retain(|parameter| parameter["name"] != "collectionId");
            let limits = parameters.iter_mut().filter(|p| p["name"] == "limit");
            // Clients such as GDAL size their pages by it.
            limits.for_each(|limit| limit["schema"]["default"] = LIMIT.into());
        }
    }
    operations
}

/// The name of an operation for one collection. Those of tiles end as OGC 20-057, 14.3.2 says.
fn name_for(id: &str, collection: &str) -> String {
    if id.starts_with("collection.") {
        format!("{collection}.{id}")
    } else {
        format!("{id}_{collection}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_collection_has_paths_without_a_parameter_and_names_of_its_own() {
        let mut document = json!({"paths": {
            "/collections/{collectionId}/items": {"get": {
                "operationId": "get_items",
                "parameters": [{"name": "collectionId"}, {"name": "limit"}],
            }},
            "/collections/{collectionId}/tiles": {"get": {
                "operationId": "collection.vector.getTileSetsList",
            }},
            "/api": {"get": {"operationId": "get_api"}},
        }});
        spell_out(&mut document);
        let paths = &document["paths"];
        assert_eq!(paths.as_object().map(Map::len), Some(11));
        let roads = &paths["/collections/roads/items"]["get"];
        assert_eq!(roads["operationId"], "get_items_roads");
        let tiles = &paths["/collections/roads/tiles"]["get"]["operationId"];
        assert_eq!(tiles, "roads.collection.vector.getTileSetsList");
        let parameters = roads["parameters"].as_array().expect("parameters");
        let limit = json!({"name": "limit", "schema": {"default": LIMIT}});
        assert_eq!(parameters[0], limit);
        let names = parameters.iter().map(|parameter| &parameter["name"]);
        let names: Vec<&Value> = names.collect();
        assert!(names.contains(&&json!("street")) && !names.contains(&&json!("geometry")));
    }
}
