//! Every kind of defect, with its place and its sentence.

use diachinh::geometry::{DefectKind, MultiPolygon, Place, Shape, validity};

use super::random::point;
use super::wkt::Geometry;

fn area(wkt: &str) -> MultiPolygon {
    let geometry = Geometry::parse(wkt).expect("well-formed WKT");
    match geometry.shape(0).expect("whole millimetres") {
        Shape::Areas(area) => area,
        other => unreachable!("`{wkt}` is an area: {other:?}"),
    }
}

const fn place(part: usize, ring: usize, vertex: usize) -> Place {
    Place { part, ring, vertex }
}

/// Asserts the first defect: kind, place, other place, and the point to look at.
fn assert_first(wkt: &str, kind: DefectKind, at: Place, other: Option<Place>, look: (i32, i32)) {
    let defect = validity::first_defect(&area(wkt)).expect("it is not valid");
    assert_eq!(defect.kind, kind, "{wkt}: {defect}");
    assert_eq!((defect.place, defect.other), (at, other), "{wkt}: {defect}");
    assert_eq!(defect.at, point(look.0, look.1), "{wkt}: {defect}");
}

#[test]
fn a_bow_tie_names_the_edges_that_cross_and_where() {
    let bow_tie = "POLYGON ((0 0, 4 4, 4 0, 0 4, 0 0))";
    let kind = DefectKind::RingCrossesItself;
    assert_first(bow_tie, kind, place(0, 0, 0), Some(place(0, 0, 2)), (2, 2));
    let defect = validity::first_defect(&area(bow_tie)).expect("it is not valid");
    let sentence = "the ring crosses itself at polygon 0, ring 0, vertex 0 and polygon 0, ring 0, \
                    vertex 2";
    assert_eq!(defect.to_string(), sentence);
    assert_eq!(defect.kind.code(), "ring_crosses_itself");
}

#[test]
fn a_ring_of_two_points_has_too_few_vertices() {
    let flat = "POLYGON ((0 0, 4 4, 4 4, 0 0))";
    assert_first(
        flat,
        DefectKind::TooFewVertices,
        place(0, 0, 0),
        None,
        (0, 0),
    );
}

#[test]
fn a_spike_overlaps_itself_and_a_repeated_vertex_does_not() {
    let spike = "POLYGON ((0 0, 4 0, 9 0, 4 0, 4 4, 0 4, 0 0))";
    let kind = DefectKind::RingOverlapsItself;
    assert_first(spike, kind, place(0, 0, 1), Some(place(0, 0, 2)), (4, 0));
    let repeated = "POLYGON ((0 0, 4 0, 4 0, 4 4, 0 4, 0 0, 0 0))";
    assert_eq!(validity::all_defects(&area(repeated)), []);
}

#[test]
fn vertices_are_counted_as_given_when_some_are_repeated() {
    let wkt = "POLYGON ((0 0, 0 0, 4 4, 4 0, 4 0, 0 4, 0 0))";
    let kind = DefectKind::RingCrossesItself;
    assert_first(wkt, kind, place(0, 0, 0), Some(place(0, 0, 3)), (2, 2));
}

#[test]
fn a_ring_that_comes_back_to_a_vertex_touches_itself() {
    let pinched = "POLYGON ((0 0, 8 0, 8 8, 4 0, 0 8, 0 0))";
    let defects = validity::all_defects(&area(pinched));
    assert!(
        defects
            .iter()
            .all(|d| d.kind == DefectKind::RingTouchesItself && d.at == point(4, 0))
    );
    assert!(!defects.is_empty());
}

#[test]
fn rings_that_cross_or_share_a_stretch_are_told_apart() {
    let crossing = "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (5 5, 12 5, 12 6, 5 6, 5 5))";
    let kind = DefectKind::RingsCross;
    assert_first(crossing, kind, place(0, 0, 1), Some(place(0, 1, 0)), (9, 5));
    let along = "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (2 0, 5 0, 4 4, 2 0))";
    let kind = DefectKind::RingsOverlap;
    assert_first(along, kind, place(0, 0, 0), Some(place(0, 1, 0)), (2, 0));
}

#[test]
fn rings_that_cross_in_a_common_vertex_cross() {
    let wkt = "POLYGON ((0 0, 8 0, 8 8, 0 8, 0 0), (8 0, 12 4, 4 4, 8 0))";
    let defect = validity::first_defect(&area(wkt)).expect("it is not valid");
    assert_eq!(defect.kind, DefectKind::RingsCross);
}

#[test]
fn holes_outside_the_shell_and_inside_each_other_are_named() {
    let outside = "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (20 0, 24 0, 24 4, 20 0))";
    let kind = DefectKind::HoleOutsideShell;
    assert_first(outside, kind, place(0, 1, 0), None, (20, 0));
    let nested = "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 8 1, 8 8, 1 8, 1 1), \
                  (3 3, 5 3, 5 5, 3 5, 3 3))";
    let kind = DefectKind::HoleInsideHole;
    assert_first(nested, kind, place(0, 1, 0), Some(place(0, 2, 0)), (3, 3));
}

#[test]
fn a_hole_that_touches_the_shell_once_is_fine_and_twice_cuts_the_interior() {
    let once = "POLYGON ((0 0, 8 0, 8 8, 0 8, 0 0), (4 0, 6 4, 2 4, 4 0))";
    assert_eq!(validity::all_defects(&area(once)), []);
    let twice = "POLYGON ((0 0, 8 0, 8 8, 0 8, 0 0), (4 0, 6 4, 4 8, 2 4, 4 0))";
    let defect = validity::first_defect(&area(twice)).expect("it is not valid");
    assert_eq!(defect.kind, DefectKind::InteriorDisconnected);
}

#[test]
fn parts_may_meet_in_points_only() {
    let corner = "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((4 4, 8 4, 8 8, 4 8, 4 4)))";
    assert!(validity::is_valid(&area(corner)));
    let edge = "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((4 1, 8 1, 8 3, 4 3, 4 1)))";
    let kind = DefectKind::PartsShareEdge;
    assert_first(edge, kind, place(0, 0, 1), Some(place(1, 0, 3)), (4, 1));
    let inside = "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0)), ((2 2, 4 2, 4 4, 2 2)))";
    let kind = DefectKind::PartsOverlap;
    assert_first(inside, kind, place(0, 0, 0), Some(place(1, 0, 0)), (2, 2));
    let island = "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 8 1, 8 8, 1 8, 1 1)), \
                  ((2 2, 4 2, 4 4, 2 2)))";
    assert!(validity::is_valid(&area(island)));
}

#[test]
fn every_defect_is_listed_and_not_only_the_first() {
    let two = "MULTIPOLYGON (((0 0, 4 4, 4 0, 0 4, 0 0)), ((20 0, 24 4, 24 0, 20 4, 20 0)))";
    let defects = validity::all_defects(&area(two));
    assert_eq!(
        defects.iter().map(|d| d.place.part).collect::<Vec<_>>(),
        [0, 1]
    );
}
