//! Commands of an operator beside the server: the check of the store, the snapshot file.

use std::process::Command;

use crate::fixture;
use crate::harness::{Folder, commit, diachinh, planes, stderr, stdout};
use diachinh::store::StoreOptions;

/// A folder with the register of `two_villages` in `diachinh.gpkg`.
fn register() -> Folder {
    let folder = Folder::new();
    let file = folder.path().join("diachinh.gpkg").display().to_string();
    commit(
        &StoreOptions::at(file),
        &fixture::land("two_villages", &planes()),
    );
    folder
}

#[test]
fn a_register_that_is_whole_is_said_to_be_so() {
    let folder = register();
    let output = diachinh(&folder)
        .arg("check-store")
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    let lines: Vec<&str> = said.lines().collect();
    let [corridors, parcels, roads, whole] = lines.as_slice() else {
        unreachable!("three collections and the whole: {said}");
    };
    let expected = "revision 1: 8 parcel versions and 2 feature versions read, 0 flaws";
    assert_eq!(*whole, expected);
    assert!(corridors.starts_with("corridors: 1 records, content "));
    assert!(parcels.starts_with("parcels: 8 records, content "));
    assert!(roads.starts_with("roads: 1 records, content "));
}

#[test]
fn an_audit_entry_that_was_changed_is_found() {
    let folder = register();
    let change = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); \
        c.execute(\"UPDATE audit SET entry = replace(entry, 'two_', 'three_')\"); c.commit()";
    let changed = Command::new("python3")
        .args(["-c", change])
        .arg(folder.path().join("diachinh.gpkg"))
        .status()
        .expect("python3 is installed");
    assert!(changed.success());
    let output = diachinh(&folder)
        .arg("check-store")
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(
        stdout(&output).contains("does not hold from entry 1 on"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_store_that_is_not_one_is_refused() {
    let folder = Folder::new();
    folder.file("diachinh.gpkg", "this is not a register");
    for command in ["check-store", "snapshot"] {
        let output = diachinh(&folder)
            .arg(command)
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert!(!stderr(&output).is_empty());
    }
}

#[test]
fn commands_that_only_read_refuse_a_register_that_is_not_there_and_make_none() {
    let folder = Folder::new();
    for command in [
        &["check-store"][..],
        &["snapshot"],
        &["export", "parcels", "parcels.gpkg"],
        &["export", "rejected", "rejected.gpkg", "--dataset", "a"],
        &["audit", "verify"],
        &["party", "holders", "1"],
        &["layer", "list"],
        &["layer", "withdraw", "zoning", "--reason", "x"],
    ] {
        let output = diachinh(&folder)
            .args(command)
            .args(["--store", "mistyped.gpkg"])
            .output()
            .expect("the program starts");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {said}");
        assert!(said.contains("no register at `mistyped.gpkg`"), "{said}");
        let left = std::fs::read_dir(folder.path())
            .expect("the folder")
            .count();
        assert_eq!(left, 0, "{command:?}");
    }
}

#[test]
fn a_register_in_a_folder_that_is_not_there_is_told_so() {
    let folder = Folder::new();
    let output = diachinh(&folder)
        .args(["demo", "--store", "var/city.gpkg"])
        .output()
        .expect("the program starts");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("there is no folder `var`"), "{said}");
}

#[test]
fn the_snapshot_command_writes_the_file_of_the_options() {
    let folder = register();
    let output = diachinh(&folder)
        .arg("snapshot")
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("revision 1, 8 parcel versions"));
    assert!(folder.path().join("var/snapshots/land.snapshot").exists());
}

/// Runs a command as a user who may read the register and write nowhere beside it.
fn as_a_guest(folder: &Folder, arguments: &[&str]) -> std::process::Output {
    // A guest may not enter the folder in which the program was built.
    let program = folder.path().join("program");
    std::fs::copy(env!("CARGO_BIN_EXE_diachinh"), &program).expect("the folder takes files");
    let script = "chmod 555 . && chmod 444 diachinh.gpkg* && chmod 755 program && \
        if [ $(id -u) = 0 ]; then \
        exec setpriv --reuid=65534 --regid=65534 --clear-groups ./program \"$@\"; \
        else exec ./program \"$@\"; fi";
    let output = Command::new("sh")
        .args(["-c", script, "sh"])
        .args(arguments)
        .current_dir(folder.path())
        .env("LC_ALL", "C")
        .output();
    let opened = Command::new("chmod").arg("755").arg(folder.path()).status();
    assert!(opened.expect("chmod runs").success());
    output.expect("the program starts")
}

#[test]
fn a_register_that_may_only_be_read_is_told_so_with_what_to_do() {
    for (arguments, word) in [
        (
            &["check-store"][..],
            "the register or its folder may only be read",
        ),
        (&["snapshot"], "the register or its folder may only be read"),
        (
            &["snapshot", "--language", "vi"],
            "sổ đăng ký hoặc thư mục của sổ chỉ cho đọc, cần quyền ghi cả hai",
        ),
    ] {
        let folder = register();
        let output = as_a_guest(&folder, arguments);
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {text}");
        assert!(text.contains(word), "{arguments:?}: {text}");
        assert!(!text.contains("query failed"), "{text}");
    }
}
