//! `GET /tiles/{layer}/{z}/{x}/{y}`: one tile.

use actix_web::http::header::{
    AcceptEncoding, CONTENT_ENCODING, CONTENT_TYPE, ContentEncoding, Encoding, Header, HeaderValue,
    LINK,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};

use super::conditional::Tag;
use super::features::links::PublicAddress;
use super::known_at::refuse_unheld;
use super::pinned::{self, PIN};
use super::problem::{Kind, Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use crate::app::View;
use crate::cadastre::Day;
use crate::tile::{Coding, TileCoord, TileMatrixSet, TileSet};

const MVT: HeaderValue = HeaderValue::from_static("application/vnd.mapbox-vector-tile");

/// The bytes of a tile, as the interface's description names them.
pub struct TileBytes;

impl utoipa::PartialSchema for TileBytes {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .description(Some("Mapbox Vector Tile 2.1"))
            .into()
    }
}

impl utoipa::ToSchema for TileBytes {}

/// The set of layers in a path.
pub(super) fn set(name: &str) -> Result<TileSet, Problem> {
    TileSet::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = TileSet::ALL.iter().map(|set| set.name()).collect();
        let value = name.chars().take(80).collect();
        Problem::new(
            Kind::CollectionNotFound,
            "layer_unknown",
            vec![("value", value)],
        )
        .at("layer")
        .expecting("choice", vec![("names", names.join(", "))])
    })
}

/// Zoom, column and row in a path, each with the name of its parameter.
pub(super) type Place<'a> = ([&'static str; 3], [&'a str; 3]);

/// The tile in a path, of a tile matrix set, at a matrix at which the set is drawn.
fn tile(set: TileSet, of: TileMatrixSet, (names, parts): Place<'_>) -> Result<TileCoord, Problem> {
    let mut numbers = [0; 3];
    for ((number, name), text) in numbers.iter_mut().zip(names).zip(parts) {
        // A tile has one address.
        let shortest = text == "0" || !text.starts_with('0');
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) && shortest;
        if !plain {
            return Err(Problem::parameter(
                name,
                "not_a_tile_number",
                text,
                "tile_number",
            ));
        }
        // More digits than fit are a tile that is not there.
        *number = text.parse().unwrap_or(u64::MAX);
    }
    let [z, x, y] = numbers;
    let (first, last) = set.matrices(of);
    let there = TileCoord::on(of, z, x, y)
        .ok()
        .filter(|tile| set.is_drawn_at(*tile));
    there.ok_or_else(|| {
        let arguments = vec![("tile", format!("{z}/{x}/{y}"))];
        let zooms = vec![("first", first.to_string()), ("last", last.to_string())];
        Problem::new(Kind::TileOutOfRange, "tile_out_of_range", arguments).expecting("tile", zooms)
    })
}

/// A tile of WebMercatorQuad, as Mapbox Vector Tile 2.1 with 4096 units a side: the whole map
/// (`city`) or one layer of it.
///
/// Ids of features are keys of the register, the same in every tile and, for parcels, in
/// `/v1/parcels/{id}`; blocks have none. Coordinates are for drawing, never for measuring. Layers
/// other than parcels are generalised; shapes that share a boundary lose the same vertices, and a
/// feature says `generalised` where a finer zoom shows more of it. A tile on which there is nothing
/// answers 204. The ETag is that of the tile's content: an edit elsewhere
/// leaves it as it is.
#[utoipa::path(
    get, path = "/tiles/{layer}/{z}/{x}/{y}", tag = "tiles",
    params(
        ("layer" = String, Path, pattern = "^(city|zones|restrictions|blocks|parcels|roads|wards|labels)$",
            description = "`city` or the name of a layer"),
        ("z" = u8, Path, minimum = 0, maximum = 20, description = "Zoom"),
        ("x" = u32, Path, minimum = 0, description = "Column, from the west"),
        ("y" = u32, Path, minimum = 0, description = "Row, from the north"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to draw, YYYY-MM-DD; today in Vietnam when absent"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment. Answered from the newest \
                recording on; for earlier moments refused"),
        ("pin" = Option<String>, Query,
            description = "State of the register and day, as `pinned` of TileJSON has it, in the \
                place of a day. The answer never changes and may be kept (`immutable`)"),
    ),
    responses(
        (status = 200, description = "The tile", body = TileBytes,
            content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "The layer has nothing on this tile"),
        (status = 304, description = "The client has this tile already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such layer, or no such tile of it", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 410, description = "The register is no longer in the state that `pin` names",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_tile(
    request: HttpRequest,
    path: web::Path<(String, String, String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let (name, z, x, y) = path.into_inner();
    let place = (["z", "x", "y"], [z.as_str(), &x, &y]);
    let asked = (name.as_str(), TileMatrixSet::WebMercatorQuad);
    let manner = Manner {
        parameters: &["date", "known_at", PIN],
        day: |query| query.date(),
        empty: |_, _, _| Ok(()),
    };
    answer(&request, &shared, asked, place, manner).await
}

/// The same tile, with the same ETag, under a name that ends as GDAL's driver for Mapbox Vector Tile
/// asks for it; the address without ending is the canonical one (`Link`).
#[utoipa::path(
    get, path = "/tiles/{layer}/{z}/{x}/{y}.pbf", tag = "tiles",
    params(
        ("layer" = String, Path, pattern = "^(city|zones|restrictions|blocks|parcels|roads|wards|labels)$",
            description = "`city` or the name of a layer"),
        ("z" = u8, Path, minimum = 0, maximum = 20, description = "Zoom"),
        ("x" = u32, Path, minimum = 0, description = "Column, from the west"),
        ("y" = u32, Path, minimum = 0, description = "Row, from the north"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to draw, YYYY-MM-DD; today in Vietnam when absent"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment. Answered from the newest \
                recording on; for earlier moments refused"),
        ("pin" = Option<String>, Query,
            description = "State of the register and day, as `pinned` of TileJSON has it, in the \
                place of a day. The answer never changes and may be kept (`immutable`)"),
    ),
    responses(
        (status = 200, description = "The tile", body = TileBytes,
            content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "The layer has nothing on this tile"),
        (status = 304, description = "The client has this tile already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such layer, or no such tile of it", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 410, description = "The register is no longer in the state that `pin` names",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_tile_pbf(
    request: HttpRequest,
    path: web::Path<(String, String, String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    get_tile_with(&request, path, shared, ".pbf").await
}

/// The same tile, with the same ETag, under a name that ends as files of Mapbox Vector Tile do; the
/// address without ending is the canonical one (`Link`).
#[utoipa::path(
    get, path = "/tiles/{layer}/{z}/{x}/{y}.mvt", tag = "tiles",
    params(
        ("layer" = String, Path, pattern = "^(city|zones|restrictions|blocks|parcels|roads|wards|labels)$",
            description = "`city` or the name of a layer"),
        ("z" = u8, Path, minimum = 0, maximum = 20, description = "Zoom"),
        ("x" = u32, Path, minimum = 0, description = "Column, from the west"),
        ("y" = u32, Path, minimum = 0, description = "Row, from the north"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to draw, YYYY-MM-DD; today in Vietnam when absent"),
        ("known_at" = Option<String>, Query, format = DateTime,
            description = "Only what the register knew at this moment. Answered from the newest \
                recording on; for earlier moments refused"),
        ("pin" = Option<String>, Query,
            description = "State of the register and day, as `pinned` of TileJSON has it, in the \
                place of a day. The answer never changes and may be kept (`immutable`)"),
    ),
    responses(
        (status = 200, description = "The tile", body = TileBytes,
            content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "The layer has nothing on this tile"),
        (status = 304, description = "The client has this tile already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such layer, or no such tile of it", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 410, description = "The register is no longer in the state that `pin` names",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_tile_mvt(
    request: HttpRequest,
    path: web::Path<(String, String, String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    get_tile_with(&request, path, shared, ".mvt").await
}

/// The tile under a name with an ending.
async fn get_tile_with(
    request: &HttpRequest,
    path: web::Path<(String, String, String, String)>,
    shared: web::Data<Shared>,
    ending: &str,
) -> Result<HttpResponse, Problem> {
    let mut response = get_tile(request.clone(), path, shared.clone()).await?;
    let path = request.path().trim_end_matches(ending);
    let canonical = PublicAddress::of(request, &shared).to(path);
    if let Ok(link) = HeaderValue::from_str(&format!("<{canonical}>; rel=\"canonical\"")) {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

/// What differs between the addresses under which tiles are asked for.
pub(super) struct Manner {
    /// The parameters that the query may have.
    pub parameters: &'static [&'static str],
    /// Reads from the query which day is to be drawn.
    pub day: fn(&Query) -> Result<Option<Day>, Problem>,
    /// May refuse a tile on which there is nothing.
    pub empty: Empty,
}

/// May refuse a tile on which there is nothing.
type Empty = fn(&View, TileSet, TileCoord) -> Result<(), Problem>;

/// A tile of the layers of a name in a tile matrix set, or why it is not sent.
pub(super) async fn answer(
    request: &HttpRequest,
    shared: &Shared,
    (name, of): (&str, TileMatrixSet),
    place: Place<'_>,
    manner: Manner,
) -> Result<HttpResponse, Problem> {
    let set = set(name)?;
    let tile = tile(set, of, place)?;
    let query = Query::of(request, manner.parameters)?;
    let view = pinned::view(&query, shared, (manner.day)(&query)?)?;
    refuse_unheld(&query, shared, &view)?;
    let asked = (set, tile, manner.empty);
    Ok(pinned::keep(sent(request, view, asked).await?, &query))
}

/// A tile of a view, or that the client has it.
async fn sent(
    request: &HttpRequest,
    view: View,
    (set, tile, empty): (TileSet, TileCoord, Empty),
) -> Result<HttpResponse, Problem> {
    let known = view.known_tile_tag(set, tile);
    if let Some(tag) = known.map(Tag::of_content)
        && tag.is_known_to(request)
    {
        return Ok(tag.put_alone(&mut HttpResponse::NotModified()).finish());
    }
    let (coding, name) = coding(request);
    let (view, found) = match known.and_then(|tag| view.cached_tile(set, tile, tag, coding)) {
        Some(found) => (view, found),
        None => web::block(move || {
            let found = view.tile(set, tile, coding);
            (view, found)
        })
        .await
        .map_err(|error| crate::app::Error::internal("cannot render a tile", error))?,
    };
    let tag = Tag::of_content(found.tag);
    if tag.is_known_to(request) {
        return Ok(tag.put_alone(&mut HttpResponse::NotModified()).finish());
    }
    if found.bytes.is_empty() {
        empty(&view, set, tile)?;
        return Ok(tag.put_alone(&mut HttpResponse::NoContent()).finish());
    }
    let mut response = HttpResponse::Ok();
    tag.put_alone(&mut response)
        .insert_header((CONTENT_TYPE, MVT));
    if let Some(name) = name {
        response.insert_header((CONTENT_ENCODING, name));
    }
    Ok(response.body(Bytes::from_owner(found.bytes)))
}

/// The coding that the client likes best of those a tile is kept in.
fn coding(request: &HttpRequest) -> (Coding, Option<HeaderValue>) {
    let offered = [
        Encoding::zstd(),
        Encoding::brotli(),
        Encoding::gzip(),
        Encoding::identity(),
    ];
    let liked = AcceptEncoding::parse(request).ok();
    let liked = liked.and_then(|accepted| accepted.negotiate(offered.iter()));
    let name = |name| Some(HeaderValue::from_static(name));
    match liked {
        Some(Encoding::Known(ContentEncoding::Zstd)) => (Coding::Zstd, name("zstd")),
        Some(Encoding::Known(ContentEncoding::Brotli)) => (Coding::Brotli, name("br")),
        Some(Encoding::Known(ContentEncoding::Gzip)) => (Coding::Gzip, name("gzip")),
        _ => (Coding::Identity, None),
    }
}
