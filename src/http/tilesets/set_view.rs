//! A set of tiles as it is written (OGC 17-083r4, clause 8: tile set metadata).

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::matrix_sets::Named;
use crate::crs::Transforms;
use crate::http::features::links::{JSON, Link, PublicAddress};
use crate::http::language::Language;
use crate::tile::{TileCoord, TileField, TileLayer, TileMatrixSet, TileSet};

/// Mapbox Vector Tile.
pub const MVT: &str = "application/vnd.mapbox-vector-tile";
/// Degrees of longitude and latitude.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
/// The relation of a set of tiles to its tile matrix set.
const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

/// Sets of tiles.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TileSets)]
pub struct TileSetsView {
    /// This document.
    pub links: Vec<Link>,
    /// The sets.
    pub tilesets: Vec<TileSetView>,
}

/// A set of tiles: one layer or the whole map, in one tile matrix set.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileSet)]
pub struct TileSetView {
    /// Title, in the language of the answer.
    title: String,
    /// Always `vector`.
    data_type: &'static str,
    /// System of the coordinates of its tiles.
    crs: String,
    /// Tile matrix set, by its address in OGC's register or on this server.
    #[serde(rename = "tileMatrixSetURI")]
    tile_matrix_set_uri: String,
    /// Tile matrix set, by its name in addresses.
    tile_matrix_set_id: &'static str,
    /// Where anything can be, zoom by zoom; elsewhere there are no tiles.
    tile_matrix_set_limits: Vec<LimitsView>,
    /// A box around all that it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    bounding_box: Option<BoxView>,
    /// Layers in its tiles.
    layers: Vec<LayerView>,
    /// Itself, its tile matrix set, its tiles.
    pub links: Vec<SetLink>,
}

/// Tiles of one zoom on which anything can be.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileMatrixLimits)]
pub struct LimitsView {
    /// Zoom.
    tile_matrix: String,
    /// First row, from the north.
    min_tile_row: u32,
    /// Last row.
    max_tile_row: u32,
    /// First column, from the west.
    min_tile_col: u32,
    /// Last column.
    max_tile_col: u32,
}

/// A box in degrees of longitude and latitude.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileSetBox)]
pub struct BoxView {
    /// South-west corner.
    lower_left: [f64; 2],
    /// North-east corner.
    upper_right: [f64; 2],
    /// System of the corners.
    crs: &'static str,
}

/// A layer in tiles.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileSetLayer)]
pub struct LayerView {
    /// Name in a tile.
    id: &'static str,
    /// Always `vector`.
    data_type: &'static str,
    /// First zoom at which it is drawn.
    min_tile_matrix: String,
    /// Last zoom at which it is drawn.
    max_tile_matrix: String,
    /// Its attributes, as a JSON schema.
    properties_schema: PropertiesView,
}

/// Attributes of a layer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TileSetProperties)]
pub struct PropertiesView {
    /// Always `object`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What each says.
    properties: BTreeMap<&'static str, PropertyView>,
}

/// An attribute of a layer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TileSetProperty)]
pub struct PropertyView {
    /// What it says.
    description: &'static str,
}

/// A link that may have holes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TileSetLink)]
pub struct SetLink {
    /// The link.
    #[serde(flatten)]
    link: Link,
    /// Whether its address has holes to fill.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    templated: bool,
}

impl LayerView {
    fn of(layer: &TileLayer, matrix_set: TileMatrixSet) -> Self {
        let (first, last) = layer.matrices(matrix_set);
        let property = |field: &TileField| {
            let description = field.meaning;
            (field.name, PropertyView { description })
        };
        Self {
            id: layer.name(),
            data_type: "vector",
            min_tile_matrix: first.to_string(),
            max_tile_matrix: last.to_string(),
            properties_schema: PropertiesView {
                kind: "object",
                properties: layer.fields().iter().map(property).collect(),
            },
        }
    }
}

/// What a set is written from.
pub struct Described<'a> {
    /// Layers.
    pub set: TileSet,
    /// Tile matrix set.
    pub matrix_set: TileMatrixSet,
    /// The city's systems.
    pub transforms: &'a Transforms,
    /// Path below which it lies: `/tiles` or that of a collection.
    pub path: &'a str,
    /// What is added to addresses of tiles, such as a day.
    pub query: &'a str,
    /// Title.
    pub title: String,
    /// West, south, east, north in degrees around all that it shows.
    pub extent: Option<[f64; 4]>,
}

impl TileSetView {
    /// Writes a set.
    pub fn of(of: Described<'_>, base: &PublicAddress, language: Language) -> Self {
        let Described {
            set,
            matrix_set,
            transforms,
            path,
            query,
            title,
            extent,
        } = of;
        let named = Named::of(matrix_set, transforms, base);
        let own = format!("{path}/{}", matrix_set.id());
        let link = |href: String, rel, kind, text: &str, templated| SetLink {
            link: Link {
                href: base.to(&href),
                rel,
                kind,
                title: language.text("link", text, &[]),
            },
            templated,
        };
        let tiles = format!("{own}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}{query}");
        let scheme = format!("/tileMatrixSets/{}", matrix_set.id());
        let mut links = vec![
            link(format!("{own}{query}"), "self", JSON, "self", false),
            link(scheme, TILING_SCHEME, JSON, "tiling_scheme", false),
            link(tiles, "item", MVT, "tiles", true),
        ];
        if matrix_set == TileMatrixSet::WebMercatorQuad {
            // TileJSON knows no other.
            let tile_json = format!("/tiles/{}.json{query}", set.name());
            links.push(link(tile_json, "describedby", JSON, "tile_json", false));
        }
        let limits = |extent| limits(set, matrix_set, extent, transforms);
        let layers = set.layers().iter();
        Self {
            title,
            data_type: "vector",
            crs: named.crs,
            tile_matrix_set_uri: named.uri,
            tile_matrix_set_id: matrix_set.id(),
            tile_matrix_set_limits: extent.map_or_else(Vec::new, limits),
            bounding_box: extent.map(|[west, south, east, north]| BoxView {
                lower_left: [west, south],
                upper_right: [east, north],
                crs: CRS84,
            }),
            layers: layers
                .map(|layer| LayerView::of(layer, matrix_set))
                .collect(),
            links,
        }
    }
}

/// The tiles on which anything within the degrees can be, at each matrix at which a set is drawn.
fn limits(
    set: TileSet,
    matrix_set: TileMatrixSet,
    extent: [f64; 4],
    transforms: &Transforms,
) -> Vec<LimitsView> {
    let (first, last) = set.matrices(matrix_set);
    let of = |matrix: u8| {
        let (from, to) = TileCoord::that_draw(matrix_set, matrix, extent, transforms);
        LimitsView {
            tile_matrix: matrix.to_string(),
            min_tile_row: from.row(),
            max_tile_row: to.row(),
            min_tile_col: from.col(),
            max_tile_col: to.col(),
        }
    };
    (first..=last).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Planes;

    #[test]
    fn limits_are_the_tiles_that_meet_the_box_and_never_none() {
        let set = TileSet::from_name("city").expect("the whole map");
        let planes = Planes::load(include_str!("../../../data/planes.toml")).expect("planes");
        let transforms = Transforms::new(&planes).expect("PROJ's database");
        let mercator = TileMatrixSet::WebMercatorQuad;
        let limits = |extent| limits(set, mercator, extent, &transforms);
        let found = limits([106.0, 10.0, 107.0, 11.0]);
        assert_eq!(found.len(), 21);
        let row = |zoom: usize| {
            let l = &found[zoom];
            [
                l.min_tile_col,
                l.max_tile_col,
                l.min_tile_row,
                l.max_tile_row,
            ]
        };
        assert_eq!(row(0), [0, 0, 0, 0]);
        assert_eq!(row(8), [203, 204, 120, 120]);
        let world = limits([-180.0, -90.0, 180.0, 90.0]);
        assert_eq!((world[3].min_tile_col, world[3].max_tile_row), (0, 7));
    }
}
