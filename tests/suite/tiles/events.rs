//! Changes of the map as server-sent events: one after the other, gone on with, ended.

use std::io::{BufRead, BufReader, Lines, Read};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::follow::renumbered;
use crate::harness::Office;

/// One answer of events that goes on.
struct Events(Lines<BufReader<Box<dyn Read + Send>>>);

impl Events {
    fn of(office: &Office, query: &str, last: Option<&str>) -> Self {
        let mut request = ureq::get(format!("{}/v1/changes{query}", office.url()))
            .header("accept", "text/event-stream")
            .header("accept-encoding", "gzip");
        if let Some(id) = last {
            request = request.header("last-event-id", id);
        }
        let answer = request.call().expect("an answer");
        let header = |name| answer.headers().get(name).and_then(|v| v.to_str().ok());
        assert_eq!(header("content-type"), Some("text/event-stream"));
        assert_eq!(header("cache-control"), Some("no-store"));
        assert!(header("vary").is_some_and(|vary| vary.contains("accept")));
        let body: Box<dyn Read + Send> = Box::new(answer.into_body().into_reader());
        Self(BufReader::new(body).lines())
    }

    /// The next event: its id and what it says; none at the end.
    fn next(&mut self) -> Option<(String, Value)> {
        let (mut id, mut data) = (String::new(), Value::Null);
        loop {
            let line = self.0.next()?.ok()?;
            if let Some(text) = line.strip_prefix("id: ") {
                text.clone_into(&mut id);
            } else if let Some(text) = line.strip_prefix("data: ") {
                data = serde_json::from_str(text).expect("JSON");
            } else if line.is_empty() && !id.is_empty() {
                return Some((id, data));
            } else {
                assert!(
                    matches!(line.as_str(), "" | ":" | "event: changes"),
                    "{line}"
                );
            }
        }
    }
}

/// An office whose map is drawn.
fn drawn() -> (Office, u64) {
    let office = Office::open().with_land("two_villages").start();
    let now = office.get("/tiles/city.json").at("/revision");
    let now = now.as_u64().expect("a revision");
    office.get_until(&format!("/v1/changes?since={now}"), |a| a.status == 200);
    (office, now)
}

#[test]
fn every_change_is_an_event_and_who_comes_back_goes_on_where_it_was() {
    let (office, now) = drawn();
    let mut events = Events::of(&office, "", None);
    let (_, first) = events.next().expect("where the map is now");
    assert_eq!(
        (&first["revision"], &first["tiles"]),
        (&json!(now), &json!([]))
    );

    let after = office.commit(&renumbered(&office, "96")).0;
    let (id, told) = events.next().expect("the edit");
    assert_eq!(told["revision"], after);
    let tiles = told["tiles"].as_array().expect("a list");
    assert!(
        tiles
            .iter()
            .any(|t| t["layer"] == "parcels" && t["zoom"] == 16)
    );
    drop(events);

    let later = office.commit(&renumbered(&office, "97")).0;
    office.get_until(&format!("/v1/changes?since={after}"), |a| {
        a.at("/revision") == later
    });
    let (_, missed) = Events::of(&office, "", Some(&id))
        .next()
        .expect("what was missed");
    assert_eq!(missed["revision"], later);
    assert!(
        missed["tiles"]
            .as_array()
            .is_some_and(|tiles| !tiles.is_empty())
    );
    let since = Events::of(&office, &format!("?since={now}"), None).next();
    assert_eq!(since.expect("all since then").1["revision"], later);
}

#[test]
fn events_name_the_tiles_of_the_set_that_was_asked_for() {
    let (office, now) = drawn();
    let [mercator, ours] = ["", "?tileMatrixSet=VN2000TM3Quad"];
    let mut streams = [mercator, ours].map(|query| Events::of(&office, query, None));
    for (events, set) in streams.iter_mut().zip(["WebMercatorQuad", "VN2000TM3Quad"]) {
        let (_, first) = events.next().expect("where the map is now");
        assert_eq!(first["tileMatrixSet"], set);
    }
    office.commit(&renumbered(&office, "95"));
    for (events, set) in streams.iter_mut().zip(["WebMercatorQuad", "VN2000TM3Quad"]) {
        let (_, told) = events.next().expect("the edit");
        let polled = office.get(&format!("/v1/changes?since={now}&tileMatrixSet={set}"));
        assert_eq!(told["tileMatrixSet"], set);
        assert_eq!(told["tiles"], polled.at("/tiles"));
    }
}

#[test]
fn who_comes_while_the_register_is_being_loaded_waits_for_the_map() {
    let plan = Office::open().with_land("two_villages");
    let office = plan.at_once().start();
    let mut events = Events::of(&office, "", None);
    let (_, first) = events.next().expect("the map, once it is drawn");
    assert!(first["revision"].as_u64() > Some(0), "{first}");
}

#[test]
fn a_turn_of_the_day_is_an_event() {
    let office = Office::open().with_land("two_villages").start();
    office.set_clock("2026-01-14T05:00:00Z");
    office.get_until("/v1/changes?since=1", |answer| {
        answer.at("/date") == "2026-01-14"
    });
    let mut events = Events::of(&office, "", None);
    assert_eq!(events.next().expect("now").1["date"], "2026-01-14");
    // Parcel 3 is split on this day.
    office.set_clock("2026-01-14T17:00:01Z");
    let (id, told) = events.next().expect("the turn");
    assert_eq!(told["date"], "2026-01-15");
    assert!(id.ends_with("@2026-01-15"), "{id}");
}

#[test]
fn a_server_that_stops_ends_its_events_at_once() {
    let (office, _) = drawn();
    let mut events = Events::of(&office, "", None);
    events.next().expect("where the map is now");
    let began = Instant::now();
    drop(office);
    assert!(events.next().is_none());
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn events_that_cannot_be_had_are_a_problem() {
    let (office, now) = drawn();
    let accept = ("accept", "text/event-stream");
    for (query, last, status, code) in [
        ("", "0@2026-01-01", 410, "changes_gone"),
        ("", "x", 400, "invalid_parameter"),
        ("", "1@x", 400, "invalid_parameter"),
        ("", "-1@2026-01-01", 400, "invalid_parameter"),
        ("?wait=3", "1@2026-01-01", 400, "invalid_parameter"),
        ("?tileMatrixSet=x", "1@2026-01-01", 400, "invalid_parameter"),
    ] {
        let headers = [accept, ("last-event-id", last)];
        let answer = office.ask("GET", &format!("/v1/changes{query}"), &headers);
        assert_eq!(
            (answer.status, answer.at("/code")),
            (status, code.into()),
            "{query} {last}"
        );
    }
    let old = office.ask("GET", "/v1/changes?since=0", &[accept]);
    assert_eq!((old.status, now > 0), (410, true));
}
