//! `GET /v1/parcels/{id}` and `/history`: one parcel by its key, and all its versions.

use actix_web::{HttpRequest, HttpResponse, web};

use super::conditional::Tag;
use super::json::Json;
use super::language::Language;
use super::parcel_view::{Aside, FEATURE_BYTES, Wording};
use super::problem::{Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use super::view::{FeatureView, HistoryView};
use crate::app::{self, View};
use crate::cadastre::ParcelId;
use crate::land::Entry;

/// One parcel as an answer of its own.
///
/// # Errors
/// [`app::Error::Internal`] when its plane is none of the city's.
pub fn feature(
    view: &View,
    parcel: &Entry<'_>,
    neighbours: bool,
    language: Language,
) -> Result<Json, app::Error> {
    let mut json = Json::with_capacity(FEATURE_BYTES);
    let aside = Aside {
        is_answer: true,
        with_neighbours: neighbours,
        ..Aside::default()
    };
    Wording::new(view, language).feature(&mut json, parcel, aside)?;
    Ok(json)
}

/// The key in the path.
pub(super) fn id(text: &str) -> Result<ParcelId, Problem> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = text.parse().ok().filter(|_| plain);
    number
        .and_then(|number| ParcelId::new(number).ok())
        .ok_or_else(|| Problem::parameter("id", "not_an_id", text, "parcel_id"))
}

/// One parcel as it is on a day.
#[utoipa::path(
    get, path = "/v1/parcels/{id}", tag = "parcels",
    params(
        ("id" = i64, Path, minimum = 1, maximum = 9007199254740991_i64,
            description = "Key of the parcel"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to answer for, YYYY-MM-DD; today in Vietnam when absent"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("neighbours" = Option<bool>, Query,
            description = "Also the outlines of parcels that touch it"),
    ),
    responses(
        (status = 200, description = "The parcel", body = FeatureView,
            content_type = "application/geo+json"),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such parcel, or not on that day", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_parcel(
    request: HttpRequest,
    path: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &["date", "lang", "neighbours"])?;
    let (id, neighbours) = (id(&path)?, query.truth("neighbours")?);
    let language = query.language(&request)?;
    let view = shared.app.view(query.date()?)?;
    let tag = Tag::new(&request, view.revision(), view.date(), language);
    if let Some(response) = tag.not_modified(&request, language) {
        return Ok(response);
    }
    let json = feature(&view, &view.parcel(id)?, neighbours, language)?;
    Ok(tag.answer(json, language))
}

/// All versions of a parcel that the register holds, and what it came out of or became.
#[utoipa::path(
    get, path = "/v1/parcels/{id}/history", tag = "parcels",
    params(
        ("id" = i64, Path, minimum = 1, maximum = 9007199254740991_i64,
            description = "Key of the parcel"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
    ),
    responses(
        (status = 200, description = "The versions, oldest first", body = HistoryView,
            content_type = "application/geo+json"),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such parcel", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_history(
    request: HttpRequest,
    path: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &["lang"])?;
    let id = id(&path)?;
    let language = query.language(&request)?;
    let view = shared.app.view(None)?;
    let tag = Tag::new(&request, view.revision(), view.date(), language);
    if let Some(response) = tag.not_modified(&request, language) {
        return Ok(response);
    }
    let history = view.history(id)?;
    let wording = Wording::new(&view, language);
    let mut json = Json::with_capacity(FEATURE_BYTES * (history.versions.len() + 1));
    json.object(|body| {
        wording.head(body);
        wording.versions(body.name("features"), &history.versions)?;
        body.name("lineage").array(|edges| {
            for edge in &history.lineage {
                edges.view(&wording.lineage(edge));
            }
        });
        Ok::<_, Problem>(())
    })?;
    Ok(tag.answer(json, language))
}
