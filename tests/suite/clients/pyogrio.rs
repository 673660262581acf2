//! The GDAL that pyogrio brings, newer than Debian's, reads parcels in the system they are held in.

use std::path::Path;
use std::process::Command;

use crate::harness::{Office, stderr, stdout};
use serde_json::{Value, json};

#[test]
fn a_newer_gdal_reads_parcels_in_metres_in_degrees_by_box_by_what_they_say_and_as_tiles() {
    let office = Office::open().with_land("two_villages").start();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(".tools/python/bin/python");
    assert!(
        python.exists(),
        "pyogrio is installed: run `make test`, or scripts/python.sh once"
    );
    let run = Command::new(python)
        .arg(root.join("tests/suite/clients/read_with_pyogrio.py"))
        .arg(office.url())
        .output()
        .expect("python runs");
    assert!(run.status.success(), "{}", stderr(&run));
    let found: Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    assert!(
        found["version"][1].as_i64() >= Some(12),
        "{}",
        found["version"]
    );
    let layers = json!(["parcels", "wards", "zones", "roads", "restrictions"]);
    assert_eq!(found["layers"], layers);
    let all = json!([1, 2, 4, 5, 6, 7, 11]);
    // Where most of them are held, easting first, to the millimetre.
    assert_eq!(found["stored"]["crs"], "EPSG:9210");
    assert_eq!(found["stored"]["ids"], all);
    assert_eq!(found["stored"]["first"][0], json!([603_000.0, 1_191_000.0]));
    let degrees = found["degrees"]["crs"].as_str().unwrap_or_default();
    assert!(degrees.contains("WGS 84"), "{degrees}");
    let first = &found["degrees"]["first"][0];
    assert!(
        first[0].as_f64() > Some(106.6) && first[1].as_f64() < Some(10.8),
        "{first}"
    );
    assert_eq!(found["tiles"]["crs"], "EPSG:3857");
    let tiled = found["tiles"]["ids"].as_array().expect("keys");
    assert!(tiled.contains(&json!(1)) && tiled.len() >= 4, "{tiled:?}");
    // Parcel 1 stands on this corner; a unit of the finest tiles is 8 mm.
    assert_eq!(found["office"]["crs"], "EPSG:9210");
    let tiled = found["office"]["ids"].as_array().expect("keys");
    assert!(tiled.contains(&json!(1)), "{tiled:?}");
    let off = found["office"]["off"].as_f64();
    assert!(off < Some(0.006), "{off:?} m");
    assert_eq!(found["equal"]["ids"], json!([1, 2, 4, 5]));
    assert_eq!(found["more"]["ids"], json!([6, 11]));
    assert_eq!(found["box"]["ids"], json!([1]));
}
