//! Restarts: from the snapshot file where it fits, and from the store where it does not.

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::harness::{Folder, Office, diachinh, stderr};

const PARCEL: &str = "/v1/parcels/1";

/// An office that has written its snapshot file into a folder.
fn with_file(folder: &Folder) -> (Office, PathBuf) {
    let place = folder.path().to_owned();
    let office = Office::open()
        .with_land("two_villages")
        .with(|config| config.app.snapshot_dir = place)
        .start();
    let file = folder.path().join("land.snapshot");
    wait_for(&file);
    (office, file)
}

fn wait_for(file: &Path) {
    let started = std::time::Instant::now();
    while !file.exists() && started.elapsed().as_secs() < 5 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(file.exists(), "the snapshot file is written");
}

#[test]
fn a_restart_from_the_file_answers_as_one_from_the_store() {
    let folder = Folder::new();
    let (office, _) = with_file(&folder);
    let (first, again) = (office.get(PARCEL), office.another().get(PARCEL));
    assert_eq!(first.json(), again.json());
}

#[test]
fn a_file_that_is_cut_short_or_foreign_is_made_anew() {
    let folder = Folder::new();
    let (office, file) = with_file(&folder);
    let whole = std::fs::read(&file).expect("the file");
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    for broken in [&whole[..whole.len() / 2], &flipped, b"something else", b""] {
        std::fs::write(&file, broken).expect("the folder takes files");
        let another = office.another();
        assert_eq!(another.get(PARCEL).json(), office.get(PARCEL).json());
        drop(another);
        assert_eq!(std::fs::read(&file).expect("the file").len(), whole.len());
    }
}

#[test]
fn the_file_of_another_register_is_not_taken() {
    let folder = Folder::new();
    let (_office, file) = with_file(&folder);
    let place = folder.path().to_owned();
    let empty = Office::open()
        .with(|config| config.app.snapshot_dir = place)
        .start();
    assert_eq!(empty.get(PARCEL).status, 404);
    assert!(file.exists());
}

#[test]
fn a_folder_that_takes_no_files_harms_nothing() {
    let office = Office::open()
        .with_land("two_villages")
        .with(|config| config.app.snapshot_dir = "/dev/full".into())
        .start();
    assert_eq!(office.get(PARCEL).status, 200);
    assert_eq!(office.another().get(PARCEL).status, 200);
}

/// Reads a register until its input ends; what is written meanwhile cannot leave the WAL.
const READER: &str = "
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute('BEGIN')
connection.execute('SELECT count(*) FROM revisions').fetchall()
writer = sqlite3.connect(sys.argv[1], isolation_level=None)
writer.execute('UPDATE schema_comments SET comment = comment')
print('reading', flush=True)
sys.stdin.read()
";

#[test]
fn a_restart_waits_for_nobody_who_reads() {
    let office = Office::open().with_land("two_villages").start();
    let mut reader = Command::new("python3")
        .args(["-c", READER, office.store_url()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is installed");
    let mut line = String::new();
    let out = reader.stdout.take().expect("a pipe");
    let said = std::io::BufReader::new(out).read_line(&mut line);
    assert!(said.is_ok_and(|length| length > 0), "the reader reads");
    let started = Instant::now();
    let again = office.another();
    let took = started.elapsed();
    // A checkpoint would wait for the reader as long as the options allow: five seconds.
    assert!(took < Duration::from_secs(3), "ready after {took:?}");
    assert_eq!(again.get(PARCEL).status, 200);
    drop(reader.stdin.take());
    assert!(reader.wait().expect("the reader ends").success());
}

#[test]
fn the_service_restarts_while_commands_read_the_register() {
    let office = Office::open().with_land("two_villages").start();
    let folder = Folder::new();
    let over = AtomicBool::new(false);
    let commands: [&[&str]; 5] = [
        &["check-store"],
        &["export", "parcels", "parcels.csv"],
        &["audit", "verify"],
        &["layer", "list"],
        &["party", "holders", "1"],
    ];
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut read = 0;
            while !over.load(Ordering::Relaxed) || read < commands.len() {
                let command = commands[read % commands.len()];
                // Written anew each time; absent at the first.
                let _ = std::fs::remove_file(folder.path().join("parcels.csv"));
                let output = diachinh(&folder)
                    .args(command)
                    .args(["--store", office.store_url()])
                    .output()
                    .expect("the program starts");
                assert!(output.status.success(), "{command:?}: {}", stderr(&output));
                read += 1;
            }
        });
        for _ in 0..5 {
            let again = office.another();
            assert_eq!(again.get(PARCEL).status, 200);
        }
        over.store(true, Ordering::Relaxed);
        reading.join().expect("every command reads");
    });
    let ready = office.get("/health/ready");
    assert_eq!(
        ready.json(),
        serde_json::json!({"status": "ready", "revision": 1})
    );
}
