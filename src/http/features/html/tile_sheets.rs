//! Sets of tiles and how the world is cut into tiles, for people.

use std::fmt::Write;

use serde_json::Value;

use super::offer_sheets::system_link;
use super::sheet::Sheet;

/// Sets of tiles, each a section.
pub fn sets(sheet: &Sheet<'_>, document: &Value) -> String {
    let sets = document["tilesets"].as_array().into_iter().flatten();
    sets.map(|one| {
        let name = sheet.escaped(one["tileMatrixSetId"].as_str().unwrap_or_default());
        format!("<section><h2>{name}</h2>{}</section>", set(sheet, one))
    })
    .collect()
}

/// One set of tiles: its system, its layers with their zooms, and where it leads.
pub fn set(sheet: &Sheet<'_>, document: &Value) -> String {
    let system = system_link(sheet, document["crs"].as_str().unwrap_or_default());
    let mut rows = format!(
        "<div><dt>{}</dt><dd>{system}</dd></div>",
        sheet.say("systems", &[])
    );
    let mut layers = String::new();
    for layer in document["layers"].as_array().into_iter().flatten() {
        let text = |name: &str| sheet.escaped(layer[name].as_str().unwrap_or_default());
        // Writing to a String does not fail.
        let _ = write!(
            layers,
            "<li><code>{}</code> {} – {}</li>",
            text("id"),
            text("minTileMatrix"),
            text("maxTileMatrix")
        );
    }
    let name = sheet.say("tile_layers", &[]);
    let _ = write!(rows, "<div><dt>{name}</dt><dd><ul>{layers}</ul></dd></div>");
    format!("<dl>{rows}</dl>{}", links(sheet, document))
}

/// Where a document leads; an address with holes is shown and not followed.
fn links(sheet: &Sheet<'_>, document: &Value) -> String {
    let mut items = String::new();
    for link in document["links"].as_array().into_iter().flatten() {
        let text = |name: &str| sheet.escaped(link[name].as_str().unwrap_or_default());
        let (href, title) = (text("href"), text("title"));
        let _ = match link["templated"].as_bool() {
            Some(true) => write!(items, "<li>{title}: <code>{href}</code></li>"),
            _ => write!(items, "<li><a href=\"{href}\">{title}</a></li>"),
        };
    }
    format!("<ul>{items}</ul>")
}

/// All tile matrix sets.
pub fn matrix_sets(sheet: &Sheet<'_>, document: &Value) -> String {
    let sets = document["tileMatrixSets"].as_array().into_iter().flatten();
    let rows = sets.map(|set| {
        let text = |name: &str| sheet.escaped(set[name].as_str().unwrap_or_default());
        let href = sheet.to(&format!("/tileMatrixSets/{}", text("id")));
        format!(
            "<li><a href=\"{href}\">{}</a> <span class=\"of\">{}</span></li>",
            text("title"),
            system_link(sheet, set["crs"].as_str().unwrap_or_default())
        )
    });
    format!("<ul class=\"rows\">{}</ul>", rows.collect::<String>())
}

/// One tile matrix set: its system and its matrices.
pub fn matrix_set(sheet: &Sheet<'_>, document: &Value) -> String {
    let matrices = document["tileMatrices"].as_array().into_iter().flatten();
    let rows = matrices.map(|matrix| {
        let number = |name: &str| sheet.escaped(&matrix[name].to_string());
        let id = sheet.escaped(matrix["id"].as_str().unwrap_or_default());
        format!(
            "<li><code>{id}</code> <span class=\"of\">1 : {} · {} × {}</span></li>",
            number("scaleDenominator"),
            number("matrixWidth"),
            number("matrixHeight")
        )
    });
    format!(
        "<dl><div><dt>{}</dt><dd>{}</dd></div></dl><ul class=\"rows\">{}</ul>",
        sheet.say("systems", &[]),
        system_link(sheet, document["crs"].as_str().unwrap_or_default()),
        rows.collect::<String>()
    )
}
