//! The edges of a lot: which lie on a red line, which behind, which beside.

use super::length::{Length, Step};
use super::road::{Road, is_within};
use crate::geometry::{MultiPolygon, Point};

/// What an edge of the lot faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facing {
    /// The red line of a road, by its place among the roads of the site.
    Road(usize),
    /// What lies behind, seen from the road on which the lot fronts.
    Rear,
    /// What lies beside.
    Side,
}

/// A piece of the lot's boundary, with the lot on its left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Where it begins.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// What it faces.
    pub facing: Facing,
}

impl Edge {
    /// Its length.
    pub fn length(&self) -> Length {
        Length::between(self.from, self.to)
    }

    pub(super) fn step(&self) -> Step {
        Step::from(self.from, self.to)
    }
}

/// The pieces of a lot's boundary: those on the red line of a road, the others as sides.
///
/// A piece lies on a red line when its ends and its middle are within reach of it. Of several roads
/// that it could face, the first of the list.
pub(super) fn edges(lot: &MultiPolygon, roads: &[Road]) -> Vec<Edge> {
    let mut found = Vec::new();
    for polygon in &lot.0 {
        for (i, ring) in polygon.rings().enumerate() {
            let lot_on_left = (ring.twice_signed_area() > 0) == (i == 0);
            for (a, b) in ring.edges() {
                let (from, to) = if lot_on_left { (a, b) } else { (b, a) };
                let ends = corners(from, to, roads);
                found.extend(ends.windows(2).map(|pair| piece(pair[0], pair[1], roads)));
            }
        }
    }
    found
}

fn piece(from: Point, to: Point, roads: &[Road]) -> Edge {
    let middle = |a: i32, b: i32| ((i64::from(a) + i64::from(b)) / 2) as i32;
    let middle = Point::new(middle(from.x(), to.x()), middle(from.y(), to.y()));
    let on_red_line = |road: &Road| {
        let between = middle.as_ref().is_ok_and(|middle| road.is_beside(*middle));
        between && road.is_beside(from) && road.is_beside(to)
    };
    let facing = roads.iter().position(on_red_line);
    let facing = facing.map_or(Facing::Side, Facing::Road);
    Edge { from, to, facing }
}

/// The ends of an edge, and between them the feet of the corners of roads that lie beside it: where
/// a red line begins or ends along it.
fn corners(from: Point, to: Point, roads: &[Road]) -> Vec<Point> {
    let line = Step::from(from, to);
    let long = line.squared() as i128;
    let mut along = Vec::new();
    for road in roads {
        for corner in road.area.rings().flat_map(|ring| &ring.0) {
            let dot = line.dot(Step::from(from, *corner));
            let inside = dot > 0 && dot < long;
            if inside && is_within(*corner, (from, to), road.reach_mm()) {
                along.push(dot);
            }
        }
    }
    along.sort_unstable();
    along.dedup();
    let foot = |dot: i128| {
        let at = |from: i32, step: i128| from + ((2 * step * dot + long) / (2 * long)) as i32;
        Point::new(at(from.x(), line.x), at(from.y(), line.y)).ok()
    };
    let mut ends = vec![from];
    ends.extend(along.into_iter().filter_map(foot));
    ends.push(to);
    ends.dedup();
    ends
}
