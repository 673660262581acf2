//! How far one area runs beside another, and on which of its sides.

use super::measure::length_between_mm;
use super::{MultiPolygon, Point};

/// A stretch of an outline that runs beside another area.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Beside {
    /// Its length in millimetres, what is broken by gaps added up.
    pub length_mm: f64,
    /// Outward from the first area along the stretch: to the east, to the north; longer where
    /// more of the stretch faces that way.
    pub outward: (f64, f64),
}

/// The stretch of the first area's shells that runs along the second's outline: at most
/// `within_mm` from it, measured upright on it, and in a direction that differs by at most 45°.
///
/// Accurate to the last digits of a double, and the same on every machine. Time is proportional
/// to the pairs of edges.
pub fn beside(area: &MultiPolygon, other: &MultiPolygon, within_mm: f64) -> Beside {
    let mut beside = Beside::default();
    let Some(around) = area.envelope() else {
        return beside;
    };
    let around = (around.min, around.max);
    let near = |edge: &(Point, Point)| is_near(around, *edge, within_mm);
    let edges = other.rings().flat_map(|r| r.edges());
    let edges: Vec<(Point, Point)> = edges.filter(near).collect();
    for polygon in &area.0 {
        let shell = &polygon.exterior;
        let turn = if shell.twice_signed_area() < 0 {
            -1.0
        } else {
            1.0
        };
        for edge in shell.edges() {
            let length = shared(edge, &edges, within_mm);
            if length > 0.0 {
                let (dx, dy) = vector(edge.0, edge.1);
                let whole = length_between_mm(edge.0, edge.1);
                beside.length_mm += length;
                beside.outward.0 += turn * dy / whole * length;
                beside.outward.1 -= turn * dx / whole * length;
            }
        }
    }
    beside
}

/// The length of an edge that lies beside any of others.
fn shared(edge: (Point, Point), others: &[(Point, Point)], within_mm: f64) -> f64 {
    let near = |other: &&(Point, Point)| is_near(edge, **other, within_mm);
    let stretches = others.iter().filter(near);
    let mut stretches: Vec<(f64, f64)> = stretches
        .filter_map(|other| stretch(edge, *other, within_mm))
        .collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut length, mut reached) = (0.0, f64::NEG_INFINITY);
    for (from, to) in stretches {
        if to > reached {
            length += to - from.max(reached);
            reached = to;
        }
    }
    length
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

    #[test]
    fn a_lot_on_a_street_runs_beside_it_with_its_front_alone() {
        let lot = rectangle(0, 0, 4000, 20_000);
        let street = rectangle(-50_000, -8000, 90_000, 8000);
        let front = beside(&lot, &street, 100.0);
        assert_eq!((front.length_mm, front.outward), (4000.0, (0.0, -4000.0)));
        let gap = rectangle(-50_000, -8100, 90_000, 8000);
        assert_eq!(beside(&lot, &gap, 100.0).length_mm, 4000.0);
        assert_eq!(beside(&lot, &gap, 99.0).length_mm, 0.0);
    }

    #[test]
    fn a_street_that_ends_before_the_lot_does_counts_as_far_as_it_goes() {
        let lot = rectangle(0, 0, 4000, 20_000);
        let street = rectangle(1000, 20_000, 9000, 5000);
        let back = beside(&lot, &street, 50.0);
        assert_eq!((back.length_mm, back.outward), (3000.0, (0.0, 3000.0)));
    }

    #[test]
    fn a_slanted_street_counts_as_far_as_it_is_near() {
        let lot = rectangle(0, 0, 1000, 1000);
        // Falls away by a tenth: 50 mm away after half a metre.
        let street = area(&[&[(0, 0), (0, -900), (1000, -900), (1000, -100)]]);
        let length = beside(&lot, &street, 50.0).length_mm;
        assert!((length - 502.5).abs() < 3.0, "{length}");
    }
}
