//! The register's file is a valid GeoPackage that other programs read while it is written.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use diachinh::cadastre::Parcel;
use diachinh::geometry::Point;
use diachinh::land::ParcelChange;
use diachinh::store::{Store, StoreOptions};

use crate::databases::{Kind, Place, display};
use crate::harness::{Folder, diachinh, stderr};
use crate::store_parity::{Register, at, day, parcels, villages};

/// What GDAL's own checker of GeoPackages says; nothing when all is well.
fn validated(file: &Path) -> String {
    let output = Command::new("/usr/bin/python3")
        .args(["-m", "osgeo_utils.samples.validate_gpkg"])
        .arg(file)
        .output()
        .expect("Debian's GDAL for Python is installed");
    let said = [output.stdout, output.stderr].concat();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&said)
    );
    String::from_utf8_lossy(&said).into_owned()
}

/// What `ogrinfo` prints about all layers, and its warnings.
fn ogrinfo(place: &Place) -> (String, String) {
    let output = Command::new("ogrinfo")
        .args(["-ro", "-al", "-so"])
        .arg(place.file())
        .output()
        .expect("GDAL is installed");
    assert!(output.status.success());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn other_programs_read_a_valid_geopackage_while_a_writer_is_writing() {
    let place = Place::new(Kind::Sqlite);
    let first = place.store.commit(&villages(), at(0), display());
    assert!(first.is_ok(), "{first:?}");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut commits = 0;
            // Bounded, so that a reader that fails does not leave the writer running.
            while !done.load(Ordering::Relaxed) && commits < 300 {
                supersede_one(&place.store, commits);
                commits += 1;
            }
            commits
        });
        for _ in 0..3 {
            assert_eq!(validated(&place.file()), "");
            let (layers, warnings) = ogrinfo(&place);
            assert_eq!(warnings, "");
            assert!(layers.contains("Layer name: parcels\n"));
            assert!(layers.contains("ID[\"EPSG\",4756]"), "{layers}");
            assert!(
                !layers.contains("Layer name: parties"),
                "not for GIS clients"
            );
        }
        done.store(true, Ordering::Relaxed);
        let commits = writer.join().expect("the writer goes on");
        assert!(commits > 0, "the writer wrote meanwhile");
    });
}

#[test]
fn the_demo_city_with_its_certificates_is_a_valid_geopackage_before_and_while_it_is_written() {
    let folder = Folder::new();
    let mut demo = diachinh(&folder);
    demo.args(["demo", "--parcels", "600", "--store", "city.gpkg"]);
    let built = demo.output().expect("the program starts");
    assert!(built.status.success(), "{}", stderr(&built));
    let file = folder.path().join("city.gpkg");
    assert_eq!(validated(&file), "");
    let store = Store::open(&StoreOptions::at(file.to_string_lossy())).expect("the register");
    let held = store.audit_entries("parties").expect("the audit").len();
    assert!(held > 0, "the city has certificates");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut commits = 0;
            while !done.load(Ordering::Relaxed) && commits < 300 {
                supersede_one(&store, commits);
                commits += 1;
            }
            commits
        });
        for _ in 0..2 {
            assert_eq!(validated(&file), "");
        }
        done.store(true, Ordering::Relaxed);
        let commits = writer.join().expect("the writer goes on");
        assert!(commits > 0, "the writer wrote meanwhile");
    });
}

/// Changes the first parcel that holds, from a later day each time.
fn supersede_one(store: &Store, turn: i32) {
    let (_, register) = Register::of(store);
    let mut held = register
        .parcels
        .iter()
        .filter(|v| v.lifespan.valid.to.is_none());
    let version = held.next().expect("a parcel holds");
    let change = ParcelChange::Supersede {
        version: version.version,
        parcel: version.parcel.clone(),
        from: diachinh::cadastre::Day(day("2026-01-01").0 + turn),
    };
    let written = store.commit(&parcels(vec![change]), at(i64::from(turn)), display());
    assert!(written.is_ok(), "{written:?}");
}

#[test]
fn the_r_tree_holds_the_open_versions_and_nothing_else_after_small_and_large_edits() {
    let place = Place::new(Kind::Sqlite);
    let mut edit = villages();
    let template = crate::store_parity::opened(&edit)[0].clone();
    edit.parcels.extend(many(&template, 1_000_000, 6_000));
    let large = place.store.commit(&edit, at(0), display());
    assert!(large.is_ok(), "{large:?}");
    assert_r_tree_holds_the_open_versions(&place);
    supersede_one(&place.store, 200);
    assert_r_tree_holds_the_open_versions(&place);
    // Once more into a tree that holds rows, which is packed anew; then into one that holds so
    // many that boxes are inserted one by one.
    for (first, count) in [(2_000_000, 45_000), (3_000_000, 5_500)] {
        let edit = parcels(many(&template, first, count).collect());
        let large = place.store.commit(&edit, at(first), display());
        assert!(large.is_ok(), "{large:?}");
        assert_r_tree_holds_the_open_versions(&place);
    }
    supersede_one(&place.store, 300);
    assert_r_tree_holds_the_open_versions(&place);
    assert_eq!(validated(&place.file()), "");
}

/// As many copies of a parcel, each a little farther away, every tenth of which has ended.
fn many(template: &Parcel, first: i64, count: i64) -> impl Iterator<Item = ParcelChange> {
    (0..count).map(move |n| {
        let mut parcel = template.clone();
        parcel.id = diachinh::cadastre::ParcelId::new(first + n).expect("a parcel id");
        let (dx, dy) = ((n % 300) as i32 * 4_000, (n / 300) as i32 * 9_000);
        let points = parcel.shape.0.iter_mut().flat_map(|p| &mut p.exterior.0);
        for point in points {
            *point = Point::new(point.x() + dx, point.y() + dy).expect("on the grid");
        }
        ParcelChange::Open {
            parcel,
            from: day("2026-01-01"),
            to: (n % 10 == 0).then(|| day("2026-02-01")),
        }
    })
}

/// The index has every open version, with a box around its geometry, and SQLite finds it sound.
fn assert_r_tree_holds_the_open_versions(place: &Place) {
    let indexed = place.sql("SELECT id FROM rtree_parcels_geom ORDER BY id");
    let open = place.sql("SELECT version FROM parcels ORDER BY version");
    assert_eq!(indexed, open);
    assert_eq!(
        place.sql("SELECT rtreecheck('rtree_parcels_geom')").trim(),
        "ok"
    );
    // A window around the middle, once by the tree's own search and once box by box.
    let window = "WITH w AS (SELECT avg(minx) AS x, avg(miny) AS y FROM rtree_parcels_geom) \
        SELECT count(*) FROM rtree_parcels_geom, w WHERE ";
    let within = |plus: &str| {
        place.sql(&format!(
            "{window} {plus}maxx >= x - 0.001 AND {plus}minx <= x + 0.001 \
             AND {plus}maxy >= y - 0.001 AND {plus}miny <= y + 0.001"
        ))
    };
    assert_eq!(within(""), within("+"));
    assert_ne!(within(""), "0\n");
}
