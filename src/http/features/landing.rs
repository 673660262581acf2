//! `GET /`: the page for people, or what a program finds here.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::form::Form;
use super::links::{HTML, JSON, Link, OPENAPI_30, OPENAPI_31, PublicAddress, TILESETS};
use crate::http::language::Language;
use crate::http::page;
use crate::http::problem::{Problem, ProblemView};
use crate::http::query::Query;
use crate::http::server::Shared;

/// What a program finds here.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LandingPage)]
pub struct LandingView {
    /// Title, in the language of the answer.
    pub title: String,
    /// What this server is, in the language of the answer.
    pub description: String,
    /// Where to go on.
    pub links: Vec<Link>,
}

/// Where a program begins: links to everything else. A browser gets the page for people.
#[utoipa::path(
    get, path = "/", tag = "features",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The links, or the page",
            content(
                (LandingView = "application/json"),
                (String = "text/html"),
            )),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_landing(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    // The page keeps its own questions in the query: those are its to read.
    let f = request.query_string().split('&');
    let f = f.filter_map(|part| part.strip_prefix("f=")).next_back();
    if Form::of(&request, f)? == Form::Html {
        return page::get_page(request, shared).await;
    }
    let query = Query::of(&request, &["lang", "f"])?;
    let language = query.language(&request)?;
    let base = PublicAddress::of(&request, &shared);
    let view = LandingView {
        title: language.text("landing", "title", &[]),
        description: language.text("landing", "description", &[]),
        links: links(&base, language),
    };
    Ok(HttpResponse::Ok()
        .insert_header(("vary", "accept, accept-language"))
        .insert_header(("cache-control", "no-cache"))
        .insert_header(("content-language", language.tag()))
        .json(view))
}

fn links(base: &PublicAddress, language: Language) -> Vec<Link> {
    let rows = [
        ("/?f=json", "self", JSON, "self"),
        ("/?f=html", "alternate", HTML, "page"),
        ("/api.3.0.json", "service-desc", OPENAPI_30, "api"),
        ("/api", "service-desc", OPENAPI_31, "api"),
        ("/api?f=html", "service-doc", HTML, "api"),
        ("/conformance", "conformance", JSON, "conformance"),
        ("/conformance", CONFORMANCE, JSON, "conformance"),
        ("/collections", "data", JSON, "data"),
        ("/collections", DATA, JSON, "data"),
        ("/tiles", TILESETS, JSON, "tilesets"),
        ("/tileMatrixSets", TILING_SCHEMES, JSON, "matrix_sets"),
    ];
    let link = |(path, rel, kind, text): (&str, &'static str, &'static str, &str)| Link {
        href: base.to(path),
        rel,
        kind,
        title: language.text("link", text, &[]),
    };
    rows.map(link).into()
}

/// The same relations by the addresses that newer OGC standards use.
const CONFORMANCE: &str = "http://www.opengis.net/def/rel/ogc/1.0/conformance";
const DATA: &str = "http://www.opengis.net/def/rel/ogc/1.0/data";
const TILING_SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
