//! What is offered, for people: collections, and what they say and can be asked.

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
            "<li><a href=\"{href}\">{}</a> <span class=\"of\">{}</span></li>",
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
        .map(|system| format!("<li>{}</li>", system_link(sheet, system)))
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

/// A coordinate system by its short name, leading to its definition.
pub fn system_link(sheet: &Sheet<'_>, system: &str) -> String {
    let mut parts = system.rsplit('/');
    let name = match (parts.next(), parts.next(), parts.next()) {
        (Some(code), Some(_), Some(authority)) => format!("{authority}:{code}"),
        _ => system.to_owned(),
    };
    let (href, name) = (sheet.escaped(system), sheet.escaped(&name));
    format!("<a href=\"{href}\">{name}</a>")
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

/// The properties of a JSON Schema: what each is called, then the key by which programs know it.
pub fn schema(sheet: &Sheet<'_>, document: &Value) -> String {
    format!(
        "<ul class=\"rows\">{}</ul>",
        properties(sheet, document, "")
    )
}

/// Properties and those within them; `path` leads to them and ends with a dot.
fn properties(sheet: &Sheet<'_>, within: &Value, path: &str) -> String {
    let mut rows = String::new();
    for (name, described) in within["properties"].as_object().into_iter().flatten() {
        let text = |key: &str| described[key].as_str();
        let kind = match (text("type"), text("format")) {
            (_, Some("date")) => "date",
            (None, _) => "geometry",
            (Some(kind), _) => kind,
        };
        let kind = sheet.say(&format!("kind_{kind}"), &[]);
        let unit = text("x-ogc-unit").map(|unit| format!(", {}", sheet.escaped(unit)));
        let key = format!("{path}{name}");
        let words = described["enum"].as_array().into_iter().flatten();
        let words: Vec<String> = words
            .filter_map(Value::as_str)
            .map(|word| word_of(sheet, word))
            .collect();
        let inside = match text("type") {
            Some("array") => &described["items"],
            _ => described,
        };
        let inside = properties(sheet, inside, &format!("{key}."));
        let inside = if inside.is_empty() {
            inside
        } else {
            format!("<ul>{inside}</ul>")
        };
        let _ = write!(
            rows,
            "<li>{} <code>{}</code> <span class=\"of\">{kind}{} {}</span>{inside}</li>",
            sheet.escaped(text("title").unwrap_or_default()),
            sheet.escaped(&key),
            unit.unwrap_or_default(),
            words.join(", ")
        );
    }
    rows
}

/// One of the words that a property may hold: what it means, and how programs write it.
fn word_of(sheet: &Sheet<'_>, word: &str) -> String {
    let said = sheet.language.find("word", word);
    let said = said.map(|said| format!("{} ", sheet.escaped(&said)));
    let word = sheet.escaped(word);
    format!("{}<code>{word}</code>", said.unwrap_or_default())
}
