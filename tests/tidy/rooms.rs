//! Rooms stand in one order, and a room uses only rooms before it.

use super::assert_kept;
use super::source::{SourceFile, ident, is_punct, rust_files, walk};
use proc_macro2::{Delimiter, TokenTree};

/// From the bottom of the house to its top.
pub const ORDER: [&str; 17] = [
    "geometry",
    "evidence",
    "crs",
    "index",
    "cadastre",
    "planning",
    "land",
    "rules",
    "permit",
    "statistics",
    "tile",
    "exchange",
    "store",
    "app",
    "http",
    "config",
    "cli",
];

/// Uses against the order, each with its reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

fn place(room: &str) -> Option<usize> {
    ORDER.iter().position(|r| *r == room)
}

/// Rooms named after `crate::` (or `diachinh::`) anywhere in the file.
fn rooms_named(file: &SourceFile) -> Vec<String> {
    let mut named = Vec::new();
    walk(&file.tokens(), &mut |tokens| {
        for (i, token) in tokens.iter().enumerate() {
            let starts = matches!(ident(Some(token)).as_deref(), Some("crate" | "diachinh"));
            if !starts || !is_punct(tokens.get(i + 1), ':') || !is_punct(tokens.get(i + 2), ':') {
                continue;
            }
            match tokens.get(i + 3) {
                Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Brace => {
                    let inner: Vec<TokenTree> = g.stream().into_iter().collect();
                    let first_of_each = inner.split(|t| is_punct(Some(t), ','));
                    named.extend(first_of_each.filter_map(|path| ident(path.first())));
                }
                other => named.extend(ident(other)),
            }
        }
    });
    named
}

#[test]
fn a_room_uses_only_rooms_before_it() {
    let mut broken = Vec::new();
    for file in rust_files() {
        let Some(own) = file.room().and_then(place) else {
            continue;
        };
        for used in rooms_named(&file) {
            let excepted = EXCEPTIONS.contains(&(file.path.as_str(), used.as_str()));
            if place(&used).is_some_and(|used| used > own) && !excepted {
                broken.push(format!("{}: uses `{used}`, which comes later", file.path));
            }
        }
    }
    assert_kept("a room uses only rooms before it", &broken);
}

#[test]
fn every_folder_of_the_source_is_a_room() {
    let mut broken = Vec::new();
    for file in rust_files() {
        if let Some(room) = file.room()
            && place(room).is_none()
            && !["lib", "main"].contains(&room)
        {
            broken.push(format!("{}: `{room}` is not a room", file.path));
        }
    }
    assert_kept("every folder of src is a room in the order", &broken);
}

#[test]
fn a_later_room_is_noticed_in_a_path_and_in_a_list() {
    let noticed = |text: &str| {
        rooms_named(&SourceFile {
            path: "src/geometry/x.rs".to_owned(),
            text: text.to_owned(),
        })
    };
    assert_eq!(noticed("fn f() { crate::store::open(); }"), ["store"]);
    assert_eq!(
        noticed("use crate::{crs::Epsg, http::{a, b}};"),
        ["crs", "http"]
    );
    assert!(noticed("/// See [`crate::store`].\nfn f() {}").is_empty());
}
