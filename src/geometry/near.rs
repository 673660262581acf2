//! What of an outline matters near a window: its course far away does not, as long as it goes round
//! the same way.

use super::{Envelope, Point};

/// The vertices of a closed ring without those that change nothing within a window: however often
/// the ring goes around a place there, it still does. Fewer than three when it goes around none.
///
/// A vertex is left out where it and its two neighbours lie on one far side of the window, so that
/// the triangle between them has nothing of it. What is left may cross itself outside the window.
pub(super) fn around_window(ring: &[Point], window: &Envelope) -> Vec<Point> {
    let side = |p: Point| far_side(p, window);
    let Some(&last) = ring.last() else {
        return Vec::new();
    };
    let mut kept: Vec<Point> = Vec::with_capacity(ring.len().min(16));
    let mut before = side(last);
    for (i, &here) in ring.iter().enumerate() {
        let next = ring.get(i + 1).or(kept.first());
        let after = next.copied().unwrap_or(here);
        let own = side(here);
        if before & own & side(after) == 0 {
            kept.push(here);
            before = own;
        }
    }
    kept
}

/// On which far sides of a window a point lies, as bits; what lies within 1 mm of it, the cells of
/// its border, lies on none.
fn far_side(p: Point, window: &Envelope) -> u8 {
    let west = p.x() < window.min.x() - 1;
    let east = p.x() > window.max.x() + 1;
    let south = p.y() < window.min.y() - 1;
    let north = p.y() > window.max.y() + 1;
    u8::from(west) | u8::from(east) << 1 | u8::from(south) << 2 | u8::from(north) << 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::overlay::{difference, intersection};
    use crate::geometry::{MultiPolygon, Polygon, Ring};
    use proptest::prelude::*;

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    fn window() -> Envelope {
        Envelope {
            min: p(0, 0),
            max: p(100, 100),
        }
    }

    /// How often a ring goes around a place that lies on none of its edges.
    fn turns(ring: &[Point], at: (f64, f64)) -> i32 {
        let mut turns = 0;
        for (i, a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            let [(ax, ay), (bx, by)] =
                [*a, b].map(|p| (f64::from(p.x()) - at.0, f64::from(p.y()) - at.1));
            let left = ax * by - ay * bx;
            if ay <= 0.0 && by > 0.0 && left > 0.0 {
                turns += 1;
            } else if ay > 0.0 && by <= 0.0 && left < 0.0 {
                turns -= 1;
            }
        }
        turns
    }

    #[test]
    fn a_long_road_is_four_corners_and_a_ring_on_one_side_is_nothing() {
        let mut road: Vec<Point> = (-50..50).map(|i| p(i * 20, -40 + i % 3)).collect();
        road.extend((-50..50).rev().map(|i| p(i * 20, 40 + i % 3)));
        let kept = around_window(&road, &window());
        assert!(kept.len() < 24, "{}", kept.len());
        let beside: Vec<Point> = road.iter().map(|q| p(q.x(), q.y() - 500)).collect();
        assert!(around_window(&beside, &window()).len() < 3);
    }

    proptest! {
        #[test]
        fn a_ring_goes_around_every_place_of_the_window_as_often_as_before(
            ring in prop::collection::vec((-400..500_i32, -400..500_i32), 3..30),
            (x, y) in (0..100_i32, 0..100_i32),
        ) {
            let ring: Vec<Point> = ring.into_iter().map(|(x, y)| p(x, y)).collect();
            let at = (f64::from(x) + 0.37, f64::from(y) + 0.41);
            let kept = around_window(&ring, &window());
            prop_assert_eq!(turns(&kept, at), turns(&ring, at));
        }

        /// A comb far wider than the square.
        #[test]
        fn what_two_share_and_what_is_left_are_the_whole(
            teeth in prop::collection::vec((-300..400_i32, 2..200_i32), 4..40),
        ) {
            let mut ring: Vec<Point> = Vec::new();
            for (i, &(base, high)) in (0..).zip(&teeth) {
                let x = -300 + 20 * i;
                ring.extend([p(x, base.min(50)), p(x + 9, base.min(50) + high)]);
            }
            ring.extend([p(900, -390), p(-400, -395)]);
            ring.reverse();
            let comb = MultiPolygon(vec![Polygon {
                exterior: Ring(ring),
                interiors: Vec::new(),
            }]);
            let corners = [p(0, 0), p(100, 0), p(100, 100), p(0, 100)];
            let square = MultiPolygon(vec![Polygon {
                exterior: Ring(corners.to_vec()),
                interiors: Vec::new(),
            }]);
            let (shared, left) = (intersection(&square, &comb), difference(&square, &comb));
            prop_assert_eq!(shared.twice_area() + left.twice_area(), 20_000);
        }
    }
}
