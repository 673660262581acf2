//! Whether the server lives, and whether it can answer.

use actix_web::HttpResponse;

/// The process answers.
pub async fn get_live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "live" }))
}
