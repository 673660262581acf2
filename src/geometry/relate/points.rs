//! How points lie to areas, lines and other points.

use super::lines::Lines;
use crate::geometry::locate::locate_rings;
use crate::geometry::matrix::{Dimension, IntersectionMatrix};
use crate::geometry::{Location, Point};
use Location::{Boundary, Exterior, Interior};

/// Different points, ascending. They are all interior; points have no boundary.
pub(super) struct PointSet(Vec<Point>);

impl PointSet {
    pub(super) fn new(points: &[Point]) -> Self {
        let mut points = points.to_vec();
        points.sort_unstable();
        points.dedup();
        Self(points)
    }

    fn has(&self, p: Point) -> bool {
        self.0.binary_search(&p).is_ok()
    }

    fn against(&self, locate: impl Fn(Point) -> Location) -> IntersectionMatrix {
        let mut matrix = IntersectionMatrix::apart();
        for &p in &self.0 {
            matrix.raise(Interior, locate(p), Dimension::Points);
        }
        matrix
    }

    pub(super) fn relate_area(&self, rings: &[&[Point]]) -> IntersectionMatrix {
        let mut matrix = self.against(|p| locate_rings(p, rings.iter().copied()));
        if rings.iter().any(|ring| !ring.is_empty()) {
            matrix.raise(Exterior, Interior, Dimension::Areas);
            matrix.raise(Exterior, Boundary, Dimension::Lines);
        }
        matrix
    }

    pub(super) fn relate_lines(&self, lines: &Lines) -> IntersectionMatrix {
        let mut matrix = self.against(|p| lines.locate(p));
        if !lines.is_empty() {
            matrix.raise(Exterior, Interior, Dimension::Lines);
        }
        if lines.ends().iter().any(|&end| !self.has(end)) {
            matrix.raise(Exterior, Boundary, Dimension::Points);
        }
        matrix
    }

    pub(super) fn relate_points(&self, other: &Self) -> IntersectionMatrix {
        let locate = |p| if other.has(p) { Interior } else { Exterior };
        let mut matrix = self.against(locate);
        if other.0.iter().any(|&p| !self.has(p)) {
            matrix.raise(Exterior, Interior, Dimension::Points);
        }
        matrix
    }
}
