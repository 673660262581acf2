//! Tiles in the system of the land office: the same map, its vertices those of the register.

use serde_json::{Value, json};

use super::changed::names;
use super::decoded::{decoded, features, tile_at};
use crate::follow::renumbered;
use crate::harness::{Answer, Office};

const CRS: &str = "http://www.opengis.net/def/crs/EPSG/0/9210";
/// Corner of the set, and side of its one tile of matrix 0, in metres.
const CORNER: [f64; 2] = [500_000.0, 1_300_000.0];
const SIDE: f64 = 536_870.912;

/// The exterior of a parcel in metres of EPSG:9210, as a collection has it.
fn exterior(office: &Office, parcel: i64) -> Vec<[f64; 2]> {
    let item = format!("/collections/parcels/items/{parcel}?crs={CRS}");
    let answer = office.get(&item);
    assert_eq!(answer.status, 200, "{item}");
    let ring = answer.at("/geometry/coordinates/0");
    let metres = |at: &Value, i: usize| at[i].as_f64().expect("metres");
    let ring = ring.as_array().expect("a ring").iter();
    ring.map(|at| [metres(at, 0), metres(at, 1)]).collect()
}

/// Column and row of the tile of a matrix at a place.
fn tile_of([east, north]: [f64; 2], matrix: u32) -> [u64; 2] {
    let side = SIDE / f64::from(1 << matrix);
    let of = |metres: f64| (metres / side) as u64;
    [of(east - CORNER[0]), of(CORNER[1] - north)]
}

/// The tile of the whole map that shows a parcel.
fn path(office: &Office, parcel: i64, matrix: u32) -> String {
    let [col, row] = tile_of(exterior(office, parcel)[0], matrix);
    format!("/tiles/VN2000TM3Quad/{matrix}/{row}/{col}")
}

#[test]
fn vertices_of_parcels_of_both_planes_are_those_of_the_collection_within_a_unit() {
    let office = Office::open().with_land("two_villages").start();
    // Parcel 11 is held in the other zone's plane.
    for parcel in [1, 2, 11] {
        let exact = exterior(&office, parcel);
        for matrix in [9, 11, 14] {
            let [col, row] = tile_of(exact[0], matrix);
            let asked = format!("/collections/parcels/tiles/VN2000TM3Quad/{matrix}/{row}/{col}");
            let answer = office.get(&asked);
            assert_eq!(answer.status, 200, "{asked}");
            let tile = decoded(&[&answer.body]).remove(0);
            let mut all = features(&tile, "parcels").iter();
            let drawn = all.find(|f| f["id"] == parcel).expect("drawn");
            assert_eq!(drawn["defect"], Value::Null);
            let unit = SIDE / f64::from(1 << matrix) / 4096.0;
            let drawn = drawn["geometry"]["coordinates"][0].as_array();
            for [east, north] in &exact {
                let x = (east - CORNER[0]) / unit - col as f64 * 4096.0;
                let y = (CORNER[1] - north) / unit - row as f64 * 4096.0;
                if [x, y].iter().any(|v| !(-64.0..=4160.0).contains(v)) {
                    continue;
                }
                let near = |vertex: &Value| {
                    let off = |i: usize, to: f64| (vertex[i].as_f64().expect("units") - to).abs();
                    off(0, x).max(off(1, y)) <= 0.5 + 0.002 / unit
                };
                let drawn = drawn.expect("vertices");
                assert!(
                    drawn.iter().any(near),
                    "{asked} {parcel}: {x} {y} {drawn:?}"
                );
            }
        }
    }
}

#[test]
fn the_layers_of_the_map_are_those_of_web_mercator_at_the_same_scale() {
    let office = Office::open().with_land("two_villages").start();
    let corner = office.get("/v1/parcels/1").at("/geometry/coordinates/0/0");
    let degrees = |i: usize| corner[i].as_f64().expect("degrees");
    for matrix in [4, 5, 8, 9, 11, 14] {
        let zoom = matrix + 6;
        let (x, y) = tile_at(degrees(0), degrees(1), zoom);
        let mercator = office.get(&format!("/tiles/city/{zoom}/{x}/{y}"));
        let ours = office.get(&path(&office, 1, matrix));
        assert_eq!((mercator.status, ours.status), (200, 200), "{matrix}");
        let tiles = decoded(&[mercator.body, ours.body]);
        for layer in ["parcels", "blocks"] {
            let drawn = |tile: &Value| !features(tile, layer).is_empty();
            assert_eq!(drawn(&tiles[0]), drawn(&tiles[1]), "{layer} at {matrix}");
        }
        if matrix > 8 {
            let shows = |tile: &Value| features(tile, "parcels").iter().any(|f| f["id"] == 1);
            assert!(tiles.iter().all(shows), "parcel 1 at {matrix}");
        }
    }
}

#[test]
fn a_tile_has_days_moments_and_a_tag_as_those_of_web_mercator() {
    let office = Office::open().with_land("two_villages").start();
    office.set_clock("2026-11-23T04:00:00Z");
    let path = path(&office, 1, 10);
    let today = office.get(&path);
    assert_eq!(today.status, 200);
    assert_eq!(
        today.header("content-type"),
        "application/vnd.mapbox-vector-tile"
    );
    let tag = today.header("etag").to_owned();
    let again = office.ask("GET", &path, &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.header("etag")), (304, tag.as_str()));
    let packed = office.ask("GET", &path, &[("accept-encoding", "gzip")]);
    assert_eq!(
        (packed.status, packed.header("content-encoding")),
        (200, "gzip")
    );
    // Parcel 3 was split on 15 January 2026.
    let before = office.get(&format!("{path}?date=2026-01-14"));
    assert_ne!(before.body, today.body);
    let moment = office.get(&format!("{path}?datetime=2026-01-14T05:00:00Z"));
    assert_eq!(moment.body, before.body);
    let known = office.get(&format!("{path}?known_at=2026-11-23T03:00:00Z"));
    assert_eq!((known.status, known.body), (200, today.body));
    let unheld = office.get(&format!("{path}?known_at=2026-11-23T02:59:59Z"));
    assert_eq!(
        (unheld.status, unheld.at("/parameter")),
        (400, json!("known_at"))
    );
    for asked in ["15/0/0", "3/8/0", "3/0/8", "14/0/0", "-1/0/0"] {
        let answer = office.get(&format!("/tiles/VN2000TM3Quad/{asked}"));
        assert!(
            matches!(answer.status, 404 | 400),
            "{asked}: {}",
            answer.status
        );
    }
}

#[test]
fn an_edit_changes_the_tags_of_the_tiles_that_show_it_and_of_no_other() {
    let office = Office::open().with_land("two_villages").start();
    let (here, there) = (path(&office, 2, 10), path(&office, 11, 10));
    let tag = |path: &str| office.get(path).header("etag").to_owned();
    let (tag_here, tag_there) = (tag(&here), tag(&there));
    let before = office.get("/tiles/city.json").at("/revision");
    office.get_until(&format!("/v1/changes?since={before}"), |a| a.status == 200);
    let after = office.commit(&renumbered(&office, "97")).0;
    office.get_until(&format!("/v1/changes?since={before}"), |answer| {
        answer.at("/revision") == after
    });
    let asked =
        |path: &str, tag: &str| -> Answer { office.ask("GET", path, &[("if-none-match", tag)]) };
    assert_eq!(asked(&there, &tag_there).status, 304);
    let changed = asked(&here, &tag_here);
    assert_eq!(changed.status, 200);
    let tile = decoded(&[&changed.body]).remove(0);
    let mut parcels = features(&tile, "parcels").iter();
    let parcel = parcels.find(|f| f["id"] == 2).expect("drawn");
    assert_eq!(parcel["properties"]["number"], "97");
}

/// Of both sets the tile of each matrix that shows a place: set, matrix, column and row, address.
fn tiles_at(office: &Office, parcel: i64) -> Vec<(&'static str, u32, (u64, u64), String)> {
    let corner = office.get(&format!("/v1/parcels/{parcel}"));
    let corner = corner.at("/geometry/coordinates/0/0");
    let degrees = |i: usize| corner[i].as_f64().expect("degrees");
    let at = exterior(office, parcel)[0];
    let web = (0..=20).map(|zoom| {
        let (x, y) = tile_at(degrees(0), degrees(1), zoom);
        let path = format!("/tiles/city/{zoom}/{x}/{y}");
        ("WebMercatorQuad", zoom, (x, y), path)
    });
    let ours = (0..=14).map(|matrix| {
        let [col, row] = tile_of(at, matrix);
        let path = format!("/tiles/VN2000TM3Quad/{matrix}/{row}/{col}");
        ("VN2000TM3Quad", matrix, (col, row), path)
    });
    web.chain(ours).collect()
}

#[test]
fn the_tiles_that_an_edit_changes_are_among_those_named_in_their_set() {
    let office = Office::open().with_land("two_villages").start();
    let before = office.get("/tiles/city.json").at("/revision");
    office.get_until(&format!("/v1/changes?since={before}"), |a| a.status == 200);
    let tiles = [2, 11].map(|parcel| tiles_at(&office, parcel)).concat();
    let bodies = || -> Vec<Vec<u8>> {
        let tiles = tiles.iter();
        tiles.map(|(_, _, _, path)| office.get(path).body).collect()
    };
    let was = bodies();
    let after = office.commit(&renumbered(&office, "97")).0;
    let mut differ = [0; 2];
    for (of, set) in ["WebMercatorQuad", "VN2000TM3Quad"].into_iter().enumerate() {
        let ask = format!("/v1/changes?since={before}&tileMatrixSet={set}");
        let told = office
            .get_until(&ask, |a| a.at("/revision") == after)
            .json();
        assert_eq!(told["tileMatrixSet"], set);
        let is = bodies();
        for ((tile, was), is) in tiles.iter().zip(&was).zip(&is) {
            if tile.0 != set || was == is {
                continue;
            }
            let (_, matrix, place, path) = tile;
            assert!(names(&told, "parcels", *matrix, *place), "{path}: {told}");
            differ[of] += 1;
        }
        // The other parcel lies two kilometres away.
        let finest = if of == 0 { 20 } else { 14 };
        let mut far = tiles.iter().filter(|t| t.0 == set && t.1 == finest);
        let (_, matrix, place, path) = far.next_back().expect("parcel 11's");
        assert!(!names(&told, "parcels", *matrix, *place), "{path}: {told}");
    }
    assert!(differ.iter().all(|count| *count >= 5), "{differ:?}");
}

#[test]
fn the_matrices_are_cut_in_units_of_two_to_the_millimetre_from_a_round_corner() {
    let office = Office::open().start();
    let set = office.get("/tileMatrixSets/VN2000TM3Quad?lang=en").json();
    assert_eq!(
        (&set["crs"], &set["orderedAxes"]),
        (&json!(CRS), &json!(["E", "N"]))
    );
    assert_eq!(
        set["uri"],
        format!("{}/tileMatrixSets/VN2000TM3Quad", office.url())
    );
    assert_eq!(set["wellKnownScaleSet"], Value::Null);
    let matrices = set["tileMatrices"].as_array().expect("matrices");
    assert_eq!(matrices.len(), 15);
    for (i, matrix) in (0..).zip(matrices) {
        assert_eq!(matrix["id"], i.to_string());
        assert_eq!(matrix["pointOfOrigin"], json!(CORNER));
        // 256 cells and 4096 units a tile; the finest unit is 8 mm.
        let unit_mm = f64::from(1 << (17 - i));
        assert_eq!(matrix["cellSize"], json!(16.0 * unit_mm / 1000.0), "{i}");
        assert_eq!(matrix["matrixWidth"], 1 << i);
    }
}
