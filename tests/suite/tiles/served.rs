//! Tiles over HTTP: what is in them, for which day, and the answers around them.

use diachinh::crs::LonLat;
use diachinh::crs::world::mercator;
use serde_json::{Value, json};

use super::decoded::{decoded, features, tile_at};
use crate::harness::{Answer, Office};

/// Path of the tile that shows parcel 1 of `two_villages`.
fn path(office: &Office, zoom: u32) -> String {
    let corner = office.get("/v1/parcels/1").at("/geometry/coordinates/0/0");
    let degrees = |i: usize| corner[i].as_f64().expect("degrees");
    let (x, y) = tile_at(degrees(0), degrees(1), zoom);
    format!("/tiles/parcels/{zoom}/{x}/{y}")
}

fn decode(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    decoded(&[&answer.body]).remove(0)
}

fn ids(tile: &Value) -> Vec<i64> {
    let id = |feature: &Value| feature["id"].as_i64().expect("a key");
    let mut ids: Vec<i64> = features(tile, "parcels").iter().map(id).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn a_tile_has_the_parcels_of_today_with_their_keys_and_public_facts() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get(&path(&office, 15));
    assert_eq!(
        answer.header("content-type"),
        "application/vnd.mapbox-vector-tile"
    );
    let tile = decode(&answer);
    assert_eq!(tile["parcels"]["version"], 2);
    assert_eq!(tile["parcels"]["extent"], 4096);
    assert_eq!(ids(&tile), [1, 2, 4, 5, 6]);
    let parcel = |id: i64| {
        let mut found = features(&tile, "parcels").iter();
        found.find(|feature| feature["id"] == id).expect("drawn")
    };
    assert_eq!(
        parcel(1)["properties"],
        json!({"number": "12", "sheet": "5", "ward": "26743", "land_use": "ODT"})
    );
    assert_eq!(parcel(6)["properties"]["land_use"], "TMD");
    for id in ids(&tile) {
        assert_eq!(parcel(id)["defect"], Value::Null, "parcel {id}");
    }
    let rings = parcel(6)["geometry"]["coordinates"].as_array();
    assert_eq!(rings.expect("rings").len(), 2, "a shell and a courtyard");
}

/// The address of a tile that TileJSON pins to the state of now, on the day that its query asks for.
fn pinned(office: &Office, path: &str, query: &str) -> String {
    let address = office.get(&format!("/tiles/parcels.json{query}"));
    let address = address.at("/pinned/0");
    let address = address.as_str().expect("an address");
    let (_, query) = address.split_once('?').expect("a pin");
    format!("{path}?{query}")
}

const FOR_GOOD: &str = "public, max-age=31536000, immutable";

#[test]
fn only_a_tile_that_is_pinned_to_a_state_and_a_day_never_changes() {
    let office = Office::open().with_land("two_villages").start();
    let path = path(&office, 15);
    let plain = office.get(&path);
    assert_eq!(plain.header("cache-control"), "no-cache");
    let past = office.get(&format!("{path}?date=2026-01-14"));
    assert_eq!(
        past.header("cache-control"),
        "no-cache",
        "it can be corrected"
    );
    for (query, expected) in [("", &plain), ("?date=2026-01-14", &past)] {
        let address = pinned(&office, &path, query);
        let answer = office.get(&address);
        assert_eq!((answer.status, &answer.body), (200, &expected.body));
        let tag = expected.header("etag");
        assert_eq!(answer.header("cache-control"), FOR_GOOD, "{address}");
        assert_eq!(answer.header("etag"), tag);
        let again = office.ask("GET", &address, &[("if-none-match", tag)]);
        assert_eq!(
            (again.status, again.header("cache-control")),
            (304, FOR_GOOD)
        );
    }
    // As OGC API Tiles asks for tiles too.
    let address = pinned(&office, &path, "");
    let (_, query) = address.split_once('?').expect("a pin");
    let parts: Vec<&str> = path
        .trim_start_matches("/tiles/parcels/")
        .split('/')
        .collect();
    let by_row = format!("{}/{}/{}", parts[0], parts[2], parts[1]);
    let sets = "/collections/parcels/tiles/WebMercatorQuad";
    let same = office.get(&format!("{sets}/{by_row}?{query}"));
    assert_eq!((same.status, &same.body), (200, &plain.body));
    assert_eq!(same.header("cache-control"), FOR_GOOD);
}

#[test]
fn a_pin_of_another_state_is_refused_and_so_is_what_is_none() {
    let office = Office::open().with_land("two_villages").start();
    let path = path(&office, 15);
    let address = pinned(&office, &path, "");
    let before = office.get(&address);
    let (start, _) = address.rsplit_once('-').expect("a sum");
    for (wrong, status, code) in [
        (
            format!("{address}&date=2026-11-23"),
            400,
            "invalid_parameter",
        ),
        (format!("{path}?pin=1"), 400, "invalid_parameter"),
        (
            format!("{path}?pin=1-2026-11-23-x"),
            400,
            "invalid_parameter",
        ),
        // The same number of another register, as after a backup was restored.
        (format!("{start}-0"), 410, "state_gone"),
    ] {
        let answer = office.get(&wrong);
        assert_eq!(
            (answer.status, answer.at("/code")),
            (status, json!(code)),
            "{wrong}"
        );
        assert!(
            !answer.header("cache-control").contains("immutable"),
            "{wrong}"
        );
    }
    office.commit(&crate::follow::renumbered(&office, "97"));
    let gone = office.get_until(&address, |answer| answer.status != 200);
    assert_eq!((gone.status, gone.at("/code")), (410, json!("state_gone")));
    let newer = office.get(&pinned(&office, &path, ""));
    assert_eq!(newer.status, 200);
    assert_ne!(newer.body, before.body);
}

#[test]
fn a_tile_with_an_ending_is_the_same_tile() {
    let office = Office::open().with_land("two_villages").start();
    let path = path(&office, 15);
    let plain = office.get(&path);
    assert_eq!(plain.header("link"), "");
    for ending in ["mvt", "pbf"] {
        let answer = office.get(&format!("{path}.{ending}"));
        assert_eq!(
            (answer.status, &answer.body),
            (200, &plain.body),
            "{ending}"
        );
        assert_eq!(answer.header("etag"), plain.header("etag"));
        assert_eq!(answer.header("content-type"), plain.header("content-type"));
        let canonical = format!("<{}{path}>; rel=\"canonical\"", office.url());
        assert_eq!(answer.header("link"), canonical);
        let known = [("if-none-match", plain.header("etag"))];
        assert_eq!(
            office
                .ask("GET", &format!("{path}.{ending}"), &known)
                .status,
            304
        );
        let past = office.get(&format!("{path}.{ending}?date=2026-01-14"));
        assert_eq!(
            past.body,
            office.get(&format!("{path}?date=2026-01-14")).body
        );
    }
    for wrong in ["png", "mvt.pbf", ""] {
        assert_eq!(
            office.get(&format!("{path}.{wrong}")).status,
            400,
            "{wrong}"
        );
    }
}

#[test]
fn a_tile_of_what_the_register_knew_is_sent_from_the_newest_recording_on() {
    let office = Office::open().with_land("two_villages").start();
    office.set_clock("2026-11-23T04:00:00Z");
    let path = path(&office, 15);
    let (_, place) = path.split_once("/parcels/").expect("a path");
    let (zoom, place) = place.split_once('/').expect("a zoom");
    let (col, row) = place.split_once('/').expect("a column");
    let by_row = format!("{zoom}/{row}/{col}");
    for path in [
        path.clone(),
        format!("/tiles/WebMercatorQuad/{by_row}"),
        format!("/collections/parcels/tiles/WebMercatorQuad/{by_row}"),
    ] {
        let plain = office.get(&path);
        let known = office.get(&format!("{path}?known_at=2026-11-23T03:00:00Z"));
        assert_eq!((known.status, &known.body), (200, &plain.body), "{path}");
        for moment in ["2026-11-23T02:59:59Z", "2026-11-23T04:00:01Z", "yesterday"] {
            let answer = office.get(&format!("{path}?known_at={moment}"));
            assert_eq!(
                (answer.status, answer.at("/parameter")),
                (400, json!("known_at")),
                "{path} {moment}"
            );
        }
    }
}

#[test]
fn a_vertex_lies_within_half_a_unit_of_its_position_at_every_zoom() {
    let office = Office::open().with_land("two_villages").start();
    let zooms = [15, 16, 18, 20];
    let paths = zooms.map(|zoom| path(&office, zoom));
    let tiles = paths.clone().map(|path| office.get(&path).body);
    for ((zoom, path), tile) in zooms.iter().zip(&paths).zip(decoded(&tiles)) {
        let numbers: Vec<f64> = path
            .rsplit('/')
            .take(2)
            .map(|number| number.parse().expect("a number"))
            .collect();
        let (row, col) = (numbers[0], numbers[1]);
        let cells = f64::from(1_u32 << (20 - zoom));
        let parcel = features(&tile, "parcels").iter().find(|f| f["id"] == 1);
        let drawn = &parcel.expect("drawn")["geometry"]["coordinates"][0];
        let exact = office.get("/v1/parcels/1").at("/geometry/coordinates/0");
        let exact = exact.as_array().expect("positions");
        for position in exact {
            let degrees = |i: usize| position[i].as_f64().expect("degrees");
            let (lon, lat) = (degrees(0), degrees(1));
            let (x, y) = mercator(LonLat { lon, lat });
            let (x, y) = (x / cells - col * 4096.0, y / cells - row * 4096.0);
            let near = |vertex: &Value| {
                let off = |i: usize, to: f64| (vertex[i].as_f64().expect("units") - to).abs();
                // One cell more for the grid of the world: 9.3 mm.
                off(0, x).max(off(1, y)) <= 0.5 + 1.0 / cells
            };
            let drawn = drawn.as_array().expect("vertices");
            assert!(drawn.iter().any(near), "{path}: {x} {y} in {drawn:?}");
        }
    }
}

#[test]
fn a_tile_is_of_the_day_asked_for_and_has_both_planes() {
    let office = Office::open().with_land("two_villages").start();
    let path = path(&office, 15);
    let before = office.get(&format!("{path}?date=2026-01-14"));
    assert_eq!(ids(&decode(&before)), [1, 2, 3, 6]);
    let corner = office.get("/v1/parcels/11").at("/geometry/coordinates/0/0");
    let degrees = |i: usize| corner[i].as_f64().expect("degrees");
    let (x, y) = tile_at(degrees(0), degrees(1), 15);
    let east = office.get(&format!("/tiles/parcels/15/{x}/{y}"));
    assert_eq!(ids(&decode(&east)), [11]);
}

#[test]
fn a_client_that_has_a_tile_is_told_so_until_the_register_changes() {
    let office = Office::open().with_land("two_villages").start();
    let path = path(&office, 16);
    let first = office.get(&path);
    let tag = first.header("etag").to_owned();
    let again = office.ask("GET", &path, &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    for answer in [&first, &again] {
        assert_eq!(answer.header("etag"), tag);
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert!(answer.header("vary").contains("accept-encoding"));
    }
    let other_day = office.get(&format!("{path}?date=2026-01-14"));
    assert_ne!(other_day.header("etag"), tag);
}

#[test]
fn nothing_on_a_tile_is_204_and_what_is_no_tile_is_404() {
    let office = Office::open().with_land("two_villages").start();
    let empty = office.get("/tiles/parcels/16/0/0");
    assert_eq!((empty.status, empty.body.len()), (204, 0));
    assert!(!empty.header("etag").is_empty());
    for (path, status, code) in [
        ("/tiles/parcels/16/65536/0", 404, "tile_out_of_range"),
        ("/tiles/parcels/16/0/65536", 404, "tile_out_of_range"),
        ("/tiles/parcels/21/0/0", 404, "tile_out_of_range"),
        ("/tiles/blocks/15/0/0", 404, "tile_out_of_range"),
        (
            "/tiles/parcels/16/99999999999999999999/0",
            404,
            "tile_out_of_range",
        ),
        ("/tiles/owners/16/0/0", 404, "collection_not_found"),
        ("/tiles/owners.json", 404, "collection_not_found"),
        ("/tiles/parcels/16/0", 404, "path_not_found"),
        ("/tiles/parcels/16/-1/0", 400, "invalid_parameter"),
        ("/tiles/parcels/016/0/0", 400, "invalid_parameter"),
        ("/tiles/parcels/16/00/0", 400, "invalid_parameter"),
        ("/tiles/WebMercatorQuad/16/0/01", 400, "invalid_parameter"),
        ("/tiles/parcels/z/0/0", 400, "invalid_parameter"),
        ("/tiles/parcels/16/0/0?date=x", 400, "invalid_parameter"),
        ("/tiles/parcels/16/0/0?lang=vi", 400, "invalid_parameter"),
        ("/tiles/parcels.json?date=x", 400, "invalid_parameter"),
    ] {
        let answer = office.get(path);
        assert_eq!(
            (answer.status, answer.at("/code")),
            (status, code.into()),
            "{path}"
        );
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

#[test]
fn tile_json_says_where_the_tiles_are_and_what_they_hold() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/tiles/parcels.json?date=2026-01-14");
    assert_eq!(answer.at("/tilejson"), "3.0.0");
    let template = answer.at("/tiles/0");
    let template = template.as_str().expect("an address");
    let wanted = format!(
        "{}/tiles/parcels/{{z}}/{{x}}/{{y}}?date=2026-01-14",
        office.url()
    );
    assert_eq!(template, wanted);
    assert_eq!(
        (answer.at("/minzoom"), answer.at("/maxzoom")),
        (15.into(), 20.into())
    );
    let bounds = answer.at("/bounds");
    let bound = |i: usize| bounds[i].as_f64().expect("degrees");
    assert!(bound(0) < 106.7 && bound(2) > 107.0, "{bounds}");
    assert!(bound(1) < 10.5 && bound(3) > 10.7, "{bounds}");
    // Outlines of wards are another's, parcels the register's own.
    let whose = |set: &str| office.get(&format!("/tiles/{set}.json")).at("/attribution");
    assert!(whose("city").to_string().contains("© 2021 Thang Le Quoc"));
    assert_eq!(whose("wards"), whose("city"));
    assert!(whose("parcels").is_null());
    let layer = answer.at("/vector_layers/0");
    assert_eq!(layer["id"], "parcels");
    let fields = layer["fields"].as_object().expect("fields");
    assert!(
        ["number", "sheet", "ward", "land_use"]
            .iter()
            .all(|name| fields.contains_key(*name))
    );
    let tag = answer.header("etag").to_owned();
    let path = "/tiles/parcels.json?date=2026-01-14";
    let again = office.ask("GET", path, &[("if-none-match", &tag)]);
    assert_eq!(again.status, 304);
}
