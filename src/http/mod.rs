//! Routes by capability, extractors, views, the problem table; the only user of actix.
//!
//! May not live here: SQL, rules.
//! Read `server.rs`, then `frame.rs`, which every request goes through, then a route such as
//! `lookup.rs` with its views.

/// What the bodies of questions share.
mod asked;
/// Bodies of requests.
pub mod body;
/// What changes on the map, told as it does.
mod change_events;
/// What changed on the map.
pub mod changes;
/// May this building stand here.
pub mod checks;
/// Who asks.
pub mod client;
/// Tags of answers, and "not modified".
pub mod conditional;
/// Deadlines of a connection.
pub mod connection;
/// Which pages of other origins may read the answers.
pub mod cross_origin;
/// Numbers as digits.
mod digits;
/// GeoJSON positions on the grid of a plane.
mod drawn;
/// What may be built on a parcel.
pub mod envelope;
/// What applies to a parcel.
pub mod extract;
/// From failures to problems.
mod failure;
/// OGC API Features.
pub mod features;
/// What frames every request.
pub mod frame;
/// What the page's address asks, answered before any script.
mod first_answer;
/// The city as the page shows it first.
mod first_city;
/// The drawing that comes with the page.
mod first_drawing;
/// The facts that come with the page.
mod first_facts;
/// The page as HTML, filled in.
mod first_shell;
/// What comes with the page: facts, drawing, answer and settings, before any script.
mod first_view;
/// Whether the server lives, and whether it can answer.
pub mod health;
/// JSON written straight into one buffer.
pub mod json;
/// The public keys of signed evidence.
mod keys;
/// `known_at`: what the register knew at a moment of recorded time.
mod known_at;
/// Languages of answers.
pub mod language;
/// What a connection says by itself.
mod last_word;
/// How many requests one client may make.
pub mod limits;
/// `GET /v1/parcels/lookup`.
pub mod lookup;
/// Collections and the map as files that are made when asked for.
pub mod made_files;
/// Figures for Prometheus.
pub mod metrics;
/// The description of the interface, in OpenAPI 3.1.
pub mod openapi;
/// The same in OpenAPI 3.0.
pub mod openapi30;
/// Options of the HTTP server.
pub mod options;
/// The page for people.
pub mod page;
/// Options of the page.
pub mod page_options;
/// The page's own sentences.
mod page_words;
/// Why nothing was found, and completions.
pub mod nothing_view;
/// How a question was understood.
pub mod read_view;
/// From the land's values to features.
pub mod parcel_view;
/// `GET /v1/parcels/{id}` and its history.
pub mod parcels;
/// Answers that never change.
pub mod pinned;
/// In which system positions are written.
pub mod positions;
/// From wards and planning features to features.
mod planned_view;
/// The problem table.
pub mod problem;
/// Parts of files.
mod ranges;
/// Query strings, read strictly.
pub mod query;
/// Words of rules in both languages.
mod rule_words;
/// Ids of requests.
pub mod request_id;
/// Start, address and end of a server.
pub mod server;
/// Shapes in degrees and metres.
pub mod shape_view;
/// Vector tiles.
pub mod tiles;
/// OGC API Tiles.
pub mod tilesets;
/// The map as a file.
pub mod tile_downloads;
/// TileJSON.
pub mod tile_json;
/// The deadline of a client that does not read.
mod unread;
/// What answers differ by.
mod vary;
/// What goes over the wire.
pub mod view;
/// `GET /v1/wards`.
pub mod wards;
/// What a changed plan or rule would do.
pub mod what_if;
/// A constant answer, for measuring.
pub mod yardstick;

pub use options::HttpOptions;
pub use page_options::PageOptions;
pub use server::{Running, StartError, start, wait_for_signal};

use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use actix_web::{HttpRequest, HttpResponse, Resource, web};
use features::{collections, conformance, downloads, html, items, landing, queryables, schema};
use problem::{Kind, Problem};
use tilesets::{matrix_sets, sets, tile};

/// The one route table.
pub(crate) fn routes(table: &mut web::ServiceConfig, yardstick: bool) {
    // In the order in which they are tried: what is asked most comes first, and of the others
    // those that are matched by an expression come last.
    table.service(read("/v1/parcels/lookup", lookup::get_lookup));
    if yardstick {
        table.service(read("/bench/constant", yardstick::get_constant));
    }
    table
        .service(read("/v1/parcels/{id}", parcels::get_parcel))
        .service(read(
            "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}",
            tile::get_map_tile,
        ))
        .service(read(
            "/tiles/VN2000TM3Quad/{tileMatrix}/{tileRow}/{tileCol}",
            tile::get_map_tile_vn2000,
        ))
        .service(read("/tiles/{layer}/{z}/{x}/{y}.pbf", tiles::get_tile_pbf))
        .service(read("/tiles/{layer}/{z}/{x}/{y}.mvt", tiles::get_tile_mvt))
        .service(read("/tiles/{layer}/{z}/{x}/{y}", tiles::get_tile))
        .service(read("/tiles/{layer}.json", tile_json::get_tile_json))
        .service(read("/", landing::get_landing))
        .service(read("/conformance", conformance::get_conformance))
        .service(read("/collections", collections::get_collections))
        .service(read(
            "/collections/{collectionId}",
            collections::get_collection,
        ))
        .service(read("/collections/{collectionId}/items", items::get_items))
        .service(read(
            "/collections/{collectionId}/queryables",
            queryables::get_queryables,
        ))
        .service(read(
            "/collections/{collectionId}/schema",
            schema::get_schema,
        ))
        .service(read(
            "/collections/{collectionId}/items/{featureId}",
            items::get_item,
        ))
        .service(read("/sheet.css", html::sheet::get_style))
        .configure(tile_sets)
        .configure(files)
        .service(read("/icon.svg", page::get_asset))
        .service(read("/api", openapi::get_api))
        .service(read("/api.3.0.json", openapi::get_api_30))
        .service(read("/health/live", health::get_live))
        .service(read("/health/ready", health::get_ready))
        .service(read("/metrics", metrics::get_metrics))
        .configure(answers)
        .service(read("/assets/{name}", page::get_asset))
        .default_service(web::to(refuse_path));
}

/// What the register, the rules and the plans answer.
fn answers(table: &mut web::ServiceConfig) {
    table
        .service(read("/v1/changes", changes::get_changes))
        .service(read("/v1/parcels/{id}/history", parcels::get_history))
        .service(read("/v1/parcels/{id}/extract", extract::get_extract))
        .service(read("/v1/parcels/{id}/envelope", envelope::get_envelope))
        .service(asked("/v1/checks", checks::post_check))
        .service(asked("/v1/what-if", what_if::post_what_if))
        .service(read("/v1/keys", keys::get_keys))
        .service(read("/v1/wards", wards::get_wards));
}

/// Whole collections, and the map, as files.
fn files(table: &mut web::ServiceConfig) {
    table
        .service(read(
            "/collections/{collectionId}/downloads",
            downloads::get_downloads,
        ))
        .service(read(
            "/collections/{collectionId}/downloads/{file}",
            downloads::get_download,
        ))
        .service(read(
            "/tiles/{layer}/downloads",
            tile_downloads::get_tile_downloads,
        ))
        .service(read(
            "/tiles/{layer}/downloads/{file}",
            tile_downloads::get_tile_download,
        ));
}

/// Tiles as OGC API Tiles offers them.
fn tile_sets(table: &mut web::ServiceConfig) {
    table
        .service(read(
            "/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}",
            tile::get_collection_tile,
        ))
        .service(read("/tiles", sets::get_map_sets))
        .service(read("/tiles/WebMercatorQuad", sets::get_map_set))
        .service(read("/tiles/VN2000TM3Quad", sets::get_map_set_vn2000))
        .service(read(
            "/collections/{collectionId}/tiles",
            sets::get_collection_sets,
        ))
        .service(read(
            "/collections/{collectionId}/tiles/{tileMatrixSetId}",
            sets::get_collection_set,
        ))
        .service(read("/tileMatrixSets", matrix_sets::get_matrix_sets))
        .service(read(
            "/tileMatrixSets/{tileMatrixSetId}",
            matrix_sets::get_matrix_set,
        ));
}

/// A path that is only read: GET and HEAD.
fn read<F, Args>(path: &str, answer: F) -> Resource
where
    F: actix_web::Handler<Args> + Clone,
    Args: actix_web::FromRequest + 'static,
    F::Output: actix_web::Responder + 'static,
{
    web::resource(path)
        .route(web::get().to(answer.clone()))
        .route(web::head().to(answer))
        .default_service(web::to(tell_methods))
}

/// A path to which a question is posted.
fn asked<F, Args>(path: &str, answer: F) -> Resource
where
    F: actix_web::Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: actix_web::Responder + 'static,
{
    let only_post = |request| tell(request, POSTED);
    web::resource(path)
        .route(web::post().to(answer))
        .default_service(web::to(only_post))
}

/// What a path offers to which a question is posted.
const POSTED: &str = "POST, OPTIONS";
/// What every path offers.
const METHODS: &str = "GET, HEAD, OPTIONS";

/// Says what is offered: asked for with OPTIONS, as an answer; else as a refusal.
async fn tell_methods(request: HttpRequest) -> Result<HttpResponse, Problem> {
    tell(request, METHODS).await
}

async fn tell(request: HttpRequest, methods: &'static str) -> Result<HttpResponse, Problem> {
    if request.method() == Method::OPTIONS {
        return Ok(offered(methods));
    }
    let method = request.method().as_str().chars().take(20).collect();
    Err(Problem::new(
        Kind::MethodNotAllowed,
        "method_not_allowed",
        vec![("method", method)],
    )
    .expecting("method", vec![("methods", methods.to_owned())])
    .allowing(methods))
}

/// The answer to OPTIONS.
fn offered(methods: &'static str) -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((ALLOW, methods))
        .finish()
}

async fn refuse_path(request: HttpRequest) -> Result<HttpResponse, Problem> {
    if request.method() == Method::OPTIONS && request.path() == "*" {
        return Ok(offered(METHODS));
    }
    Err(frame::path_not_found(request.path()))
}
