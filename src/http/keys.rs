//! `GET /v1/keys`: the public keys of all who ever signed evidence here.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};

use super::problem::{Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use crate::app;
use crate::app::signing::KeySet;
use crate::evidence::canonical_bytes;

/// The public keys with which evidence was signed, as a JWK Set (RFC 7517, RFC 8037); without keys
/// where nothing is signed.
///
/// Who checks evidence takes them once, on a way that is believed, and keeps them.
#[utoipa::path(
    get, path = "/v1/keys", tag = "rules",
    responses(
        (status = 200, description = "Keys of type OKP on the curve Ed25519, each with `kid`, the \
            name by which signed files name it", body = serde_json::Value,
            content_type = "application/jwk-set+json"),
        (status = 400, description = "A parameter is not known", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 500, description = "The keys cannot be read", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_keys(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    Query::of(&request, &[])?;
    let signing = shared.app.signing()?;
    let set = KeySet::of(signing.map_or(&[], |signing| signing.published()));
    let failed = |error| app::Error::internal("cannot write keys", error);
    let bytes = canonical_bytes(&set).map_err(failed)?;
    Ok(HttpResponse::Ok()
        .content_type("application/jwk-set+json")
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(bytes))
}
