//! Tiles of a real commune and of the demo city, of all zooms, judged by programs of others.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::harness::{Folder, Office, diachinh, stderr, stdout};
use crate::imports::desk::Desk;

/// Runs `sweep.py` over a tile matrix set of a server that holds so many parcels.
fn sweep(office: &Office, parcels: usize, matrix_set: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(".tools/python/bin/python");
    assert!(
        python.exists(),
        "the decoders are installed: run `make test`, or scripts/python.sh once"
    );
    let run = Command::new(python)
        .arg(root.join("tests/suite/tiles/sweep.py"))
        .args([office.url(), &parcels.to_string(), matrix_set])
        .output()
        .expect("Python runs");
    assert!(run.status.success(), "{}", stderr(&run));
    let report: Value = serde_json::from_str(&stdout(&run)).expect("a line of JSON");
    let looked = |what: &str| report["looked"][what].as_u64().expect("a count");
    assert!(looked("tiles") > 60 && looked("parcels") > 200, "{report}");
    report
}

#[test]
fn the_tiles_of_a_strangers_commune_have_no_gap_no_overlap_and_no_invalid_shape() {
    let desk = Desk::open();
    let commune = Path::new("tests/fixtures/fr-cadastre/commune-25354.gpkg");
    desk.imported(&desk.order(commune, "fr-cadastre"));
    let register = desk.folder.path().join("register.gpkg");
    let office = Office::open().on(&register.to_string_lossy()).start();
    let report = sweep(&office, 511, "WebMercatorQuad");
    assert_eq!(report["wrong"], json!([]), "{report}");
}

/// The demo city of 2 000 parcels in a folder.
pub(super) fn demo(folder: &Folder) -> Office {
    let built = diachinh(folder)
        .args(["demo", "--parcels", "2000", "--store", "demo.gpkg"])
        .output()
        .expect("the program starts");
    assert!(built.status.success(), "{}", stderr(&built));
    let register = folder.path().join("demo.gpkg");
    Office::open().on(&register.to_string_lossy()).start()
}

#[test]
fn the_tiles_of_the_demo_city_have_no_gap_no_overlap_and_no_invalid_shape() {
    let folder = Folder::new();
    let report = sweep(&demo(&folder), 2000, "WebMercatorQuad");
    assert_eq!(report["wrong"], json!([]), "{report}");
}

#[test]
fn neither_have_its_tiles_in_the_system_of_the_land_office() {
    let folder = Folder::new();
    let report = sweep(&demo(&folder), 2000, "VN2000TM3Quad");
    assert_eq!(report["wrong"], json!([]), "{report}");
}
