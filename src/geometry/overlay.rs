//! Union, intersection and difference of areas, with valid results on the grid.
//!
//! Boundaries are noded by snap rounding, so a result differs from the exact one only within
//! 0.71 mm of the operands' boundaries. Parts of a result narrower than the grid vanish.

use super::graph::{Depth, Graph};
use super::near::around_window;
use super::snap::node;
use super::{Envelope, MultiPolygon, Point, Ring, faces};

/// What lies in either.
///
/// The operands need not be valid: overlapping parts are united, and what runs against the
/// orientation of its ring is dropped. The result is valid, shells counter-clockwise.
pub fn union(a: &MultiPolygon, b: &MultiPolygon) -> MultiPolygon {
    overlay(a, b, |[s, t]| s > 0 || t > 0)
}

/// What lies in both; what only touches has no area and leaves nothing. With [`difference`] it is the
/// first, to the vertex: of the second both take what matters around the first, so that the first may
/// well be the smaller.
pub fn intersection(a: &MultiPolygon, b: &MultiPolygon) -> MultiPolygon {
    Outlines::beside(a, [b]).areas_where(|[s, t]| s > 0 && t > 0)
}

/// What lies in the first and not in the second.
pub fn difference(a: &MultiPolygon, b: &MultiPolygon) -> MultiPolygon {
    difference_all(a, [b])
}

/// What lies in the first and in none of the others, in one pass: what comes out has moved by less
/// than 0.71 mm, however many are taken off.
pub fn difference_all<'a>(
    a: &MultiPolygon,
    others: impl IntoIterator<Item = &'a MultiPolygon>,
) -> MultiPolygon {
    Outlines::beside(a, others).areas_where(|[s, t]| s > 0 && t <= 0)
}

/// What lies in exactly one of the two.
pub fn symmetric_difference(a: &MultiPolygon, b: &MultiPolygon) -> MultiPolygon {
    overlay(a, b, |[s, t]| (s > 0) != (t > 0))
}

/// What lies in any of many areas, in one pass.
pub fn union_all<'a>(areas: impl IntoIterator<Item = &'a MultiPolygon>) -> MultiPolygon {
    let mut outlines = Outlines::default();
    for area in areas {
        outlines.add(area, [1, 0]);
    }
    outlines.areas_where(|[s, _]| s > 0)
}

fn overlay(a: &MultiPolygon, b: &MultiPolygon, inside: fn(Depth) -> bool) -> MultiPolygon {
    let mut outlines = Outlines::default();
    outlines.add(a, [1, 0]);
    outlines.add(b, [0, 1]);
    outlines.areas_where(inside)
}

/// Edges of rings, each with the depth it adds to its left side.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    segments: Vec<(Point, Point)>,
    rises: Vec<Depth>,
}

impl Outlines {
    /// Adds an area, shells turned counter-clockwise and holes clockwise.
    pub(super) fn add(&mut self, area: &MultiPolygon, rise: Depth) {
        for polygon in &area.0 {
            self.add_ring(&polygon.exterior, rise, true);
            for hole in &polygon.interiors {
                self.add_ring(hole, rise, false);
            }
        }
    }

    /// Those of an area, and of others as far as they matter around it.
    fn beside<'a>(area: &MultiPolygon, others: impl IntoIterator<Item = &'a MultiPolygon>) -> Self {
        let mut outlines = Self::default();
        if let Some(around) = area.envelope() {
            outlines.add(area, [1, 0]);
            for other in others {
                outlines.add_near(other, [0, 1], &around);
            }
        }
        outlines
    }

    /// Adds an area as [`Self::add`] does, as far as it matters within a window: there the depth is
    /// that of the whole area, elsewhere any.
    fn add_near(&mut self, area: &MultiPolygon, rise: Depth, window: &Envelope) {
        for polygon in &area.0 {
            for (i, ring) in polygon.rings().enumerate() {
                let near = around_window(&ring.0, window);
                if near.len() >= 3 {
                    self.add_edges(Ring(near).edges(), turned(ring, rise, i == 0));
                }
            }
        }
    }

    /// Adds one ring with its interior to the left (`filled`) or to the right.
    pub(super) fn add_ring(&mut self, ring: &Ring, rise: Depth, filled: bool) {
        self.add_edges(ring.edges(), turned(ring, rise, filled));
    }

    fn add_edges(&mut self, edges: impl Iterator<Item = (Point, Point)>, rise: Depth) {
        for edge in edges {
            self.segments.push(edge);
            self.rises.push(rise);
        }
    }

    /// The area of all faces whose depth is asked for.
    pub(super) fn areas_where(&self, inside: impl Fn(Depth) -> bool) -> MultiPolygon {
        let pieces = node(&self.segments);
        let graph = Graph::new(pieces.iter().map(|p| (p.from, p.to, self.rises[p.source])));
        let depths = graph.depths();
        let kept: Vec<bool> = (0..graph.half_edges())
            .map(|h| inside(depths[h]) && !inside(depths[h ^ 1]))
            .collect();
        let mut polygons = faces::polygons(&graph, &kept);
        let given = std::cell::LazyCell::new(|| {
            let mut given: Vec<Point> = self.segments.iter().map(|s| s.0).collect();
            given.sort_unstable();
            given
        });
        let is_given = |p: Point| given.binary_search(&p).is_ok();
        for polygon in &mut polygons {
            straighten(&mut polygon.exterior, is_given);
            for hole in &mut polygon.interiors {
                straighten(hole, is_given);
            }
        }
        MultiPolygon(polygons)
    }
}

/// What the edges of a ring add to their left, as it is given.
fn turned(ring: &Ring, [s, t]: Depth, filled: bool) -> Depth {
    let as_given = (ring.twice_signed_area() >= 0) == filled;
    if as_given { [s, t] } else { [-s, -t] }
}

/// Takes out vertices that noding has put on straight edges and the result does not need.
fn straighten(ring: &mut Ring, is_given: impl Fn(Point) -> bool) {
    let points = &ring.0;
    let n = points.len();
    let needed = |i: usize| {
        let (before, here, after) = (points[(i + n - 1) % n], points[i], points[(i + 1) % n]);
        super::orient::cross(before, here, after) != 0 || is_given(here)
    };
    if !(0..n).all(needed) {
        ring.0 = (0..n).filter(|&i| needed(i)).map(|i| points[i]).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::drawn::area;
    use crate::geometry::validity;

    fn square(x: i32, y: i32, side: i32) -> MultiPolygon {
        area(&[&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)]])
    }

    #[test]
    fn neighbours_unite_without_a_seam_and_intersect_in_nothing() {
        let (a, b) = (square(0, 0, 10), square(10, 0, 10));
        let both = union(&a, &b);
        assert_eq!(both.0.len(), 1);
        assert_eq!(both.twice_area(), 400);
        assert_eq!(intersection(&a, &b), MultiPolygon::default());
    }

    #[test]
    fn a_difference_inside_leaves_a_hole() {
        let ring = difference(&square(0, 0, 10), &square(3, 3, 2));
        assert_eq!(ring.0.len(), 1);
        assert_eq!(ring.0[0].interiors.len(), 1);
        assert_eq!(ring.twice_area(), 192);
    }

    #[test]
    fn a_hole_that_comes_to_touch_the_shell_stays_a_hole() {
        let cut = area(&[&[(5, 0), (7, 5), (3, 5)]]);
        let result = difference(&square(0, 0, 10), &cut);
        assert_eq!(result.0.len(), 1);
        assert_eq!(result.0[0].interiors.len(), 1);
        assert!(validity::is_valid(&result));
    }

    #[test]
    fn squares_that_meet_in_a_corner_stay_two_polygons() {
        let result = union(&square(0, 0, 10), &square(10, 10, 10));
        assert_eq!(result.0.len(), 2);
        assert!(validity::is_valid(&result));
    }

    #[test]
    fn an_island_in_the_hole_of_a_ring_is_a_polygon_of_its_own() {
        let ring = difference(&square(0, 0, 100), &square(10, 10, 80));
        let result = union(&ring, &square(40, 40, 5));
        assert_eq!(result.0.len(), 2);
        assert_eq!(result.twice_area(), 2 * (10_000 - 6_400 + 25));
    }

    #[test]
    fn many_squares_unite_in_one_pass() {
        let squares: Vec<_> = (0..100)
            .map(|i| square(i % 10 * 10, i / 10 * 10, 10))
            .collect();
        let all = union_all(&squares);
        assert_eq!(all.0.len(), 1);
        assert_eq!(all.twice_area(), 20_000);
        assert_eq!(union_all([]), MultiPolygon::default());
    }
}
