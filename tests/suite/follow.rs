//! Servers follow their store: what another program commits is seen without a restart.

use diachinh::cadastre::{Day, ParcelNumber, VersionId};
use diachinh::land::{Edit, ParcelChange};
use serde_json::json;

use crate::fixture;
use crate::harness::{Office, OfficePlan, planes};

/// Parcel 2 with another number, from a day on.
pub fn renumbered(office: &Office, number: &str) -> Edit {
    let found = office.get("/v1/parcels/2/history");
    assert_eq!(found.status, 200);
    let version = office.version_of(2);
    let land = fixture::land("two_villages", &planes());
    let mut parcels = land.parcels.into_iter();
    let parcel = parcels.find_map(|change| match change {
        ParcelChange::Open { parcel, .. } if parcel.id.get() == 2 => Some(parcel),
        _ => None,
    });
    let mut parcel = parcel.expect("the fixture has parcel 2");
    parcel.as_map.number = ParcelNumber::parse(number).expect("a number");
    Edit {
        dataset: "test".to_owned(),
        summary: "renumbered".to_owned(),
        parcels: vec![ParcelChange::Supersede {
            version: VersionId(version),
            parcel,
            from: Day::parse("2026-11-01").expect("a day"),
        }],
        ..Edit::default()
    }
}

#[test]
fn what_another_program_commits_is_seen_by_every_server_on_the_file() {
    every_server_sees_a_commit(Office::open());
}

#[test]
fn what_another_program_commits_is_seen_by_every_server_on_postgres() {
    every_server_sees_a_commit(Office::open().on_postgres());
}

fn every_server_sees_a_commit(plan: OfficePlan) {
    let one = plan.with_land("two_villages").start();
    let other = one.another();
    let revision = one.commit(&renumbered(&one, "99"));
    for office in [&one, &other] {
        let key = "/v1/parcels/lookup?ward=26743&sheet=5&number=99";
        let answer = office.get_until(key, |answer| answer.at("/features/0/id") == 2);
        assert_eq!(answer.at("/features/0/id"), 2);
        assert_eq!(answer.at("/revision"), revision.0);
        let before = office.get("/v1/parcels/lookup?ward=26743&sheet=5&number=13&date=2026-10-31");
        assert_eq!(
            before.at("/features/0/id"),
            2,
            "the day before it had its old number"
        );
        let after = office.get("/v1/parcels/lookup?ward=26743&sheet=5&number=13");
        assert_eq!(after.at("/features"), json!([]));
    }
}

#[test]
fn a_commit_is_visible_within_a_moment() {
    let office = Office::open().with_land("two_villages").start();
    let edit = renumbered(&office, "98");
    let revision = office.commit(&edit);
    let committed = std::time::Instant::now();
    let seen = office.get_until("/v1/parcels/2", |answer| {
        answer.at("/properties/asMap/number") == "98"
    });
    assert_eq!(seen.at("/properties/recordedIn"), revision.0);
    // A second is for a machine that does ten other things; the benches measure it.
    assert!(
        committed.elapsed().as_millis() < 1000,
        "{:?}",
        committed.elapsed()
    );
}

#[test]
fn history_tells_versions_and_what_a_parcel_came_out_of() {
    let office = Office::open().with_land("two_villages").start();
    office.commit(&renumbered(&office, "97"));
    office.get_until("/health/ready", |answer| answer.at("/revision") == 2);
    let history = office.get("/v1/parcels/2/history");
    assert_eq!(history.at("/features/0/properties/validTo"), "2026-11-01");
    assert_eq!(history.at("/features/1/properties/validFrom"), "2026-11-01");
    let split = office.get("/v1/parcels/4/history");
    assert_eq!(
        split.at("/lineage/0"),
        json!({"predecessor": 3, "successor": 4, "kind": "split", "day": "2026-01-15"})
    );
}

#[test]
fn the_day_turns_by_the_clock_in_vietnam() {
    let office = Office::open().with_land("two_villages").start();
    let at = "/v1/parcels/lookup?x=603009&y=1191010&crs=9210";
    office.set_clock("2026-01-14T16:59:59Z");
    let before = office.get(at);
    assert_eq!(
        (before.at("/date"), before.at("/features/0/id")),
        ("2026-01-14".into(), 3.into())
    );
    office.set_clock("2026-01-14T17:00:00Z");
    let after = office.get(at);
    assert_eq!(
        (after.at("/date"), after.at("/features/0/id")),
        ("2026-01-15".into(), 4.into())
    );
    assert_ne!(before.header("etag"), after.header("etag"));
}
