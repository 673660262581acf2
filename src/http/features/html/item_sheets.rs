//! Features for people: a page of them, and one of them on a small map.

use std::fmt::Write;

use serde_json::Value;

use super::drawing::{Drawing, Frame, frame_around};
use super::facts::Facts;
use super::sheet::Sheet;
use crate::app::{self, View};
use crate::http::features::feature;
use crate::http::features::page_query;
use crate::http::features::system::System;
use crate::http::json::Json;
use crate::http::parcel_view::Wording;
use crate::http::problem::Problem;
use crate::http::query::Query;
use crate::land::items::{Collection, Days, Found, Selection};

/// Features on a page for people when it does not say, and at most.
pub const LIMIT: usize = 20;
/// Most features on a page for people.
pub const LIMIT_MAX: usize = 200;
/// Most features drawn beside one, and most keys looked at for them.
const BESIDE_MAX: usize = 400;
const KEYS_BESIDE: usize = 20_000;

/// The way to the pages of a collection.
pub fn trail(sheet: &Sheet<'_>, collection: Collection, deep: bool) -> Vec<(String, String)> {
    let (name, language) = (collection.name(), sheet.language);
    let mut trail = vec![
        (
            sheet.path("/collections"),
            language.text("link", "data", &[]),
        ),
        (
            sheet.path(&format!("/collections/{name}")),
            language.text("collection", name, &[]),
        ),
    ];
    if deep {
        trail.push((
            sheet.path(&format!("/collections/{name}/items")),
            language.text("link", "items", &[]),
        ));
    }
    trail
}

/// A page of features, as its GeoJSON says them.
pub fn items(sheet: &Sheet<'_>, facts: Facts, page: &Value, query: &Query<'_>) -> String {
    let features = page["features"].as_array().map_or(&[][..], Vec::as_slice);
    let mut rows = String::new();
    for feature in features {
        let id = feature["id"].as_i64().unwrap_or_default();
        let properties = &feature["properties"];
        let href = sheet.to(&format!(
            "/collections/{}/items/{id}",
            facts.collection.name()
        ));
        // Writing to a String does not fail.
        let _ = write!(
            rows,
            "<li><a href=\"{href}\">{}</a> <span class=\"of\">{}</span></li>",
            sheet.escaped(&facts.title(id, properties)),
            facts.brief(properties)
        );
    }
    let list = if rows.is_empty() {
        match page["withoutData"]["text"].as_str() {
            Some(told) => format!("<p>{}</p>", sheet.escaped(told)),
            None => format!("<p>{}</p>", sheet.say("none", &[])),
        }
    } else {
        format!("<ol class=\"rows\">{rows}</ol>")
    };
    let geometries = || features.iter().map(|feature| &feature["geometry"]);
    let map = frame_around(geometries()).map(|frame| {
        let mut drawing = Drawing::within(frame);
        geometries().for_each(|geometry| drawing.add("chosen", geometry));
        drawing.svg(&sheet.language.text("html", "small_map", &[]))
    });
    let count = match page["numberMatched"].as_u64() {
        Some(matched) => sheet.say("matched", &[("count", matched.to_string())]),
        None => sheet.say("some", &[("count", features.len().to_string())]),
    };
    format!(
        "<p>{count}</p>{form}{map}{list}{pages}",
        form = form(sheet, query, facts.collection),
        map = map.unwrap_or_default(),
        pages = pages(sheet, page),
    )
}

/// Where to go on from a page.
fn pages(sheet: &Sheet<'_>, page: &Value) -> String {
    let mut links = page["links"].as_array().into_iter().flatten();
    let next = links.find(|link| link["rel"] == "next");
    let next = next.and_then(|link| link["href"].as_str());
    next.map_or_else(String::new, |href| {
        format!(
            "<p class=\"pages\"><a rel=\"next\" href=\"{}\">{} ›</a></p>",
            sheet.escaped(href),
            sheet.say("next", &[])
        )
    })
}

/// What can be asked for on a page of features.
fn form(sheet: &Sheet<'_>, query: &Query<'_>, collection: Collection) -> String {
    let field = |name: &str, kind: &str, hint: &str| {
        let label = sheet.say(name, &[]);
        let value = sheet.escaped(query.text(name).unwrap_or_default());
        format!(
            "<label>{label}<input name=\"{name}\" type=\"{kind}\" value=\"{value}\" \
             placeholder=\"{}\"></label>",
            sheet.escaped(hint)
        )
    };
    let example = match collection {
        Collection::Parcels => "registeredArea > 100 AND landUseCodes = 'ODT'",
        Collection::Wards => "ACCENTI(name) LIKE 'Ben%'",
        Collection::Zones => "storeysMax >= 5",
        Collection::Roads => "width > 12 AND NOT alley",
        Collection::Restrictions => "kind = 'corridor_canal'",
    };
    let name = collection.name();
    let queryables = sheet.to(&format!("/collections/{name}/queryables"));
    format!(
        "<form method=\"get\"><input type=\"hidden\" name=\"lang\" value=\"{lang}\">\
         <input type=\"hidden\" name=\"f\" value=\"html\">{kept}{filter}{datetime}\
         <p class=\"of\"><a href=\"{queryables}\">{asked}</a></p>\
         <button>{apply}</button></form>",
        lang = sheet.language.tag(),
        kept = kept(sheet, query),
        filter = field("filter", "text", example),
        datetime = field("datetime", "text", "2026-01-01"),
        asked = sheet.escaped(&sheet.language.text("link", "queryables", &[])),
        apply = sheet.say("apply", &[]),
    )
}

/// What else was asked stays asked, from the first page on.
fn kept(sheet: &Sheet<'_>, query: &Query<'_>) -> String {
    let anew = ["lang", "f", "filter", "datetime", "cursor", "offset"];
    let others = query.pairs().filter(|(name, _)| !anew.contains(name));
    let fields = others.map(|(name, value)| {
        let value = sheet.escaped(value);
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">")
    });
    fields.collect()
}

/// One feature with those of its collection that lie beside it.
///
/// # Errors
/// [`app::Error::Internal`] when a feature beside it cannot be written.
pub fn item(
    sheet: &Sheet<'_>,
    facts: Facts,
    feature: &Value,
    view: &View,
    during: Days,
) -> Result<String, Problem> {
    let (id, properties) = (
        feature["id"].as_i64().unwrap_or_default(),
        &feature["properties"],
    );
    let geometry = &feature["geometry"];
    let mut map = String::new();
    if let Some(frame) = frame_around(std::iter::once(geometry)) {
        let mut drawing = Drawing::within(frame);
        for beside in beside(sheet, facts.collection, frame, view, during)? {
            drawing.add("beside", &beside);
        }
        drawing.add("chosen", geometry);
        let [west, south, east, north] = frame;
        let on_map = match facts.collection {
            Collection::Parcels => sheet.to(&format!("/?id={id}")),
            _ => {
                let (lon, lat) = ((west + east) / 2.0, (south + north) / 2.0);
                sheet.to(&format!("/?lon={lon:.6}&lat={lat:.6}"))
            }
        };
        map = format!(
            "{}<p><a href=\"{on_map}\">{}</a></p>",
            drawing.svg(&facts.title(id, properties)),
            sheet.say("on_map", &[])
        );
    }
    if facts.collection == Collection::Parcels {
        let extract = sheet.to(&format!("/v1/parcels/{id}/extract?f=html"));
        let said = sheet.escaped(&sheet.language.text("extract", "link", &[]));
        map.push_str(&format!("<p><a href=\"{extract}\">{said}</a></p>"));
    }
    Ok(format!("{map}{}", facts.all(properties)))
}

/// The shapes of a collection that meet a frame, as GeoJSON.
fn beside(
    sheet: &Sheet<'_>,
    collection: Collection,
    frame: Frame,
    view: &View,
    during: Days,
) -> Result<Vec<Value>, Problem> {
    let region = page_query::region(view, System::LonLat, &[frame])?;
    let selection = Selection {
        region: Some(region),
        ..Selection::during(during)
    };
    let mut walk = view.walk(collection, selection, None);
    let mut keys = KEYS_BESIDE;
    let mut shapes = Vec::new();
    let wording = Wording::new(view, sheet.language);
    while let Found::Item(item) = walk.next_within(&mut keys) {
        if shapes.len() == BESIDE_MAX {
            break;
        }
        shapes.push(geometry_of(&wording, &item)?);
    }
    Ok(shapes)
}

/// The geometry of an item, as GeoJSON in degrees.
pub fn geometry_of(
    wording: &Wording<'_>,
    item: &crate::land::items::Item,
) -> Result<Value, app::Error> {
    let mut json = Json::with_capacity(1024);
    feature::write(&mut json, wording, item)?;
    let mut feature = read(&json.into_bytes())?;
    Ok(feature["geometry"].take())
}

/// What the server has written, read again.
///
/// # Errors
/// [`app::Error::Internal`] when it is not JSON.
pub fn read(bytes: &[u8]) -> Result<Value, app::Error> {
    serde_json::from_slice(bytes)
        .map_err(|error| app::Error::internal("cannot read an answer for its page", error))
}
