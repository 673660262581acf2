//! The page for people in headless Chromium, on a phone and on a desk: its panel and its map.

use std::path::Path;
use std::process::Command;

use crate::harness::{Folder, Office, stderr, stdout};

/// Runs a script, which opens the page at a width and takes so many steps through it.
fn browse(script: &str, width: u32, steps: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(
        root.join("web/dist/index.html").exists() && root.join("web/node_modules").exists(),
        "the page is built: run `make test`, or scripts/web.sh once"
    );
    let office = Office::open().with_land("two_villages").start();
    let folder = Folder::new();
    let tube_house = office.get("/v1/parcels/lookup?q=thua%2012%20to%205%20ben%20thanh");
    let corner = |i| tube_house.at(&format!("/features/0/geometry/coordinates/0/{i}"));
    let asked = serde_json::json!({
        "url": office.url(),
        "width": width,
        "folder": folder.path(),
        "typed": "pham ngu",
        "q": "thua 13 to 5 ben thanh",
        "lon": corner(0)[0],
        "lat": corner(0)[1],
        // South-west, south-east and north-west, 4 m and 20 m apart.
        "corners": [corner(0), corner(1), corner(3)],
        "id": tube_house.at("/features/0/id"),
        "date": "2025-08-01",
        "ward": "Ben Thanh",
        "sheet": "5",
        "number": "12",
    });
    let run = Command::new(root.join("scripts/node.sh"))
        .arg("node")
        .arg(root.join("tests/suite/clients").join(script))
        .arg(asked.to_string())
        .output()
        .expect("bash runs");
    let (said, complained) = (stdout(&run), stderr(&run));
    assert!(run.status.success(), "{said}\n{complained}");
    let taken = said.lines().filter(|line| line.starts_with("ok ")).count();
    assert_eq!(taken, steps, "every step was taken:\n{said}\n{complained}");
}

#[test]
fn the_page_works_on_a_phone() {
    browse("page.mjs", 390, 19);
}

#[test]
fn the_page_works_on_a_desk() {
    browse("page.mjs", 1440, 19);
}

#[test]
fn the_map_works_on_a_phone() {
    browse("map.mjs", 390, 12);
}

#[test]
fn the_map_works_on_a_desk() {
    browse("map.mjs", 1440, 12);
}
