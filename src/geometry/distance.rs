//! The shortest way from one shape to another, with the segment that shows it.

use super::locate::{Location, locate};
use super::measure::length_between_mm;
use super::orient::{cross, cross_properly, in_box, on_segment};
use super::sweep::box_of;
use super::{Envelope, Point, Shape};

/// A place between grid points, in millimetres from the origin of the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// To the east.
    pub x_mm: f64,
    /// To the north.
    pub y_mm: f64,
}

impl From<Point> for Spot {
    fn from(p: Point) -> Self {
        Self {
            x_mm: f64::from(p.x()),
            y_mm: f64::from(p.y()),
        }
    }
}

/// The distance of two shapes and a shortest segment between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Witness {
    /// Zero exactly when the shapes have a point in common.
    pub distance_mm: f64,
    /// Where the segment begins, on the first shape.
    pub from: Spot,
    /// Where it ends, on the second.
    pub to: Spot,
}

impl Witness {
    const fn common(at: Spot) -> Self {
        Self {
            distance_mm: 0.0,
            from: at,
            to: at,
        }
    }

    const fn turned(self) -> Self {
        Self {
            distance_mm: self.distance_mm,
            from: self.to,
            to: self.from,
        }
    }
}

/// The shortest distance of two shapes, zero where they touch or overlap; nothing when one is
/// empty.
///
/// Whether it is zero is decided exactly; another distance is accurate to the last digits of a
/// double. Of several shortest segments the first in the order of vertices is given. Time is
/// proportional to the pairs of edges whose boxes are nearer than the shortest distance.
pub fn distance(a: &Shape, b: &Shape) -> Option<Witness> {
    if let Some(at) = first_inside(a, b).or_else(|| first_inside(b, a)) {
        return Some(Witness::common(at.into()));
    }
    let (edges_a, edges_b) = (edges(a), edges(b));
    let mut best: Option<Witness> = None;
    for &e in &edges_a {
        let bounds = box_of(e.0, e.1);
        for &f in &edges_b {
            let gap = gap_mm(&bounds, &box_of(f.0, f.1));
            if best.is_some_and(|w| gap > w.distance_mm) {
                continue;
            }
            let witness = between_edges(e, f);
            if best.is_none_or(|w| witness.distance_mm < w.distance_mm) {
                best = Some(witness);
            }
        }
        if best.is_some_and(|w| w.distance_mm == 0.0) {
            break;
        }
    }
    best
}

/// Whether a point lies at least so many millimetres from a closed segment. Exact.
pub fn is_clear_of(p: Point, (a, b): (Point, Point), distance_mm: u32) -> bool {
    let way = |s: Point, t: Point| {
        let d = |s: i32, t: i32| i128::from(t) - i128::from(s);
        (d(s.x(), t.x()), d(s.y(), t.y()))
    };
    let ((ux, uy), (vx, vy), (wx, wy)) = (way(a, b), way(a, p), way(b, p));
    let least = i128::from(distance_mm).pow(2);
    let whole = ux * ux + uy * uy;
    let forth = ux * vx + uy * vy;
    if forth <= 0 {
        vx * vx + vy * vy >= least
    } else if forth >= whole {
        wx * wx + wy * wy >= least
    } else {
        // The cross product has 62 bits and a distance 32, so the squares fit.
        i128::from(cross(a, b, p)).pow(2) >= least * whole
    }
}

/// The edges of a shape; a point is an edge without length.
fn edges(shape: &Shape) -> Vec<(Point, Point)> {
    match shape {
        Shape::Points(points) => points.iter().map(|&p| (p, p)).collect(),
        Shape::Lines(lines) => {
            let pairs = lines.iter().flat_map(|l| l.0.windows(2));
            pairs.map(|pair| (pair[0], pair[1])).collect()
        }
        Shape::Areas(areas) => areas.rings().flat_map(|r| r.edges()).collect(),
    }
}

/// The first part of a shape that begins in an area.
fn first_inside(shape: &Shape, area: &Shape) -> Option<Point> {
    let Shape::Areas(area) = area else {
        return None;
    };
    let starts: Vec<Point> = match shape {
        Shape::Points(points) => points.clone(),
        Shape::Lines(lines) => lines.iter().filter_map(|l| l.0.first().copied()).collect(),
        Shape::Areas(areas) => areas.rings().filter_map(|r| r.0.first().copied()).collect(),
    };
    starts
        .into_iter()
        .find(|&p| locate(p, area) != Location::Exterior)
}

/// The distance of two boxes.
fn gap_mm(a: &Envelope, b: &Envelope) -> f64 {
    let gap = |a_max: i32, b_min: i32, b_max: i32, a_min: i32| {
        let (east, west) = (
            i64::from(b_min) - i64::from(a_max),
            i64::from(a_min) - i64::from(b_max),
        );
        east.max(west).max(0) as f64
    };
    let dx = gap(a.max.x(), b.min.x(), b.max.x(), a.min.x());
    let dy = gap(a.max.y(), b.min.y(), b.max.y(), a.min.y());
    dx.hypot(dy) * (1.0 - f64::EPSILON)
}

fn between_edges(e: (Point, Point), f: (Point, Point)) -> Witness {
    if cross_properly(e.0, e.1, f.0, f.1) {
        return Witness::common(crossing(e, f));
    }
    let ways = [
        to_edge(e.0, f),
        to_edge(e.1, f),
        to_edge(f.0, e).turned(),
        to_edge(f.1, e).turned(),
    ];
    let [first, others @ ..] = ways;
    others.into_iter().fold(first, |best, w| {
        if w.distance_mm < best.distance_mm {
            w
        } else {
            best
        }
    })
}

fn crossing((a, b): (Point, Point), (c, d): (Point, Point)) -> Spot {
    let (to_a, to_b) = (i128::from(cross(c, d, a)), i128::from(cross(c, d, b)));
    let share = to_a as f64 / (to_a - to_b) as f64;
    spot_along(a, b, share)
}

fn spot_along(a: Point, b: Point, share: f64) -> Spot {
    let along = |from: i32, to: i32| f64::from(from) + share * (f64::from(to) - f64::from(from));
    Spot {
        x_mm: along(a.x(), b.x()),
        y_mm: along(a.y(), b.y()),
    }
}

/// From a point to the nearest place of a closed segment.
fn to_edge(p: Point, (a, b): (Point, Point)) -> Witness {
    if in_box(p, a, b) && on_segment(p, a, b) {
        return Witness::common(p.into());
    }
    let product = |s: Point, t: Point, u: Point| {
        let d = |f: fn(Point) -> i32, q: Point| i128::from(f(q)) - i128::from(f(s));
        d(Point::x, t) * d(Point::x, u) + d(Point::y, t) * d(Point::y, u)
    };
    let (forth, whole) = (product(a, b, p), product(a, b, b));
    let to_end = |end: Point| Witness {
        distance_mm: length_between_mm(p, end),
        from: p.into(),
        to: end.into(),
    };
    if forth <= 0 {
        to_end(a)
    } else if forth >= whole {
        to_end(b)
    } else {
        Witness {
            distance_mm: cross(a, b, p).unsigned_abs() as f64 / length_between_mm(a, b),
            from: p.into(),
            to: spot_along(a, b, forth as f64 / whole as f64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{LineString, MultiPolygon, Polygon, Ring};

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    fn square(x: i32, y: i32, side: i32) -> Shape {
        let exterior = Ring(vec![
            p(x, y),
            p(x + side, y),
            p(x + side, y + side),
            p(x, y + side),
        ]);
        Shape::Areas(MultiPolygon(vec![Polygon {
            exterior,
            interiors: Vec::new(),
        }]))
    }

    fn millimetres(a: &Shape, b: &Shape) -> f64 {
        distance(a, b).expect("neither is empty").distance_mm
    }

    #[test]
    fn neighbours_that_touch_have_no_distance_and_a_gap_of_a_millimetre_has_one() {
        assert_eq!(millimetres(&square(0, 0, 10), &square(10, 0, 10)), 0.0);
        assert_eq!(millimetres(&square(0, 0, 10), &square(11, 0, 10)), 1.0);
        assert_eq!(millimetres(&square(0, 0, 10), &square(13, 14, 10)), 5.0);
    }

    #[test]
    fn a_point_is_clear_of_a_segment_exactly_from_its_distance_on() {
        let (a, b) = (p(0, 0), p(4000, 3000));
        // Beside it, 5 m away, and beyond its ends.
        for (at, mm) in [
            (p(-1000, 5500), 5000),
            (p(-3, -4), 5),
            (p(4000, 3007), 7),
            (p(2000, 1500), 0),
        ] {
            assert!(is_clear_of(at, (a, b), mm), "{at:?}");
            assert!(!is_clear_of(at, (a, b), mm + 1), "{at:?}");
        }
        let l = 1 << 30;
        assert!(is_clear_of(p(l, l), (p(-l, -l), p(-l, l)), 1 << 31));
    }

    #[test]
    fn a_shape_inside_another_has_no_distance() {
        assert_eq!(millimetres(&square(0, 0, 100), &square(40, 40, 5)), 0.0);
        assert_eq!(millimetres(&square(40, 40, 5), &square(0, 0, 100)), 0.0);
    }

    #[test]
    fn the_witness_stands_upright_on_the_nearest_edge() {
        let line = Shape::Lines(vec![LineString(vec![p(0, 0), p(10, 10)])]);
        let witness = distance(&Shape::Points(vec![p(10, 0)]), &line).expect("neither is empty");
        assert_eq!(
            witness.from,
            Spot {
                x_mm: 10.0,
                y_mm: 0.0
            }
        );
        assert_eq!(
            witness.to,
            Spot {
                x_mm: 5.0,
                y_mm: 5.0
            }
        );
        assert!((witness.distance_mm - 50f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn crossing_lines_meet_where_they_cross_and_nothing_has_no_distance() {
        let line = |a, b| Shape::Lines(vec![LineString(vec![a, b])]);
        let witness = distance(&line(p(0, 0), p(3, 1)), &line(p(0, 1), p(3, 0)));
        assert_eq!(
            witness,
            Some(Witness::common(Spot {
                x_mm: 1.5,
                y_mm: 0.5
            }))
        );
        assert_eq!(
            distance(&Shape::Points(Vec::new()), &line(p(0, 0), p(1, 1))),
            None
        );
    }
}
