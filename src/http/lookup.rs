//! `GET /v1/parcels/lookup`: which parcel is this, by place, by key, by text.

use actix_web::{HttpRequest, HttpResponse, web};

use super::conditional::Tag;
use super::json::Json;
use super::language::Language;
use super::parcel_view::{FEATURE_BYTES, Wording};
use super::problem::{Kind, Problem, ProblemView};
use super::query::Query;
use super::server::Shared;
use super::view::CollectionView;
use crate::app::{self, View};
use crate::crs::{Epsg, LonLat};
use crate::land::{Answered, LookupQuestion};

/// Parameters of a look-up.
pub const PARAMETERS: [&str; 14] = [
    "lon",
    "lat",
    "accuracy_m",
    "x",
    "y",
    "crs",
    "ward",
    "sheet",
    "number",
    "q",
    "date",
    "lang",
    "suggest",
    "neighbours",
];
/// Metres of a projected system that make sense at all.
const METRES: (f64, f64) = (-1e8, 1e8);

/// Finds parcels: by position (`lon`, `lat`), by coordinate of a projected system (`x`, `y`,
/// `crs`), by key (`ward`, `sheet`, `number`) or by free text (`q`).
///
/// Exactly one of the four questions is asked. The answer is a GeoJSON FeatureCollection, also
/// when nothing is found; it then says why in `nothingHere`. On a shared boundary all parcels
/// that touch answer. With `accuracy_m` all candidates within that circle answer, each with the
/// share of the circle it holds. Names and codes of wards of before 1 July 2025 are understood.
/// `readAs` tells how words were understood; where it is `ambiguous`, the answer is that of one
/// ward among several of the same name, and `readAs.wards` says what came of each.
#[utoipa::path(
    get, path = "/v1/parcels/lookup", tag = "parcels",
    params(
        ("lon" = Option<f64>, Query, minimum = -180, maximum = 180, description = "Degrees east"),
        ("lat" = Option<f64>, Query, minimum = -90, maximum = 90, description = "Degrees north"),
        ("accuracy_m" = Option<f64>, Query, exclusive_minimum = 0, maximum = 200,
            description = "Radius in metres of the circle in which the position may lie"),
        ("x" = Option<f64>, Query, minimum = -1e8, maximum = 1e8, description = "Easting in metres"),
        ("y" = Option<f64>, Query, minimum = -1e8, maximum = 1e8, description = "Northing in metres"),
        ("crs" = Option<String>, Query, description = "EPSG code of x and y, such as 9210",
            pattern = "^(EPSG:)?[0-9]{4,6}$"),
        ("ward" = Option<String>, Query, min_length = 1, max_length = 200,
            description = "Code or name of a ward, of today or of before"),
        ("sheet" = Option<String>, Query, min_length = 1, max_length = 200,
            description = "Map sheet"),
        ("number" = Option<String>, Query, min_length = 1, max_length = 200,
            description = "Number within the sheet"),
        ("q" = Option<String>, Query, min_length = 1, max_length = 200,
            description = "Text as people write it, such as `thua 12 to 5 p ben thanh`"),
        ("date" = Option<String>, Query, format = Date,
            description = "Day to answer for, YYYY-MM-DD; today in Vietnam when absent"),
        ("lang" = Option<String>, Query, pattern = "^(vi|en)$", description = "Language of texts"),
        ("suggest" = Option<bool>, Query,
            description = "With `q`: also completions of the text"),
        ("neighbours" = Option<bool>, Query,
            description = "Also the outlines of parcels that touch the ones found"),
    ),
    responses(
        (status = 200, description = "What was found", body = CollectionView,
            content_type = "application/geo+json"),
        (status = 304, description = "The client has this answer already"),
        (status = 400, description = "A parameter cannot be used", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = ProblemView,
            content_type = "application/problem+json"),
        (status = 503, description = "The register is being loaded", body = ProblemView,
            content_type = "application/problem+json"),
    )
)]
pub async fn get_lookup(
    request: HttpRequest,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Problem> {
    let query = Query::of(&request, &PARAMETERS)?;
    let asked = Asked::read(&query)?;
    let language = query.language(&request)?;
    let view = shared.app.view(query.date()?)?;
    let tag = Tag::new(&request, view.revision(), view.date(), language);
    if let Some(response) = tag.not_modified(&request, language) {
        return Ok(response);
    }
    let found = view.find(&asked.question)?;
    Ok(tag.answer(collection(&view, &found, &asked, language)?, language))
}

/// The answer to a question as it goes over the wire: a [`CollectionView`].
///
/// # Errors
/// [`app::Error::Internal`] when the plane of a parcel is none of the city's.
pub fn collection(
    view: &View,
    answered: &Answered,
    asked: &Asked,
    language: Language,
) -> Result<Json, app::Error> {
    let Answered { found, read_as } = answered;
    let wording = Wording::new(view, language);
    let hits = found.as_deref().unwrap_or_default();
    let mut json = Json::with_capacity(FEATURE_BYTES * hits.len() + 512);
    json.object(|body| {
        wording.head(body);
        body.name("synthetic").truth(view.is_synthetic());
        wording.hits(body.name("features"), hits, asked.neighbours)?;
        if let Err(why) = found {
            body.name("nothingHere").view(&wording.nothing(why));
        }
        if let Some(read) = read_as {
            body.name("readAs").view(&wording.read_as(read));
        }
        if let Some(text) = asked.text_to_complete() {
            let suggestions = wording.suggestions(&view.suggest(text));
            body.name("suggestions").view(&suggestions);
        }
        Ok::<_, app::Error>(())
    })?;
    Ok(json)
}

/// A question with what else the client wants.
pub struct Asked {
    /// The question.
    pub question: LookupQuestion,
    /// Whether outlines of adjoining parcels are wanted.
    pub neighbours: bool,
    suggest: bool,
}

impl Asked {
    /// Reads exactly one question.
    ///
    /// # Errors
    /// `invalid_parameter` for none, several, or one that cannot be asked.
    pub fn read(query: &Query) -> Result<Self, Problem> {
        let asked = Self {
            question: question(query)?,
            neighbours: query.truth("neighbours")?,
            suggest: query.truth("suggest")?,
        };
        if asked.suggest && asked.text_to_complete().is_none() {
            return Err(Problem::parameter("q", "missing_parameter", "", "text")
                .expecting("text", vec![("max", "200".to_owned())]));
        }
        Ok(asked)
    }

    fn text_to_complete(&self) -> Option<&str> {
        match &self.question {
            LookupQuestion::Text(text) if self.suggest => Some(text),
            _ => None,
        }
    }
}

/// The one question that the parameters ask.
fn question(query: &Query) -> Result<LookupQuestion, Problem> {
    let groups: [&[&'static str]; 4] = [
        &["lon", "lat", "accuracy_m"],
        &["x", "y", "crs"],
        &["ward", "sheet", "number"],
        &["q"],
    ];
    let asked = groups.map(|group| query.has_any(group));
    match asked {
        [true, false, false, false] => position(query),
        [false, true, false, false] => planar(query),
        [false, false, true, false] => Ok(LookupQuestion::Key {
            ward: query.required_text("ward")?.to_owned(),
            sheet: query.required_text("sheet")?.to_owned(),
            number: query.required_text("number")?.to_owned(),
        }),
        [false, false, false, true] => {
            Ok(LookupQuestion::Text(query.required_text("q")?.to_owned()))
        }
        [false, false, false, false] => {
            Err(
                Problem::new(Kind::InvalidParameter, "no_question", Vec::new())
                    .expecting("question", Vec::new()),
            )
        }
        _ => {
            let names = groups.map(|group| query.given(group)).concat();
            let last = names.last().copied().unwrap_or_default();
            let arguments = vec![("names", names.join(", "))];
            Err(
                Problem::new(Kind::InvalidParameter, "several_questions", arguments)
                    .at(last)
                    .expecting("question", Vec::new()),
            )
        }
    }
}

fn position(query: &Query) -> Result<LookupQuestion, Problem> {
    let lon = query.required_number("lon", (-180.0, 180.0), "longitude")?;
    let lat = query.required_number("lat", (-180.0, 180.0), "latitude")?;
    if !(-90.0..=90.0).contains(&lat) {
        let swapped = (-90.0..=90.0).contains(&lon);
        let detail = if swapped {
            "degrees_swapped"
        } else {
            "out_of_range"
        };
        let text = query.text("lat").unwrap_or_default();
        return Err(Problem::parameter("lat", detail, text, "latitude"));
    }
    let accuracy_m = query.number("accuracy_m", (f64::MIN_POSITIVE, 200.0), "accuracy")?;
    Ok(LookupQuestion::Position {
        at: LonLat { lon, lat },
        accuracy_m,
    })
}

fn planar(query: &Query) -> Result<LookupQuestion, Problem> {
    Ok(LookupQuestion::Planar {
        east_m: query.required_number("x", METRES, "metres")?,
        north_m: query.required_number("y", METRES, "metres")?,
        crs: crs(query)?,
    })
}

/// The parameter `crs`: a code, with or without `EPSG:`.
fn crs(query: &Query) -> Result<Epsg, Problem> {
    let complain = |detail, text: &str| Problem::parameter("crs", detail, text, "crs");
    let text = query
        .text("crs")
        .ok_or_else(|| complain("missing_parameter", ""))?;
    let code = text.strip_prefix("EPSG:").unwrap_or(text);
    let plain = (4..=6).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    let code = code.parse().ok().filter(|_| plain);
    code.map(Epsg).ok_or_else(|| complain("not_a_crs", text))
}
