//! A problem as a page for people, where what was asked for has one.

use actix_web::http::header::{ALLOW, CONTENT_RANGE, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::sheet::Sheet;
use crate::http::features::form::Form;
use crate::http::features::links::PublicAddress;
use crate::http::problem::ProblemView;
use crate::http::server::Shared;

/// The form of a problem for programs (RFC 9457).
const PROBLEM: &str = "application/problem+json";
/// Paths below which answers are also pages.
const WITH_PAGES: [&str; 5] = [
    "/collections",
    "/conformance",
    "/api",
    "/tiles",
    "/tileMatrixSets",
];

/// Whether problems with a request come in two forms: where answers do, and where nothing is.
pub fn has_pages(request: &HttpRequest) -> bool {
    is_with_pages(request.path()) || request.match_pattern().is_none()
}

/// Says in a description of the interface which problems are also pages.
pub fn describe(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let with_pages = paths.into_iter().flatten();
    for (_, operations) in with_pages.filter(|(path, _)| is_with_pages(path)) {
        let responses = operations["get"]["responses"].as_object_mut();
        for (_, response) in responses.into_iter().flatten() {
            let content = response.get_mut("content").and_then(Value::as_object_mut);
            if let Some(content) = content.filter(|c| c.contains_key(PROBLEM)) {
                content.insert(
                    "text/html".to_owned(),
                    json!({"schema": {"type": "string"}}),
                );
            }
        }
    }
}

/// Tiles themselves are for programs alone.
fn is_with_pages(path: &str) -> bool {
    if path.starts_with("/v1/parcels/") && path.ends_with("/extract") {
        return true;
    }
    let has = |name: &str| path.split('/').any(|part| part == name);
    if has("tiles") && !has("downloads") {
        // A set is named after `tiles`, its tiles and what describes them lie below.
        let below = path.split('/').skip_while(|part| *part != "tiles").count();
        let is_document = path.ends_with(".json");
        return below <= 2 && !is_document;
    }
    WITH_PAGES.iter().any(|with_pages| {
        let rest = path.strip_prefix(with_pages);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Whether a problem with a request is to be told as a page.
pub fn is_wanted(request: &HttpRequest) -> bool {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    reads && has_pages(request) && Form::of_refused(request) == Form::Html
}

/// The page of a problem, with the headers that go with it.
pub fn respond(
    problem: &ProblemView,
    for_programs: &HttpResponse,
    request: &HttpRequest,
    shared: &Shared,
    language: crate::http::language::Language,
) -> HttpResponse {
    let status = StatusCode::from_u16(problem.status);
    let mut response = HttpResponse::build(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    for name in [RETRY_AFTER, ALLOW, CONTENT_RANGE] {
        if let Some(value) = for_programs.headers().get(&name) {
            response.insert_header((name, value.clone()));
        }
    }
    let base = PublicAddress::of(request, shared);
    let sheet = Sheet {
        base: &base,
        request,
        language,
        title: problem.title.clone(),
        trail: Vec::new(),
        view: None,
    };
    sheet.answer(&mut response, &facts(&sheet, problem))
}

fn facts(sheet: &Sheet<'_>, problem: &ProblemView) -> String {
    let fact = |key: &str, value: &str| {
        let (name, value) = (sheet.say(key, &[]), sheet.escaped(value));
        format!("<div><dt>{name}</dt><dd>{value}</dd></div>")
    };
    let mut facts = String::new();
    if let Some(parameter) = &problem.parameter {
        facts.push_str(&fact("problem_parameter", parameter));
    }
    if let Some(expected) = &problem.expected {
        facts.push_str(&fact("problem_expected", expected));
    }
    let code = format!("{} ({})", problem.code, problem.status);
    facts.push_str(&fact("problem_code", &code));
    facts.push_str(&fact("problem_request", &problem.request_id));
    let (detail, back) = (sheet.escaped(&problem.detail), sheet.to("/collections"));
    let collections = sheet.escaped(&sheet.language.text("link", "data", &[]));
    format!(
        "<p role=\"alert\">{detail}</p><dl>{facts}</dl><p><a href=\"{back}\">{collections}</a></p>"
    )
}
