//! `GET /collections/{collectionId}/queryables`: what a filter can ask for, as a JSON Schema.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value};

use super::links::{PublicAddress, QUERYABLES, SCHEMA_JSON};
use super::schema::{self, Offered};
use crate::http::language::Language;
use crate::http::problem::{Problem, ProblemView};
use crate::http::server::Shared;
use crate::land::filter::{Holds, Property};
use crate::land::items::Collection;

/// What the parameter `filter` can ask for in a collection, as a JSON Schema.
#[utoipa::path(
    get, path = "/collections/{collectionId}/queryables", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The schema",
            content(
                (Object = "application/schema+json"),
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
pub async fn get_queryables(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let offered = Offered {
        name: "queryables",
        properties: asked,
    };
    schema::answer(&request, &name, &shared, &offered)
}

/// The header `Link` by which the items of a collection lead to its queryables.
pub fn link_header(base: &PublicAddress, collection: Collection) -> String {
    let address = base.to(&format!("/collections/{}/queryables", collection.name()));
    format!("<{address}>; rel=\"{QUERYABLES}\"; type=\"{SCHEMA_JSON}\"")
}

fn asked(collection: Collection, language: Language) -> Map<String, Value> {
    let all = Property::all(collection).iter();
    all.map(|property| (property.name.to_owned(), described(property, language)))
        .collect()
}

fn described(property: &Property, language: Language) -> Value {
    let mut described = Map::new();
    let title = language.text("property", property.name, &[]);
    described.insert("title".to_owned(), title.into());
    let (kind, format) = match property.holds {
        Holds::Text => (Some("string"), None),
        Holds::Number => (Some("number"), None),
        Holds::Whole => (Some("integer"), None),
        Holds::Truth => (Some("boolean"), None),
        Holds::Day => (Some("string"), Some("date")),
        Holds::Shape => (None, Some("geometry-any")),
    };
    let role = schema::role(property.name);
    for (name, value) in [("type", kind), ("format", format), ("x-ogc-role", role)] {
        if let Some(value) = value {
            described.insert(name.to_owned(), value.into());
        }
    }
    if !property.words.is_empty() {
        described.insert("enum".to_owned(), property.words.into());
    }
    Value::Object(described)
}
