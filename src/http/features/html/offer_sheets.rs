//! What is offered, for people: collections, what they say and can be asked, standards, operations.

use std::fmt::Write;

use serde_json::Value;

use super::drawing::{Drawing, frame_around};
use super::item_sheets::geometry_of;
use super::sheet::Sheet;
use crate::app::{self, View};
use crate::http::features::downloads;
use crate::http::parcel_view::Wording;
use crate::land::items::{Collection, Days, Found, Selection};

/// Most wards that are drawn around a collection.
const WARDS_MAX: usize = 1_000;

/// All collections.
pub fn collections(sheet: &Sheet<'_>, document: &Value) -> String {
    let mut rows = String::new();
    for collection in document["collections"].as_array().into_iter().flatten() {
        let text = |name: &str| sheet.escaped(collection[name].as_str().unwrap_or_default());
        let href = sheet.to(&format!("/collections/{}", text("id")));
        // Writing to a String does not fail.
        let _ = write!(
            rows,
            "<li><a href=\"{href}\">{}</a><span class=\"of\">{}</span></li>",
            text("title"),
            text("description")
        );
    }
    let link = |path: &str, key: &str| {
        let text = sheet.escaped(&sheet.language.text("link", key, &[]));
        format!("<li><a href=\"{}\">{text}</a></li>", sheet.to(path))
    };
    let offers = document["collections"].as_array().into_iter().flatten();
    let offers = offers.into_iter().any(offers_files);
    let map = offers.then(|| link("/tiles/city/downloads?f=html", "map_file"));
    let also = [
        link("/tiles", "tilesets"),
        map.unwrap_or_default(),
        link("/conformance", "conformance"),
        link("/api?f=html", "api"),
    ]
    .concat();
    format!("<ul class=\"rows\">{rows}</ul><ul>{also}</ul>")
}

/// Whether the files of a collection are offered.
fn offers_files(collection: &Value) -> bool {
    let mut links = collection["links"].as_array().into_iter().flatten();
    links.any(|link| link["rel"] == "enclosure")
}

/// The files of a collection, each a link.
fn files(sheet: &Sheet<'_>, name: Option<&str>) -> String {
    let Some(collection) = name.and_then(Collection::of_name) else {
        return String::new();
    };
    let path = format!("/collections/{}/downloads", collection.name());
    let link = |file: &String| {
        let href = sheet.to(&format!("{path}/{file}"));
        format!("<li><a href=\"{href}\">{file}</a></li>")
    };
    let files: Vec<String> = downloads::names(collection).iter().map(link).collect();
    let (all, states) = (sheet.to(&path), sheet.say("download_states", &[]));
    format!("<ul>{}</ul><a href=\"{all}\">{states}</a>", files.concat())
}

/// One collection, on a map of the wards.
///
/// # Errors
/// [`app::Error::Internal`] when a ward cannot be drawn.
pub fn collection(sheet: &Sheet<'_>, document: &Value, view: &View) -> Result<String, app::Error> {
    let text = |name: &str| sheet.escaped(document[name].as_str().unwrap_or_default());
    let mut rows = String::new();
    let mut row = |name: &str, value: String| {
        let _ = write!(
            rows,
            "<div><dt>{}</dt><dd>{value}</dd></div>",
            sheet.say(name, &[])
        );
    };
    let interval = &document["extent"]["temporal"]["interval"][0];
    if let Some(from) = interval[0].as_str() {
        let to = interval[1].as_str().unwrap_or("…");
        row(
            "days",
            format!("{} – {}", sheet.escaped(from), sheet.escaped(to)),
        );
    }
    let sides = document["extent"]["spatial"]["bbox"][0].as_array();
    let sides: Vec<f64> = sides
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect();
    if let [west, south, east, north] = sides.as_slice() {
        row("extent", format!("{west}, {south}, {east}, {north}"));
    }
    let systems = document["crs"].as_array().into_iter().flatten();
    let systems: Vec<String> = systems
        .filter_map(Value::as_str)
        .map(|system| format!("<li>{}</li>", sheet.escaped(system)))
        .collect();
    row("systems", format!("<ul>{}</ul>", systems.concat()));
    if offers_files(document) {
        row("downloads", files(sheet, document["id"].as_str()));
    }
    let link = |below: &str, key: &str| {
        let href = sheet.to(&format!("/collections/{}/{below}", text("id")));
        let text = sheet.escaped(&sheet.language.text("link", key, &[]));
        format!("<li><a href=\"{href}\">{text}</a></li>")
    };
    Ok(format!(
        "<p class=\"about\">{about}</p><ul class=\"rows\">{links}</ul>{map}<dl>{rows}</dl>",
        about = text("description"),
        links = [
            link("items", "items"),
            link("queryables", "queryables"),
            link("schema", "schema"),
        ]
        .concat(),
        map = map(sheet, &sides, view)?,
    ))
}

/// A box among the wards of the day.
fn map(sheet: &Sheet<'_>, sides: &[f64], view: &View) -> Result<String, app::Error> {
    let [west, south, east, north] = *sides else {
        return Ok(String::new());
    };
    let corners = serde_json::json!({"coordinates": [[west, south], [east, north]]});
    let Some(frame) = frame_around(std::iter::once(&corners)) else {
        return Ok(String::new());
    };
    let mut drawing = Drawing::within(frame);
    drawing.add_frame("chosen", [west, south, east, north]);
    let wording = Wording::new(view, sheet.language);
    let selection = Selection::during(Days::on(view.date()));
    let mut walk = view.walk(Collection::Wards, selection, None);
    let mut keys = WARDS_MAX;
    while let Found::Item(ward) = walk.next_within(&mut keys) {
        drawing.add("beside line", &geometry_of(&wording, &ward)?);
    }
    Ok(drawing.svg(&sheet.language.text("html", "small_map", &[])))
}

/// The properties of a JSON Schema.
pub fn schema(sheet: &Sheet<'_>, document: &Value) -> String {
    let mut rows = String::new();
    for (name, described) in document["properties"].as_object().into_iter().flatten() {
        let text = |key: &str| described[key].as_str().map(|text| sheet.escaped(text));
        let kind = [text("type"), text("format"), text("x-ogc-unit")];
        let kind: Vec<String> = kind.into_iter().flatten().collect();
        let words = described["enum"].as_array().into_iter().flatten();
        let words: Vec<&str> = words.filter_map(Value::as_str).collect();
        let words = sheet.escaped(&words.join(", "));
        let _ = write!(
            rows,
            "<li><code>{}</code><span class=\"of\">{} ({}) {words}</span></li>",
            sheet.escaped(name),
            text("title").unwrap_or_default(),
            kind.join(", ")
        );
    }
    format!("<ul class=\"rows\">{rows}</ul>")
}

/// The conformance classes.
pub fn conformance(sheet: &Sheet<'_>, classes: &[&str]) -> String {
    let row = |class: &&str| format!("<li>{}</li>", sheet.escaped(class));
    let rows: String = classes.iter().map(row).collect();
    format!("<ul class=\"rows\">{rows}</ul>")
}

/// The operations of an OpenAPI document, which is written in English.
pub fn operations(sheet: &Sheet<'_>, document: &Value) -> String {
    let mut rows = String::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let operation = &item["get"];
        let text = |name: &str| sheet.escaped(operation[name].as_str().unwrap_or_default());
        let mut parameters = String::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let of = |key: &str| sheet.escaped(parameter[key].as_str().unwrap_or_default());
            let _ = write!(
                parameters,
                "<li><code>{}</code> {}</li>",
                of("name"),
                of("description")
            );
        }
        let _ = write!(
            rows,
            "<li><code>GET {}</code><span class=\"of\" lang=\"en\">{}</span>\
             <ul lang=\"en\">{parameters}</ul></li>",
            sheet.escaped(path),
            text("summary")
        );
    }
    format!("<ul class=\"rows\">{rows}</ul>")
}
