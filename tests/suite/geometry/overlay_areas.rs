//! Overlay against exact areas: results are valid and near the truth.

use diachinh::geometry::{MultiPolygon, Point, Shape, overlay, validity};
use num_traits::ToPrimitive;

use super::oracle;
use super::random::{Random, moved, point};

type Overlay = fn(&MultiPolygon, &MultiPolygon) -> MultiPolygon;
type Rule = fn(bool, bool) -> bool;

const OPERATIONS: [(Overlay, Rule); 4] = [
    (overlay::union, |a, b| a || b),
    (overlay::intersection, |a, b| a && b),
    (overlay::difference, |a, b| a && !b),
    (overlay::symmetric_difference, |a, b| a != b),
];

/// The error of the area in mm² for each millimetre of both outlines; asserts validity.
fn worst_error(a: &MultiPolygon, b: &MultiPolygon) -> f64 {
    let outline = a.perimeter_mm() + b.perimeter_mm();
    let errors = OPERATIONS.map(|(overlay, rule)| {
        let found = overlay(a, b);
        let defect = validity::first_defect(&found);
        assert_eq!(defect, None, "an overlay of {a:?} and {b:?} is not valid");
        let exact = oracle::area(a, b, rule);
        let error = oracle::Fraction::new(found.twice_area().into(), 2.into()) - exact;
        error.to_f64().expect("a finite number").abs() / outline
    });
    errors.into_iter().fold(0.0, f64::max)
}

fn placed(area: &MultiPolygon, place: impl FnMut(Point) -> Point) -> MultiPolygon {
    match moved(&Shape::Areas(area.clone()), place) {
        Shape::Areas(area) => area,
        other => unreachable!("an area stays an area: {other:?}"),
    }
}

#[test]
fn on_a_coarse_grid_the_area_is_off_by_less_than_half_a_cell_along_the_outline() {
    let mut random = Random::new(11);
    for i in 0..400 {
        let (a, b) = (random.valid_area(5 + i % 20), random.valid_area(5 + i % 20));
        let error = worst_error(&a, &b);
        assert!(
            error < 0.5,
            "off by {error} mm² for each mm of outline: {a:?} {b:?}"
        );
    }
}

#[test]
fn parcels_overlay_to_a_fifth_of_a_square_millimetre_for_each_millimetre_of_outline() {
    let mut random = Random::new(12);
    for _ in 0..200 {
        let place = |p: Point| point(p.x() * 3001 + 603_123_457, p.y() * 2999 - 191_234_567);
        let a = placed(&random.valid_area(8), place);
        let b = placed(&random.valid_area(8), place);
        let error = worst_error(&a, &b);
        assert!(
            error < 0.2,
            "off by {error} mm² for each mm of outline: {a:?} {b:?}"
        );
    }
}

#[test]
fn union_and_intersection_add_up_to_both_areas() {
    let mut random = Random::new(13);
    for _ in 0..500 {
        let place = |p: Point| point(p.x() * 10_007, p.y() * 9973);
        let a = placed(&random.valid_area(9), place);
        let b = placed(&random.valid_area(9), place);
        let sum = overlay::union(&a, &b).twice_area() + overlay::intersection(&a, &b).twice_area();
        let error = (sum - a.twice_area() - b.twice_area()).abs() as f64;
        assert!(
            error <= a.perimeter_mm() + b.perimeter_mm(),
            "off by {error}: {a:?} {b:?}"
        );
    }
}
