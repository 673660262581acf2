//! What lies nearer than a distance to a segment, as a polygon that contains it.

use super::measure::length_between_mm;
use super::{MultiPolygon, Point, Polygon, Ring};

/// How far a grid point may be moved along a straight side to find one that lies close to it.
const ALONG_MM: i32 = 12;

/// A polygon around everything nearer than a distance to a segment.
///
/// Beside the segment its sides run at the distance, rounded outward to the grid: parallel to an
/// axis exactly, and otherwise by less than half a millimetre at the ends that are chosen for it.
/// Around the ends its corners are rounded outward by at most 2 mm. Time is proportional to the
/// root of the distance. Nothing when a corner lies beyond the grid.
pub(super) fn capsule((a, b): (Point, Point), distance_mm: u32) -> Option<MultiPolygon> {
    let long = length_between_mm(a, b);
    let u = if long > 0.0 {
        let part = |from: i32, to: i32| (f64::from(to) - f64::from(from)) / long;
        (part(a.x(), b.x()), part(a.y(), b.y()))
    } else {
        (1.0, 0.0)
    };
    let mut corners = Vec::new();
    end(a, u, distance_mm, &mut corners)?;
    end(b, (-u.0, -u.1), distance_mm, &mut corners)?;
    corners.dedup();
    Some(MultiPolygon(vec![Polygon {
        exterior: Ring(corners),
        interiors: Vec::new(),
    }]))
}

/// Adds the corners around the end from which the segment goes the way `u`, from its left side to
/// its right, counter-clockwise.
///
/// Their directions are turned by an angle of rational cosine and sine, so they are the same on
/// every machine.
fn end(at: Point, u: (f64, f64), distance_mm: u32, corners: &mut Vec<Point>) -> Option<()> {
    let d = f64::from(distance_mm);
    // With this half tangent a corner lies less than a quarter of a millimetre farther than its sides.
    let t = 1.0 / (1.5 * d.sqrt()).ceil().max(2.0);
    let (cos, sin) = ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t));
    let left = (-u.1, u.0);
    corners.push(beside(at, u, left, d, t)?);
    let mut v = left;
    loop {
        v = (v.0 * cos - v.1 * sin, v.0 * sin + v.1 * cos);
        let next = (v.0 * cos - v.1 * sin, v.0 * sin + v.1 * cos);
        // The next side would pass the one along the right of the segment.
        if left.0 * next.1 - left.1 * next.0 <= 1e-9 {
            break;
        }
        // So much farther, for what rounding to the grid takes: half a diagonal of it.
        let reach = d + 0.75;
        let corner = (v.0 - t * v.1, v.1 + t * v.0);
        corners.push(grid(
            (f64::from(at.x()) + reach * corner.0).round(),
            (f64::from(at.y()) + reach * corner.1).round(),
        )?);
    }
    let right = (-left.0, -left.1);
    let last = beside(at, u, right, d, t)?;
    // Rounded to the grid, the corner before may lie beyond the side that begins here.
    let beyond = |corner: Point| {
        let part = |to: i32, from: i32, along: f64| (f64::from(to) - f64::from(from)) * along;
        part(corner.x(), last.x(), right.0) + part(corner.y(), last.y(), right.1) >= 0.0
    };
    if corners.last().is_some_and(|&corner| beyond(corner)) {
        corners.pop();
    }
    corners.push(last);
    Some(())
}

/// The grid point beside an end, towards `n` and a little behind it, that lies at the distance from
/// the line or by the least farther.
fn beside(at: Point, u: (f64, f64), n: (f64, f64), d: f64, t: f64) -> Option<Point> {
    let along = if d >= 100.0 { ALONG_MM } else { 1 };
    let (mut best, mut least) = (None, f64::INFINITY);
    for step in 1..=along {
        let back = d * t + f64::from(step);
        let (x, y) = (d * n.0 - back * u.0, d * n.1 - back * u.1);
        for (x, y) in [
            (x.floor(), y.floor()),
            (x.floor(), y.ceil()),
            (x.ceil(), y.floor()),
            (x.ceil(), y.ceil()),
        ] {
            let farther = x * n.0 + y * n.1 - d;
            if (-1e-6..least).contains(&farther) {
                (best, least) = (Some((x, y)), farther);
            }
        }
        if least < 1e-6 {
            break;
        }
    }
    let (x, y) = best?;
    grid(f64::from(at.x()) + x, f64::from(at.y()) + y)
}

fn grid(x: f64, y: f64) -> Option<Point> {
    Point::new(x as i32, y as i32).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::distance::is_clear_of;
    use crate::geometry::locate::{Location, locate};
    use crate::geometry::validity::is_valid;

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    #[test]
    fn along_an_axis_the_sides_run_at_the_distance() {
        let around = capsule((p(0, 0), p(4000, 0)), 2000).expect("on the grid");
        assert!(is_valid(&around));
        let corners = || around.rings().flat_map(|ring| &ring.0);
        assert_eq!(corners().filter(|c| c.y() == 2000).count(), 2);
        assert_eq!(corners().filter(|c| c.y() == -2000).count(), 2);
        assert!(corners().all(|c| c.y().abs() <= 2000));
    }

    #[test]
    fn what_lies_nearer_is_inside_and_what_lies_3_mm_farther_is_not() {
        for (a, b, mm) in [
            (p(0, 0), p(4000, 1333), 2000),
            (p(0, 0), p(-731, 977), 500),
            (p(10, 10), p(10, 9000), 3500),
            (p(0, 0), p(517, -2003), 40),
        ] {
            let around = capsule((a, b), mm).expect("on the grid");
            assert!(is_valid(&around), "{a:?} {b:?}");
            let reach = i32::try_from(mm).expect("small") + 8;
            for x in (a.x().min(b.x()) - reach..a.x().max(b.x()) + reach).step_by(37) {
                for y in (a.y().min(b.y()) - reach..a.y().max(b.y()) + reach).step_by(41) {
                    let inside = locate(p(x, y), &around) != Location::Exterior;
                    let nearer = !is_clear_of(p(x, y), (a, b), mm);
                    assert!(inside || !nearer, "{x} {y}");
                    let farther = is_clear_of(p(x, y), (a, b), mm + 3);
                    assert!(!inside || !farther, "{x} {y}");
                }
            }
        }
    }
}
