//! Which rule makes each face of an outline.

use super::kept::Kept;
use crate::geometry::beside::length_mm;
use crate::geometry::{Clear, MultiPolygon, Point};
use crate::rules::site::{Facing, Site};

/// A face of an outline: corners in a row, the land on their left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Its corners.
    pub corners: Vec<Point>,
    /// What makes it.
    pub cause: Cause,
}

/// What makes a face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A distance that a limit asks for.
    Limit(Kept),
    /// The lot ends: at a red line, or at a neighbour.
    Lot(Facing),
    /// A corridor begins.
    Corridor,
}

/// An edge of the lot on which nothing is kept is a face from so near on, in millimetres.
const ON_GROUND_MM: f64 = 2.5;

/// What is shorter is no face of its own, in millimetres.
const SHORTEST_MM: f64 = 10.0;

/// The faces of an outline that keeps distances on a site.
pub(super) fn faces(
    site: &Site,
    outline: &MultiPolygon,
    kept: &[Kept],
    clears: &[Clear],
) -> Vec<Face> {
    let mut faces = Vec::new();
    for polygon in &outline.0 {
        for (i, ring) in polygon.rings().enumerate() {
            let land_on_left = (ring.twice_signed_area() > 0) == (i == 0);
            let mut edges: Vec<(Point, Point)> = ring.edges().collect();
            if !land_on_left {
                edges.reverse();
                edges.iter_mut().for_each(|edge| *edge = (edge.1, edge.0));
            }
            // What rounding leaves between two faces goes with the one before it.
            let is_face = |edge: &&(Point, Point)| length_mm(**edge) >= SHORTEST_MM;
            let Some(last) = edges.iter().rfind(is_face) else {
                continue;
            };
            let mut before = cause(site, *last, kept, clears);
            let told = edges.iter().map(|edge| {
                if is_face(&edge) {
                    before = cause(site, *edge, kept, clears);
                }
                (*edge, before.clone())
            });
            faces.extend(joined(told.collect()));
        }
    }
    faces
}

/// The edges of a ring joined where one cause makes several in a row; it begins where causes change.
fn joined(mut edges: Vec<((Point, Point), Cause)>) -> Vec<Face> {
    let begin = (0..edges.len()).find(|&i| {
        let before = (i + edges.len() - 1) % edges.len();
        edges[before].1 != edges[i].1
    });
    edges.rotate_left(begin.unwrap_or(0));
    let mut faces: Vec<Face> = Vec::new();
    for ((from, to), cause) in edges {
        match faces.last_mut() {
            Some(face) if face.cause == cause => face.corners.push(to),
            _ => faces.push(Face {
                corners: vec![from, to],
                cause,
            }),
        }
    }
    faces
}

/// What the middle of an edge lies at: of what is kept and the ends of the lot, the nearest.
fn cause(site: &Site, edge: (Point, Point), kept: &[Kept], clears: &[Clear]) -> Cause {
    let middle = middle(edge);
    let mut best = (f64::INFINITY, Cause::Corridor);
    for (kept, clear) in kept.iter().zip(clears) {
        let beyond = apart(middle, &clear.edges) - f64::from(kept.distance_mm);
        if beyond.abs() < best.0 {
            best = (beyond.abs(), Cause::Limit(kept.clone()));
        }
    }
    for of_lot in &site.lot.edges {
        let beyond = apart(middle, &[(of_lot.from, of_lot.to)]);
        if beyond < best.0 {
            best = (beyond, Cause::Lot(of_lot.facing));
        }
    }
    if let Cause::Lot(_) = best.1 {
        let ground: Vec<(Point, Point)> = site.ground.rings().flat_map(|r| r.edges()).collect();
        if apart(middle, &ground) > ON_GROUND_MM {
            return Cause::Corridor;
        }
    }
    best.1
}

fn middle((a, b): (Point, Point)) -> (f64, f64) {
    let half = |a: i32, b: i32| f64::midpoint(f64::from(a), f64::from(b));
    (half(a.x(), b.x()), half(a.y(), b.y()))
}

/// The distance of a place from the nearest of some edges, in millimetres.
fn apart((x, y): (f64, f64), edges: &[(Point, Point)]) -> f64 {
    let each = edges.iter().map(|(a, b)| {
        let (ax, ay) = (f64::from(a.x()), f64::from(a.y()));
        let (ux, uy) = (f64::from(b.x()) - ax, f64::from(b.y()) - ay);
        let (vx, vy) = (x - ax, y - ay);
        let whole = ux * ux + uy * uy;
        let share = if whole > 0.0 {
            ((ux * vx + uy * vy) / whole).clamp(0.0, 1.0)
        } else {
            0.0
        };
        (vx - share * ux).hypot(vy - share * uy)
    });
    each.fold(f64::INFINITY, f64::min)
}
