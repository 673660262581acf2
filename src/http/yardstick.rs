//! `GET /bench/constant`: an answer of a given size that costs nothing to find, for measuring.

use actix_web::{HttpRequest, HttpResponse, web};

use super::problem::Problem;
use super::query::Query;
use super::server::Shared;

/// Greatest size, in bytes.
const GREATEST: f64 = 1e6;

/// A constant answer of `bytes` bytes; exists only when the option `http.yardstick` is on.
pub async fn get_constant(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &["bytes"])?;
    let bytes = query.required_number("bytes", (0.0, GREATEST), "metres")?;
    let body = shared.yardstick.slice(0..bytes as usize);
    Ok(HttpResponse::Ok()
        .content_type("application/geo+json")
        .body(body))
}

/// What the constant answers are cut from.
pub fn constant() -> web::Bytes {
    web::Bytes::from(vec![b' '; GREATEST as usize])
}
