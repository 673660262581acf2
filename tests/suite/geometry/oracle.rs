//! What is true, by brute force in exact fractions: slow, and simple enough to be believed.
//!
//! The plane is cut into vertical slabs at every vertex and every crossing. Every vertex and
//! crossing, the middle of every piece of an edge and one point of every face are located in both
//! shapes by definition; together they meet every part of every common set.

use diachinh::geometry::{MultiPolygon, Point, Shape};
use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{Signed, Zero};

pub(crate) type Fraction = Ratio<BigInt>;
type Spot = (Fraction, Fraction);
type Edge = (Spot, Spot);

fn fraction(v: i32) -> Fraction {
    Fraction::from_integer(BigInt::from(v))
}

fn spot(p: Point) -> Spot {
    (fraction(p.x()), fraction(p.y()))
}

fn half(a: &Fraction, b: &Fraction) -> Fraction {
    (a + b) / BigInt::from(2)
}

fn cross(a: &Spot, b: &Spot, c: &Spot) -> Fraction {
    (&b.0 - &a.0) * (&c.1 - &a.1) - (&b.1 - &a.1) * (&c.0 - &a.0)
}

fn on_edge(p: &Spot, (a, b): &Edge) -> bool {
    let between =
        |v: &Fraction, s: &Fraction, t: &Fraction| (v >= s && v <= t) || (v >= t && v <= s);
    between(&p.0, &a.0, &b.0) && between(&p.1, &a.1, &b.1) && cross(a, b, p).is_zero()
}

/// 0 interior, 1 boundary, 2 exterior.
fn part_of(shape: &Shape, edges: &[Edge], p: &Spot) -> usize {
    let on = || edges.iter().any(|e| on_edge(p, e));
    match shape {
        Shape::Points(points) => {
            if points.iter().any(|q| spot(*q) == *p) {
                0
            } else {
                2
            }
        }
        Shape::Lines(lines) => {
            let ends = lines.iter().flat_map(|l| [l.0[0], l.0[l.0.len() - 1]]);
            let odd = ends.filter(|&q| spot(q) == *p).count() % 2 == 1;
            if odd {
                1
            } else if on() {
                0
            } else {
                2
            }
        }
        Shape::Areas(_) if on() => 1,
        Shape::Areas(_) => {
            let right_of_p = |(a, b): &&Edge| {
                let (low, high) = if a.1 < b.1 { (a, b) } else { (b, a) };
                low.1 <= p.1 && p.1 < high.1 && cross(low, high, p).is_positive()
            };
            if edges.iter().filter(right_of_p).count() % 2 == 1 {
                0
            } else {
                2
            }
        }
    }
}

fn edges_of(shape: &Shape) -> Vec<Edge> {
    let pairs: Vec<(Point, Point)> = match shape {
        Shape::Points(points) => points.iter().map(|&p| (p, p)).collect(),
        Shape::Lines(lines) => lines
            .iter()
            .flat_map(|l| l.0.windows(2).map(|w| (w[0], w[1])))
            .collect(),
        Shape::Areas(areas) => areas
            .rings()
            .flat_map(|r| r.edges().collect::<Vec<_>>())
            .collect(),
    };
    pairs.into_iter().map(|(a, b)| (spot(a), spot(b))).collect()
}

/// Where two edges that are not parallel cross, ends included.
fn crossing((a, b): &Edge, (c, d): &Edge) -> Option<Spot> {
    let (to_a, to_b) = (cross(c, d, a), cross(c, d, b));
    let whole = &to_a - &to_b;
    if whole.is_zero() {
        return None;
    }
    let share = to_a / whole;
    let at = (&a.0 + (&b.0 - &a.0) * &share, &a.1 + (&b.1 - &a.1) * &share);
    (on_edge(&at, &(a.clone(), b.clone())) && on_edge(&at, &(c.clone(), d.clone()))).then_some(at)
}

/// All vertices and crossings of some edges, each once, ascending.
fn nodes(edges: &[Edge]) -> Vec<Spot> {
    let mut nodes: Vec<Spot> = edges
        .iter()
        .flat_map(|(a, b)| [a.clone(), b.clone()])
        .collect();
    for (i, e) in edges.iter().enumerate() {
        nodes.extend(edges[..i].iter().filter_map(|f| crossing(e, f)));
    }
    nodes.sort();
    nodes.dedup();
    nodes
}

/// Heights at which edges pass a vertical line that goes through no node.
fn heights(edges: &[Edge], x: &Fraction) -> Vec<Fraction> {
    let mut heights: Vec<Fraction> = edges
        .iter()
        .filter(|(a, b)| (&a.0 < x) != (&b.0 < x))
        .map(|(a, b)| &a.1 + (&b.1 - &a.1) * (x - &a.0) / (&b.0 - &a.0))
        .collect();
    heights.sort();
    heights.dedup();
    heights
}

/// The columns between nodes: west and east side, and the middle.
fn slabs(nodes: &[Spot]) -> Vec<[Fraction; 3]> {
    let mut xs: Vec<Fraction> = nodes.iter().map(|n| n.0.clone()).collect();
    xs.dedup();
    xs.windows(2)
        .map(|w| [w[0].clone(), half(&w[0], &w[1]), w[1].clone()])
        .collect()
}

/// The DE-9IM matrix as text.
pub(crate) fn matrix(a: &Shape, b: &Shape) -> String {
    let (edges_a, edges_b) = (edges_of(a), edges_of(b));
    let edges = [edges_a.clone(), edges_b.clone()].concat();
    let nodes = nodes(&edges);
    let mut cells = [[None; 3]; 3];
    cells[2][2] = Some(2);
    let mut see = |p: &Spot, dimension: u8| {
        let cell = &mut cells[part_of(a, &edges_a, p)][part_of(b, &edges_b, p)];
        *cell = (*cell).max(Some(dimension));
    };
    for node in &nodes {
        see(node, 0);
    }
    for edge in &edges {
        let on: Vec<&Spot> = nodes.iter().filter(|n| on_edge(n, edge)).collect();
        for pair in on.windows(2) {
            see(
                &(half(&pair[0].0, &pair[1].0), half(&pair[0].1, &pair[1].1)),
                1,
            );
        }
    }
    for [_, x, _] in slabs(&nodes) {
        for pair in heights(&edges, &x).windows(2) {
            see(&(x.clone(), half(&pair[0], &pair[1])), 2);
        }
    }
    let sign = |cell: &Option<u8>| cell.map_or('F', |d| char::from(b'0' + d));
    cells.iter().flatten().map(sign).collect()
}

/// The exact area of all places for which a rule holds, given whether they lie in two areas.
pub(crate) fn area(a: &MultiPolygon, b: &MultiPolygon, rule: fn(bool, bool) -> bool) -> Fraction {
    let (a, b) = (Shape::Areas(a.clone()), Shape::Areas(b.clone()));
    let (edges_a, edges_b) = (edges_of(&a), edges_of(&b));
    let edges = [edges_a.clone(), edges_b.clone()].concat();
    let mut sum = Fraction::zero();
    for [west, x, east] in slabs(&nodes(&edges)) {
        for pair in heights(&edges, &x).windows(2) {
            let middle = (x.clone(), half(&pair[0], &pair[1]));
            let inside = |shape, edges| part_of(shape, edges, &middle) == 0;
            if rule(inside(&a, &edges_a), inside(&b, &edges_b)) {
                sum += (&pair[1] - &pair[0]) * (&east - &west);
            }
        }
    }
    sum
}

#[test]
fn the_oracle_knows_two_squares_that_overlap() {
    use super::random::point;
    use diachinh::geometry::{Polygon, Ring};
    let square = |x: i32| {
        let exterior = Ring(vec![
            point(x, 0),
            point(x + 2, 0),
            point(x + 2, 2),
            point(x, 2),
        ]);
        MultiPolygon(vec![Polygon {
            exterior,
            interiors: Vec::new(),
        }])
    };
    let (a, b) = (square(0), square(1));
    assert_eq!(
        matrix(&Shape::Areas(a.clone()), &Shape::Areas(b.clone())),
        "212111212"
    );
    assert_eq!(area(&a, &b, |s, t| s && t), fraction(2));
    assert_eq!(area(&a, &b, |s, t| s || t), fraction(6));
}
