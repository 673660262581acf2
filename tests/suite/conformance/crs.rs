//! OGC 18-058r1, Annex A: coordinate reference systems by reference.

use super::{COLLECTIONS, ids, items, office, ok};
use crate::harness::Office;

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

fn systems(office: &Office, name: &str) -> Vec<String> {
    let listed = ok(office, &format!("/collections/{name}")).at("/crs");
    let listed = listed.as_array().expect("systems").clone();
    let text = |system: serde_json::Value| system.as_str().expect("an address").to_owned();
    listed.into_iter().map(text).collect()
}

/// Items of a collection, and one of them.
fn paths(office: &Office, name: &str) -> [String; 2] {
    let path = format!("/collections/{name}/items");
    let first = ids(&ok(office, &path)).into_iter().next().expect("an item");
    [format!("{path}/{first}"), path]
}

/// /conf/crs/crs-uri
/// /conf/crs/default-crs
/// /conf/crs/storageCrs
#[test]
fn every_system_is_an_address_of_the_ogc_with_crs84_and_the_one_of_storage_among_them() {
    let office = office();
    for name in COLLECTIONS {
        let listed = systems(&office, name);
        for system in &listed {
            let parts = system
                .strip_prefix("http://www.opengis.net/def/crs/")
                .expect("of the OGC");
            assert_eq!(parts.split('/').count(), 3, "{system}");
        }
        assert!(listed.contains(&CRS84.to_owned()));
        let storage = ok(&office, &format!("/collections/{name}")).at("/storageCrs");
        let storage = storage.as_str().expect("a system").to_owned();
        assert!(listed.contains(&storage), "{name}: {storage}");
    }
}

/// /conf/crs/crs-parameter
/// /conf/crs/crs-parameter-default
#[test]
fn the_header_names_the_system_that_was_asked_for_and_crs84_when_none_was() {
    let office = office();
    for name in COLLECTIONS {
        for path in paths(&office, name) {
            let unasked = ok(&office, &path);
            assert_eq!(unasked.header("content-crs"), format!("<{CRS84}>"));
            let asked = ok(&office, &format!("{path}?crs={CRS84}"));
            assert_eq!(asked.at("/geometry"), unasked.at("/geometry"));
            assert_eq!(asked.at("/features"), unasked.at("/features"));
            for system in systems(&office, name) {
                let answer = ok(&office, &format!("{path}?crs={system}"));
                assert_eq!(answer.header("content-crs"), format!("<{system}>"));
            }
        }
    }
}

/// /conf/crs/crs-parameter-invalid
/// /conf/crs/bbox-crs-parameter-invalid
#[test]
fn a_system_that_is_not_listed_is_400() {
    let office = office();
    for name in COLLECTIONS {
        for path in paths(&office, name) {
            for system in ["foo", "http://www.opengis.net/def/crs/OGC/0/unheard"] {
                assert_eq!(office.get(&format!("{path}?crs={system}")).status, 400);
            }
        }
        let boxed = format!("/collections/{name}/items?bbox=106,10,108,11&bbox-crs=foo");
        assert_eq!(office.get(&boxed).status, 400);
    }
}

/// /conf/crs/crs-parameter-transform
#[test]
fn positions_are_those_of_the_system_that_was_asked_for() {
    let office = office();
    // Every position in every system is compared with pyproj in `features/systems.rs`; here that
    // the two geographic orders are each other's, and that metres are metres.
    let first = |system: &str| {
        let path = format!("/collections/parcels/items/6?crs={system}");
        let at = ok(&office, &path).at("/geometry/coordinates/0/0");
        [0, 1].map(|i| at[i].as_f64().expect("a number"))
    };
    let lonlat = first(CRS84);
    let latlon = first("http://www.opengis.net/def/crs/EPSG/0/4326");
    assert_eq!([latlon[1], latlon[0]], lonlat);
    let metres = first("http://www.opengis.net/def/crs/EPSG/0/9210");
    assert_eq!(metres, [603_026.0, 1_191_000.0]);
}

/// /conf/crs/bbox-crs-parameter
/// /conf/crs/bbox-crs-parameter-default
#[test]
fn a_box_is_read_in_its_system() {
    let office = office();
    for name in COLLECTIONS {
        let path = format!("/collections/{name}/items");
        let unasked = ids(&ok(&office, &format!("{path}?bbox=106,10,108,11")));
        let default = format!("{path}?bbox=106,10,108,11&bbox-crs={CRS84}");
        assert_eq!(ids(&ok(&office, &default)), unasked, "{name}");
        let turned = "bbox=10,106,11,108&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326";
        assert_eq!(
            ids(&ok(&office, &format!("{path}?{turned}"))),
            unasked,
            "{name}"
        );
        assert_eq!(unasked, ids(&ok(&office, &path)), "{name}");
        for system in systems(&office, name) {
            let boxed = format!("{path}?bbox=0,0,1,1&bbox-crs={system}");
            assert!(items(&ok(&office, &boxed)).is_empty(), "{system}");
        }
    }
}
