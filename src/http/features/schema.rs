//! `GET /collections/{collectionId}/schema`: what the features of a collection say (OGC 23-058r2).

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};

use super::collections::collection;
use super::form::only_json;
use super::links::{PublicAddress, SCHEMA_JSON};
use super::members::{Kind, Member, members};
use crate::http::conditional::Tag;
use crate::http::language::Language;
use crate::http::problem::{Problem, ProblemView};
use crate::http::query::Query;
use crate::http::server::Shared;
use crate::land::items::Collection;

/// What the features of a collection say, as a JSON Schema: a logical model, in which a member
/// that is null in an answer is one that the feature does not have.
#[utoipa::path(
    get, path = "/collections/{collectionId}/schema", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^json$", description = "Form of the answer"),
    ),
    responses(
        (status = 200, description = "The schema", body = Object,
            content_type = "application/schema+json"),
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
pub async fn get_schema(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    answer(&request, &name, &shared, address, schema)
}

/// Answers with a schema of a collection, known by its address and in a language.
///
/// # Errors
/// `collection_not_found`, `invalid_parameter`, `store_unavailable` while the register is loaded.
pub fn answer(
    request: &HttpRequest,
    name: &str,
    shared: &Shared,
    address: impl FnOnce(&PublicAddress, Collection) -> String,
    schema: impl FnOnce(Collection, Language) -> Map<String, Value>,
) -> Result<HttpResponse, Problem> {
    let collection = collection(name)?;
    let query = Query::of(request, &["lang", "f"])?;
    only_json(&query)?;
    let language = query.language(request)?;
    let view = shared.app.view(None)?;
    let tag = Tag::new(request, view.revision(), view.date(), language);
    if let Some(response) = tag.not_modified(request, language) {
        return Ok(response);
    }
    let base = PublicAddress::of(request, shared);
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(&base, collection),
        "type": "object",
        "title": language.text("collection", collection.name(), &[]),
        "description": language.text("collection_about", collection.name(), &[]),
        "properties": schema(collection, language),
        "additionalProperties": false,
    });
    let mut response = HttpResponse::Ok();
    let response = tag.put(&mut response, language).content_type(SCHEMA_JSON);
    Ok(response.body(document.to_string()))
}

/// Where the schema of a collection is.
pub fn address(base: &PublicAddress, collection: Collection) -> String {
    base.to(&format!("/collections/{}/schema", collection.name()))
}

/// What a property is for, where OGC 23-058r2 has a word for it.
pub fn role(name: &str) -> Option<&'static str> {
    match name {
        "id" => Some("id"),
        "geometry" => Some("primary-geometry"),
        "validFrom" => Some("primary-interval-start"),
        "validTo" => Some("primary-interval-end"),
        _ => None,
    }
}

fn schema(collection: Collection, language: Language) -> Map<String, Value> {
    let title = |name: &str| language.text("property", name, &[]);
    let mut properties = Map::new();
    properties.insert(
        "id".to_owned(),
        json!({"title": title("id"), "type": "integer", "x-ogc-role": "id", "readOnly": true}),
    );
    let shape = match collection {
        Collection::Parcels | Collection::Wards => "geometry-polygon-or-multipolygon",
        Collection::Zones | Collection::Roads | Collection::Restrictions => "geometry-any",
    };
    properties.insert(
        "geometry".to_owned(),
        json!({"title": title("geometry"), "format": shape, "x-ogc-role": "primary-geometry"}),
    );
    for member in members(collection) {
        properties.insert(member.name.to_owned(), described(&member, "", language));
    }
    properties
}

/// A member and what is in it; `path` leads to it and ends with a dot.
fn described(member: &Member, path: &str, language: Language) -> Value {
    let name = format!("{path}{}", member.name);
    let mut described = Map::new();
    let mut put = |key: &str, value: Value| described.insert(key.to_owned(), value);
    put("title", language.text("property", &name, &[]).into());
    let object = |inside: &[Member]| {
        let path = format!("{name}.");
        let members = inside.iter().map(|inner| {
            let value = self::described(inner, &path, language);
            (inner.name.to_owned(), value)
        });
        members.collect::<Map<String, Value>>()
    };
    match member.holds {
        Kind::Text => put("type", "string".into()),
        Kind::Word(words) => {
            put("type", "string".into());
            put("enum", words.into())
        }
        Kind::Number(unit) => {
            put("type", "number".into());
            put("x-ogc-unit", unit.into())
        }
        Kind::Whole => put("type", "integer".into()),
        Kind::Truth => put("type", "boolean".into()),
        Kind::Day => {
            put("type", "string".into());
            put("format", "date".into())
        }
        Kind::Object(inside) => {
            put("type", "object".into());
            put("properties", object(inside).into())
        }
        Kind::Objects(inside) => {
            put("type", "array".into());
            let items = json!({"type": "object", "properties": object(inside)});
            put("items", items)
        }
    };
    if let Some(role) = role(&name) {
        put("x-ogc-role", role.into());
    }
    Value::Object(described)
}
