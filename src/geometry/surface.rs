//! A point inside an area, to hang a label on or to ask another map about it.

use super::locate::{Location, locate};
use super::{MultiPolygon, Point};

/// A grid point in the interior, in the middle of the widest stretch among a few rows; nothing when
/// no such row has a grid point inside, as in a sliver thinner than the grid.
///
/// The rows lie half-way between neighbouring vertices and through vertices. Always the same point
/// for the same area, and never on the boundary.
pub fn point_on_surface(area: &MultiPolygon) -> Option<Point> {
    let mut heights: Vec<i32> = area
        .rings()
        .flat_map(|r| r.0.iter().map(|p| p.y()))
        .collect();
    heights.sort_unstable();
    heights.dedup();
    let between = heights.windows(2).map(|pair| pair[0].midpoint(pair[1]));
    let rows: Vec<i32> = evenly(between.collect(), MOST_ROWS);
    widest(area, &rows).or_else(|| widest(area, &heights))
}

/// Areas with many vertices are looked at in so many rows only, evenly chosen.
const MOST_ROWS: usize = 64;

fn evenly(rows: Vec<i32>, most: usize) -> Vec<i32> {
    let step = rows.len().div_ceil(most).max(1);
    rows.into_iter().step_by(step).collect()
}

fn widest(area: &MultiPolygon, rows: &[i32]) -> Option<Point> {
    let mut best: Option<(i64, Point)> = None;
    for &y in rows {
        for (width, point) in stretches(area, y) {
            if best.is_none_or(|(w, _)| width > w) && locate(point, area) == Location::Interior {
                best = Some((width, point));
            }
        }
    }
    best.map(|(_, point)| point)
}

/// The middles of the stretches between edges that a row passes, with their widths; stretches
/// outside are among them.
fn stretches(area: &MultiPolygon, y: i32) -> Vec<(i64, Point)> {
    let mut crossings: Vec<i64> = area
        .rings()
        .flat_map(|ring| ring.edges())
        .filter(|(a, b)| a.y().min(b.y()) <= y && y <= a.y().max(b.y()))
        .flat_map(|(a, b)| match i64::from(b.y()) - i64::from(a.y()) {
            0 => [i64::from(a.x()), i64::from(b.x())],
            rise => {
                let run = i64::from(b.x()) - i64::from(a.x());
                let x = i64::from(a.x()) + (i64::from(y) - i64::from(a.y())) * run / rise;
                [x, x]
            }
        })
        .collect();
    crossings.sort_unstable();
    crossings
        .windows(2)
        .filter_map(|pair| {
            let middle = i32::try_from((pair[0] + pair[1]) / 2).ok()?;
            Some((pair[1] - pair[0], Point::new(middle, y).ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::drawn::area;

    #[test]
    fn the_point_of_a_horseshoe_is_not_in_its_opening() {
        let horseshoe = area(&[&[
            (0, 0),
            (90, 0),
            (90, 90),
            (80, 90),
            (80, 10),
            (10, 10),
            (10, 90),
            (0, 90),
        ]]);
        let point = point_on_surface(&horseshoe).expect("there is room");
        assert_eq!(locate(point, &horseshoe), Location::Interior);
    }

    #[test]
    fn the_point_of_a_ring_is_not_in_its_hole() {
        let frame = area(&[
            &[(0, 0), (9, 0), (9, 9), (0, 9)],
            &[(2, 2), (7, 2), (7, 7), (2, 7)],
        ]);
        let point = point_on_surface(&frame).expect("there is room");
        assert_eq!(locate(point, &frame), Location::Interior);
    }

    #[test]
    fn a_sliver_without_a_grid_point_inside_has_none() {
        assert_eq!(point_on_surface(&area(&[&[(0, 0), (5, 1), (0, 1)]])), None);
        assert_eq!(point_on_surface(&MultiPolygon::default()), None);
    }
}
