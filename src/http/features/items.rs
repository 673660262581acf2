//! `GET /collections/{collectionId}/items` and one item: features as GeoJSON.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::collections::collection;
use super::feature;
use super::form::only_json;
use super::links::{GEOJSON, JSON, Link, PublicAddress};
use super::page_body::{Page, PageBody};
use super::page_query::{PARAMETERS, PageQuery};
use crate::http::conditional::Tag;
use crate::http::json::Json;
use crate::http::language::Language;
use crate::http::parcel_view::{FEATURE_BYTES, Wording};
use crate::http::problem::{Problem, ProblemView};
use crate::http::query::Query;
use crate::http::server::Shared;
use crate::land::items::{Collection, Days};

/// A page of features.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FeatureCollection)]
pub struct FeatureCollectionView {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    #[schema(pattern = "^FeatureCollection$")]
    pub kind: &'static str,
    /// Revision of the register that answers; the same on all pages that `next` leads to.
    pub revision: u64,
    /// Day answered for.
    #[schema(format = Date)]
    pub date: String,
    /// Whether the register holds made-up data, as that of the demo city.
    pub synthetic: bool,
    /// The features, by growing id.
    pub features: Vec<AnyFeatureView>,
    /// How many features this page has.
    pub number_returned: u64,
    /// This page and, when there is more, the `next` one.
    pub links: Vec<Link>,
}

/// One feature of any collection.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Feature)]
pub struct AnyFeatureView {
    /// Always `Feature`.
    #[serde(rename = "type")]
    #[schema(pattern = "^Feature$")]
    pub kind: &'static str,
    /// Key of the feature; the same in all its versions.
    pub id: i64,
    /// Shape, as GeoJSON has it; null where none is held.
    #[schema(value_type = Option<Object>)]
    pub geometry: Value,
    /// Facts.
    #[schema(value_type = Object)]
    pub properties: Value,
}

/// Features of a collection, by growing id, page by page.
///
/// A page with more behind it has a link `next`. Pages that it leads to come from the same
/// revision and day, whatever is edited meanwhile: nothing is lost, nothing comes twice. A
/// revision is kept for ten minutes after its last page was taken; afterwards the link answers
/// `snapshot_gone`.
#[utoipa::path(
    get, path = "/collections/{collectionId}/items", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000000,
            description = "Most features on the page; 100 when absent, 1 000 000 when more is asked"),
        ("bbox" = Option<Vec<f64>>, Query, explode = false,
            description = "Only features that meet this box, its border included: longitude and \
                latitude of the lower and the upper corner; heights are passed over. It may cross \
                the antimeridian"),
        ("cursor" = Option<String>, Query,
            description = "Where the page begins; as the link `next` has it"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^json$", description = "Form of the answer"),
    ),
    responses(
        (status = 200, description = "The page", body = FeatureCollectionView,
            content_type = "application/geo+json"),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such collection", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 410, description = "The pages being read are no longer kept", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_items(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let collection = collection(&name)?;
    let query = Query::of(&request, &PARAMETERS)?;
    only_json(&query)?;
    let language = query.language(&request)?;
    let asked = PageQuery::read(&query, collection)?;
    let view = asked.view(&shared)?;
    let base = PublicAddress::of(&request, &shared);
    let tag = Tag::new(&request, view.revision(), view.date(), language);
    if let Some(response) = tag.not_modified(&request, language) {
        return Ok(response);
    }
    let walk = view.walk(
        collection,
        asked.selection(&view)?,
        asked.start.map(|start| start.after),
    );
    let address = base.to(request.path());
    let links = vec![
        own(&request, &base, language),
        whole(&base, collection, language),
    ];
    let mut page = Page::new(shared, view, walk, asked, language, address, links);
    let first = page.first()?;
    let mut response = HttpResponse::Ok();
    let response = tag.put(&mut response, language).content_type(GEOJSON);
    Ok(if page.is_done() {
        response.body(first)
    } else {
        response.body(PageBody::after(first, page))
    })
}

/// One feature of a collection.
#[utoipa::path(
    get, path = "/collections/{collectionId}/items/{featureId}", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("featureId" = i64, Path, minimum = 1, maximum = 9007199254740991_i64,
            description = "Key of the feature"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^json$", description = "Form of the answer"),
    ),
    responses(
        (status = 200, description = "The feature", body = AnyFeatureView,
            content_type = "application/geo+json"),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such collection or feature", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_item(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let collection = collection(&path.0)?;
    let query = Query::of(&request, &["lang", "f"])?;
    only_json(&query)?;
    let (id, language) = (id(&path.1)?, query.language(&request)?);
    let view = shared.app.view(None)?;
    let tag = Tag::new(&request, view.revision(), view.date(), language);
    if let Some(response) = tag.not_modified(&request, language) {
        return Ok(response);
    }
    let item = view.item(collection, id, Days::on(view.date()))?;
    let base = PublicAddress::of(&request, &shared);
    let links = vec![
        own(&request, &base, language),
        whole(&base, collection, language),
    ];
    let mut json = Json::with_capacity(FEATURE_BYTES);
    let wording = Wording::new(&view, language);
    feature::write_answer(&mut json, &wording, &item, &links)?;
    Ok(tag.answer(json, language))
}

fn id(text: &str) -> Result<i64, Problem> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = text.parse().ok().filter(|_| plain);
    number
        .filter(|number| (1..1 << 53).contains(number))
        .ok_or_else(|| Problem::parameter("featureId", "not_an_item_id", text, "item_id"))
}

/// The link of an answer to itself.
fn own(request: &HttpRequest, base: &PublicAddress, language: Language) -> Link {
    let path = request.uri().path_and_query();
    Link {
        href: base.to(path.map_or(request.path(), |path| path.as_str())),
        rel: "self",
        kind: GEOJSON,
        title: language.text("link", "self", &[]),
    }
}

/// The link to the collection that something belongs to.
fn whole(base: &PublicAddress, collection: Collection, language: Language) -> Link {
    Link {
        href: base.to(&format!("/collections/{}", collection.name())),
        rel: "collection",
        kind: JSON,
        title: language.text("link", "collection", &[]),
    }
}
