//! Licences and sources of what we depend on, against an allow list.
//!
//! No advisory database is consulted: none can be had without a network. `cargo audit` is for
//! whoever builds a release.

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand, Package};

/// Licences that go with MIT OR Apache-2.0, by their SPDX names.
const LICENCES: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "CC0-1.0",
    "Unlicense",
    "Unicode-3.0",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
];

/// Libraries under another licence: name, licence, why it is acceptable.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Libraries that name no licence and bring its text: name, first line, SPDX name.
const TEXTS: &[(&str, &str, &str)] = &[("unaccent", "MIT License", "MIT")];

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn metadata() -> Metadata {
    let platform = format!("--filter-platform={}", host());
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .other_options(vec![
            platform,
            "--locked".to_owned(),
            "--offline".to_owned(),
        ])
        .exec()
        .expect("cargo describes what it has just built")
}

/// The platform this was built on, as `rustc -vV` names it.
fn host() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let said = std::process::Command::new(rustc).arg("-vV").output();
    let said = String::from_utf8(said.expect("rustc runs").stdout).expect("UTF-8");
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}

/// Whether one choice of the expression consists of allowed licences only.
///
/// `OR` gives a choice, `AND` and `,` ask for all, the old `/` means `OR`; parentheses nest.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let allowed = any_of(&mut rest);
    allowed && rest.is_empty()
}

fn any_of(rest: &mut &[&str]) -> bool {
    let mut allowed = all_of(rest);
    while let Some((&"OR", after)) = rest.split_first() {
        *rest = after;
        allowed |= all_of(rest);
    }
    allowed
}

fn all_of(rest: &mut &[&str]) -> bool {
    let mut allowed = one(rest);
    while let Some((&"AND", after)) = rest.split_first() {
        *rest = after;
        allowed &= one(rest);
    }
    allowed
}

fn one(rest: &mut &[&str]) -> bool {
    match rest.split_first() {
        Some((&"(", after)) => {
            *rest = after;
            let allowed = any_of(rest);
            let closed = matches!(rest.split_first(), Some((&")", _)));
            *rest = rest.get(1..).unwrap_or_default();
            allowed && closed
        }
        Some((licence, after)) => {
            *rest = after;
            // An exception to a licence only takes duties away.
            if let ["WITH", _, after @ ..] = *rest {
                *rest = after;
            }
            LICENCES.contains(licence)
        }
        None => false,
    }
}

fn is_excepted(package: &Package) -> bool {
    EXCEPTIONS.iter().any(|(name, licence, _)| {
        *name == package.name.as_str() && package.license.as_deref() == Some(licence)
    })
}

/// Whether the licence that a package brings as a text is one we may ship.
fn brings_allowed_text(package: &Package) -> bool {
    TEXTS.iter().any(|(name, first_line, licence)| {
        let brought = package
            .license_file()
            .filter(|_| *name == package.name.as_str());
        let text = brought.and_then(|file| std::fs::read_to_string(file).ok());
        let first = text.as_deref().and_then(|text| text.lines().next());
        first.map(str::trim) == Some(first_line) && is_allowed(licence)
    })
}

#[test]
fn every_library_has_a_licence_we_may_ship() {
    let packages = metadata().packages;
    assert!(packages.len() > 100, "the whole tree is looked at");
    let refused: Vec<String> = packages
        .iter()
        .filter(|p| !is_excepted(p) && !p.license.as_deref().is_some_and(is_allowed))
        .filter(|p| p.license.is_some() || !brings_allowed_text(p))
        .map(|p| format!("{} {}: {:?}", p.name, p.version, p.license))
        .collect();
    assert!(refused.is_empty(), "not allowed:\n{}", refused.join("\n"));
}

#[test]
fn every_library_comes_from_the_public_registry() {
    let refused: Vec<String> = metadata()
        .packages
        .iter()
        .filter(|p| p.source.as_ref().is_some_and(|s| s.repr != REGISTRY))
        .map(|p| format!("{} {}: {:?}", p.name, p.version, p.source))
        .collect();
    assert!(refused.is_empty(), "foreign:\n{}", refused.join("\n"));
}

/// What only builds or examines the page is not shipped; these licences are fine for that.
const LICENCES_OF_TOOLS: &[&str] = &["MPL-2.0", "CC-BY-4.0", "Python-2.0"];
/// Shipped inside the page beside code: typefaces.
const LICENCES_OF_TYPEFACES: &[&str] = &["OFL-1.1"];

#[test]
fn every_library_of_the_page_has_a_licence_we_may_ship() {
    let lock: serde_json::Value =
        serde_json::from_str(include_str!("../web/package-lock.json")).expect("a lock file");
    let packages = lock["packages"].as_object().expect("packages by folder");
    assert!(packages.len() > 20, "the whole tree is looked at");
    let mut refused = Vec::new();
    for (folder, package) in packages {
        let licence = package["license"].as_str().unwrap_or("none");
        let tool = package["dev"] == true && LICENCES_OF_TOOLS.contains(&licence);
        if !is_allowed(licence) && !tool && !LICENCES_OF_TYPEFACES.contains(&licence) {
            refused.push(format!("{folder}: {licence}"));
        }
    }
    assert!(refused.is_empty(), "not allowed:\n{}", refused.join("\n"));
}

#[test]
fn every_library_of_the_page_is_pinned_by_its_content() {
    let lock: serde_json::Value =
        serde_json::from_str(include_str!("../web/package-lock.json")).expect("a lock file");
    let packages = lock["packages"].as_object().expect("packages by folder");
    for (folder, package) in packages.iter().filter(|(folder, _)| !folder.is_empty()) {
        let integrity = package["integrity"].as_str().unwrap_or_default();
        assert!(integrity.starts_with("sha512-"), "{folder} is not pinned");
        let from = package["resolved"]
            .as_str()
            .unwrap_or("https://registry.npmjs.org/");
        assert!(
            from.starts_with("https://registry.npmjs.org/"),
            "{folder}: {from}"
        );
    }
}

#[test]
fn an_expression_is_allowed_when_one_of_its_choices_is() {
    assert!(is_allowed("MIT OR GPL-3.0-only"));
    assert!(is_allowed("MIT/Apache-2.0"));
    assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only"));
    assert!(!is_allowed("MIT AND GPL-3.0-only"));
    assert!(!is_allowed("GPL-3.0-only"));
    assert!(!is_allowed("(MIT"));
    assert!(!is_allowed(""));
}
