//! OGC 19-079r2, Annex A: queryables, filter, features filter.

use super::{COLLECTIONS, FEATURES_3, encoded, ids, links, office, ok};
use crate::harness::Office;
use serde_json::Value;

const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

/// /conf/queryables/get-conformance
/// /conf/filter/get-conformance
/// /conf/features-filter/get-conformance
/// /conf/queryables-query-parameters/get-conformance
#[test]
fn the_classes_of_filtering_are_declared() {
    let office = office();
    let declared = ok(&office, "/conformance").at("/conformsTo");
    for class in [
        "queryables",
        "queryables-query-parameters",
        "filter",
        "features-filter",
    ] {
        let class = format!("{FEATURES_3}/{class}");
        let declared = declared.as_array().expect("classes");
        assert!(declared.contains(&class.into()));
    }
}

/// /conf/queryables/get-queryables-uris
/// /conf/features-filter/get-collections
/// /conf/features-filter/get-collection
#[test]
fn items_and_collections_lead_to_their_queryables() {
    let office = office();
    for name in COLLECTIONS {
        let head = office.ask("HEAD", &format!("/collections/{name}/items"), &[]);
        assert_eq!(head.status, 200);
        let address = format!("{}/collections/{name}/queryables", office.url());
        assert!(
            head.header("link")
                .contains(&format!("<{address}>; rel=\"{QUERYABLES}\""))
        );
        let collection = ok(&office, &format!("/collections/{name}")).json();
        let mut links = links(&collection).into_iter();
        let link = links
            .find(|link| link["rel"] == QUERYABLES)
            .expect("a link");
        assert_eq!(link["href"], address);
    }
}

/// /conf/queryables/get-queryables
#[test]
fn the_queryables_of_every_collection_are_a_schema_of_properties_with_types() {
    let office = office();
    for name in COLLECTIONS {
        let path = format!("/collections/{name}/queryables");
        let accept = [("accept", "application/schema+json")];
        let answer = office.ask("GET", &path, &accept);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/schema+json");
        let schema = answer.json();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert_eq!(schema["$id"], format!("{}{path}", office.url()));
        assert_eq!(schema["type"], "object");
        for (property, described) in schema["properties"].as_object().expect("properties") {
            let format = described["format"].as_str().unwrap_or_default();
            let is_shape = format.starts_with("geometry-") && described["type"].is_null();
            assert!(described["type"].is_string() || is_shape, "{property}");
        }
    }
}

fn filtered(office: &Office, name: &str, filter: &str, more: &str) -> crate::harness::Answer {
    let filter = encoded(filter);
    office.get(&format!(
        "/collections/{name}/items?limit=1000&filter={filter}{more}"
    ))
}

/// /conf/filter/filter-param
/// /conf/filter/filter-lang-default
/// /conf/filter/expression-construction
/// /conf/features-filter/filter-on-items
#[test]
fn a_filter_is_evaluated_and_one_that_is_none_or_asks_for_the_unknown_is_400() {
    let office = office();
    for name in COLLECTIONS {
        for more in ["", "&filter-lang=cql2-text"] {
            let none = filtered(&office, name, "validTo IS NULL", more);
            assert_eq!(none.status, 200, "{}", none.text());
            for feature in super::items(&none) {
                assert_eq!(feature["properties"]["validTo"], Value::Null);
            }
            let wrong = filtered(&office, name, "THIS IS NOT A FILTER", more);
            assert_eq!(wrong.status, 400, "{name}");
            let unknown = filtered(&office, name, "this_is_not_a_queryable IS NULL", more);
            assert_eq!(unknown.status, 400, "{name}");
        }
    }
}

/// /conf/filter/filter-crs-wgs84
/// /conf/filter/filter-crs-param
#[test]
fn places_in_a_filter_are_read_in_its_system_and_in_longitude_and_latitude_by_default() {
    let office = office();
    for name in COLLECTIONS {
        let collection = ok(&office, &format!("/collections/{name}")).json();
        let all = ids(&ok(&office, &format!("/collections/{name}/items")));
        let around = &collection["extent"]["spatial"]["bbox"][0];
        let [w, s, e, n] = [0, 1, 2, 3].map(|i| around[i].as_f64().expect("degrees"));
        let boxed = |w: f64, s: f64, e: f64, n: f64| {
            format!("S_INTERSECTS(geometry,BBOX({w},{s},{e},{n}))")
        };
        let default = filtered(&office, name, &boxed(w, s, e, n), "");
        assert_eq!(ids(&default), all, "{name}");
        let beyond = filtered(&office, name, &boxed(1e6, 1e6, 2e6, 2e6), "");
        assert_eq!(beyond.status, 400);
        for (system, filter) in [
            ("OGC/1.3/CRS84", boxed(w, s, e, n)),
            ("EPSG/0/4326", boxed(s, w, n, e)),
            (
                "EPSG/0/9210",
                boxed(500_000.0, 1_100_000.0, 700_000.0, 1_300_000.0),
            ),
            ("EPSG/0/3857", boxed(1.15e7, 1.1e6, 1.2e7, 1.3e6)),
        ] {
            let more = format!("&filter-crs=http://www.opengis.net/def/crs/{system}");
            assert_eq!(
                ids(&filtered(&office, name, &filter, &more)),
                all,
                "{name} {system}"
            );
        }
        let unknown = "&filter-crs=http://www.opengis.net/def/crs/OGC/0/does_not_exist";
        assert_eq!(
            filtered(&office, name, &boxed(w, s, e, n), unknown).status,
            400
        );
    }
}

/// /conf/features-filter/mixing-expression
#[test]
fn a_filter_and_a_box_hold_together() {
    let office = office();
    for name in COLLECTIONS {
        let all = ids(&ok(&office, &format!("/collections/{name}/items")));
        let here = "S_INTERSECTS(geometry,BBOX(106,10,108,11))";
        let both = filtered(&office, name, here, "&bbox=106,10,108,11");
        assert_eq!(ids(&both), all, "{name}");
        let apart = filtered(&office, name, here, "&bbox=0,0,1,1");
        assert!(ids(&apart).is_empty(), "{name}");
    }
}

/// /conf/queryables-query-parameters/query-param
#[test]
fn every_queryable_is_a_parameter_that_finds_its_value_and_refuses_what_is_none() {
    let office = office();
    for name in COLLECTIONS {
        let schema = ok(&office, &format!("/collections/{name}/queryables")).json();
        for (queryable, kind, value) in super::cql2::queryables(&office, name) {
            if kind == "geometry" {
                continue;
            }
            if let Some(word) = schema["properties"][&queryable]["enum"][0].as_str() {
                let path = format!("/collections/{name}/items?{queryable}=");
                let found = ids(&ok(&office, &format!("{path}{word}")));
                let same = filtered(&office, name, &format!("{queryable} = '{word}'"), "");
                assert_eq!(found, ids(&same), "{name} {queryable}");
                let wrong = office.get(&format!("{path}foo"));
                let said = (wrong.status, wrong.at("/parameter"));
                assert_eq!(said, (400, queryable.into()));
                continue;
            }
            let plain = value.trim_start_matches("DATE(").trim_end_matches(')');
            let plain = plain.trim_matches('\'');
            let path = format!("/collections/{name}/items?{queryable}=");
            let found = ids(&ok(&office, &format!("{path}{plain}")));
            let same = filtered(&office, name, &format!("{queryable} = {value}"), "");
            assert_eq!(found, ids(&same), "{name} {queryable}");
            if kind != "string" {
                let wrong = office.get(&format!("{path}never"));
                assert_eq!(wrong.status, 400, "{name} {queryable}");
                assert_eq!(wrong.at("/parameter"), queryable);
            }
        }
    }
    for (query, expected) in [
        ("status=inUse&registeredArea=208", &[6][..]),
        ("validFrom=2026-01-15", &[4, 5]),
        ("ward.code=26686&filter=id%20%3E%2010", &[11]),
        ("registeredArea=80&limit=2", &[1, 2]),
    ] {
        let page = ok(&office, &format!("/collections/parcels/items?{query}"));
        assert_eq!(ids(&page), expected.iter().copied().collect(), "{query}");
    }
    let described = ok(&office, "/api").at("/paths/~1collections~1roads~1items/get/parameters");
    let described = described.as_array().expect("parameters");
    assert!(
        described
            .iter()
            .any(|parameter| parameter["name"] == "street")
    );
}
