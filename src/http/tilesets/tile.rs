//! One tile by tile matrix, row and column, as OGC API Tiles counts them.

use actix_web::{HttpRequest, HttpResponse, web};

use super::day;
use super::matrix_sets::offered;
use crate::app::View;
use crate::http::features::collections::collection;
use crate::http::pinned::PIN;
use crate::http::problem::{Kind, Problem, ProblemView};
use crate::http::server::Shared;
use crate::http::tiles::{self, Manner, TileBytes};
use crate::tile::{TileCoord, TileMatrixSet, TileSet};

/// A tile of the whole map: the same as `/tiles/city/{z}/{x}/{y}`, row before column.
///
/// Outside `tileMatrixSetLimits` there are no tiles: 404. Within them one without content is 204.
#[utoipa::path(
    get, path = "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", tag = "tiles",
    operation_id = "city.dataset.vector.getTile",
    params(
        ("tileMatrix" = String, Path, pattern = "^(1?[0-9]|20)$", description = "Zoom: the name of a tile matrix"),
        ("tileRow" = u32, Path, minimum = 0, description = "Row, from the north"),
        ("tileCol" = u32, Path, minimum = 0, description = "Column, from the west"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to draw, YYYY-MM-DD; today in Vietnam when absent"),
        ("datetime" = Option<String>, Query, description = "The same as a day or a moment (RFC 3339)"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment. Answered from the newest \
                recording on; for earlier moments refused"),
        ("pin" = Option<String>, Query,
            description = "State of the register and day, as `pinned` of TileJSON has it, in the \
                place of a day. The answer never changes and may be kept (`immutable`)"),
    ),
    responses(
        (status = 200, description = "The tile", body = TileBytes,
            content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "There is nothing on this tile"),
        (status = 304, description = "The client has this tile already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such tile, or one outside `tileMatrixSetLimits`", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 410, description = "The register is no longer in the state that `pin` names",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_map_tile(
    request: HttpRequest,
    path: web::Path<(String, String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let (matrix, row, col) = path.into_inner();
    let names = ["tileMatrix", "tileCol", "tileRow"];
    let place = (names, [matrix.as_str(), &col, &row]);
    let asked = ("city", TileMatrixSet::WebMercatorQuad);
    tiles::answer(&request, &shared, asked, place, MANNER).await
}

/// A tile of the whole map in VN-2000, the system of the land office, as Mapbox Vector Tile 2.1
/// with 4096 units a side; in the finest tile matrix a unit is 8 mm.
///
/// Vertices of parcels are those of the register, rounded to units. Outside `tileMatrixSetLimits`
/// there are no tiles: 404. Within them one without content is 204.
#[utoipa::path(
    get, path = "/tiles/VN2000TM3Quad/{tileMatrix}/{tileRow}/{tileCol}", tag = "tiles",
    operation_id = "city.dataset.vector.getTileVN2000",
    params(
        ("tileMatrix" = String, Path, pattern = "^([0-9]|1[0-4])$", description = "Name of a tile matrix"),
        ("tileRow" = u32, Path, minimum = 0, description = "Row, from the north"),
        ("tileCol" = u32, Path, minimum = 0, description = "Column, from the west"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to draw, YYYY-MM-DD; today in Vietnam when absent"),
        ("datetime" = Option<String>, Query, description = "The same as a day or a moment (RFC 3339)"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment. Answered from the newest \
                recording on; for earlier moments refused"),
        ("pin" = Option<String>, Query,
            description = "State of the register and day, as `pinned` of TileJSON has it, in the \
                place of a day. The answer never changes and may be kept (`immutable`)"),
    ),
    responses(
        (status = 200, description = "The tile", body = TileBytes,
            content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "There is nothing on this tile"),
        (status = 304, description = "The client has this tile already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such tile, or one outside `tileMatrixSetLimits`", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 410, description = "The register is no longer in the state that `pin` names",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_map_tile_vn2000(
    request: HttpRequest,
    path: web::Path<(String, String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let (matrix, row, col) = path.into_inner();
    let names = ["tileMatrix", "tileCol", "tileRow"];
    let place = (names, [matrix.as_str(), &col, &row]);
    let asked = ("city", TileMatrixSet::Vn2000);
    tiles::answer(&request, &shared, asked, place, MANNER).await
}

/// A tile of a collection: in WebMercatorQuad the same as `/tiles/{collectionId}/{z}/{x}/{y}`, row
/// before column.
///
/// Outside `tileMatrixSetLimits` there are no tiles: 404. Within them one without content is 204.
#[utoipa::path(
    get, path = "/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", tag = "tiles",
    operation_id = "collection.vector.getTile",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("tileMatrixSetId" = String, Path, pattern = "^(WebMercatorQuad|VN2000TM3Quad)$", description = "Tile matrix set"),
        ("tileMatrix" = String, Path, pattern = "^(1?[0-9]|20)$", description = "Zoom: the name of a tile matrix"),
        ("tileRow" = u32, Path, minimum = 0, description = "Row, from the north"),
        ("tileCol" = u32, Path, minimum = 0, description = "Column, from the west"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to draw, YYYY-MM-DD; today in Vietnam when absent"),
        ("datetime" = Option<String>, Query, description = "The same as a day or a moment (RFC 3339)"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment. Answered from the newest \
                recording on; for earlier moments refused"),
        ("pin" = Option<String>, Query,
            description = "State of the register and day, as `pinned` of TileJSON has it, in the \
                place of a day. The answer never changes and may be kept (`immutable`)"),
    ),
    responses(
        (status = 200, description = "The tile", body = TileBytes,
            content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "The collection has nothing on this tile"),
        (status = 304, description = "The client has this tile already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such collection, tile matrix set or tile, or one outside `tileMatrixSetLimits`", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 410, description = "The register is no longer in the state that `pin` names",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_collection_tile(
    request: HttpRequest,
    path: web::Path<(String, String, String, String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let (name, matrix_set, matrix, row, col) = path.into_inner();
    let collection = collection(&name)?;
    let matrix_set = offered(&matrix_set)?;
    let names = ["tileMatrix", "tileCol", "tileRow"];
    let place = (names, [matrix.as_str(), &col, &row]);
    let asked = (collection.name(), matrix_set);
    tiles::answer(&request, &shared, asked, place, MANNER).await
}

/// As OGC API Tiles asks for tiles.
const MANNER: Manner = Manner {
    parameters: &["date", "datetime", "known_at", PIN],
    day,
    empty: refuse_beyond,
};

/// Refuses a tile outside the limits of its set, on which there is nothing.
fn refuse_beyond(view: &View, set: TileSet, tile: TileCoord) -> Result<(), Problem> {
    let Some(extent) = view.tiled(set)? else {
        return Ok(());
    };
    let transforms = &view.city().transforms;
    let (from, to) = TileCoord::that_draw(tile.of(), tile.matrix(), extent, transforms);
    let (cols, rows) = (from.col()..=to.col(), from.row()..=to.row());
    if cols.contains(&tile.col()) && rows.contains(&tile.row()) {
        return Ok(());
    }
    let named = format!("{}/{}/{}", tile.matrix(), tile.row(), tile.col());
    let limits = vec![
        ("north", from.row().to_string()),
        ("south", to.row().to_string()),
        ("west", from.col().to_string()),
        ("east", to.col().to_string()),
    ];
    let arguments = vec![("tile", named)];
    let refused = Problem::new(Kind::TileOutOfRange, "tile_beyond_limits", arguments);
    Err(refused.expecting("tile_limits", limits))
}
