//! `GET /tiles/{layer}.json`: where tiles are and what they hold, as TileJSON 3.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};

use super::conditional::Tag;
use super::features::links::PublicAddress;
use super::pinned::{PIN, pin_of};
use super::problem::{Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use super::tiles::set;
use crate::tile::TileLayer;

/// TileJSON 3.0.0.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
#[schema(as = TileJson)]
pub struct TileJsonView {
    /// Always `3.0.0`.
    tilejson: &'static str,
    /// Name of the set of layers.
    name: &'static str,
    /// One address with `{z}`, `{x}` and `{y}`.
    tiles: Vec<String>,
    /// The same pinned to this state of the register and this day: what they answer never changes
    /// and may be kept. When the register has come to another state they answer `state_gone`, and
    /// this document has others.
    pinned: Vec<String>,
    /// Always `xyz`: rows are counted from the north.
    scheme: &'static str,
    /// First zoom at which a layer is drawn.
    minzoom: u8,
    /// Last zoom for which there are tiles.
    maxzoom: u8,
    /// Degrees west, south, east and north around all that it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    bounds: Option<[f64; 4]>,
    /// The layers in a tile.
    vector_layers: Vec<VectorLayerView>,
    /// Whose what is drawn is, where it is not the register's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<&'static str>,
    /// Whether the register holds made-up data, as that of the demo city.
    synthetic: bool,
    /// Revision of the register that answered.
    revision: u64,
}

/// One layer in a tile.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
#[schema(as = VectorLayer)]
pub struct VectorLayerView {
    /// Name of the layer in a tile.
    id: &'static str,
    /// What it shows, and what it leaves out at low zooms.
    description: &'static str,
    /// Attributes and what they say.
    fields: BTreeMap<&'static str, &'static str>,
    /// First zoom at which it is drawn.
    minzoom: u8,
    /// Last zoom at which it is drawn.
    maxzoom: u8,
    /// Whether its shapes have fewer vertices at low zooms than in the register.
    generalised: bool,
}

impl VectorLayerView {
    fn of(layer: &TileLayer) -> Self {
        let (minzoom, maxzoom) = layer.zooms();
        let fields = layer.fields().iter();
        Self {
            id: layer.name(),
            description: layer.description(),
            fields: fields.map(|field| (field.name, field.meaning)).collect(),
            minzoom,
            maxzoom,
            generalised: layer.is_generalised(),
        }
    }
}

/// Where the tiles of the map or of one layer are and what they hold, as TileJSON 3.
#[utoipa::path(
    get, path = "/tiles/{layer}.json", tag = "tiles",
    params(
        ("layer" = String, Path, pattern = "^(city|zones|restrictions|blocks|parcels|roads|wards|labels)$",
            description = "`city` or the name of a layer"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to draw, YYYY-MM-DD; the addresses ask for it too"),
    ),
    responses(
        (status = 200, description = "The document", body = TileJsonView),
        (status = 304, description = "The client has this document already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such layer", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_tile_json(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let set = set(&name)?;
    let query = Query::of(&request, &["date"])?;
    let asked = query.date()?;
    let view = shared.app.view(asked)?;
    let tag = Tag::without_language(&request, view.revision(), view.date());
    if tag.is_known_to(&request) {
        return Ok(tag.put_alone(&mut HttpResponse::NotModified()).finish());
    }
    let base = PublicAddress::of(&request, &shared);
    let date = asked.map_or(String::new(), |date| format!("?date={date}"));
    let address = |query: &str| base.to(&format!("/tiles/{}/{{z}}/{{x}}/{{y}}{query}", set.name()));
    let (minzoom, maxzoom) = set.zooms();
    let body = TileJsonView {
        tilejson: "3.0.0",
        name: set.name(),
        tiles: vec![address(&date)],
        pinned: vec![address(&format!("?{PIN}={}", pin_of(&view)))],
        scheme: "xyz",
        minzoom,
        maxzoom,
        bounds: view.tiled(set)?,
        vector_layers: set.layers().iter().map(VectorLayerView::of).collect(),
        attribution: set.attribution(),
        synthetic: view.is_synthetic(),
        revision: view.revision().0,
    };
    Ok(tag.put_alone(&mut HttpResponse::Ok()).json(body))
}
