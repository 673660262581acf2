//! What a page asks for: which items, how many, from where on.

use super::cursor;
use super::datetime;
use super::filter;
use super::html::item_sheets;
use super::system::System;
use crate::app::View;
use crate::app::items::PageStart;
use crate::http::known_at::refuse_unheld;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::http::server::Shared;
use crate::land::items::{Collection, Days, Region, RegionError, Selection};

/// Items on a page when the client does not say.
pub const LIMIT: usize = 100;
/// Most items on a page.
pub const LIMIT_MAX: usize = 1_000_000;

/// The parameters of a page.
const PARAMETERS: [&str; 13] = [
    "limit",
    "offset",
    "bbox",
    "bbox-crs",
    "crs",
    "datetime",
    "known_at",
    "filter",
    "filter-lang",
    "filter-crs",
    "cursor",
    "lang",
    "f",
];
/// The parameters of a page of a collection: those of any, and what can be asked of its items.
pub fn parameters(collection: Collection) -> Vec<&'static str> {
    let asked = filter::equalities(collection).map(|property| property.name);
    PARAMETERS.into_iter().chain(asked).collect()
}

/// Those that decide which items there are, whatever page of them is asked for.
const QUESTION: [&str; 6] = [
    "bbox",
    "bbox-crs",
    "datetime",
    "filter",
    "filter-lang",
    "filter-crs",
];

/// What a page asks for, checked.
pub struct PageQuery {
    /// Most items on it.
    pub limit: usize,
    /// Items that are passed over before it begins.
    pub offset: usize,
    /// Where it begins, when it is not the first.
    pub start: Option<PageStart>,
    /// Everything that decides which items there are, as text.
    pub question: String,
    /// The parameters that the next page keeps, ready for an address.
    pub kept: String,
    /// The land and day that answer.
    pub view: View,
    /// Which items are wanted.
    pub selection: Selection,
    /// The system of the answer.
    pub system: System,
}

impl PageQuery {
    /// Reads the parameters, and finds the land to answer from.
    ///
    /// # Errors
    /// `invalid_parameter` with what was expected, `unsupported_crs` for a system that is not
    /// offered, `snapshot_gone` when an earlier page came from a state that is no longer kept.
    pub fn read(query: &Query, collection: Collection, shared: &Shared) -> Result<Self, Problem> {
        let mut question = collection.name().to_owned();
        let asked = filter::equalities(collection).map(|property| property.name);
        for name in QUESTION.into_iter().chain(asked) {
            let value = query.text(name);
            question.extend(value.map(|value| format!("\0{name}={value}")));
        }
        let start = query.text("cursor").map(|text| {
            cursor::read(text, &question)
                .ok_or_else(|| Problem::parameter("cursor", "not_a_cursor", text, "cursor"))
        });
        let start = start.transpose()?;
        let (limit, offset) = (limit(query)?, offset(query)?);
        let during = datetime::read(query)?;
        let view = match &start {
            Some(start) => shared.app.view_of_page(start)?,
            None => view(shared, during)?,
        };
        refuse_unheld(query, shared, &view)?;
        let boxes_in = System::read(query, "bbox-crs", &view)?;
        let boxes = query.text("bbox").map(|text| boxes(text, boxes_in, &view));
        let region = boxes.transpose()?.map(|b| region(&view, boxes_in, &b));
        Ok(Self {
            limit,
            offset,
            start,
            question,
            kept: kept(query),
            system: System::read(query, "crs", &view)?,
            selection: Selection {
                during: during.unwrap_or_else(|| Days::on(view.date())),
                region: region.transpose()?,
                condition: filter::read(query, collection, &view)?,
            },
            view,
        })
    }
}

impl PageQuery {
    /// A page for people is short, and in degrees, in which its map is drawn.
    pub fn for_people(&mut self, query: &Query) {
        self.limit = match query.text("limit") {
            Some(_) => self.limit.min(item_sheets::LIMIT_MAX),
            None => item_sheets::LIMIT,
        };
        self.system = System::LonLat;
    }
}

/// The land as it is now, on the day asked for or the nearest to today of several.
///
/// # Errors
/// `store_unavailable` while the register is being loaded.
pub fn view(shared: &Shared, during: Option<Days>) -> Result<View, Problem> {
    let date = datetime::nearest(shared.app.today(), during);
    Ok(shared.app.view(Some(date))?)
}

/// Boxes of a system as a region.
///
/// # Errors
/// `unsupported_crs` for a system that the city does not list.
pub fn region(view: &View, system: System, boxes: &[[f64; 4]]) -> Result<Region, Problem> {
    let region = Region::of_boxes(view.city(), system.epsg(), boxes);
    region.map_err(|RegionError::UnknownSystem { asked, known }| {
        crate::app::Error::Invalid(crate::app::Invalid::Crs { asked, known }).into()
    })
}

fn offset(query: &Query) -> Result<usize, Problem> {
    let Some(text) = query.text("offset") else {
        return Ok(0);
    };
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let wanted = text.parse().ok().filter(|_| plain);
    wanted.ok_or_else(|| Problem::parameter("offset", "not_an_offset", text, "offset"))
}

fn limit(query: &Query) -> Result<usize, Problem> {
    let Some(text) = query.text("limit") else {
        return Ok(LIMIT);
    };
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    // More digits than a number holds is more than the maximum, which is then what is answered.
    let wanted = plain.then(|| text.parse().unwrap_or(usize::MAX));
    let wanted = wanted.filter(|&wanted| wanted > 0);
    wanted.map(|wanted| wanted.min(LIMIT_MAX)).ok_or_else(|| {
        Problem::parameter("limit", "not_a_limit", text, "limit")
            .expecting("limit", vec![("max", LIMIT_MAX.to_string())])
    })
}

/// One box, or two when it crosses the antimeridian; heights are passed over, since no item has any.
/// The numbers come in the order of the system's axes, and leave easting or longitude first.
fn boxes(text: &str, system: System, view: &View) -> Result<Vec<[f64; 4]>, Problem> {
    let refused = || Problem::parameter("bbox", "not_a_bbox", text, "bbox");
    let numbers = text.split(',').map(|part| part.trim().parse::<f64>().ok());
    let numbers = numbers.map(|number| number.filter(|n| n.is_finite()));
    let numbers: Vec<f64> = numbers.collect::<Option<_>>().ok_or_else(refused)?;
    let (lower, upper) = match numbers.as_slice() {
        [a, b, c, d] => ((*a, *b), (*c, *d)),
        [a, b, low, c, d, high] if low <= high => ((*a, *b), (*c, *d)),
        _ => return Err(refused()),
    };
    let (axes, degrees) = system.axes(view)?;
    let (west, south) = axes.east_north(lower.0, lower.1);
    let (east, north) = axes.east_north(upper.0, upper.1);
    let on_earth = |x: f64, y: f64| !degrees || (x.abs() <= 180.0 && y.abs() <= 90.0);
    if south > north || !on_earth(west, south) || !on_earth(east, north) {
        return Err(refused());
    }
    match (west <= east, degrees) {
        (true, _) => Ok(vec![[west, south, east, north]]),
        (false, true) => Ok(vec![
            [west, south, 180.0, north],
            [-180.0, south, east, north],
        ]),
        (false, false) => Err(refused()),
    }
}

/// The parameters of a query for an address, without those that say where a page begins.
fn kept(query: &Query) -> String {
    let mut text = String::new();
    let begins = ["cursor", "offset"];
    for (name, value) in query.pairs().filter(|(name, _)| !begins.contains(name)) {
        text.push_str(&format!("{name}={}&", encoded(value)));
    }
    text
}

/// A text as the value of a parameter in an address.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,:/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
