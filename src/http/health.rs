//! Whether the server lives, and whether it can answer.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::server::Shared;

/// What a probe reads.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Health)]
pub struct HealthView {
    /// `live`, `ready`, `loading` or `storeGone`.
    pub status: &'static str,
    /// Revision of the register that answers, once it is loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
}

/// The process answers.
#[utoipa::path(
    get, path = "/health/live", tag = "operations",
    responses((status = 200, description = "It does", body = HealthView))
)]
pub async fn get_live() -> HttpResponse {
    let status = "live";
    let revision = None;
    HttpResponse::Ok().json(HealthView { status, revision })
}

/// Whether the server should be sent requests: the register is loaded and the store answers.
///
/// While the store is gone, look-ups go on from memory; they may then be older than the register.
#[utoipa::path(
    get, path = "/health/ready", tag = "operations",
    responses(
        (status = 200, description = "Ready", body = HealthView),
        (status = 503, description = "Loading, or the store is gone", body = HealthView),
    )
)]
pub async fn get_ready(shared: web::Data<Shared>) -> HttpResponse {
    let state = shared.app.state();
    let (status, text) = match (state.land, state.store_up) {
        (None, _) => (StatusCode::SERVICE_UNAVAILABLE, "loading"),
        (Some(_), false) => (StatusCode::SERVICE_UNAVAILABLE, "storeGone"),
        (Some(_), true) => (StatusCode::OK, "ready"),
    };
    HttpResponse::build(status).json(HealthView {
        status: text,
        revision: state.land.map(|_| state.revision.0),
    })
}
