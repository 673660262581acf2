//! T-junctions: a parcel's vertex on a neighbour's edge where the neighbour has no vertex.

use super::edges::{Edge, offset};
use crate::geometry::Point;

/// How far a vertex may lie from the edge it is meant to lie on: the snapping distance of 1 cm
/// (domain rules, accuracy and tolerances).
pub const SNAP_MM: i64 = 10;

/// A vertex on a neighbour's edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Junction {
    /// Where.
    pub at: Point,
    /// The neighbour on whose edge it lies, as an index into the shapes.
    pub on: usize,
    /// A parcel whose vertex it is, the first of several.
    pub of: usize,
}

/// Vertices that lie within [`SNAP_MM`] of an edge's inside and farther than that from both of
/// its ends; each vertex once per neighbour.
pub fn t_junctions(edges: &[Edge], near: &[(usize, usize)]) -> Vec<Junction> {
    let mut found = Vec::new();
    for &(i, j) in near {
        let (a, b) = (&edges[i], &edges[j]);
        if a.parcel == b.parcel {
            continue;
        }
        for (at, of, edge) in [(a.from, a, b), (a.to, a, b), (b.from, b, a), (b.to, b, a)] {
            if stands_on(at, edge) {
                let (on, of) = (edge.parcel, of.parcel);
                found.push(Junction { at, on, of });
            }
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|junction| (junction.at, junction.on));
    found
}

/// Whether a vertex lies within [`SNAP_MM`] of an edge, away from its ends.
fn stands_on(vertex: Point, edge: &Edge) -> bool {
    let (ux, uy) = edge.along();
    let (vx, vy) = offset(edge.from, vertex);
    let (wx, wy) = offset(edge.to, vertex);
    let far = |x: i64, y: i64| {
        i128::from(x) * i128::from(x) + i128::from(y) * i128::from(y)
            > i128::from(SNAP_MM * SNAP_MM)
    };
    let wide = |a: i64, b: i64| i128::from(a) * i128::from(b);
    let length2 = wide(ux, ux) + wide(uy, uy);
    let along = wide(ux, vx) + wide(uy, vy);
    let across = wide(ux, vy) - wide(uy, vx);
    let snap2 = i128::from(SNAP_MM * SNAP_MM);
    // Each product of two offsets stays below 2^63, so across² stays below 2^127.
    far(vx, vy) && far(wx, wy) && along > 0 && along < length2 && across * across <= snap2 * length2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    fn edge(parcel: usize, from: (i32, i32), to: (i32, i32)) -> Edge {
        Edge {
            parcel,
            from: point(from.0, from.1),
            to: point(to.0, to.1),
        }
    }

    #[test]
    fn a_vertex_ten_millimetres_off_an_edge_is_a_junction_and_eleven_are_none() {
        let wall = edge(0, (0, 0), (20_000, 0));
        for (offset, expected) in [(0, 1), (10, 1), (-10, 1), (11, 0), (-11, 0)] {
            let other = edge(1, (8_000, 9_000), (8_000, offset));
            let found = t_junctions(&[wall, other], &[(0, 1)]);
            assert_eq!(found.len(), expected, "{offset} mm");
        }
    }

    #[test]
    fn a_vertex_at_an_end_of_the_edge_is_no_junction() {
        let wall = edge(0, (0, 0), (20_000, 0));
        let other = edge(1, (20_000, 0), (20_000, 9_000));
        assert!(t_junctions(&[wall, other], &[(0, 1)]).is_empty());
    }
}
