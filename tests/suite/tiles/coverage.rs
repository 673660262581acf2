//! Shapes that share boundaries still fit together when they are generalised, before they come to
//! the grid of a tile: judged by shapely.

use std::path::Path;
use std::process::Command;

use diachinh::app::load::load_from_store;
use diachinh::cadastre::Day;
use diachinh::store::{Store, StoreOptions};
use diachinh::tile::{Atlas, TileLayer};
use serde_json::{Value, json};

use crate::harness::{Folder, diachinh, stderr, stdout};
use crate::imports::desk::Desk;
use crate::village::city;

/// What is judged: parcels keep every vertex at each of their zooms, so one zoom stands for all.
const JUDGED: [(TileLayer, &[u8]); 4] = [
    (TileLayer::Parcels, &[20]),
    (TileLayer::Blocks, &[11, 12, 13, 14]),
    (TileLayer::Zones, &[11, 13, 15, 16, 17, 20]),
    (TileLayer::Wards, &[8, 11, 13, 15, 16, 17, 20]),
];

/// What `coverage.py` finds in a register: by layer and zoom, the shapes and what fits in the register
/// alone.
fn judged(register: &Path, folder: &Folder) -> Value {
    let store = Store::open(&StoreOptions::at(register.to_string_lossy())).expect("a register");
    let land = load_from_store(&store, &city()).expect("the register's land");
    let (atlas, today) = (Atlas::default(), Day::parse("2026-11-23").expect("a date"));
    let mut lines = String::new();
    for (layer, zooms) in JUDGED {
        for &zoom in zooms {
            let shapes = atlas.rings_at(&land, today, layer, zoom);
            let line = json!({ "layer": layer.name(), "zoom": zoom, "shapes": shapes });
            lines.push_str(&format!("{line}\n"));
        }
    }
    let file = folder.file("shapes.jsonl", &lines);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new(root.join(".tools/python/bin/python"))
        .arg(root.join("tests/suite/tiles/coverage.py"))
        .arg(file)
        .output()
        .expect("Python runs: `make test`, or scripts/python.sh once");
    assert!(run.status.success(), "{}", stderr(&run));
    serde_json::from_str(&stdout(&run)).expect("a line of JSON")
}

/// How many shapes of a layer were judged at a zoom.
fn count(found: &Value, layer: &str, zoom: u8) -> u64 {
    found["shapes"][format!("{layer}/{zoom}")]
        .as_u64()
        .expect("a count")
}

#[test]
fn the_parcels_and_blocks_of_a_strangers_commune_fit_together_at_every_zoom() {
    let desk = Desk::open();
    let commune = Path::new("tests/fixtures/fr-cadastre/commune-25354.gpkg");
    desk.imported(&desk.order(commune, "fr-cadastre"));
    let found = judged(&desk.folder.path().join("register.gpkg"), &desk.folder);
    assert_eq!(count(&found, "parcels", 20), 511);
    assert_eq!(found["register"]["parcels"], 0);
    assert_eq!(found["wrong"], json!({}), "{found}");
}

#[test]
fn the_layers_of_the_demo_city_fit_together_at_every_zoom() {
    let folder = Folder::new();
    let built = diachinh(&folder)
        .args(["demo", "--parcels", "2000", "--store", "demo.gpkg"])
        .output()
        .expect("the program starts");
    assert!(built.status.success(), "{}", stderr(&built));
    let found = judged(&folder.path().join("demo.gpkg"), &folder);
    assert_eq!(count(&found, "parcels", 20), 2000);
    assert!(count(&found, "zones", 16) > 5, "{found}");
    // Parcels with a planted overlap or gap, two for each; the borders of wards were simplified one by
    // one by who published them.
    let register = |layer: &str| found["register"][layer].as_u64().expect("a count");
    assert!((1..=26).contains(&register("parcels")), "{found}");
    assert!((1..=60).contains(&register("wards")), "{found}");
    // In each of eight wards at most a unit of a detailed plan lies over one of the zoning plan.
    assert!((2..=16).contains(&register("zones")), "{found}");
    assert_eq!(found["wrong"], json!({}), "{found}");
}
