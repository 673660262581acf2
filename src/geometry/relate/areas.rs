//! How two areas lie to each other.

use crate::geometry::locate::{inside_to_the_left, locate_beside, locate_rings};
use crate::geometry::matrix::{Dimension, IntersectionMatrix};
use crate::geometry::orient::{cross, in_box};
use crate::geometry::snap::crossing_cell;
use crate::geometry::sweep::{box_of, meeting_pairs};
use crate::geometry::{Envelope, Location, Point};

/// Up to so many pairs of edges are compared one by one; beyond, a sweep finds those that meet.
const FEW_PAIRS: usize = 4096;

/// The DE-9IM matrix of two valid areas given by their rings: shells and holes in any order and
/// orientation, each without its repeated last vertex.
///
/// See [`super::relate`]; this form is for rings that lie elsewhere than in a
/// [`crate::geometry::MultiPolygon`].
pub fn relate_rings(a: &[&[Point]], b: &[&[Point]]) -> IntersectionMatrix {
    let bounds =
        |rings: &[&[Point]]| Envelope::around(rings.iter().flat_map(|r| r.iter().copied()));
    let (box_a, box_b) = (bounds(a), bounds(b));
    let common = match (box_a, box_b) {
        (Some(s), Some(t)) if s.intersects(&t) => Some((s, t)),
        _ => None,
    };
    let mut comparison = Comparison::of(a, b);
    match common {
        Some((box_a, box_b)) => comparison.run(box_a, box_b),
        None => {
            comparison.a.seen.exterior = box_a.is_some();
            comparison.b.seen.exterior = box_b.is_some();
        }
    }
    comparison.matrix()
}

/// An edge, with the index of its ring.
#[derive(Clone, Copy)]
struct Edge {
    ring: usize,
    from: Point,
    to: Point,
}

/// In which parts of the other area a boundary runs.
#[derive(Default)]
struct Seen {
    interior: bool,
    exterior: bool,
}

struct Operand<'a> {
    rings: &'a [&'a [Point]],
    seen: Seen,
    /// Rings that have a point in common with the other boundary.
    met: Vec<bool>,
}

impl<'a> Operand<'a> {
    fn of(rings: &'a [&'a [Point]]) -> Self {
        Self {
            rings,
            seen: Seen::default(),
            met: vec![false; rings.len()],
        }
    }

    /// The edges that come near a box.
    fn edges_near(&self, near: Envelope) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (ring, points) in self.rings.iter().enumerate() {
            let Some(&last) = points.last() else {
                continue;
            };
            let mut from = last;
            for &to in *points {
                if from != to && box_of(from, to).intersects(&near) {
                    edges.push(Edge { ring, from, to });
                }
                from = to;
            }
        }
        edges
    }

    fn beside(&self, from: Point, towards: Point) -> Location {
        locate_beside(from, towards, self.rings.iter().copied())
    }

    fn fills_left(&self, from: Point, towards: Point) -> bool {
        inside_to_the_left(from, towards, self.rings.iter().copied())
    }
}

struct Comparison<'a> {
    a: Operand<'a>,
    b: Operand<'a>,
    /// Boundaries have a point in common.
    meet: bool,
    /// Boundaries cross, and nothing else meets there.
    cross: bool,
    /// Boundaries run along each other, with both interiors on one side.
    same_side: bool,
    /// Boundaries run along each other, with the interiors on opposite sides.
    opposite_sides: bool,
}

impl<'a> Comparison<'a> {
    fn of(a: &'a [&'a [Point]], b: &'a [&'a [Point]]) -> Self {
        Self {
            a: Operand::of(a),
            b: Operand::of(b),
            meet: false,
            cross: false,
            same_side: false,
            opposite_sides: false,
        }
    }

    fn run(&mut self, box_a: Envelope, box_b: Envelope) {
        let (edges_a, edges_b) = (self.a.edges_near(box_b), self.b.edges_near(box_a));
        if edges_a.len() * edges_b.len() <= FEW_PAIRS {
            for e in &edges_a {
                let bounds = box_of(e.from, e.to);
                for f in edges_b
                    .iter()
                    .filter(|f| bounds.intersects(&box_of(f.from, f.to)))
                {
                    self.compare(e, f);
                }
            }
        } else {
            let all = edges_a.iter().chain(&edges_b);
            let boxes: Vec<Envelope> = all.map(|e| box_of(e.from, e.to)).collect();
            let first_b = edges_a.len();
            meeting_pairs(&boxes, |i, j| {
                if i < first_b && j >= first_b {
                    self.compare(&edges_a[i], &edges_b[j - first_b]);
                }
            });
        }
        look_at_free_rings(&mut self.a, self.b.rings);
        look_at_free_rings(&mut self.b, self.a.rings);
    }

    fn compare(&mut self, e: &Edge, f: &Edge) {
        let (a, b, c, d) = (e.from, e.to, f.from, f.to);
        let (at_c, at_d) = (cross(a, b, c), cross(a, b, d));
        let (at_a, at_b) = (cross(c, d, a), cross(c, d, b));
        if at_c.signum() * at_d.signum() < 0 && at_a.signum() * at_b.signum() < 0 {
            self.mark(e, f);
            self.pass_crossing(e, f);
            return;
        }
        // Each edge answers for its beginning; its end is the beginning of the next one.
        let a_on_f = at_a == 0 && in_box(a, c, d);
        let c_on_e = at_c == 0 && in_box(c, a, b);
        if a_on_f {
            self.mark(e, f);
            self.follow_a(a, b);
            if a != c && a != d {
                self.follow_b(a, d);
            }
        }
        if c_on_e {
            self.mark(e, f);
            self.follow_b(c, d);
            if c != a && c != b {
                self.follow_a(c, b);
            }
        }
    }

    /// At a crossing each boundary goes from one side of the other to the other side, unless more
    /// edges meet there, as where a hole touches its shell. That can be at a grid point only.
    fn pass_crossing(&mut self, e: &Edge, f: &Edge) {
        if self.cross {
            return;
        }
        let at = crossing_cell(e.from, e.to, f.from, f.to);
        if cross(e.from, e.to, at) == 0 && cross(f.from, f.to, at) == 0 {
            self.follow_a(at, e.from);
            self.follow_a(at, e.to);
            self.follow_b(at, f.from);
            self.follow_b(at, f.to);
        } else {
            self.cross = true;
        }
    }

    fn mark(&mut self, e: &Edge, f: &Edge) {
        self.meet = true;
        self.a.met[e.ring] = true;
        self.b.met[f.ring] = true;
    }

    /// The first boundary goes on from a common point; where does it run?
    fn follow_a(&mut self, from: Point, to: Point) {
        match self.b.beside(from, to) {
            Location::Interior => self.a.seen.interior = true,
            Location::Exterior => self.a.seen.exterior = true,
            Location::Boundary => {
                if self.a.fills_left(from, to) == self.b.fills_left(from, to) {
                    self.same_side = true;
                } else {
                    self.opposite_sides = true;
                }
            }
        }
    }

    /// The second boundary goes on from a common point; stretches along are the first one's.
    fn follow_b(&mut self, from: Point, to: Point) {
        match self.a.beside(from, to) {
            Location::Interior => self.b.seen.interior = true,
            Location::Exterior => self.b.seen.exterior = true,
            Location::Boundary => {}
        }
    }

    /// The matrix that follows from where the boundaries run.
    ///
    /// A common part of interiors or exteriors is bounded by stretches of the two boundaries, so it
    /// exists exactly when such a stretch does.
    fn matrix(&self) -> IntersectionMatrix {
        use Location::{Boundary, Exterior, Interior};
        let (a, b) = (&self.a.seen, &self.b.seen);
        let along = self.same_side || self.opposite_sides;
        let common = match (along, self.meet) {
            (true, _) => Dimension::Lines,
            (false, true) => Dimension::Points,
            (false, false) => Dimension::Empty,
        };
        let lines = |seen: bool| {
            if seen {
                Dimension::Lines
            } else {
                Dimension::Empty
            }
        };
        let areas = |seen: bool| {
            if seen {
                Dimension::Areas
            } else {
                Dimension::Empty
            }
        };
        let a_inside = a.interior || self.cross;
        let b_inside = b.interior || self.cross;
        let a_outside = a.exterior || self.cross;
        let b_outside = b.exterior || self.cross;
        let mut matrix = IntersectionMatrix::apart();
        matrix.raise(Boundary, Boundary, common);
        matrix.raise(Boundary, Interior, lines(a_inside));
        matrix.raise(Boundary, Exterior, lines(a_outside));
        matrix.raise(Interior, Boundary, lines(b_inside));
        matrix.raise(Exterior, Boundary, lines(b_outside));
        matrix.raise(
            Interior,
            Interior,
            areas(a_inside || b_inside || self.same_side),
        );
        matrix.raise(
            Interior,
            Exterior,
            areas(a_outside || b_inside || self.opposite_sides),
        );
        matrix.raise(
            Exterior,
            Interior,
            areas(b_outside || a_inside || self.opposite_sides),
        );
        matrix
    }
}

/// Rings that the other boundary does not meet lie wholly on one side of it.
fn look_at_free_rings(operand: &mut Operand<'_>, other: &[&[Point]]) {
    for (ring, met) in operand.rings.iter().zip(&operand.met) {
        if operand.seen.interior && operand.seen.exterior {
            return;
        }
        let Some(&vertex) = ring.first().filter(|_| !met) else {
            continue;
        };
        if locate_rings(vertex, other.iter().copied()) == Location::Interior {
            operand.seen.interior = true;
        } else {
            operand.seen.exterior = true;
        }
    }
}
