//! `POST /v1/what-if`: what a changed plan or rule would do to every parcel.

/// Geometries on the grid.
mod drawn;
/// Properties of planning features.
mod properties;
/// What is asked.
mod question;
/// The answer, line by line.
mod stream;
/// What is said on the wire.
pub mod view;
/// From values to what is said of them.
mod write;

pub use question::WhatIfRequest;

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::http::header::{
    CACHE_CONTROL, ContentEncoding, FORWARDED, HOST, HeaderMap, HeaderName, ORIGIN, VIA,
    X_FORWARDED_FOR,
};
use actix_web::{HttpRequest, HttpResponse, web};

use super::problem::{Kind, Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use crate::app;
use crate::app::what_if::WhatIfPlace;
use stream::Lines;
use view::LineView;

/// Media type of JSON texts, one a line.
const LINES: &str = "application/x-ndjson";
/// After so many seconds somebody who found no place may come back.
const LATER_S: u64 = 10;
/// What proxies say of whom they ask for.
const BY_PROXIES: [HeaderName; 4] = [
    FORWARDED,
    X_FORWARDED_FOR,
    VIA,
    HeaderName::from_static("x-real-ip"),
];

/// Tells every parcel whose answer changes when a plan or a rule is otherwise; the register stays
/// as it is.
///
/// A parcel's answer without a proposal is its list of concerned restrictions with what they take
/// of it, its conforming area, and its limits: per quantity what binds and by which rules, among
/// them the permit and the office. `stated` is taken for every parcel, such as the kind of building.
///
/// The answer is one JSON object a line, as found: `begin`, then `parcel` for each that changes and
/// `progress` in between, and at last `end` with `complete: true`. An answer without that line broke
/// off. Only the server's own machine may ask, and not by way of a proxy.
#[utoipa::path(
    post, path = "/v1/what-if", tag = "rules",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of problems"),
    ),
    request_body(content = WhatIfRequest, content_type = "application/json"),
    responses(
        (status = 200, description = "Lines, each of this form", body = LineView,
            content_type = "application/x-ndjson"),
        (status = 400, description = "The body is not JSON, or a parameter cannot be used",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 403, description = "Asked from another machine, or by way of a proxy",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such feature, layer, pack or rule",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 408, description = "The body was not sent in time", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 422, description = "This cannot be supposed; the answer names the place",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests, or others are being answered",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn post_what_if(
    request: HttpRequest,
    body: web::Bytes,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    only_from_here(&request)?;
    let query = Query::of(&request, &["lang"])?;
    let language = query.language(&request)?;
    let asked = WhatIfRequest::read(&body)?;
    let view = shared.app.view(asked.day()?)?;
    let place = place(&shared)?;
    let begun = web::block(move || {
        let question = asked.question(&view)?;
        let what_if = view.what_if(&question, place.sites());
        let what_if = what_if.map_err(|error| question::refused(error, language))?;
        Ok::<_, Problem>((what_if, place))
    });
    let failed = |error| app::Error::internal("cannot begin what would change", error);
    let (what_if, place) = begun.await.map_err(failed)??;
    Ok(HttpResponse::Ok()
        .content_type(LINES)
        .insert_header((CACHE_CONTROL, "no-store"))
        // A coding would keep lines back until there are enough of them, and so would nginx.
        .insert_header(ContentEncoding::Identity)
        .insert_header(("x-accel-buffering", "no"))
        .body(Lines::of(what_if, place)))
}

/// Refuses who asks from elsewhere, by the peer of the connection: what a header says of the client
/// does not matter, but that there is one tells of a proxy, which may ask for anybody.
fn only_from_here(request: &HttpRequest) -> Result<(), Problem> {
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    let headers = request.headers();
    let proxied = BY_PROXIES.iter().any(|name| headers.contains_key(name));
    let here = peer.is_some_and(|peer| peer.is_loopback()) && !proxied && is_for_here(headers);
    if here && !is_by_other_page(headers) {
        return Ok(());
    }
    let refused = Problem::new(Kind::NotPermitted, "not_from_here", Vec::new());
    Err(refused.expecting("from_here", Vec::new()))
}

/// Whether the address that was asked is this machine's: another name that leads here may be that of a
/// page elsewhere, which a browser of this machine has open.
fn is_for_here(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let name = host.map(|host| match host.rsplit_once(':') {
        Some((name, _)) if !host.ends_with(']') => name,
        _ => host,
    });
    name.is_some_and(|name| {
        let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
        name == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

/// Whether a page of another origin asks, which a browser of this machine may have open.
fn is_by_other_page(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    headers.contains_key(ORIGIN)
        && text(&ORIGIN).and_then(|origin| origin.strip_prefix("http://")) != text(&HOST)
}

fn place(shared: &Shared) -> Result<WhatIfPlace, Problem> {
    Arc::clone(&shared.app).what_if_place().ok_or_else(|| {
        let arguments = vec![("seconds", LATER_S.to_string())];
        Problem::new(Kind::TooManyRequests, "what_ifs_full", arguments)
            .expecting("later", Vec::new())
            .retry_after(LATER_S)
    })
}

/// What is not there, with the place and what there is.
fn unknown(
    place: &str,
    detail: &'static str,
    arguments: Vec<(&'static str, String)>,
    names: String,
) -> Problem {
    Problem::new(Kind::ItemNotFound, detail, arguments)
        .at(place)
        .expecting("choice", vec![("names", names)])
}
