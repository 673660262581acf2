//! `GET /tileMatrixSets` and one of them: how the world is cut into tiles (OGC 17-083r4).

use actix_web::http::header::VARY;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::ForPeople;
use crate::crs::city_grid::SIDE_BITS;
use crate::crs::{Epsg, Transforms};
use crate::http::features::form::Form;
use crate::http::features::html::sheet::BY_FORM;
use crate::http::features::html::{Sheet, tile_sheets};
use crate::http::features::links::{JSON, Link, PublicAddress};
use crate::http::language::Language;
use crate::http::problem::{Kind, Problem, ProblemView};
use crate::http::query::Query;
use crate::http::server::Shared;
use crate::tile::TileMatrixSet;

/// The set that map clients share, in OGC's register.
const WEB_MERCATOR_QUAD_URI: &str =
    "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
/// Its scales.
const GOOGLE_MAPS_COMPATIBLE: &str = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible";
/// Its coordinate system.
const WEB_MERCATOR: Epsg = Epsg(3857);
/// Half of the world's side, in metres: π times the radius of the sphere.
const HALF_WORLD_M: f64 = std::f64::consts::PI * 6_378_137.0;
/// Pixels a side, as OGC counts scales.
const TILE_PIXELS: u32 = 256;
/// Size of a pixel for a scale (OGC 17-083r4, clause 6.1.1), in metres.
const PIXEL_M: f64 = 0.000_28;

/// All tile matrix sets.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileMatrixSets)]
pub struct TileMatrixSetsView {
    /// The sets.
    tile_matrix_sets: Vec<TileMatrixSetItemView>,
}

/// One tile matrix set in the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TileMatrixSetItem)]
pub struct TileMatrixSetItemView {
    /// Name in addresses.
    id: &'static str,
    /// Title, in the language of the answer.
    title: String,
    /// Address in OGC's register, or on this server.
    uri: String,
    /// System of its coordinates.
    crs: String,
    /// Its definition.
    links: Vec<Link>,
}

/// A tile matrix set.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileMatrixSet)]
pub struct TileMatrixSetView {
    /// Name in addresses.
    id: &'static str,
    /// Title, in the language of the answer.
    title: String,
    /// Address in OGC's register, or on this server.
    uri: String,
    /// System of its coordinates.
    crs: String,
    /// Names of its axes, in their order.
    ordered_axes: [&'static str; 2],
    /// Scales that other sets have too.
    #[serde(skip_serializing_if = "Option::is_none")]
    well_known_scale_set: Option<&'static str>,
    /// The matrices, from coarse to fine.
    tile_matrices: Vec<TileMatrixView>,
}

/// The tiles of one scale.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TileMatrix)]
pub struct TileMatrixView {
    /// Name: a number from 0, zoom in WebMercatorQuad.
    id: String,
    /// Denominator of the scale.
    scale_denominator: f64,
    /// Size of a pixel in metres of the system.
    cell_size: f64,
    /// Always `topLeft`.
    corner_of_origin: &'static str,
    /// Where the first tile begins.
    point_of_origin: [f64; 2],
    /// Pixels a row.
    tile_width: u32,
    /// Pixels a column.
    tile_height: u32,
    /// Tiles a row.
    matrix_width: u32,
    /// Tiles a column.
    matrix_height: u32,
}

impl TileMatrixView {
    /// Of a square with a north-western corner and a side in metres, cut in two at each matrix.
    fn of(matrix: u8, corner: [f64; 2], side_m: f64) -> Self {
        let tiles = 1_u32 << matrix;
        let cell_size = side_m / f64::from(TILE_PIXELS) / f64::from(tiles);
        Self {
            id: matrix.to_string(),
            scale_denominator: cell_size / PIXEL_M,
            cell_size,
            corner_of_origin: "topLeft",
            point_of_origin: corner,
            tile_width: TILE_PIXELS,
            tile_height: TILE_PIXELS,
            matrix_width: tiles,
            matrix_height: tiles,
        }
    }
}

/// What a tile matrix set is called.
#[derive(Debug)]
pub struct Named {
    /// Its address in OGC's register, or on this server.
    pub uri: String,
    /// The system of its coordinates.
    pub crs: String,
}

impl Named {
    /// Of one of the sets, in the city of these systems.
    pub fn of(set: TileMatrixSet, transforms: &Transforms, base: &PublicAddress) -> Self {
        let (uri, Epsg(code)) = match set {
            TileMatrixSet::WebMercatorQuad => (WEB_MERCATOR_QUAD_URI.to_owned(), WEB_MERCATOR),
            TileMatrixSet::Vn2000 => (base.to(&path(set)), transforms.city_grid().epsg()),
        };
        let crs = format!("http://www.opengis.net/def/crs/EPSG/0/{code}");
        Self { uri, crs }
    }
}

/// The set of a name in a path.
///
/// # Errors
/// `collection_not_found` for any that is not offered.
pub fn offered(name: &str) -> Result<TileMatrixSet, Problem> {
    TileMatrixSet::from_id(name).ok_or_else(|| {
        let value = name.chars().take(80).collect();
        let names = TileMatrixSet::ALL.map(TileMatrixSet::id).join(", ");
        let arguments = vec![("value", value)];
        Problem::new(Kind::CollectionNotFound, "matrix_set_unknown", arguments)
            .at("tileMatrixSetId")
            .expecting("choice", vec![("names", names)])
    })
}

/// How the world is cut into tiles: the tile matrix sets in which tiles are offered.
#[utoipa::path(
    get, path = "/tileMatrixSets", tag = "tiles",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$", description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The sets",
            content((TileMatrixSetsView = "application/json"), (String = "text/html"))),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_matrix_sets(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(&request)?;
    let language = asked.language;
    let base = PublicAddress::of(&request, &shared);
    let transforms = &shared.app.reference().city.transforms;
    let item = |set: TileMatrixSet| {
        let Named { uri, crs } = Named::of(set, transforms, &base);
        TileMatrixSetItemView {
            id: set.id(),
            title: title(set, language),
            uri,
            crs,
            links: vec![Link {
                href: base.to(&path(set)),
                rel: "self",
                kind: JSON,
                title: title(set, language),
            }],
        }
    };
    let view = TileMatrixSetsView {
        tile_matrix_sets: TileMatrixSet::ALL.map(item).into(),
    };
    let name = language.text("link", "tiling_scheme", &[]);
    Ok(asked.answer(&base, name, tile_sheets::matrix_sets, &view))
}

/// One tile matrix set (OGC 17-083r4, clause 7.1).
#[utoipa::path(
    get, path = "/tileMatrixSets/{tileMatrixSetId}", tag = "tiles",
    params(
        ("tileMatrixSetId" = String, Path, pattern = "^(WebMercatorQuad|VN2000TM3Quad)$", description = "Name of the set"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$", description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The set",
            content((TileMatrixSetView = "application/json"), (String = "text/html"))),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such set", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_matrix_set(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let set = offered(&name)?;
    let asked = Asked::of(&request)?;
    let transforms = &shared.app.reference().city.transforms;
    let base = PublicAddress::of(&request, &shared);
    let Named { uri, crs } = Named::of(set, transforms, &base);
    let (corner, side_m) = match set {
        TileMatrixSet::WebMercatorQuad => ([-HALF_WORLD_M, HALF_WORLD_M], 2.0 * HALF_WORLD_M),
        TileMatrixSet::Vn2000 => {
            let (east, north) = transforms.city_grid().corner_m();
            ([east, north], f64::from(1 << SIDE_BITS) / 1000.0)
        }
    };
    let matrices = 0..=set.finest();
    let name = title(set, asked.language);
    let view = TileMatrixSetView {
        id: set.id(),
        title: name.clone(),
        uri,
        crs,
        ordered_axes: match set {
            TileMatrixSet::WebMercatorQuad => ["X", "Y"],
            TileMatrixSet::Vn2000 => ["E", "N"],
        },
        well_known_scale_set: (set == TileMatrixSet::WebMercatorQuad)
            .then_some(GOOGLE_MAPS_COMPATIBLE),
        tile_matrices: matrices
            .map(|matrix| TileMatrixView::of(matrix, corner, side_m))
            .collect(),
    };
    Ok(asked.answer(&base, name, tile_sheets::matrix_set, &view))
}

fn path(set: TileMatrixSet) -> String {
    format!("/tileMatrixSets/{}", set.id())
}

/// In which language and form.
struct Asked<'a> {
    request: &'a HttpRequest,
    language: Language,
    form: Form,
}

impl<'a> Asked<'a> {
    fn of(request: &'a HttpRequest) -> Result<Self, Problem> {
        let query = Query::of(request, &["lang", "f"])?;
        Ok(Self {
            request,
            form: Form::of(request, query.text("f"))?,
            language: query.language(request)?,
        })
    }

    fn answer(
        self,
        base: &PublicAddress,
        title: String,
        write: fn(&Sheet<'_>, &Value) -> String,
        view: &impl Serialize,
    ) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        if self.form == Form::Json {
            return response.insert_header((VARY, BY_FORM)).json(view);
        }
        let people = ForPeople {
            request: self.request,
            base,
            language: self.language,
            title,
            view: None,
            write,
        };
        people.answer(&mut response, &serde_json::json!(view))
    }
}

fn title(set: TileMatrixSet, language: Language) -> String {
    let named = match set {
        TileMatrixSet::WebMercatorQuad => "web_mercator_quad",
        TileMatrixSet::Vn2000 => "vn2000",
    };
    language.text("tileset", named, &[])
}
