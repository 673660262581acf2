//! `GET /v1/parcels/{id}/extract`: what applies to a parcel, as canonical JSON or as a page.

/// What an extract says beside its themes.
mod block_views;
/// What changed since an earlier day.
mod changes;
/// Decimals as texts.
mod decimal;
/// The page.
mod html;
/// What stands on the page beside the three lists.
mod html_blocks;
/// What the page says of changes.
mod html_changes;
/// The planning portal's answer.
mod planning;
/// Words for what an extract says.
mod said;
/// An extract as a signed file.
pub mod signed;
/// From what applies to what is said of it.
mod write;

/// What an extract says on the wire.
pub mod view;

pub use write::{Asked, canonical};

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};

use super::asked::unsigned;
use super::conditional::Tag;
use super::features::form::Form;
use super::features::html::{Sheet, item_sheets};
use super::features::links::PublicAddress;
use super::features::system::System;
use super::known_at::refuse_unheld;
use super::parcels::id;
use super::problem::{Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use crate::app::View;
use crate::cadastre::{Day, ParcelId};
use crate::land::items::Collection;
use html::ExtractSheet;
use said::Said;
use view::ExtractView;

const PARAMETERS: [&str; 7] = ["date", "known_at", "since", "lang", "geometry", "crs", "f"];

/// What applies to a parcel on a day.
///
/// Every theme that must exist for the city is `concerned`, `notConcerned` or `withoutData`, with
/// the reason; unknown is never told as "not concerned". Each restriction comes with its share of
/// the parcel, told against the measured and the registered area, its law, its office, and how
/// exact and how old its layer is. The answer is canonical JSON (RFC 8785): the same question and
/// revision give the same bytes. Decimals are texts; only coordinates of geometries are numbers.
///
/// As `evidence` it is a signed file instead, with the shape of the parcel in whole millimetres of
/// its plane; `diachinh verify` tells who signed it, without this server. `/v1/keys` has the public
/// keys.
#[utoipa::path(
    get, path = "/v1/parcels/{id}/extract", tag = "parcels",
    params(
        ("id" = i64, Path, minimum = 1, maximum = 9007199254740991_i64,
            description = "Key of the parcel"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to answer for, YYYY-MM-DD; today in Vietnam when absent"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment; answered while that is what it still knows"),
        ("since" = Option<String>, Query, format = Date,
            description = "Also what changed since this day, with what changed it"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("geometry" = Option<bool>, Query,
            description = "Also the shapes of the parcel and of what lies on it, as GeoJSON"),
        ("crs" = Option<String>, Query,
            description = "System of the shapes, such as http://www.opengis.net/def/crs/EPSG/0/9210; longitude and latitude when absent"),
        ("f" = Option<String>, Query, pattern = "^(json|html|evidence)$",
            description = "Form of the answer, `evidence` for a signed file; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "What applies; as evidence an object with `format`, `key`, \
            `payload` and `signature`",
            content(
                (ExtractView = "application/json"),
                (String = "text/html"),
            )),
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
pub async fn get_extract(
    request: HttpRequest,
    path: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &PARAMETERS)?;
    let as_evidence = query.text("f") == Some("evidence");
    let form = match query.text("f") {
        Some("evidence") => Form::Json,
        Some(other) if !["json", "html"].contains(&other) => {
            let names = vec![("names", "json, html, evidence".to_owned())];
            let refused = Problem::parameter("f", "not_a_choice", other, "choice");
            return Err(refused.expecting("choice", names));
        }
        asked => Form::of(&request, asked)?,
    };
    let (id, language) = (id(&path)?, query.language(&request)?);
    let with_geometry = query.truth("geometry")?;
    let view = shared.app.view(query.date()?)?;
    refuse_unheld(&query, &shared, &view)?;
    let system = System::read(&query, "crs", &view)?;
    let since = since(&query, view.date())?;
    if as_evidence {
        let asked = Asked {
            language,
            system: None,
            since,
        };
        return evidence(&shared, (&view, id), asked);
    }
    let (revision, date) = (view.revision(), view.date());
    let tag = Tag::in_form(&request, revision, date, language, form.name());
    if let Some(response) = tag.not_modified(&request, language) {
        return Ok(response);
    }
    let mut response = HttpResponse::Ok();
    tag.put(&mut response, language);
    let asked = Asked {
        language,
        system: with_geometry.then_some(system),
        since,
    };
    if form == Form::Html {
        return sheet(&request, &shared, (&view, id), asked, response);
    }
    let bytes = canonical(&view, id, asked)?;
    Ok(response.content_type("application/json").body(bytes))
}

/// The extract as a signed file.
fn evidence(
    shared: &Shared,
    (view, id): (&View, ParcelId),
    asked: Asked,
) -> Result<HttpResponse, Problem> {
    let signing = shared.app.signing()?.ok_or_else(unsigned)?;
    let bytes = signed::signed(view, id, asked, signing.key())?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes))
}

/// The extract for people.
fn sheet(
    request: &HttpRequest,
    shared: &Shared,
    (view, id): (&View, ParcelId),
    asked: Asked,
    mut response: HttpResponseBuilder,
) -> Result<HttpResponse, Problem> {
    let asked = Asked {
        system: Some(System::LonLat),
        ..asked
    };
    let extract = view.extract(id)?;
    let written = write::written(view, &extract, asked)?;
    let language = asked.language;
    let label = written.parcel.label.clone();
    let base = PublicAddress::of(request, shared);
    let mut sheet = Sheet {
        base: &base,
        request,
        language,
        title: language.text("extract", "title", &[("parcel", label.clone())]),
        trail: Vec::new(),
        view: Some(view),
    };
    sheet.trail = item_sheets::trail(&sheet, Collection::Parcels, false);
    let item = sheet.path(&format!("/collections/parcels/items/{}", id.get()));
    sheet.trail.push((item, label));
    let page = ExtractSheet {
        sheet: &sheet,
        view: &written,
        said: Said::of(&extract, language),
        beside: write::beside(view, &extract)?,
        is_signed: matches!(shared.app.signing(), Ok(Some(_))),
    };
    let main = page.main();
    Ok(sheet.answer(&mut response, &main))
}

/// The parameter `since`: a day no later than the one answered for.
fn since(query: &Query, date: Day) -> Result<Option<Day>, Problem> {
    let Some(text) = query.text("since") else {
        return Ok(None);
    };
    let day = Day::parse(text);
    let day = day.map_err(|_| Problem::parameter("since", "not_a_date", text, "date"))?;
    if day > date {
        return Err(Problem::parameter("since", "since_after", text, "until")
            .expecting("until", vec![("date", date.to_string())]));
    }
    Ok(Some(day))
}
