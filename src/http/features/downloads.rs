//! `GET /collections/{collectionId}/downloads`: whole collections as files.

use actix_files::NamedFile;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, HeaderValue, LOCATION, RETRY_AFTER,
};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::collections::collection;
use super::links::PublicAddress;
use crate::app::downloads::{Download, DownloadState};
use crate::exchange::export::{Collection as Written, ExportFormat};
use crate::exchange::profile::Target;
use crate::http::problem::{Kind, Problem, ProblemView};
use crate::http::query::Query;
use crate::http::server::Shared;
use crate::land::items::Collection;

/// How long a client waits before it asks again for a file that is being made, in seconds.
const WAIT_S: &str = "2";
/// How long it waits after a file could not be made, in seconds.
const PAUSE_S: u64 = 30;

/// The files in which a collection can be had as a whole.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Downloads)]
pub struct DownloadsView {
    /// State of the register that they show.
    revision: u64,
    /// Day for which they hold, in Vietnam.
    date: String,
    /// The files.
    downloads: Vec<DownloadView>,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Download)]
pub struct DownloadView {
    /// Address.
    href: String,
    /// Media type.
    #[serde(rename = "type")]
    kind: &'static str,
    /// How it is. Whoever asks for a file that is not made begins its making.
    #[schema(schema_with = states)]
    state: &'static str,
    /// Its size, when it is ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    /// Features written so far, while it is being made.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<u64>,
    /// How many features there will be.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<u64>,
}

fn states() -> utoipa::openapi::schema::Object {
    let states = ["ready", "making", "notMade", "failed"];
    utoipa::openapi::schema::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .enum_values(Some(states))
        .build()
}

/// Media types of the formats.
const fn kind(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::GeoPackage => "application/geopackage+sqlite3",
        ExportFormat::GeoJson => "application/geo+json",
        ExportFormat::FlatGeobuf => "application/flatgeobuf",
        ExportFormat::GeoParquet => "application/vnd.apache.parquet",
        ExportFormat::Csv => "text/csv",
    }
}

/// What the files of a collection hold: restrictions have two, since corridors say other things.
const fn contents(collection: Collection) -> &'static [Written] {
    match collection {
        Collection::Parcels => &[Written::Of(Target::Parcels)],
        Collection::Wards => &[Written::Wards],
        Collection::Zones => &[Written::Of(Target::Zones)],
        Collection::Roads => &[Written::Of(Target::Roads)],
        Collection::Restrictions => &[
            Written::Of(Target::Restrictions),
            Written::Of(Target::Corridors),
        ],
    }
}

fn all_of(collection: Collection) -> impl Iterator<Item = Download> {
    let contents = contents(collection).iter();
    contents.flat_map(|content| ExportFormat::ALL.map(|format| (*content, format)))
}

fn file_name((content, format): Download) -> String {
    format!("{}.{}", content.as_str(), format.extension())
}

/// The names of the files of a collection.
pub fn names(collection: Collection) -> Vec<String> {
    all_of(collection).map(file_name).collect()
}

fn view_of(
    base: &PublicAddress,
    collection: Collection,
    download: Download,
    state: &DownloadState,
) -> DownloadView {
    let path = format!("/collections/{}/downloads/", collection.name());
    let (mut bytes, mut progress) = (None, None);
    let name = match state {
        DownloadState::Ready { bytes: size, .. } => {
            bytes = Some(*size);
            "ready"
        }
        DownloadState::Making { written, of } => {
            progress = Some((*written, *of));
            "making"
        }
        DownloadState::NotMade => "notMade",
        DownloadState::Failed => "failed",
    };
    DownloadView {
        href: base.to(&format!("{path}{}", file_name(download))),
        kind: kind(download.1),
        state: name,
        bytes,
        written: progress.map(|(written, _)| written),
        of: progress.map(|(_, of)| of),
    }
}

fn offered(name: &str, shared: &Shared) -> Result<Collection, Problem> {
    let collection = collection(name)?;
    if shared.app.offers_downloads() {
        Ok(collection)
    } else {
        Err(Problem::new(Kind::PathNotFound, "no_downloads", Vec::new()))
    }
}

/// The files in which a collection can be had as a whole: what holds today, in GeoPackage,
/// FlatGeobuf, GeoParquet, GeoJSON (longitude and latitude) and CSV (WKT in metres of the feature's
/// own plane).
#[utoipa::path(
    get, path = "/collections/{collectionId}/downloads", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
    ),
    responses(
        (status = 200, description = "The files and how each is", body = DownloadsView),
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
    let collection = offered(&name, &shared)?;
    Query::of(&request, &[])?;
    let base = PublicAddress::of(&request, &shared);
    let view = shared.app.view(None)?;
    let states = all_of(collection).map(|download| {
        let state = shared.app.download_state(download)?;
        Ok(view_of(&base, collection, download, &state))
    });
    let document = DownloadsView {
        revision: view.revision().0,
        date: view.date().to_string(),
        downloads: states.collect::<Result<_, crate::app::Error>>()?,
    };
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .json(document))
}

/// A collection as a file. Where nobody has asked for it since the register became another, it is
/// made in the background and the answer is 202 with how far that is (`written` of `of` features); ask again after `Retry-After`.
/// `Range` is kept.
#[utoipa::path(
    get, path = "/collections/{collectionId}/downloads/{file}", tag = "features",
    params(
        ("collectionId" = String, Path, pattern = "^(parcels|wards|zones|roads|restrictions)$", description = "Collection"),
        ("file" = String, Path,
            pattern = r"^(parcels|wards|zones|roads|restrictions|corridors)\.(gpkg|fgb|parquet|geojson|csv)$",
            description = "File, as `downloads` names it"),
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
        (status = 202, description = "The file is being made", body = DownloadView),
        (status = 206, description = "A part of the file"),
        (status = 304, description = "The client has this file already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 404, description = "No such collection or file", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 412, description = "The file is not the one the client wants a part of"),
        (status = 416, description = "The file has no such part"),
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
    let collection = offered(&name, &shared)?;
    Query::of(&request, &[])?;
    let found = all_of(collection).find(|download| file_name(*download) == file);
    let download = found.ok_or_else(|| unknown(collection, &file))?;
    let app = std::sync::Arc::clone(&shared.app);
    let state = web::block(move || app.download(download)).await;
    let state = state.map_err(|error| crate::app::Error::internal("cannot begin a download", error))??;
    match &state {
        DownloadState::Ready { path, .. } => sent(&request, path, download).await,
        DownloadState::Failed => {
            let problem = Problem::new(Kind::StoreUnavailable, "download_failed", Vec::new());
            Err(problem.retry_after(PAUSE_S))
        }
        DownloadState::Making { .. } | DownloadState::NotMade => {
            let base = PublicAddress::of(&request, &shared);
            let view = view_of(&base, collection, download, &state);
            Ok(HttpResponse::Accepted()
                .insert_header((RETRY_AFTER, WAIT_S))
                // A browser asks again by itself, until it gets the file.
                .insert_header(("refresh", WAIT_S))
                .insert_header((CACHE_CONTROL, "no-store"))
                .insert_header((LOCATION, view.href.clone()))
                .json(view))
        }
    }
}

fn unknown(collection: Collection, file: &str) -> Problem {
    let names = names(collection);
    let shown = file.chars().take(80).collect();
    Problem::new(
        Kind::PathNotFound,
        "download_unknown",
        vec![("value", shown)],
    )
    .at("file")
    .expecting("choice", vec![("names", names.join(", "))])
}

async fn sent(
    request: &HttpRequest,
    path: &std::path::Path,
    download: Download,
) -> Result<HttpResponse, Problem> {
    let failed = |error| crate::app::Error::internal("cannot read a download", error);
    let file = NamedFile::open_async(path).await.map_err(failed)?;
    let mut response = file.disable_content_disposition().into_response(request);
    let headers = response.headers_mut();
    let media = HeaderValue::from_static(kind(download.1));
    headers.insert(actix_web::http::header::CONTENT_TYPE, media);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // Parts are parts of the file as it is.
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("identity"));
    let name = format!("attachment; filename=\"{}\"", file_name(download));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
