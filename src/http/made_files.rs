//! Whole collections and the map as files: how each is, and the file itself, with ranges.

use actix_files::NamedFile;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, HeaderName, HeaderValue, LOCATION,
    RETRY_AFTER, VARY,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::features::form::Form;
use super::features::html::{Sheet, download_sheets};
use super::features::links::{Link, PublicAddress};
use super::language::Language;
use super::problem::{Kind, Problem};
use super::query::Query;
use super::server::Shared;
use crate::app::View;
use crate::app::downloads::{Download, DownloadFile, DownloadState, DownloadStatus};
use crate::exchange::export::ExportFormat;

/// How long a client waits before it asks again for a file that is being made, in seconds.
pub const WAIT_S: &str = "2";
/// How long it waits after a file could not be made, in seconds.
const PAUSE_S: u64 = 30;

/// A browser asks again by itself, until it gets the file.
const AGAIN: (&str, &str) = ("refresh", WAIT_S);
/// What an answer depends on that comes in two forms.
const BY_FORM: (HeaderName, HeaderValue) = (VARY, HeaderValue::from_static("accept"));

/// The files in which a collection, or the map, can be had as a whole.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Downloads)]
pub struct DownloadsView {
    /// Newest state of the register.
    revision: u64,
    /// Today in Vietnam.
    date: String,
    /// What the files hold is described there: the schema of the collection, by whose names files have
    /// their fields, or TileJSON.
    links: Vec<Link>,
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
    /// How the file of the newest state is: it lies ready, is being made, waits for others to be
    /// made, is not made, or could not be made. Whoever asks for a file that is not made has it
    /// made.
    #[schema(schema_with = states)]
    state: &'static str,
    /// Features written so far, or tiles, while it is being made.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<u64>,
    /// How many there will be.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<u64>,
    /// How many files are made before it, while it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    ahead: Option<u64>,
    /// Size of the file that is sent. Until the file of the newest state is ready, that is one of an
    /// earlier state, for an hour after it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    /// State of the register that the file that is sent was made of. It is the newest as long as
    /// nothing of what it holds has changed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<u64>,
    /// Day for which the file that is sent holds, in Vietnam.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

fn states() -> utoipa::openapi::schema::Object {
    let states = ["ready", "making", "waiting", "notMade", "failed"];
    utoipa::openapi::schema::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .enum_values(Some(states))
        .build()
}

/// Media type of a file.
const fn kind(download: Download) -> &'static str {
    let format = match download {
        Download::Collection(_, format) => format,
        Download::Tiles(_) => return "application/vnd.pmtiles",
    };
    match format {
        ExportFormat::GeoPackage => "application/geopackage+sqlite3",
        ExportFormat::GeoJson => "application/geo+json",
        ExportFormat::FlatGeobuf => "application/flatgeobuf",
        ExportFormat::GeoParquet => "application/vnd.apache.parquet",
        ExportFormat::Csv => "text/csv",
    }
}

/// The name of a file.
pub fn file_name(download: Download) -> String {
    format!("{}.{}", download.name(), download.extension())
}

/// Whether files are offered at all.
///
/// # Errors
/// `path_not_found` where they are not.
pub fn refuse_unoffered(shared: &Shared) -> Result<(), Problem> {
    if shared.app.offers_downloads() {
        Ok(())
    } else {
        Err(Problem::new(Kind::PathNotFound, "no_downloads", Vec::new()))
    }
}

/// Which of some files has a name.
///
/// # Errors
/// `path_not_found` with the names there are.
pub fn named(all: impl Iterator<Item = Download>, file: &str) -> Result<Download, Problem> {
    let all: Vec<Download> = all.collect();
    let found = all.iter().find(|download| file_name(**download) == file);
    found.copied().ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|download| file_name(*download)).collect();
        let value = file.chars().take(80).collect();
        let arguments = vec![("value", value)];
        Problem::new(Kind::PathNotFound, "download_unknown", arguments)
            .at("file")
            .expecting("choice", vec![("names", names.join(", "))])
    })
}

/// A folder of files in an address, such as `/collections/parcels/downloads`.
#[derive(Clone, Copy)]
pub struct Folder<'a> {
    /// The request.
    pub request: &'a HttpRequest,
    /// What answers it.
    pub shared: &'a web::Data<Shared>,
    /// Path of the folder.
    pub path: &'a str,
    /// What describes the files: path, media type and, of the section `link`, name.
    pub described: (&'a str, &'static str, &'static str),
    /// Pages above it: path and, of the section `link` or `collection`, name.
    pub above: &'a [(String, [&'static str; 2])],
}

/// The form and language in which somebody wants to know how files are.
struct Wanted {
    form: Form,
    language: Language,
}

impl Folder<'_> {
    /// Reads `lang` and `f`; other parameters are refused.
    fn wanted(&self) -> Result<Wanted, Problem> {
        let query = Query::of(self.request, &["lang", "f"])?;
        Ok(Wanted {
            form: Form::of(self.request, query.text("f"))?,
            language: query.language(self.request)?,
        })
    }

    /// How each of some files is.
    ///
    /// # Errors
    /// `invalid_parameter`, `store_unavailable` while the register is being loaded.
    pub fn list(&self, all: impl Iterator<Item = Download>) -> Result<HttpResponse, Problem> {
        let wanted = self.wanted()?;
        let app = &self.shared.app;
        let view = app.view(None)?;
        let states = all.map(|download| {
            let status = app.download_status(download)?;
            Ok(self.view_of(download, &status))
        });
        let (path, kind, name) = self.described;
        let description = Link {
            href: PublicAddress::of(self.request, self.shared).to(path),
            rel: "describedby",
            kind,
            title: wanted.language.text("link", name, &[]),
        };
        let document = DownloadsView {
            revision: view.revision().0,
            date: view.date().to_string(),
            links: vec![description],
            downloads: states.collect::<Result<_, crate::app::Error>>()?,
        };
        let mut response = HttpResponse::Ok();
        response.insert_header((CACHE_CONTROL, "no-cache"));
        if wanted.form == Form::Json {
            return Ok(response.insert_header(BY_FORM).json(document));
        }
        let document = serde_json::json!(document);
        if download_sheets::is_any_made(&document) {
            response.insert_header(AGAIN);
        }
        let title = wanted.language.text("link", "downloads", &[]);
        let write = |sheet: &Sheet<'_>| download_sheets::files(sheet, &document);
        Ok(self.page(&wanted, title, Some(&view), &mut response, write))
    }

    /// The answer as a page for people.
    fn page(
        &self,
        wanted: &Wanted,
        title: String,
        view: Option<&View>,
        response: &mut HttpResponseBuilder,
        write: impl FnOnce(&Sheet<'_>) -> String,
    ) -> HttpResponse {
        let mut sheet = Sheet {
            base: &PublicAddress::of(self.request, self.shared),
            request: self.request,
            language: wanted.language,
            title,
            trail: Vec::new(),
            view,
        };
        let above = self.above.iter();
        let named = above.map(|(path, [section, key])| {
            let name = wanted.language.text(section, key, &[]);
            (sheet.path(path), name)
        });
        sheet.trail = named.collect();
        sheet.answer(response, &write(&sheet))
    }

    /// A file, or how far its making is where none can be had.
    ///
    /// # Errors
    /// `invalid_parameter`; `store_unavailable` while the register is being loaded, and when it
    /// could not be made.
    pub async fn answer(&self, download: Download) -> Result<HttpResponse, Problem> {
        let wanted = self.wanted()?;
        let app = std::sync::Arc::clone(&self.shared.app);
        let status = web::block(move || app.download(download)).await;
        let failed = |error| crate::app::Error::internal("cannot begin a download", error);
        let status = status.map_err(failed)??;
        match (&status.file, status.state) {
            (Some(file), _) => sent(self.request, file, download).await,
            (None, DownloadState::Failed) => {
                let problem = Problem::new(Kind::StoreUnavailable, "download_failed", Vec::new());
                Err(problem.retry_after(PAUSE_S))
            }
            (None, _) => {
                let view = self.view_of(download, &status);
                let mut response = HttpResponse::Accepted();
                response
                    .insert_header((RETRY_AFTER, WAIT_S))
                    .insert_header(AGAIN)
                    .insert_header((CACHE_CONTROL, "no-store"))
                    .insert_header((LOCATION, view.href.clone()));
                if wanted.form == Form::Json {
                    return Ok(response.insert_header(BY_FORM).json(view));
                }
                let file = serde_json::json!(view);
                let title = download_sheets::name(&file).to_owned();
                let write = |sheet: &Sheet<'_>| download_sheets::making(sheet, &file, self.path);
                Ok(self.page(&wanted, title, None, &mut response, write))
            }
        }
    }

    fn view_of(&self, download: Download, status: &DownloadStatus) -> DownloadView {
        let (state, written, of, ahead) = match status.state {
            DownloadState::Ready => ("ready", None, None, None),
            DownloadState::Making { written, of } => ("making", Some(written), Some(of), None),
            DownloadState::Waiting { ahead, of } => ("waiting", None, Some(of), Some(ahead)),
            DownloadState::NotMade => ("notMade", None, None, None),
            DownloadState::Failed => ("failed", None, None, None),
        };
        let base = PublicAddress::of(self.request, self.shared);
        let file = status.file.as_ref();
        DownloadView {
            href: base.to(&format!("{}/{}", self.path, file_name(download))),
            kind: kind(download),
            state,
            written,
            of,
            ahead,
            bytes: file.map(|file| file.bytes),
            revision: file.map(|file| file.revision.0),
            date: file.map(|file| file.date.to_string()),
        }
    }
}

async fn sent(
    request: &HttpRequest,
    lying: &DownloadFile,
    download: Download,
) -> Result<HttpResponse, Problem> {
    let failed = |error| crate::app::Error::internal("cannot read a download", error);
    let file = NamedFile::open_async(&lying.path).await.map_err(failed)?;
    let bytes = file.metadata().len();
    let mut response = file.disable_content_disposition().into_response(request);
    match response.status() {
        StatusCode::PRECONDITION_FAILED => {
            let kind = Kind::PreconditionFailed;
            return Err(Problem::new(kind, "precondition_failed", Vec::new()));
        }
        StatusCode::RANGE_NOT_SATISFIABLE => {
            let arguments = vec![("bytes", bytes.to_string())];
            let kind = Kind::RangeNotSatisfiable;
            return Err(Problem::new(kind, "range_not_satisfiable", arguments).of_bytes(bytes));
        }
        _ => {}
    }
    let headers = response.headers_mut();
    let media = HeaderValue::from_static(kind(download));
    headers.insert(actix_web::http::header::CONTENT_TYPE, media);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // Parts are parts of the file as it is.
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("identity"));
    let (name, extension) = (download.name(), download.extension());
    let (revision, date) = (lying.revision.0, lying.date);
    let name = format!("attachment; filename=\"{name}-r{revision}-{date}.{extension}\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
