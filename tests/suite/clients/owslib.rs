//! OWSLib of Debian reads the collections, their items, and one item of each.

use std::path::Path;
use std::process::Command;

use crate::harness::{Office, stderr, stdout};
use serde_json::{Value, json};

#[test]
fn owslib_reads_every_collection_its_items_by_box_and_filter_and_one_of_them() {
    let office = Office::open().with_land("two_villages").start();
    let script = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = script.join("tests/suite/clients/read_with_owslib.py");
    let run = Command::new("/usr/bin/python3")
        .arg(script)
        .arg(format!("{}/", office.url()))
        .output()
        .expect("python3 runs");
    assert!(run.status.success(), "{}", stderr(&run));
    let found: Value = serde_json::from_str(&stdout(&run)).expect("JSON");
    for (name, ids, more, in_box) in [
        ("parcels", json!([1, 2]), true, json!([11])),
        ("wards", json!([26686, 26743]), false, json!([26686])),
        ("zones", json!([]), false, json!([])),
        ("roads", json!([1001]), false, json!([])),
        ("restrictions", json!([1002]), false, json!([])),
    ] {
        let read = &found[name];
        assert_eq!(read["ids"], ids, "{name}");
        assert_eq!(read["more"], more, "{name}");
        assert_eq!(read["one"], ids[0], "{name}");
        assert_eq!(read["in_box"], in_box, "{name}");
    }
    for (name, above) in [
        ("parcels", json!([2, 4, 5, 6, 7, 11])),
        ("roads", json!([1001])),
        ("restrictions", json!([])),
    ] {
        assert_eq!(found[name]["above"], above, "{name}");
    }
}
