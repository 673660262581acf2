//! OGC 17-069r4, Annex A.2: landing page, description, declaration, collections.

use super::{COLLECTIONS, has_rel, links, office, ok};
use crate::harness::Office;
use serde_json::Value;

/// The path of an address of this server.
fn path(office: &Office, link: &Value) -> String {
    let href = link["href"].as_str().expect("an address");
    let path = href.strip_prefix(office.url());
    path.expect("an address of this server").to_owned()
}

/// /conf/core/http
/// /conf/core/root-op
/// /conf/core/root-success
#[test]
fn the_landing_page_leads_to_description_declaration_and_data() {
    let office = office();
    // The tests speak HTTP/1.1, as clients do.
    let landing = ok(&office, "/");
    let document = landing.json();
    for rel in ["service-desc", "service-doc", "conformance", "data"] {
        assert!(has_rel(&document, rel), "{rel}");
    }
    assert!(document["title"].is_string());
    let for_people = ok(&office, "/?f=html");
    assert!(for_people.header("content-type").starts_with("text/html"));
}

/// /conf/core/api-definition-op
/// /conf/core/api-definition-success
#[test]
fn every_description_that_the_landing_page_names_is_there() {
    let office = office();
    let landing = ok(&office, "/").json();
    let mut found = 0;
    for link in links(&landing) {
        if link["rel"] == "service-desc" {
            let description = ok(&office, &path(&office, &link));
            let kind = link["type"].as_str().expect("a type");
            assert_eq!(description.header("content-type"), kind);
            assert!(description.at("/info/title").is_string());
            assert!(description.at("/paths/~1collections/get").is_object());
            found += 1;
        } else if link["rel"] == "service-doc" {
            let description = ok(&office, &path(&office, &link));
            assert!(description.header("content-type").starts_with("text/html"));
            assert!(
                description
                    .text()
                    .contains("GET /collections/parcels/items")
            );
            found += 1;
        }
    }
    assert_eq!(found, 3);
}

/// /conf/core/conformance-op
/// /conf/core/conformance-success
#[test]
fn the_declaration_is_a_list_of_classes_with_core_among_them() {
    let office = office();
    let landing = ok(&office, "/").json();
    let mut links = links(&landing).into_iter();
    let link = links.find(|link| link["rel"] == "conformance");
    for path in [
        path(&office, &link.expect("a link")),
        "/conformance".to_owned(),
    ] {
        let declared = ok(&office, &path).at("/conformsTo");
        let declared = declared.as_array().expect("a list");
        assert!(declared.iter().all(Value::is_string));
        let core = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core";
        assert!(declared.contains(&core.into()));
    }
}

/// /conf/core/fc-md-op
/// /conf/core/fc-md-success
/// /conf/core/fc-md-links
#[test]
fn the_collections_lead_to_themselves_and_to_their_page() {
    let office = office();
    let document = ok(&office, "/collections").json();
    assert!(has_rel(&document, "self") && has_rel(&document, "alternate"));
    assert!(document["collections"].is_array());
    let landing = ok(&office, "/").json();
    for link in links(&landing).iter().filter(|link| link["rel"] == "data") {
        assert_eq!(ok(&office, &path(&office, link)).json(), document);
    }
}

/// /conf/core/fc-md-items
/// /conf/core/fc-md-items-links
#[test]
fn every_collection_has_an_identifier_and_links_to_its_items_in_every_form() {
    let office = office();
    let document = ok(&office, "/collections").json();
    let all = document["collections"].as_array().expect("collections");
    let names: Vec<&Value> = all.iter().map(|collection| &collection["id"]).collect();
    assert_eq!(names, COLLECTIONS);
    for collection in all {
        let mut kinds: Vec<String> = Vec::new();
        for link in links(collection)
            .iter()
            .filter(|link| link["rel"] == "items")
        {
            let kind = link["type"].as_str().expect("a type");
            let answer = ok(&office, &path(&office, link));
            assert!(answer.header("content-type").starts_with(kind), "{link}");
            kinds.push(kind.to_owned());
        }
        assert_eq!(kinds, ["application/geo+json", "text/html"]);
    }
}

/// /conf/core/fc-md-extent
#[test]
fn the_extent_of_a_collection_holds_all_its_items_in_place_and_time() {
    let office = office();
    for name in COLLECTIONS {
        let collection = ok(&office, &format!("/collections/{name}")).json();
        let around = &collection["extent"]["spatial"]["bbox"][0];
        let bbox = format!("{},{},{},{}", around[0], around[1], around[2], around[3]);
        let ever = format!("/collections/{name}/items?datetime=../2100-01-01");
        let all = super::ids(&ok(&office, &ever));
        assert!(!all.is_empty(), "{name}");
        assert_eq!(
            super::ids(&ok(&office, &format!("{ever}&bbox={bbox}"))),
            all,
            "{name}"
        );
        let interval = &collection["extent"]["temporal"]["interval"][0];
        let from = interval[0].as_str().expect("a moment");
        let to = interval[1].as_str().unwrap_or("..");
        let during = format!("/collections/{name}/items?datetime={from}/{to}");
        assert_eq!(super::ids(&ok(&office, &during)), all, "{name}");
    }
}

/// /conf/core/sfc-md-op
/// /conf/core/sfc-md-success
#[test]
fn a_collection_says_alone_what_it_says_among_others() {
    let office = office();
    let document = ok(&office, "/collections").json();
    for collection in document["collections"].as_array().expect("collections") {
        let name = collection["id"].as_str().expect("a name");
        let alone = ok(&office, &format!("/collections/{name}")).json();
        for member in ["id", "title", "description", "extent", "itemType"] {
            assert_eq!(alone[member], collection[member], "{name} {member}");
        }
        let own = links(&alone);
        assert!(
            links(collection).iter().all(|link| own.contains(link)),
            "{name}"
        );
    }
}

/// /conf/core/query-param-unknown
/// /conf/core/query-param-invalid
#[test]
fn an_unknown_or_impossible_parameter_is_400_everywhere() {
    let office = office();
    for path in [
        "/?unheard=1&f=json",
        "/conformance?unheard=1",
        "/collections?unheard=1",
        "/collections/parcels?unheard=1",
        "/collections/parcels/items?unheard=1",
        "/collections/parcels/items/1?unheard=1",
        "/collections/parcels/items?limit=none",
        "/collections/parcels/items?bbox=1,2,3",
        "/collections/parcels/items?datetime=never",
        "/collections/parcels/items/1?crs=nowhere",
    ] {
        assert_eq!(office.get(path).status, 400, "{path}");
    }
}
