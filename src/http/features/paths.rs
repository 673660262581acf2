//! The paths of collections in the description of the interface: one for each collection, because
//! clients such as GDAL look for `/collections/parcels/items` and not for a pattern.

use serde_json::{Map, Value};

use super::page_query::LIMIT;
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
                spelt.insert(path.replace(ANY, name), of_one(operations.clone(), name));
            }
        } else {
            spelt.insert(path, operations);
        }
    }
    *paths = spelt;
}

/// The operations of a path for one collection: without the parameter, each with a name of its own.
fn of_one(mut operations: Value, name: &str) -> Value {
    let all = operations.as_object_mut().into_iter().flatten();
    for operation in all.filter_map(|(_, operation)| operation.as_object_mut()) {
        if let Some(Value::String(id)) = operation.get_mut("operationId") {
            id.push('_');
            id.push_str(name);
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_collection_has_paths_without_a_parameter_and_names_of_its_own() {
        let mut document = json!({"paths": {
            "/collections/{collectionId}/items": {"get": {
                "operationId": "get_items",
                "parameters": [{"name": "collectionId"}, {"name": "limit"}],
            }},
            "/api": {"get": {"operationId": "get_api"}},
        }});
        spell_out(&mut document);
        let paths = &document["paths"];
        assert_eq!(paths.as_object().map(Map::len), Some(6));
        assert_eq!(
            paths["/collections/roads/items"],
            json!({"get": {"operationId": "get_items_roads", "parameters": [
                {"name": "limit", "schema": {"default": 100}},
            ]}})
        );
    }
}
