//! How much of a parcel something takes: by hand, and against exact areas.

use super::*;
use crate::geometry::oracle;
use diachinh::geometry::overlay;
use num_traits::ToPrimitive;

fn heritage(shapes: &[[f64; 4]]) -> Land {
    let features = (1..).zip(shapes).map(|(id, rectangle)| {
        let kind = restriction("zone_1");
        feature(id, "heritage", kind, Shape::Areas(area(*rectangle)))
    });
    lot_with(vec![layer("heritage", "heritage")], features.collect())
}

#[test]
fn overlapping_parts_of_one_restriction_count_once() {
    // 5 m by 6 m and 5 m by 5 m, of which 5 m by 3 m are the same: 40 m².
    let land = heritage(&[[-1.0, 0.0, 9.0, 6.0], [-3.0, 3.0, 7.0, 8.0]]);
    assert_eq!(areas(&land, "heritage"), [4000]);
    asked(&land, "heritage", day(TODAY), |theme| {
        assert_eq!(theme.restrictions[0].features.len(), 2);
        assert_eq!((theme.contacts.len(), theme.gaps.len()), (0, 0));
    });
}

#[test]
fn restrictions_that_say_something_else_are_told_apart() {
    let shape = |rectangle| Shape::Areas(area(rectangle));
    let (whole, half) = ([-9.0, -9.0, 9.0, 30.0], [-9.0, -9.0, 9.0, 10.0]);
    let features = vec![
        feature(1, "heritage", restriction("zone_1"), shape(half)),
        feature(2, "heritage", restriction("zone_2"), shape(whole)),
    ];
    let land = lot_with(vec![layer("heritage", "heritage")], features);
    assert_eq!(areas(&land, "heritage"), [5000, 10_000]);
}

#[test]
fn a_zone_that_touches_does_not_concern_and_one_a_millimetre_inside_is_a_contact() {
    let land = heritage(&[[5.0, 0.0, 9.0, 20.0], [-4.0, 20.0, 9.0, 30.0]]);
    assert_eq!(concern(&land, "heritage"), Concern::NotConcerned);
    let land = heritage(&[[4.999, 0.0, 9.0, 20.0]]);
    asked(&land, "heritage", day(TODAY), |theme| {
        assert_eq!(theme.concern(), Concern::NotConcerned);
        let Part::Area { twice_mm2, .. } = theme.contacts[0].part else {
            unreachable!("an area");
        };
        assert_eq!(twice_mm2, 2 * 20_000);
    });
}

#[test]
fn a_sliver_is_a_contact_until_it_is_as_wide_as_the_layer_is_exact_or_as_large_as_the_tolerance() {
    // App. 04 allows 0.81 m² for 100 m² at 1:500; the layer is exact to 10 cm.
    for (rectangle, contacts, width_mm) in [
        // 4 cm by 20 m: 0.80 m².
        ([4.96, 0.0, 9.0, 20.0], 1, 40),
        // 4.1 cm by 20 m: 0.82 m², more than the tolerance.
        ([4.959, 0.0, 9.0, 20.0], 0, 41),
        // 9 cm by 5 m: 0.45 m², narrower than the layer is exact.
        ([-1.0, 19.91, 9.0, 30.0], 1, 88),
        // 11 cm by 5 m: 0.55 m², wider.
        ([-1.0, 19.89, 9.0, 30.0], 0, 108),
    ] {
        let land = heritage(&[rectangle]);
        asked(&land, "heritage", day(TODAY), |theme| {
            assert_eq!(theme.contacts.len(), contacts, "{rectangle:?}");
            assert_eq!(theme.restrictions.len(), 1 - contacts, "{rectangle:?}");
            let all = theme.contacts.iter().chain(&theme.restrictions);
            let widths: Vec<i64> = all
                .filter_map(|own| match own.part {
                    Part::Area { width_mm, .. } => Some(width_mm),
                    _ => None,
                })
                .collect();
            assert_eq!(widths, [width_mm], "{rectangle:?}");
        });
    }
}

#[test]
fn what_covers_a_strip_of_land_concerns_it_however_narrow_it_is() {
    let mut strip = lot();
    strip.parcel.shape = area([0.0, 0.0, 0.05, 4.0]);
    let shape = Shape::Areas(area([-9.0, -9.0, 9.0, 30.0]));
    let features = vec![feature(1, "heritage", restriction("zone"), shape)];
    let land = land(vec![strip], vec![layer("heritage", "heritage")], features);
    assert_eq!(areas(&land, "heritage"), [20]);
}

#[test]
fn lines_have_the_length_that_runs_inside_and_points_are_counted() {
    let lines = [
        // Across: 5 m.
        line(&[(-3.0, 4.0), (8.0, 4.0)]),
        // The same again, from within: nothing new. Then along the edge, which is no inside.
        line(&[(2.0, 4.0), (5.0, 4.0), (5.0, 20.0)]),
        // From the middle out: 3 m and 4 m are 5.
        line(&[(2.0, 10.0), (5.0, 14.0), (8.0, 18.0)]),
    ];
    let features = (1..).zip(lines);
    let features = features.map(|(id, shape)| feature(id, "lines", restriction("cable"), shape));
    let land = lot_with(vec![layer("lines", "power_corridor")], features.collect());
    asked(&land, "power_corridor", day(TODAY), |theme| {
        let Part::Length { mm, .. } = theme.restrictions[0].part else {
            unreachable!("lines");
        };
        assert_eq!((theme.restrictions.len(), mm), (1, 10_000));
    });
    let points = vec![
        place(1.0, 1.0),
        place(1.0, 1.0),
        place(2.0, 2.0),
        place(5.0, 3.0),
    ];
    let wells = feature(9, "wells", restriction("well"), Shape::Points(points));
    let land = lot_with(vec![layer("wells", "water")], vec![wells]);
    asked(&land, "water", day(TODAY), |theme| {
        let Part::Points(points) = &theme.restrictions[0].part else {
            unreachable!("points");
        };
        assert_eq!(points.len(), 2);
    });
}

#[test]
fn a_line_and_a_point_that_only_touch_do_not_concern() {
    let along = line(&[(5.0, -9.0), (5.0, 30.0)]);
    let corner = Shape::Points(vec![place(0.0, 0.0), place(2.0, 20.0)]);
    let features = vec![
        feature(1, "heritage", restriction("wall"), along),
        feature(2, "heritage", restriction("stone"), corner),
    ];
    let land = lot_with(vec![layer("heritage", "heritage")], features);
    assert_eq!(concern(&land, "heritage"), Concern::NotConcerned);
}

#[test]
fn shares_of_random_shapes_are_those_of_exact_arithmetic() {
    let mut random = crate::geometry::random::Random::new(77);
    for round in 0..60 {
        let mut lot = lot();
        let shape = |random: &mut crate::geometry::random::Random| {
            let drawn = random.valid_area(6 + round % 6);
            moved(&drawn)
        };
        lot.parcel.shape = shape(&mut random);
        let (first, second) = (shape(&mut random), shape(&mut random));
        let features = (1..)
            .zip([first.clone(), second.clone()])
            .map(|(id, shape)| feature(id, "heritage", restriction("zone"), Shape::Areas(shape)));
        let outline =
            lot.parcel.shape.perimeter_mm() + first.perimeter_mm() + second.perimeter_mm();
        let both = overlay::union(&first, &second);
        let exact = oracle::area(&lot.parcel.shape, &both, |a, b| a && b);
        let exact = exact.to_f64().expect("a finite number");
        let land = land(
            vec![lot],
            vec![layer("heritage", "heritage")],
            features.collect(),
        );
        let found: i128 = asked(&land, "heritage", day(TODAY), |theme| {
            let all = theme.restrictions.iter().chain(&theme.contacts);
            all.map(|own| match own.part {
                Part::Area { twice_mm2, .. } => twice_mm2,
                _ => 0,
            })
            .sum()
        });
        let error = (found as f64 / 2.0 - exact).abs() / outline;
        assert!(
            error < 1.0,
            "round {round}: {found} of {exact}, off by {error}"
        );
    }
}

/// A shape drawn on a small grid, at the size of a lot and where lots are.
fn moved(drawn: &MultiPolygon) -> MultiPolygon {
    let origin = place(0.0, 0.0);
    let mut area = drawn.clone();
    for polygon in &mut area.0 {
        let interiors = polygon.interiors.iter_mut();
        for ring in std::iter::once(&mut polygon.exterior).chain(interiors) {
            for point in &mut ring.0 {
                let (x, y) = (point.x() * 3001, point.y() * 2999);
                *point = Point::new(origin.x() + x, origin.y() + y).expect("on the grid");
            }
        }
    }
    area
}
