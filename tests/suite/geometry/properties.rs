//! What holds for all shapes.

use diachinh::geometry::wkb::{self, Geometry};
use diachinh::geometry::{
    Change, Envelope, LineString, Location, MultiPolygon, Point, Polygon, Ring, Shape, blob, clip,
    covers, distance, intersects, locate, overlay, point_on_surface, polygonize, relate, repair,
    validity,
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::random::{moved, point};

fn points(size: i32, count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Point>> {
    vec((0..size, 0..size).prop_map(|(x, y)| point(x, y)), count)
}

/// An area of any kind, often not valid.
fn any_area(size: i32) -> impl Strategy<Value = MultiPolygon> {
    let ring = move || points(size, 3..8).prop_map(Ring);
    let polygon = (ring(), vec(ring(), 0..2)).prop_map(|(exterior, interiors)| Polygon {
        exterior,
        interiors,
    });
    vec(polygon, 1..3).prop_map(MultiPolygon)
}

/// A valid area: what is left of any area after repair.
fn valid_area(size: i32) -> impl Strategy<Value = MultiPolygon> {
    any_area(size).prop_map(|area| repair(&area).shape)
}

fn lines(size: i32) -> impl Strategy<Value = Vec<LineString>> {
    vec(points(size, 2..5).prop_map(LineString), 1..4)
}

fn shape(size: i32) -> impl Strategy<Value = Shape> {
    prop_oneof![
        points(size, 1..5).prop_map(Shape::Points),
        lines(size).prop_map(Shape::Lines),
        valid_area(size).prop_map(Shape::Areas),
    ]
}

/// A shape whose vertices lie near the corners of the grid, some of them on its very limits.
fn far_shape() -> impl Strategy<Value = Shape> {
    let far = |v: i32| match v {
        0..4 => v - (1 << 30),
        4..8 => (1 << 30) - (7 - v),
        _ => (v - 10) * 100_000_007,
    };
    shape(20)
        .prop_map(move |s| moved(&s, |p| point(far(p.x()), far(p.y()))))
        .prop_map(|s| match s {
            Shape::Areas(area) => Shape::Areas(repair(&area).shape),
            other => other,
        })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_answer_does_not_depend_on_where_north_is(a in shape(12), b in shape(12)) {
        let turn = |s: &Shape| moved(s, |p| point(-p.y(), p.x()));
        let mirror = |s: &Shape| moved(s, |p| point(-p.x(), p.y()));
        let carry = |s: &Shape| moved(s, |p| point(p.x() - 1_000_000_000, p.y() + 77));
        let matrix = relate(&a, &b);
        prop_assert_eq!(relate(&turn(&a), &turn(&b)), matrix);
        prop_assert_eq!(relate(&mirror(&a), &mirror(&b)), matrix);
        prop_assert_eq!(relate(&carry(&a), &carry(&b)), matrix);
        prop_assert_eq!(relate(&b, &a), matrix.transposed());
    }

    #[test]
    fn a_shape_covers_itself_and_its_distance_is_zero_exactly_when_shapes_meet(
        a in shape(20), b in shape(20),
    ) {
        let length = |s: &Shape| match s {
            Shape::Lines(l) => l.iter().all(|l| l.length_mm() > 0.0),
            Shape::Points(_) => true,
            Shape::Areas(m) => !m.0.is_empty(),
        };
        prop_assume!(length(&a) && length(&b));
        prop_assert!(covers(&a, &a));
        let there = distance(&a, &b).expect("neither is empty");
        let back = distance(&b, &a).expect("neither is empty");
        prop_assert_eq!(there.distance_mm == 0.0, intersects(&a, &b));
        prop_assert!((there.distance_mm - back.distance_mm).abs() < 1e-9);
        let (dx, dy) = (there.from.x_mm - there.to.x_mm, there.from.y_mm - there.to.y_mm);
        prop_assert!((dx.hypot(dy) - there.distance_mm).abs() < 1e-9);
    }

    #[test]
    fn repair_is_valid_idempotent_and_silent_about_what_is_valid(area in any_area(30)) {
        let once = repair(&area);
        prop_assert_eq!(validity::first_defect(&once.shape), None);
        prop_assert_eq!(once.changes.is_empty(), validity::is_valid(&area));
        let again = repair(&once.shape);
        prop_assert!(again.changes.is_empty());
        prop_assert_eq!(again.shape, once.shape);
    }

    #[test]
    fn a_spike_and_a_doubled_vertex_do_not_change_the_area_that_repair_leaves(
        area in valid_area(40), at in 0_usize..100, tip in points(40, 1..2),
    ) {
        prop_assume!(!area.0.is_empty());
        let mut spiked = area.clone();
        let shell = &mut spiked.0[0].exterior.0;
        let at = at % shell.len();
        let foot = shell[at];
        shell.splice(at..at, [foot, foot, tip[0]]);
        let outline = spiked.perimeter_mm();
        let repaired = repair(&spiked);
        let change = (repaired.shape.twice_area() - area.twice_area()).abs() as f64;
        // The spike may run through other parts and bend them at its nodes.
        prop_assert!(change <= 2.0 * outline, "by {} of {}", change, outline);
        let told = repaired.changes.iter().any(|c| matches!(c, Change::Mended(_)));
        prop_assert!(told || validity::is_valid(&spiked));
    }

    #[test]
    fn overlay_is_valid_symmetric_and_adds_up(a in valid_area(3000), b in valid_area(3000)) {
        let union = overlay::union(&a, &b);
        let common = overlay::intersection(&a, &b);
        let rest = overlay::difference(&a, &b);
        for result in [&union, &common, &rest] {
            prop_assert_eq!(validity::first_defect(result), None);
        }
        prop_assert_eq!(overlay::union(&b, &a).normalized(), union.normalized());
        prop_assert_eq!(overlay::intersection(&b, &a).normalized(), common.normalized());
        let outline = a.perimeter_mm() + b.perimeter_mm();
        let near = |x: i128, y: i128| (x - y).abs() as f64 <= outline;
        prop_assert!(near(union.twice_area() + common.twice_area(), a.twice_area() + b.twice_area()));
        prop_assert!(near(rest.twice_area() + common.twice_area(), a.twice_area()));
    }

    #[test]
    fn the_point_on_a_surface_is_inside(area in valid_area(50)) {
        if let Some(p) = point_on_surface(&area) {
            prop_assert_eq!(locate(p, &area), Location::Interior);
        }
    }

    #[test]
    fn what_is_clipped_lies_in_the_box(shape in shape(60), corners in points(60, 2..3)) {
        let bounds = Envelope::around(corners).expect("two corners");
        let clipped = clip(&shape, &bounds);
        if let Some(inner) = clipped.envelope() {
            prop_assert!(bounds.min.x() <= inner.min.x() && inner.max.x() <= bounds.max.x());
            prop_assert!(bounds.min.y() <= inner.min.y() && inner.max.y() <= bounds.max.y());
        }
        if let Shape::Areas(area) = &clipped {
            prop_assert_eq!(validity::first_defect(area), None);
        }
    }

    #[test]
    fn the_rings_of_an_area_polygonise_to_faces_that_hold_its_area(area in valid_area(2000)) {
        let rings = area.rings().map(|r| LineString([&r.0[..], &r.0[..1]].concat()));
        let result = polygonize(&rings.collect::<Vec<_>>());
        prop_assert!(result.cuts.is_empty());
        let inside = result.polygons.iter().filter(|face| {
            let face = MultiPolygon(vec![(*face).clone()]);
            point_on_surface(&face).is_some_and(|p| locate(p, &area) == Location::Interior)
        });
        let found: i128 = inside.map(|face| MultiPolygon(vec![face.clone()]).twice_area()).sum();
        let error = (found - area.twice_area()).abs() as f64;
        prop_assert!(error <= area.perimeter_mm(), "off by {}", error);
    }

    #[test]
    fn lines_polygonise_to_valid_disjoint_faces(lines in lines(15)) {
        let result = polygonize(&lines);
        for face in &result.polygons {
            prop_assert_eq!(validity::first_defect(&MultiPolygon(vec![face.clone()])), None);
        }
        for (i, face) in result.polygons.iter().enumerate() {
            for other in &result.polygons[..i] {
                let [s, t] = [face, other].map(|p| Shape::Areas(MultiPolygon(vec![p.clone()])));
                prop_assert!(!relate(&s, &t).is_interiors_intersect());
            }
        }
    }

    #[test]
    fn nothing_overflows_at_the_edge_of_the_grid(a in far_shape(), b in far_shape()) {
        let matrix = relate(&a, &b);
        prop_assert_eq!(relate(&b, &a), matrix.transposed());
        if let Some(witness) = distance(&a, &b) {
            prop_assert_eq!(witness.distance_mm == 0.0, matrix.is_intersects());
        }
        if let (Shape::Areas(s), Shape::Areas(t)) = (&a, &b) {
            for result in [overlay::union(s, t), overlay::intersection(s, t)] {
                prop_assert_eq!(validity::first_defect(&result), None);
            }
            prop_assert!(point_on_surface(s).is_none_or(|p| locate(p, s) == Location::Interior));
            prop_assert!(s.twice_area() <= 1 << 63 && s.perimeter_mm().is_finite());
        }
        if let Some(bounds) = b.envelope() {
            prop_assert!(clip(&a, &bounds).envelope().is_none_or(|e| e.intersects(&bounds)));
        }
    }

    #[test]
    fn blobs_come_back(shape in shape(1 << 30), epsg in any::<u32>(), srs_id in any::<i32>()) {
        let bytes = blob::encode_shape(epsg, &shape);
        prop_assert_eq!(blob::decode_shape(&bytes), Ok((epsg, shape.clone())));
        let geometry = Geometry::of_shape(&shape, |p| [f64::from(p.x()) / 3.0, f64::from(p.y())]);
        prop_assert_eq!(wkb::decode_wkb(&wkb::encode_wkb(&geometry)), Ok(geometry.clone()));
        let bytes = wkb::encode_geopackage(srs_id, &geometry);
        prop_assert_eq!(wkb::decode_geopackage(&bytes), Ok((srs_id, geometry)));
    }

    #[test]
    fn no_bytes_bring_the_readers_down(bytes in vec(any::<u8>(), 0..80), head in 0_u8..8) {
        let shape = [b"DCS\x01", &[head][..], &bytes].concat();
        if let Ok((epsg, found)) = blob::decode_shape(&shape) {
            prop_assert_eq!(blob::encode_shape(epsg, &found), shape);
        }
        let geometry = [&[1, head, 0, 0, 0][..], &bytes].concat();
        let blob = [b"GP\0\x03\0\0\0\0", &[0; 32][..], &geometry].concat();
        prop_assert_eq!(wkb::decode_wkb(&geometry).is_ok(), wkb::decode_geopackage(&blob).is_ok());
    }
}
