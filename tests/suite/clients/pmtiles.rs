//! The reader of those who made PMTiles finds in a downloaded archive the tiles that are served.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::features::downloads::made;
use crate::harness::{Folder, Office, stderr, stdout};

const FILE: &str = "/tiles/city/downloads/city.pmtiles";

fn read(archive: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(".tools/python/bin/python");
    assert!(
        python.exists(),
        "pmtiles is installed: run `make test`, or scripts/python.sh once"
    );
    let run = Command::new(python)
        .arg(root.join("tests/suite/clients/read_with_pmtiles.py"))
        .arg(archive)
        .output()
        .expect("python runs");
    assert!(run.status.success(), "{}", stderr(&run));
    serde_json::from_str(&stdout(&run)).expect("JSON")
}

/// A tile as the server sends it to who takes no coding.
fn served(office: &Office, place: &[u64]) -> Vec<u8> {
    let path = format!("/tiles/city/{}/{}/{}", place[0], place[1], place[2]);
    let answer = office.ask("GET", &path, &[("accept-encoding", "identity")]);
    assert!([200, 204].contains(&answer.status), "{path}");
    answer.body
}

#[test]
fn the_map_as_one_file_holds_every_tile_to_zoom_16_as_it_is_served() {
    let office = Office::open().with_land("two_villages").start();
    let listed = office.get("/tiles/city/downloads");
    assert_eq!(listed.at("/downloads/0/state"), "notMade");
    assert_eq!(listed.at("/downloads/0/type"), "application/vnd.pmtiles");
    let answer = made(&office, FILE);
    assert_eq!(answer.header("accept-ranges"), "bytes");
    let folder = Folder::new();
    let archive = folder.path().join("city.pmtiles");
    std::fs::write(&archive, &answer.body).expect("the folder takes files");
    let found = read(&archive);
    let tiles = found["tiles"].as_array().expect("tiles").iter();
    let place =
        |tile: &Value| serde_json::from_value::<Vec<u64>>(tile[0].clone()).expect("z, x, y");
    let tiles: BTreeMap<Vec<u64>, &Value> = tiles.map(|tile| (place(tile), &tile[1])).collect();
    for (place, bytes) in &tiles {
        let served: String = served(&office, place)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(**bytes, served, "{place:?}");
    }
    // Nothing is missing, as far as these zooms tell.
    let document = office.get("/tiles/WebMercatorQuad");
    for limits in document
        .at("/tileMatrixSetLimits")
        .as_array()
        .expect("limits")
        .iter()
        .take(11)
    {
        let number = |name: &str| limits[name].as_u64().expect("a number");
        let zoom = limits["tileMatrix"]
            .as_str()
            .and_then(|zoom| zoom.parse().ok());
        for x in number("minTileCol")..=number("maxTileCol") {
            for y in number("minTileRow")..=number("maxTileRow") {
                let place = vec![zoom.expect("a zoom"), x, y];
                let is_there = !served(&office, &place).is_empty();
                assert_eq!(tiles.contains_key(&place), is_there, "{place:?}");
            }
        }
    }
    assert!(tiles.keys().any(|place| place[0] == 16) && tiles.keys().all(|place| place[0] <= 16));
    said_of_itself(&office, &found, tiles.len(), answer.body.len());
}

/// Head and metadata against what the server says of the same tiles.
fn said_of_itself(office: &Office, found: &Value, tiles: usize, bytes: usize) {
    let head = &found["header"];
    let number = |name: &str| head[name].as_u64().expect("a number") as usize;
    assert_eq!(number("addressed_tiles_count"), tiles);
    assert!(number("tile_contents_count") <= tiles);
    assert_eq!(
        number("tile_data_offset") + number("tile_data_length"),
        bytes
    );
    assert_eq!((number("min_zoom"), number("max_zoom")), (0, 16));
    let kinds = ["tile_type", "tile_compression", "internal_compression"].map(|name| &head[name]);
    assert_eq!(kinds, ["MVT", "GZIP", "GZIP"]);
    assert_eq!(head["clustered"], true);
    let document = office.get("/tiles/city.json");
    let west = document.at("/bounds/0").as_f64().expect("degrees");
    assert_eq!(head["min_lon_e7"].as_f64(), Some((west * 1e7).round()));
    for said in ["attribution", "synthetic"] {
        let own = &found["metadata"][said];
        assert!(!own.is_null(), "{said}");
        assert_eq!(own, &document.at(&format!("/{said}")), "{said}");
    }
    let layers = found["metadata"]["vector_layers"]
        .as_array()
        .expect("layers");
    let names: Vec<&Value> = layers.iter().map(|layer| &layer["id"]).collect();
    let drawn = [
        "zones",
        "restrictions",
        "blocks",
        "parcels",
        "roads",
        "wards",
    ];
    assert_eq!(names, drawn, "labels begin beyond zoom 16");
    assert_eq!(layers[0]["fields"], document.at("/vector_layers/0/fields"));
}

#[test]
fn an_archive_comes_in_parts_and_of_what_is_not_offered_the_names_are_told() {
    let office = Office::open().with_land("two_villages").start();
    let whole = made(&office, "/tiles/wards/downloads/wards.pmtiles");
    let part = [("range", "bytes=0-126")];
    let head = office.ask("GET", "/tiles/wards/downloads/wards.pmtiles", &part);
    assert_eq!((head.status, &head.body[..]), (206, &whole.body[..127]));
    let labels = office.get("/tiles/labels/downloads");
    assert_eq!(labels.at("/downloads"), json!([]));
    let other = office.get("/tiles/city/downloads/city.mbtiles");
    assert_eq!(other.status, 404);
    assert!(other.text().contains("city.pmtiles"), "{}", other.text());
    assert_eq!(office.get("/tiles/rivers/downloads").status, 404);
}
