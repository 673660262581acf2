//! What goes on when the store is away, and what comes back when it does.

use std::path::Path;

use crate::databases::Server;
use crate::fixture;
use crate::harness::{Office, commit, planes};

const PARCEL: &str = "/v1/parcels/1";

#[test]
fn a_store_that_goes_away_leaves_look_ups_answering_and_ready_saying_so() {
    let office = Office::open().with_land("two_villages").start();
    let file = Path::new(office.store_url());
    let away = file.with_extension("away");
    std::fs::rename(file, &away).expect("the file can be moved");
    let ready = office.get_until("/health/ready", |answer| answer.status == 503);
    assert_eq!(
        (ready.status, ready.at("/status")),
        (503, "storeGone".into())
    );
    assert_eq!(office.get(PARCEL).status, 200);
    assert_eq!(office.get("/health/live").status, 200);
    assert!(
        office
            .get("/metrics")
            .text()
            .contains("diachinh_store_up 0")
    );
    std::fs::rename(&away, file).expect("the file can be moved");
    let ready = office.get_until("/health/ready", |answer| answer.status == 200);
    assert_eq!(ready.at("/status"), "ready");
}

#[test]
fn a_postgres_that_crashes_leaves_look_ups_answering_and_comes_back() {
    let postgres = Server::start();
    let office = Office::open()
        .on(&postgres.new_database())
        .with(|config| config.store.busy_timeout_ms = 500)
        .with_land("two_villages")
        .start();
    postgres.crash();
    let ready = office.get_until("/health/ready", |answer| answer.status == 503);
    assert_eq!(
        (ready.status, ready.at("/status")),
        (503, "storeGone".into())
    );
    assert_eq!(office.get(PARCEL).status, 200);
    postgres.restart();
    let ready = office.get_until("/health/ready", |answer| answer.status == 200);
    assert_eq!(ready.status, 200, "{}", ready.text());
}

#[test]
fn a_postgres_that_is_silent_is_told_as_gone_within_seconds_and_comes_back() {
    let postgres = Server::start();
    let office = Office::open()
        .on(&postgres.new_database())
        .with_land("two_villages")
        .start();
    postgres.signal("STOP");
    let ready = office.get_until("/health/ready", |answer| answer.status == 503);
    assert_eq!(ready.at("/status"), "storeGone");
    assert_eq!(office.get(PARCEL).status, 200);
    postgres.signal("CONT");
    let ready = office.get_until("/health/ready", |answer| answer.status == 200);
    assert_eq!(ready.status, 200, "{}", ready.text());
}

#[test]
fn a_server_started_before_its_store_is_there_loads_it_when_it_comes() {
    let office = Office::open().at_once().in_a_missing_folder().start();
    assert_eq!(office.get("/health/live").status, 200);
    let ready = office.get("/health/ready");
    assert_eq!((ready.status, ready.at("/status")), (503, "loading".into()));
    let answer = office.get(PARCEL);
    assert_eq!(
        (answer.status, answer.at("/code")),
        (503, "store_unavailable".into())
    );
    assert!(answer.header("retry-after").parse::<u32>().is_ok());
    let folder = Path::new(office.store_url()).parent().expect("a folder");
    std::fs::create_dir(folder).expect("a folder can be made");
    commit(
        office.store_options(),
        &fixture::land("two_villages", &planes()),
    );
    let found = office.get_until(PARCEL, |answer| answer.status == 200);
    assert_eq!(found.status, 200, "{}", found.text());
}
