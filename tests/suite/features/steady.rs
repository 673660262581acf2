//! Pages under edits, long answers, states that are gone, and links behind a proxy.

use super::filters::encoded;
use super::{features, ids, link};
use crate::harness::{Office, OfficePlan};
use crate::village::{WEST, day, key, rectangle, version};
use diachinh::app::{Reference, open_register};
use diachinh::cadastre::{Instant, ParcelId};
use diachinh::land::{Edit, ParcelChange};
use diachinh::store::CityDisplay;
use serde_json::Value;

const ITEMS: &str = "/collections/parcels/items";
const PARCELS: i64 = 300;

fn opened(id: i64) -> ParcelChange {
    let shape = rectangle(WEST, 603_000.0 + 5.0 * id as f64, 1_191_000.0, 5.0, 20.0);
    ParcelChange::Open {
        parcel: version(id, "26743", key("26743", "5", &id.to_string()), WEST, shape).parcel,
        from: day("2025-07-01"),
        to: None,
    }
}

fn edit(parcels: Vec<ParcelChange>) -> Edit {
    Edit {
        dataset: "row".to_owned(),
        summary: "a row of houses".to_owned(),
        parcels,
        ..Edit::default()
    }
}

/// An office with a row of houses.
fn row_of_houses() -> Office {
    with_houses(Office::open())
}

fn with_houses(plan: OfficePlan) -> Office {
    let office = plan.start();
    office.commit(&edit((1..=PARCELS).map(opened).collect()));
    let seen = office.get_until(ITEMS, |answer| answer.at("/revision") == 1);
    assert_eq!(seen.at("/revision"), 1);
    office
}

#[test]
fn a_thousand_edits_while_a_client_pages_lose_and_repeat_nothing() {
    const EDITS: i64 = 1000;
    let office = row_of_houses();
    let store = open_register(office.store_options()).expect("the store opens");
    let reference = Reference::built_in().expect("the tables are in the program");
    let city = &reference.city;
    let display = CityDisplay::new(&city.planes, &city.transforms).expect("planes");
    let at = Instant::parse("2026-11-23T03:00:00Z").expect("a moment");
    let mut made = 0;
    // Every third edit ends a parcel of the row, from its far end on; the others open new ones.
    let mut make = || {
        let change = if made % 3 == 0 && made / 3 < PARCELS {
            let id = ParcelId::new(PARCELS - made / 3).expect("an id");
            let (versions, _) = store.history(id).expect("the store answers");
            let version = versions.first().expect("the parcel is held").version;
            let to = day("2026-01-01");
            ParcelChange::Close { version, to }
        } else {
            opened(1000 + made)
        };
        made += 1;
        store
            .commit(&edit(vec![change]), at, &display)
            .expect("the edit fits");
    };
    let mut page = office.get(&format!("{ITEMS}?limit=7"));
    let mut found = ids(&page);
    let mut pages = 1;
    while let Some(next) = link(&office, &page, "next") {
        for _ in 0..24 {
            make();
        }
        page = office.get(&next);
        assert_eq!(page.at("/revision"), 1);
        found.extend(ids(&page));
        pages += 1;
    }
    assert_eq!(pages, 43);
    assert!((pages - 1) * 24 >= EDITS);
    assert_eq!(found, (1..=PARCELS).collect::<Vec<_>>());
    // Who begins now finds the register as the edits left it.
    let newest = 1 + (pages - 1) * 24;
    let all = format!("{ITEMS}?limit=2000");
    let now = office.get_until(&all, |answer| answer.at("/revision") == newest);
    assert_eq!(now.at("/revision"), newest);
    assert!(!ids(&now).contains(&PARCELS));
    assert!(ids(&now).contains(&1001));
}

#[test]
fn a_long_answer_comes_in_chunks_and_says_what_short_pages_say() {
    let office = row_of_houses();
    let long = office.get(&format!("{ITEMS}?limit=1000"));
    assert_eq!(long.header("transfer-encoding"), "chunked");
    assert!(long.body.len() > 3 * 64 * 1024, "{}", long.body.len());
    let mut short = Vec::new();
    let mut next = Some(format!("{ITEMS}?limit=10"));
    while let Some(path) = next {
        let page = office.get(&path);
        short.extend(features(&page));
        next = link(&office, &page, "next");
    }
    assert_eq!(features(&long), short);
    assert_eq!(short.len(), 300);
    // A page that begins behind what one chunk passes over.
    let last = office.get(&format!("{ITEMS}?offset=299"));
    assert_eq!(ids(&last), [300]);
}

#[test]
fn a_page_of_a_state_that_is_no_longer_kept_is_gone() {
    let office = Office::open()
        .with_land("two_villages")
        .with(|config| config.app.paged_state_s = 60)
        .start();
    let first = office.get(&format!("{ITEMS}?limit=2"));
    let next = link(&office, &first, "next").expect("a next page");
    office.commit(&edit(vec![opened(5000)]));
    let seen = office.get_until(ITEMS, |answer| answer.at("/revision") == 2);
    assert_eq!(seen.at("/revision"), 2);
    // Within the minute the page is there.
    assert_eq!(ids(&office.get(&next)), [4, 5]);
    office.set_clock("2026-11-23T03:01:01Z");
    office.commit(&edit(vec![opened(5001)]));
    office.get_until(ITEMS, |answer| answer.at("/revision") == 3);
    let gone = office.get(&format!("{next}&lang=en"));
    assert_eq!(gone.status, 410);
    assert_eq!(gone.at("/code"), "snapshot_gone");
    assert_eq!(gone.header("content-type"), "application/problem+json");
}

/// Every address in a document.
fn addresses(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let href = members.get("href").and_then(Value::as_str);
            found.extend(href.map(str::to_owned));
            members.values().for_each(|inner| addresses(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| addresses(inner, found)),
        _ => {}
    }
}

#[test]
fn every_link_begins_with_the_public_address() {
    let office = Office::open()
        .with_land("two_villages")
        .with(|config| config.http.public_base = "https://land.example/register/".to_owned())
        .start();
    for path in [
        "/?f=json",
        "/collections",
        "/collections/roads",
        "/collections/parcels/items?limit=2",
        "/collections/parcels/items/1",
    ] {
        let mut found = Vec::new();
        addresses(&office.get(path).json(), &mut found);
        assert!(found.len() >= 2, "{path}: {found:?}");
        for address in found {
            let below = address.strip_prefix("https://land.example/register/");
            let below = below.expect("the public address");
            assert!(!below.starts_with('/'), "{address}");
            // What it names is there.
            let answer = office.get(&format!("/{below}"));
            assert_eq!(answer.status, 200, "{address}");
        }
    }
}

#[test]
fn a_page_that_takes_too_long_to_compare_ends_early_and_the_next_one_goes_on() {
    let office = with_houses(Office::open().with(|config| config.http.filter_time_ms = 0));
    let ends_in_nine = (1..=PARCELS).filter(|id| id % 10 == 9);
    for (filter, offset, expected) in [
        ("asMap.number LIKE '%9'", 0, ends_in_nine.clone().collect()),
        (
            "asMap.number LIKE '%9'",
            25,
            ends_in_nine.skip(25).collect::<Vec<_>>(),
        ),
        ("asMap.sheet = 'none'", 0, vec![]),
    ] {
        let filter = encoded(filter);
        let mut next = Some(format!("{ITEMS}?offset={offset}&filter={filter}"));
        let (mut found, mut pages) = (Vec::new(), 0);
        while let Some(path) = next.take() {
            let page = office.get(&path);
            found.extend(ids(&page));
            next = link(&office, &page, "next");
            pages += 1;
            assert!(pages < 10, "pages come to an end");
        }
        assert_eq!(found, expected, "{filter} {offset}");
        assert!(pages > 1, "{filter}: nothing ended early");
    }
}
