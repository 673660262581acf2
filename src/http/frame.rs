//! What frames every request: its id, limits, cross-origin rules, problems, log line and metrics.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderValue, IF_RANGE, RANGE, VARY};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, web};

use super::body;
use super::client;
use super::connection::Heads;
use super::cross_origin;
use super::features::html::{problem_sheet, sheet};
use super::language::Language;
use super::problem::{Kind, Problem};
use super::ranges::is_range;
use super::request_id::{REQUEST_ID, RequestId};
use super::server::Shared;
use super::vary::tell_encoding;

/// What a problem depends on where answers come in two forms.
const BY_FORM: HeaderValue = HeaderValue::from_static(sheet::BY_FORM);

/// Frames one request.
pub async fn frame<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let started = Instant::now();
    let shared = web::Data::clone(
        request
            .app_data::<web::Data<Shared>>()
            .expect("the server is built with its shared state"),
    );
    let heads = request.conn_data::<Heads>().cloned();
    heads.iter().for_each(Heads::completed);
    let id = RequestId::of(request.headers());
    let language = Language::preferred(request.headers());
    let client = client_of(&shared, &request);
    let with_body = body::is_announced(request.headers());
    let mut unread = false;
    let mut response = match before(&shared, &mut request, client, with_body).await {
        Err(problem) => {
            unread = with_body;
            answered(request, problem.respond_to(language, &id))
        }
        Ok(Some(ready)) => answered(request, ready),
        Ok(None) => after(next.call(request).await?, &shared, language, &id),
    };
    let origin = cross_origin::headers(response.request().headers(), &shared.options);
    for (name, value) in origin.into_iter().flatten() {
        response.headers_mut().append(name, value);
    }
    let (status, size) = (response.status(), response.response().body().size());
    tell_encoding(response.headers_mut(), status, size);
    response.headers_mut().insert(REQUEST_ID, id.header());
    if unread {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
        heads.iter().for_each(Heads::refused);
    } else {
        heads
            .iter()
            .for_each(|heads| heads.answered(shared.options.keep_alive()));
    }
    let route = response.request().match_pattern();
    report(
        &shared,
        &Line {
            id: &id,
            client,
            method: response.request().method().as_str(),
            route: route.as_deref().unwrap_or("unrouted"),
            status: response.status(),
            took: started.elapsed(),
        },
    );
    Ok(response)
}

/// The client of a request, as trusted proxies name it.
fn client_of(shared: &Shared, request: &ServiceRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    Some(shared.options.proxies().client(peer, request.headers()))
}

/// Limits, and answers that need no route: preflights of cross-origin requests.
async fn before(
    shared: &Shared,
    request: &mut ServiceRequest,
    client: Option<IpAddr>,
    with_body: bool,
) -> Result<Option<HttpResponse>, Unrouted> {
    let mut allowed = shared.limits.check(request.path(), client);
    if allowed.is_ok() && with_body {
        allowed = body::read(request, &shared.options).await;
    }
    allowed.map_err(|problem| Unrouted {
        problem,
        path: request.path().to_owned(),
    })?;
    // Whether the rest of a file still belongs to the part that a client has is not looked into: it
    // gets the whole (RFC 9110, 13.1.5).
    let range = request.headers().get(RANGE);
    let heard = range.is_none_or(|range| range.to_str().is_ok_and(is_range));
    if !heard || request.headers().contains_key(IF_RANGE) {
        request.headers_mut().remove(RANGE);
    }
    if request.method() == Method::OPTIONS {
        return Ok(cross_origin::preflight(request.headers(), &shared.options));
    }
    Ok(None)
}

/// A problem found before routing.
struct Unrouted {
    problem: Problem,
    path: String,
}

impl Unrouted {
    fn respond_to(&self, language: Language, id: &RequestId) -> HttpResponse {
        self.problem.respond(language, &self.path, id.as_str())
    }
}

fn answered<B>(
    request: ServiceRequest,
    response: HttpResponse,
) -> ServiceResponse<EitherBody<B, BoxBody>> {
    request.into_response(response).map_into_right_body()
}

/// Writes the body of a problem, now that language, path and request id are known.
fn after<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
    shared: &Shared,
    language: Language,
    id: &RequestId,
) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let request = response.request();
    // `lang` in the query goes before the header, if it can be read at all.
    let tag = response.request().query_string().split('&').rev();
    let asked = tag
        .filter_map(|part| part.strip_prefix("lang="))
        .find_map(Language::from_tag);
    let language = asked.unwrap_or(language);
    let answer = match response.response().error() {
        Some(error) => match error.as_error::<Problem>() {
            Some(problem) => {
                if let Some(cause) = problem.failure_text() {
                    tracing::error!(
                        request.id = id.as_str(),
                        code = problem.kind().code(),
                        "request {} failed: {cause}",
                        id.as_str()
                    );
                }
                written(problem, request, shared, language, id)
            }
            None => {
                let problem = foreign(response.status(), request.path());
                written(&problem, request, shared, language, id)
            }
        },
        None if response.status() == StatusCode::NOT_ACCEPTABLE => {
            let problem = foreign(response.status(), request.path());
            written(&problem, request, shared, language, id)
        }
        None => return response.map_into_left_body(),
    };
    let (request, _) = response.into_parts();
    ServiceResponse::new(request, answer).map_into_right_body()
}

/// A problem as its body: a page where what was asked for has one and a page is liked better.
fn written(
    problem: &Problem,
    request: &HttpRequest,
    shared: &Shared,
    language: Language,
    id: &RequestId,
) -> HttpResponse {
    let mut json = problem.respond(language, request.path(), id.as_str());
    if problem_sheet::is_wanted(request) {
        let view = problem.view(language, request.path(), id.as_str());
        return problem_sheet::respond(&view, &json, request, shared, language);
    }
    if problem_sheet::has_pages(request) {
        json.headers_mut().insert(VARY, BY_FORM);
    }
    json
}

/// A refusal that comes from the library itself, as one of our problems.
fn foreign(status: StatusCode, path: &str) -> Problem {
    match status {
        StatusCode::NOT_ACCEPTABLE => {
            Problem::new(Kind::NotAcceptable, "encoding_not_acceptable", Vec::new())
                .at("accept-encoding")
                .expecting("encoding", Vec::new())
        }
        StatusCode::NOT_FOUND => path_not_found(path),
        _ => Problem::new(Kind::Internal, "internal", Vec::new()),
    }
}

/// Nothing is offered at a path.
pub fn path_not_found(path: &str) -> Problem {
    let shown = path.chars().take(80).collect();
    Problem::new(Kind::PathNotFound, "path_not_found", vec![("path", shown)])
}

/// What is reported of one request.
pub struct Line<'a> {
    /// Its id.
    pub id: &'a RequestId,
    /// Who asked.
    pub client: Option<IpAddr>,
    /// Its method.
    pub method: &'a str,
    /// The route's template, never the path or the query.
    pub route: &'a str,
    /// Of the answer.
    pub status: StatusCode,
    /// From the head of the request to its answer.
    pub took: Duration,
}

/// One line of log, and the metrics.
pub fn report(shared: &Shared, line: &Line<'_>) {
    let (id, method, route, status) = (line.id.as_str(), line.method, line.route, line.status);
    shared
        .metrics
        .observe(route, method, status.as_u16(), line.took);
    let client = line
        .client
        .and_then(|client| client::shown(client, shared.options.client_in_log));
    tracing::info!(
        request.id = id,
        client.address = client,
        http.method = method,
        http.route = route,
        http.status = status.as_u16(),
        duration_us = line.took.as_micros() as u64,
        "{method} {route} answered {}",
        status.as_u16()
    );
}

/// The id of a request as a header: its characters are checked when it is taken or made.
impl RequestId {
    /// Its header's value.
    pub fn header(&self) -> HeaderValue {
        HeaderValue::from_str(self.as_str()).expect("a request id has only visible ASCII")
    }
}
