//! The layers of the map: what each says, at which zooms, and blocks in place of parcels.

use serde_json::{Value, json};

use super::decoded::{decoded, features, tile_at};
use crate::harness::{Folder, Office};

/// The tile of a set that shows parcel 1 of `two_villages`, decoded.
fn tile(office: &Office, set: &str, zoom: u32, query: &str) -> Value {
    let corner = office.get("/v1/parcels/1").at("/geometry/coordinates/0/0");
    let degrees = |i: usize| corner[i].as_f64().expect("degrees");
    let (x, y) = tile_at(degrees(0), degrees(1), zoom);
    let answer = office.get(&format!("/tiles/{set}/{zoom}/{x}/{y}{query}"));
    assert_eq!(answer.status, 200, "{set} {zoom}");
    decoded(&[answer.body]).remove(0)
}

fn names(tile: &Value) -> Vec<&str> {
    let layers = tile.as_object().expect("layers");
    layers.keys().map(String::as_str).collect()
}

#[test]
fn the_whole_map_comes_in_one_tile_with_the_layers_of_its_zoom() {
    let office = Office::open().with_land("two_villages").start();
    for (zoom, layers) in [
        (9, &["wards"][..]),
        (14, &["blocks", "restrictions", "roads", "wards"]),
        (16, &["parcels", "roads", "wards"]),
        (18, &["labels", "parcels", "roads", "wards"]),
    ] {
        let tile = tile(&office, "city", zoom, "");
        let mut found = names(&tile);
        found.sort_unstable();
        assert_eq!(found, layers, "zoom {zoom}");
        for layer in layers {
            for feature in features(&tile, layer) {
                assert_eq!(feature["defect"], Value::Null, "{zoom} {layer} {feature}");
            }
        }
    }
}

#[test]
fn wards_roads_and_restrictions_say_who_they_are() {
    let office = Office::open().with_land("two_villages").start();
    let city = tile(&office, "city", 18, "");
    let ward = &features(&city, "wards")[0];
    assert_eq!(ward["id"], 26_743);
    assert_eq!(
        ward["properties"],
        json!({"code": "26743", "name": "Bến Thành", "kind": "ward"})
    );
    let road = &features(&city, "roads")[0];
    assert_eq!(road["id"], 1001);
    assert_eq!(
        road["properties"],
        json!({"layer": "roads", "street": "Lê Lợi", "width_m": 8.0, "alley": false})
    );
    let wide = tile(&office, "city", 14, "");
    let canal = &features(&wide, "restrictions")[0];
    assert_eq!(canal["id"], 1002);
    assert_eq!(canal["properties"]["theme"], "water");
    assert_eq!(canal["properties"]["kind"], "corridor_canal");
    assert_eq!(canal["properties"]["legend_vi"], "Kênh Bến Nghé");
}

#[test]
fn parcels_that_share_boundaries_are_one_block_with_their_number_and_area() {
    let office = Office::open().with_land("two_villages").start();
    let blocks = |query: &str| {
        let tile = tile(&office, "blocks", 14, query);
        let mut blocks: Vec<Value> = features(&tile, "blocks").to_vec();
        blocks.sort_by_key(|block| block["properties"]["parcels"].as_u64());
        for block in &blocks {
            assert_eq!(block["id"].as_u64().unwrap_or(0), 0, "a block has no key");
            assert_eq!(block["defect"], Value::Null);
        }
        let says = blocks.iter().map(|block| block["properties"].clone());
        says.collect::<Vec<_>>()
    };
    // 1, 2, 4, 5 and 6 stand in a row; 6 has a courtyard of 12 m².
    let row = json!({"parcels": 5, "area_m2": 508, "generalised": true});
    let today = blocks("");
    assert!(today.contains(&row), "{today:?}");
    // Before parcel 3 was split there was one less.
    let before = blocks("?date=2026-01-14");
    assert!(
        before.contains(&json!({"parcels": 4, "area_m2": 508, "generalised": true})),
        "{before:?}"
    );
}

#[test]
fn a_shape_says_that_it_is_generalised_where_a_finer_zoom_shows_more_of_it() {
    let folder = Folder::new();
    let office = super::sweep::demo(&folder);
    let fields = office.get("/tiles/city.json").at("/vector_layers");
    for layer in fields.as_array().expect("layers") {
        let says = layer["fields"].get("generalised").is_some();
        assert_eq!(says, layer["generalised"] == true, "{layer}");
    }
    let vertices = |feature: &Value| {
        feature["geometry"]["coordinates"]
            .to_string()
            .matches(',')
            .count()
    };
    let (coarse, fine) = (
        tile(&office, "wards", 10, ""),
        tile(&office, "wards", 20, ""),
    );
    let ward = &features(&fine, "wards")[0];
    assert_eq!(ward["properties"]["generalised"], Value::Null, "{ward}");
    let mut same = features(&coarse, "wards").iter();
    let same = same
        .find(|one| one["id"] == ward["id"])
        .expect("the ward from afar");
    assert_eq!(same["properties"]["generalised"], true);
    assert!(vertices(same) > 3);
    // Of what has all its vertices nothing is said, and parcels never lose any.
    let near = tile(&office, "city", 16, "");
    assert!(!features(&near, "parcels").is_empty());
    for parcel in features(&near, "parcels") {
        assert_eq!(parcel["properties"]["generalised"], Value::Null);
    }
}

#[test]
fn a_label_stands_inside_its_parcel_and_on_one_tile_only() {
    let office = Office::open().with_land("two_villages").start();
    let (mut labels, mut tiles) = (Vec::new(), Vec::new());
    let corner = office.get("/v1/parcels/1").at("/geometry/coordinates/0/0");
    let degrees = |i: usize| corner[i].as_f64().expect("degrees");
    let (x, y) = tile_at(degrees(0), degrees(1), 20);
    for column in x - 1..=x + 1 {
        for row in y - 2..=y + 1 {
            let answer = office.get(&format!("/tiles/city/20/{column}/{row}"));
            if answer.status == 200 {
                tiles.push(answer.body);
            }
        }
    }
    for tile in decoded(&tiles) {
        for label in features(&tile, "labels") {
            let parcels = features(&tile, "parcels").iter();
            let parcel = parcels
                .filter(|parcel| parcel["id"] == label["id"])
                .collect::<Vec<_>>();
            assert_eq!(parcel.len(), 1, "the parcel of a label is on its tile");
            assert!(
                covers(&parcel[0]["geometry"], &label["geometry"]),
                "{label}"
            );
            assert_eq!(
                label["properties"]["number"],
                parcel[0]["properties"]["number"]
            );
            labels.push(label["id"].as_i64().expect("a key"));
        }
    }
    labels.sort_unstable();
    assert_eq!(labels, [1, 2, 4, 5, 6]);
}

/// Whether a polygon has a point inside, by counting crossings of all its rings.
fn covers(polygon: &Value, point: &Value) -> bool {
    let number = |value: &Value| value.as_f64().expect("units");
    let (x, y) = (
        number(&point["coordinates"][0]),
        number(&point["coordinates"][1]),
    );
    let mut inside = false;
    for ring in polygon["coordinates"].as_array().expect("rings") {
        let ring = ring.as_array().expect("vertices");
        for pair in ring.windows(2) {
            let (a, b) = (
                (number(&pair[0][0]), number(&pair[0][1])),
                (number(&pair[1][0]), number(&pair[1][1])),
            );
            if (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0) {
                inside = !inside;
            }
        }
    }
    inside
}
