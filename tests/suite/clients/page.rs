//! The page for people in headless Chromium, on a phone and on a desk.

use std::path::Path;
use std::process::Command;

use crate::harness::{Folder, Office, stderr, stdout};

/// Runs `page.mjs`, which opens the page and works through what people do with it.
fn browse(width: u32) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(
        root.join("web/dist/index.html").exists() && root.join("web/node_modules").exists(),
        "the page is built: run `make test`, or scripts/web.sh once"
    );
    let office = Office::open().with_land("two_villages").start();
    let folder = Folder::new();
    let tube_house = office.get("/v1/parcels/lookup?q=thua%2012%20to%205%20ben%20thanh");
    let id = tube_house.at("/features/0/id");
    let corner = tube_house.at("/features/0/geometry/coordinates/0/0");
    let asked = serde_json::json!({
        "url": office.url(),
        "width": width,
        "folder": folder.path(),
        "typed": "pham ngu",
        "q": "thua 13 to 5 ben thanh",
        "lon": corner[0],
        "lat": corner[1],
        "id": id,
        "date": "2025-08-01",
        "ward": "Ben Thanh",
        "sheet": "5",
        "number": "12",
    });
    let run = Command::new(root.join("scripts/node.sh"))
        .arg("node")
        .arg(root.join("tests/suite/clients/page.mjs"))
        .arg(asked.to_string())
        .output()
        .expect("bash runs");
    let (said, complained) = (stdout(&run), stderr(&run));
    assert!(run.status.success(), "{said}\n{complained}");
    let steps = said.lines().filter(|line| line.starts_with("ok ")).count();
    assert_eq!(steps, 14, "every step was taken:\n{said}\n{complained}");
}

#[test]
fn the_page_works_on_a_phone() {
    browse(390);
}

#[test]
fn the_page_works_on_a_desk() {
    browse(1440);
}
