//! pyarrow, which shares no code with what wrote it, reads a downloaded collection as GeoParquet.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::features::downloads::made;
use crate::harness::{Folder, Office, stderr, stdout};

/// What pyarrow says of a file, beside the items of the same collection.
fn read(file: &Path, items: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(".tools/python/bin/python");
    assert!(
        python.exists(),
        "pyarrow is installed: run `make test`, or scripts/python.sh once"
    );
    let run = Command::new(python)
        .arg(root.join("tests/suite/clients/read_with_pyarrow.py"))
        .args([file, items])
        .output()
        .expect("python runs");
    assert!(run.status.success(), "{}", stderr(&run));
    serde_json::from_str(&stdout(&run)).expect("JSON")
}

#[test]
fn a_collection_as_geoparquet_has_the_features_and_shapes_of_its_items_in_degrees() {
    let office = Office::open().with_land("two_villages").start();
    let folder = Folder::new();
    let mut kinds: Vec<Value> = Vec::new();
    for (collection, of_features) in [
        ("parcels", json!(["MultiPolygon"])),
        ("wards", json!(["MultiPolygon"])),
        ("zones", json!(["MultiPolygon"])),
        ("roads", json!(["MultiPolygon"])),
    ] {
        let path = format!("/collections/{collection}/downloads/{collection}.parquet");
        let answer = made(&office, &path);
        let file = folder.path().join(format!("{collection}.parquet"));
        std::fs::write(&file, &answer.body).expect("the folder takes files");
        let items = office.get(&format!("/collections/{collection}/items?limit=1000"));
        let count = items.at("/features").as_array().map(Vec::len);
        let listed = folder.path().join(format!("{collection}.json"));
        std::fs::write(&listed, &items.body).expect("the folder takes files");
        let found = read(&file, &listed);
        assert_eq!(
            found["rows"].as_u64(),
            count.map(|n| n as u64),
            "{collection}"
        );
        assert_eq!(found["unequal"], json!([]), "{collection}");
        assert_eq!(found["beyond"], json!([]), "{collection}");
        assert_eq!(found["boxed"], true, "{collection}");
        let geo = &found["geo"];
        assert_eq!(geo["version"], "1.1.0");
        assert_eq!(geo["primary_column"], "geometry");
        let geometry = &geo["columns"]["geometry"];
        // Without a system it is OGC:CRS84, as of the items.
        assert_eq!(
            (&geometry["encoding"], &geometry["crs"]),
            (&json!("WKB"), &Value::Null)
        );
        if geometry["geometry_types"] != of_features {
            // Wards of a village have no borders.
            assert_eq!(geometry["geometry_types"], json!([]), "{collection}");
        }
        assert_eq!(
            geometry["covering"]["bbox"]["ymax"],
            json!(["bbox", "ymax"])
        );
        kinds.push(found["first"].clone());
    }
    assert_eq!(kinds[0]["id"], 1);
    assert_eq!(kinds[0]["asMap.commune.code"], "26743");
    assert_eq!(kinds[0]["scale"], 500);
    assert!(
        kinds[0]["measuredArea"].as_f64() > Some(1.0),
        "{}",
        kinds[0]
    );
    assert_eq!(kinds[0]["nationalIdentifier"], "000001234567");
}
