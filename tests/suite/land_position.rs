//! What lies at a position: exact to the millimetre, on both planes, on a day, or around a circle.

use crate::village::{EAST, WEST, city, day, key, land_of, merger, point, rectangle, version};
use diachinh::cadastre::{Day, Interval, ParcelVersion};
use diachinh::crs::{Cause, Epsg, LonLat};
use diachinh::land::{Land, LookupError, LookupQuestion, Match, MatchedBy, NothingHere};

const E: f64 = 603_481.0;
const N: f64 = 1_191_410.0;

/// Three houses of 5 m by 20 m side by side, number 1 in the west.
fn three_houses() -> Vec<ParcelVersion> {
    (0..3)
        .map(|i| {
            let shape = rectangle(WEST, E + 5.0 * f64::from(i), N, 5.0, 20.0);
            let number = (i + 1).to_string();
            version(
                i64::from(i) + 1,
                "26743",
                key("26743", "5", &number),
                WEST,
                shape,
            )
        })
        .collect()
}

fn at_metres(land: &Land, crs: Epsg, east_m: f64, north_m: f64, date: Day) -> Vec<Match> {
    let question = LookupQuestion::Planar {
        east_m,
        north_m,
        crs,
    };
    let answer = land.lookup(&question, date).expect("a known system");
    assert_eq!(answer.matches.is_empty(), answer.nothing_here.is_some());
    answer.matches
}

fn ids(matches: &[Match]) -> Vec<(i64, MatchedBy)> {
    let id = |m: &Match| (m.version.parcel.id.get(), m.matched_by);
    matches.iter().map(id).collect()
}

#[test]
fn a_point_on_a_shared_boundary_returns_both_parcels_and_a_millimetre_beside_only_one() {
    let land = land_of(three_houses());
    let found = |dx: f64| ids(&at_metres(&land, WEST, E + 5.0 + dx, N + 7.0, merger()));
    assert_eq!(
        found(0.0),
        [(1, MatchedBy::Boundary), (2, MatchedBy::Boundary)]
    );
    assert_eq!(found(0.001), [(2, MatchedBy::Interior)]);
    assert_eq!(found(-0.001), [(1, MatchedBy::Interior)]);
}

#[test]
fn a_position_in_degrees_finds_parcels_of_either_zone() {
    let mut versions = three_houses();
    let (east, north) = (426_902.367, 1_144_200.498);
    let shape = rectangle(EAST, east - 2.0, north - 2.0, 4.0, 4.0);
    versions.push(version(9, "26506", key("26506", "1", "1"), EAST, shape));
    let land = land_of(versions);
    let found = |lon, lat| {
        let question = LookupQuestion::Position {
            at: LonLat { lon, lat },
            accuracy_m: None,
        };
        let answer = land.lookup(&question, merger()).expect("an answer");
        ids(&answer.matches)
    };
    assert_eq!(found(107.0843, 10.3460), [(9, MatchedBy::Interior)]);
    let city = city();
    let middle = point(WEST, E + 7.5, N + 10.0);
    let at = city.transforms.to_lonlat(WEST, middle).expect("a position");
    let at = at.to_nine_decimals();
    assert_eq!(found(at.lon, at.lat), [(2, MatchedBy::Interior)]);
}

#[test]
fn a_coordinate_of_one_zone_finds_a_parcel_surveyed_in_the_other() {
    let land = land_of(three_houses());
    let way = city().transforms.between(WEST, EAST).expect("two planes");
    let (east, north) = way.convert(E + 2.5, N + 10.0).expect("convertible");
    let found = at_metres(&land, EAST, east, north, merger());
    assert_eq!(ids(&found), [(1, MatchedBy::Interior)]);
    let question = LookupQuestion::Planar {
        east_m: E,
        north_m: N,
        crs: Epsg(27700),
    };
    let refused = land.lookup(&question, merger());
    assert!(matches!(
        refused,
        Err(LookupError::UnknownSystem {
            asked: Epsg(27700),
            ..
        })
    ));
}

#[test]
fn a_version_answers_from_its_first_day_to_the_day_before_its_end() {
    let mut versions = three_houses();
    let (first, end) = (day("2026-01-01"), day("2026-03-01"));
    versions[0].lifespan.valid = Interval {
        from: first,
        to: Some(end),
    };
    versions[1].lifespan.valid = Interval::open(end);
    versions[1].parcel.shape = versions[0].parcel.shape.clone();
    let land = land_of(versions);
    let found = |date: Day| ids(&at_metres(&land, WEST, E + 1.0, N + 1.0, date));
    assert_eq!(found(Day(first.0 - 1)), []);
    assert_eq!(found(first), [(1, MatchedBy::Interior)]);
    assert_eq!(found(Day(end.0 - 1)), [(1, MatchedBy::Interior)]);
    assert_eq!(found(end), [(2, MatchedBy::Interior)]);
}

#[test]
fn a_circle_of_uncertainty_is_shared_out_between_its_candidates() {
    let land = land_of(three_houses());
    let middle = point(WEST, E + 7.5, N + 10.0);
    let at = city()
        .transforms
        .to_lonlat(WEST, middle)
        .expect("a position");
    let question = LookupQuestion::Position {
        at,
        accuracy_m: Some(5.0),
    };
    let answer = land.lookup(&question, merger()).expect("an answer");
    assert_eq!(ids(&answer.matches)[0], (2, MatchedBy::Interior));
    assert_eq!(ids(&answer.matches).len(), 3);
    let shares: Vec<f64> = answer
        .matches
        .iter()
        .filter_map(|m| m.circle_share)
        .collect();
    assert!(
        (shares.iter().sum::<f64>() - 1.0).abs() < 1e-6,
        "{shares:?}"
    );
    assert!((shares[1] - shares[2]).abs() < 1e-3, "{shares:?}");
}

#[test]
fn an_empty_place_is_outside_the_city_only_where_no_plane_expects_land() {
    let land = land_of(three_houses());
    let nothing = |lon, lat| {
        let question = LookupQuestion::Position {
            at: LonLat { lon, lat },
            accuracy_m: None,
        };
        land.lookup(&question, merger())
            .expect("an answer")
            .nothing_here
    };
    let cause = Some(Cause::AxesSwapped);
    assert_eq!(
        nothing(10.9, 106.5),
        Some(NothingHere::OutsideCity { cause })
    );
    assert_eq!(
        nothing(100.5, 13.7),
        Some(NothingHere::OutsideCity { cause: None })
    );
    assert_eq!(
        nothing(106.5, 10.9),
        Some(NothingHere::WithoutData { ward: None })
    );
}

#[test]
fn neighbours_share_an_edge_or_a_corner() {
    let land = land_of(three_houses());
    let neighbours = |id: usize| -> Vec<i64> {
        let id = three_houses()[id].parcel.id;
        let found = land.neighbours(id, merger());
        found.iter().map(|v| v.parcel.id.get()).collect()
    };
    assert_eq!(neighbours(0), [2]);
    assert_eq!(neighbours(1), [1, 3]);
}
