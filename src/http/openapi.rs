//! The description of the interface at `/api`: OpenAPI 3.1 from the code, and a copy in 3.0.

use actix_web::http::header::{CACHE_CONTROL, LINK, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::OpenApi;

use super::envelope;
use super::features::form::Form;
use super::features::html::{Sheet, interface_sheets, problem_sheet};
use super::features::links::PublicAddress;
use super::features::paths;
use super::language::Language;
use super::openapi30;
use super::problem::{Problem, ProblemView};
use super::query::Query;
use super::server::Shared;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Diachinh",
        description = "Land parcels of a city, looked up at once and with proof. \
            Every answer comes from one revision of the register and for one day. \
            Problems are RFC 9457 documents with a stable `code`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/", description = "This server")),
    paths(
        super::lookup::get_lookup,
        super::parcels::get_parcel,
        super::parcels::get_history,
        super::extract::get_extract,
        super::envelope::get_envelope,
        super::checks::post_check,
        super::what_if::post_what_if,
        super::keys::get_keys,
        super::wards::get_wards,
        super::changes::get_changes,
        super::tiles::get_tile,
        super::tiles::get_tile_pbf,
        super::tiles::get_tile_mvt,
        super::tile_json::get_tile_json,
        super::tilesets::matrix_sets::get_matrix_sets,
        super::tilesets::matrix_sets::get_matrix_set,
        super::tilesets::sets::get_map_sets,
        super::tilesets::sets::get_map_set,
        super::tilesets::sets::get_map_set_vn2000,
        super::tilesets::sets::get_collection_sets,
        super::tilesets::sets::get_collection_set,
        super::tilesets::tile::get_map_tile,
        super::tilesets::tile::get_map_tile_vn2000,
        super::tilesets::tile::get_collection_tile,
        super::features::landing::get_landing,
        super::features::conformance::get_conformance,
        super::features::collections::get_collections,
        super::features::collections::get_collection,
        super::features::queryables::get_queryables,
        super::features::schema::get_schema,
        super::features::downloads::get_downloads,
        super::features::downloads::get_download,
        super::tile_downloads::get_tile_downloads,
        super::tile_downloads::get_tile_download,
        super::features::items::get_items,
        super::features::items::get_item,
        super::health::get_live,
        super::health::get_ready,
        super::metrics::get_metrics,
        get_api,
        get_api_30,
    ),
    tags(
        (name = "parcels", description = "Parcels of today and of any day"),
        (name = "tiles", description = "The map, for drawing"),
        (name = "features", description = "OGC API Features: the register for GIS clients"),
        (name = "operations", description = "For those who run the server"),
        (name = "description", description = "This document"),
    )
)]
struct Description;

/// Both documents, written once at the start of a server, and the links between them.
pub struct Documents {
    current: web::Bytes,
    older: web::Bytes,
    links: String,
}

impl Documents {
    /// Writes both from the code, for a server that clients know by a public address; without one
    /// they find everything at the root of where they found the document.
    pub fn new(public_base: &str) -> Self {
        let base = public_base.trim_end_matches('/');
        let mut document = document();
        if !base.is_empty() {
            document["servers"][0]["url"] = base.into();
        }
        let text = |value: &serde_json::Value| web::Bytes::from(value.to_string());
        Self {
            current: text(&document),
            older: text(&openapi30::from_31(document.clone())),
            links: links(base),
        }
    }
}

/// The document in OpenAPI 3.1.
pub fn document() -> serde_json::Value {
    let description = serde_json::to_value(Description::openapi());
    let mut document = description.expect("the description becomes JSON");
    paths::spell_out(&mut document);
    envelope::describe(&mut document);
    problem_sheet::describe(&mut document);
    document
}

fn links(base: &str) -> String {
    format!(
        "<{base}/api>; rel=\"service-desc\"; \
         type=\"application/vnd.oai.openapi+json;version=3.1\", \
         <{base}/api.3.0.json>; rel=\"alternate service-desc\"; \
         type=\"application/vnd.oai.openapi+json;version=3.0\", \
         <{base}/api?f=html>; rel=\"service-doc\"; type=\"text/html\""
    )
}

/// This document, in OpenAPI 3.1; with `f=oas30` in 3.0, for clients that read only that.
#[utoipa::path(
    get, path = "/api", tag = "description",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of the page"),
        ("f" = Option<String>, Query, pattern = "^(oas31|oas30|json|html)$",
            description = "`oas31` (or `json`), `oas30`, or a page for people; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The document",
            content(
                (serde_json::Value = "application/vnd.oai.openapi+json;version=3.1"),
                (String = "text/html"),
            )),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_api(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &["lang", "f"])?;
    let wanted = match query.text("f") {
        None => Form::of(&request, None)?.name(),
        Some(named) => named,
    };
    match wanted {
        "oas31" | "json" => Ok(shared.documents.answer(&shared.documents.current, "3.1")),
        "oas30" => Ok(shared.documents.answer(&shared.documents.older, "3.0")),
        "html" => {
            let language = query.language(&request)?;
            Ok(sheet(&request, &shared, language))
        }
        other => Err(
            Problem::parameter("f", "not_a_choice", other, "choice").expecting(
                "choice",
                vec![("names", "oas31, oas30, json, html".to_owned())],
            ),
        ),
    }
}

fn sheet(request: &HttpRequest, shared: &Shared, language: Language) -> HttpResponse {
    let base = PublicAddress::of(request, shared);
    let sheet = Sheet {
        base: &base,
        request,
        language,
        title: language.text("link", "api", &[]),
        trail: Vec::new(),
        view: None,
    };
    let main = interface_sheets::operations(&sheet, &document());
    sheet.answer(&mut HttpResponse::Ok(), &main)
}

/// This document in OpenAPI 3.0.
#[utoipa::path(
    get, path = "/api.3.0.json", tag = "description",
    responses(
        (status = 200, description = "The document", body = serde_json::Value,
            content_type = "application/vnd.oai.openapi+json;version=3.0"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_api_30(shared: web::Data<Shared>) -> HttpResponse {
    shared.documents.answer(&shared.documents.older, "3.0")
}

impl Documents {
    fn answer(&self, document: &web::Bytes, version: &str) -> HttpResponse {
        let kind = format!("application/vnd.oai.openapi+json;version={version}");
        HttpResponse::Ok()
            .content_type(kind)
            .insert_header((CACHE_CONTROL, "no-cache"))
            .insert_header((LINK, self.links.as_str()))
            .insert_header((VARY, "accept, accept-encoding"))
            .body(document.clone())
    }
}
