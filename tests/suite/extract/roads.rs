//! The streets a parcel lies on, and what red lines leave of it.

use super::*;
use diachinh::planning::RightOfWay;

fn way(street: &str, width_m: u32) -> FeatureKind {
    FeatureKind::RightOfWay(RightOfWay {
        street: street.to_owned(),
        width_mm: Some(1000 * width_m),
        decision: None,
        alley: false,
    })
}

/// Street, length of its front in mm, eighth of the side, whether it takes land.
type Told = (String, i64, Option<u8>, bool);

/// The streets of the lot; and what is left of it in hundredths of a m².
fn roads(shapes: &[(&str, [f64; 4])]) -> (Vec<Told>, i128) {
    let features = (1..).zip(shapes).map(|(id, (street, rectangle))| {
        feature(id, "roads", way(street, 12), Shape::Areas(area(*rectangle)))
    });
    let land = lot_with(vec![layer("roads", "right_of_way")], features.collect());
    let catalogue = catalogue();
    let extract = extract(&land, &catalogue, day(TODAY));
    let told = extract.roads.roads.iter().map(|road| {
        (
            road.way.street.clone(),
            road.front_mm,
            road.side,
            road.takes,
        )
    });
    (told.collect(), extract.roads.left_twice_mm2 / 20_000)
}

#[test]
fn a_lot_on_a_corner_has_two_fronts_and_keeps_its_land() {
    let (told, left) = roads(&[
        ("Lê Lợi", [-50.0, -12.0, 50.0, 0.0]),
        // A gap of 9 cm: the layer and the edge are each exact to 10 cm.
        ("Hàm Nghi", [5.09, -12.0, 17.0, 50.0]),
        // Not beside it.
        ("Pasteur", [-50.0, 21.0, 50.0, 33.0]),
    ]);
    let expected = [
        ("Lê Lợi".to_owned(), 5000, Some(6), false),
        ("Hàm Nghi".to_owned(), 20_000, Some(0), false),
    ];
    assert_eq!((told.as_slice(), left), (expected.as_slice(), 10_000));
}

#[test]
fn a_red_line_through_a_lot_leaves_the_rest_with_a_front_on_it() {
    let (told, left) = roads(&[("Lê Lợi", [-50.0, -12.0, 50.0, 3.0])]);
    assert_eq!(told, [("Lê Lợi".to_owned(), 5000, Some(6), true)]);
    assert_eq!(left, 8_500);
}

#[test]
fn two_ways_that_overlap_are_taken_off_once_and_a_sliver_is_not() {
    let (_, left) = roads(&[
        ("Lê Lợi", [-50.0, -12.0, 50.0, 3.0]),
        ("Hàm Nghi", [-12.0, -12.0, 2.0, 50.0]),
    ]);
    // 3 m by 17 m.
    assert_eq!(left, 5_100);
    let (told, left) = roads(&[("Lê Lợi", [-50.0, -12.0, 50.0, 0.05])]);
    assert_eq!(told, [("Lê Lợi".to_owned(), 5000, Some(6), false)]);
    assert_eq!(left, 10_000);
}

#[test]
fn a_lot_within_the_red_lines_has_nothing_left() {
    let (told, left) = roads(&[("Lê Lợi", [-50.0, -12.0, 50.0, 30.0])]);
    assert_eq!(told, [("Lê Lợi".to_owned(), 0, None, true)]);
    assert_eq!(left, 0);
}
