//! OGC 20-057, Annex A: tiles, sets of tiles, lists of them; vector tiles; OpenAPI 3.0.

use super::{COLLECTIONS, MATRIX_SETS, TILES_1, TMS_2, has_rel, links, office, ok};
use crate::harness::{Answer, Office};
use crate::tiles::decoded::{decoded, features, tile_at};
use serde_json::Value;

const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
const SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
const MVT: &str = "application/vnd.mapbox-vector-tile";

/// The resources that have sets of tiles: the whole map, and each collection.
fn resources() -> Vec<String> {
    let collections = COLLECTIONS.map(|name| format!("/collections/{name}"));
    [String::new()].into_iter().chain(collections).collect()
}

/// The link with a relation, as a path of this server.
fn follow(office: &Office, document: &Value, rel: &str) -> String {
    let all = links(document);
    let link = all.iter().find(|link| link["rel"] == rel);
    let href = link.expect("such a link")["href"].as_str().expect("text");
    let path = href.strip_prefix(office.url());
    path.expect("an address of this server").to_owned()
}

/// The resources, each in every tile matrix set.
fn all_sets() -> Vec<(String, &'static str)> {
    let sets = |of: &'static str| resources().into_iter().map(move |r| (r, of));
    MATRIX_SETS.into_iter().flat_map(sets).collect()
}

/// The set of tiles of a resource in a tile matrix set, and its template.
fn set(office: &Office, resource: &str, matrix_set: &str) -> (Value, String) {
    let set = ok(office, &format!("{resource}/tiles/{matrix_set}")).json();
    let template = follow(office, &set, "item");
    (set, template)
}

/// The address of a tile: its tile matrix, row and column put into a template.
fn filled(template: &str, matrix: u32, row: u64, col: u64) -> String {
    template
        .replace("{tileMatrix}", &matrix.to_string())
        .replace("{tileRow}", &row.to_string())
        .replace("{tileCol}", &col.to_string())
}

/// First and last column, first and last row of a tile matrix in a set.
fn limits(set: &Value, matrix: u32) -> [u64; 4] {
    let all = set["tileMatrixSetLimits"].as_array().expect("limits");
    let name = matrix.to_string();
    let of = |limits: &&Value| limits["tileMatrix"] == name.as_str();
    let found = all.iter().find(of).expect("the tile matrix");
    let names = ["minTileCol", "maxTileCol", "minTileRow", "maxTileRow"];
    names.map(|name| found[name].as_u64().expect("a number"))
}

/// A tile of a set that has content, with its tile matrix, row and column: where an item lies.
fn tile_with_content(office: &Office, resource: &str, of: &str) -> (Answer, [u64; 3]) {
    let name = resource.rsplit('/').next().filter(|name| !name.is_empty());
    let items = format!("/collections/{}/items", name.unwrap_or("parcels"));
    let definition = ok(office, &format!("/tileMatrixSets/{of}")).json();
    let matrix = matrix_of_parcels(office, of);
    let side = |name: &str| definition["tileMatrices"][matrix as usize][name].clone();
    let number = |value: Value| value.as_f64().expect("a number");
    let (col, row) = match of {
        "WebMercatorQuad" => {
            let at = first_corner(&ok(office, &items).at("/features/0/geometry/coordinates"));
            tile_at(at[0], at[1], matrix as u32)
        }
        _ => {
            let crs = definition["crs"].as_str().expect("a system");
            let items = ok(office, &format!("{items}?crs={crs}"));
            let at = first_corner(&items.at("/features/0/geometry/coordinates"));
            let origin = |i: usize| number(side("pointOfOrigin")[i].clone());
            let metres = number(side("cellSize")) * number(side("tileWidth"));
            let of = |off: f64| (off / metres) as u64;
            (of(at[0] - origin(0)), of(origin(1) - at[1]))
        }
    };
    let (_, template) = set(office, resource, of);
    let asked = filled(&template, matrix as u32, row, col);
    let answer = office.ask("GET", &asked, &[("accept", MVT)]);
    assert_eq!(answer.status, 200, "{asked}");
    (answer, [matrix, row, col])
}

/// The first position of coordinates.
fn first_corner(mut at: &Value) -> [f64; 2] {
    while at[0].is_array() {
        at = &at[0];
    }
    [0, 1].map(|i| at[i].as_f64().expect("a number"))
}

/// The first tile matrix at which parcels are drawn.
fn matrix_of_parcels(office: &Office, matrix_set: &str) -> u64 {
    let (set, _) = set(office, "/collections/parcels", matrix_set);
    let first = set["layers"][0]["minTileMatrix"].as_str().expect("a name");
    first.parse().expect("a number")
}

/// /conf/core/conformance-success
#[test]
fn the_declaration_names_the_core_of_tiles() {
    let declared = ok(&office(), "/conformance").at("/conformsTo");
    let declared = declared.as_array().expect("a list");
    assert!(declared.iter().all(Value::is_string));
    for class in [format!("{TILES_1}/core"), format!("{TMS_2}/tilematrixset")] {
        assert!(declared.contains(&class.clone().into()), "{class}");
    }
}

/// /conf/core/tc-op
/// /conf/core/tc-success
#[test]
fn a_template_filled_with_matrix_row_and_column_is_a_tile_of_what_lies_there() {
    let office = office();
    for (resource, of) in all_sets() {
        let (answer, _) = tile_with_content(&office, &resource, of);
        assert_eq!(answer.header("content-type"), MVT);
        let tile = decoded(&[&answer.body]).remove(0);
        let mut drawn = 0;
        for (name, layer) in tile.as_object().expect("layers") {
            for feature in layer["features"].as_array().expect("features") {
                // The tile's own grid, with the margin that Mapbox Vector Tile 2.1 leaves to the
                // encoder so that outlines close across the border.
                let around = bounds(&feature["geometry"]["coordinates"]);
                let meets = |low: f64, high: f64| low <= 4096.0 + 64.0 && high >= -64.0;
                let [left, top, right, bottom] = around;
                assert!(
                    meets(left, right) && meets(top, bottom),
                    "{name}: {around:?}"
                );
                drawn += 1;
            }
        }
        assert!(drawn > 0, "{resource}");
    }
}

/// Least and greatest of the coordinates: left, top, right, bottom.
fn bounds(coordinates: &Value) -> [f64; 4] {
    let items = coordinates.as_array().expect("coordinates");
    if let [Value::Number(x), Value::Number(y)] = items.as_slice() {
        let (x, y) = (x.as_f64().expect("units"), y.as_f64().expect("units"));
        return [x, y, x, y];
    }
    let all = items.iter().map(bounds);
    all.reduce(|[a, b, c, d], [e, f, g, h]| [a.min(e), b.min(f), c.max(g), d.max(h)])
        .expect("coordinates")
}

/// /conf/core/tc-error
#[test]
fn a_tile_beyond_the_limits_is_404_or_400_and_an_empty_one_within_them_204() {
    let office = office();
    for (resource, of) in all_sets() {
        let (set, template) = set(&office, &resource, of);
        let matrices = set["tileMatrixSetLimits"].as_array().map(Vec::len);
        assert!(matrices.is_some_and(|matrices| matrices > 0), "{resource}");
        let matrix = matrix_of_parcels(&office, of) as u32 + 3;
        let [west, east, north, south] = limits(&set, matrix);
        for (row, col) in [
            (north - 1, west),
            (south + 1, west),
            (north, west - 1),
            (north, east + 1),
            (1 << matrix, west),
            (north, 1 << matrix),
        ] {
            let answer = office.get(&filled(&template, matrix, row, col));
            assert_eq!(answer.status, 404, "{resource} {row} {col}");
            assert_eq!(answer.at("/code"), "tile_out_of_range");
        }
        let beyond = filled(&template, 21, north, west);
        assert_eq!(office.get(&beyond).status, 404, "{beyond}");
        let broken = template.replace("{tileRow}", "-1");
        assert_eq!(office.get(&filled(&broken, matrix, 0, west)).status, 400);
        let mut seen = std::collections::BTreeSet::new();
        let cols = (west..=east).step_by(((east - west) / 8).max(1) as usize);
        for col in cols.chain([east]) {
            for row in [north, (north + south) / 2, south] {
                let asked = filled(&template, matrix, row, col);
                let status = office.get(&asked).status;
                assert!(matches!(status, 200 | 204), "{asked}: {status}");
                seen.insert(status);
            }
        }
        let many = (east - west) * (south - north) > 100;
        assert!(seen.contains(&204) || !many, "{resource}: all full");
    }
}

/// /conf/core/tc-tilematrix-definition
/// /conf/core/tc-tilerow-definition
/// /conf/core/tc-tilecol-definition
/// /conf/oas30/completeness
/// /conf/oas30/operation-id
#[test]
fn the_description_has_every_resource_of_tiles_with_its_parameters_and_name() {
    let office = office();
    let description = ok(&office, "/api.3.0.json").json();
    let mut names = std::collections::BTreeSet::new();
    for resource in resources() {
        let (origin, matrix_set) = match resource.as_str() {
            "" => ("dataset", "WebMercatorQuad"),
            _ => ("collection", "{tileMatrixSetId}"),
        };
        let list = format!("{resource}/tiles");
        let set = format!("{list}/{matrix_set}");
        let tile = format!("{set}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}");
        for (path, what) in [(&list, "TileSetsList"), (&set, "TileSet"), (&tile, "Tile")] {
            let operation = &description["paths"][path]["get"];
            let name = operation["operationId"].as_str().expect("an operation");
            assert!(
                name.ends_with(&format!(".{origin}.vector.get{what}")),
                "{name}"
            );
            assert!(names.insert(name.to_owned()), "{name} twice");
            let parameters = operation["parameters"].as_array().expect("parameters");
            for (name, kind) in [
                ("tileMatrixSetId", "string"),
                ("tileMatrix", "string"),
                ("tileRow", "integer"),
                ("tileCol", "integer"),
            ] {
                if !path.contains(&format!("{{{name}}}")) {
                    continue;
                }
                let mut all = parameters.iter();
                let found = all.find(|p| p["name"] == name).expect("the parameter");
                assert_eq!(found["in"], "path", "{path} {name}");
                assert_eq!(found["required"], true, "{path} {name}");
                assert_eq!(found["schema"]["type"], kind, "{path} {name}");
                if kind == "integer" {
                    assert_eq!(found["schema"]["minimum"], 0, "{path} {name}");
                }
            }
        }
        // What links say is what the description says.
        let named = |path: &str| path.replace("{tileMatrixSetId}", "WebMercatorQuad");
        let (written, template) = self::set(&office, &resource, "WebMercatorQuad");
        assert_eq!(template, named(&tile));
        assert_eq!(follow(&office, &written, "self"), named(&set));
        let above = if resource.is_empty() { "/" } else { &resource };
        let above = ok(&office, &format!("{above}?f=json")).json();
        assert_eq!(follow(&office, &above, TILESETS), list);
    }
}

/// /conf/tileset/description
#[test]
fn a_set_of_tiles_is_json_that_leads_to_its_matrix_set_and_its_tiles() {
    let office = office();
    for (resource, of) in all_sets() {
        let path = format!("{resource}/tiles/{of}");
        let answer = office.ask("GET", &path, &[("accept", "application/json")]);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), "application/json");
        let set = answer.json();
        super::tile_matrix_sets::is_tile_set(&set);
        let definition = ok(&office, &follow(&office, &set, SCHEME)).json();
        super::tile_matrix_sets::is_tile_matrix_set(&definition);
        assert_eq!(set["tileMatrixSetURI"], definition["uri"]);
        let all = links(&set);
        let items: Vec<&Value> = all.iter().filter(|link| link["rel"] == "item").collect();
        assert_eq!(items.len(), 1, "{path}");
        assert_eq!(items[0]["templated"], true);
        assert_eq!(items[0]["type"], MVT);
        let address = items[0]["href"].as_str().expect("text");
        for part in ["{tileMatrix}", "{tileRow}", "{tileCol}"] {
            assert_eq!(address.matches(part).count(), 1, "{address}");
        }
    }
}

/// /conf/tilesets-list/tileset-links
/// /conf/dataset-tilesets/operation
/// /conf/geodata-tilesets/operation
#[test]
fn below_the_map_and_every_collection_stands_a_list_of_sets_of_tiles() {
    let office = office();
    for resource in resources() {
        let path = format!("{resource}/tiles");
        let answer = office.ask("GET", &path, &[("accept", "application/json")]);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), "application/json");
        let list = answer.json();
        let sets = list["tilesets"].as_array().expect("a list");
        assert_eq!(sets.len(), MATRIX_SETS.len(), "{path}");
        for set in sets {
            super::tile_matrix_sets::is_tile_set(set);
            assert!(has_rel(set, SCHEME));
            let own = follow(&office, set, "self");
            let id = own.rsplit('/').next().expect("a name");
            assert_eq!(own, format!("{path}/{id}"));
            let whole = ok(&office, &own).json();
            for member in ["dataType", "crs", "tileMatrixSetURI"] {
                assert!(set[member].is_string(), "{own}: {member}");
                assert_eq!(set[member], whole[member], "{own}: {member}");
            }
            let scheme = ok(&office, &follow(&office, set, SCHEME));
            assert_eq!(scheme.at("/id"), id);
        }
    }
}

/// /conf/dataset-tilesets/landingpage
/// /conf/geodata-tilesets/desc-links
#[test]
fn landing_page_and_collections_lead_to_their_lists() {
    let office = office();
    let landing = ok(&office, "/?f=json").json();
    assert_eq!(follow(&office, &landing, TILESETS), "/tiles");
    let all = ok(&office, "/collections").json();
    for collection in all["collections"].as_array().expect("collections") {
        let name = collection["id"].as_str().expect("a name");
        let list = format!("/collections/{name}/tiles");
        assert_eq!(follow(&office, collection, TILESETS), list);
        let alone = ok(&office, &format!("/collections/{name}")).json();
        assert_eq!(follow(&office, &alone, TILESETS), list);
    }
}

/// /conf/mvt/content
#[test]
fn a_tile_is_one_vector_tile_whose_grid_lies_in_its_place_of_the_matrix_set() {
    let office = office();
    let parcels = "/collections/parcels";
    let (answer, [matrix, row, col]) = tile_with_content(&office, parcels, "WebMercatorQuad");
    let tile = decoded(&[&answer.body]).remove(0);
    let drawn = features(&tile, "parcels");
    assert!(!drawn.is_empty());
    for feature in drawn {
        let kind = feature["geometry"]["type"].as_str().expect("a type");
        assert!(matches!(kind, "Polygon" | "MultiPolygon"), "{kind}");
    }
    // From the definition of the tile matrix set alone: corner of the tile and size of a unit, in
    // metres of the set's system.
    let definition = ok(&office, "/tileMatrixSets/WebMercatorQuad").json();
    let matrix = &definition["tileMatrices"][matrix as usize];
    let number = |pointer: &str| matrix.pointer(pointer).and_then(Value::as_f64);
    let number = |pointer: &str| number(pointer).expect("a number");
    let side = number("/cellSize") * number("/tileWidth");
    let left = number("/pointOfOrigin/0") + col as f64 * side;
    let top = number("/pointOfOrigin/1") - row as f64 * side;
    let unit = side / tile["parcels"]["extent"].as_f64().expect("units a side");
    let mut compared = 0;
    for feature in drawn.iter().filter(|f| f["geometry"]["type"] == "Polygon") {
        let item = format!("/collections/parcels/items/{}", feature["id"]);
        let mut exact = Vec::new();
        corners(&ok(&office, &item).at("/geometry/coordinates"), &mut exact);
        let mut vertices = Vec::new();
        corners(&feature["geometry"]["coordinates"], &mut vertices);
        for [x, y] in vertices {
            let metres = [left + x * unit, top - y * unit];
            let near = |position: &[f64; 2]| {
                let [lon, lat] = position.map(f64::to_radians);
                let radius = 6_378_137.0;
                let north = (std::f64::consts::FRAC_PI_4 + lat / 2.0).tan().ln();
                let off = [radius * lon - metres[0], radius * north - metres[1]];
                off[0].abs().max(off[1].abs()) <= 0.51 * unit + 0.02
            };
            assert!(exact.iter().any(near), "{item}: {x} {y}");
            compared += 1;
        }
    }
    assert!(compared >= 4, "{compared} vertices");
}

/// All positions of coordinates.
fn corners(value: &Value, found: &mut Vec<[f64; 2]>) {
    let items = value.as_array().expect("coordinates");
    if let [Value::Number(x), Value::Number(y)] = items.as_slice() {
        found.push([x, y].map(|n| n.as_f64().expect("a number")));
        return;
    }
    items.iter().for_each(|item| corners(item, found));
}
