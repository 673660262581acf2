//! `GET /tiles`, `/collections/{collectionId}/tiles` and one set of tiles (OGC 20-057).

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;

use super::matrix_sets::offered;
use super::set_view::{Described, TileSetView, TileSetsView};
use super::{ForPeople, day};
use crate::app::View;
use crate::http::conditional::Tag;
use crate::http::features::collections::collection;
use crate::http::features::form::Form;
use crate::http::features::html::Sheet;
use crate::http::features::html::tile_sheets;
use crate::http::features::links::{JSON, Link, PublicAddress};
use crate::http::language::Language;
use crate::http::problem::{Problem, ProblemView};
use crate::http::query::Query;
use crate::http::server::Shared;
use crate::land::items::Collection;
use crate::tile::{TileMatrixSet, TileSet};

/// The sets of tiles of the whole map.
#[utoipa::path(
    get, path = "/tiles", tag = "tiles",
    operation_id = "city.dataset.vector.getTileSetsList",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("date" = Option<String>, Query, format = Date, description = "Day to draw, YYYY-MM-DD; addresses of tiles ask for it too"),
        ("datetime" = Option<String>, Query, description = "The same as a day or a moment (RFC 3339)"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$", description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The sets",
            content((TileSetsView = "application/json"), (String = "text/html"))),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_map_sets(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    Asked::of(&request, &shared, Part::Map)?.answer_list()
}

/// The set of tiles of the whole map in a tile matrix set.
#[utoipa::path(
    get, path = "/tiles/WebMercatorQuad", tag = "tiles",
    operation_id = "city.dataset.vector.getTileSet",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("date" = Option<String>, Query, format = Date, description = "Day to draw, YYYY-MM-DD; addresses of tiles ask for it too"),
        ("datetime" = Option<String>, Query, description = "The same as a day or a moment (RFC 3339)"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$", description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The set",
            content((TileSetView = "application/json"), (String = "text/html"))),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_map_set(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    Asked::of(&request, &shared, Part::Map)?.answer_one(TileMatrixSet::WebMercatorQuad)
}

/// The set of tiles of the whole map in VN-2000, the system of the land office.
#[utoipa::path(
    get, path = "/tiles/VN2000TM3Quad", tag = "tiles",
    operation_id = "city.dataset.vector.getTileSetVN2000",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("date" = Option<String>, Query, format = Date, description = "Day to draw, YYYY-MM-DD; addresses of tiles ask for it too"),
        ("datetime" = Option<String>, Query, description = "The same as a day or a moment (RFC 3339)"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$", description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The set",
            content((TileSetView = "application/json"), (String = "text/html"))),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_map_set_vn2000(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    Asked::of(&request, &shared, Part::Map)?.answer_one(TileMatrixSet::Vn2000)
}

/// The sets of tiles of a collection.
#[utoipa::path(
    get, path = "/collections/{collectionId}/tiles", tag = "tiles",
    operation_id = "collection.vector.getTileSetsList",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("date" = Option<String>, Query, format = Date, description = "Day to draw, YYYY-MM-DD; addresses of tiles ask for it too"),
        ("datetime" = Option<String>, Query, description = "The same as a day or a moment (RFC 3339)"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$", description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The sets",
            content((TileSetsView = "application/json"), (String = "text/html"))),
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
pub async fn get_collection_sets(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let part = Part::Collection(collection(&name)?);
    Asked::of(&request, &shared, part)?.answer_list()
}

/// The set of tiles of a collection in a tile matrix set.
#[utoipa::path(
    get, path = "/collections/{collectionId}/tiles/{tileMatrixSetId}", tag = "tiles",
    operation_id = "collection.vector.getTileSet",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("tileMatrixSetId" = String, Path, pattern = "^(WebMercatorQuad|VN2000TM3Quad)$", description = "Tile matrix set"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("date" = Option<String>, Query, format = Date, description = "Day to draw, YYYY-MM-DD; addresses of tiles ask for it too"),
        ("datetime" = Option<String>, Query, description = "The same as a day or a moment (RFC 3339)"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$", description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The set",
            content((TileSetView = "application/json"), (String = "text/html"))),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such collection or tile matrix set", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_collection_set(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let (name, matrix_set) = path.into_inner();
    let part = Part::Collection(collection(&name)?);
    let matrix_set = offered(&matrix_set)?;
    Asked::of(&request, &shared, part)?.answer_one(matrix_set)
}

/// What of the map the tiles show.
#[derive(Clone, Copy)]
enum Part {
    Map,
    Collection(Collection),
}

impl Part {
    fn set(self) -> TileSet {
        let name = match self {
            Self::Map => "city",
            Self::Collection(collection) => collection.name(),
        };
        TileSet::from_name(name).expect("every collection is a layer, which a test holds")
    }

    fn path(self) -> String {
        match self {
            Self::Map => "/tiles".to_owned(),
            Self::Collection(collection) => format!("/collections/{}/tiles", collection.name()),
        }
    }

    fn title(self, language: Language) -> String {
        match self {
            Self::Map => language.text("tileset", "city", &[]),
            Self::Collection(collection) => language.text("collection", collection.name(), &[]),
        }
    }
}

/// A question for sets of tiles.
struct Asked<'a> {
    request: &'a HttpRequest,
    base: PublicAddress,
    part: Part,
    view: View,
    query: String,
    language: Language,
    form: Form,
}

impl<'a> Asked<'a> {
    fn of(request: &'a HttpRequest, shared: &Shared, part: Part) -> Result<Self, Problem> {
        let query = Query::of(request, &["lang", "date", "datetime", "f"])?;
        let form = Form::of(request, query.text("f"))?;
        let date = day(&query)?;
        Ok(Self {
            request,
            base: PublicAddress::of(request, shared),
            part,
            view: shared.app.view(date)?,
            query: date.map_or_else(String::new, |date| format!("?date={date}")),
            language: query.language(request)?,
            form,
        })
    }

    fn answer_list(&self) -> Result<HttpResponse, Problem> {
        self.answer(tile_sheets::sets, || {
            let sets = TileMatrixSet::ALL.into_iter().map(|set| self.one(set));
            Ok(TileSetsView {
                links: vec![Link {
                    href: self.base.to(&format!("{}{}", self.part.path(), self.query)),
                    rel: "self",
                    kind: JSON,
                    title: self.language.text("link", "self", &[]),
                }],
                tilesets: sets.collect::<Result<_, Problem>>()?,
            })
        })
    }

    fn answer_one(&self, matrix_set: TileMatrixSet) -> Result<HttpResponse, Problem> {
        self.answer(tile_sheets::set, || self.one(matrix_set))
    }

    fn answer<V: Serialize>(
        &self,
        write: fn(&Sheet<'_>, &Value) -> String,
        view: impl FnOnce() -> Result<V, Problem>,
    ) -> Result<HttpResponse, Problem> {
        let (land, language) = (&self.view, self.language);
        let (revision, date) = (land.revision(), land.date());
        let tag = Tag::in_form(self.request, revision, date, language, self.form.name());
        if let Some(response) = tag.not_modified(self.request, language) {
            return Ok(response);
        }
        let mut response = HttpResponse::Ok();
        tag.put(&mut response, language);
        if self.form == Form::Json {
            return Ok(response.json(view()?));
        }
        let people = ForPeople {
            request: self.request,
            base: &self.base,
            language,
            title: format!(
                "{}: {}",
                language.text("link", "tilesets", &[]),
                self.part.title(language)
            ),
            view: Some(land),
            write,
        };
        Ok(people.answer(&mut response, &serde_json::json!(view()?)))
    }

    fn one(&self, matrix_set: TileMatrixSet) -> Result<TileSetView, Problem> {
        let (set, path) = (self.part.set(), self.part.path());
        let described = Described {
            set,
            matrix_set,
            transforms: &self.view.city().transforms,
            path: &path,
            query: &self.query,
            title: self.part.title(self.language),
            extent: self.view.tiled(set)?,
        };
        Ok(TileSetView::of(described, &self.base, self.language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_collection_is_a_layer_of_the_map() {
        assert_eq!(Part::Map.set().name(), "city");
        for collection in Collection::ALL {
            assert_eq!(Part::Collection(collection).set().name(), collection.name());
        }
    }
}
