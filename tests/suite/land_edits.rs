//! Edits above the base: a land after any edits answers like one built anew from their result.

use crate::village::{EAST, WEST, day, key, land_of, merger, rectangle, version};
use diachinh::cadastre::{Day, Instant, Interval, Lineage, LineageKind, ParcelVersion, Revision};
use diachinh::land::{Changes, Land, LookupQuestion, TurnedParcel};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One thing that happens to a register.
#[derive(Debug, Clone)]
enum Event {
    /// A version comes: parcel, place, first day, length in days when it is closed.
    Write(i64, i32, i32, Option<i32>),
    /// A version is held no longer.
    Drop(prop::sample::Index),
    /// The base is made anew.
    Compact,
}

fn event() -> impl Strategy<Value = Event> {
    let place = (1..15_i64, 0..12_i32, 0..20_i32, prop::option::of(1..20_i32));
    prop_oneof![
        6 => place.prop_map(|(id, x, from, days)| Event::Write(id, x, from, days)),
        3 => any::<prop::sample::Index>().prop_map(Event::Drop),
        1 => Just(Event::Compact),
    ]
}

/// A version with everything derived from its parts: number from the parcel, place from `x`.
fn written(number: i64, id: i64, x: i32, from: i32, days: Option<i32>) -> ParcelVersion {
    let (plane, east, north) = if x % 2 == 0 {
        (WEST, 603_480.0, 1_191_400.0)
    } else {
        (EAST, 426_900.0, 1_144_200.0)
    };
    let shape = rectangle(plane, east + 4.0 * f64::from(x), north, 6.0, 20.0);
    let as_map = key("26743", "5", &(id % 7 + 1).to_string());
    let mut version = version(id, "26743", as_map, plane, shape);
    version.version.0 = number;
    let from = Day(merger().0 + from);
    version.lifespan.valid = Interval {
        from,
        to: days.map(|days| Day(from.0 + days)),
    };
    if id % 3 == 0 {
        version.parcel.as_certificate = Some(key("26749", "9", &id.to_string()));
    }
    version
}

/// Everything that can be asked of the little land on a few days.
fn answers(land: &Land) -> Vec<String> {
    let mut answers = Vec::new();
    for date in [0, 7, 14, 25].map(|d| Day(merger().0 + d)) {
        for x in 0..14 {
            for (crs, east_m, north_m) in [
                (WEST, 603_480.0, 1_191_410.0),
                (EAST, 426_900.0, 1_144_210.0),
            ] {
                let question = LookupQuestion::Planar {
                    east_m: east_m + 4.0 * f64::from(x),
                    north_m,
                    crs,
                };
                let answer = land.lookup(&question, date).expect("a known system");
                answers.push(format!("{:?} {:?}", answer.matches, answer.nothing_here));
            }
        }
        for number in 1..8 {
            for q in [
                format!("{number}/5 bến thành"),
                format!("{number}/9 phạm ngũ lão"),
            ] {
                let answer = land.lookup(&LookupQuestion::Text(q), date).expect("a text");
                let mut matches: Vec<String> =
                    answer.matches.iter().map(|m| format!("{m:?}")).collect();
                matches.sort();
                answers.push(format!("{matches:?} {:?}", answer.nothing_here));
            }
        }
    }
    for id in 1..15 {
        let id = diachinh::cadastre::ParcelId::new(id).expect("an id");
        answers.push(format!("{:?}", land.history(id)));
        answers.push(format!("{:?}", land.neighbours(id, merger())));
    }
    answers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_land_after_edits_answers_like_one_built_anew(
        start in prop::collection::vec((1..15_i64, 0..12_i32, 0..20_i32, prop::option::of(1..20_i32)), 0..12),
        events in prop::collection::vec(event(), 0..25),
    ) {
        let mut held: BTreeMap<i64, ParcelVersion> = BTreeMap::new();
        for (number, (id, x, from, days)) in (1..).zip(start) {
            held.insert(number, written(number, id, x, from, days));
        }
        let mut land = land_of(held.values().cloned());
        for (number, event) in (100..).zip(events) {
            let mut changes = Changes { to: Revision(number as u64), ..Changes::default() };
            match event {
                Event::Write(id, x, from, days) => {
                    // Now and then an earlier version is written again with another content.
                    let earlier = held.keys().nth(id as usize % 5).copied();
                    let number = earlier.filter(|_| x % 4 == 0).unwrap_or(number);
                    let id = held.get(&number).map_or(id, |v| v.parcel.id.get());
                    let version = written(number, id, x, from, days);
                    held.insert(number, version.clone());
                    changes.parcels.push(version);
                }
                Event::Drop(index) if !held.is_empty() => {
                    let number = *held.keys().nth(index.index(held.len())).expect("one of them");
                    let mut version = held.remove(&number).expect("held");
                    version.lifespan.recorded.to = Some(Instant(1));
                    changes.parcels.push(version);
                }
                Event::Drop(_) => {}
                Event::Compact => land = land.compact(),
            }
            land = land.apply(&changes);
        }
        let anew = land_of(held.values().cloned());
        prop_assert_eq!(land.size().versions, held.len());
        prop_assert_eq!(answers(&land), answers(&anew));
        let compacted = land.compact();
        prop_assert_eq!(compacted.size().edits, 0);
        prop_assert_eq!(answers(&compacted), answers(&anew));
    }
}

#[test]
fn an_edit_leaves_the_land_before_it_as_it_was() {
    let before = land_of([written(1, 1, 0, 0, None)]);
    let mut closed = written(1, 1, 0, 0, None);
    closed.lifespan.recorded.to = Some(Instant(9));
    let changes = Changes {
        to: Revision(2),
        recorded_at: Some(Instant(9)),
        parcels: vec![closed, written(2, 1, 2, 0, None)],
        ..Changes::default()
    };
    let after = before.apply(&changes);
    let id = written(1, 1, 0, 0, None).parcel.id;
    let number = |land: &Land| land.parcel(id, merger()).map(|v| v.version.0);
    assert_eq!((number(&before), before.revision()), (Some(1), Revision(1)));
    assert_eq!((number(&after), after.revision()), (Some(2), Revision(2)));
    assert_eq!(after.recorded_at(), Some(Instant(9)));
}

#[test]
fn lineage_is_found_from_both_sides_also_when_it_was_added_later() {
    let ids = [1, 2, 3].map(|id| written(1, id, 0, 0, None).parcel.id);
    let edge = |predecessor, successor| Lineage {
        predecessor,
        successor,
        kind: LineageKind::Split,
        day: merger(),
    };
    let changes = Changes {
        lineage: vec![edge(ids[0], ids[1]), edge(ids[0], ids[2])],
        ..Changes::default()
    };
    let land = land_of([]).apply(&changes);
    for land in [land.clone(), land.compact(), land.compact().compact()] {
        assert_eq!(land.lineage(ids[0]).len(), 2);
        assert_eq!(land.lineage(ids[2]), [edge(ids[0], ids[2])]);
    }
}

#[test]
fn the_turn_of_the_day_names_what_begins_and_ends_and_nothing_else() {
    let (eve, new_year) = (day("2025-12-31"), day("2026-01-01"));
    let mut begins = written(1, 1, 0, 0, None);
    begins.lifespan.valid = Interval::open(new_year);
    let mut ends = written(2, 2, 2, 0, None);
    ends.lifespan.valid.to = Some(new_year);
    let stays = written(3, 3, 4, 0, None);
    let mut late = written(4, 4, 6, 0, None);
    late.lifespan.valid = Interval::open(new_year.next());
    let land = land_of([begins.clone(), ends.clone(), stays]);
    let changes = Changes {
        parcels: vec![late],
        ..Changes::default()
    };
    let land = land.apply(&changes);
    let mut turned = land.turning(eve, new_year).parcels;
    turned.sort_by_key(|t| t.id);
    let expected = [&begins, &ends].map(|v| TurnedParcel {
        id: v.parcel.id,
        plane: WEST,
        envelope: v.parcel.shape.envelope(),
    });
    assert_eq!(turned, expected);
    assert_eq!(land.turning(new_year, new_year.next()).parcels.len(), 1);
    assert!(land.turning(new_year.next(), day("2026-06-01")).is_empty());
}
