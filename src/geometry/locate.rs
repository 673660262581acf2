//! Where a point lies against an area: interior, boundary or exterior, exactly.

use super::orient::{Direction, cross, on_segment};
use super::{MultiPolygon, Point, Polygon};

/// The three parts of the plane as an area divides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the open interior.
    Interior,
    /// On the boundary, to the millimetre.
    Boundary,
    /// Outside.
    Exterior,
}

/// Where `point` lies against an area.
///
/// A point on a shell or on a hole's ring is on the boundary. Exact, without allocation, in time
/// proportional to the vertices.
pub fn locate(point: Point, area: &MultiPolygon) -> Location {
    locate_rings(point, area.rings().map(|ring| ring.0.as_slice()))
}

/// [`locate`] for one polygon.
pub fn locate_polygon(point: Point, polygon: &Polygon) -> Location {
    locate_rings(point, polygon.rings().map(|ring| ring.0.as_slice()))
}

/// [`locate`] for rings that lie elsewhere than in a [`MultiPolygon`]: shells and holes in any
/// order and orientation, each without its repeated last vertex.
///
/// A point is inside when a ray from it meets an odd number of edges of all rings together, which
/// for a valid area is the area itself.
pub fn locate_rings<'a>(point: Point, rings: impl IntoIterator<Item = &'a [Point]>) -> Location {
    locate_points(point, rings.into_iter().map(|ring| ring.iter().copied()))
}

/// [`locate_rings`] for rings whose points are made one by one.
pub fn locate_points<R>(point: Point, rings: impl IntoIterator<Item = R>) -> Location
where
    R: DoubleEndedIterator<Item = Point> + Clone,
{
    let mut inside = false;
    for ring in rings {
        match crossings_are_odd(point, ring) {
            Some(odd) => inside ^= odd,
            None => return Location::Boundary,
        }
    }
    if inside {
        Location::Interior
    } else {
        Location::Exterior
    }
}

/// Whether the ray from `point` to the east meets an odd number of edges; nothing when the point
/// lies on the ring. An edge holds its lower end and not its upper, so no vertex counts twice.
fn crossings_are_odd(
    point: Point,
    ring: impl DoubleEndedIterator<Item = Point> + Clone,
) -> Option<bool> {
    let mut a = ring.clone().next_back()?;
    let (x, y) = (point.x(), point.y());
    let mut odd = false;
    for b in ring {
        let (a_above, b_above) = (a.y() > y, b.y() > y);
        if a_above != b_above {
            // Both ends to the west: no crossing, whatever the slope.
            if a.x() >= x || b.x() >= x {
                let side = cross(a, b, point);
                if side == 0 {
                    return None;
                }
                odd ^= (side > 0) == b_above;
            }
        } else if b.y() == y {
            let level = a.y() == y && (a.x() < x) != (b.x() < x);
            if b.x() == x || level {
                return None;
            }
        }
        a = b;
    }
    Some(odd)
}

/// Where the points lie that are next to `from` in the direction of `towards`: boundary when an edge
/// of the rings leaves `from` in that direction. Exact; `from` may lie anywhere.
///
/// Beginning beside `from` just north of east, where the edges through `from` are not yet in the
/// way, it turns to the direction asked for and changes sides at each edge that it passes.
pub(super) fn locate_beside<'a>(
    from: Point,
    towards: Point,
    rings: impl IntoIterator<Item = &'a [Point]>,
) -> Location {
    let (left, along) = turn_to(from, towards, rings);
    match (along, left) {
        (true, _) => Location::Boundary,
        (false, true) => Location::Interior,
        (false, false) => Location::Exterior,
    }
}

/// Whether the interior lies directly to the left of a line that leaves `from` for `towards`. Exact.
pub(super) fn inside_to_the_left<'a>(
    from: Point,
    towards: Point,
    rings: impl IntoIterator<Item = &'a [Point]>,
) -> bool {
    turn_to(from, towards, rings).0
}

/// Whether it is inside directly to the left of a direction, and whether an edge runs along it.
fn turn_to<'a>(
    from: Point,
    towards: Point,
    rings: impl IntoIterator<Item = &'a [Point]>,
) -> (bool, bool) {
    let wanted = Direction::towards(from, towards);
    let (mut inside, mut along) = (false, false);
    for ring in rings {
        let Some(&last) = ring.last() else {
            continue;
        };
        let mut a = last;
        for &b in ring {
            if a != b && on_segment(from, a, b) {
                for end in [a, b].into_iter().filter(|&end| end != from) {
                    let ray = Direction::towards(from, end);
                    let order = ray.angle_order(wanted);
                    along |= order.is_eq();
                    inside ^= order.is_le() && !ray.is_east();
                }
            } else if (a.y() > from.y()) != (b.y() > from.y()) {
                inside ^= (cross(a, b, from) > 0) == (b.y() > from.y());
            }
            a = b;
        }
    }
    (inside, along)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Ring;

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    /// A square with a hole that touches the shell in the middle of its lower edge.
    fn pinched() -> MultiPolygon {
        let ring = |v: &[(i32, i32)]| Ring(v.iter().map(|&(x, y)| p(x, y)).collect());
        MultiPolygon(vec![Polygon {
            exterior: ring(&[(0, 0), (8, 0), (8, 8), (0, 8)]),
            interiors: vec![ring(&[(4, 0), (6, 3), (4, 6), (2, 3)])],
        }])
    }

    #[test]
    fn the_point_where_a_hole_touches_the_shell_is_on_the_boundary() {
        assert_eq!(locate(p(4, 0), &pinched()), Location::Boundary);
        assert_eq!(locate(p(4, 1), &pinched()), Location::Exterior);
        assert_eq!(locate(p(1, 1), &pinched()), Location::Interior);
        assert_eq!(locate(p(0, 0), &pinched()), Location::Boundary);
        assert_eq!(locate(p(9, 3), &pinched()), Location::Exterior);
        assert_eq!(locate(p(-1, 8), &pinched()), Location::Exterior);
    }

    #[test]
    fn every_grid_point_agrees_with_counting_edge_by_edge() {
        let area = pinched();
        for (x, y) in (-1..10).flat_map(|x| (-1..10).map(move |y| (x, y))) {
            let point = p(x, y);
            let edges = || area.rings().flat_map(Ring::edges);
            let expected = if edges().any(|(a, b)| on_segment(point, a, b)) {
                Location::Boundary
            } else {
                let odd = edges()
                    .filter(|(a, b)| (a.y() > y) != (b.y() > y))
                    .filter(|(a, b)| (cross(*a, *b, point) > 0) == (b.y() > a.y()))
                    .count()
                    % 2;
                if odd == 1 {
                    Location::Interior
                } else {
                    Location::Exterior
                }
            };
            assert_eq!(locate(point, &area), expected, "at {x}, {y}");
        }
    }

    #[test]
    fn a_direction_from_the_touching_point_tells_the_side() {
        let area = pinched();
        let beside = |from, to| locate_beside(from, to, area.rings().map(|r| r.0.as_slice()));
        let touch = p(4, 0);
        assert_eq!(beside(touch, p(4, 3)), Location::Exterior);
        assert_eq!(beside(touch, p(1, 1)), Location::Interior);
        assert_eq!(beside(touch, p(7, 1)), Location::Interior);
        assert_eq!(beside(touch, p(8, 0)), Location::Boundary);
        assert_eq!(beside(touch, p(0, 0)), Location::Boundary);
        assert_eq!(beside(touch, p(6, 3)), Location::Boundary);
        assert_eq!(beside(touch, p(5, -1)), Location::Exterior);
        assert_eq!(beside(p(1, 1), p(2, 2)), Location::Interior);
    }

    #[test]
    fn nothing_lies_in_an_area_without_rings() {
        assert_eq!(
            locate(p(0, 0), &MultiPolygon::default()),
            Location::Exterior
        );
    }
}
