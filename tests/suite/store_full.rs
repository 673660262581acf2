//! A disk that is full harms nothing: the register holds whole revisions, and takes more when
//! there is room again.

use std::path::Path;
use std::process::{Command, Output};

use diachinh::app::check_store::check_store;
use diachinh::store::{Error, Store, StoreOptions};

use crate::databases::{display, planes};
use crate::harness::{Folder, stderr};
use crate::store_killed::{PARCELS, edit};
use crate::store_parity::{Register, at};

/// The variable that tells the child its store.
const CHILD: &str = "SUITE_FULL_STORE";

/// Not a test of its own: the child that commits until there is no more room, and says how the
/// commit failed and which revision was the last.
#[test]
fn the_child_commits_until_there_is_no_room() {
    let Ok(url) = std::env::var(CHILD) else {
        return;
    };
    let store = Store::open(&StoreOptions::at(url)).expect("the store is there");
    let mut revision = 0;
    let failure = loop {
        match store.commit(&edit(revision + 1), at(revision), display()) {
            Ok(made) => revision = i64::try_from(made.0).expect("a small number"),
            Err(failure) => break failure,
        }
    };
    let (read, register) = Register::of(&store);
    assert_eq!(read.0 as i64, revision, "readers go on");
    assert_eq!(register.parcels.len() as i64, revision * PARCELS);
    let full = matches!(failure, Error::Full);
    eprintln!("last {revision} full {full}: {failure}");
}

/// An empty register in a folder, closed.
fn register(folder: &Folder) -> StoreOptions {
    let file = folder.path().join("register.gpkg");
    let options = StoreOptions::at(file.to_string_lossy());
    let store = Store::open(&options).expect("a new file");
    store.migrate().expect("the migrations fit");
    options
}

/// Runs the child under a shell script that gets `folder` as its first argument.
fn child(unshare: &[&str], script: &str, folder: &Path, store: &Path) -> Output {
    let (program, options) = unshare.split_first().expect("a program");
    Command::new(program)
        .args(options)
        .args(["sh", "-c", script, "sh"])
        .arg(folder)
        .arg(std::env::current_exe().expect("this program"))
        .args([
            "--exact",
            "store_full::the_child_commits_until_there_is_no_room",
        ])
        .arg("--nocapture")
        .env(CHILD, store)
        .output()
        .expect("the shell runs")
}

/// What the child said: its last revision, and whether the store told that the disk is full.
fn told(output: &Output) -> (u64, bool) {
    let said = stderr(output);
    assert!(output.status.success(), "{said}");
    let line = said.lines().find(|line| line.starts_with("last "));
    let words: Vec<&str> = line.unwrap_or_default().split([' ', ':']).collect();
    let revision = words.get(1).and_then(|word| word.parse().ok());
    (
        revision.expect("the child says a revision"),
        words[3] == "true",
    )
}

/// The register is whole, holds the revisions that were made, and takes the next one.
fn assert_whole(options: &StoreOptions, revision: u64) {
    let check = check_store(options, &planes()).expect("the register opens");
    assert_eq!(check.flaws, []);
    assert_eq!(check.revision.0, revision);
    assert_eq!(check.parcel_versions, revision * PARCELS as u64);
    let store = Store::open(options).expect("the register opens");
    let next = revision as i64 + 1;
    let made = store.commit(&edit(next), at(next), display());
    assert_eq!(made.expect("there is room again").0, revision + 1);
}

#[test]
fn a_file_that_may_not_grow_keeps_its_whole_revisions() {
    let folder = Folder::new();
    let options = register(&folder);
    // In blocks of 512 bytes; the signal is ignored, so that the write itself fails.
    let script = "trap '' XFSZ; ulimit -f 6000; shift; exec \"$@\"";
    let store = Path::new(&options.url);
    let (revision, _) = told(&child(&["env"], script, folder.path(), store));
    assert!(revision > 0, "there was room for some");
    assert_whole(&options, revision);
}

#[test]
fn a_full_disk_is_told_as_such_and_keeps_the_whole_revisions() {
    // A disk of its own, seen by nobody else and gone with the child.
    let namespace = ["unshare", "--map-root-user", "--mount"];
    let possible = Command::new(namespace[0])
        .args(&namespace[1..])
        .args(["mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"])
        .status();
    if !possible.is_ok_and(|status| status.success()) {
        eprintln!("not tried: this machine gives no namespaces for a disk that is full");
        return;
    }
    let folder = Folder::new();
    let options = register(&folder);
    std::fs::create_dir(folder.path().join("disk")).expect("a folder");
    let script = "set -e; cd \"$1\"; shift; mount -t tmpfs -o size=6m none disk; \
        cp register.gpkg* disk; \"$@\"; cp disk/register.gpkg* .";
    let store = folder.path().join("disk/register.gpkg");
    let (revision, full) = told(&child(&namespace, script, folder.path(), &store));
    assert!(revision > 0, "there was room for some");
    assert!(full, "the store says that the disk is full");
    assert_whole(&options, revision);
}
