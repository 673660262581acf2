//! No output of a command replaces the register, what the command reads, or another output.

use std::collections::BTreeMap;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use diachinh::app::open_register;
use diachinh::store::StoreOptions;

use crate::fixture;
use crate::harness::{Folder, commit, diachinh, planes, stderr};

/// A folder with the register `sn.gpkg`, another one, and what an officer keeps beside them.
fn office() -> Folder {
    let folder = Folder::new();
    let at = |name: &str| folder.path().join(name);
    let land = fixture::land("two_villages", &planes());
    for name in ["sn.gpkg", "other.gpkg"] {
        commit(&StoreOptions::at(at(name).display().to_string()), &land);
    }
    let exported = ["export", "parcels", "in.gpkg", "--store", "sn.gpkg"];
    assert_eq!(ends(&folder, &exported).0, Some(0));
    for name in ["thua.shp", "thua.shx", "thua.dbf", "area.geojson"] {
        folder.file(name, "kept");
    }
    folder.file("diachinh.toml", "[store]\nurl = \"sn.gpkg\"\n");
    folder.file("own.toml", "title_vi = \"x\"\n");
    let plan = include_str!("../../data/profiles/zoning-example.toml");
    let plan = plan.replace("{ wards = [\"26743\"] }", "{ file = \"area.geojson\" }");
    folder.file("plan.toml", &plan);
    symlink("sn.gpkg", at("link.gpkg")).expect("a link");
    symlink("new.gpkg", at("dangling.json")).expect("a link");
    std::fs::hard_link(at("sn.gpkg"), at("hard.gpkg")).expect("a link");
    std::fs::create_dir_all(at("var/snapshots")).expect("a folder");
    std::fs::copy(at("sn.gpkg"), at("var/snapshots/land.snapshot")).expect("a copy");
    folder
}

/// Exit code and text of a command.
fn ends(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String) {
    let output = diachinh(folder).args(arguments).output();
    let output = output.expect("the program starts");
    (output.status.code(), stderr(&output))
}

/// Every file of a folder with its bytes, but what readers of a register share.
fn kept(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        // Whoever reads a register that is open marks there how far it reads.
        if path.to_string_lossy().ends_with("-shm") {
            continue;
        }
        if path.is_dir() {
            files.extend(kept(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap_or_default();
            files.insert(path, bytes);
        }
    }
    files
}

/// Refused with exit code 2 and these words, and every file is as it was.
fn assert_refused(folder: &Folder, arguments: &[&str], words: &[&str]) {
    let before = kept(folder.path());
    let (code, said) = ends(folder, arguments);
    assert_eq!(code, Some(2), "{arguments:?}: {said}");
    for word in words {
        assert!(said.contains(word), "{arguments:?}: `{word}` in {said}");
    }
    let after = kept(folder.path());
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before), "{arguments:?}");
    assert!(after == before, "{arguments:?} changed a file");
}

/// A dry run of `in.gpkg` with more arguments is refused.
fn assert_dry_run_refused(folder: &Folder, more: &[&str], words: &[&str]) {
    let arguments = [&["import", "in.gpkg", "--dry-run"], more].concat();
    assert_refused(folder, &arguments, words);
}

#[test]
fn no_output_replaces_the_register_by_any_of_its_names() {
    let folder = office();
    let register = "the register `sn.gpkg`";
    for name in [
        "sn.gpkg",
        "./sn.gpkg",
        "var/../sn.gpkg",
        "link.gpkg",
        "hard.gpkg",
    ] {
        let named = format!("`{name}`");
        let words = [named.as_str(), register];
        assert_refused(&folder, &["export", "parcels", name], &words);
        let rejected = ["export", "rejected", name, "--dataset", "thua"];
        assert_refused(&folder, &rejected, &words);
        let profile = ["export", "zones", "e2.gpkg", "--profile", name];
        assert_refused(&folder, &profile, &words);
        assert_dry_run_refused(&folder, &["--defects", name], &words);
        assert_dry_run_refused(&folder, &["--report", name], &words);
        let writing = ["import", "in.gpkg", "--report", name];
        assert_refused(&folder, &writing, &words);
        let linked = ["export", "parcels", "sn.gpkg", "--store", name];
        assert_refused(
            &folder,
            &linked,
            &["`sn.gpkg`", &format!("register `{name}`")],
        );
    }
    let snapshot = ["snapshot", "--store", "var/snapshots/land.snapshot"];
    assert_refused(&folder, &snapshot, &["app.snapshot_dir", "the register"]);
    let snapshot = folder.path().join("var/snapshots/land.snapshot");
    std::fs::remove_file(snapshot).expect("the copy is there");
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    folder.file(
        "diachinh.toml",
        "[store]\nurl = \"sn.gpkg\"\n[http]\naddress_file = \"sn.gpkg\"\n",
    );
    assert_refused(&folder, &serve, &["http.address_file", register]);
}

#[test]
fn no_output_replaces_what_lies_beside_the_register_also_before_it_is_there() {
    let folder = office();
    for end in ["-keys", "-keys-wal", "-wal", "-shm", "-journal"] {
        let name = format!("sn.gpkg{end}");
        let words = [&format!("`{name}`"), "a file of the register"];
        assert_dry_run_refused(&folder, &["--report", &name], &words);
    }
    for name in ["new.gpkg", "./new.gpkg", "dangling.json", "var/../new.gpkg"] {
        let arguments = ["import", "in.gpkg", "--store", "new.gpkg", "--report", name];
        let words = [&format!("`{name}`"), "the register `new.gpkg`"];
        assert_refused(&folder, &arguments, &words);
    }
}

#[test]
fn no_output_replaces_what_is_read_or_another_output() {
    let folder = office();
    let input = ["`in.gpkg`", "the input `in.gpkg`"];
    assert_dry_run_refused(&folder, &["--defects", "in.gpkg"], &input);
    assert_dry_run_refused(&folder, &["--report", "in.gpkg"], &input);
    assert_dry_run_refused(&folder, &["--store", "in.gpkg"], &input);
    let table = ["import", "thua.shp", "--dry-run", "--report", "thua.dbf"];
    assert_refused(&folder, &table, &["the input", "thua.dbf`"]);
    let profile = ["--profile", "own.toml", "--report", "own.toml"];
    assert_dry_run_refused(&folder, &profile, &["the field profile `own.toml`"]);
    let area = ["--profile", "plan.toml", "--report", "area.geojson"];
    let words = ["`area.geojson`", "a file that the field profile names"];
    assert_dry_run_refused(&folder, &area, &words);
    let configuration = ["export", "zones", "z.gpkg", "--profile", "diachinh.toml"];
    assert_refused(
        &folder,
        &configuration,
        &["the configuration `diachinh.toml`"],
    );
    let twice = ["--report", "out.gpkg", "--defects", "./out.gpkg"];
    assert_dry_run_refused(
        &folder,
        &twice,
        &["`./out.gpkg`", "another output, `out.gpkg`"],
    );
    let twice = ["export", "zones", "z.gpkg", "--profile", "z.gpkg"];
    assert_refused(&folder, &twice, &["another output, `z.gpkg`"]);
    let vietnamese = ["--defects", "in.gpkg", "--language", "vi"];
    let words = ["`in.gpkg` (`--defects`) và tệp đầu vào `in.gpkg` là cùng một tệp"];
    assert_dry_run_refused(&folder, &vietnamese, &words);
}

#[test]
fn no_output_replaces_any_other_register() {
    let folder = office();
    let words = ["is a register or belongs to one"];
    let live = folder.path().join("live.gpkg").display().to_string();
    let live = StoreOptions::at(live);
    let server = open_register(&live).expect("the register opens");
    assert_eq!(server.revision().expect("a revision").0, 0);
    commit(&live, &fixture::land("two_villages", &planes()));
    let log = std::fs::metadata(folder.path().join("live.gpkg-wal"));
    assert!(log.is_ok_and(|log| log.len() > 0), "the server has it open");
    for register in ["other.gpkg", "live.gpkg"] {
        assert_refused(&folder, &["export", "parcels", register], &words);
        for end in ["", "-keys", "-wal"] {
            let name = format!("{register}{end}");
            assert_dry_run_refused(&folder, &["--report", &name], &words);
        }
    }
    drop(server);
    folder.file("damaged.gpkg", "SQLite format 3\0 and no more");
    let damaged = ["export", "parcels", "damaged.gpkg"];
    let words = ["`damaged.gpkg`", "cannot be seen whether it is a register"];
    assert_refused(&folder, &damaged, &words);
}

#[test]
fn an_earlier_output_is_replaced_as_before() {
    let folder = office();
    let again: [&[&str]; 4] = [
        &["export", "parcels", "out.gpkg"],
        &["export", "zones", "out.gpkg", "--profile", "out.toml"],
        &[
            "import",
            "in.gpkg",
            "--dry-run",
            "--report",
            "out.json",
            "--defects",
            "out.gpkg",
        ],
        &["import", "in.gpkg", "--dry-run", "--report", "/dev/null"],
    ];
    for arguments in again {
        for _ in 0..2 {
            let (code, said) = ends(&folder, arguments);
            assert!(matches!(code, Some(0 | 3)), "{arguments:?}: {said}");
        }
    }
    let made = std::fs::read(folder.path().join("out.gpkg")).expect("the last output");
    assert!(made.starts_with(b"SQLite format 3"));
    let left = kept(folder.path());
    let unfinished = |path: &&PathBuf| {
        path.file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with('.'))
    };
    assert_eq!(left.keys().find(unfinished), None);
}

#[test]
fn a_file_of_something_else_is_not_opened_as_a_register_and_stays_as_it_was() {
    let folder = office();
    let copy = folder.path().join("plain.gpkg");
    std::fs::copy(folder.path().join("in.gpkg"), copy).expect("a copy");
    for name in ["plain.gpkg", "sn.gpkg-keys"] {
        for command in [
            ["import", "in.gpkg"].as_slice(),
            &["import", "in.gpkg", "--dry-run"],
            &["check-store"],
            &["export", "zones", "out.gpkg"],
            &["demo", "--parcels", "400"],
        ] {
            let before = kept(folder.path());
            let (code, said) = ends(&folder, &[command, &["--store", name]].concat());
            assert_eq!(code, Some(1), "{command:?}: {said}");
            let words = format!("`{name}` is a file of something else");
            assert!(said.contains(&words), "{command:?}: {said}");
            let after = kept(folder.path());
            let names = after.keys().collect::<Vec<_>>();
            assert_eq!(names, before.keys().collect::<Vec<_>>(), "{command:?}");
            assert!(after == before, "{command:?} changed a file");
        }
    }
}

#[test]
fn what_is_no_plain_file_is_written_into_at_most_and_never_replaced() {
    let folder = office();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("folder")).expect("a folder");
    let made = std::process::Command::new("mkfifo")
        .arg(at("pipe.gpkg"))
        .status();
    assert!(made.expect("mkfifo is there").success());
    symlink("pipe.gpkg", at("to-pipe.gpkg")).expect("a link");
    let defects = ["import", "in.gpkg", "--dry-run", "--defects"];
    let report = ["import", "in.gpkg", "--dry-run", "--report"];
    for arguments in [
        [&defects[..], &["/dev/null"]].concat(),
        [&defects[..], &["folder"]].concat(),
        [&defects[..], &["pipe.gpkg"]].concat(),
        [&defects[..], &["to-pipe.gpkg"]].concat(),
        [&report[..], &["folder"]].concat(),
        vec!["export", "parcels", "pipe.gpkg"],
    ] {
        let (code, said) = ends(&folder, &arguments);
        assert!(said.contains("is no plain file"), "{arguments:?}: {said}");
        assert!(matches!(code, Some(1 | 2)), "{arguments:?}: {said}");
    }
    use std::os::unix::fs::FileTypeExt;
    let kind = |path: &Path| std::fs::metadata(path).expect("still there").file_type();
    assert!(kind(Path::new("/dev/null")).is_char_device());
    assert!(kind(&at("pipe.gpkg")).is_fifo() && kind(&at("folder")).is_dir());
}
