//! A land officer's desk: a register with wards, and files to import into it.

use std::path::{Path, PathBuf};

use diachinh::app::{Error, ImportOrder, Reference, Writing, import_file};
use diachinh::cadastre::{Day, Instant, Interval, Ward, WardCode, WardKind};
use diachinh::crs::Epsg;
use diachinh::exchange::check::Mending;
use diachinh::exchange::reconcile::Retiring;
use diachinh::exchange::report::{Outcome, Report};
use diachinh::exchange::source::ReadOptions;
use diachinh::geometry::MultiPolygon;
use diachinh::land::Edit;
use diachinh::store::{CityDisplay, Store, StoreOptions};

use crate::harness::Folder;

/// 2026-11-23, 10:00 in Vietnam.
pub const NOW: Instant = Instant(1_795_402_800_000_000);

/// A register with a few wards in a folder of its own.
pub struct Desk {
    pub folder: Folder,
    pub reference: Reference,
    pub store: Store,
}

impl Desk {
    /// A register that holds the wards of the tests and nothing else: revision 1.
    pub fn open() -> Self {
        let folder = Folder::new();
        let path = folder.path().join("register.gpkg");
        Self::open_on(&StoreOptions::at(path.to_string_lossy()), folder)
    }

    /// The same with its register elsewhere.
    pub fn open_on(options: &StoreOptions, folder: Folder) -> Self {
        let reference = Reference::built_in().expect("the tables of the program");
        let store = Store::open(options).expect("a new file");
        store.migrate().expect("a schema");
        let wards = vec![
            ward(26_743, "Bến Thành", 9210),
            ward(25_354, "Commune 25354", 2154),
        ];
        let edit = Edit {
            dataset: "wards".to_owned(),
            wards,
            ..Edit::default()
        };
        let city = &reference.city;
        let display = CityDisplay::new(&city.planes, &city.transforms).expect("ways to EPSG:4756");
        store
            .commit(&edit, Instant(NOW.0 - 1_000_000), &display)
            .expect("wards");
        Self {
            folder,
            reference,
            store,
        }
    }

    /// The order to import a file with a profile, as the command line gives it.
    pub fn order(&self, file: &Path, profile: &str) -> ImportOrder {
        ImportOrder {
            files: vec![file.to_owned()],
            layer: None,
            profile: profile.to_owned(),
            dataset: Some("test".to_owned()),
            crs: None,
            as_of: None,
            mending: Mending::Reject,
            retiring: Retiring::Little,
            writing: Writing::Revision,
            reading: ReadOptions {
                program: PathBuf::from(env!("CARGO_BIN_EXE_diachinh")),
                ..ReadOptions::default()
            },
        }
    }

    /// Carries out an order.
    pub fn import(&self, order: &ImportOrder) -> Result<Report, Error> {
        import_file(&self.store, &self.reference, order, NOW, &mut |_| ())
    }

    /// Carries out an order that can be carried out.
    pub fn imported(&self, order: &ImportOrder) -> Report {
        self.import(order).expect("an import")
    }

    /// Imports parcels given as a text of GeoJSON features in EPSG:9210.
    pub fn import_parcels(&self, lots: &[Lot]) -> Report {
        self.imported(&self.order(&self.parcels("parcels.geojson", lots), "parcels"))
    }

    /// A GeoJSON file of lots.
    pub fn parcels(&self, name: &str, lots: &[Lot]) -> PathBuf {
        let features: Vec<String> = lots.iter().map(Lot::feature).collect();
        let crs = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9210"}}"#;
        let text = format!(
            r#"{{"type":"FeatureCollection","crs":{crs},"features":[{}]}}"#,
            features.join(",")
        );
        self.folder.file(name, &text)
    }
}

/// The revision that a report says was written.
pub fn revision(report: &Report) -> u64 {
    match report.outcome {
        Outcome::Written { revision } => revision.0,
        other => unreachable!("expected a revision, got {other:?}"),
    }
}

/// Code, feature and other feature of a finding.
pub type Found = (&'static str, Option<i64>, Option<i64>);

/// Code, feature and other feature of every finding.
pub fn found(report: &Report) -> Vec<Found> {
    let findings = report.findings.iter();
    findings
        .map(|f| (f.code.as_str(), f.feature, f.other_feature))
        .collect()
}

fn ward(code: u32, name: &str, plane: u32) -> Ward {
    Ward {
        code: WardCode::from_number(code).expect("a ward code"),
        name: name.to_owned(),
        kind: WardKind::Ward,
        plane: Epsg(plane),
        border: MultiPolygon::default(),
        valid: Interval::open(Day(0)),
    }
}

/// A rectangular lot in Bến Thành, 20 m deep, with its attributes.
#[derive(Clone)]
pub struct Lot {
    ring: Vec<(f64, f64)>,
    attributes: Vec<(&'static str, String)>,
}

/// South-west corner of the block in which lots stand.
pub const CORNER: (f64, f64) = (603_400.0, 1_191_400.0);

/// The lot with a number between two distances, in metres, from the block's western end.
pub fn lot(number: &str, west: f64, east: f64) -> Lot {
    Lot {
        ring: vec![(west, 0.0), (east, 0.0), (east, 20.0), (west, 20.0)],
        attributes: vec![
            ("commune", "26743".to_owned()),
            ("sheet", "5".to_owned()),
            ("number", number.to_owned()),
        ],
    }
}

impl Lot {
    /// The same with an attribute, or without it when the text is empty.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.retain(|(held, _)| *held != name);
        self.attributes.push((name, value.to_owned()));
        self
    }

    /// The same with another ring, in metres from the block's corner.
    pub fn ring(mut self, ring: &[(f64, f64)]) -> Self {
        self.ring = ring.to_vec();
        self
    }

    fn feature(&self) -> String {
        let mut ring: Vec<String> = Vec::new();
        for (x, y) in self.ring.iter().chain(self.ring.first()) {
            ring.push(format!("[{:.3},{:.3}]", CORNER.0 + x, CORNER.1 + y));
        }
        let attributes = self
            .attributes
            .iter()
            .filter(|(_, value)| !value.is_empty());
        let attributes: Vec<String> = attributes.map(|(n, v)| format!("{n:?}:{v:?}")).collect();
        format!(
            r#"{{"type":"Feature","properties":{{{}}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
            attributes.join(","),
            ring.join(",")
        )
    }
}
