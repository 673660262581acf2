//! `diachinh demo`: the city that everybody tries first.

use crate::harness::{Answer, Folder, Office, diachinh, stderr, stdout};
use std::process::{Command, Output};

/// Builds a city in `city.gpkg` of a folder.
fn build(folder: &Folder, parcels: &str) -> Output {
    let mut command = diachinh(folder);
    command.args(["demo", "--parcels", parcels, "--store", "city.gpkg"]);
    command.output().expect("the program starts")
}

/// A server on the city of a folder.
fn serving(folder: &Folder) -> Office {
    let url = folder.path().join("city.gpkg").display().to_string();
    Office::open().with(|config| config.store.url = url).start()
}

/// Ids of the features of an answer.
fn ids(answer: &Answer) -> Vec<String> {
    let features = answer.at("/features");
    let features = features.as_array().expect("a collection").iter();
    features.map(|feature| feature["id"].to_string()).collect()
}

#[test]
fn the_demo_city_is_found_by_ward_of_today_by_former_ward_and_by_position() {
    let folder = Folder::new();
    let built = build(&folder, "1200");
    assert!(built.status.success(), "{}", stderr(&built));
    let said = stdout(&built);
    assert!(said.starts_with("synthetic city: 1200 parcels"), "{said}");
    let office = serving(&folder);
    let key = "/v1/parcels/lookup?ward=26743&sheet=1&number=5";
    let answer = office.get(key);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let found = ids(&answer);
    assert!(!found.is_empty(), "{}", answer.text());
    let ring = answer.at("/features/0/geometry/coordinates/0");
    let ring = if ring[0][0].is_array() {
        ring[0].clone()
    } else {
        ring
    };
    let corner = |k: usize, axis: usize| ring[k][axis].as_f64().expect("a number");
    let middle = |axis| (0..3).map(|k| corner(k, axis)).sum::<f64>() / 3.0;
    let (lon, lat) = (middle(0), middle(1));
    let there = office.get(&format!("/v1/parcels/lookup?lon={lon:.9}&lat={lat:.9}"));
    assert!(ids(&there).contains(&found[0]), "{}", there.text());
    let named = office.get("/v1/parcels/lookup?q=thua%205%20to%201%20p%20ben%20thanh");
    assert!(ids(&named).contains(&found[0]), "{}", named.text());
}

#[test]
fn a_second_city_in_the_same_register_is_refused_and_changes_nothing() {
    let folder = Folder::new();
    assert!(build(&folder, "300").status.success());
    let again = build(&folder, "300");
    assert_eq!(again.status.code(), Some(1));
    assert!(
        stderr(&again).contains("already holds revision `1`"),
        "{}",
        stderr(&again)
    );
}

#[test]
fn the_market_of_ben_thanh_stands_on_a_parcel() {
    let folder = Folder::new();
    assert!(build(&folder, "4000").status.success());
    let office = serving(&folder);
    let market = office.get("/v1/parcels/lookup?lon=106.698&lat=10.7721");
    assert_eq!(ids(&market).len(), 1, "{}", market.text());
    assert_eq!(market.at("/synthetic"), true);
}

#[test]
fn the_page_says_in_how_many_of_the_wards_parcels_are_held() {
    let folder = Folder::new();
    assert!(build(&folder, "1200").status.success());
    let count = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); \
        print(*c.execute('SELECT (SELECT count(DISTINCT ward) FROM parcels), \
        (SELECT count(*) FROM wards)').fetchone())";
    let counted = Command::new("python3")
        .args(["-c", count])
        .arg(folder.path().join("city.gpkg"))
        .output()
        .expect("python3 is installed");
    let counted = stdout(&counted);
    let (held, wards) = counted.trim().split_once(' ').expect("two numbers");
    assert_eq!(wards, "168");
    let few: usize = held.parse().expect("a number");
    assert!(0 < few && few < 168, "{held}");
    let office = serving(&folder);
    let page = office.ask("GET", "/", &[("accept", "text/html")]);
    let said = format!("Sổ có 1.200 thửa đất ở {held} trong 168 phường, xã.");
    assert!(page.text().contains(&said), "{said} in {}", page.text());
    let script = format!("\"wards\":168,\"wardsWithParcels\":{held}");
    assert!(page.text().contains(&script), "{script}");
}
