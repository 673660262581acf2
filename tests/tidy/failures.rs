//! What a failure says is told in Vietnamese too, wherever a command can show it.

use std::collections::BTreeMap;

use super::assert_kept;
use super::source::text_files;

/// Rooms and files whose failures no command shows: their texts go into logs, or into answers
/// over HTTP that have words of their own.
const UNSEEN: [&str; 6] = [
    "src/geometry/matrix.rs",
    "src/land/filter/",
    "src/land/items/",
    "src/land/question.rs",
    "src/tile/",
    "src/store/personal/",
];

/// After these stands the text of a failure, whole or as a format string.
const BEGINNINGS: [&str; 6] = [
    "#[error(",
    "Error::Usage(",
    "Error::Refused(",
    "Error::internal(",
    "what: ",
    "map_err(failed(",
];

/// The text of a literal that begins here, perhaps in `format!(…)`; nothing for anything else.
fn literal(code: &str) -> Option<String> {
    let code = code.trim_start();
    let code = code.strip_prefix("format!(").unwrap_or(code).trim_start();
    let mut text = String::new();
    let mut rest = code.strip_prefix('"')?.chars();
    loop {
        match rest.next()? {
            '"' => return Some(text),
            '\\' => match rest.next()? {
                '\n' => rest = rest.as_str().trim_start().chars(),
                'n' => text.push('\n'),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

/// Whether a text says anything beside the values it is filled with.
fn says_something(text: &str) -> bool {
    let mut outside = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('{') {
        outside.push_str(before);
        rest = from.split_once('}').map_or("", |(_, after)| after);
    }
    outside.push_str(rest);
    outside.chars().any(char::is_alphabetic)
}

#[test]
fn every_failure_that_a_command_can_show_is_told_in_both_languages() {
    let file = include_str!("../../data/messages/failures.toml");
    let told: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(file).expect("the failures are TOML");
    let told = |text: &str| told.values().any(|section| section.contains_key(text));
    let (mut broken, mut seen) = (Vec::new(), 0);
    for file in text_files() {
        let shown = file.path.starts_with("src/") && !file.is_test();
        if !shown || UNSEEN.iter().any(|unseen| file.path.starts_with(unseen)) {
            continue;
        }
        let code = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        // Failures within an answer over HTTP are told there by their kind.
        let beginnings = match file.room() {
            Some("http") => &BEGINNINGS[..1],
            _ => &BEGINNINGS[..],
        };
        for beginning in beginnings {
            for (at, _) in code.match_indices(beginning) {
                let text = literal(&code[at + beginning.len()..]);
                let Some(text) = text.filter(|text| says_something(text)) else {
                    continue;
                };
                seen += 1;
                if !told(&text) {
                    broken.push(format!("{}: \"{text}\"", file.path));
                }
            }
        }
    }
    assert!(seen > 150, "{seen} texts of failures were found");
    assert_kept("data/messages/failures.toml has every failure", &broken);
}
