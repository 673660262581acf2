//! OGC 17-069r4, Annex A.2: features and their collections.

use super::{COLLECTIONS, has_rel, ids, items, links, office, ok};
use serde_json::{Value, json};

/// A parameter of the items of a collection in the description by OpenAPI 3.0.
fn parameter(document: &Value, collection: &str, name: &str) -> Value {
    let path = format!("/collections/{collection}/items");
    let parameters = document["paths"][&path]["get"]["parameters"].as_array();
    let mut parameters = parameters.expect("parameters").iter();
    let found = parameters.find(|parameter| parameter["name"] == name);
    found.expect("it is described").clone()
}

/// /conf/core/fc-op
/// /conf/core/fc-response
/// /conf/core/fc-links
#[test]
fn the_items_of_every_collection_are_a_feature_collection_with_its_links() {
    let office = office();
    for name in COLLECTIONS {
        let page = ok(&office, &format!("/collections/{name}/items"));
        let document = page.json();
        assert_eq!(document["type"], "FeatureCollection");
        assert!(!items(&page).is_empty(), "{name}");
        assert!(items(&page).iter().all(|item| item["type"] == "Feature"));
        assert!(
            has_rel(&document, "self") && has_rel(&document, "alternate"),
            "{name}"
        );
    }
}

/// /conf/core/fc-timeStamp
/// /conf/core/fc-numberMatched
/// /conf/core/fc-numberReturned
#[test]
fn the_numbers_of_a_page_are_those_of_its_features_and_of_all() {
    let office = office();
    for name in COLLECTIONS {
        let path = format!("/collections/{name}/items");
        let all = ids(&ok(&office, &path)).len();
        for limit in [1, 2, 1000] {
            let page = ok(&office, &format!("{path}?limit={limit}"));
            assert_eq!(page.at("/numberReturned"), items(&page).len());
            let matched = page.at("/numberMatched");
            assert!(matched.is_null() || matched == all, "{name} {limit}");
            // A moment would make two equal answers differ; the revision tells more.
            assert_eq!(page.at("/timeStamp"), Value::Null);
        }
    }
}

/// /conf/core/fc-bbox-definition
/// /conf/core/fc-limit-definition
/// /conf/core/fc-time-definition
#[test]
fn limit_bbox_and_datetime_are_described_as_the_standard_does() {
    let office = office();
    let document = ok(&office, "/api.3.0.json").json();
    for name in COLLECTIONS {
        for (parameter_name, kind) in [
            ("limit", "integer"),
            ("bbox", "array"),
            ("datetime", "string"),
        ] {
            let parameter = parameter(&document, name, parameter_name);
            assert_eq!(parameter["in"], "query");
            assert_ne!(parameter["required"], true);
            assert_eq!(parameter["schema"]["type"], kind, "{parameter}");
            assert!(matches!(parameter["style"].as_str(), None | Some("form")));
        }
        let bbox = parameter(&document, name, "bbox");
        assert_eq!(bbox["explode"], false);
        assert_eq!(bbox["schema"]["minItems"], 4);
        assert_eq!(bbox["schema"]["maxItems"], 6);
        assert_eq!(bbox["schema"]["items"]["type"], "number");
        let limit = parameter(&document, name, "limit");
        let numbers = ["minimum", "default", "maximum"].map(|key| limit["schema"][key].clone());
        assert_eq!(numbers, [json!(1), json!(100), json!(1_000_000)]);
    }
}

/// /conf/core/fc-limit-response
#[test]
fn a_page_has_at_most_limit_features_and_a_greater_limit_than_allowed_is_no_error() {
    let office = office();
    for limit in [1, 2, 3, 1_000_000, 1_000_001] {
        let page = ok(
            &office,
            &format!("/collections/parcels/items?limit={limit}"),
        );
        assert!(items(&page).len() <= limit);
    }
}

/// /conf/core/fc-bbox-response
/// /conf/core/crs84
#[test]
fn a_box_finds_exactly_the_features_that_meet_it_in_longitude_and_latitude() {
    let office = office();
    for (name, bbox, expected) in [
        ("parcels", "107,10,108,11", &[11][..]),
        ("parcels", "107,10,-5,108,11,5", &[11]),
        ("zones", "106,10,107,11", &[2001, 2002]),
        ("roads", "107,10,108,11", &[]),
        ("wards", "106,10,107,11", &[26743]),
    ] {
        let page = ok(&office, &format!("/collections/{name}/items?bbox={bbox}"));
        assert_eq!(
            ids(&page),
            expected.iter().copied().collect(),
            "{name} {bbox}"
        );
        let crs84 = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>";
        assert_eq!(page.header("content-crs"), crs84);
        for feature in items(&page) {
            let mut first = &feature["geometry"]["coordinates"];
            while first[0].is_array() {
                first = &first[0];
            }
            let at = |i: usize| first[i].as_f64().expect("degrees");
            assert!((106.0..108.0).contains(&at(0)) && (10.0..11.0).contains(&at(1)));
        }
    }
}

/// /conf/core/fc-time-response
#[test]
fn datetime_finds_what_holds_on_the_days_in_every_way_to_write_them() {
    let office = office();
    let path = "/collections/zones/items?datetime=";
    for (during, expected) in [
        ("2024-06-01T00:00:00Z", &[2001, 2002, 2003][..]),
        ("2024-06-01", &[2001, 2002, 2003]),
        ("2025-01-01/2025-02-01", &[2001, 2002]),
        ("../2024-03-01", &[2001, 2002, 2003]),
        ("/2024-02-01", &[]),
        ("2025-01-01/..", &[2001, 2002]),
        ("2025-01-01T00:00:00Z/", &[2001, 2002]),
    ] {
        let page = ok(&office, &format!("{path}{during}"));
        assert_eq!(ids(&page), expected.iter().copied().collect(), "{during}");
    }
}

/// /conf/core/f-op
/// /conf/core/f-success
/// /conf/core/f-links
#[test]
fn every_feature_is_there_alone_with_its_links() {
    let office = office();
    for name in COLLECTIONS {
        let path = format!("/collections/{name}/items");
        for feature in items(&ok(&office, &path)) {
            let alone = ok(&office, &format!("{path}/{}", feature["id"])).json();
            for member in ["type", "id", "geometry", "properties"] {
                assert_eq!(alone[member], feature[member], "{name}");
            }
            for rel in ["self", "alternate", "collection"] {
                assert!(has_rel(&alone, rel), "{name} {rel}");
            }
            assert!(links(&alone).len() >= 3);
        }
    }
}
