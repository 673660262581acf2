//! `GET /collections` and `/collections/{collectionId}`: what is offered, and where.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::Asked;
use super::form::Form;
use super::html::offer_sheets;
use super::links::{
    GEOJSON, HTML, JSON, Link, QUERYABLES, SCHEMA, SCHEMA_JSON, TILESETS, own_links,
};
use super::system::System;
use crate::app::{self, View};
use crate::cadastre::Instant;
use crate::http::problem::{Kind, Problem, ProblemView};
use crate::http::server::Shared;
use crate::land::items::Collection;

/// All collections.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Collections)]
pub struct CollectionsView {
    /// This document.
    pub links: Vec<Link>,
    /// The collections.
    pub collections: Vec<OneCollectionView>,
}

/// One collection.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Collection)]
pub struct OneCollectionView {
    /// Name in addresses.
    pub id: &'static str,
    /// Title, in the language of the answer.
    pub title: String,
    /// What it holds, in the language of the answer.
    pub description: String,
    /// Where and when it has items; absent when it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extent: Option<ExtentView>,
    /// Always `feature`.
    pub item_type: &'static str,
    /// Coordinate systems in which its features can be had.
    pub crs: Vec<String>,
    /// The one of them in which its features are held, or most of them where it has two planes:
    /// each feature names its own; absent when none is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage_crs: Option<String>,
    /// Itself, its items and tiles, what a filter can ask for, and what features say.
    pub links: Vec<Link>,
}

/// Where and when a collection has items.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Extent)]
pub struct ExtentView {
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spatial: Option<SpatialView>,
    /// When, in valid time.
    pub temporal: TemporalView,
}

/// Where a collection has items, on any day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpatialExtent)]
pub struct SpatialView {
    /// One box around all: west, south, east, north; rounded outward, perhaps wider than need be.
    pub bbox: [[f64; 4]; 1],
    /// System of the box.
    pub crs: String,
}

/// When a collection has items, in civil days of Vietnam.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemporalExtent)]
pub struct TemporalView {
    /// One interval: the first moment, and the last or null while items hold without an end.
    pub interval: [[Option<String>; 2]; 1],
    /// System of the moments.
    pub trs: &'static str,
}

const GREGORIAN: &str = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";

/// The collections of the register.
#[utoipa::path(
    get, path = "/collections", tag = "features",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The collections",
            content(
                (CollectionsView = "application/json"),
                (String = "text/html"),
            )),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_collections(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request, &shared)?;
    if let Some(response) = asked.not_modified() {
        return Ok(response);
    }
    let all = Collection::ALL.into_iter();
    let view = CollectionsView {
        links: own_links(&request, &asked.base, asked.language, JSON),
        collections: all
            .map(|c| view(c, &asked, &shared))
            .collect::<Result<_, _>>()?,
    };
    if asked.form == Form::Json {
        return Ok(asked.json(&view));
    }
    let sheet = asked.sheet(asked.language.text("link", "data", &[]), Vec::new());
    let main = offer_sheets::collections(&sheet, &serde_json::json!(view));
    Ok(sheet.answer(&mut asked.response(), &main))
}

/// One collection of the register.
#[utoipa::path(
    get, path = "/collections/{collectionId}", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The collection",
            content(
                (OneCollectionView = "application/json"),
                (String = "text/html"),
            )),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such collection", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_collection(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let collection = collection(&name)?;
    let asked = Asked::of(&request, &shared)?;
    if let Some(response) = asked.not_modified() {
        return Ok(response);
    }
    let document = view(collection, &asked, &shared)?;
    if asked.form == Form::Json {
        return Ok(asked.json(&document));
    }
    let data = asked.language.text("link", "data", &[]);
    let mut sheet = asked.sheet(document.title.clone(), Vec::new());
    sheet.trail = vec![(sheet.path("/collections"), data)];
    let main = offer_sheets::collection(&sheet, &serde_json::json!(document), &asked.view)?;
    Ok(sheet.answer(&mut asked.response(), &main))
}

/// The collection of a path.
///
/// # Errors
/// `collection_not_found`.
pub fn collection(name: &str) -> Result<Collection, Problem> {
    Collection::of_name(name).ok_or_else(|| {
        let known = Collection::ALL.map(Collection::name).join(", ");
        let shown = name.chars().take(80).collect();
        let arguments = vec![("value", shown)];
        Problem::new(Kind::CollectionNotFound, "collection_unknown", arguments)
            .at("collectionId")
            .expecting("choice", vec![("names", known)])
    })
}

fn view(
    collection: Collection,
    asked: &Asked<'_>,
    shared: &Shared,
) -> Result<OneCollectionView, app::Error> {
    let (land, base, language) = (&asked.view, &asked.base, asked.language);
    let offered = System::offered(land)?;
    let name = collection.name();
    let path = format!("/collections/{name}");
    let link = |below: &str, rel, kind, title| Link {
        href: base.to(&format!("{path}{below}")),
        rel,
        kind,
        title: language.text("link", title, &[]),
    };
    let mut links = vec![
        link("", "self", JSON, "self"),
        link("?f=html", "alternate", HTML, "as_page"),
        link("/items", "items", GEOJSON, "items"),
        link("/items?f=html", "items", HTML, "items"),
        link("/queryables", QUERYABLES, SCHEMA_JSON, "queryables"),
        link("/schema", SCHEMA, SCHEMA_JSON, "schema"),
        link("/tiles", TILESETS, JSON, "tilesets"),
    ];
    if shared.app.offers_downloads() {
        links.push(link("/downloads", "enclosure", JSON, "downloads"));
    }
    Ok(OneCollectionView {
        id: name,
        title: language.text("collection", name, &[]),
        description: language.text("collection_about", name, &[]),
        extent: extent(land, collection)?,
        item_type: "feature",
        crs: offered.into_iter().map(System::uri).collect(),
        storage_crs: System::of_storage(land, collection).map(System::uri),
        links,
    })
}

fn extent(land: &View, collection: Collection) -> Result<Option<ExtentView>, app::Error> {
    let Some(days) = land.days(collection) else {
        return Ok(None);
    };
    let spatial = land.extent(collection)?.map(|around| SpatialView {
        bbox: [around],
        crs: System::LonLat.uri(),
    });
    let from = Instant::start_of_day_in_vietnam(days.from);
    // The last second of the last day: an interval's end is in it.
    let to = days.to.map(Instant::start_of_day_in_vietnam);
    let to = to.map(|first_after| Instant(first_after.0 - 1_000_000));
    let interval = [Some(from.to_string()), to.map(|to| to.to_string())];
    Ok(Some(ExtentView {
        spatial,
        temporal: TemporalView {
            interval: [interval],
            trs: GREGORIAN,
        },
    }))
}
