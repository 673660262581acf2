//! `GET /collections/{collectionId}/items` and one item: features as GeoJSON.

use actix_web::http::header::LINK;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::collections::collection;
use super::datetime;
use super::feature;
use super::form::Form;
use super::html::facts::Facts;
use super::html::{Sheet, item_sheets};
use super::links::{GEOJSON, JSON, Link, PublicAddress, own_links};
use super::page_body::{Page, PageBody};
use super::page_query::{self, PageQuery};
use super::queryables;
use super::system::System;
use crate::app::{Error, View};
use crate::cadastre::{Day, Interval};
use crate::http::conditional::Tag;
use crate::http::json::Json;
use crate::http::known_at::refuse_unheld;
use crate::http::language::Language;
use crate::http::parcel_view::{FEATURE_BYTES, Wording};
use crate::http::problem::{Problem, ProblemView};
use crate::http::query::Query;
use crate::http::server::Shared;
use crate::land::items::{Collection, Days, Item};

/// The header that names the system of an answer (OGC 18-058r1, 6.2.4).
const CONTENT_CRS: &str = "content-crs";

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
    /// Where the register has nothing of this collection on the days asked for, wherever it may
    /// lie: that is not to say that there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_data: Option<WithoutDataView>,
    /// How many features there are on all pages, where that is known without passing them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_matched: Option<u64>,
    /// How many features this page has.
    pub number_returned: u64,
    /// This page and, when there is more, the `next` one.
    pub links: Vec<Link>,
}

/// The days on which the register has something of a collection, told for days without.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WithoutData)]
pub struct WithoutDataView {
    /// That in words, in the language of the answer.
    pub text: String,
    /// First day with data; null when there are none of any day.
    #[schema(format = Date)]
    pub from: Option<String>,
    /// First day without data again; null when there is none such.
    #[schema(format = Date)]
    pub to: Option<String>,
}

impl WithoutDataView {
    /// Told of a collection that has data on some days, or on none.
    pub fn of(held: Option<Interval<Day>>, language: Language) -> Self {
        let from = held.map(|held| held.from.to_string());
        let to = held.and_then(|held| held.to).map(|to| to.to_string());
        let (key, arguments) = match (&from, &to) {
            (None, _) => ("never", vec![]),
            (Some(from), None) => ("before", vec![("from", from.clone())]),
            (Some(from), Some(to)) => {
                let days = vec![("from", from.clone()), ("to", to.clone())];
                ("outside", days)
            }
        };
        Self {
            text: language.text("without_data", key, &arguments),
            from,
            to,
        }
    }
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
        ("offset" = Option<u64>, Query, minimum = 0,
            description = "Features passed over before the page begins, for clients that count; \
                `next` needs none and is quicker"),
        ("bbox" = Option<Vec<f64>>, Query, explode = false, min_items = 4, max_items = 6,
            description = "Only features that meet this box, its border included: lower and \
                upper corner in the order of the axes of `bbox-crs`; heights are passed over. In \
                degrees it may cross the antimeridian"),
        ("bbox-crs" = Option<String>, Query,
            description = "System of `bbox`, one of those the collection lists; longitude and \
                latitude (CRS84) when absent"),
        ("crs" = Option<String>, Query,
            description = "System of the answer, one of those the collection lists, in the order \
                of its axes; longitude and latitude (CRS84) when absent"),
        ("datetime" = Option<String>, Query,
            description = "Only features that hold on this day, or on a day of this interval, in \
                valid time: a date or a moment (RFC 3339), or two with `/` between, one of which \
                may be `..`. Of a feature that changed in an interval the last version answers. \
                Today in Vietnam when absent"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment. Answered from the newest \
                recording on; for earlier moments refused"),
        ("filter" = Option<String>, Query, max_length = 20000,
            description = "Only features that fulfil this condition, in CQL2: comparisons, `LIKE`, \
                `BETWEEN`, `IN`, `IS NULL`, `CASEI`, `ACCENTI`, `S_…` with the geometry and a \
                literal, `T_…` with dates, joined by `AND`, `OR`, `NOT`; `queryables` lists what \
                it can ask for. A page that would take too long ends early with a link `next`"),
        ("filter-lang" = Option<String>, Query, pattern = "^(cql2-text|cql2-json)$",
            description = "How `filter` is written; `cql2-text` when absent"),
        ("filter-crs" = Option<String>, Query,
            description = "System of the geometries in `filter`, one of those the collection \
                lists; longitude and latitude (CRS84) when absent"),
        ("cursor" = Option<String>, Query,
            description = "Where the page begins; as the link `next` has it"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The page",
            content(
                (FeatureCollectionView = "application/geo+json"),
                (String = "text/html"),
            )),
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
    let mut query = Query::of(&request, &page_query::parameters(collection))?;
    let form = Form::of(&request, query.text("f"))?;
    if form == Form::Html {
        query = query.without_empty(&["filter", "datetime"]);
    }
    let language = query.language(&request)?;
    let mut asked = PageQuery::read(&query, collection, &shared)?;
    let base = PublicAddress::of(&request, &shared);
    let (revision, date) = (asked.view.revision(), asked.view.date());
    let tag = Tag::in_form(&request, revision, date, language, form.name());
    if let Some(response) = tag.not_modified(&request, language) {
        return Ok(response);
    }
    let written_in = asked.system.header();
    let address = base.to(request.path());
    let mut links = own_links(&request, &base, language, GEOJSON);
    links.push(whole(&base, collection, language));
    let mut response = HttpResponse::Ok();
    tag.put(&mut response, language)
        .insert_header((LINK, queryables::link_header(&base, collection)));
    if form == Form::Html {
        asked.for_people(&query);
        let page = Page::new(shared, collection, asked, language, address, links)?;
        return items_sheet(&request, &base, page, &query, response).await;
    }
    let filtered = asked.selection.condition.is_some();
    let mut page = Page::new(shared, collection, asked, language, address, links)?;
    let (page, first) = if filtered {
        web::block(move || page.first().map(|first| (page, first)))
            .await
            .map_err(|error| Error::internal("cannot write a page", error))??
    } else {
        let first = page.first()?;
        (page, first)
    };
    response
        .content_type(GEOJSON)
        .insert_header((CONTENT_CRS, written_in));
    Ok(if page.is_done() {
        response.body(first)
    } else {
        response.body(PageBody::after(first, page))
    })
}

/// A page of features for people.
async fn items_sheet(
    request: &HttpRequest,
    base: &PublicAddress,
    page: Page,
    query: &Query<'_>,
    mut response: HttpResponseBuilder,
) -> Result<HttpResponse, Problem> {
    let (page, written) = web::block(move || page.whole())
        .await
        .map_err(|error| Error::internal("cannot write a page", error))??;
    let facts = Facts {
        collection: page.collection(),
        language: page.language(),
    };
    let mut sheet = Sheet {
        base,
        request,
        language: facts.language,
        title: facts
            .language
            .text("collection", facts.collection.name(), &[]),
        trail: Vec::new(),
        view: Some(page.view()),
    };
    sheet.trail = item_sheets::trail(&sheet, facts.collection, false);
    let main = item_sheets::items(&sheet, facts, &item_sheets::read(&written)?, query);
    Ok(sheet.answer(&mut response, &main))
}

/// One feature of a collection.
#[utoipa::path(
    get, path = "/collections/{collectionId}/items/{featureId}", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("featureId" = i64, Path, minimum = 1, maximum = 9007199254740991_i64,
            description = "Key of the feature"),
        ("crs" = Option<String>, Query,
            description = "System of the answer, as for the collection"),
        ("datetime" = Option<String>, Query,
            description = "Day or days on which the feature holds, as for the collection"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment, as for the collection"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The feature",
            content(
                (AnyFeatureView = "application/geo+json"),
                (String = "text/html"),
            )),
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
    let query = Query::of(&request, &["crs", "datetime", "known_at", "lang", "f"])?;
    let form = Form::of(&request, query.text("f"))?;
    let (id, language) = (id(&path.1)?, query.language(&request)?);
    let during = datetime::read(&query)?;
    let view = page_query::view(&shared, during)?;
    refuse_unheld(&query, &shared, &view)?;
    let system = System::read(&query, "crs", &view)?;
    let tag = Tag::in_form(
        &request,
        view.revision(),
        view.date(),
        language,
        form.name(),
    );
    if let Some(response) = tag.not_modified(&request, language) {
        return Ok(response);
    }
    let during = during.unwrap_or_else(|| Days::on(view.date()));
    let item = view.item(collection, id, during)?;
    let base = PublicAddress::of(&request, &shared);
    let mut response = HttpResponse::Ok();
    tag.put(&mut response, language);
    if form == Form::Html {
        return item_sheet(&request, &base, (&view, during), &item, language, response);
    }
    let mut links = own_links(&request, &base, language, GEOJSON);
    links.push(whole(&base, collection, language));
    let mut json = Json::with_capacity(FEATURE_BYTES);
    let positions = system.positions(&view)?;
    let wording = Wording::new(&view, language).at(&positions);
    feature::write_answer(&mut json, &wording, &item, &links)?;
    Ok(response
        .content_type(GEOJSON)
        .insert_header((CONTENT_CRS, system.header()))
        .body(json.into_bytes()))
}

/// One feature for people.
fn item_sheet(
    request: &HttpRequest,
    base: &PublicAddress,
    (view, during): (&View, Days),
    item: &Item,
    language: Language,
    mut response: HttpResponseBuilder,
) -> Result<HttpResponse, Problem> {
    let mut json = Json::with_capacity(FEATURE_BYTES);
    feature::write(&mut json, &Wording::new(view, language), item)?;
    let feature = item_sheets::read(&json.into_bytes())?;
    let facts = Facts {
        collection: item.collection(),
        language,
    };
    let mut sheet = Sheet {
        base,
        request,
        language,
        title: facts.title(item.id(), &feature["properties"]),
        trail: Vec::new(),
        view: Some(view),
    };
    sheet.trail = item_sheets::trail(&sheet, facts.collection, true);
    let main = item_sheets::item(&sheet, facts, &feature, view, during)?;
    Ok(sheet.answer(&mut response, &main))
}

fn id(text: &str) -> Result<i64, Problem> {
    // One address of each item: zeros in front make no other.
    let plain = !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    let number = text.parse().ok().filter(|_| plain);
    number
        .filter(|number| (1..1 << 53).contains(number))
        .ok_or_else(|| Problem::parameter("featureId", "not_an_item_id", text, "item_id"))
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
