//! What of an area keeps its distance from edges, rounded inward to the grid.

use super::capsule::capsule;
use super::distance::is_clear_of;
use super::overlay::difference_all;
use super::validity::is_valid;
use super::{
    LineString, Location, MultiPolygon, Point, Polygon, Ring, Shape, covers, distance, locate,
};

/// A distance that is kept from edges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clear {
    /// The edges.
    pub edges: Vec<(Point, Point)>,
    /// The least distance, in millimetres.
    pub distance_mm: u32,
}

/// How far a corner may be moved inward, in millimetres.
const INWARD_MM: i32 = 3;
/// How many millimetres more than asked are kept where less cannot be drawn.
const FARTHER_MM: u32 = 3;
/// Parts smaller than this are left out when they cannot be drawn: twice the area in mm².
const SMALL: i128 = 200_000;
/// Errors of the measured distance of two shapes lie far below this.
const MEASURED_MM: f64 = 1e-6;

/// The part of an area that keeps every distance, by the shortest way to any of its edges.
///
/// Rounded inward: no place of it lies outside of the area or nearer to an edge than asked, exactly.
/// A straight side of it lies less than 2.5 mm farther inward than the exact one, and at it when it
/// runs along an axis. Nothing when no such shape can be drawn on the grid.
pub fn inset(area: &MultiPolygon, kept: &[Clear]) -> Option<MultiPolygon> {
    let kept: Vec<&Clear> = kept.iter().filter(|clear| clear.distance_mm > 0).collect();
    (0..=FARTHER_MM).find_map(|farther| attempt(area, &kept, farther))
}

fn attempt(area: &MultiPolygon, kept: &[&Clear], farther: u32) -> Option<MultiPolygon> {
    let mut taken = Vec::new();
    for clear in kept {
        for &edge in &clear.edges {
            taken.push(capsule(edge, clear.distance_mm + farther)?);
        }
    }
    let rough = if taken.is_empty() {
        area.clone()
    } else {
        difference_all(area, &taken)
    };
    let mut parts = Vec::new();
    for polygon in rough.0 {
        match inward(&polygon, area, kept).filter(|part| keeps(part, area, kept)) {
            Some(part) => parts.push(part),
            None if MultiPolygon(vec![polygon]).twice_area() < SMALL => {}
            None => return None,
        }
    }
    let whole = MultiPolygon(parts);
    is_valid(&whole).then_some(whole)
}

/// A polygon with each corner moved to the nearest grid point that keeps every distance; nothing
/// when a ring shrinks away.
fn inward(polygon: &Polygon, area: &MultiPolygon, kept: &[&Clear]) -> Option<Polygon> {
    let ring = |ring: &Ring| {
        let moved = ring
            .0
            .iter()
            .filter_map(|&corner| moved(corner, area, kept));
        let mut moved: Vec<Point> = moved.collect();
        moved.dedup();
        while moved.len() > 1 && moved.first() == moved.last() {
            moved.pop();
        }
        Some(Ring(moved)).filter(|ring| ring.0.len() > 2 && ring.twice_signed_area() != 0)
    };
    let interiors = polygon.interiors.iter().map(ring);
    Some(Polygon {
        exterior: ring(&polygon.exterior)?,
        interiors: interiors.collect::<Option<_>>()?,
    })
}

/// The nearest grid point that lies in the area and keeps every distance.
fn moved(corner: Point, area: &MultiPolygon, kept: &[&Clear]) -> Option<Point> {
    let fits = |p: &Point| {
        let clear = |clear: &&Clear| {
            let mut edges = clear.edges.iter();
            edges.all(|&edge| is_clear_of(*p, edge, clear.distance_mm))
        };
        kept.iter().all(clear) && locate(*p, area) != Location::Exterior
    };
    if fits(&corner) {
        return Some(corner);
    }
    let steps = -INWARD_MM..=INWARD_MM;
    let mut around: Vec<(i32, i32)> = steps
        .clone()
        .flat_map(|dx| steps.clone().map(move |dy| (dx, dy)))
        .collect();
    around.sort_by_key(|(dx, dy)| dx * dx + dy * dy);
    let near = around
        .into_iter()
        .filter_map(|(dx, dy)| Point::new(corner.x() + dx, corner.y() + dy).ok());
    near.into_iter().find(fits)
}

/// Whether all of a polygon lies in the area and keeps every distance.
fn keeps(polygon: &Polygon, area: &MultiPolygon, kept: &[&Clear]) -> bool {
    let part = MultiPolygon(vec![polygon.clone()]);
    if !is_valid(&part) {
        return false;
    }
    let part = Shape::Areas(part);
    let is_clear = |clear: &&Clear| {
        let lines = clear.edges.iter().map(|&(a, b)| LineString(vec![a, b]));
        let way = distance(&part, &Shape::Lines(lines.collect()));
        way.is_none_or(|way| way.distance_mm >= f64::from(clear.distance_mm) - MEASURED_MM)
    };
    kept.iter().all(is_clear) && covers(&Shape::Areas(area.clone()), &part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::drawn::area;

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    fn clear(edges: &[(Point, Point)], distance_mm: u32) -> Clear {
        Clear {
            edges: edges.to_vec(),
            distance_mm,
        }
    }

    #[test]
    fn a_strip_behind_a_lot_leaves_the_rest_of_it_exactly() {
        let lot = area(&[&[(0, 0), (4000, 0), (4000, 16_500), (0, 16_500)]]);
        let rear = clear(&[(p(4000, 16_500), p(0, 16_500))], 2000);
        let left = inset(&lot, &[rear]).expect("can be drawn");
        assert_eq!(left.twice_area(), 2 * 4000 * 14_500);
        assert_eq!(left.rings().map(|ring| ring.0.len()).sum::<usize>(), 4);
        assert_eq!(inset(&lot, &[]).expect("can be drawn"), lot);
    }

    #[test]
    fn a_lot_that_is_narrower_than_its_distances_leaves_nothing() {
        let lot = area(&[&[(0, 0), (4000, 0), (4000, 16_500), (0, 16_500)]]);
        let sides = [(p(4000, 0), p(4000, 16_500)), (p(0, 16_500), p(0, 0))];
        let left = inset(&lot, &[clear(&sides, 2001)]).expect("can be drawn");
        assert!(left.0.is_empty());
    }

    #[test]
    fn a_reentrant_corner_is_kept_clear_of_by_an_arc() {
        let lot = area(&[&[
            (0, 0),
            (20_000, 0),
            (20_000, 8000),
            (9000, 8000),
            (9000, 20_000),
            (0, 20_000),
        ]]);
        let edges = [
            (p(20_000, 8000), p(9000, 8000)),
            (p(9000, 8000), p(9000, 20_000)),
        ];
        let left = inset(&lot, &[clear(&edges, 3000)]).expect("can be drawn");
        let exact = 20_000.0 * 5000.0
            + 6000.0 * 15_000.0
            + 3000.0 * 3000.0 * (1.0 - std::f64::consts::FRAC_PI_4);
        let found = left.twice_area() as f64 / 2.0;
        assert!(
            found <= exact && exact - found < 3000.0 * 4.0,
            "{found} {exact}"
        );
    }
}
