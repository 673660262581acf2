//! Pages: links, limits, cursors, and one state of the register for all of them.

use super::{ids, link};
use crate::harness::{Answer, Office};
use serde_json::{Value, json};

const ITEMS: &str = "/collections/parcels/items";

/// All pages that follow a first one.
fn all_pages(office: &Office, first: &str) -> Vec<Answer> {
    let mut pages = vec![office.get(first)];
    while let Some(next) = link(office, pages.last().expect("a page"), "next") {
        pages.push(office.get(&next));
    }
    pages
}

#[test]
fn pages_follow_each_other_by_growing_id_and_hold_every_parcel_of_the_day_once() {
    let office = Office::open().with_land("two_villages").start();
    for limit in [1, 2, 3, 7, 8, 100] {
        let pages = all_pages(&office, &format!("{ITEMS}?limit={limit}"));
        let found: Vec<i64> = pages.iter().flat_map(ids).collect();
        assert_eq!(found, [1, 2, 4, 5, 6, 7, 11], "{limit}");
        assert_eq!(pages.len(), 7_usize.div_ceil(limit), "{limit}");
        for page in &pages {
            assert_eq!(page.status, 200);
            assert_eq!(page.header("content-type"), "application/geo+json");
            assert_eq!(page.at("/numberReturned"), ids(page).len());
            assert_eq!(page.at("/revision"), 1);
        }
    }
}

#[test]
fn a_feature_says_what_the_lookup_says_of_the_parcel() {
    let office = Office::open().with_land("two_villages").start();
    let looked_up = office.get("/v1/parcels/6").json();
    let page = office.get(&format!("{ITEMS}?limit=1000"));
    let of_page = page.at("/features/4");
    let alone = office.get(&format!("{ITEMS}/6")).json();
    for feature in [&of_page, &alone] {
        assert_eq!(feature["id"], 6);
        assert_eq!(feature["geometry"], looked_up["geometry"]);
        let mut expected = looked_up["properties"].clone();
        // The shape in metres is had by asking for the coordinate system.
        let plane = expected["plane"].as_object_mut().expect("a plane");
        plane.remove("polygons");
        plane.remove("edgeLengths");
        assert_eq!(feature["properties"], expected);
    }
    assert_eq!(alone["revision"], 1);
    let rels: Vec<&Value> = alone["links"]
        .as_array()
        .expect("links")
        .iter()
        .map(|link| &link["rel"])
        .collect();
    assert_eq!(rels, ["self", "alternate", "collection"]);
}

#[test]
fn a_page_that_the_client_has_is_not_sent_again() {
    let office = Office::open().with_land("two_villages").start();
    let path = format!("{ITEMS}?limit=2");
    let tag = office.get(&path).header("etag").to_owned();
    let again = office.ask("GET", &path, &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let other = office.get(&format!("{ITEMS}?limit=3"));
    assert_ne!(other.header("etag"), tag);
}

#[test]
fn a_limit_above_the_greatest_is_no_error_and_one_below_one_is() {
    let office = Office::open().with_land("two_villages").start();
    for limit in ["1000001", "99999999999999999999999"] {
        let answer = office.get(&format!("{ITEMS}?limit={limit}"));
        assert_eq!((answer.status, ids(&answer).len()), (200, 7), "{limit}");
    }
    for limit in ["0", "-1", "", "ten", "1.5", "+3"] {
        let answer = office.get(&format!("{ITEMS}?limit={limit}&lang=en"));
        assert_eq!(answer.status, 400, "{limit}");
        assert_eq!(answer.at("/parameter"), "limit");
        assert_eq!(answer.at("/expected"), "a whole number from 1 to 1000000");
    }
}

#[test]
fn a_cursor_that_was_changed_or_made_for_another_question_is_refused() {
    let office = Office::open().with_land("two_villages").start();
    let first = office.get(&format!("{ITEMS}?limit=2"));
    let next = link(&office, &first, "next").expect("a next page");
    let cursor = next.split("cursor=").nth(1).expect("a cursor").to_owned();
    let changed = cursor.replacen("1.", "2.", 1);
    for query in [
        format!("cursor={changed}"),
        "cursor=".to_owned(),
        "cursor=1.2.3.4".to_owned(),
        format!("cursor={cursor}&bbox=100,1,110,20"),
    ] {
        let answer = office.get(&format!("{ITEMS}?{query}"));
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(answer.at("/parameter"), "cursor", "{query}");
    }
    // How many are wanted is no part of the question.
    let more = office.get(&format!("{ITEMS}?limit=100&cursor={cursor}"));
    assert_eq!(ids(&more), [4, 5, 6, 7, 11]);
}

#[test]
fn an_item_of_other_days_is_told_with_its_days() {
    let office = Office::open().with_land("two_villages").start();
    for (item, from, to) in [
        ("parcels/items/3?", json!("2010-01-01"), json!("2026-01-15")),
        (
            "parcels/items/1?datetime=2009-12-31&",
            json!("2010-01-01"),
            json!(null),
        ),
        (
            "wards/items/26743?datetime=2025-06-30&",
            json!("2025-07-01"),
            json!(null),
        ),
        (
            "roads/items/1001?datetime=1900-01-01&",
            json!("2000-01-01"),
            json!(null),
        ),
        ("parcels/items/99?", json!(null), json!(null)),
    ] {
        let answer = office.get(&format!("/collections/{item}lang=en"));
        let said = (answer.status, answer.at("/code"));
        assert_eq!(said, (404, json!("item_not_found")), "{item}");
        let days = (answer.at("/validFrom"), answer.at("/validTo"));
        assert_eq!(days, (from, to), "{item}");
    }
}

#[test]
fn what_is_not_there_and_what_is_not_understood_is_told_apart() {
    let office = Office::open().with_land("two_villages").start();
    for (path, status, code) in [
        ("/collections/houses", 404, "collection_not_found"),
        ("/collections/houses/items", 404, "collection_not_found"),
        ("/collections/parcels/items/3", 404, "item_not_found"),
        ("/collections/parcels/items/x", 400, "invalid_parameter"),
        // One address of each item.
        ("/collections/parcels/items/01", 400, "invalid_parameter"),
        ("/collections/parcels/items/0", 400, "invalid_parameter"),
        (
            "/collections/parcels/items?where=1",
            400,
            "invalid_parameter",
        ),
        ("/collections?limit=1", 400, "invalid_parameter"),
        ("/collections?f=xml", 400, "invalid_parameter"),
    ] {
        let answer = office.get(path);
        assert_eq!(
            (answer.status, answer.at("/code")),
            (status, json!(code)),
            "{path}"
        );
    }
}
