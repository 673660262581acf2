//! The page for people, built from `web/` and kept in the program.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderMap, HeaderValue, VARY,
};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::prelude::{BASE64_STANDARD, Engine};

use super::conditional::is_known;
use super::frame::path_not_found;
use super::language::Language;
use super::problem::Problem;
use super::server::Shared;
use crate::app::Error;

/// What the build left: each file, and beside files that become much smaller their Brotli form
/// under the same name with `.br`.
#[derive(rust_embed::Embed)]
#[folder = "web/dist/"]
struct Files;

const ASK_AGAIN: &str = "no-cache";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const BROTLI: HeaderValue = HeaderValue::from_static("br");
const BY_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");
/// A program that asks at the same address gets the links.
const BY_FORM: HeaderValue = HeaderValue::from_static("accept, accept-language");

/// What a policy calls the script that stands in the page itself, by the hash of its file.
pub fn own_script() -> Option<String> {
    let hash = Files::get("scheme.js")?.metadata.sha256_hash();
    Some(format!("'sha256-{}'", BASE64_STANDARD.encode(hash)))
}

/// The page itself, with what can be known before any script filled in.
pub async fn get_page(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let template = Files::get("index.html").ok_or_else(|| path_not_found(request.path()))?;
    let query = request.query_string().to_owned();
    let preferred = Language::preferred(request.headers());
    let own = web::Data::clone(&shared);
    let made = web::block(move || {
        let template = String::from_utf8_lossy(&template.data);
        own.page
            .page(&template, &own.app, (query.as_str(), preferred))
    });
    let page = made
        .await
        .map_err(|error| Error::internal("cannot make the page", error))?;
    let mut hasher = DefaultHasher::new();
    page.hash(&mut hasher);
    let sent = Sent {
        tag: format!("W/\"{:016x}\"", hasher.finish()),
        keep: ASK_AGAIN,
        vary: BY_FORM,
        policy: shared.page.policy(),
    };
    Ok(sent.unless_known(&request, |response| {
        response.content_type("text/html; charset=utf-8").body(page)
    }))
}

/// A file of the page: scripts and styles with a hash in their names may be kept for ever.
pub async fn get_asset(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let name = request.path().trim_start_matches('/');
    let file = Files::get(name).ok_or_else(|| path_not_found(request.path()))?;
    let hash = file.metadata.sha256_hash();
    let tag: String = hash
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let hashed = name.starts_with("assets/");
    let sent = Sent {
        tag: format!("W/\"{tag}\""),
        keep: if hashed { FOR_EVER } else { ASK_AGAIN },
        vary: BY_ENCODING,
        policy: shared.page.policy(),
    };
    let small = takes_brotli(request.headers()).then(|| Files::get(&format!("{name}.br")));
    Ok(sent.unless_known(&request, |response| {
        response.content_type(file.metadata.mimetype());
        match small.flatten() {
            Some(small) => response
                .insert_header((CONTENT_ENCODING, BROTLI))
                .body(small.data.into_owned()),
            None => response.body(file.data.into_owned()),
        }
    }))
}

/// What every answer of the page carries.
struct Sent<'a> {
    tag: String,
    keep: &'static str,
    vary: HeaderValue,
    policy: &'a str,
}

impl Sent<'_> {
    /// The answer, or "not modified" for a client that has it.
    fn unless_known(
        &self,
        request: &HttpRequest,
        answer: impl FnOnce(&mut actix_web::HttpResponseBuilder) -> HttpResponse,
    ) -> HttpResponse {
        let known = is_known(request, &self.tag);
        let mut response = if known {
            HttpResponse::NotModified()
        } else {
            HttpResponse::Ok()
        };
        response
            .insert_header((CACHE_CONTROL, self.keep))
            .insert_header((ETAG, self.tag.as_str()))
            .insert_header((VARY, self.vary.clone()))
            .insert_header(("content-security-policy", self.policy))
            .insert_header(("referrer-policy", "same-origin"))
            .insert_header(("x-content-type-options", "nosniff"));
        if known {
            response.finish()
        } else {
            answer(&mut response)
        }
    }
}

/// Whether a client takes Brotli: named, and not with weight nought.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        name.trim() == "br" && weight.parse::<f32>().is_ok_and(|weight| weight > 0.0)
    })
}
