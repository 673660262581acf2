//! Files whose parcels lie outside their wards: the likely cause is told once for all of them.

use std::path::PathBuf;

use diachinh::cadastre::{Day, Instant, Interval, Ward, WardCode, WardKind};
use diachinh::crs::Epsg;
use diachinh::exchange::Language;
use diachinh::exchange::report::{Report, terminal_text};
use diachinh::geometry::{MultiPolygon, Polygon, Ring};
use diachinh::land::Edit;
use diachinh::store::CityDisplay;

use super::desk::{Desk, NOW};
use super::plan_desk::{self, CORNER, WEST};

/// The ward south of the western one, of the same size and on the same plane.
const SOUTH: u32 = 26_740;

fn desk() -> Desk {
    let desk = plan_desk::open();
    let city = &desk.reference.city;
    let plane = city.planes.get(Epsg(9210)).expect("a plane of the city");
    let corners = [(0.0, -1000.0), (1000.0, -1000.0), (1000.0, 0.0), (0.0, 0.0)];
    let corner = |(x, y): (f64, f64)| plane.grid_point(CORNER.0 + x, CORNER.1 + y);
    let south = Ward {
        code: WardCode::from_number(SOUTH).expect("a ward code"),
        name: "Nam".to_owned(),
        kind: WardKind::Ward,
        plane: Epsg(9210),
        border: MultiPolygon(vec![Polygon {
            exterior: Ring(corners.map(|at| corner(at).expect("on the grid")).to_vec()),
            interiors: Vec::new(),
        }]),
        valid: Interval::open(Day(0)),
    };
    let edit = Edit {
        dataset: "wards".to_owned(),
        wards: vec![south],
        ..Edit::default()
    };
    let display = CityDisplay::new(&city.planes, &city.transforms).expect("ways to EPSG:4756");
    let at = Instant(NOW.0 - 1_000);
    desk.store.commit(&edit, at, &display).expect("a ward");
    desk
}

/// So many squares of 10 m as parcels of the western ward, from a place in it on, each of its
/// vertices where `place` puts it; said to be in EPSG:9210.
fn parcels(
    desk: &Desk,
    count: u32,
    (east, north): (f64, f64),
    place: &dyn Fn(f64, f64) -> (f64, f64),
) -> PathBuf {
    let feature = |n: u32| {
        let west = CORNER.0 + east + 10.0 * f64::from(n);
        let south = CORNER.1 + north;
        let ring = [
            (0.0, 0.0),
            (10.0, 0.0),
            (10.0, 10.0),
            (0.0, 10.0),
            (0.0, 0.0),
        ];
        let ring = ring.map(|(x, y)| {
            let (x, y) = place(west + x, south + y);
            format!("[{x:.3},{y:.3}]")
        });
        format!(
            r#"{{"type":"Feature","properties":{{"commune":{WEST},"sheet":1,"number":{}}},
            "geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
            n + 1,
            ring.join(",")
        )
    };
    let features: Vec<String> = (0..count).map(feature).collect();
    let crs = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9210"}}"#;
    let text = format!(
        r#"{{"type":"FeatureCollection","crs":{crs},"features":[{}]}}"#,
        features.join(",")
    );
    desk.folder.file("thua.geojson", &text)
}

fn imported(desk: &Desk, file: &std::path::Path) -> Report {
    desk.imported(&desk.order(file, "parcels"))
}

fn as_they_are(x: f64, y: f64) -> (f64, f64) {
    (x, y)
}

/// Code and English sentence of the only note.
fn note(report: &Report) -> (&str, &str) {
    let [note] = report.notes.as_slice() else {
        unreachable!("{:?}", report.notes);
    };
    (&note.code, &note.said.en)
}

#[test]
fn parcels_in_their_ward_and_a_few_that_are_not_have_no_common_cause() {
    let desk = desk();
    let report = imported(&desk, &parcels(&desk, 12, (100.0, 500.0), &as_they_are));
    assert_eq!((report.notes.len(), report.findings.len()), (0, 0));
    let desk = self::desk();
    let few = imported(&desk, &parcels(&desk, 4, (100.0, -500.0), &as_they_are));
    assert_eq!(
        few.by_code[&diachinh::exchange::FindingCode::FarFromWard].warnings,
        4
    );
    assert_eq!(few.notes, []);
}

#[test]
fn parcels_that_state_the_wrong_ward_are_told_the_one_they_lie_in() {
    let desk = desk();
    let report = imported(&desk, &parcels(&desk, 12, (100.0, -500.0), &as_they_are));
    let (code, said) = note(&report);
    assert_eq!(code, "astray_other_ward");
    assert!(
        said.starts_with("12 of 12") && said.contains("Nam `26740`"),
        "{said}"
    );
    // Every finding stays in the report; the terminal tells some of them, and the remedy once.
    assert_eq!(report.findings.len(), 12);
    let text = terminal_text(&report, Language::English);
    assert!(
        text.contains("Far from its ward: 12 as a warning"),
        "{text}"
    );
    assert!(text.contains("and 7 more"), "{text}");
    assert_eq!(text.matches("  → ").count(), 1, "{text}");
}

#[test]
fn coordinates_of_another_zone_are_told_the_system_that_brings_them_home() {
    let desk = desk();
    let transforms = &desk.reference.city.transforms;
    let way = transforms.between(Epsg(9210), Epsg(9211)).expect("a way");
    let other = |x, y| way.convert(x, y).expect("land of the city");
    let file = parcels(&desk, 12, (100.0, 500.0), &other);
    let report = imported(&desk, &file);
    let (code, said) = note(&report);
    assert_eq!(code, "astray_other_system", "{said}");
    assert!(said.contains("`--crs 9211`"), "{said}");
    let mut order = desk.order(&file, "parcels");
    order.crs = Some(Epsg(9211));
    let mended = desk.imported(&order);
    assert_eq!((mended.notes.len(), mended.findings.len()), (0, 0));
}

#[test]
fn parcels_astray_for_no_reason_that_is_known_are_told_so() {
    let desk = desk();
    let report = imported(&desk, &parcels(&desk, 12, (100.0, 7_000.0), &as_they_are));
    assert_eq!(note(&report).0, "astray");
}

/// The English reasons of the findings of parcels given in one system and read as another.
fn stray(told_by: &str, read_as: u32, given_in: u32) -> Vec<String> {
    let desk = desk();
    let transforms = &desk.reference.city.transforms;
    let way = transforms.between(Epsg(9210), Epsg(given_in));
    let place = |x, y| match &way {
        Ok(way) if given_in != 9210 => way.convert(x, y).expect("land of the city"),
        _ => (x, y),
    };
    let file = parcels(&desk, 5, (100.0, 500.0), &place);
    let mut order = desk.order(&file, "parcels");
    match told_by {
        "option" => order.crs = Some(Epsg(read_as)),
        "profile" => {
            let text = include_str!("../../../data/profiles/parcels.toml");
            let text = text.replacen("target =", &format!("crs = {read_as}\ntarget ="), 1);
            let path = desk.folder.file("own.toml", &text);
            order.profile = path.to_string_lossy().into_owned();
        }
        _ => {
            let text = std::fs::read_to_string(&file).expect("the file");
            let named = format!("EPSG::{read_as}");
            desk.folder
                .file("thua.geojson", &text.replace("EPSG::9210", &named));
        }
    }
    let report = desk.imported(&order);
    assert_eq!(report.counts.rejected, 5, "{:?}", report.findings);
    report
        .findings
        .iter()
        .map(|f| f.reason.en.clone())
        .collect()
}

#[test]
fn coordinates_outside_tell_as_what_they_were_read_who_said_so_and_what_they_look_like() {
    for (told_by, words) in [
        ("option", "by the option `--crs`"),
        ("profile", "by the field profile"),
        ("file", "by the file itself, such as its .prj"),
    ] {
        // A wrong system of metres, degrees for metres, and another plane of the city.
        for read_as in [32_649, 4326, 5899] {
            for reason in stray(told_by, read_as, 9210) {
                let read = format!("read as EPSG:{read_as} {words}");
                assert!(reason.contains(&read), "{reason}");
                assert!(reason.ends_with("it looks like EPSG:9210."), "{reason}");
            }
        }
    }
    for reason in stray("file", 9210, 3405) {
        assert!(reason.contains("EPSG:3405"), "{reason}");
    }
}
