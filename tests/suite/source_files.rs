//! Files from outside are read by a confined child: what they hold arrives as they hold it.

use std::path::Path;

use diachinh::exchange::source::{self, RawFeature, ReadOptions, Value};

/// The options of a test: the child is the program that was built with it.
pub fn options() -> ReadOptions {
    ReadOptions {
        program: env!("CARGO_BIN_EXE_diachinh").into(),
        ..ReadOptions::default()
    }
}

/// All features of a layer.
pub fn read(path: &Path, layer: Option<&str>) -> Vec<RawFeature> {
    let mut source = source::open(path, &options()).expect("the file opens");
    let layer = source.layer(layer).expect("the layer is there");
    let features = source.features(&layer).expect("the child answers");
    features
        .collect::<Result<_, _>>()
        .expect("every feature arrives")
}

const COMMUNE: &str = "tests/fixtures/fr-cadastre/commune-25354.gpkg";

#[test]
fn a_geopackage_arrives_with_all_its_parcels_and_sums() {
    let source = source::open(Path::new(COMMUNE), &options()).expect("the file opens");
    let names: Vec<_> = source.layers().iter().map(|l| l.name.clone()).collect();
    assert_eq!(names, ["parcels", "sections", "buildings"]);
    let layer = source.layer(Some("parcels")).expect("the layer is there");
    assert_eq!(layer.epsg().map(|e| e.0), Some(2154));
    let features = read(Path::new(COMMUNE), Some("parcels"));
    assert_eq!(features.len(), 511);
    let registered: f64 = features
        .iter()
        .map(|f| match f.value("SUPF") {
            Some(Value::Real(m2)) => *m2,
            other => unreachable!("{other:?}"),
        })
        .sum();
    assert!((registered - 6_131_147.0).abs() < 1e-6, "{registered}");
    assert!(
        features
            .iter()
            .all(|f| f.geometry.as_ref().is_some_and(|g| !g.areas.is_empty()))
    );
}

#[test]
fn the_child_can_neither_open_files_nor_sockets_nor_processes() {
    let source = source::open(Path::new(COMMUNE), &options()).expect("the file opens");
    let confined = source.confinement();
    assert!(confined.no_socket && confined.no_open && confined.no_process);
    assert!(confined.not_root);
}
