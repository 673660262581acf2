//! The page for people, built from `web/` and kept in the program.

use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::path_not_found;
use super::problem::Problem;

#[derive(rust_embed::Embed)]
#[folder = "web/dist/"]
struct Files;

/// What the page may load: its own files only. Styles may be written by its components.
const OWN_ORIGIN_ONLY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// The page itself.
pub async fn get_page(request: HttpRequest) -> Result<HttpResponse, Problem> {
    answer(&request, "index.html")
}

/// A file of the page: scripts and styles with a hash in their names may be kept for ever.
pub async fn get_asset(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let name = request.path().trim_start_matches('/').to_owned();
    answer(&request, &name)
}

fn answer(request: &HttpRequest, name: &str) -> Result<HttpResponse, Problem> {
    let file = Files::get(name).ok_or_else(|| path_not_found(request.path()))?;
    let hash = file.metadata.sha256_hash();
    let tag: String = hash
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("W/\"{tag}\"");
    let hashed = name.starts_with("assets/");
    let keep = if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let known = request.headers().get(IF_NONE_MATCH);
    let known = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((CACHE_CONTROL, keep))
        .insert_header((ETAG, tag))
        .insert_header(("content-security-policy", OWN_ORIGIN_ONLY))
        .insert_header(("referrer-policy", "same-origin"))
        .insert_header(("x-content-type-options", "nosniff"));
    if known {
        return Ok(response.finish());
    }
    Ok(response
        .content_type(file.metadata.mimetype())
        .body(file.data.into_owned()))
}
