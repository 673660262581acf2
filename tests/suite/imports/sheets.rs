//! Cadastral maps of MicroStation (DGN V7), one sheet a file, from the drawing to the lookup.

use std::path::{Path, PathBuf};
use std::process::Command;

use diachinh::app::Error;

use super::desk::{CORNER, Desk, found, revision};
use crate::harness::Office;

/// A drawing as rows of well-known text, level and text, in metres from the block's corner. Texts
/// are bytes, since maps hold them in TCVN3.
pub(super) struct Sheet {
    rows: Vec<u8>,
    /// Metres by which all is drawn farther east.
    east: f64,
}

impl Sheet {
    /// A block of 10 m by 20 m on the level of surveyed boundaries, with a wall on that of legal
    /// ones, and what map makers write into it.
    fn block() -> Self {
        Self::block_at(0.0)
    }

    /// The same so many metres farther east.
    pub(super) fn block_at(east: f64) -> Self {
        let rows = b"WKT,Level,Text\n".to_vec();
        let mut sheet = Self { rows, east };
        let corners = [
            (0.0, 0.0),
            (10.0, 0.0),
            (10.0, 20.0),
            (0.0, 20.0),
            (0.0, 0.0),
        ];
        sheet.line("10", &corners);
        sheet.line("61", &[(5.0, 0.0), (5.0, 20.0)]);
        sheet.text("13", (2.0, 9.0), b"12");
        sheet.text("4", (2.0, 7.0), b"100.0");
        sheet.text("2", (2.0, 5.0), b"ODT");
        sheet.text("13", (7.0, 9.0), b"13 / 99.5 / ODT+CLN");
        sheet.line("14", &[(1.0, 1.0), (4.0, 1.0)]);
        sheet
    }

    fn line(&mut self, level: &str, points: &[(f64, f64)]) {
        let west = CORNER.0 + self.east;
        let at = |(x, y): &(f64, f64)| format!("{:.3} {:.3}", west + x, CORNER.1 + y);
        let points: Vec<String> = points.iter().map(at).collect();
        let row = format!("\"LINESTRING({})\",{level},\n", points.join(","));
        self.rows.extend(row.into_bytes());
    }

    fn text(&mut self, level: &str, (x, y): (f64, f64), text: &[u8]) {
        let (x, y) = (CORNER.0 + self.east + x, CORNER.1 + y);
        let row = format!("\"POINT({x:.3} {y:.3})\",{level},");
        self.rows.extend(row.into_bytes());
        self.rows.extend(text);
        self.rows.push(b'\n');
    }

    /// The drawing as a map with whole millimetres, made from the seed file of GDAL.
    pub(super) fn saved(&self, desk: &Desk, name: &str) -> PathBuf {
        let rows = desk.folder.path().join(name).with_extension("csv");
        std::fs::write(&rows, &self.rows).expect("a folder of the test");
        let map = desk.folder.path().join(name);
        let output = Command::new("ogr2ogr")
            .args(["-f", "DGN", "-nln", "elements", "-select", "Level,Text"])
            .args(["-oo", "GEOM_POSSIBLE_NAMES=WKT", "-dsco", "ORIGIN=0,0,0"])
            .args(["-dsco", "SUB_UNITS_PER_MASTER_UNIT=1000"])
            .args(["-dsco", "UOR_PER_SUB_UNIT=1"])
            .args([&map, &rows])
            .output()
            .expect("GDAL is installed");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        map
    }
}

/// What a lookup by sheet and number answers.
fn looked_up(office: &Office, sheet: &str, number: &str) -> serde_json::Value {
    let path = format!("/v1/parcels/lookup?ward=26743&sheet={sheet}&number={number}");
    let answer = office.get(&path);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.at("/features/0/properties")
}

#[test]
fn a_sheet_of_dgn_is_assembled_written_and_looked_up() {
    let desk = Desk::open();
    let mut sheet = Sheet::block();
    // "Bến Thành" in TCVN3, on the level of land use, outside every parcel.
    sheet.text("2", (30.0, 9.0), b"B\xd5n Th\xb5nh");
    let report = desk.imported(&desk.order(&sheet.saved(&desk, "26743_12_500.dgn"), "dgn-map"));
    assert_eq!(revision(&report), 2);
    let drawn = report.drawn.expect("counts of a drawing");
    assert_eq!((drawn.lines, drawn.texts, drawn.figures), (2, 5, 2));
    assert_eq!((report.counts.register.new, report.counts.rejected), (2, 0));
    let codes: Vec<&str> = found(&report).iter().map(|found| found.0).collect();
    assert_eq!(codes, ["stray_label"]);
    assert!(report.findings[0].reason.vi.contains("Bến Thành"));
    let url = desk
        .folder
        .path()
        .join("register.gpkg")
        .display()
        .to_string();
    let office = Office::open().on(&url).start();
    let first = looked_up(&office, "12", "12");
    assert_eq!(first["registeredArea"], 100.0, "{first}");
    assert_eq!(first["measuredArea"], 100.0, "{first}");
    let second = looked_up(&office, "12", "13");
    assert_eq!(second["registeredArea"], 99.5, "{second}");
    let east = CORNER.0 + 7.0;
    let north = CORNER.1 + 15.0;
    let path = format!("/v1/parcels/lookup?x={east}&y={north}&crs=9210");
    let there = office.get(&path).at("/features/0/properties/asMap/number");
    assert_eq!(there, "13");
}

#[test]
fn a_map_cut_short_anywhere_is_refused_and_ends_no_parcel() {
    let desk = Desk::open();
    let map = Sheet::block().saved(&desk, "26743_12_500.dgn");
    let order = desk.order(&map, "dgn-map");
    assert_eq!(desk.imported(&order).counts.register.new, 2);
    let whole = std::fs::read(&map).expect("the map");
    // Two bytes mark the end; without the last of them the mark is gone.
    for length in [whole.len() - 1, whole.len() / 2, whole.len() / 3, 100] {
        std::fs::write(&map, &whole[..length]).expect("the folder takes files");
        let Err(Error::Refused(reason)) = desk.import(&order) else {
            unreachable!("{length} of {} bytes are no map", whole.len());
        };
        assert!(reason.contains("cut short"), "{reason}");
    }
    std::fs::write(&map, &whole).expect("the folder takes files");
    assert_eq!(desk.store.revision().expect("a revision").0, 2);
}

#[test]
fn a_map_whose_name_does_not_say_its_sheet_is_refused_with_what_was_expected() {
    let desk = Desk::open();
    let map = Sheet::block().saved(&desk, "ban-do.dgn");
    let Err(Error::Refused(reason)) = desk.import(&desk.order(&map, "dgn-map")) else {
        unreachable!("the name says nothing");
    };
    assert!(reason.contains("`ban-do.dgn`"), "{reason}");
    assert!(reason.contains("`{commune}_{sheet}_{scale}`"), "{reason}");
}

#[test]
fn a_profile_of_a_district_takes_the_sheet_from_names_of_its_own() {
    let desk = Desk::open();
    let own = built_in("dgn-map")
        .replace("file_name = [", "file_name = [\"DC{sheet}{*}\", ")
        .replace("[constants]\n", "[constants]\ncommune = \"26743\"\n");
    let profile = desk.folder.file("district.toml", &own);
    let profile = profile.to_string_lossy();
    let map = Sheet::block().saved(&desk, "DC07 (bs).dgn");
    let report = desk.imported(&desk.order(&map, &profile));
    let keys = format!("{:?}", report.counts);
    assert_eq!(report.counts.register.new, 2, "{keys}");
    let url = desk
        .folder
        .path()
        .join("register.gpkg")
        .display()
        .to_string();
    let office = Office::open().on(&url).start();
    assert_eq!(looked_up(&office, "7", "12")["asMap"]["sheet"], "7");
}

/// The text of a profile that comes with the program.
fn built_in(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/profiles");
    let file = folder.join(format!("{name}.toml"));
    std::fs::read_to_string(file).expect("a profile in the repository")
}
