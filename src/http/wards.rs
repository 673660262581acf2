//! `GET /v1/wards`: the wards of a day, where they lie and how many parcels of them are held.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::conditional::Tag;
use super::first_drawing::bounds_of;
use super::problem::{Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use super::shape_view::outline;
use super::view::Position;
use crate::app::View;
use crate::cadastre::Ward;
use crate::geometry::point_on_surface;

/// The wards of a day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Wards)]
pub struct WardsView {
    /// Revision of the register that answers.
    pub revision: u64,
    /// Day answered for.
    #[schema(format = Date)]
    pub date: String,
    /// Whether the register holds made-up data, as that of the demo city.
    pub synthetic: bool,
    /// By code.
    pub wards: Vec<WardHeldView>,
}

/// A ward with what the register holds of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WardHeld)]
pub struct WardHeldView {
    /// Code of five digits.
    pub code: String,
    /// Name with its kind.
    pub name: String,
    /// `ward`, `commune`, `special_zone` or `township`.
    pub kind: String,
    /// First day in force.
    #[schema(format = Date)]
    pub valid_from: String,
    /// How many parcels of the day are held.
    pub parcels: usize,
    /// Area within its border in square metres, for display; the border is not surveyed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<f64>,
    /// West, south, east and north in degrees of WGS 84; absent without a border.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
    /// Longitude and latitude of a place inside, for its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<Position>,
}

impl WardHeldView {
    fn of(view: &View, ward: &Ward, parcels: usize) -> Self {
        let transforms = &view.city().transforms;
        let border = outline(transforms, ward.plane, &ward.border);
        let border = border.filter(|_| !ward.border.0.is_empty());
        let point = point_on_surface(&ward.border);
        let point = point.and_then(|point| transforms.to_lonlat(ward.plane, point).ok());
        let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
        let name = view.ward_name(ward.code, view.date());
        Self {
            code: ward.code.to_string(),
            name: name.unwrap_or(&ward.name).to_owned(),
            kind: ward.kind.word().to_owned(),
            valid_from: ward.valid.from.to_string(),
            parcels,
            area: border.is_some().then(|| ward.border.area_m2().round()),
            bounds: bounds_of(&border).map(|bounds| bounds.map(rounded)),
            point: point.map(|at| Position([rounded(at.lon), rounded(at.lat)])),
        }
    }
}

/// The wards of a day, where they lie and how many parcels of each are held.
///
/// Their borders are items of the collection `wards`.
#[utoipa::path(
    get, path = "/v1/wards", tag = "parcels",
    params(
        ("date" = Option<String>, Query, format = Date,
            description = "Day to answer for, YYYY-MM-DD; today in Vietnam when absent"),
    ),
    responses(
        (status = 200, description = "The wards", body = WardsView),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_wards(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &["date"])?;
    let view = shared.app.view(query.date()?)?;
    let tag = Tag::without_language(&request, view.revision(), view.date());
    if tag.is_known_to(&request) {
        return Ok(tag.put_alone(&mut HttpResponse::NotModified()).finish());
    }
    let body = web::block(move || shared.page.city(&view).wards_told(|| told(&view)))
        .await
        .map_err(|error| crate::app::Error::internal("cannot tell of the wards", error))?;
    Ok(tag
        .put_alone(&mut HttpResponse::Ok())
        .insert_header((CONTENT_TYPE, "application/json"))
        .body(body))
}

fn told(view: &View) -> Vec<u8> {
    let held = view.wards_held().into_iter();
    let mut wards: Vec<WardHeldView> = held
        .map(|(ward, parcels)| WardHeldView::of(view, ward, parcels))
        .collect();
    wards.sort_by(|a, b| a.code.cmp(&b.code));
    let body = WardsView {
        revision: view.revision().0,
        date: view.date().to_string(),
        synthetic: view.is_synthetic(),
        wards,
    };
    serde_json::to_vec(&body).expect("a view becomes JSON")
}
