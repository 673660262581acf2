//! What a page asks for: which items, how many, from where on.

use super::cursor;
use crate::app::View;
use crate::app::items::PageStart;
use crate::crs::Epsg;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::http::server::Shared;
use crate::land::items::{Collection, Days, Region, RegionError, Selection};

/// Items on a page when the client does not say.
pub const LIMIT: usize = 100;
/// Most items on a page.
pub const LIMIT_MAX: usize = 1_000_000;

/// The parameters of a page.
pub const PARAMETERS: [&str; 5] = ["limit", "bbox", "cursor", "lang", "f"];
/// Those that decide which items there are, whatever page of them is asked for.
const QUESTION: [&str; 1] = ["bbox"];

/// What a page asks for, checked.
pub struct PageQuery {
    /// Most items on it.
    pub limit: usize,
    /// Where it begins, when it is not the first.
    pub start: Option<PageStart>,
    /// Everything that decides which items there are, as text.
    pub question: String,
    /// The parameters that the next page keeps, ready for an address.
    pub kept: String,
    boxes: Option<Vec<[f64; 4]>>,
}

impl PageQuery {
    /// Reads the parameters.
    ///
    /// # Errors
    /// `invalid_parameter` with what was expected.
    pub fn read(query: &Query, collection: Collection) -> Result<Self, Problem> {
        let mut question = collection.name().to_owned();
        for name in QUESTION {
            let value = query.text(name);
            question.extend(value.map(|value| format!("\0{name}={value}")));
        }
        let start = query.text("cursor").map(|text| {
            cursor::read(text, &question)
                .ok_or_else(|| Problem::parameter("cursor", "not_a_cursor", text, "cursor"))
        });
        Ok(Self {
            limit: limit(query)?,
            start: start.transpose()?,
            kept: kept(query),
            boxes: query.text("bbox").map(boxes).transpose()?,
            question,
        })
    }

    /// The land and day to answer from.
    ///
    /// # Errors
    /// `snapshot_gone` when an earlier page came from a state that is no longer kept.
    pub fn view(&self, shared: &Shared) -> Result<View, Problem> {
        let view = match &self.start {
            Some(start) => shared.app.view_of_page(start),
            None => shared.app.view(None),
        };
        Ok(view?)
    }

    /// Which items are wanted.
    ///
    /// # Errors
    /// `unsupported_crs` for a box in a system that is not offered.
    pub fn selection(&self, view: &View) -> Result<Selection, Problem> {
        let region = self.boxes.as_ref().map(|boxes| region(view, boxes));
        Ok(Selection {
            during: Days::on(view.date()),
            region: region.transpose()?,
        })
    }
}

/// WGS 84, longitude first: the system of boxes and answers when the client does not say.
const LONGITUDE_LATITUDE: Epsg = Epsg(4326);

fn region(view: &View, boxes: &[[f64; 4]]) -> Result<Region, Problem> {
    let region = Region::of_boxes(view.city(), LONGITUDE_LATITUDE, boxes);
    region.map_err(|RegionError::UnknownSystem { asked, known }| {
        crate::app::Error::Invalid(crate::app::Invalid::Crs { asked, known }).into()
    })
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
fn boxes(text: &str) -> Result<Vec<[f64; 4]>, Problem> {
    let refused = || Problem::parameter("bbox", "not_a_bbox", text, "bbox");
    let numbers = text.split(',').map(|part| part.trim().parse::<f64>().ok());
    let numbers = numbers.map(|number| number.filter(|n| n.is_finite()));
    let numbers: Vec<f64> = numbers.collect::<Option<_>>().ok_or_else(refused)?;
    let [west, south, east, north] = match numbers.as_slice() {
        [west, south, east, north] => [*west, *south, *east, *north],
        [west, south, low, east, north, high] if low <= high => [*west, *south, *east, *north],
        _ => return Err(refused()),
    };
    let on_earth = |lon: f64, lat: f64| lon.abs() <= 180.0 && lat.abs() <= 90.0;
    if south > north || !on_earth(west, south) || !on_earth(east, north) {
        return Err(refused());
    }
    Ok(if west <= east {
        vec![[west, south, east, north]]
    } else {
        vec![[west, south, 180.0, north], [-180.0, south, east, north]]
    })
}

/// The parameters of a query for an address, without those that say where a page begins.
fn kept(query: &Query) -> String {
    let mut text = String::new();
    for (name, value) in query.pairs().filter(|(name, _)| *name != "cursor") {
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
