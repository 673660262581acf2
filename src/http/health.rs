//! Whether the server lives, and whether it can answer.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::server::Shared;
use crate::app::StoreState;

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
    /// What an operator has to mend while the server goes on: `storeUnwritable` (the register can
    /// be read and not written, as on a full disk), `snapshotUnwritten` (the snapshot file cannot
    /// be written, so the next start is slower).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<&'static str>,
}

/// The process answers.
#[utoipa::path(
    get, path = "/health/live", tag = "operations",
    responses((status = 200, description = "It does", body = HealthView))
)]
pub async fn get_live() -> HttpResponse {
    HttpResponse::Ok().json(HealthView {
        status: "live",
        revision: None,
        warnings: Vec::new(),
    })
}

/// Whether the server should be sent requests: the register is loaded and the store answers.
///
/// While the store is gone, look-ups go on from memory; they may then be older than the register.
/// A register that can be read and not written leaves the server ready, with a warning.
#[utoipa::path(
    get, path = "/health/ready", tag = "operations",
    responses(
        (status = 200, description = "Ready", body = HealthView),
        (status = 503, description = "Loading, or the store is gone", body = HealthView),
    )
)]
pub async fn get_ready(shared: web::Data<Shared>) -> HttpResponse {
    let state = shared.app.state();
    let (status, text) = match (state.land, state.store) {
        (None, _) => (StatusCode::SERVICE_UNAVAILABLE, "loading"),
        (Some(_), StoreState::Gone) => (StatusCode::SERVICE_UNAVAILABLE, "storeGone"),
        (Some(_), StoreState::Up | StoreState::Unwritable) => (StatusCode::OK, "ready"),
    };
    let unwritable = state.store == StoreState::Unwritable;
    let warnings = [
        unwritable.then_some("storeUnwritable"),
        state.snapshot_unwritten.then_some("snapshotUnwritten"),
    ];
    HttpResponse::build(status).json(HealthView {
        status: text,
        revision: state.land.map(|_| state.revision.0),
        warnings: warnings.into_iter().flatten().collect(),
    })
}
