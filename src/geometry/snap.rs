//! Noding by snap rounding: segments come out as pieces that meet only at grid points.
//!
//! Every end and every crossing, rounded to the grid, makes its cell of 1 mm "hot"; every segment
//! that passes through a hot cell is bent to the cell's centre. Pieces then meet at their ends
//! only (Hobby 1999), and nothing moves farther than 0.71 mm.

use super::orient::{cross, cross_properly};
use super::sweep::{box_of, meeting_pairs, points_within};
use super::{Envelope, Point};

/// A part of an input segment, in that segment's direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) from: Point,
    pub(super) to: Point,
    /// Index of the segment it is part of.
    pub(super) source: usize,
}

/// All pieces of the segments; those that shrink to a point are left out.
pub(super) fn node(segments: &[(Point, Point)]) -> Vec<Piece> {
    let boxes: Vec<Envelope> = segments.iter().map(|&(a, b)| box_of(a, b)).collect();
    let mut hot: Vec<Point> = segments.iter().flat_map(|&(a, b)| [a, b]).collect();
    meeting_pairs(&boxes, |i, j| {
        let ((a, b), (c, d)) = (segments[i], segments[j]);
        if cross_properly(a, b, c, d) {
            hot.push(crossing_cell(a, b, c, d));
        }
    });
    hot.sort_unstable();
    hot.dedup();
    let mut pieces = Vec::with_capacity(2 * segments.len());
    let mut stops: Vec<Point> = Vec::new();
    for (source, (&(a, b), bounds)) in segments.iter().zip(&boxes).enumerate() {
        stops.clear();
        points_within(bounds, &hot, |p| {
            if passes_through_cell(a, b, p) {
                stops.push(p);
            }
        });
        sort_along(&mut stops, a, b);
        pieces.extend(stops.windows(2).map(|pair| Piece {
            from: pair[0],
            to: pair[1],
            source,
        }));
    }
    pieces
}

/// The grid point whose cell holds the point where two segments cross; a cell holds its western
/// and southern sides.
pub(super) fn crossing_cell(a: Point, b: Point, c: Point, d: Point) -> Point {
    let (to_a, to_b) = (i128::from(cross(c, d, a)), i128::from(cross(c, d, b)));
    let whole = to_a - to_b;
    let (part, whole) = if whole < 0 {
        (-to_a, -whole)
    } else {
        (to_a, whole)
    };
    let along = |from: i32, to: i32| {
        let shift = (i128::from(to) - i128::from(from)) * part;
        let steps = (2 * shift + whole).div_euclid(2 * whole);
        (i128::from(from) + steps) as i32
    };
    Point::new(along(a.x(), b.x()), along(a.y(), b.y()))
        .expect("a crossing lies between the ends of its segments, which are on the grid")
}

/// Whether the segment has a point in the cell of 1 mm around `centre`, western and southern sides
/// included. A box with whole corners that meets the cell holds its centre.
fn passes_through_cell(a: Point, b: Point, centre: Point) -> bool {
    if !super::orient::in_box(centre, a, b) {
        return false;
    }
    let (dx, dy) = (
        i128::from(b.x()) - i128::from(a.x()),
        i128::from(b.y()) - i128::from(a.y()),
    );
    // Twice the offset of the line from the centre, against that of the cell's corners.
    let offset = 2 * i128::from(cross(a, b, centre));
    offset.abs() < dx.abs() + dy.abs() || offset == dx - dy || (dx == 0 && dy == 0)
}

/// Sorts the cells a segment passes in the order in which it passes them.
fn sort_along(stops: &mut [Point], a: Point, b: Point) {
    let key = |v: i32, from: i32, to: i32| if from <= to { v } else { -v };
    stops.sort_unstable_by_key(|p| (key(p.x(), a.x(), b.x()), key(p.y(), a.y(), b.y())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    #[test]
    fn a_crossing_between_grid_points_becomes_one_shared_end() {
        let pieces = node(&[(p(0, 0), p(3, 1)), (p(0, 1), p(3, 0))]);
        let ends: Vec<Point> = pieces.iter().map(|piece| piece.from).collect();
        assert_eq!(pieces.len(), 4);
        assert!(ends.contains(&p(2, 1)));
    }

    #[test]
    fn a_vertex_on_a_line_splits_it() {
        let pieces = node(&[(p(0, 0), p(4, 2)), (p(2, 1), p(2, 9))]);
        assert_eq!(pieces.len(), 3);
    }

    #[test]
    fn a_line_beside_a_cell_is_not_bent() {
        assert!(!passes_through_cell(p(0, 0), p(10, 0), p(5, 1)));
        assert!(passes_through_cell(p(0, 0), p(9, 1), p(5, 1)));
        // Through the south-west corner of the cell, which belongs to it.
        assert!(passes_through_cell(p(0, 1), p(1, 0), p(1, 1)));
        // Through the north-east corner, which does not.
        assert!(!passes_through_cell(p(0, 1), p(1, 0), p(0, 0)));
    }

    #[test]
    fn pieces_meet_at_their_ends_only() {
        let mut seed = 7_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 20) as i32 % 40
        };
        for _ in 0..200 {
            let segments: Vec<_> = (0..12)
                .map(|_| (p(next(), next()), p(next(), next())))
                .collect();
            let pieces = node(&segments);
            for (i, s) in pieces.iter().enumerate() {
                for t in &pieces[..i] {
                    assert!(!cross_properly(s.from, s.to, t.from, t.to));
                    for end in [t.from, t.to] {
                        let inside = super::super::orient::on_segment(end, s.from, s.to);
                        assert!(!inside || end == s.from || end == s.to);
                    }
                }
            }
        }
    }
}
