//! Restarts: from the snapshot file where it fits, and from the store where it does not.

use std::path::{Path, PathBuf};

use crate::harness::{Folder, Office};

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
