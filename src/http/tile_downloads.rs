//! `GET /tiles/{layer}/downloads`: the map, or a layer of it, as one file of tiles.

use actix_web::{HttpRequest, HttpResponse, web};

use super::features::links::JSON;
use super::made_files::{DownloadView, DownloadsView, Folder, named, refuse_unoffered};
use super::problem::{Problem, ProblemView};
use super::server::Shared;
use super::tiles::set;
use crate::app::download_tiles::zooms_of_archive;
use crate::app::downloads::Download;
use crate::tile::TileSet;

/// The archives of a set: one, or none for a set that is drawn only beyond their zooms.
fn all_of(set: TileSet) -> impl Iterator<Item = Download> {
    zooms_of_archive(set)
        .map(|_| Download::Tiles(set))
        .into_iter()
}

fn offered(name: &str, shared: &Shared) -> Result<(TileSet, String), Problem> {
    let set = set(name)?;
    refuse_unoffered(shared)?;
    Ok((set, format!("/tiles/{}/downloads", set.name())))
}

/// The pages above the file.
fn above() -> [(String, [&'static str; 2]); 1] {
    [("/collections".to_owned(), ["link", "data"])]
}

/// The file in which the tiles of today can be had as a whole: PMTiles version 3 with the tiles of
/// zoom 0 to 16 as `/tiles/{layer}/{z}/{x}/{y}` sends them. Of `labels`, which begin beyond, there
/// is none.
#[utoipa::path(
    get, path = "/tiles/{layer}/downloads", tag = "tiles",
    params(
        ("layer" = String, Path, pattern = "^(city|zones|restrictions|blocks|parcels|roads|wards|labels)$",
            description = "`city` or the name of a layer"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The file and how it is",
            content((DownloadsView = "application/json"), (String = "text/html"))),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such layer, or no files are offered", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_tile_downloads(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let (set, path) = offered(&name, &shared)?;
    let tile_json = format!("/tiles/{}.json", set.name());
    let folder = Folder {
        request: &request,
        shared: &shared,
        path: &path,
        described: (&tile_json, JSON, "tile_json"),
        above: &above(),
    };
    folder.list(all_of(set))
}

/// Tiles of the map as one file, for `pmtiles` and whoever reads it. Where none was made since what
/// it draws became another, or the day, it is made in the background; the answer is 202 with how far
/// that is (`written` of `of` tiles, or how many files are made before it), and is to be asked for
/// again after `Retry-After`. For an hour after a file was made it is sent meanwhile, as the state of
/// the register that its name in `Content-Disposition` says. `Range` is kept.
#[utoipa::path(
    get, path = "/tiles/{layer}/downloads/{file}", tag = "tiles",
    params(
        ("layer" = String, Path, pattern = "^(city|zones|restrictions|blocks|parcels|roads|wards|labels)$",
            description = "`city` or the name of a layer"),
        ("file" = String, Path,
            pattern = r"^(city|zones|restrictions|blocks|parcels|roads|wards)\.pmtiles$",
            description = "File, as `downloads` names it"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of what is told while the file is being made; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The file", body = String, content_type = "application/vnd.pmtiles"),
        (status = 202, description = "The file is being made",
            content((DownloadView = "application/json"), (String = "text/html"))),
        (status = 206, description = "A part of the file"),
        (status = 304, description = "The client has this file already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such layer or file", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 412, description = "The file is not the one the client wants a part of",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 416, description = "The file has no such part", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded, or the file could not be made",
            body = ProblemView, content_type = "application/problem+json"),
    )
)]
pub async fn get_tile_download(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let (name, file) = path.into_inner();
    let (set, path) = offered(&name, &shared)?;
    let download = named(all_of(set), &file)?;
    let tile_json = format!("/tiles/{}.json", set.name());
    let folder = Folder {
        request: &request,
        shared: &shared,
        path: &path,
        described: (&tile_json, JSON, "tile_json"),
        above: &above(),
    };
    folder.answer(download).await
}
