//! What the store says, and keeps, when its database is not well.

use diachinh::store::{Error, Store, StoreOptions};

use crate::databases::{Kind, Place, Server, display};
use crate::store_parity::{at, villages};

#[test]
fn a_server_that_went_away_is_unavailable_and_answers_again_when_it_is_back() {
    let server = Server::start();
    let mut options = StoreOptions::at(server.new_database());
    options.busy_timeout_ms = 2_000;
    let store = Store::open(&options).expect("the server is there");
    store.migrate().expect("the migrations fit");
    let first = store.commit(&villages(), at(0), display());
    assert!(first.is_ok(), "{first:?}");
    server.crash();
    for _ in 0..2 {
        let gone = store.revision();
        assert!(matches!(gone, Err(Error::Unavailable(_))), "{gone:?}");
    }
    let text = store.ping().expect_err("nobody answers").to_string();
    assert!(
        !text.contains("user="),
        "the URL may hold a password: {text}"
    );
    server.restart();
    assert_eq!(store.revision().expect("the server is back").0, 1);
}

#[test]
fn a_file_that_was_removed_is_unavailable_although_it_is_still_open() {
    let place = Place::new(Kind::Sqlite);
    assert!(place.store.ping().is_ok());
    std::fs::remove_file(place.file()).expect("the file is there");
    assert!(matches!(place.store.ping(), Err(Error::Unavailable(_))));
}

#[test]
fn a_folder_that_does_not_exist_is_unavailable_and_not_made() {
    let opened = Store::open(&StoreOptions::at("/nonexistent/register.gpkg"));
    assert!(matches!(opened, Err(Error::Unavailable(_))));
    assert!(!std::path::Path::new("/nonexistent").exists());
}

#[test]
fn a_store_of_another_schema_is_told_from_one_that_is_not_there() {
    let place = Place::bare(Kind::Sqlite);
    let unmigrated = place.store.ping();
    assert!(matches!(unmigrated, Err(Error::Schema { found, .. }) if found == "none"));
}

#[test]
fn a_writer_that_waits_too_long_for_another_is_told_that_the_store_is_busy() {
    let place = Place::new(Kind::Sqlite);
    let mut options = place.options.clone();
    options.busy_timeout_ms = 100;
    let store = Store::open(&options).expect("the file is there");
    let mut holder = std::process::Command::new("python3")
        .args(["-c", HOLD])
        .arg(place.file())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("python3 is installed");
    let mut line = String::new();
    let mut said = std::io::BufReader::new(holder.stdout.take().expect("a pipe"));
    std::io::BufRead::read_line(&mut said, &mut line).expect("the holder speaks");
    let busy = store.commit(&villages(), at(0), display());
    assert!(matches!(busy, Err(Error::Busy)), "{busy:?}");
    assert_eq!(store.revision().expect("readers go on").0, 0);
    drop(holder.stdin.take());
    assert!(holder.wait().expect("the holder ends").success());
    assert!(store.commit(&villages(), at(0), display()).is_ok());
}

/// Holds the write lock until its input ends.
const HOLD: &str = "
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute('BEGIN IMMEDIATE')
print('held', flush=True)
sys.stdin.read()
connection.execute('ROLLBACK')
";
