//! `GET /collections/{collectionId}/downloads`: whole collections as files.

use actix_web::{HttpRequest, HttpResponse, web};

use super::collections::collection;
use super::links::SCHEMA_JSON;
use crate::app::downloads::Download;
use crate::exchange::export::{Collection as Written, ExportFormat};
use crate::exchange::profile::Target;
use crate::http::made_files::{
    DownloadView, DownloadsView, Folder, file_name, named, refuse_unoffered,
};
use crate::http::problem::{Problem, ProblemView};
use crate::http::server::Shared;
use crate::land::items::Collection;

/// What the files of a collection hold: the features that are its items.
const fn content(collection: Collection) -> Written {
    match collection {
        Collection::Parcels => Written::Of(Target::Parcels),
        Collection::Wards => Written::Wards,
        Collection::Zones => Written::Of(Target::Zones),
        Collection::Roads => Written::Of(Target::Roads),
        Collection::Restrictions => Written::AllRestrictions,
    }
}

fn all_of(collection: Collection) -> impl Iterator<Item = Download> {
    let content = content(collection);
    let formats = ExportFormat::ALL.into_iter();
    formats.map(move |format| Download::Collection(content, format))
}

/// The names of the files of a collection.
pub fn names(collection: Collection) -> Vec<String> {
    all_of(collection).map(file_name).collect()
}

fn offered(name: &str, shared: &Shared) -> Result<(Collection, String), Problem> {
    let collection = collection(name)?;
    refuse_unoffered(shared)?;
    Ok((
        collection,
        format!("/collections/{}/downloads", collection.name()),
    ))
}

/// The pages above the files of a collection.
fn above(collection: Collection) -> [(String, [&'static str; 2]); 2] {
    let name = collection.name();
    [
        ("/collections".to_owned(), ["link", "data"]),
        (format!("/collections/{name}"), ["collection", name]),
    ]
}

/// The files in which a collection can be had as a whole: its items of today, in GeoPackage,
/// FlatGeobuf, GeoParquet, GeoJSON (longitude and latitude) and CSV (WKT in metres of the feature's
/// own plane), each with the key that it has as an item: as column `id`, in GeoJSON as the feature's
/// id. Fields have the names of the items' properties, paths such as `asMap.sheet` where items have
/// objects, and are objects in GeoJSON; what items have as a list (`landUse`, `provisions`) is one
/// text. `legendEn` is `legend` in English, `key` the key of the source. The link `describedby` leads
/// to the schema.
#[utoipa::path(
    get, path = "/collections/{collectionId}/downloads", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of the answer; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The files and how each is",
            content((DownloadsView = "application/json"), (String = "text/html"))),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such collection, or no files are offered", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_downloads(
    request: HttpRequest,
    name: web::Path<String>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let (collection, path) = offered(&name, &shared)?;
    let schema = format!("/collections/{}/schema", collection.name());
    let folder = Folder {
        request: &request,
        shared: &shared,
        path: &path,
        described: (&schema, SCHEMA_JSON, "schema"),
        above: &above(collection),
    };
    folder.list(all_of(collection))
}

/// A collection as a file. Where none was made since the collection became another, or the day, it
/// is made in the background; the answer is 202 with how far that is (`written` of `of` features, or
/// how many files are made before it), and is to be asked for again after `Retry-After`. For an hour
/// after a file was made it is sent meanwhile, as the state of the register that its name in
/// `Content-Disposition` says; `downloads` lists how the newer one is.
/// `Range` is kept.
#[utoipa::path(
    get, path = "/collections/{collectionId}/downloads/{file}", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("file" = String, Path,
            pattern = r"^(parcels|wards|zones|roads|restrictions)\.(gpkg|fgb|parquet|geojson|csv)$",
            description = "File, as `downloads` names it"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|html)$",
            description = "Form of what is told while the file is being made; by `Accept` when absent"),
    ),
    responses(
        (status = 200, description = "The file",
            content(
                (String = "application/geopackage+sqlite3"),
                (String = "application/flatgeobuf"),
                (String = "application/vnd.apache.parquet"),
                (Object = "application/geo+json"),
                (String = "text/csv"),
            )),
        (status = 202, description = "The file is being made",
            content((DownloadView = "application/json"), (String = "text/html"))),
        (status = 206, description = "A part of the file"),
        (status = 304, description = "The client has this file already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such collection or file", body = ProblemView,
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
pub async fn get_download(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let (name, file) = path.into_inner();
    let (collection, path) = offered(&name, &shared)?;
    let download = named(all_of(collection), &file)?;
    let schema = format!("/collections/{}/schema", collection.name());
    let folder = Folder {
        request: &request,
        shared: &shared,
        path: &path,
        described: (&schema, SCHEMA_JSON, "schema"),
        above: &above(collection),
    };
    folder.answer(download).await
}
