//! `GET /conformance`: what is kept of which standard. Each class has a test of its own.

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::ToSchema;

use super::form::only_json;
use crate::http::problem::{Problem, ProblemView};
use crate::http::query::Query;

/// Conformance classes whose abstract tests this server passes, in `tests/suite/conformance`.
pub const CLASSES: [&str; 0] = [];

/// What is kept of which standard.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Conformance)]
pub struct ConformanceView {
    /// Conformance classes by their addresses.
    pub conforms_to: &'static [&'static str],
}

/// The conformance classes of OGC standards that this server keeps.
#[utoipa::path(
    get, path = "/conformance", tag = "features",
    params(("f" = Option<String>, Query, pattern = "^json$", description = "Form of the answer")),
    responses(
        (status = 200, description = "The classes", body = ConformanceView),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_conformance(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &["f"])?;
    only_json(&query)?;
    let conforms_to = &CLASSES;
    Ok(HttpResponse::Ok().json(ConformanceView { conforms_to }))
}
