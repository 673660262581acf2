//! Wards exported in every format; importing them again says that they are not imported.

use std::process::Command;

use super::desk::Desk;
use super::plan_desk::{self, WEST};
use crate::harness::{diachinh, stderr, stdout};

const FILES: [&str; 4] = ["w.gpkg", "w.geojson", "w.fgb", "w.csv"];

/// The desk's wards in a file, as the command writes them.
fn exported(desk: &Desk, file: &str) {
    let mut command = diachinh(&desk.folder);
    command.args(["export", "wards", file, "--store", "register.gpkg"]);
    let output = command.output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.contains(": 3 wards of revision"), "{said}");
}

#[test]
fn wards_are_written_with_names_codes_kinds_days_and_borders_in_every_format() {
    let desk = plan_desk::open();
    for file in FILES {
        exported(&desk, file);
        let path = desk.folder.path().join(file);
        let read = Command::new("ogr2ogr")
            .args(["-f", "CSV", "/vsistdout/", "-where"])
            .arg(format!("code = '{WEST}'"))
            .args(["-lco", "GEOMETRY=AS_WKT", "-oo", "GEOM_POSSIBLE_NAMES=WKT"])
            .args(["-oo", "KEEP_GEOM_COLUMNS=NO"])
            .arg(&path)
            .output()
            .expect("gdal-bin is installed for the tests");
        let read = String::from_utf8_lossy(&read.stdout).into_owned();
        let line = read
            .lines()
            .nth(1)
            .unwrap_or_else(|| unreachable!("{file}: {read}"));
        assert!(line.starts_with("\"MULTIPOLYGON ((("), "{file}: {line}");
        let cells = line
            .rsplit_once(")))\",")
            .map(|(_, cells)| cells.replace('"', "").replace('/', "-"));
        // The key of the item is a column, in GeoJSON the feature's own `id`.
        let key = if file.ends_with("json") { "" } else { "26743," };
        let expected = format!("{key}26743,Tây,ward,1970-01-01,,9210");
        assert_eq!(cells, Some(expected), "{file}");
    }
    // The ward without a border is there as well.
    let csv = std::fs::read_to_string(desk.folder.path().join("w.csv")).expect("the file");
    assert!(
        csv.contains("\"MULTIPOLYGON EMPTY\",25354,25354,Commune 25354,ward,"),
        "{csv}"
    );
}

#[test]
fn wards_are_not_imported_and_nothing_is_lost() {
    let desk = plan_desk::open();
    let before = desk.store.revision().expect("a revision");
    for file in FILES {
        exported(&desk, file);
        for profile in ["parcels", "wards"] {
            let output = diachinh(&desk.folder)
                .args(["import", file, "--store", "register.gpkg", "--crs", "4326"])
                .args(["--profile", profile])
                .output()
                .expect("the program starts");
            assert_eq!(output.status.code(), Some(1), "{file}");
            let said = stderr(&output);
            assert!(
                said.contains(&format!("`{file}`: wards are not imported")),
                "{said}"
            );
        }
    }
    assert_eq!(desk.store.revision().expect("a revision"), before);
    let mut profile = diachinh(&desk.folder);
    profile.args(["export", "wards", "x.gpkg", "--profile", "x.toml"]);
    let output = profile
        .args(["--store", "register.gpkg"])
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(!desk.folder.path().join("x.gpkg").exists());
}
