//! `POST /v1/checks`: may this building stand here, rule by rule.

/// What is asked.
mod question;
/// Sizes of a building.
mod sizes;
/// Floors from which storeys are counted.
mod floors;
/// Parts that are drawn apart.
mod parts;
/// What a check says of parts and floors on the wire.
pub mod part_view;
/// From parts and floors to what is said of them.
mod part_write;
/// Footprints from GeoJSON to the grid.
mod footprint;
/// What it says of the permit.
pub(super) mod permit;
/// What a check says on the wire.
pub mod view;
/// The ground in words.
pub(super) mod ground;
/// From verdicts to what is said of them.
pub(super) mod write;

pub use question::CheckRequest;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};

use super::asked::{unprocessable, unsigned};
use super::language::Language;
use super::problem::{Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use crate::app::check::{CheckError, CheckQuestion, Checked};
use crate::app::{self, View};
use crate::evidence::canonical_bytes;
use crate::rules::site::SiteError;
use view::CheckView;

/// Judges a proposal by every rule in force on its day.
///
/// Each limit is told with every rule that was considered, what it comes to on this lot, and which
/// one binds. A value is `pass`, `fail`, `marginal`, `unknown` or `not_applicable`; what is not known
/// is never passed. Decimals are texts. The answer is canonical JSON (RFC 8785).
///
/// As `evidence` it is a signed file instead, with the ground, the proposal, the text of every rule
/// and every verdict, which `diachinh verify` judges again without this server; whole numbers and
/// texts only, the same in every language. `/v1/keys` has the public keys.
#[utoipa::path(
    post, path = "/v1/checks", tag = "rules",
    params(
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("f" = Option<String>, Query, pattern = "^(json|evidence)$",
            description = "`evidence` for a signed file; `json` when absent"),
    ),
    request_body(content = CheckRequest, content_type = "application/json"),
    responses(
        (status = 200, description = "Every verdict; as evidence an object with `format`, `key`, \
            `payload` and `signature`", body = CheckView, content_type = "application/json"),
        (status = 400, description = "The body is not JSON, or a parameter cannot be used",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "A parcel is not there on that day", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 408, description = "The body was not sent in time", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 422, description = "The proposal cannot be judged; the answer names the place",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn post_check(
    request: HttpRequest,
    body: web::Bytes,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &["lang", "f"])?;
    let language = query.language(&request)?;
    let as_evidence = is_evidence(&query)?;
    let asked = CheckRequest::read(&body)?;
    let view = shared.app.view(asked.day()?)?;
    let answer = web::block(move || {
        if !as_evidence {
            return canonical(&view, &asked, language);
        }
        let (question, checked) = judged(&view, &asked)?;
        let signing = shared.app.signing()?.ok_or_else(unsigned)?;
        // The body has been read as JSON, so it is UTF-8.
        let given = String::from_utf8_lossy(&body);
        Ok(view.evidence(&question, &checked, &given, signing.key())?)
    });
    let failed = |error| app::Error::internal("cannot check a proposal", error);
    let bytes = answer.await.map_err(failed)??;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes))
}

/// The answer to a check as canonical JSON, on the day of the view.
///
/// # Errors
/// As [`post_check`].
pub fn canonical(
    view: &View,
    asked: &CheckRequest,
    language: Language,
) -> Result<Vec<u8>, Problem> {
    let (question, checked) = judged(view, asked)?;
    let changes = view.changes(&question, &checked);
    let changes = changes.map_err(|error| refused(view, error))?;
    let written = write::written(view, &question, (&checked, &changes), language)?;
    let failed = |error| app::Error::internal("cannot write a check", error);
    Ok(canonical_bytes(&written).map_err(failed)?)
}

fn judged<'v>(
    view: &'v View,
    asked: &CheckRequest,
) -> Result<(CheckQuestion, Checked<'v>), Problem> {
    let question = asked.question(view)?;
    let checked = view.check(&question);
    let checked = checked.map_err(|error| refused(view, error))?;
    Ok((question, checked))
}

/// The parameter `f`.
fn is_evidence(query: &Query) -> Result<bool, Problem> {
    match query.text("f") {
        None | Some("json") => Ok(false),
        Some("evidence") => Ok(true),
        Some(other) => Err(Problem::parameter("f", "not_a_choice", other, "choice")
            .expecting("choice", vec![("names", "json, evidence".to_owned())])),
    }
}

pub(super) fn refused(view: &View, error: CheckError) -> Problem {
    match error {
        CheckError::Site(SiteError::NoParcel { id, .. }) => match view.parcel(id) {
            Err(missing) => missing.into(),
            Ok(_) => app::Error::internal("cannot gather a site", SiteError::Nothing).into(),
        },
        CheckError::Site(SiteError::Nothing) => unprocessable(
            "footprint",
            "no_parcel_under",
            Vec::new(),
            "footprint_on_parcel",
        ),
        CheckError::Site(SiteError::TwoPlanes(one, other)) => {
            let planes = vec![("one", one.0.to_string()), ("other", other.0.to_string())];
            unprocessable("parcels", "two_planes", planes, "one_plane")
        }
        CheckError::OtherPlane { drawn, held } => {
            let planes = vec![("one", drawn.0.to_string()), ("other", held.0.to_string())];
            unprocessable("crs", "other_plane", planes, "plane_of_parcel")
        }
        CheckError::SeveralParcels(parcels) => {
            let keys: Vec<String> = parcels.iter().map(|id| id.get().to_string()).collect();
            let arguments = vec![("names", keys.join(", "))];
            unprocessable("parcels", "several_under", arguments, "parcels_named")
        }
        CheckError::Fact(fact) => {
            let arguments = vec![("value", fact.to_string())];
            unprocessable("building", "not_a_fact", arguments, "fact")
        }
        CheckError::Failed(error) => error.into(),
    }
}
