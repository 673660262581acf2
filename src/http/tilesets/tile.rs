//! One tile by tile matrix, row and column, as OGC API Tiles counts them.

use actix_web::{HttpRequest, HttpResponse, web};

use super::matrix_sets::is_offered;
use crate::http::features::collections::collection;
use crate::http::problem::{Problem, ProblemView};
use crate::http::server::Shared;
use crate::http::tiles::{self, TileBytes};

/// A tile of the whole map: the same as `/tiles/city/{z}/{x}/{y}`, row before column.
#[utoipa::path(
    get, path = "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", tag = "tiles",
    params(
        ("tileMatrix" = u8, Path, minimum = 0, maximum = 20, description = "Zoom"),
        ("tileRow" = u32, Path, minimum = 0, description = "Row, from the north"),
        ("tileCol" = u32, Path, minimum = 0, description = "Column, from the west"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to draw, YYYY-MM-DD; today in Vietnam when absent"),
    ),
    responses(
        (status = 200, description = "The tile", body = TileBytes,
            content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "There is nothing on this tile"),
        (status = 304, description = "The client has this tile already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such tile", body = ProblemView,
            content_type = "application/problem+json"),
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
    tiles::answer(
        &request,
        &shared,
        "city",
        (names, [matrix.as_str(), &col, &row]),
    )
    .await
}

/// A tile of a collection: the same as `/tiles/{collectionId}/{z}/{x}/{y}`, row before column.
#[utoipa::path(
    get, path = "/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", tag = "tiles",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("tileMatrixSetId" = String, Path, pattern = "^WebMercatorQuad$", description = "Tile matrix set"),
        ("tileMatrix" = u8, Path, minimum = 0, maximum = 20, description = "Zoom"),
        ("tileRow" = u32, Path, minimum = 0, description = "Row, from the north"),
        ("tileCol" = u32, Path, minimum = 0, description = "Column, from the west"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to draw, YYYY-MM-DD; today in Vietnam when absent"),
    ),
    responses(
        (status = 200, description = "The tile", body = TileBytes,
            content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "The collection has nothing on this tile"),
        (status = 304, description = "The client has this tile already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such collection, tile matrix set or tile", body = ProblemView,
            content_type = "application/problem+json"),
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
    is_offered(&matrix_set)?;
    let names = ["tileMatrix", "tileCol", "tileRow"];
    let place = (names, [matrix.as_str(), &col, &row]);
    tiles::answer(&request, &shared, collection.name(), place).await
}
