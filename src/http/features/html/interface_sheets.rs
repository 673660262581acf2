//! The interface itself, for people: the standards that it keeps, and what can be asked.

use std::fmt::Write;

use serde_json::Value;

use super::sheet::Sheet;
use crate::http::language::Language;
use crate::http::rule_words;
use crate::land::items::Collection;
use crate::rules::Parameter;

/// Standards by the folder of their conformance classes, with what they are called.
const STANDARDS: [(&str, &str); 7] = [
    ("ogcapi-features-1", "OGC API – Features – Part 1"),
    ("ogcapi-features-2", "OGC API – Features – Part 2"),
    ("ogcapi-features-3", "OGC API – Features – Part 3"),
    ("cql2", "Common Query Language (CQL2)"),
    ("ogcapi-common-3", "OGC API – Common – Part 3"),
    ("ogcapi-tiles-1", "OGC API – Tiles – Part 1"),
    ("tms", "OGC Two Dimensional Tile Matrix Set"),
];

/// The conformance classes, each by its name and leading to where it is defined, below their
/// standards.
pub fn conformance(sheet: &Sheet<'_>, classes: &[&str]) -> String {
    let mut sections = String::new();
    for (folder, name) in STANDARDS {
        let of = classes.iter().filter(|class| standard(class) == folder);
        let rows: String = of
            .map(|class| {
                let said = sheet.escaped(&class_name(class, sheet.language));
                let href = sheet.escaped(class);
                format!("<li><a href=\"{href}\">{said}</a></li>")
            })
            .collect();
        if !rows.is_empty() {
            // Writing to a String does not fail.
            let _ = write!(
                sections,
                "<section><h2 lang=\"en\">{name}</h2><ul class=\"rows\">{rows}</ul></section>"
            );
        }
    }
    sections
}

/// The folder of the standard that a class is of.
fn standard(class: &str) -> &str {
    let (_, below) = class.split_once("/spec/").unwrap_or(("", class));
    below.split('/').next().unwrap_or_default()
}

/// What a class is called.
fn class_name(class: &str, language: Language) -> String {
    let (_, name) = class.split_once("/conf/").unwrap_or(("", class));
    language.text("conformance_class", name, &[])
}

/// The operations of an OpenAPI document.
pub fn operations(sheet: &Sheet<'_>, document: &Value) -> String {
    let mut rows = String::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let _ = write!(
                rows,
                "<li><code>{} {}</code> <span class=\"of\">{}</span>{}</li>",
                method.to_uppercase(),
                sheet.escaped(path),
                sheet.escaped(&operation_said(path, sheet.language)),
                parameters(sheet, path, operation)
            );
        }
    }
    format!("<ul class=\"rows\">{rows}</ul>")
}

/// The parameters of an operation: what each says, then its name.
fn parameters(sheet: &Sheet<'_>, path: &str, operation: &Value) -> String {
    let mut rows = String::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let said = parameter_said(path, name, sheet.language);
        let (name, said) = (sheet.escaped(name), sheet.escaped(&said));
        let _ = write!(rows, "<li>{said} <code>{name}</code></li>");
    }
    if rows.is_empty() {
        return rows;
    }
    format!("<ul>{rows}</ul>")
}

/// A path with the name of a collection as the parameter that it is.
fn general(path: &str) -> String {
    let collections = Collection::ALL.map(Collection::name).into_iter();
    let mut named = collections.filter_map(|name| {
        let rest = path.strip_prefix("/collections/")?.strip_prefix(name)?;
        let ends = rest.is_empty() || rest.starts_with('/');
        ends.then(|| format!("/collections/{{collectionId}}{rest}"))
    });
    named.next().unwrap_or_else(|| path.to_owned())
}

/// What an operation is for.
fn operation_said(path: &str, language: Language) -> String {
    language.text("operation", &general(path), &[])
}

/// What a parameter of an operation says: as one of this path; as what features of a collection say;
/// as one that means the same everywhere; or as one of the rules.
fn parameter_said(path: &str, name: &str, language: Language) -> String {
    let path = general(path);
    let of_items = path.ends_with("/items").then_some(("property", name));
    let own = format!("{name} {path}");
    let places = [
        Some(("operation_parameter", own.as_str())),
        of_items,
        Some(("operation_parameter", name)),
    ];
    let mut said = places.into_iter().flatten();
    let said = said.find_map(|(section, key)| language.find(section, key));
    said.unwrap_or_else(|| match Parameter::of_name(name) {
        Some(parameter) => rule_words::parameter(parameter, language),
        None => language.text("operation_parameter", name, &[]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::features::conformance::CLASSES;
    use crate::http::openapi;

    const BOTH: [Language; 2] = [Language::Vietnamese, Language::English];

    #[test]
    fn every_class_has_a_name_and_a_standard() {
        for class in CLASSES {
            assert!(
                STANDARDS
                    .iter()
                    .any(|(folder, _)| *folder == standard(class)),
                "{class}"
            );
            for language in BOTH {
                let name = class_name(class, language);
                assert!(!name.contains("conformance_class."), "{name}");
            }
        }
    }

    #[test]
    fn every_operation_and_parameter_is_told_in_both_languages() {
        let document = openapi::document();
        let mut vietnamese = std::collections::BTreeSet::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for operation in item.as_object().expect("operations").values() {
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let names: Vec<&str> = parameters.filter_map(|p| p["name"].as_str()).collect();
                for language in BOTH {
                    let said = names
                        .iter()
                        .map(|name| parameter_said(path, name, language));
                    for said in said.chain([operation_said(path, language)]) {
                        assert!(!said.starts_with("operation"), "{path}: {said}");
                        if language == Language::Vietnamese {
                            vietnamese.insert(said);
                        }
                    }
                }
            }
        }
        assert!(
            vietnamese.contains(
                "Các thửa đất: theo vị trí, tọa độ, số tờ và số thửa, hoặc lời viết tự do"
            )
        );
    }
}
