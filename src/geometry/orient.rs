//! On which side of a line a point lies, exactly.

use super::Point;

/// Twice the signed area of the triangle `a`, `b`, `c` in mm²: positive when `c` lies to the left
/// of the line from `a` to `b`, zero when the three are on one line. Exact.
///
/// The triangle lies in a box of 2^31 by 2^31, so the answer is at most 2^62.
pub const fn cross(a: Point, b: Point, c: Point) -> i64 {
    let (ux, uy) = (b.x() as i64 - a.x() as i64, b.y() as i64 - a.y() as i64);
    let (vx, vy) = (c.x() as i64 - a.x() as i64, c.y() as i64 - a.y() as i64);
    ux * vy - uy * vx
}

/// Whether `p` lies on the closed segment from `a` to `b`. Exact; the ends count.
pub fn on_segment(p: Point, a: Point, b: Point) -> bool {
    in_box(p, a, b) && cross(a, b, p) == 0
}

/// Whether `p` lies in the closed box that has `a` and `b` as opposite corners.
pub(super) fn in_box(p: Point, a: Point, b: Point) -> bool {
    let between = |v: i32, s: i32, t: i32| v >= s.min(t) && v <= s.max(t);
    between(p.x(), a.x(), b.x()) && between(p.y(), a.y(), b.y())
}

/// Whether two segments cross at a point that is inside both: no end on the other, not along.
pub fn cross_properly(a: Point, b: Point, c: Point, d: Point) -> bool {
    let opposite = |s: i64, t: i64| (s < 0 && t > 0) || (s > 0 && t < 0);
    opposite(cross(a, b, c), cross(a, b, d)) && opposite(cross(c, d, a), cross(c, d, b))
}

/// A direction between two grid points, to be sorted around a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Direction {
    dx: i64,
    dy: i64,
}

impl Direction {
    /// From one point towards another.
    pub(super) const fn towards(from: Point, to: Point) -> Self {
        Self {
            dx: to.x() as i64 - from.x() as i64,
            dy: to.y() as i64 - from.y() as i64,
        }
    }

    /// The half plane: 0 for angles in [0°, 180°), 1 for [180°, 360°).
    const fn half(self) -> u8 {
        (self.dy < 0 || (self.dy == 0 && self.dx < 0)) as u8
    }

    /// Whether it points due east, the first of all angles.
    pub(super) const fn is_east(self) -> bool {
        self.dy == 0 && self.dx > 0
    }

    /// The order of angles counter-clockwise from east; equal directions are equal at any length.
    pub(super) fn angle_order(self, other: Self) -> std::cmp::Ordering {
        // Both lie in one half plane, so the products may be compared without a subtraction.
        self.half()
            .cmp(&other.half())
            .then_with(|| (self.dy * other.dx).cmp(&(self.dx * other.dy)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::shape::COORDINATE_LIMIT as L;

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    #[test]
    fn a_point_one_millimetre_beside_the_longest_diagonal_is_beside_it() {
        assert_eq!(cross(p(-L, -L), p(L, L), p(0, 0)), 0);
        assert!(cross(p(-L, -L), p(L, L), p(0, 1)) > 0);
        assert!(cross(p(-L, -L), p(L, L), p(1, 0)) < 0);
        assert_eq!(cross(p(-L, -L), p(L, -L), p(-L, L)), 1 << 62);
    }

    #[test]
    fn the_end_of_a_segment_is_on_it_and_the_point_beyond_is_not() {
        assert!(on_segment(p(4, 2), p(0, 0), p(4, 2)));
        assert!(on_segment(p(2, 1), p(0, 0), p(4, 2)));
        assert!(!on_segment(p(6, 3), p(0, 0), p(4, 2)));
    }

    #[test]
    fn segments_that_share_an_end_do_not_cross_properly() {
        assert!(cross_properly(p(0, 0), p(2, 2), p(0, 2), p(2, 0)));
        assert!(!cross_properly(p(0, 0), p(2, 2), p(2, 2), p(4, 0)));
        assert!(!cross_properly(p(0, 0), p(2, 2), p(1, 1), p(4, 0)));
    }

    #[test]
    fn directions_are_sorted_counter_clockwise_from_east() {
        let round = [
            (3, 0),
            (2, 1),
            (0, 5),
            (-1, 1),
            (-7, 0),
            (-1, -9),
            (0, -1),
            (4, -1),
        ];
        let directions = round.map(|(x, y)| Direction::towards(p(0, 0), p(x, y)));
        for pair in directions.windows(2) {
            assert_eq!(pair[0].angle_order(pair[1]), std::cmp::Ordering::Less);
        }
    }
}
