//! A register in PostgreSQL with a role that is nobody special: without PostGIS, and with one that
//! somebody else made.

use std::process::Command;

use crate::databases::Server;
use crate::harness::{Folder, Office, diachinh, stderr, stdout};

/// Runs the program on a register and gives what it prints.
fn run(folder: &Folder, url: &str, arguments: &[&str]) -> String {
    let output = diachinh(folder)
        .args(arguments)
        .args(["--store", url])
        .output()
        .expect("the program starts");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        stderr(&output)
    );
    stdout(&output)
}

/// What psql answers, one row a line.
fn ask(url: &str, sql: &str) -> String {
    let output = Command::new("psql")
        .args(["-X", "-A", "-t", "-q", url, "-c", sql])
        .output()
        .expect("psql is installed");
    assert!(output.status.success(), "{sql}: {}", stderr(&output));
    stdout(&output).trim().to_owned()
}

#[test]
fn a_register_works_in_a_database_without_postgis() {
    let folder = Folder::new();
    let url = Server::shared().new_plain_database();
    let built = run(&folder, &url, &["demo", "--parcels", "3000"]);
    assert!(built.contains("3000 parcels"), "{built}");
    let extension = "SELECT count(*) FROM pg_extension WHERE extname = 'postgis'";
    assert_eq!(ask(&url, extension), "0", "PostGIS is not there");
    assert_eq!(ask(&url, "SELECT count(*) FROM parcels"), "3000");

    let office = Office::open().on(&url).start();
    let found = office.get("/v1/parcels/1");
    assert_eq!(found.status, 200, "{}", found.text());
    let key = format!(
        "/v1/parcels/lookup?ward={}&sheet={}&number={}",
        text(&found.at("/properties/asMap/commune/code")),
        text(&found.at("/properties/asMap/sheet")),
        text(&found.at("/properties/asMap/number")),
    );
    let by_key = office.get(&key);
    let ids = by_key.at("/features");
    let mut ids = ids.as_array().into_iter().flatten().map(|f| &f["id"]);
    assert!(ids.any(|id| id == 1), "{key}: {}", by_key.text());

    run(&folder, &url, &["export", "parcels", "parcels.geojson"]);
    let written = std::fs::read_to_string(folder.path().join("parcels.geojson"));
    let written: serde_json::Value =
        serde_json::from_str(&written.expect("the file is written")).expect("GeoJSON");
    assert_eq!(written["features"].as_array().map(Vec::len), Some(3000));
    let checked = run(&folder, &url, &["check-store"]);
    assert!(checked.contains(", 0 flaws"), "{checked}");
}

#[test]
fn postgis_that_an_administrator_made_gives_the_register_its_display() {
    let folder = Folder::new();
    let url = Server::shared().new_plain_database();
    let name = url.rsplit('=').next().expect("a role");
    Server::shared().psql(name, "CREATE EXTENSION postgis");
    run(&folder, &url, &["demo", "--parcels", "3000"]);
    let drawn = "SELECT count(*) FROM parcels WHERE ST_SRID(geom_4756) = 4756";
    assert_eq!(ask(&url, drawn), "3000");
}

#[test]
fn a_database_in_which_nothing_may_be_made_is_refused_with_what_it_says() {
    let folder = Folder::new();
    let url = Server::shared().new_plain_database();
    let name = url.rsplit('=').next().expect("a role");
    Server::shared().psql("postgres", &format!("CREATE ROLE {name}_guest LOGIN"));
    let output = diachinh(&folder)
        .args(["demo", "--store", &format!("{url}_guest")])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("permission denied"), "{said}");
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().expect("a text")
}
