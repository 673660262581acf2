//! `GET /collections/{collectionId}/schema`: what the features of a collection say (OGC 23-058r2).

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};

use super::asked::Asked;
use super::collections::collection;
use super::form::Form;
use super::html::{item_sheets, offer_sheets};
use super::links::SCHEMA_JSON;
use super::members::{Kind, Member, members};
use crate::http::language::Language;
use crate::http::problem::{Problem, ProblemView};
use crate::http::server::Shared;
use crate::land::items::Collection;

/// What the features of a collection say, as a JSON Schema: a logical model, in which a member
/// that is null in an answer is one that the feature does not have.
#[utoipa::path(
    get, path = "/collections/{collectionId}/schema", tag = "features",
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
pub async fn get_schema(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let offered = Offered {
        name: "schema",
        properties: schema,
    };
    answer(&request, &name, &shared, &offered)
}

/// A schema that is offered: where it is, what its link is called, what it says.
pub struct Offered {
    /// Its name below the collection, and of its link's text.
    pub name: &'static str,
    /// Its properties.
    pub properties: fn(Collection, Language) -> Map<String, Value>,
}

/// Answers with a schema of a collection.
///
/// # Errors
/// `collection_not_found`, `invalid_parameter`, `store_unavailable` while the register is loaded.
pub fn answer(
    request: &HttpRequest,
    name: &str,
    shared: &Shared,
    offered: &Offered,
) -> Result<HttpResponse, Problem> {
    let collection = collection(name)?;
    let asked = Asked::of(request, shared)?;
    if let Some(response) = asked.not_modified() {
        return Ok(response);
    }
    let language = asked.language;
    let title = language.text("collection", collection.name(), &[]);
    let address = format!("/collections/{}/{}", collection.name(), offered.name);
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": asked.base.to(&address),
        "type": "object",
        "title": title,
        "description": language.text("collection_about", collection.name(), &[]),
        "properties": (offered.properties)(collection, language),
        "additionalProperties": false,
    });
    if asked.form == Form::Json {
        return Ok(asked.json_as(SCHEMA_JSON, &document));
    }
    let what = language.text("link", offered.name, &[]);
    let mut sheet = asked.sheet(format!("{title}: {what}"), Vec::new());
    sheet.trail = item_sheets::trail(&sheet, collection, false);
    let main = offer_sheets::schema(&sheet, &document);
    Ok(sheet.answer(&mut asked.response(), &main))
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
        Kind::WholeOf(unit) => {
            put("type", "integer".into());
            put("x-ogc-unit", unit.into())
        }
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
