//! OGC 21-065r2, Annex A: comparisons, each evaluated as CQL2 text and as CQL2 JSON.

use super::{COLLECTIONS, encoded, ids, items, office, ok};
use crate::harness::{Answer, Office};
use std::collections::BTreeSet;

/// What an expression finds, as text; as JSON it finds the same.
pub fn evaluate(office: &Office, collection: &str, expression: &str) -> BTreeSet<i64> {
    let answer = as_text(office, collection, expression);
    assert_eq!(answer.status, 200, "{expression}: {}", answer.text());
    let json = cql2::parse_text(expression).expect("CQL2").to_json();
    let json = encoded(&json.expect("an expression has a form in JSON"));
    let path = format!("/collections/{collection}/items?filter-lang=cql2-json&filter={json}");
    let other = ok(office, &path);
    assert_eq!(ids(&other), ids(&answer), "{expression}");
    ids(&answer)
}

pub fn as_text(office: &Office, collection: &str, expression: &str) -> Answer {
    let filter = encoded(expression);
    office.get(&format!("/collections/{collection}/items?filter={filter}"))
}

/// Everything a filter can ask of a collection, with the kind of each and a value of it.
pub fn queryables(office: &Office, collection: &str) -> Vec<(String, &'static str, &'static str)> {
    let schema = ok(office, &format!("/collections/{collection}/queryables")).json();
    let all = schema["properties"].as_object().expect("properties").iter();
    all.map(|(name, described)| {
        let kind = match described["type"].as_str() {
            Some("string") if described["format"] == "date" => ("date", "DATE('2022-04-14')"),
            Some("string") => ("string", "'foo'"),
            Some("number") => ("number", "3.14"),
            Some("integer") => ("integer", "1"),
            Some("boolean") => ("boolean", "true"),
            _ => ("geometry", "POINT(106 10)"),
        };
        (name.clone(), kind.0, kind.1)
    })
    .collect()
}

/// Counts of items, where a standard's own data set is used there.
pub fn find(office: &Office, rows: &[(&str, &str, &[i64])]) {
    for (collection, expression, expected) in rows {
        let expected: BTreeSet<i64> = expected.iter().copied().collect();
        assert_eq!(
            evaluate(office, collection, expression),
            expected,
            "{expression}"
        );
    }
}

/// /conf/basic-cql2/basic-test
/// /conf/basic-cql2/comparison
/// /conf/basic-cql2/is-null
/// /conf/cql2-text/validate
/// /conf/cql2-json/validate
#[test]
fn every_queryable_is_compared_with_values_of_its_kind_and_with_null() {
    let office = office();
    for name in COLLECTIONS {
        let all = queryables(&office, name);
        assert!(all.iter().any(|(_, kind, _)| *kind != "geometry"));
        for (queryable, kind, value) in all {
            let found =
                |condition: &str| evaluate(&office, name, &format!("{queryable} {condition}"));
            let apart = |a: &str, b: &str| {
                assert!(
                    found(a).is_disjoint(&found(b)),
                    "{name} {queryable} {a} {b}"
                );
            };
            apart("IS NULL", "IS NOT NULL");
            if kind == "geometry" {
                continue;
            }
            apart(&format!("= {value}"), &format!("<> {value}"));
            if kind != "boolean" {
                apart(&format!("> {value}"), &format!("<= {value}"));
                apart(&format!("< {value}"), &format!(">= {value}"));
            }
        }
    }
}

/// /conf/basic-cql2/boolean
/// /conf/basic-cql2/test-data
/// /conf/basic-cql2/logical
#[test]
fn comparisons_find_what_is_there_alone_and_joined() {
    let office = office();
    for name in COLLECTIONS {
        let all = ids(&ok(&office, &format!("/collections/{name}/items")));
        assert_eq!(evaluate(&office, name, "true"), all);
        assert!(evaluate(&office, name, "false").is_empty());
        assert!(evaluate(&office, name, "true AND NOT true").is_empty());
    }
    find(
        &office,
        &[
            ("parcels", "registeredArea = 80", &[1, 2, 4, 5]),
            ("parcels", "registeredArea > 80", &[6, 7, 11]),
            ("parcels", "validFrom = DATE('2026-01-15')", &[4, 5]),
            ("roads", "alley = false", &[1001]),
            ("zones", "heightMax = 24.5 AND NOT code = 'B'", &[2001]),
            ("zones", "code = 'A' OR code = 'B'", &[2001, 2002]),
            ("zones", "population IS NULL", &[2001, 2002]),
            (
                "zones",
                "(code = 'A' OR code = 'B') AND NOT (storeysMax < 7)",
                &[2001, 2002],
            ),
            ("restrictions", "kind = 'water_surface'", &[2004]),
        ],
    );
}

/// /conf/advanced-comparison-operators/like
/// /conf/advanced-comparison-operators/between
/// /conf/advanced-comparison-operators/in
#[test]
fn every_queryable_takes_the_operators_of_its_kind() {
    let office = office();
    for name in COLLECTIONS {
        for (queryable, kind, value) in queryables(&office, name) {
            let found =
                |condition: &str| evaluate(&office, name, &format!("{queryable} {condition}"));
            match kind {
                "string" => {
                    assert!(found("LIKE '_%'").is_disjoint(&found("LIKE ''")));
                    assert_eq!(found("LIKE '%'"), found("LIKE '%%'"));
                }
                "number" | "integer" => {
                    found("BETWEEN 0 AND 100");
                    found("BETWEEN 100.0 AND 1.0");
                }
                _ => {}
            }
            if kind != "geometry" {
                let one = found(&format!("IN ({value})"));
                assert_eq!(one, found(&format!("IN ({value}, {value})")));
            }
        }
    }
}

/// /conf/advanced-comparison-operators/test-data
/// /conf/advanced-comparison-operators/logical
#[test]
fn patterns_ranges_and_lists_find_what_is_there_alone_and_joined() {
    let office = office();
    find(
        &office,
        &[
            ("parcels", "asMap.number LIKE '1_'", &[1, 2, 6, 7]),
            ("parcels", "asMap.number NOT LIKE '1_'", &[4, 5, 11]),
            ("parcels", "registeredArea BETWEEN 100 AND 208", &[6, 7]),
            (
                "parcels",
                "registeredArea NOT BETWEEN 100 AND 250",
                &[1, 2, 4, 5],
            ),
            ("parcels", "id IN (1, 6, 1000)", &[1, 6]),
            ("parcels", "id NOT IN (1, 6, 1000)", &[2, 4, 5, 7, 11]),
            (
                "parcels",
                "id IN (1, 6) AND NOT (asMap.number LIKE '12%')",
                &[6],
            ),
            (
                "wards",
                "name LIKE 'Bến%' OR kind IN ('commune')",
                &[26743, 26686],
            ),
        ],
    );
}

/// /conf/case-insensitive-comparison/casei
/// /conf/case-insensitive-comparison/casei-like
/// /conf/accent-insensitive-comparison/accenti
/// /conf/accent-insensitive-comparison/accenti-like
/// /conf/accent-insensitive-comparison/accenti-casei
/// /conf/accent-insensitive-comparison/accenti-casei-like
#[test]
fn every_text_is_compared_without_case_and_without_diacritics() {
    let office = office();
    for name in COLLECTIONS {
        for (queryable, kind, _) in queryables(&office, name) {
            if kind != "string" {
                continue;
            }
            for wrap in ["CASEI(@)", "ACCENTI(@)", "ACCENTI(CASEI(@))"] {
                let of = |text: &str| wrap.replace('@', text);
                let found = |condition: &str| {
                    evaluate(&office, name, &format!("{} {condition}", of(&queryable)))
                };
                let equal = found(&format!("= {}", of("'fóo'")));
                assert!(equal.is_disjoint(&found(&format!("<> {}", of("'fóo'")))));
                let upper = found(&format!("LIKE {}", of("'%Ê%'")));
                if wrap.contains("CASEI") {
                    assert_eq!(upper, found(&format!("LIKE {}", of("'%ê%'"))));
                }
                if wrap.contains("ACCENTI") {
                    assert_eq!(upper, found(&format!("LIKE {}", of("'%E%'"))));
                }
            }
        }
    }
}

/// /conf/case-insensitive-comparison/test-data
/// /conf/case-insensitive-comparison/logical
/// /conf/accent-insensitive-comparison/test-data
/// /conf/accent-insensitive-comparison/logical
#[test]
fn names_are_found_as_people_type_them() {
    let office = office();
    find(
        &office,
        &[
            ("wards", "CASEI(name) = casei('BẾN THÀNH')", &[26743]),
            ("wards", "ACCENTI(name) = accenti('Ben Thanh')", &[26743]),
            (
                "wards",
                "ACCENTI(CASEI(name)) IN (accenti(casei('BEN THANH')), 'phuoc hai')",
                &[26743, 26686],
            ),
            (
                "wards",
                "ACCENTI(name) LIKE accenti('%Hai') AND NOT CASEI(kind) = 'ward'",
                &[26686],
            ),
            ("roads", "CASEI(street) LIKE casei('LÊ%')", &[1001]),
            ("roads", "CASEI(street) LIKE casei('LE%')", &[]),
        ],
    );
}

/// /conf/cql2-text/escaping
#[test]
fn a_quote_within_a_text_is_doubled() {
    let office = office();
    let found = evaluate(&office, "roads", "street = 'L''Amour'");
    assert!(found.is_empty());
    let page = as_text(
        &office,
        "roads",
        "street <> 'L''Amour' AND street LIKE 'Lê%'",
    );
    assert_eq!(items(&page).len(), 1);
    assert_eq!(as_text(&office, "roads", "street = 'L'Amour'").status, 400);
}
