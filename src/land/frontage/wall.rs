//! The front wall of a building: how wide it is at its building line.

use super::Front;
use super::length::{Length, Share, Step};
use crate::geometry::{MultiPolygon, Point, Ring};

/// A wall looks to the street when it runs along the front within 45°.
const ALONG: Share = Share { squared: 1, of: 2 };

impl Front {
    /// The width along this front of the walls that look to the street at the building line: those
    /// that reach the foremost point of the building, to a millimetre, with what goes on from them.
    /// What stands back from there, and sides that go apart behind, make a building no wider.
    pub fn wall_of(&self, building: &MultiPolygon) -> Length {
        let rings = building.0.iter().map(|polygon| &polygon.exterior);
        let each = rings.clone().flat_map(|ring| &ring.0);
        let Some(foremost) = each.map(|&corner| self.ahead(corner)).max() else {
            return Length::default();
        };
        rings.map(|ring| self.wall_of_ring(ring, foremost)).sum()
    }

    fn wall_of_ring(&self, ring: &Ring, foremost: i128) -> Length {
        let mut walls: Vec<(Point, Point)> = ring.edges().collect();
        if is_clockwise(&walls) {
            walls.reverse();
            walls.iter_mut().for_each(|(a, b)| std::mem::swap(a, b));
        }
        let step = |&(a, b): &(Point, Point)| Step::from(a, b);
        let looks = |wall: &(Point, Point)| step(wall).leans_to(self.way, ALONG);
        // Begins where a row of such walls does; if all look to the street, there are none behind.
        let Some(start) = walls.iter().position(|wall| !looks(wall)) else {
            return Length::default();
        };
        walls.rotate_left(start);
        let rows = walls.chunk_by(|one, other| looks(one) == looks(other));
        let at_line = |row: &&[(Point, Point)]| {
            looks(&row[0])
                && row
                    .iter()
                    .any(|&(a, b)| self.is_foremost(&[a, b], foremost))
        };
        rows.filter(at_line)
            .map(|row| {
                let (from, to) = (row[0].0, row[row.len() - 1].1);
                self.way.ahead_of(Step::from(from, to))
            })
            .sum()
    }

    /// How far a point lies out to the street, times the length of the front's way.
    fn ahead(&self, point: Point) -> i128 {
        self.way.y * i128::from(point.x()) - self.way.x * i128::from(point.y())
    }

    fn is_foremost(&self, ends: &[Point], foremost: i128) -> bool {
        ends.iter().any(|&end| {
            let behind = foremost - self.ahead(end);
            behind * behind <= self.way.squared() as i128
        })
    }
}

fn is_clockwise(walls: &[(Point, Point)]) -> bool {
    let twice = walls.iter().map(|(a, b)| {
        i128::from(a.x()) * i128::from(b.y()) - i128::from(b.x()) * i128::from(a.y())
    });
    twice.sum::<i128>() < 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Polygon;

    /// The width of a building on a front that runs to the east, the street to the south.
    fn width(corners: &[(i32, i32)]) -> u64 {
        let ring = |corners: &mut dyn Iterator<Item = &(i32, i32)>| {
            let points = corners.map(|&(x, y)| Point::new(x, y).expect("on the grid"));
            MultiPolygon(vec![Polygon {
                exterior: Ring(points.collect()),
                interiors: Vec::new(),
            }])
        };
        let front = Front {
            road: 0,
            length: Length::default(),
            depth: Length::default(),
            way: Step { x: 4_000, y: 0 },
        };
        let own = front.wall_of(&ring(&mut corners.iter()));
        let turned = front.wall_of(&ring(&mut corners.iter().rev()));
        assert_eq!(own, turned);
        own.um()
    }

    #[test]
    fn a_building_is_as_wide_as_its_front_wall_and_no_wider_for_what_stands_behind() {
        let house = [(0, 0), (4_000, 0), (4_000, 9_000), (0, 9_000)];
        assert_eq!(width(&house), 4_000_000);
        // Wider behind, and on a lot that goes aslant.
        assert_eq!(
            width(&[(0, 0), (3_800, 0), (4_600, 9_000), (-200, 9_000)]),
            3_800_000
        );
        assert_eq!(
            width(&[(0, 0), (3_796, 0), (5_796, 9_000), (2_000, 9_000)]),
            3_796_000
        );
        // A wing that stands back.
        let wing = [
            (0, 0),
            (3_000, 0),
            (3_000, 2_000),
            (6_000, 2_000),
            (6_000, 9_000),
            (0, 9_000),
        ];
        assert_eq!(width(&wing), 3_000_000);
        // Two walls at the line with a recess between them, and a wall that bends.
        let recess = [
            (0, 0),
            (1_500, 0),
            (1_500, 1_000),
            (2_500, 1_000),
            (2_500, 0),
            (4_000, 0),
            (4_000, 9_000),
            (0, 9_000),
        ];
        assert_eq!(width(&recess), 3_000_000);
        assert_eq!(
            width(&[
                (0, 500),
                (2_000, 0),
                (4_000, 500),
                (4_000, 9_000),
                (0, 9_000)
            ]),
            4_000_000
        );
        // Turned a little against the front.
        assert_eq!(
            width(&[(0, 0), (4_000, 400), (3_000, 9_000), (-1_000, 8_600)]),
            4_000_000
        );
        assert_eq!(width(&[]), 0);
    }
}
