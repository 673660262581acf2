//! Each library belongs to one room, which hides it.

use super::assert_kept;
use super::source::{SourceFile, ident, is_punct, rust_files, walk};

/// Library and the rooms that may name it; `*` is every room.
const OWNERS: &[(&str, &[&str])] = &[
    ("rstar", &["index"]),
    ("sha2", &["evidence"]),
    ("hmac", &["evidence"]),
    ("ed25519-dalek", &["evidence"]),
    ("proj", &["crs"]),
    ("proj-sys", &["crs"]),
    ("jiff", &["cadastre"]),
    ("unicode-normalization", &["cadastre"]),
    ("rust_decimal", &["rules"]),
    ("rayon", &["land", "tile"]),
    ("arc-swap", &["land", "app"]),
    ("crc32fast", &["land"]),
    ("moka", &["tile"]),
    ("libdeflater", &["tile"]),
    ("brotli", &["tile"]),
    ("zstd", &["tile"]),
    ("gdal", &["exchange"]),
    ("gdal-sys", &["exchange"]),
    ("libc", &["cli", "exchange"]),
    ("encoding_rs", &["exchange"]),
    ("seccompiler", &["exchange"]),
    ("rustix", &["exchange"]),
    ("parquet", &["exchange"]),
    ("postcard", &["exchange"]),
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("libsqlite3-sys", &["store"]),
    ("chacha20poly1305", &["store"]),
    ("getrandom", &["evidence", "store"]),
    ("base64", &["evidence", "http"]),
    ("cql2", &["http"]),
    ("pest", &["http"]),
    ("actix-web", &["http"]),
    ("actix-http", &["http"]),
    ("actix-service", &["http"]),
    ("actix-files", &["http"]),
    ("tokio", &["http"]),
    ("ipnet", &["http"]),
    ("utoipa", &["http"]),
    ("governor", &["http"]),
    ("prometheus", &["http"]),
    ("rust-embed", &["http"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("tracing-subscriber", &["cli"]),
    ("figment", &["config"]),
    // Each room documents its own options; config prints them.
    ("documented", &["store", "app", "http", "config"]),
    ("serde", &["*"]),
    ("serde_json", &["*"]),
    ("thiserror", &["*"]),
    ("toml", &["*"]),
    ("tracing", &["*"]),
];

/// A file that names a library of another room, with the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Names of libraries at the beginning of a path: `name::…`.
fn libraries_named(file: &SourceFile) -> Vec<String> {
    let mut named = Vec::new();
    let tokens = file.shipped_tokens();
    let mut own_modules = Vec::new();
    walk(&tokens, &mut |tokens| {
        for (i, token) in tokens.iter().enumerate() {
            let Some(name) = ident(Some(token)) else {
                continue;
            };
            if name == "mod" {
                own_modules.extend(ident(tokens.get(i + 1)));
            }
            let follows_path = i > 0 && is_punct(tokens.get(i - 1), ':');
            let starts_path = is_punct(tokens.get(i + 1), ':') && is_punct(tokens.get(i + 2), ':');
            if starts_path && !follows_path {
                named.push(name);
            }
        }
    });
    named.retain(|name| !own_modules.contains(name));
    named
}

#[test]
fn a_library_is_named_only_by_the_room_that_owns_it() {
    let mut broken = Vec::new();
    for file in rust_files() {
        let Some(room) = file.room().filter(|r| *r != "main" && *r != "lib") else {
            continue;
        };
        let mut named = libraries_named(&file);
        named.sort();
        named.dedup();
        for (library, owners) in OWNERS {
            let in_code = library.replace('-', "_");
            let excepted = EXCEPTIONS
                .iter()
                .any(|(path, excepted, _)| *path == file.path && excepted == library);
            let owned = owners.contains(&"*") || owners.contains(&room);
            if named.contains(&in_code) && !owned && !excepted {
                broken.push(format!("{}: `{library}` belongs to {owners:?}", file.path));
            }
        }
    }
    assert_kept("each library is used by one room", &broken);
}

#[test]
fn every_library_has_an_owner_and_every_owner_a_library() {
    let manifest = include_str!("../../Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("Cargo.toml is TOML");
    let wanted = manifest["dependencies"].as_table().expect("a table");
    let mut broken = Vec::new();
    for library in wanted.keys() {
        if !OWNERS.iter().any(|(owned, _)| owned == library) {
            broken.push(format!("Cargo.toml: no room owns `{library}`"));
        }
    }
    for (owned, _) in OWNERS {
        if !wanted.contains_key(*owned) {
            broken.push(format!(
                "tests/tidy/libraries.rs: `{owned}` is not used any more"
            ));
        }
    }
    assert_kept("the table of owners is the list of Cargo.toml", &broken);
}
