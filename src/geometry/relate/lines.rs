//! How lines lie to areas and to other lines.

use crate::geometry::locate::{locate_beside, locate_rings};
use crate::geometry::matrix::{Dimension, IntersectionMatrix};
use crate::geometry::orient::{cross, cross_properly, on_segment};
use crate::geometry::snap::crossing_cell;
use crate::geometry::sweep::box_of;
use crate::geometry::{Envelope, LineString, Location, Point};
use Location::{Boundary, Exterior, Interior};

/// Lines as segments, with the points that are their boundary.
pub(super) struct Lines {
    segments: Vec<(Point, Point)>,
    /// Points at which an odd number of lines end, ascending.
    ends: Vec<Point>,
}

impl Lines {
    pub(super) fn new(lines: &[LineString]) -> Self {
        let mut segments = Vec::new();
        let mut all_ends = Vec::new();
        for LineString(points) in lines {
            let before = segments.len();
            let pairs = points.windows(2).map(|pair| (pair[0], pair[1]));
            segments.extend(pairs.filter(|(a, b)| a != b));
            if segments.len() > before {
                all_ends.extend([points[0], points[points.len() - 1]]);
            }
        }
        all_ends.sort_unstable();
        let odd = all_ends
            .chunk_by(|p, q| p == q)
            .filter(|same| same.len() % 2 == 1);
        Self {
            segments,
            ends: odd.map(|same| same[0]).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The points that are the boundary.
    pub(super) fn ends(&self) -> &[Point] {
        &self.ends
    }

    pub(super) fn locate(&self, p: Point) -> Location {
        if self.ends.binary_search(&p).is_ok() {
            Boundary
        } else if self.segments.iter().any(|&(a, b)| on_segment(p, a, b)) {
            Interior
        } else {
            Exterior
        }
    }

    /// The matrix of these lines against an area.
    pub(super) fn relate_area(&self, rings: &[&[Point]]) -> IntersectionMatrix {
        let mut matrix = IntersectionMatrix::apart();
        let points = || rings.iter().flat_map(|r| r.iter().copied());
        let Some(bounds) = Envelope::around(points()) else {
            self.raise_apart(&mut matrix);
            return matrix;
        };
        matrix.raise(Exterior, Interior, Dimension::Areas);
        let edges: Vec<(Point, Point)> = rings.iter().flat_map(|ring| edges_of(ring)).collect();
        for &(a, b) in &self.segments {
            if box_of(a, b).intersects(&bounds) {
                self.follow(&mut matrix, (a, b), rings, &edges);
            } else {
                matrix.raise(Interior, Exterior, Dimension::Lines);
            }
        }
        for &end in &self.ends {
            matrix.raise(
                Boundary,
                locate_rings(end, rings.iter().copied()),
                Dimension::Points,
            );
        }
        if !edges.iter().all(|&edge| covered(edge, &self.segments)) {
            matrix.raise(Exterior, Boundary, Dimension::Lines);
        }
        matrix
    }

    fn raise_apart(&self, matrix: &mut IntersectionMatrix) {
        if !self.is_empty() {
            matrix.raise(Interior, Exterior, Dimension::Lines);
        }
        if !self.ends.is_empty() {
            matrix.raise(Boundary, Exterior, Dimension::Points);
        }
    }

    /// Follows one segment through an area.
    fn follow(
        &self,
        matrix: &mut IntersectionMatrix,
        (a, b): (Point, Point),
        rings: &[&[Point]],
        edges: &[(Point, Point)],
    ) {
        let slices = || rings.iter().copied();
        let start = match locate_rings(a, slices()) {
            Boundary => locate_beside(a, b, slices()),
            off => off,
        };
        matrix.raise(Interior, start, Dimension::Lines);
        for &(c, d) in edges {
            if !box_of(a, b).intersects(&box_of(c, d)) {
                continue;
            }
            if cross_properly(a, b, c, d) {
                let sides = match grid_crossing(a, b, c, d) {
                    Some(at) => [a, b].map(|end| locate_beside(at, end, slices())),
                    None => [Interior, Exterior],
                };
                sides
                    .into_iter()
                    .for_each(|side| matrix.raise(Interior, side, Dimension::Lines));
                let at = grid_crossing(a, b, c, d).map_or(Interior, |at| self.locate(at));
                matrix.raise(at, Boundary, Dimension::Points);
                continue;
            }
            if on_segment(c, a, b) && c != b {
                matrix.raise(Interior, locate_beside(c, b, slices()), Dimension::Lines);
            }
            let commons = [(a, (c, d)), (b, (c, d)), (c, (a, b)), (d, (a, b))];
            for (p, _) in commons
                .into_iter()
                .filter(|&(p, (s, t))| on_segment(p, s, t))
            {
                matrix.raise(self.locate(p), Boundary, Dimension::Points);
            }
        }
    }

    /// The matrix of these lines against others.
    pub(super) fn relate_lines(&self, other: &Self) -> IntersectionMatrix {
        let mut matrix = IntersectionMatrix::apart();
        for &(a, b) in &self.segments {
            let bounds = box_of(a, b);
            for &(c, d) in &other.segments {
                if bounds.intersects(&box_of(c, d)) {
                    self.compare(other, &mut matrix, (a, b), (c, d));
                }
            }
        }
        if !self.segments.iter().all(|&s| covered(s, &other.segments)) {
            matrix.raise(Interior, Exterior, Dimension::Lines);
        }
        if !other.segments.iter().all(|&s| covered(s, &self.segments)) {
            matrix.raise(Exterior, Interior, Dimension::Lines);
        }
        for &end in &self.ends {
            matrix.raise(Boundary, other.locate(end), Dimension::Points);
        }
        for &end in &other.ends {
            matrix.raise(self.locate(end), Boundary, Dimension::Points);
        }
        matrix
    }

    fn compare(
        &self,
        other: &Self,
        matrix: &mut IntersectionMatrix,
        (a, b): (Point, Point),
        (c, d): (Point, Point),
    ) {
        if cross_properly(a, b, c, d) {
            match grid_crossing(a, b, c, d) {
                Some(at) => matrix.raise(self.locate(at), other.locate(at), Dimension::Points),
                None => matrix.raise(Interior, Interior, Dimension::Points),
            }
            return;
        }
        let commons = [(a, (c, d)), (b, (c, d)), (c, (a, b)), (d, (a, b))];
        let mut common = commons
            .into_iter()
            .filter(|&(p, (s, t))| on_segment(p, s, t));
        let Some((first, _)) = common.next() else {
            return;
        };
        matrix.raise(self.locate(first), other.locate(first), Dimension::Points);
        for (p, _) in common {
            matrix.raise(self.locate(p), other.locate(p), Dimension::Points);
            if p != first {
                matrix.raise(Interior, Interior, Dimension::Lines);
            }
        }
    }
}

/// Where two segments cross, when that is a grid point. Only there can other edges meet or end.
fn grid_crossing(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let near = crossing_cell(a, b, c, d);
    (cross(a, b, near) == 0 && cross(c, d, near) == 0).then_some(near)
}

/// The edges of a ring that have length.
fn edges_of<'a>(ring: &'a [Point]) -> impl Iterator<Item = (Point, Point)> + use<'a> {
    let nexts = ring.iter().copied().cycle().skip(1);
    ring.iter().copied().zip(nexts).filter(|(a, b)| a != b)
}

/// Whether segments together cover every point of one segment.
fn covered((a, b): (Point, Point), segments: &[(Point, Point)]) -> bool {
    let (low, high) = (a.min(b), a.max(b));
    // On one line, the order of points is the order of their coordinates.
    let mut stretches: Vec<(Point, Point)> = segments
        .iter()
        .filter(|&&(c, d)| box_of(a, b).intersects(&box_of(c, d)))
        .filter(|&&(c, d)| cross(a, b, c) == 0 && cross(a, b, d) == 0)
        .map(|&(c, d)| (c.min(d), c.max(d)))
        .collect();
    stretches.sort_unstable();
    let mut reached = low;
    for (from, to) in stretches {
        if from > reached {
            break;
        }
        reached = reached.max(to);
    }
    reached >= high
}
