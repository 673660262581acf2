//! The edges of land: which lie on a red line, which behind, which beside.

use super::length::{Length, Step};
use super::road::Road;
use crate::geometry::beside::{edges_near, length_mm, stretches_beside};
use crate::geometry::{MultiPolygon, Point};

/// What an edge faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facing {
    /// The red line of a street, by its place among the streets; of several the widest.
    Road(usize),
    /// What lies behind, seen from the street.
    Rear,
    /// What lies beside.
    Side,
}

/// A piece of the outline, with the land on its left.
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

/// A piece of the outline, and every street it runs along, by growing place.
pub(super) struct Piece {
    pub from: Point,
    pub to: Point,
    pub roads: Vec<usize>,
}

impl Piece {
    pub fn step(&self) -> Step {
        Step::from(self.from, self.to)
    }
}

/// The outline of land in pieces: cut where a red line begins or ends to run along it.
pub(super) fn pieces(area: &MultiPolygon, roads: &[Road]) -> Vec<Piece> {
    let near = area.envelope().map(|around| {
        let near = |road: &Road| edges_near(&road.area, &around, road.reach_mm());
        roads.iter().map(near).collect::<Vec<_>>()
    });
    let near = near.unwrap_or_default();
    let mut found = Vec::new();
    for polygon in &area.0 {
        for (i, ring) in polygon.rings().enumerate() {
            let land_on_left = (ring.twice_signed_area() > 0) == (i == 0);
            for (a, b) in ring.edges() {
                let edge = if land_on_left { (a, b) } else { (b, a) };
                let beside = roads.iter().zip(&near);
                let beside =
                    beside.map(|(road, near)| stretches_beside(edge, near, road.reach_mm()));
                cut(edge, &beside.collect::<Vec<_>>(), &mut found);
            }
        }
    }
    found
}

/// Cuts an edge at the ends of the stretches along which each street runs.
fn cut(edge: (Point, Point), beside: &[Vec<(f64, f64)>], found: &mut Vec<Piece>) {
    let whole = length_mm(edge);
    let mut ends: Vec<f64> = vec![0.0, whole];
    ends.extend(beside.iter().flatten().flat_map(|&(from, to)| [from, to]));
    ends.sort_by(f64::total_cmp);
    for pair in ends.windows(2) {
        let (from, to) = (place(edge, pair[0], whole), place(edge, pair[1], whole));
        if from == to {
            continue;
        }
        let middle = f64::midpoint(pair[0], pair[1]);
        let runs = |stretches: &[(f64, f64)]| {
            let mut stretches = stretches.iter();
            stretches.any(|&(from, to)| from <= middle && middle <= to)
        };
        let roads = beside.iter().enumerate();
        let roads = roads.filter(|(_, stretches)| runs(stretches));
        found.push(Piece {
            from,
            to,
            roads: roads.map(|(road, _)| road).collect(),
        });
    }
}

/// The point of the grid at so many millimetres along an edge.
fn place((a, b): (Point, Point), along: f64, whole: f64) -> Point {
    if along <= 0.0 || whole <= 0.0 {
        return a;
    }
    if along >= whole {
        return b;
    }
    let at = |a: i32, b: i32| {
        let step = f64::from(b) - f64::from(a);
        a + (step * along / whole).round() as i32
    };
    Point::new(at(a.x(), b.x()), at(a.y(), b.y())).unwrap_or(a)
}
