//! Files for download, for people: how each is, and how far the making of one has come.

use std::fmt::Write;

use serde_json::Value;

use super::sheet::Sheet;
use crate::http::made_files::WAIT_S;
use crate::http::page_words::PageWords;

/// Media type of the files that hold tiles; the others hold features.
const OF_TILES: &str = "application/vnd.pmtiles";

/// The files of a folder.
pub fn files(sheet: &Sheet<'_>, document: &Value) -> String {
    let mut rows = String::new();
    let all = document["downloads"].as_array();
    for file in all.into_iter().flatten() {
        let name = name(file);
        let href = sheet.escaped(&with_language(sheet, file));
        // Writing to a String does not fail.
        let _ = write!(
            rows,
            "<li><a href=\"{href}\">{name}</a> <span class=\"of\">{}</span>{}</li>",
            state(sheet, file),
            progress(sheet, file),
            name = sheet.escaped(name),
        );
    }
    let waits = if is_any_made(document) {
        let seconds = [("seconds", WAIT_S.to_owned())];
        format!("<p>{}</p>", sheet.say("download_again", &seconds))
    } else {
        String::new()
    };
    let described = &document["links"][0];
    let text = |name: &str| described[name].as_str().unwrap_or_default();
    let (href, title) = (sheet.path(text("href")), sheet.escaped(text("title")));
    let href = sheet.escaped(&href);
    format!("{waits}<ul class=\"rows\">{rows}</ul><p><a href=\"{href}\">{title}</a></p>")
}

/// Whether any file of a folder is being made, or waits to be.
pub fn is_any_made(document: &Value) -> bool {
    let all = document["downloads"].as_array();
    all.into_iter()
        .flatten()
        .any(|file| file["state"] == "making" || file["state"] == "waiting")
}

/// A file that is being made.
pub fn making(sheet: &Sheet<'_>, file: &Value, folder: &str) -> String {
    format!(
        "<p role=\"status\">{}</p>{}<p>{}</p><p><a href=\"{}\">{}</a></p>",
        state(sheet, file),
        progress(sheet, file),
        sheet.say("download_begins", &[]),
        sheet.to(folder),
        sheet.say("download_all", &[]),
    )
}

/// What a file is called.
pub fn name(file: &Value) -> &str {
    let href = file["href"].as_str().unwrap_or_default();
    href.rsplit('/').next().unwrap_or_default()
}

fn with_language(sheet: &Sheet<'_>, file: &Value) -> String {
    sheet.path(file["href"].as_str().unwrap_or_default())
}

/// How a file is, in a sentence; in two while another is sent.
fn state(sheet: &Sheet<'_>, file: &Value) -> String {
    let words = PageWords {
        language: sheet.language,
    };
    let count = |value: &Value| words.number(value.as_u64().unwrap_or_default() as f64, (0, 0));
    let newest = newest(sheet, file, count);
    let Some(bytes) = file["bytes"].as_u64() else {
        return newest;
    };
    let date = file["date"].as_str().unwrap_or_default();
    let arguments = [
        ("size", size(words, bytes)),
        ("revision", file["revision"].to_string()),
        ("date", date.to_owned()),
    ];
    match file["state"].as_str() {
        Some("ready") => sheet.say("download_ready", &arguments),
        _ => format!("{} {newest}", sheet.say("download_earlier", &arguments)),
    }
}

/// How the file of the newest state is, in a sentence.
fn newest(sheet: &Sheet<'_>, file: &Value, count: impl Fn(&Value) -> String) -> String {
    match file["state"].as_str() {
        Some("waiting") => sheet.say("download_waiting", &[("ahead", count(&file["ahead"]))]),
        Some("making") => {
            let key = if file["type"] == OF_TILES {
                "download_making_tiles"
            } else {
                "download_making"
            };
            let arguments = [
                ("written", count(&file["written"])),
                ("of", count(&file["of"])),
                ("percent", per_cent(file).to_string()),
            ];
            sheet.say(key, &arguments)
        }
        Some("failed") => sheet.say("download_not_now", &[]),
        _ => sheet.say("download_not_made", &[]),
    }
}

/// How far a file is, in whole per cent that are done.
fn per_cent(file: &Value) -> u64 {
    let number = |name: &str| file[name].as_u64().unwrap_or_default();
    let all = number("of");
    (number("written") * 100).checked_div(all).unwrap_or(100)
}

/// The same as a bar, for a file that is being made.
fn progress(sheet: &Sheet<'_>, file: &Value) -> String {
    if file["state"] != "making" {
        return String::new();
    }
    format!(
        "<progress max=\"100\" value=\"{}\" aria-label=\"{}\"></progress>",
        per_cent(file),
        sheet.say("download_progress", &[("file", name(file).to_owned())]),
    )
}

/// A number of bytes as people say it.
fn size(words: PageWords, bytes: u64) -> String {
    let units = ["kB", "MB", "GB", "TB"];
    let mut size = (bytes as f64 / 1000.0, "kB");
    for unit in units {
        size.1 = unit;
        if size.0 < 1000.0 {
            break;
        }
        size.0 /= 1000.0;
    }
    format!("{} {}", words.number(size.0, (0, 1)), size.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::language::Language;

    #[test]
    fn sizes_and_shares_are_told_as_people_read_them() {
        let words = PageWords {
            language: Language::Vietnamese,
        };
        let told = [400, 12_345, 12_345_678, 4_710_000_000].map(|bytes| size(words, bytes));
        assert_eq!(told, ["0,4 kB", "12,3 kB", "12,3 MB", "4,7 GB"]);
        for (written, of, expected) in [
            (0, 7, 0),
            (1, 3, 33),
            (299, 300, 99),
            (5, 5, 100),
            (0, 0, 100),
        ] {
            let file = serde_json::json!({"written": written, "of": of});
            assert_eq!(per_cent(&file), expected, "{written} of {of}");
        }
    }
}
