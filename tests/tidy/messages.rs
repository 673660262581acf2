//! The page says everything in both languages, and says nothing that is not written down.

use std::collections::BTreeMap;

use super::assert_kept;
use super::source::text_files;
use serde_json::Value;

/// Texts by their dotted keys.
fn texts(json: &str) -> BTreeMap<String, String> {
    fn collect(prefix: &str, value: &Value, into: &mut BTreeMap<String, String>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let dot = if prefix.is_empty() { "" } else { "." };
                    collect(&format!("{prefix}{dot}{name}"), member, into);
                }
            }
            other => {
                let text = other.as_str().expect("messages are texts");
                into.insert(prefix.to_owned(), text.to_owned());
            }
        }
    }
    let mut found = BTreeMap::new();
    let json: Value = serde_json::from_str(json).expect("messages are JSON");
    collect("", &json, &mut found);
    found
}

/// All texts of the page in one language: those that it begins with, and those that come on demand.
fn texts_of(files: [&str; 2]) -> BTreeMap<String, String> {
    let [first, later] = files.map(texts);
    let both = first.keys().find(|key| later.contains_key(*key));
    assert_eq!(both, None, "a text stands in one file");
    first.into_iter().chain(later).collect()
}

fn vietnamese() -> BTreeMap<String, String> {
    texts_of([
        include_str!("../../web/src/messages/vi.json"),
        include_str!("../../web/src/messages/panel.vi.json"),
    ])
}

/// Names between double braces, in the order of the alphabet.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text
        .split("{{")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}").map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn the_page_says_the_same_in_both_languages() {
    let vietnamese = vietnamese();
    let english = texts_of([
        include_str!("../../web/src/messages/en.json"),
        include_str!("../../web/src/messages/panel.en.json"),
    ]);
    let mut broken = Vec::new();
    for (key, text) in &vietnamese {
        match english.get(key) {
            None => broken.push(format!("{key}: not in English")),
            Some(other) if placeholders(text) != placeholders(other) => {
                broken.push(format!("{key}: other placeholders in English"));
            }
            Some(_) => {}
        }
    }
    for key in english.keys().filter(|key| !vietnamese.contains_key(*key)) {
        broken.push(format!("{key}: not in Vietnamese"));
    }
    assert_kept("both languages have every text", &broken);
}

#[test]
fn every_text_the_page_asks_for_is_there_and_every_text_is_asked_for() {
    let known = vietnamese();
    let sources: Vec<_> = text_files()
        .into_iter()
        .filter(|file| file.path.starts_with("web/src/") && file.path.ends_with(".tsx"))
        .collect();
    assert!(sources.len() > 10, "the page has files");
    let mut broken = Vec::new();
    let mut beginnings = Vec::new();
    let mut used = Vec::new();
    for file in &sources {
        for quoted in file.text.split(['"', '`']).skip(1) {
            match quoted.split_once("${") {
                Some((beginning, _)) => beginnings.push(beginning.to_owned()),
                None => used.push(quoted.to_owned()),
            }
        }
        for (at, call) in file.text.match_indices("t(\"") {
            // `setHeight("` is another function.
            let before = file.text[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric()) {
                continue;
            }
            let call = &file.text[at + call.len()..];
            let key = call.split('"').next().unwrap_or_default();
            let is_key = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
            if is_key && !known.contains_key(key) {
                broken.push(format!("{}: `{key}` has no text", file.path));
            }
        }
    }
    for key in known.keys() {
        let begun = beginnings
            .iter()
            .any(|b| b.contains('.') && key.starts_with(b.as_str()));
        if !used.contains(key) && !begun {
            broken.push(format!("`{key}` is never said"));
        }
    }
    assert_kept("texts and their uses agree", &broken);
}
