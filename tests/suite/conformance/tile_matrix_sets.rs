//! OGC 17-083r4, Annex A: tile matrix sets, limits in them, and what describes a set of tiles.
//!
//! Some abstract tests of tile set metadata carry the name of another class in the annex; here each
//! has that of its own.

use super::{COLLECTIONS, MATRIX_SETS, has_rel, office, ok};
use crate::harness::Answer;
use serde_json::Value;
use std::collections::BTreeSet;

/// What every member of an object is when it is there, and whether it must be there.
type Members<'a> = &'a [(&'a str, bool, fn(&Value) -> bool)];

fn has(object: &Value, members: Members<'_>) {
    for (name, must, is_so) in members {
        match object.get(name) {
            None => assert!(!must, "no {name} in {object}"),
            Some(value) => assert!(is_so(value), "{name}: {value}"),
        }
    }
}

fn is_address(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("http"))
}

fn is_positive(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| number > 0.0)
}

fn is_count(value: &Value) -> bool {
    value.as_u64().is_some_and(|number| number > 0)
}

fn is_point(value: &Value) -> bool {
    let numbers = value.as_array();
    numbers.is_some_and(|n| n.len() == 2 && n.iter().all(Value::is_number))
}

fn is_box(value: &Value) -> bool {
    let corner = |name: &str| is_point(&value[name]);
    corner("lowerLeft") && corner("upperRight") && is_address(&value["crs"])
}

/// Holds a tile matrix set to tables 6 and 7 of the model.
pub fn is_tile_matrix_set(set: &Value) {
    has(
        set,
        &[
            ("id", false, Value::is_string),
            ("title", false, Value::is_string),
            ("uri", false, is_address),
            ("crs", true, is_address),
            ("wellKnownScaleSet", false, is_address),
            ("boundingBox", false, is_box),
            ("tileMatrices", true, Value::is_array),
        ],
    );
    let axes = set["orderedAxes"].as_array().expect("axes");
    assert!(axes.len() == 2 && axes.iter().all(Value::is_string));
    let matrices = set["tileMatrices"].as_array().expect("matrices");
    let mut names = BTreeSet::new();
    let mut before = f64::INFINITY;
    for matrix in matrices {
        has(
            matrix,
            &[
                ("id", true, Value::is_string),
                ("scaleDenominator", true, is_positive),
                ("cellSize", true, is_positive),
                ("pointOfOrigin", true, is_point),
                ("tileWidth", true, is_count),
                ("tileHeight", true, is_count),
                ("matrixWidth", true, is_count),
                ("matrixHeight", true, is_count),
            ],
        );
        let corner = matrix["cornerOfOrigin"].as_str().unwrap_or("topLeft");
        assert!(matches!(corner, "topLeft" | "bottomLeft"), "{corner}");
        assert!(names.insert(matrix["id"].to_string()), "{matrix} twice");
        let number = |name: &str| matrix[name].as_f64().expect("a number");
        // A pixel for a scale is 0.28 mm (6.1.1), and metres are the unit of the system.
        let scale = number("cellSize") / 0.000_28;
        assert!((scale / number("scaleDenominator") - 1.0).abs() < 1e-9);
        assert!(scale < before, "matrices go from coarse to fine");
        before = scale;
    }
}

/// Holds limits to table 12, within a tile matrix set.
fn are_limits(limits: &Value, set: &Value) {
    let matrices = set["tileMatrices"].as_array().expect("matrices");
    let mut names = BTreeSet::new();
    for one in limits.as_array().expect("limits") {
        let name = one["tileMatrix"].as_str().expect("a tile matrix");
        assert!(names.insert(name), "{name} twice");
        let matrix = matrices.iter().find(|matrix| matrix["id"] == name);
        let matrix = matrix.expect("a matrix of the set");
        for (least, greatest, many) in [
            ("minTileRow", "maxTileRow", "matrixHeight"),
            ("minTileCol", "maxTileCol", "matrixWidth"),
        ] {
            let number = |object: &Value, name: &str| object[name].as_u64().expect("a number");
            assert!(number(one, least) <= number(one, greatest), "{one}");
            assert!(number(one, greatest) < number(matrix, many), "{one}");
        }
    }
    assert!(names.len() <= matrices.len() && !names.is_empty());
}

/// Holds what describes a set of tiles to table 13.
pub fn is_tile_set(set: &Value) {
    has(
        set,
        &[
            ("title", false, Value::is_string),
            ("dataType", true, |v| v == "vector"),
            ("crs", true, is_address),
            ("tileMatrixSetURI", true, is_address),
            ("tileMatrixSetLimits", false, Value::is_array),
            ("boundingBox", false, is_box),
            ("layers", false, Value::is_array),
            ("links", true, Value::is_array),
        ],
    );
    let layers = set["layers"].as_array().expect("layers");
    assert!(!layers.is_empty(), "a list of layers has at least one");
    for layer in layers {
        has(
            layer,
            &[
                ("id", true, Value::is_string),
                ("dataType", true, |v| v == "vector"),
                ("minTileMatrix", false, Value::is_string),
                ("maxTileMatrix", false, Value::is_string),
            ],
        );
        let schema = &layer["propertiesSchema"];
        assert_eq!(schema["type"], "object");
        let properties = schema["properties"].as_object().expect("properties");
        assert!(properties.values().all(|p| p["description"].is_string()));
    }
    super::links(set);
}

/// JSON as RFC 8259 has it, of its media type.
fn json(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json");
    serde_json::from_slice(&answer.body).expect("JSON")
}

/// The sets of tiles in a tile matrix set.
fn sets(matrix_set: &str) -> Vec<String> {
    let of = COLLECTIONS.map(|name| format!("/collections/{name}/tiles/{matrix_set}"));
    let whole = format!("/tiles/{matrix_set}");
    of.into_iter().chain([whole]).collect()
}

/// /conf/tilematrixset/model
/// /conf/json-tilematrixset/ietf
/// /conf/json-tilematrixset/media-type
/// /conf/json-tilematrixset/model
/// /conf/json-tilematrixset/schema
#[test]
fn a_tile_matrix_set_has_its_system_and_matrices_that_grow_finer() {
    let office = office();
    let list = json(&ok(&office, "/tileMatrixSets"));
    let names = MATRIX_SETS.iter().enumerate();
    for (i, name) in names {
        assert_eq!(list["tileMatrixSets"][i]["id"], *name);
    }
    for item in list["tileMatrixSets"].as_array().expect("sets") {
        let id = item["id"].as_str().expect("a name");
        let set = json(&ok(&office, &format!("/tileMatrixSets/{id}")));
        is_tile_matrix_set(&set);
        for member in ["id", "uri", "crs"] {
            assert_eq!(set[member], item[member], "{id}: {member}");
        }
    }
}

/// /conf/tilematrixsetlimits/model
/// /conf/json-tilematrixsetlimits/ietf
/// /conf/json-tilematrixsetlimits/model
/// /conf/json-tilematrixsetlimits/schema
#[test]
fn limits_name_each_matrix_once_and_stay_within_it() {
    let office = office();
    for matrix_set in MATRIX_SETS {
        let definition = json(&ok(&office, &format!("/tileMatrixSets/{matrix_set}")));
        for path in sets(matrix_set) {
            let set = json(&ok(&office, &path));
            are_limits(&set["tileMatrixSetLimits"], &definition);
        }
    }
}

/// /conf/tilesetmetadata/identifier
/// /conf/tilesetmetadata/model
/// /conf/json-tilesetmetadata/ietf
/// /conf/json-tilesetmetadata/media-type
/// /conf/json-tilesetmetadata/model
/// /conf/json-tilesetmetadata/schema
#[test]
fn a_set_of_tiles_says_what_it_holds_and_links_to_its_matrix_set() {
    let office = office();
    for path in MATRIX_SETS.into_iter().flat_map(sets) {
        let set = json(&ok(&office, &path));
        is_tile_set(&set);
        assert!(has_rel(
            &set,
            "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
        ));
        let id = set["tileMatrixSetId"].as_str().expect("a name");
        let uri = match id {
            "WebMercatorQuad" => format!("http://www.opengis.net/def/tilematrixset/OGC/1.0/{id}"),
            _ => format!("{}/tileMatrixSets/{id}", office.url()),
        };
        assert_eq!(set["tileMatrixSetURI"], uri, "{path}");
        let definition = json(&ok(&office, &format!("/tileMatrixSets/{id}")));
        assert_eq!(set["crs"], definition["crs"], "{path}");
    }
}
