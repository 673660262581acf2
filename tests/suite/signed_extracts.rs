//! Extracts as signed files, verified without the server.

use crate::evidence::{is_whole, key, verify};
use crate::harness::{Office, stderr};
use diachinh::evidence::seal;
use serde_json::{Value, json};

#[test]
fn a_signed_extract_is_verified_and_its_area_is_measured_again() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/v1/parcels/1/extract?f=evidence&lang=en");
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let evidence: Value = serde_json::from_str(answer.text()).expect("JSON");
    assert!(is_whole(&evidence));
    let plain = office.get("/v1/parcels/1/extract?f=json&lang=en");
    assert_eq!(evidence["payload"]["extract"], plain.at(""));
    let folder = office.folder();
    folder.file("evidence.json", answer.text());
    folder.file("keys.json", office.get("/v1/keys").text());
    let with_keys = ["evidence.json", "--keys", "keys.json"];
    let held = verify(&office, &with_keys);
    let said = String::from_utf8_lossy(&held.stdout).into_owned();
    assert_eq!(held.status.code(), Some(0), "{said}{}", stderr(&held));
    let date = plain.at("/date");
    let date = date.as_str().expect("a day");
    assert!(
        said.contains(&format!("extract of parcel 1 for {date}")),
        "{said}"
    );
    assert!(said.contains("without data: "), "{said}");

    let mut other = evidence["payload"].clone();
    other["shape"][0][0][1][0] = json!(other["shape"][0][0][1][0].as_i64().expect("mm") + 1);
    let sealed = seal(&key(), other).expect("canonical");
    folder.file("evidence.json", &String::from_utf8_lossy(&sealed));
    let measured = verify(&office, &["evidence.json"]);
    let said = String::from_utf8_lossy(&measured.stdout).into_owned();
    assert_eq!(measured.status.code(), Some(3));
    assert!(
        said.contains("NOT AN EXTRACT: `/extract/areas/measuredM2`"),
        "{said}"
    );
    let changed = answer.text().replacen("\"revision\":", "\"revision\":1", 1);
    folder.file("evidence.json", &changed);
    let broken = verify(&office, &with_keys);
    assert_eq!(broken.status.code(), Some(3));

    let refused = office.get("/v1/parcels/1/extract?f=pdf&lang=en");
    assert_eq!(
        (refused.status, refused.at("/parameter")),
        (400, json!("f"))
    );
}
