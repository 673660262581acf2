//! What the address of the page asks, and what is found for it before any script.

use super::first_city::CityView;
use super::first_drawing::{Bounds, FirstDrawing};
use super::first_facts::{FirstFacts, LISTED};
use super::first_shell::json;
use super::language::Language;
use super::problem::{Kind, Problem};
use super::query::Query;
use super::shape_view::outline;
use super::view::{CollectionView, FeatureView, GeometryView};
use super::{lookup, parcels};
use crate::app::{Error, View};
use crate::cadastre::{Day, ParcelId};
use crate::land::Entry;

/// Parameters of the page's address that the server reads; the others are the script's.
const READ: [&str; 13] = [
    "id",
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
];

/// Those of them that ask for something.
const ASKING: &[&str] = READ.split_at(11).0;

/// What an address asks, as far as the server reads it.
pub struct Asked {
    pairs: String,
    /// The language.
    pub language: Language,
    /// The one that the reader gets without asking for any.
    pub usual: Language,
}

impl Asked {
    /// Reads what the server knows of a query string; what it does not know is the script's. Without
    /// a language it is in the one that the reader prefers.
    pub fn of(query_string: &str, usual: Language) -> Self {
        // An empty field of a form asks nothing.
        let read = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            READ.contains(&name) && !value.is_empty()
        };
        let pairs: Vec<&str> = query_string.split('&').filter(|p| read(p)).collect();
        let mut asked = Self {
            pairs: pairs.join("&"),
            language: usual,
            usual,
        };
        let tag = asked.text("lang");
        asked.language = tag
            .and_then(|tag| Language::from_tag(&tag))
            .unwrap_or(usual);
        asked
    }

    /// The parameters; nothing when they cannot be read.
    fn query(&self) -> Option<Query<'_>> {
        Query::read(&self.pairs, &READ).ok()
    }

    /// The text of a parameter, if it is given and can be read.
    pub fn text(&self, name: &str) -> Option<String> {
        self.query()?.text(name).map(str::to_owned)
    }

    /// The day, `Some(None)` being today; nothing when it cannot be read.
    pub fn date(&self) -> Option<Option<Day>> {
        self.query()?.date().ok()
    }

    /// What the view answers, or why it cannot.
    pub fn answer(&self, view: &View) -> Found {
        let name = |part: &str| part.split('=').next().is_some_and(|n| ASKING.contains(&n));
        if !self.pairs.split('&').any(name) {
            return Found::Nothing;
        }
        let found = Query::read(&self.pairs, &READ).and_then(|query| {
            query.date()?;
            match query.text("id") {
                Some(id) => self.parcel(view, id),
                None => self.look_up(view, &query),
            }
        });
        found.unwrap_or_else(|problem| match self.text("id") {
            Some(id) if problem.kind() == Kind::ItemNotFound => Found::Absent(problem.into(), id),
            _ => Found::Refused(problem.into()),
        })
    }

    fn parcel(&self, view: &View, id: &str) -> Result<Found, Problem> {
        let id: ParcelId = parcels::id(id)?;
        let parcel = view.parcel(id)?;
        let feature = parcels::feature(view, &parcel, true, self.language)?;
        let feature = serde_json::from_slice(&feature.into_bytes()).map_err(unreadable)?;
        Ok(Found::Parcel(Box::new(feature), around(view, &parcel)))
    }

    fn look_up(&self, view: &View, query: &Query<'_>) -> Result<Found, Problem> {
        let mut asked = lookup::Asked::read(query)?;
        asked.neighbours = true;
        let found = view.find(&asked.question)?;
        let beside = match found.found.as_deref() {
            Ok([only]) => around(view, &view.entry(only)),
            _ => Vec::new(),
        };
        let body = lookup::collection(view, &found, &asked, self.language)?;
        let body = serde_json::from_slice(&body.into_bytes()).map_err(unreadable)?;
        Ok(Found::Lookup(Box::new(body), beside))
    }
}

fn unreadable(error: serde_json::Error) -> Problem {
    Error::internal("cannot read an answer", error).into()
}

/// How far around a parcel others are drawn, in millimetres.
const AROUND_MM: i32 = 60_000;
/// Greatest number of parcels that are drawn around one.
const DRAWN: usize = 400;

/// The outlines of the parcels around one.
fn around(view: &View, parcel: &Entry<'_>) -> Vec<GeometryView> {
    let transforms = &view.city().transforms;
    let around = view.parcels_around(parcel, AROUND_MM).into_iter();
    around
        .filter_map(|v| outline(transforms, v.parcel.plane, &v.parcel.shape))
        .take(DRAWN)
        .collect()
}

/// What was found for an address.
pub enum Found {
    /// Nothing was asked.
    Nothing,
    /// What was asked cannot be answered.
    Refused(Box<Problem>),
    /// No such parcel, or not on the day.
    Absent(Box<Problem>, String),
    /// A parcel by its key, with the outlines around it.
    Parcel(Box<FeatureView>, Vec<GeometryView>),
    /// What a look-up found, with the outlines around the only parcel.
    Lookup(Box<CollectionView>, Vec<GeometryView>),
}

impl Found {
    /// The answer for the script, unless it is long.
    pub fn json(&self) -> Option<String> {
        match self {
            Self::Parcel(feature, _) => Some(json(feature)),
            Self::Lookup(answer, _) if answer.features.len() <= LISTED => Some(json(answer)),
            _ => None,
        }
    }

    /// The parcels found.
    pub fn features(&self) -> &[FeatureView] {
        match self {
            Self::Nothing | Self::Refused(_) | Self::Absent(..) => &[],
            Self::Parcel(feature, _) => std::slice::from_ref(feature.as_ref()),
            Self::Lookup(answer, _) => &answer.features,
        }
    }

    /// The name of the only parcel.
    pub fn name(&self, facts: FirstFacts) -> Option<String> {
        match self.features() {
            [only] => Some(facts.name(&only.properties.as_map)),
            _ => None,
        }
    }

    /// The facts as HTML; `date` is the day in the address.
    pub fn facts(
        &self,
        facts: FirstFacts,
        view: &View,
        city: &CityView,
        date: Option<&str>,
    ) -> String {
        match self {
            Self::Nothing => facts.city(view, city),
            Self::Refused(problem) => facts.failure(&problem.view(facts.words.language, "/", "")),
            Self::Absent(problem, id) => facts.absent(
                &problem.view(facts.words.language, "/", ""),
                id,
                view.date(),
            ),
            Self::Parcel(feature, _) => facts.parcel(feature),
            Self::Lookup(answer, _) => facts.found(answer, date),
        }
    }

    /// What was found, above what lies beside it.
    pub fn drawing(&self, frame: Option<Bounds>) -> Option<String> {
        let beside = match self {
            Self::Nothing | Self::Refused(_) | Self::Absent(..) => return None,
            Self::Parcel(_, beside) | Self::Lookup(_, beside) => beside,
        };
        if self.features().is_empty() {
            return None;
        }
        let mut drawing = FirstDrawing::within(frame?);
        beside.iter().for_each(|shape| drawing.add("lot", shape));
        let found = self.features().iter().take(LISTED);
        found.for_each(|feature| drawing.add("chosen", &feature.geometry));
        Some(drawing.svg())
    }
}
