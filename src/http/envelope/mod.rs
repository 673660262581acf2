//! `GET /v1/parcels/{id}/envelope`: what may be built on a parcel, and which rule makes each face.

/// What may be added, and what was taken.
mod added;
/// What is stated beside the register.
mod stated;
/// What an envelope says on the wire.
pub mod view;
/// From outlines and limits to what is said of them.
mod write;

pub use stated::describe;

use actix_web::{HttpRequest, HttpResponse, web};

use super::checks;
use super::conditional::Tag;
use super::features::system::System;
use super::known_at::refuse_unheld;
use super::parcels::id;
use super::problem::{Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use crate::app;
use crate::evidence::canonical_bytes;
use stated::{PARAMETERS, stated};
use view::EnvelopeView;

/// What may be built on a parcel.
///
/// Outlines stacked from the ground up, each for heights, with the rule that makes each face; beside
/// them the greatest number of storeys and the greatest areas. They are the lot beside its roads and
/// without corridors, less the distances that rules keep from its edges, rounded inward to the
/// millimetre on the parcel's plane. What the asker states beside the register are parameters of rules,
/// as `stated` in a check. Upper parts stand back as steps ask, from every street of a corner or
/// through lot; corridors on the lot are kept clear of by what rules ask and what both surveys may be
/// off. Without a word on added storeys the levels hold for a building that has none (`assumed`), and
/// `added` says what may be added under which conditions. Where anything is not known that shapes a building, the extent is
/// `unknown`, `missing` says what, and no level is told. The answer is canonical JSON (RFC 8785).
#[utoipa::path(
    get, path = "/v1/parcels/{id}/envelope", tag = "parcels",
    params(
        ("id" = i64, Path, minimum = 1, maximum = 9007199254740991_i64,
            description = "Key of the parcel"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day whose rules apply, YYYY-MM-DD; today in Vietnam when absent"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment; answered while that is what it still knows"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("crs" = Option<String>, Query,
            description = "System of the shapes, such as http://www.opengis.net/def/crs/EPSG/0/9210; longitude and latitude when absent"),
    ),
    responses(
        (status = 200, description = "What may be built, or what is lacking to say so",
            body = EnvelopeView, content_type = "application/json"),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such parcel, or not on that day", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 422, description = "No site has what is stated", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_envelope(
    request: HttpRequest,
    path: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &PARAMETERS)?;
    let (id, language) = (id(&path)?, query.language(&request)?);
    let stated = stated(&query)?;
    let view = shared.app.view(query.date()?)?;
    refuse_unheld(&query, &shared, &view)?;
    let system = System::read(&query, "crs", &view)?;
    let tag = Tag::new(&request, view.revision(), view.date(), language);
    if let Some(response) = tag.not_modified(&request, language) {
        return Ok(response);
    }
    let answer = web::block(move || {
        let found = view.envelope(id, &stated);
        let (site, envelope) = found.map_err(|error| checks::refused(&view, error))?;
        let written = write::written(&view, &site, &envelope, (language, system))?;
        let failed = |error| app::Error::internal("cannot write an envelope", error);
        Ok::<_, Problem>(canonical_bytes(&written).map_err(failed)?)
    });
    let failed = |error| app::Error::internal("cannot find what may be built", error);
    let bytes = answer.await.map_err(failed)??;
    let mut response = HttpResponse::Ok();
    tag.put(&mut response, language);
    Ok(response.content_type("application/json").body(bytes))
}
