//! What changed is told: which tiles differ, as soon as they do, and tags that outlive edits.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::decoded::tile_at;
use crate::follow::renumbered;
use crate::harness::Office;

/// The tile of a zoom that shows the first corner of a parcel.
fn tile(office: &Office, parcel: i64, zoom: u32) -> (u64, u64) {
    let corner = office.get(&format!("/v1/parcels/{parcel}"));
    let corner = corner.at("/geometry/coordinates/0/0");
    let degrees = |i: usize| corner[i].as_f64().expect("degrees");
    tile_at(degrees(0), degrees(1), zoom)
}

fn revision(office: &Office) -> u64 {
    let told = office.get("/tiles/city.json").at("/revision");
    told.as_u64().expect("a revision")
}

/// Whether an answer names a tile of a layer.
pub fn names(changes: &Value, layer: &str, zoom: u32, (x, y): (u64, u64)) -> bool {
    let tiles = changes["tiles"].as_array().expect("a list");
    let within = |range: &Value, at: u64| {
        let bound = |i: usize| range[i].as_u64().expect("a number");
        (bound(0)..=bound(1)).contains(&at)
    };
    tiles.iter().any(|range| {
        range["layer"] == layer
            && range["zoom"] == zoom
            && within(&range["columns"], x)
            && within(&range["rows"], y)
    })
}

#[test]
fn an_edit_is_told_with_its_tiles_and_leaves_the_tags_of_all_others() {
    let office = Office::open().with_land("two_villages").start();
    let before = revision(&office);
    let (here, there) = (tile(&office, 2, 16), tile(&office, 11, 16));
    let path = |(x, y): (u64, u64)| format!("/tiles/city/16/{x}/{y}");
    let tag = |at| office.get(&path(at)).header("etag").to_owned();
    let (tag_here, tag_there) = (tag(here), tag(there));
    office.get_until(&format!("/v1/changes?since={before}"), |a| a.status == 200);
    let after = office.commit(&renumbered(&office, "97")).0;
    let told = office.get_until(&format!("/v1/changes?since={before}"), |answer| {
        answer.at("/revision") == after
    });
    assert_eq!(told.header("cache-control"), "no-store");
    let changes = told.json();
    for layer in ["parcels", "labels"] {
        let zoom = if layer == "labels" { 17 } else { 16 };
        assert!(
            names(&changes, layer, zoom, tile(&office, 2, zoom)),
            "{changes}"
        );
        assert!(
            !names(&changes, layer, zoom, tile(&office, 11, zoom)),
            "{changes}"
        );
    }
    // The number changed and not the shape: no block and no plan did.
    let layers = changes["tiles"].as_array().expect("a list");
    assert!(
        layers
            .iter()
            .all(|t| t["layer"] == "parcels" || t["layer"] == "labels")
    );
    let there_again = office.ask("GET", &path(there), &[("if-none-match", &tag_there)]);
    assert_eq!(there_again.status, 304);
    let here_again = office.ask("GET", &path(here), &[("if-none-match", &tag_here)]);
    assert_eq!(here_again.status, 200);
    assert_ne!(here_again.header("etag"), tag_here);
    let settled = office.get(&format!("/v1/changes?since={after}"));
    assert_eq!(settled.at("/tiles"), serde_json::json!([]));
}

#[test]
fn who_waits_is_told_at_once_what_everybody_can_see_already() {
    let office = Office::open().with_land("two_villages").start();
    let before = revision(&office);
    let ask = format!("/v1/changes?since={before}&wait=20");
    office.get_until(&format!("/v1/changes?since={before}"), |a| a.status == 200);
    let edit = renumbered(&office, "96");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let told = office.get(&ask);
            // Before anything else is asked: what is told can be looked up.
            let found = office.get("/v1/parcels/lookup?ward=26743&sheet=5&number=96");
            (told, found, Instant::now())
        });
        std::thread::sleep(Duration::from_millis(300));
        assert!(!waiting.is_finished(), "nothing has changed yet");
        let committed = Instant::now();
        let after = office.commit(&edit);
        let (told, found, at) = waiting.join().expect("an answer");
        assert_eq!(told.at("/revision"), after.0);
        assert_eq!(found.at("/features/0/id"), 2);
        assert!(at.duration_since(committed) < Duration::from_secs(15));
    });
}

#[test]
fn who_waits_in_vain_is_told_so_and_the_turn_of_a_day_is_a_change() {
    let office = Office::open().with_land("two_villages").start();
    office.set_clock("2026-01-14T05:00:00Z");
    let now = revision(&office);
    let ask = format!("/v1/changes?since={now}&date=2026-01-14");
    office.get_until(&ask, |answer| answer.at("/date") == "2026-01-14");
    let waited = office.get(&format!("{ask}&wait=0.2"));
    assert_eq!(
        (waited.status, waited.at("/tiles")),
        (200, serde_json::json!([]))
    );
    assert_eq!(
        (waited.at("/revision"), waited.at("/date")),
        (now.into(), "2026-01-14".into())
    );
    // Parcel 3 is split on this day.
    office.set_clock("2026-01-14T17:00:01Z");
    let told = office.get_until(&ask, |answer| answer.at("/date") == "2026-01-15");
    assert!(names(&told.json(), "parcels", 16, tile(&office, 4, 16)));
    assert!(names(&told.json(), "blocks", 14, tile(&office, 4, 14)));
}

#[test]
fn a_revision_of_long_ago_is_gone_and_a_question_that_is_none_is_refused() {
    let office = Office::open().with_land("two_villages").start();
    let now = revision(&office);
    office.get_until(&format!("/v1/changes?since={now}"), |a| a.status == 200);
    for (query, status, code) in [
        ("since=0", 410, "changes_gone"),
        ("", 400, "invalid_parameter"),
        ("since=x", 400, "invalid_parameter"),
        ("since=-1", 400, "invalid_parameter"),
        ("since=99999999999999999999", 400, "invalid_parameter"),
        ("since=1&wait=21", 400, "invalid_parameter"),
        ("since=1&wait=x", 400, "invalid_parameter"),
        ("since=1&date=x", 400, "invalid_parameter"),
        ("since=1&zoom=3", 400, "invalid_parameter"),
        ("since=1&tileMatrixSet=", 400, "invalid_parameter"),
        (
            "since=1&tileMatrixSet=vn2000tm3quad",
            400,
            "invalid_parameter",
        ),
    ] {
        let answer = office.get(&format!("/v1/changes?{query}"));
        assert_eq!(
            (answer.status, answer.at("/code")),
            (status, code.into()),
            "{query}"
        );
    }
}

#[test]
fn a_revision_to_which_the_register_has_not_come_is_waited_for_and_then_refused() {
    let office = Office::open().with_land("two_villages").start();
    let now = revision(&office);
    let accept = [("accept", "text/event-stream")];
    office.get_until(&format!("/v1/changes?since={now}"), |a| a.status == 200);
    // A client of another server on the same register knows a commit before this one does.
    let ask = format!("/v1/changes?since={}", now + 1);
    let begun = Instant::now();
    let told = std::thread::scope(|threads| {
        let waiting = threads.spawn(|| office.get(&ask));
        std::thread::sleep(Duration::from_millis(300));
        office.commit(&renumbered(&office, "97"));
        waiting.join().expect("the answer comes")
    });
    assert_eq!((told.status, told.at("/revision")), (200, (now + 1).into()));
    assert!(begun.elapsed() >= Duration::from_millis(300));
    // A register that was restored does not come to it.
    let refused = office.get(&format!("/v1/changes?since={}&wait=20", now + 2));
    assert_eq!(
        (
            refused.status,
            refused.at("/code"),
            refused.at("/parameter")
        ),
        (410, "revision_unknown".into(), "since".into())
    );
    let events = office.ask("GET", &format!("/v1/changes?since={}", now + 2), &accept);
    assert_eq!(
        (events.status, events.at("/code")),
        (410, "revision_unknown".into())
    );
}

#[test]
fn words_for_a_revision_that_is_none_say_what_it_lacks() {
    let office = Office::open().with_land("two_villages").start();
    for (since, detail) in [
        ("-1", "`-1` is out of range"),
        ("x", "`x` is not a whole number"),
        ("1.5", "`1.5` is not a whole number"),
    ] {
        let path = format!("/v1/changes?since={since}");
        let answer = office.ask("GET", &path, &[("accept-language", "en")]);
        assert_eq!(answer.at("/detail"), detail);
    }
}
