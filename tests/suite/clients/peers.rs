//! Other servers of OGC API Features over the same PostgreSQL find the same parcels: tipg, pygeoapi.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::databases::Server;
use crate::harness::{Folder, Office, diachinh, stderr, stdout};
use serde_json::{Value, json};

/// The parcels as the others read them, with the official way from VN-2000 to WGS 84 (EPSG:6960;
/// PROJ's `towgs84` counts rotations the other way round), which PostGIS does not choose by itself.
const SHOWN: &str = "
    CREATE TABLE shown AS SELECT parcel_id, ward, map_sheet AS sheet, map_number AS number,
        measured_area_m2 AS area, scale,
        ST_Transform(geom_4756, '+proj=longlat +ellps=WGS84 +towgs84=-191.90441429,-39.30318279,'
            '-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278 +no_defs', 4326
        )::geometry(Geometry, 4326) AS geom
    FROM parcels;
    ALTER TABLE shown ADD PRIMARY KEY (parcel_id)";

const TRIANGLE: &str =
    "POLYGON((106.6960 10.7712,106.6990 10.7725,106.6975 10.7755,106.6960 10.7712))";

/// Boxes in degrees: a street, a ward, one lot with its neighbours, the sea with all of the west.
const BOXES: [&str; 4] = [
    "106.6960,10.7715,106.6970,10.7725",
    "106.69,10.76,106.72,10.79",
    "106.6961,10.7717,106.69615,10.77175",
    "106.4,9.9,107.1,10.9",
];

/// Filters in CQL2 text for ours and for tipg, and in the older text that pygeoapi reads.
fn filters() -> Vec<[String; 3]> {
    let plain = [
        ["asMap.sheet = '1'", "sheet = '1'"],
        [
            "ward.code IN ('26743','26740')",
            "ward IN ('26743','26740')",
        ],
        [
            "measuredArea BETWEEN 60 AND 90.5",
            "area BETWEEN 60 AND 90.5",
        ],
        [
            "measuredArea > 100 AND scale = 200",
            "area > 100 AND scale = 200",
        ],
        ["asMap.number LIKE '1%'", "number LIKE '1%'"],
    ];
    let plain = plain.map(|[ours, theirs]| [ours, theirs, theirs].map(str::to_owned));
    let denied = [
        "NOT (asMap.sheet = '1' OR measuredArea <= 80)",
        "NOT (sheet = '1' OR area <= 80)",
        "sheet <> '1' AND area > 80",
    ];
    let spatial = ["INTERSECTS", "WITHIN", "DISJOINT"].map(|name| {
        [
            format!("S_{name}(geometry, {TRIANGLE})"),
            format!("S_{name}(geom, {TRIANGLE})"),
            format!("{name}(geom, {TRIANGLE})"),
        ]
    });
    let mut all = plain.to_vec();
    all.push(denied.map(str::to_owned));
    all.extend(spatial);
    all
}

/// Keys of the parcels that ours finds.
fn ours(office: &Office, query: &[(&str, &str)]) -> BTreeSet<i64> {
    let mut request = ureq::get(format!("{}/collections/parcels/items", office.url()));
    for (name, value) in query.iter().chain(&[("limit", "100000")]) {
        request = request.query(*name, *value);
    }
    let text = request
        .call()
        .expect("an answer")
        .body_mut()
        .read_to_string();
    let found: Value = serde_json::from_str(&text.expect("text")).expect("JSON");
    let features = found["features"].as_array().expect("features");
    features
        .iter()
        .filter_map(|one| one["id"].as_i64())
        .collect()
}

#[test]
fn tipg_and_pygeoapi_find_the_same_parcels_in_the_same_database() {
    let url = Server::shared().new_database();
    let folder = Folder::new();
    let made = diachinh(&folder)
        .args(["demo", "--parcels", "3000", "--store", &url])
        .output()
        .expect("the program starts");
    assert!(made.status.success(), "{}", stderr(&made));
    let (database, host) = parts(&url);
    Server::shared().psql(database, SHOWN);
    let office = Office::open().on(&url).start();

    let mut asked = vec![(json!({"tipg": {}, "pygeoapi": {}}), ours(&office, &[]))];
    for text in BOXES {
        let query = json!({"bbox": text});
        let found = ours(&office, &[("bbox", text)]);
        asked.push((json!({"tipg": query, "pygeoapi": query}), found));
    }
    for [text, of_tipg, of_pygeoapi] in filters() {
        let tipg = json!({"filter": of_tipg, "filter-lang": "cql2-text"});
        let query = json!({"tipg": tipg, "pygeoapi": {"filter": of_pygeoapi}});
        asked.push((query, ours(&office, &[("filter", &text)])));
    }
    let queries: Vec<&Value> = asked.iter().map(|(query, _)| query).collect();
    let theirs = theirs(&json!({"host": host, "database": database, "queries": queries}));

    assert_eq!(asked[0].1.len(), 3000, "all parcels");
    for ((query, found), theirs) in asked.iter().zip(theirs.as_array().expect("a list")) {
        assert!(!found.is_empty(), "{query} finds something");
        let keys = json!(found);
        assert_eq!(theirs["tipg"], keys, "{query}");
        assert_eq!(theirs["pygeoapi"], keys, "{query}");
    }
}

/// The name of a database and the folder of its server's socket.
fn parts(url: &str) -> (&str, &str) {
    let (name, rest) = url
        .trim_start_matches("postgresql:///")
        .split_once("?host=")
        .expect("a socket's address");
    (name, rest.split('&').next().expect("a folder"))
}

fn theirs(asked: &Value) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new(root.join(".tools/python/bin/python"))
        .arg(root.join("tests/suite/clients/ask_peers.py"))
        .arg(asked.to_string())
        .output()
        .expect("the Python of the client tests is installed: scripts/python.sh");
    assert!(run.status.success(), "{}", stderr(&run));
    serde_json::from_str(&stdout(&run)).expect("JSON")
}
