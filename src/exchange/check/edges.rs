//! Edges of parcels that no neighbour shares: where gaps, overlaps and T-junctions can be.

use std::collections::HashSet;

use crate::geometry::measure::length_between_mm;
use crate::geometry::{Envelope, MultiPolygon, Point, Ring};

/// An edge with its parcel's interior on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edge {
    /// Which parcel, as an index into the shapes.
    pub parcel: usize,
    /// First vertex.
    pub from: Point,
    /// Last vertex.
    pub to: Point,
}

impl Edge {
    /// The box around both vertices.
    pub fn envelope(&self) -> Envelope {
        let (a, b) = (self.from, self.to);
        Envelope::around([a, b]).unwrap_or(Envelope { min: a, max: a })
    }

    /// Length in millimetres.
    pub fn length(&self) -> f64 {
        length_between_mm(self.from, self.to)
    }

    /// From the first to the last vertex.
    pub fn along(&self) -> (i64, i64) {
        offset(self.from, self.to)
    }
}

/// The way from one point to another, in millimetres.
pub fn offset(from: Point, to: Point) -> (i64, i64) {
    (
        i64::from(to.x()) - i64::from(from.x()),
        i64::from(to.y()) - i64::from(from.y()),
    )
}

/// The edges of all shapes that do not run back along an edge of another, vertex for vertex.
///
/// Shapes must be valid. Holes are turned round, so that land lies on the left of every edge.
pub fn unshared_edges(shapes: &[&MultiPolygon]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (parcel, shape) in shapes.iter().enumerate() {
        for polygon in &shape.0 {
            push_ring(&mut edges, parcel, &polygon.exterior, true);
            for hole in &polygon.interiors {
                push_ring(&mut edges, parcel, hole, false);
            }
        }
    }
    let drawn: HashSet<(Point, Point)> = edges.iter().map(|e| (e.from, e.to)).collect();
    edges.retain(|e| !drawn.contains(&(e.to, e.from)));
    edges
}

fn push_ring(edges: &mut Vec<Edge>, parcel: usize, ring: &Ring, counter_clockwise: bool) {
    let forward = (ring.twice_signed_area() > 0) == counter_clockwise;
    edges.extend(ring.edges().map(|(a, b)| {
        let (from, to) = if forward { (a, b) } else { (b, a) };
        Edge { parcel, from, to }
    }));
}
