//! Areas drawn by the corners of their rings, for the tests of this room.

use super::{MultiPolygon, Point, Polygon, Ring};

/// One polygon: its shell first, then its holes.
pub(super) fn area(rings: &[&[(i32, i32)]]) -> MultiPolygon {
    let ring = |v: &&[(i32, i32)]| {
        Ring(
            v.iter()
                .map(|&(x, y)| Point::new(x, y).expect("on the grid"))
                .collect(),
        )
    };
    MultiPolygon(vec![Polygon {
        exterior: ring(&rings[0]),
        interiors: rings[1..].iter().map(ring).collect(),
    }])
}
