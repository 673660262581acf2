//! A road beside a lot: its planned right of way and how exactly it is known.

use super::length::Step;
use crate::geometry::{MultiPolygon, Point};
use crate::planning::FeatureId;

/// A right of way (lộ giới) that reaches into the window of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Road {
    /// The features that are this road: pieces of one street of one width.
    pub features: Vec<FeatureId>,
    /// Street name; empty for a nameless alley.
    pub street: String,
    /// Width between the red lines, in millimetres, when it has been decided.
    pub width_mm: Option<u32>,
    /// Whether it is an alley.
    pub alley: bool,
    /// Accuracy of the layer it comes from, in millimetres.
    pub accuracy_mm: u32,
    /// The land between the red lines.
    pub area: MultiPolygon,
}

/// Less than this apart, two boundaries are one: what rounding to the grid and the drawing of a
/// line along another may do, in millimetres.
const DRAWN_MM: u32 = 20;

impl Road {
    /// How far from the red line a boundary may lie that is taken to run along it, in millimetres.
    pub fn reach_mm(&self) -> u32 {
        self.accuracy_mm.max(DRAWN_MM)
    }

    /// Whether a point lies within reach of a red line.
    pub(super) fn is_beside(&self, point: Point) -> bool {
        let reach = self.reach_mm();
        let mut edges = self.area.rings().flat_map(|ring| ring.edges());
        edges.any(|(a, b)| is_within(point, (a, b), reach))
    }
}

/// Whether a point is no farther from a segment than a number of millimetres; exact.
pub(super) fn is_within(point: Point, (a, b): (Point, Point), reach_mm: u32) -> bool {
    let (line, from_a) = (Step::from(a, b), Step::from(a, point));
    let reach = u128::from(reach_mm) * u128::from(reach_mm);
    let along = line.dot(from_a);
    if along <= 0 {
        return from_a.squared() <= reach;
    }
    if along.unsigned_abs() >= line.squared() {
        return Step::from(b, point).squared() <= reach;
    }
    let cross = line.cross(from_a).unsigned_abs();
    // Compared by roots first where the square would not fit.
    cross
        .checked_mul(cross)
        .is_some_and(|squared| squared <= reach * line.squared())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_within_reach_of_a_segment_and_around_its_ends() {
        let p = |x, y| Point::new(x, y).expect("on the grid");
        let edge = (p(0, 0), p(10_000, 0));
        for (x, y, within) in [
            (5_000, 20, true),
            (5_000, 21, false),
            (-20, 0, true),
            (-12, 16, true),
            (-13, 16, false),
            (10_012, -16, true),
        ] {
            assert_eq!(is_within(p(x, y), edge, 20), within, "{x} {y}");
        }
    }
}
