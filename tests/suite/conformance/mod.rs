//! The abstract tests of the standards whose conformance classes are declared, restated one by one.
//!
//! The comment of a test names the abstract tests that it restates. A class is declared when every
//! abstract test of its annex is named by a test here.

use crate::harness::{Answer, Office};
use serde_json::Value;
use std::collections::BTreeSet;

/// OGC 17-069r4, Annex A.
mod core;
/// OGC 21-065r2, Annex A: comparisons.
mod cql2;
/// OGC 21-065r2, Annex A: places and days.
mod cql2_functions;
/// OGC 18-058r1, Annex A.
mod crs;
/// OGC 17-069r4, Annex A: features and their collections.
mod feature_collections;
/// OGC 19-079r2, Annex A.
mod filter;
/// OGC 17-069r4, Annex A: GeoJSON, HTML, OpenAPI 3.0.
mod forms;
/// OGC 23-058r2, Annex A.
mod schemas;
/// OGC 17-083r4, Annex A.
mod tile_matrix_sets;
/// OGC 20-057, Annex A.
mod tiles;

const COLLECTIONS: [&str; 5] = ["parcels", "wards", "zones", "roads", "restrictions"];
const MATRIX_SETS: [&str; 2] = ["WebMercatorQuad", "VN2000TM3Quad"];

const FEATURES_1: &str = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf";
const FEATURES_2: &str = "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf";
const FEATURES_3: &str = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf";
const CQL2: &str = "http://www.opengis.net/spec/cql2/1.0/conf";
const COMMON_3: &str = "http://www.opengis.net/spec/ogcapi-common-3/1.0/conf";
const TILES_1: &str = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf";
const TMS_2: &str = "http://www.opengis.net/spec/tms/2.0/conf";

/// A class: its standard, its name, the abstract tests of its annex. Left out are those that need
/// what is not offered: functions of our own, creating and replacing.
const CLASSES: &[(&str, &str, &str)] = &[
    (
        FEATURES_1,
        "core",
        "http root-op root-success api-definition-op api-definition-success conformance-op \
         conformance-success fc-md-op fc-md-success fc-md-links fc-md-items fc-md-items-links \
         fc-md-extent sfc-md-op sfc-md-success fc-op fc-bbox-definition fc-bbox-response \
         fc-limit-definition fc-limit-response fc-time-definition fc-time-response fc-response \
         fc-links fc-timeStamp fc-numberMatched fc-numberReturned query-param-unknown \
         query-param-invalid f-op f-success f-links crs84",
    ),
    (FEATURES_1, "geojson", "definition content"),
    (FEATURES_1, "html", "definition content"),
    (
        FEATURES_1,
        "oas30",
        "completeness exceptions-codes oas-definition-1 oas-definition-2 oas-impl security",
    ),
    (
        FEATURES_2,
        "crs",
        "crs-uri default-crs storageCrs crs-parameter crs-parameter-default \
         crs-parameter-invalid crs-parameter-transform bbox-crs-parameter \
         bbox-crs-parameter-default bbox-crs-parameter-invalid",
    ),
    (
        FEATURES_3,
        "queryables",
        "get-conformance get-queryables-uris get-queryables",
    ),
    (
        FEATURES_3,
        "queryables-query-parameters",
        "get-conformance query-param",
    ),
    (
        FEATURES_3,
        "filter",
        "get-conformance filter-param filter-lang-default expression-construction \
         filter-crs-wgs84 filter-crs-param",
    ),
    (
        FEATURES_3,
        "features-filter",
        "get-conformance get-collections get-collection filter-on-items mixing-expression",
    ),
    (CQL2, "cql2-text", "validate escaping"),
    (CQL2, "cql2-json", "validate"),
    (
        CQL2,
        "basic-cql2",
        "basic-test comparison is-null boolean test-data logical",
    ),
    (
        CQL2,
        "advanced-comparison-operators",
        "like between in test-data logical",
    ),
    (
        CQL2,
        "case-insensitive-comparison",
        "casei casei-like test-data logical",
    ),
    (
        CQL2,
        "accent-insensitive-comparison",
        "accenti accenti-like accenti-casei accenti-casei-like test-data logical",
    ),
    (
        CQL2,
        "basic-spatial-functions",
        "s_intersects test-data logical",
    ),
    (
        CQL2,
        "basic-spatial-functions-plus",
        "s_intersects test-data",
    ),
    (
        CQL2,
        "temporal-functions",
        "temporal-functions-1 temporal-functions-2 test-data logical",
    ),
    (
        COMMON_3,
        "schemas",
        "basic-schema-inspection role role-id property-seq unit definition nullvalues",
    ),
    (
        COMMON_3,
        "advanced-property-roles",
        "role-primary-geometry role-primary-temporal role-type",
    ),
    (
        COMMON_3,
        "returnables-and-receivables",
        "get-conformance link op-and-response response-1",
    ),
    (
        TILES_1,
        "core",
        "conformance-success tc-op tc-success tc-error tc-tilematrix-definition \
         tc-tilerow-definition tc-tilecol-definition",
    ),
    (TILES_1, "tileset", "description"),
    (TILES_1, "tilesets-list", "tileset-links"),
    (TILES_1, "dataset-tilesets", "landingpage operation"),
    (TILES_1, "geodata-tilesets", "desc-links operation"),
    (TILES_1, "mvt", "content"),
    (TILES_1, "oas30", "completeness operation-id"),
    (TMS_2, "tilematrixset", "model"),
    (TMS_2, "json-tilematrixset", "ietf media-type model schema"),
    (TMS_2, "tilematrixsetlimits", "model"),
    (TMS_2, "json-tilematrixsetlimits", "ietf model schema"),
    (TMS_2, "tilesetmetadata", "identifier model"),
    (
        TMS_2,
        "json-tilesetmetadata",
        "ietf media-type model schema",
    ),
];

/// The files of this folder in which tests stand, each with the standard whose tests it restates:
/// abstract tests of two standards may have one name.
const SOURCES: [(&str, &str); 10] = [
    (FEATURES_1, include_str!("core.rs")),
    (FEATURES_1, include_str!("feature_collections.rs")),
    (FEATURES_1, include_str!("forms.rs")),
    (FEATURES_2, include_str!("crs.rs")),
    (FEATURES_3, include_str!("filter.rs")),
    (CQL2, include_str!("cql2.rs")),
    (CQL2, include_str!("cql2_functions.rs")),
    (COMMON_3, include_str!("schemas.rs")),
    (TILES_1, include_str!("tiles.rs")),
    (TMS_2, include_str!("tile_matrix_sets.rs")),
];

#[test]
fn the_classes_that_are_declared_are_those_whose_abstract_tests_stand_here() {
    let office = Office::open().start();
    let declared = office.get("/conformance").at("/conformsTo");
    let wanted: Vec<String> = CLASSES
        .iter()
        .map(|(standard, class, _)| format!("{standard}/{class}"))
        .collect();
    assert_eq!(declared, serde_json::json!(wanted));
    let mut named = BTreeSet::new();
    for (standard, source) in SOURCES {
        // What stands in the comment of a test, up to its attribute.
        for part in source.split("#[test]").map(str::trim_end) {
            let lines = part
                .lines()
                .rev()
                .take_while(|line| line.starts_with("///"));
            let words = lines.flat_map(str::split_whitespace);
            let tests = words.filter(|word| word.starts_with("/conf/"));
            named.extend(tests.map(|test| (standard, test)));
        }
    }
    for (standard, class, tests) in CLASSES {
        for test in tests.split_whitespace() {
            let test = format!("/conf/{class}/{test}");
            let is_named = named.contains(&(*standard, test.as_str()));
            assert!(is_named, "no test restates {test} of {standard}");
        }
    }
}

/// A server with items in every collection, one of them on both planes.
fn office() -> Office {
    crate::features::planned::office()
}

fn ok(office: &Office, path: &str) -> Answer {
    let answer = office.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer
}

fn items(answer: &Answer) -> Vec<Value> {
    let features = answer.at("/features");
    features.as_array().expect("features").clone()
}

fn ids(answer: &Answer) -> BTreeSet<i64> {
    let id = |feature: &Value| feature["id"].as_i64().expect("an id");
    items(answer).iter().map(id).collect()
}

/// The links of a document, each of which has a relation and a type.
fn links(document: &Value) -> Vec<Value> {
    let links = document["links"].as_array().expect("links").clone();
    for link in &links {
        for member in ["href", "rel", "type"] {
            assert!(link[member].is_string(), "{member} of {link}");
        }
    }
    links
}

fn has_rel(document: &Value, rel: &str) -> bool {
    links(document).iter().any(|link| link["rel"] == rel)
}

/// A text as a parameter.
fn encoded(text: &str) -> String {
    crate::features::filters::encoded(text)
}
