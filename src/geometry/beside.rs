//! Along which stretches of its edges one area runs beside another.

use super::measure::length_between_mm;
use super::{Envelope, MultiPolygon, Point};

/// An edge from one point to another.
type Segment = (Point, Point);

/// The edges of an area that may run along something within a box, at most so far from it.
pub fn edges_near(area: &MultiPolygon, around: &Envelope, within_mm: f64) -> Vec<Segment> {
    let around = (around.min, around.max);
    let near = |edge: &Segment| is_near(around, *edge, within_mm);
    let edges = area.rings().flat_map(|ring| ring.edges());
    edges.filter(near).collect()
}

/// The stretches of an edge that run along any of others: at most `within_mm` from it, measured
/// upright on it, and in a direction that differs by at most 45°. In millimetres from its beginning,
/// in order, apart from each other.
///
/// Accurate to the last digits of a double, and the same on every machine. Time is proportional
/// to the number of the others.
pub fn stretches_beside(edge: Segment, others: &[Segment], within_mm: f64) -> Vec<(f64, f64)> {
    let near = |other: &&Segment| is_near(edge, **other, within_mm);
    let stretches = others.iter().filter(near);
    let mut stretches: Vec<(f64, f64)> = stretches
        .filter_map(|other| stretch(edge, *other, within_mm))
        .collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut apart: Vec<(f64, f64)> = Vec::with_capacity(stretches.len());
    for (from, to) in stretches {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

/// The length of an edge in millimetres.
pub fn length_mm((a, b): Segment) -> f64 {
    length_between_mm(a, b)
}

/// Whether the boxes of two edges are no farther apart than that.
fn is_near(a: (Point, Point), b: (Point, Point), within_mm: f64) -> bool {
    let apart = |a0: i32, a1: i32, b0: i32, b1: i32| {
        let (low, high) = (a0.min(a1), a0.max(a1));
        let (below, above) = (b0.min(b1), b0.max(b1));
        let gap = (i64::from(low) - i64::from(above)).max(i64::from(below) - i64::from(high));
        gap as f64 > within_mm
    };
    !apart(a.0.x(), a.1.x(), b.0.x(), b.1.x()) && !apart(a.0.y(), a.1.y(), b.0.y(), b.1.y())
}

/// From where to where along an edge another is beside it, in millimetres from its beginning.
fn stretch((a, b): (Point, Point), (c, d): (Point, Point), within_mm: f64) -> Option<(f64, f64)> {
    let (whole, other) = (length_between_mm(a, b), length_between_mm(c, d));
    if whole == 0.0 || other == 0.0 {
        return None;
    }
    let along = |from: Point, to: Point| {
        let ((ux, uy), (vx, vy)) = (vector(a, b), vector(from, to));
        ((ux * vx + uy * vy) / whole, (ux * vy - uy * vx) / whole)
    };
    let ((at, aside), (dot, rise)) = (along(a, c), along(c, d));
    let (dot, rise) = (dot / other, rise / other);
    if dot.abs() < rise.abs() {
        return None;
    }
    // A place s of the edge stands upright on the other edge where it is from 0 to `other`.
    let upright = |on: f64| at + (on + aside * rise) / dot;
    let (mut from, mut to) = in_order(upright(0.0), upright(other));
    if rise != 0.0 {
        // Its distance is |(s - at) rise + aside dot|.
        let far = |distance: f64| at + (distance - aside * dot) / rise;
        let (first, last) = in_order(far(-within_mm), far(within_mm));
        from = from.max(first);
        to = to.min(last);
    } else if aside.abs() > within_mm {
        return None;
    }
    let (from, to) = (from.max(0.0), to.min(whole));
    (from < to).then_some((from, to))
}

fn in_order(a: f64, b: f64) -> (f64, f64) {
    if a <= b { (a, b) } else { (b, a) }
}

fn vector(from: Point, to: Point) -> (f64, f64) {
    let difference = |a: i32, b: i32| (i64::from(b) - i64::from(a)) as f64;
    (difference(from.x(), to.x()), difference(from.y(), to.y()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::drawn::area;

    fn rectangle(x: i32, y: i32, w: i32, d: i32) -> MultiPolygon {
        area(&[&[(x, y), (x + w, y), (x + w, y + d), (x, y + d)]])
    }

    /// The stretches of an area's edges beside another, edge by edge.
    fn beside(area: &MultiPolygon, other: &MultiPolygon, within_mm: f64) -> Vec<Vec<(f64, f64)>> {
        let around = area.envelope().expect("it has corners");
        let near = edges_near(other, &around, within_mm);
        let edges = area.rings().flat_map(|ring| ring.edges());
        edges
            .map(|edge| stretches_beside(edge, &near, within_mm))
            .collect()
    }

    #[test]
    fn a_lot_on_a_street_runs_beside_it_with_its_front_alone() {
        let lot = rectangle(0, 0, 4000, 20_000);
        let street = rectangle(-50_000, -8000, 90_000, 8000);
        let front = [vec![(0.0, 4000.0)], vec![], vec![], vec![]];
        assert_eq!(beside(&lot, &street, 100.0), front);
        let gap = rectangle(-50_000, -8100, 90_000, 8000);
        assert_eq!(beside(&lot, &gap, 100.0), front);
        assert!(beside(&lot, &gap, 99.0).iter().all(Vec::is_empty));
    }

    #[test]
    fn a_street_that_ends_before_the_lot_does_counts_as_far_as_it_goes() {
        let lot = rectangle(0, 0, 4000, 20_000);
        let street = rectangle(1000, 20_000, 9000, 5000);
        assert_eq!(beside(&lot, &street, 50.0)[2], [(0.0, 3000.0)]);
    }

    #[test]
    fn a_slanted_street_counts_as_far_as_it_is_near() {
        let lot = rectangle(0, 0, 1000, 1000);
        // Falls away by a tenth: 50 mm away after half a metre.
        let street = area(&[&[(0, 0), (0, -900), (1000, -900), (1000, -100)]]);
        let (from, to) = beside(&lot, &street, 50.0)[0][0];
        assert!(from == 0.0 && (to - 502.5).abs() < 3.0, "{from} {to}");
    }

    #[test]
    fn stretches_that_meet_are_one_and_others_stay_apart() {
        let lot = rectangle(0, 0, 10_000, 1000);
        let street = area(&[
            &[(0, -5), (0, -900), (2000, -900), (2000, 0), (1000, -5)],
            &[(5000, 0), (5000, -900), (6000, -900), (6000, 0)],
        ]);
        let front = &beside(&lot, &street, 20.0)[0];
        assert_eq!(front[..], [(0.0, 2000.0), (5000.0, 6000.0)]);
    }
}
