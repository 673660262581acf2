//! QGIS opens the register's file while it is written, and a look-up by its address.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::follow::renumbered;
use crate::harness::{Folder, Office, diachinh, stderr, stdout};

/// What QGIS says of what it is asked to open.
fn qgis(folder: &Folder, asked: &Value) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/clients/open_in_qgis.py");
    let run = Command::new("/usr/bin/python3")
        .arg(script)
        .arg(asked.to_string())
        // A desktop without a screen, and without anybody's settings.
        .env("QT_QPA_PLATFORM", "offscreen")
        .env("XDG_RUNTIME_DIR", folder.path())
        .env("HOME", folder.path())
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("python3 runs");
    let (said, complained) = (stdout(&run), stderr(&run));
    assert!(run.status.success(), "{said}\n{complained}");
    serde_json::from_str(&said).expect("the script prints JSON")
}

/// Parcels that hold, those of a future day included.
const OPEN: u64 = 7;

#[test]
fn qgis_opens_and_draws_the_register_while_a_server_runs_and_it_is_written() {
    let folder = Folder::new();
    let office = Office::open().with_land("two_villages").start();
    let file = office.store_url();
    let picture = folder.path().join("register.png");
    let asked = json!({
        "sources": {
            "parcels": format!("{file}|layername=parcels"),
            "roads": format!("{file}|layername=roads"),
        },
        "list": file,
        "draw": ["roads", "parcels"],
        "picture": picture,
    });
    let done = AtomicBool::new(false);
    let (seen, commits) = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut commits = 0;
            // Bounded, so that a reader that fails does not leave the writer running.
            while !done.load(Ordering::Relaxed) && commits < 2_000 {
                commits += 1;
                office.commit(&renumbered(&office, &(100 + commits).to_string()));
            }
            commits
        });
        let seen = qgis(&folder, &asked);
        done.store(true, Ordering::Relaxed);
        (seen, writer.join().expect("the writer goes on"))
    });
    assert!(commits > 1, "the register was written meanwhile");
    let layers: Vec<&str> = seen["layers"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for listed in ["parcels", "parcels_closed", "roads", "wards", "zones"] {
        assert!(layers.contains(&listed), "{listed} in {layers:?}");
    }
    assert!(!layers.contains(&"parties"), "not for GIS clients");
    for (layer, features) in [("parcels", OPEN), ("roads", 1)] {
        let layer = &seen[layer];
        assert_eq!(layer["features"], features, "{layer}");
        assert_eq!(layer["read"], features, "{layer}");
        assert_eq!(layer["crs"], "EPSG:4756");
        assert_eq!(layer["geometry"], "polygon");
        assert_eq!(layer["valid"], true);
    }
    assert_eq!(seen["picture"]["errors"], json!([]));
    let painted = seen["picture"]["painted"].as_f64().expect("a share");
    assert!((0.05..0.95).contains(&painted), "{painted}");
    let whole = diachinh(&folder)
        .args(["check-store", "--store", file])
        .output()
        .expect("the program starts");
    assert!(stdout(&whole).contains(", 0 flaws"), "{}", stdout(&whole));
}

#[test]
fn qgis_opens_a_look_up_as_a_layer() {
    let folder = Folder::new();
    let office = Office::open().with_land("two_villages").start();
    let corner = office.get("/v1/parcels/1").at("/geometry/coordinates/0/0");
    let address = format!(
        "/v1/parcels/lookup?lon={}&lat={}&accuracy_m=30",
        corner[0], corner[1]
    );
    let found = office.get(&address);
    let found = found.at("/features").as_array().map_or(0, Vec::len);
    assert!(found > 1, "a corner has neighbours");
    let asked = json!({ "sources": { "lookup": format!("{}{address}", office.url()) } });
    let layer = &qgis(&folder, &asked)["lookup"];
    assert_eq!(layer["features"], found);
    assert_eq!(layer["crs"], "EPSG:4326");
    assert_eq!(layer["geometry"], "polygon");
    assert_eq!(layer["valid"], true);
    let label = layer["first"]["label"].as_str().expect("a label");
    assert!(label.contains("Phường Bến Thành"), "{label}");
}

#[test]
fn qgis_adds_the_collections_of_a_server() {
    let folder = Folder::new();
    let office = Office::open().with_land("two_villages").start();
    let source = |name: &str| {
        format!(
            " pagingEnabled='true' restrictToRequestBBOX='1' typename='{name}' url='{}' \
             version='OGC_API_FEATURES'",
            office.url()
        )
    };
    let asked = json!({
        "sources": {"parcels": source("parcels"), "roads": source("roads")},
    });
    let seen = qgis(&folder, &asked);
    for (layer, features) in [("parcels", 7), ("roads", 1)] {
        let layer = &seen[layer];
        assert_eq!(layer["features"], features, "{layer}");
        assert_eq!(layer["read"], features, "{layer}");
        assert_eq!(layer["crs"], "EPSG:4326");
        assert_eq!(layer["geometry"], "polygon");
        assert_eq!(layer["valid"], true);
    }
}

#[test]
fn qgis_draws_the_vector_tiles_of_a_server() {
    let folder = Folder::new();
    let office = Office::open().with_land("two_villages").start();
    let ring = office.get("/v1/parcels/1").at("/geometry/coordinates/0");
    // Metres of the Web Mercator around the lot and some of its neighbours.
    let metres = |at: &Value| {
        let degrees = |i: usize| at[i].as_f64().expect("degrees");
        let side = 6_378_137.0_f64;
        let lat = degrees(1).to_radians();
        [side * degrees(0).to_radians(), side * lat.tan().asinh()]
    };
    let [west, south] = metres(&ring[0]);
    let asked = |url: &str, box_m: [f64; 4]| {
        json!({
            "tiles": format!("{}{url}", office.url()),
            "box": box_m,
            "picture of tiles": folder.path().join("tiles.png"),
        })
    };
    let lots = [west, south, west + 12.0, south + 18.0];
    for url in [
        "/tiles/city/{z}/{x}/{y}",
        "/tiles/WebMercatorQuad/{z}/{y}/{x}",
        "/collections/parcels/tiles/WebMercatorQuad/{z}/{y}/{x}",
    ] {
        let seen = &qgis(&folder, &asked(url, lots))["tiles"];
        assert_eq!(seen["errors"], json!([]), "{url}");
        let painted = seen["painted"].as_f64().expect("a share");
        assert!(painted > 0.5, "{url}: {painted}");
    }
    let nowhere = [0.0, 0.0, 12.0, 18.0];
    let seen = &qgis(&folder, &asked("/tiles/city/{z}/{x}/{y}", nowhere))["tiles"];
    assert_eq!(seen["painted"], 0.0, "nothing lies off the coast of Africa");
}
