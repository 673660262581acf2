//! What answers differ by: whatever would be compressed for another client says so.

use actix_web::body::BodySize;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, VARY};

/// What an answer that may be compressed differs by.
const ENCODING: &str = "accept-encoding";

/// Adds to `Vary` that an answer comes compressed to who accepts that (RFC 9110, 12.5.5): a cache
/// must not hand it on to others only because it came plain to the first who asked.
pub fn tell_encoding(headers: &mut HeaderMap, status: StatusCode, size: BodySize) {
    let coded = headers
        .get(CONTENT_ENCODING)
        .map(|coding| coding != "identity");
    if !coded.unwrap_or_else(|| may_be_compressed(headers, status, size)) {
        return;
    }
    let told = headers
        .get_all(VARY)
        .filter_map(|value| value.to_str().ok());
    let told: Vec<&str> = told.collect();
    let mut names = told.iter().flat_map(|list| list.split(','));
    if names.any(|name| name.trim() == "*" || name.trim().eq_ignore_ascii_case(ENCODING)) {
        return;
    }
    let all = told.iter().copied().chain([ENCODING]);
    let all = all.collect::<Vec<_>>().join(", ");
    if let Ok(all) = HeaderValue::from_str(&all) {
        headers.insert(VARY, all);
    }
}

/// As the library decides it for a client that accepts an encoding. "Not modified" says what the
/// whole answer would say.
fn may_be_compressed(headers: &HeaderMap, status: StatusCode, size: BodySize) -> bool {
    let without_body = matches!(size, BodySize::None | BodySize::Sized(0));
    match status {
        StatusCode::NOT_MODIFIED => headers.contains_key(VARY),
        StatusCode::SWITCHING_PROTOCOLS | StatusCode::NO_CONTENT | StatusCode::PARTIAL_CONTENT => {
            false
        }
        // Problems are written past the library and always come plain.
        _ if without_body || status.is_client_error() || status.is_server_error() => false,
        _ => {
            let kind = headers
                .get(CONTENT_TYPE)
                .and_then(|kind| kind.to_str().ok());
            let kind = kind.unwrap_or_default();
            let is_picture = kind.starts_with("image/") && !kind.starts_with("image/svg");
            !is_picture && !kind.starts_with("video/")
        }
    }
}
