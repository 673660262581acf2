//! Words that say nothing, and words of the workshop, do not stand in the house.

use super::assert_kept;
use super::source::{ident, rust_files, text_files, walk};

/// Never a part of a name.
const NEVER: [&str; 10] = [
    "util",
    "utils",
    "helper",
    "helpers",
    "misc",
    "manager",
    "service",
    "handler",
    "processor",
    "plr",
];
/// Not the whole name, nor what a name ends with.
const NOT_LAST: [&str; 5] = ["common", "data", "info", "base", "types"];

fn says_nothing(name: &str) -> bool {
    let words = words_of(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    words.iter().any(|w| NEVER.contains(&w.as_str())) || NOT_LAST.contains(&last)
}

/// `snake_case` and `CamelCase` apart into lower-case words.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if c == '_' || c == '-' || c.is_uppercase() {
            words.push(String::new());
        }
        if c != '_' && c != '-' {
            let word = words.last_mut().expect("begun with one");
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

#[test]
fn files_modules_types_and_functions_have_names_that_say_something() {
    let mut broken = Vec::new();
    for file in rust_files() {
        if says_nothing(file.stem()) {
            broken.push(format!("{}: the file", file.path));
        }
        walk(&file.tokens(), &mut |tokens| {
            for pair in tokens.windows(2) {
                let (Some(keyword), Some(name)) = (ident(pair.first()), ident(pair.get(1))) else {
                    continue;
                };
                let thing = ["mod", "struct", "enum", "trait", "union"].contains(&keyword.as_str());
                let vague =
                    keyword == "fn" && (name.starts_with("do_") || name.starts_with("process_"));
                if thing && says_nothing(&name) || vague {
                    broken.push(format!("{}: {keyword} {name}", file.path));
                }
            }
        });
    }
    assert_kept("a name says what the thing does", &broken);
}

#[test]
fn nothing_speaks_of_the_place_where_it_was_made() {
    // Put together here, so that this file does not break its own law.
    let words = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("anth", "ropic"),
        concat!("cla", "ude"),
        concat!("chat", "gpt"),
        concat!("sub", "agent"),
    ];
    let mut broken = Vec::new();
    for file in text_files() {
        for (number, line) in file.text.lines().enumerate() {
            let lower = line.to_lowercase();
            if words.iter().any(|w| lower.contains(w)) {
                let shown: String = line.trim().chars().take(100).collect();
                broken.push(format!("{}:{}: {shown}", file.path, number + 1));
            }
        }
    }
    assert_kept("a clone stands alone", &broken);
}

#[test]
fn a_name_of_empty_words_is_noticed() {
    for name in [
        "utils",
        "ParcelManager",
        "read_helper",
        "ParcelInfo",
        "types",
    ] {
        assert!(says_nothing(name), "`{name}` says nothing");
    }
    for name in [
        "WithoutDataArea",
        "metadata",
        "database",
        "common_edges",
        "ParcelKey",
    ] {
        assert!(!says_nothing(name), "`{name}` says something");
    }
}
