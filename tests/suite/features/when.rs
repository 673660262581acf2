//! Days and places in a list: `datetime`, `known_at`, `offset`, `numberMatched`.

use super::{ids, link};
use crate::harness::Office;
use serde_json::{Value, json};

const ITEMS: &str = "/collections/parcels/items";

#[test]
fn items_are_those_of_today_of_a_day_or_of_any_day_of_an_interval() {
    let office = Office::open().with_land("two_villages").start();
    // Parcel 3 was split into 4 and 5 on 15 January 2026; parcel 11 begins on 5 May 2015.
    for (datetime, expected) in [
        ("2026-11-23", &[1, 2, 4, 5, 6, 7, 11][..]),
        ("2026-01-15", &[1, 2, 4, 5, 6, 7, 11]),
        ("2026-01-14", &[1, 2, 3, 6, 7, 11]),
        ("2026-01-14T16:59:59Z", &[1, 2, 3, 6, 7, 11]),
        ("2026-01-14T17:00:00Z", &[1, 2, 4, 5, 6, 7, 11]),
        ("2026-01-14/2026-01-15", &[1, 2, 3, 4, 5, 6, 7, 11]),
        ("2026-01-14/..", &[1, 2, 3, 4, 5, 6, 7, 11]),
        ("../2012-01-01", &[1, 2, 3, 6, 7]),
        ("/2009-12-31", &[]),
        ("2015-05-04/", &[1, 2, 3, 4, 5, 6, 7, 11]),
    ] {
        let page = office.get(&format!("{ITEMS}?datetime={datetime}"));
        assert_eq!(ids(&page), expected, "{datetime}");
    }
    let then = office.get(&format!("{ITEMS}?datetime=2026-01-14&limit=2"));
    assert_eq!(then.at("/date"), "2026-01-14");
    let next = link(&office, &then, "next").expect("a next page");
    assert_eq!(ids(&office.get(&next)), [3, 6]);
    let item = office.get(&format!("{ITEMS}/3?datetime=2026-01-14"));
    assert_eq!(item.at("/properties/validTo"), "2026-01-15");
    assert_eq!(office.get(&format!("{ITEMS}/3")).status, 404);
}

#[test]
fn a_time_that_is_none_is_refused_with_what_was_expected() {
    let office = Office::open().with_land("two_villages").start();
    for datetime in ["", "../..", "2026-02-30", "2026-01-02/2026-01-01", "now"] {
        for path in [
            ITEMS,
            "/collections/wards/items",
            "/collections/parcels/items/1",
        ] {
            let answer = office.get(&format!("{path}?datetime={datetime}&lang=en"));
            assert_eq!(answer.status, 400, "{datetime}");
            assert_eq!(answer.at("/parameter"), "datetime");
            let expected = answer.at("/expected");
            assert!(expected.as_str().is_some_and(|e| e.contains("RFC 3339")));
        }
    }
}

#[test]
fn what_the_register_knew_is_answered_from_the_newest_recording_on() {
    let office = Office::open().with_land("two_villages").start();
    office.set_clock("2026-11-23T04:00:00Z");
    for known_at in ["2026-11-23T03:00:00Z", "2026-11-23T10:30:00%2B07:00"] {
        let page = office.get(&format!("{ITEMS}?known_at={known_at}"));
        assert_eq!(ids(&page), [1, 2, 4, 5, 6, 7, 11], "{known_at}");
    }
    for (known_at, expected) in [
        (
            "2026-11-23T02:59:59Z",
            "a moment from 2026-11-23T03:00:00Z until now",
        ),
        (
            "2026-11-23T04:00:01Z",
            "a moment up to now, 2026-11-23T04:00:00Z",
        ),
    ] {
        for path in [ITEMS, "/collections/parcels/items/1"] {
            let answer = office.get(&format!("{path}?known_at={known_at}&lang=en"));
            assert_eq!(
                (answer.status, answer.at("/parameter")),
                (400, json!("known_at"))
            );
            assert_eq!(answer.at("/expected"), expected, "{known_at}");
            let said = answer.at("/detail").to_string();
            let is_future = expected.contains("up to now");
            assert_eq!(said.contains("lies in the future"), is_future, "{said}");
        }
    }
    let answer = office.get(&format!("{ITEMS}?known_at=2026-11-23"));
    assert_eq!(
        (answer.status, answer.at("/parameter")),
        (400, json!("known_at"))
    );
}

#[test]
fn items_are_passed_over_and_the_next_page_goes_on_without_counting() {
    let office = Office::open().with_land("two_villages").start();
    let page = office.get(&format!("{ITEMS}?offset=3&limit=2"));
    assert_eq!(ids(&page), [5, 6]);
    let next = link(&office, &page, "next").expect("a next page");
    assert!(!next.contains("offset"), "{next}");
    assert_eq!(ids(&office.get(&next)), [7, 11]);
    let beyond = office.get(&format!("{ITEMS}?offset=100"));
    assert_eq!(
        (ids(&beyond), beyond.at("/numberMatched")),
        (vec![], json!(7))
    );
    for query in [
        "offset=-1",
        "offset=",
        "offset=x",
        "offset=99999999999999999999999",
    ] {
        let answer = office.get(&format!("{ITEMS}?{query}"));
        assert_eq!(
            (answer.status, answer.at("/parameter")),
            (400, json!("offset")),
            "{query}"
        );
    }
}

#[test]
fn a_day_without_data_is_not_told_as_a_day_with_nothing() {
    let office = Office::open().with_land("two_villages").start();
    let wards = office.get("/collections/wards/items?datetime=2024-06-01&lang=en");
    assert_eq!(wards.at("/numberMatched"), 0);
    assert_eq!(
        wards.at("/withoutData"),
        json!({
            "text": "The register has data of this layer from 2025-07-01 on, and none for the day asked for",
            "from": "2025-07-01",
            "to": null,
        })
    );
    let page = office.get("/collections/wards/items?datetime=2024-06-01&f=html&lang=en");
    assert!(
        page.text().contains("from 2025-07-01 on"),
        "{}",
        page.text()
    );
    for query in [
        "wards/items",
        "wards/items?datetime=2024-06-01/..",
        "wards/items?bbox=10,10,11,11",
        "wards/items?filter=name='none'",
        "parcels/items?datetime=2012-06-01",
    ] {
        let page = office.get(&format!("/collections/{query}"));
        assert_eq!(
            (page.status, page.at("/withoutData")),
            (200, Value::Null),
            "{query}"
        );
    }
    let zones = office.get("/collections/zones/items").at("/withoutData");
    assert_eq!((&zones["from"], &zones["to"]), (&Value::Null, &Value::Null));
}

#[test]
fn how_many_there_are_is_told_where_nothing_has_to_be_passed_for_it() {
    let office = Office::open().with_land("two_villages").start();
    for (query, expected) in [
        ("parcels/items?limit=2", json!(7)),
        ("parcels/items?limit=2&offset=3", json!(7)),
        ("parcels/items?limit=2&datetime=2026-01-14", json!(6)),
        ("parcels/items", json!(7)),
        ("parcels/items?bbox=107,10,108,11", json!(1)),
        ("parcels/items?datetime=2026-01-14/..", json!(8)),
        ("roads/items", json!(1)),
        ("wards/items?limit=1", json!(2)),
        ("wards/items?limit=1&offset=1", json!(2)),
        // These would have to be looked at one by one.
        ("parcels/items?limit=2&bbox=106,10,107,11", Value::Null),
        ("parcels/items?limit=2&datetime=2026-01-14/..", Value::Null),
    ] {
        let page = office.get(&format!("/collections/{query}"));
        assert_eq!(page.at("/numberMatched"), expected, "{query}");
        let next = link(&office, &page, "next");
        let next = next.filter(|_| !expected.is_null());
        if let Some(next) = next {
            assert_eq!(office.get(&next).at("/numberMatched"), expected, "{next}");
        }
    }
}
