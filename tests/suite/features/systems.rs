//! Coordinate systems by reference: positions and boxes in the order of the system's axes.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{features, ids};
use crate::harness::{Office, stderr, stdout};
use serde_json::{Value, json};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

fn epsg(code: u32) -> String {
    format!("http://www.opengis.net/def/crs/EPSG/0/{code}")
}

/// The positions of the first ring.
fn ring(feature: &Value) -> Value {
    feature["geometry"]["coordinates"][0].clone()
}

#[test]
fn a_collection_lists_its_systems_and_the_one_it_is_held_in() {
    let office = Office::open().with_land("two_villages").start();
    let expected = [4326, 9210, 4756, 5899, 3857].map(epsg);
    for name in ["parcels", "wards", "zones", "roads", "restrictions"] {
        let answer = office.get(&format!("/collections/{name}"));
        let listed = answer.at("/crs");
        let listed = listed.as_array().expect("systems");
        assert_eq!(listed[0], CRS84, "{name}");
        assert_eq!(
            listed.as_slice()[1..],
            expected.each_ref().map(|c| json!(c))
        );
    }
    let storage = |name: &str| {
        office
            .get(&format!("/collections/{name}"))
            .at("/storageCrs")
    };
    assert_eq!(storage("parcels"), epsg(9210));
    assert_eq!(storage("roads"), epsg(9210));
    assert_eq!(storage("zones"), Value::Null);
}

#[test]
fn positions_in_every_system_are_those_of_pyproj_in_the_order_of_its_axes() {
    let office = Office::open().with_land("two_villages").start();
    let collection = office.get("/collections/parcels");
    let systems = collection.at("/crs");
    let mut questions = Vec::new();
    for id in [1, 6, 11] {
        let held = office.get(&format!("/v1/parcels/{id}"));
        let plane = held.at("/properties/plane");
        for system in systems.as_array().expect("systems") {
            let to = system.as_str().expect("an address");
            let path = format!("/collections/parcels/items/{id}?crs={to}");
            let answer = office.get(&path);
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            assert_eq!(answer.header("content-crs"), format!("<{to}>"));
            let (metres, got) = (&plane["polygons"][0][0], ring(&answer.json()));
            questions.push(json!({
                "from": plane["epsg"], "to": to, "metres": metres, "got": got,
            }));
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/features/systems.py");
    let mut run = Command::new("/usr/bin/python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 runs");
    let mut input = run.stdin.take().expect("a pipe");
    let text = json!(questions).to_string();
    input.write_all(text.as_bytes()).expect("python3 reads");
    drop(input);
    let run = run.wait_with_output().expect("python3 ends");
    assert!(run.status.success(), "{}", stderr(&run));
    let differences: Vec<f64> = serde_json::from_str(&stdout(&run)).expect("JSON");
    assert_eq!(differences.len(), questions.len());
    for (question, difference) in questions.iter().zip(differences) {
        let to = question["to"].as_str().expect("an address");
        let degrees = [CRS84, &epsg(4326), &epsg(4756)].contains(&to);
        // Half of the last decimal, and what pyproj's own numbers are rounded to.
        let allowed = if degrees { 0.7e-9 } else { 0.6e-3 };
        assert!(difference <= allowed, "{difference} in {question}");
    }
}

#[test]
fn a_page_is_in_the_system_asked_for_and_so_is_the_next() {
    let office = Office::open().with_land("two_villages").start();
    let plain = office.get("/collections/parcels/items?limit=3");
    assert_eq!(plain.header("content-crs"), format!("<{CRS84}>"));
    let swapped = format!("/collections/parcels/items?limit=3&crs={}", epsg(4326));
    let swapped = office.get(&swapped);
    for (a, b) in features(&plain).iter().zip(features(&swapped)) {
        let (a, b) = (ring(a), ring(&b));
        assert_eq!((&a[0][0], &a[0][1]), (&b[0][1], &b[0][0]));
    }
    let next = super::link(&office, &swapped, "next").expect("a next page");
    let next = office.get(&next);
    assert_eq!(next.header("content-crs"), format!("<{}>", epsg(4326)));
    let latitude = ring(&features(&next)[0])[0][0].as_f64().expect("degrees");
    assert!(latitude < 20.0, "{latitude}");
    let road = office.get("/collections/roads/items/1001?crs=[EPSG:9210]");
    let corner = ring(&road.json())[0].clone();
    assert_eq!(corner, json!([602_950.0, 1_190_992.0]));
}

#[test]
fn a_box_is_read_in_the_order_of_its_system() {
    let office = Office::open().with_land("two_villages").start();
    let items = "/collections/parcels/items";
    for (bbox, crs, expected) in [
        ("106,10,107,11", CRS84.to_owned(), &[1, 2, 4, 5, 6, 7][..]),
        ("10,106,11,107", epsg(4326), &[1, 2, 4, 5, 6, 7]),
        ("10,107,11,108", epsg(4756), &[11]),
        ("10,170,11,106.9", epsg(4326), &[1, 2, 4, 5, 6, 7]),
        ("603000,1191001,603006,1191002", epsg(9210), &[1, 2]),
        ("429000,1149000,431000,1151000", epsg(5899), &[11]),
    ] {
        let page = office.get(&format!("{items}?bbox={bbox}&bbox-crs={crs}"));
        assert_eq!(ids(&page), expected, "{bbox} {crs}");
    }
    for (bbox, crs) in [
        ("106,10,107,11", epsg(4326)),
        ("603006,1191001,603000,1191002", epsg(9210)),
    ] {
        let answer = office.get(&format!("{items}?bbox={bbox}&bbox-crs={crs}"));
        assert_eq!(
            (answer.status, answer.at("/parameter")),
            (400, json!("bbox"))
        );
    }
}

#[test]
fn a_system_that_is_not_offered_is_refused_with_those_that_are() {
    let office = Office::open().with_land("two_villages").start();
    for path in ["/collections/parcels/items", "/collections/parcels/items/1"] {
        for crs in ["EPSG:9210", "", "x", &epsg(32648), &epsg(27700)] {
            let answer = office.get(&format!("{path}?crs={crs}"));
            assert_eq!(answer.status, 400, "{crs}");
            assert_eq!(answer.at("/code"), "unsupported_crs");
            assert_eq!(answer.at("/parameter"), "crs");
            let expected = answer.at("/expected");
            assert!(expected.as_str().is_some_and(|e| e.contains("EPSG/0/9210")));
        }
    }
    let answer = office.get(&format!(
        "/collections/parcels/items?bbox=1,2,3,4&bbox-crs={}",
        epsg(2154)
    ));
    assert_eq!(
        (answer.status, answer.at("/parameter")),
        (400, json!("bbox-crs"))
    );
}
