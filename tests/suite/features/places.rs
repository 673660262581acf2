//! Boxes: what meets them, on both planes, their border included.

use crate::harness::Office;
use serde_json::Value;

fn ids(office: &Office, bbox: &str) -> Vec<i64> {
    let answer = office.get(&format!("/collections/parcels/items?bbox={bbox}"));
    assert_eq!(answer.status, 200, "{bbox}: {}", answer.text());
    let features = answer.at("/features");
    let features = features.as_array().expect("features");
    let id = |feature: &Value| feature["id"].as_i64().expect("an id");
    features.iter().map(id).collect()
}

/// South-west and north-east corner of a parcel in degrees.
fn corners(office: &Office, id: i64) -> [f64; 4] {
    let answer = office.get(&format!("/collections/parcels/items/{id}"));
    let ring = answer.at("/geometry/coordinates/0");
    let ring = ring.as_array().expect("a ring").clone();
    let along = |i: usize| ring.iter().map(move |p| p[i].as_f64().expect("degrees"));
    let least = |i: usize| along(i).fold(f64::INFINITY, f64::min);
    let most = |i: usize| along(i).fold(f64::NEG_INFINITY, f64::max);
    [least(0), least(1), most(0), most(1)]
}

#[test]
fn a_box_finds_what_it_meets_on_both_planes() {
    let office = Office::open().with_land("two_villages").start();
    let all = [1, 2, 4, 5, 6, 7, 11];
    for (bbox, found) in [
        ("-180,-90,180,90", all.as_slice()),
        ("106,10,108,11", &all),
        ("106,10,107,11", &[1, 2, 4, 5, 6, 7]),
        ("107,10,108,11", &[11]),
        ("100,10,101,11", &[]),
        ("106,10,0,108,11,9000", &all),
    ] {
        assert_eq!(ids(&office, bbox), found, "{bbox}");
    }
}

#[test]
fn a_box_across_the_antimeridian_goes_the_long_way_round() {
    let office = Office::open().with_land("two_villages").start();
    assert_eq!(ids(&office, "107,10,-170,11"), [11]);
    assert_eq!(ids(&office, "170,10,106.9,11"), [1, 2, 4, 5, 6, 7]);
    assert_eq!(ids(&office, "170,10,-170,11"), [0_i64; 0]);
}

#[test]
fn a_box_is_compared_with_the_shape_and_not_with_its_envelope() {
    let office = Office::open().with_land("two_villages").start();
    // The courtyard of parcel 6 is not parcel 6.
    let [west, south, east, north] = corners(&office, 6);
    let at = |part_x: f64, part_y: f64| {
        (
            west + (east - west) * part_x,
            south + (north - south) * part_y,
        )
    };
    let ((a, b), (c, d)) = (at(0.4, 0.45), at(0.5, 0.55));
    assert_eq!(ids(&office, &format!("{a},{b},{c},{d}")), [0_i64; 0]);
    let (c, d) = at(0.7, 0.55);
    assert_eq!(ids(&office, &format!("{a},{b},{c},{d}")), [6]);
}

#[test]
fn the_border_of_a_box_counts_and_a_box_may_be_a_point() {
    let office = Office::open().with_land("two_villages").start();
    let [west, south, east, north] = corners(&office, 4);
    let (x, y) = ((west + east) / 2.0, (south + north) / 2.0);
    assert_eq!(ids(&office, &format!("{x},{y},{x},{y}")), [4]);
    // A line along the middle of the row of houses.
    assert_eq!(
        ids(&office, &format!("106.6,{y},106.8,{y}")),
        [1, 2, 4, 5, 6]
    );
}

#[test]
fn a_box_that_is_none_is_refused_with_what_was_expected() {
    let office = Office::open().with_land("two_villages").start();
    for bbox in [
        "",
        "1",
        "1,2,3",
        "1,2,3,4,5",
        "1,2,3,4,5,6,7",
        "a,b,c,d",
        "1,2,3,NaN",
        "1,2,3,inf",
        "106,11,107,10",
        "106,10,5,107,11,4",
        "-181,0,1,1",
        "0,0,1,90.1",
    ] {
        let answer = office.get(&format!("/collections/parcels/items?bbox={bbox}&lang=en"));
        assert_eq!(answer.status, 400, "{bbox}");
        assert_eq!(answer.at("/parameter"), "bbox", "{bbox}");
        let expected = answer.at("/expected");
        assert!(
            expected
                .as_str()
                .is_some_and(|e| e.contains("lower corner")),
            "{expected}"
        );
    }
}
