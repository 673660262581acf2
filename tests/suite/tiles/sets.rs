//! Tiles as OGC API Tiles offers them: found from the landing page by links alone.

use serde_json::{Value, json};

use crate::harness::Office;

const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
const SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
const SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

/// The path behind a link of this server.
fn path(office: &Office, document: &Value, rel: &str) -> String {
    let links = document["links"].as_array().expect("links");
    let link = links.iter().find(|link| link["rel"] == rel);
    let address = link.expect("such a link")["href"].as_str().expect("text");
    let path = address.strip_prefix(office.url());
    path.expect("an address of this server").to_owned()
}

fn document(office: &Office, path: &str) -> Value {
    let answer = office.ask("GET", path, &[("accept", "application/json")]);
    assert_eq!(answer.status, 200, "{path}");
    answer.json()
}

/// Tiles of one zoom that a set names: columns and rows.
fn limits(set: &Value, zoom: u32) -> [u64; 4] {
    let all = set["tileMatrixSetLimits"].as_array().expect("limits");
    let name = zoom.to_string();
    let found = all.iter().find(|l| l["tileMatrix"] == name.as_str());
    let of = |name: &str| found.expect("the zoom")[name].as_u64().expect("a number");
    ["minTileCol", "maxTileCol", "minTileRow", "maxTileRow"].map(of)
}

#[test]
fn from_the_landing_page_links_lead_to_the_same_tiles_as_the_map_has() {
    let office = Office::open().with_land("two_villages").start();
    let landing = document(&office, "/");
    let list = document(&office, &path(&office, &landing, TILESETS));
    let set = document(&office, &path(&office, &list["tilesets"][0], "self"));
    assert_eq!(set["dataType"], "vector");
    assert_eq!(
        set["tileMatrixSetURI"],
        "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    );
    let template = path(&office, &set, "item");
    let mut met = 0;
    let [west, east, north, south] = limits(&set, 12);
    for (col, row) in (west..=east).flat_map(|col| (north..=south).map(move |row| (col, row))) {
        let asked = template
            .replace("{tileMatrix}", "12")
            .replace("{tileRow}", &row.to_string())
            .replace("{tileCol}", &col.to_string());
        let (theirs, ours) = (
            office.get(&asked),
            office.get(&format!("/tiles/city/12/{col}/{row}")),
        );
        assert!(matches!(theirs.status, 200 | 204), "{asked}");
        assert_eq!(theirs.body, ours.body, "{asked}");
        assert_eq!(theirs.header("etag"), ours.header("etag"));
        met += usize::from(theirs.status == 200);
    }
    assert!(met > 0, "the city is within its limits");
}

#[test]
fn a_collection_has_tiles_of_its_own_for_a_day() {
    let office = Office::open().with_land("two_villages").start();
    let collection = document(&office, "/collections/parcels");
    let lists = path(&office, &collection, TILESETS);
    let list = document(&office, &format!("{lists}?date=2026-01-14&lang=en"));
    let set = &list["tilesets"][0];
    assert_eq!(set["title"], "Parcels");
    assert_eq!(set["layers"][0]["id"], "parcels");
    assert_eq!(set["layers"][0]["minTileMatrix"], "15");
    let properties = &set["layers"][0]["propertiesSchema"]["properties"];
    assert!(properties["land_use"]["description"].is_string());
    let template = path(&office, set, "item");
    assert_eq!(
        template,
        "/collections/parcels/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}?date=2026-01-14"
    );
    let json = document(&office, &path(&office, set, "describedby"));
    assert_eq!(json["name"], "parcels");
    let zooms = set["tileMatrixSetLimits"].as_array().expect("limits");
    assert_eq!(zooms.len(), 6, "zooms 15 to 20");
}

#[test]
fn a_day_is_also_a_datetime_and_an_interval_is_refused() {
    let office = Office::open().with_land("two_villages").start();
    let set = "/collections/parcels/tiles/WebMercatorQuad";
    let template = "/collections/parcels/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}";
    let asked = document(&office, &format!("{set}?datetime=2026-01-13T17:00:00Z"));
    let wanted = format!("{template}?date=2026-01-14");
    assert_eq!(path(&office, &asked, "item"), wanted, "a day in Vietnam");
    let at = limits(&asked, 15);
    let tile = format!("{set}/15/{}/{}", at[2], at[0]);
    let (named, dated) = (
        office.get(&format!("{tile}?datetime=2026-01-14")),
        office.get(&format!("{tile}?date=2026-01-14")),
    );
    assert!(matches!(named.status, 200 | 204), "{}", named.status);
    assert_eq!(named.header("etag"), dated.header("etag"));
    for path in [set, &tile] {
        for days in [
            "2026-01-01/2026-01-14",
            "2026-01-01/..",
            "never",
            "2026-01-14&date=2026-01-14",
        ] {
            let answer = office.get(&format!("{path}?datetime={days}"));
            assert_eq!(answer.status, 400, "{path} {days}");
            assert_eq!(answer.at("/parameter"), "datetime", "{path} {days}");
        }
    }
    // Other addresses of tiles have `date` alone.
    let ours = office.get("/tiles/city/0/0/0?datetime=2026-01-14");
    assert_eq!(ours.status, 400);
}

#[test]
fn sets_of_a_past_day_name_themselves_with_the_day() {
    let office = Office::open().with_land("two_villages").start();
    for asked in ["/tiles", "/tiles/VN2000TM3Quad", "/collections/wards/tiles"] {
        let dated = format!("{asked}?date=2026-01-14");
        let set = document(&office, &dated);
        assert_eq!(path(&office, &set, "self"), dated);
        for inner in set["tilesets"].as_array().into_iter().flatten() {
            let own = path(&office, inner, "self");
            assert!(own.ends_with("?date=2026-01-14"), "{own}");
        }
    }
}

#[test]
fn the_tile_matrix_set_halves_from_the_world_down() {
    let office = Office::open().with_land("two_villages").start();
    let landing = document(&office, "/");
    let sets = document(&office, &path(&office, &landing, SCHEMES));
    let own = path(&office, &sets["tileMatrixSets"][0], "self");
    let set = document(&office, &own);
    let of_tiles = document(&office, "/tiles/WebMercatorQuad");
    assert_eq!(path(&office, &of_tiles, SCHEME), own);
    assert_eq!(set["crs"], "http://www.opengis.net/def/crs/EPSG/0/3857");
    let matrices = set["tileMatrices"].as_array().expect("matrices");
    assert_eq!(matrices.len(), 21);
    // OGC 17-083r4, annex D.1.
    let near = |zoom: usize, name: &str, wanted: f64| {
        let found = matrices[zoom][name].as_f64().expect("a number");
        assert!((found / wanted - 1.0).abs() < 1e-9, "{name}: {found}");
    };
    near(0, "scaleDenominator", 559_082_264.028_717_8);
    near(0, "cellSize", 156_543.033_928_041);
    near(18, "scaleDenominator", 2_132.729_583_849_784);
    near(18, "cellSize", 0.597_164_283_559_817_2);
    for (zoom, matrix) in matrices.iter().enumerate() {
        assert_eq!(matrix["id"], zoom.to_string());
        assert_eq!(matrix["matrixWidth"], 1_u32 << zoom);
        assert_eq!(matrix["tileWidth"], 256);
        assert_eq!(matrix["cornerOfOrigin"], "topLeft");
    }
}

#[test]
fn what_is_not_offered_is_said_with_what_is() {
    let office = Office::open().with_land("two_villages").start();
    let wrong = "/collections/parcels/tiles/WorldCRS84Quad";
    for (path, status, at) in [
        ("/tileMatrixSets/WorldCRS84Quad", 404, "tileMatrixSetId"),
        (wrong, 404, "tileMatrixSetId"),
        (&format!("{wrong}/15/0/0"), 404, "tileMatrixSetId"),
        ("/collections/owners/tiles", 404, "collectionId"),
        ("/collections/parcels/tiles?f=xml", 400, "f"),
        ("/collections/parcels/tiles?date=x", 400, "date"),
        ("/tiles?colour=red", 400, "colour"),
        ("/tiles/WebMercatorQuad/x/0/0", 400, "tileMatrix"),
        ("/tiles/WebMercatorQuad/15/x/0", 400, "tileRow"),
        ("/tiles/WebMercatorQuad/15/0/x", 400, "tileCol"),
    ] {
        let answer = office.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.at("/parameter"), json!(at), "{path}");
    }
    let beyond = office.get("/collections/parcels/tiles/WebMercatorQuad/14/0/0");
    assert_eq!(beyond.at("/code"), "tile_out_of_range");
}

#[test]
fn links_begin_with_the_address_that_is_configured() {
    let office = Office::open().with_land("two_villages");
    let office = office
        .with(|config| config.http.public_base = "https://land.example/gis/".to_owned())
        .start();
    for (path, pointer) in [
        ("/tiles/city.json", "/tiles/0"),
        ("/tiles/WebMercatorQuad", "/links/2/href"),
        ("/tileMatrixSets", "/tileMatrixSets/0/links/0/href"),
    ] {
        let address = office.get(path).at(pointer);
        let address = address.as_str().expect("text");
        assert!(
            address.starts_with("https://land.example/gis/t"),
            "{address}"
        );
    }
}
