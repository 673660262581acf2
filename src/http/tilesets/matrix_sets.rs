//! `GET /tileMatrixSets` and one of them: how the world is cut into tiles (OGC 17-083r4).

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::only_json;
use crate::http::features::links::{JSON, Link, PublicAddress};
use crate::http::language::Language;
use crate::http::problem::{Kind, Problem, ProblemView};
use crate::http::query::Query;
use crate::http::server::Shared;
use crate::tile::matrix::ZOOM_MAX;

/// The one that map clients share.
pub const WEB_MERCATOR_QUAD: &str = "WebMercatorQuad";
/// Its address in OGC's register.
pub const WEB_MERCATOR_QUAD_URI: &str =
    "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
/// Its coordinate system.
pub const WEB_MERCATOR: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";
/// Half of the world's side, in metres: π times the radius of the sphere.
const HALF_WORLD_M: f64 = std::f64::consts::PI * 6_378_137.0;
/// Pixels a side, as OGC counts scales.
const TILE_PIXELS: u32 = 256;
/// Size of a pixel for a scale (OGC 17-083r4, clause 6.1.1), in metres.
const PIXEL_M: f64 = 0.000_28;

/// All tile matrix sets.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileMatrixSets)]
pub struct TileMatrixSetsView {
    /// The sets.
    tile_matrix_sets: Vec<TileMatrixSetItemView>,
}

/// One tile matrix set in the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TileMatrixSetItem)]
pub struct TileMatrixSetItemView {
    /// Name in addresses.
    id: &'static str,
    /// Title, in the language of the answer.
    title: String,
    /// Address in OGC's register.
    uri: &'static str,
    /// System of its coordinates.
    crs: &'static str,
    /// Its definition.
    links: Vec<Link>,
}

/// A tile matrix set.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileMatrixSet)]
pub struct TileMatrixSetView {
    /// Name in addresses.
    id: &'static str,
    /// Title, in the language of the answer.
    title: String,
    /// Address in OGC's register.
    uri: &'static str,
    /// System of its coordinates.
    crs: &'static str,
    /// Names of its axes, in their order.
    ordered_axes: [&'static str; 2],
    /// Scales that other sets have too.
    well_known_scale_set: &'static str,
    /// One matrix for each zoom.
    tile_matrices: Vec<TileMatrixView>,
}

/// The tiles of one zoom.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileMatrix)]
pub struct TileMatrixView {
    /// Zoom.
    id: String,
    /// Denominator of the scale.
    scale_denominator: f64,
    /// Size of a pixel, in metres at the equator.
    cell_size: f64,
    /// Always `topLeft`.
    corner_of_origin: &'static str,
    /// Where the first tile begins.
    point_of_origin: [f64; 2],
    /// Pixels a row.
    tile_width: u32,
    /// Pixels a column.
    tile_height: u32,
    /// Tiles a row.
    matrix_width: u32,
    /// Tiles a column.
    matrix_height: u32,
}

impl TileMatrixView {
    fn of(zoom: u8) -> Self {
        let tiles = 1_u32 << zoom;
        let cell_size = 2.0 * HALF_WORLD_M / f64::from(TILE_PIXELS) / f64::from(tiles);
        Self {
            id: zoom.to_string(),
            scale_denominator: cell_size / PIXEL_M,
            cell_size,
            corner_of_origin: "topLeft",
            point_of_origin: [-HALF_WORLD_M, HALF_WORLD_M],
            tile_width: TILE_PIXELS,
            tile_height: TILE_PIXELS,
            matrix_width: tiles,
            matrix_height: tiles,
        }
    }
}

/// Refuses every tile matrix set that is not offered.
///
/// # Errors
/// `collection_not_found`.
pub fn is_offered(name: &str) -> Result<(), Problem> {
    if name == WEB_MERCATOR_QUAD {
        return Ok(());
    }
    let value = name.chars().take(80).collect();
    let arguments = vec![("value", value)];
    Err(
        Problem::new(Kind::CollectionNotFound, "matrix_set_unknown", arguments)
            .at("tileMatrixSetId")
            .expecting("choice", vec![("names", WEB_MERCATOR_QUAD.to_owned())]),
    )
}

/// How the world is cut into tiles: the tile matrix sets in which tiles are offered.
#[utoipa::path(
    get, path = "/tileMatrixSets", tag = "tiles",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^json$", description = "Form of the answer"),
    ),
    responses(
        (status = 200, description = "The sets", body = TileMatrixSetsView),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_matrix_sets(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let language = language(&request)?;
    let base = PublicAddress::of(&request, &shared);
    let item = TileMatrixSetItemView {
        id: WEB_MERCATOR_QUAD,
        title: title(language),
        uri: WEB_MERCATOR_QUAD_URI,
        crs: WEB_MERCATOR,
        links: vec![Link {
            href: base.to(&format!("/tileMatrixSets/{WEB_MERCATOR_QUAD}")),
            rel: "self",
            kind: JSON,
            title: title(language),
        }],
    };
    Ok(HttpResponse::Ok().json(TileMatrixSetsView {
        tile_matrix_sets: vec![item],
    }))
}

/// One tile matrix set (OGC 17-083r4, clause 7.1).
#[utoipa::path(
    get, path = "/tileMatrixSets/{tileMatrixSetId}", tag = "tiles",
    params(
        ("tileMatrixSetId" = String, Path, pattern = "^WebMercatorQuad$", description = "Name of the set"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^json$", description = "Form of the answer"),
    ),
    responses(
        (status = 200, description = "The set", body = TileMatrixSetView),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such set", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_matrix_set(
    request: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    is_offered(&name)?;
    let language = language(&request)?;
    Ok(HttpResponse::Ok().json(TileMatrixSetView {
        id: WEB_MERCATOR_QUAD,
        title: title(language),
        uri: WEB_MERCATOR_QUAD_URI,
        crs: WEB_MERCATOR,
        ordered_axes: ["X", "Y"],
        well_known_scale_set: "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        tile_matrices: (0..=ZOOM_MAX).map(TileMatrixView::of).collect(),
    }))
}

fn language(request: &HttpRequest) -> Result<Language, Problem> {
    let query = Query::of(request, &["lang", "f"])?;
    only_json(&query)?;
    query.language(request)
}

fn title(language: Language) -> String {
    language.text("tileset", "web_mercator_quad", &[])
}
