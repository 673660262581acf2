//! The area that a circle and a polygon have in common, in closed form.

use crate::geometry::{MultiPolygon, Point, Ring};

/// Area shared by the circle around `centre` and a valid shape, in mm²; never negative.
///
/// Each edge spans a sector from the centre, or a triangle where it runs inside the circle; their
/// signed sum is the area. Cost: one pass over the vertices.
pub(super) fn shared_area(centre: Point, radius_mm: f64, shape: &MultiPolygon) -> f64 {
    let of = |ring: &Ring| -> f64 {
        let edges = ring.edges();
        let area: f64 = edges
            .map(|(a, b)| edge_area(from(centre, a), from(centre, b), radius_mm))
            .sum();
        area.abs()
    };
    let polygons = shape.0.iter();
    polygons
        .map(|p| of(&p.exterior) - p.interiors.iter().map(of).sum::<f64>())
        .sum::<f64>()
        .max(0.0)
}

type Vector = (f64, f64);

fn from(centre: Point, p: Point) -> Vector {
    (
        f64::from(p.x()) - f64::from(centre.x()),
        f64::from(p.y()) - f64::from(centre.y()),
    )
}

fn cross(a: Vector, b: Vector) -> f64 {
    a.0 * b.1 - a.1 * b.0
}

fn dot(a: Vector, b: Vector) -> f64 {
    a.0 * b.0 + a.1 * b.1
}

/// The signed area that the circle shares with the triangle of the centre and an edge.
fn edge_area(a: Vector, b: Vector, radius: f64) -> f64 {
    let sector = |u: Vector, v: Vector| radius * radius * cross(u, v).atan2(dot(u, v)) / 2.0;
    let triangle = |u: Vector, v: Vector| cross(u, v) / 2.0;
    let along = (b.0 - a.0, b.1 - a.1);
    let length_squared = dot(along, along);
    if length_squared == 0.0 {
        return 0.0;
    }
    // Where the edge's line enters and leaves the circle, as shares of the edge.
    let middle = -dot(a, along) / length_squared;
    let distance = cross(a, along);
    let half = radius * radius / length_squared - (distance / length_squared).powi(2);
    if half <= 0.0 {
        return sector(a, b);
    }
    let half = half.sqrt();
    let (enters, leaves) = (middle - half, middle + half);
    if leaves <= 0.0 || enters >= 1.0 {
        return sector(a, b);
    }
    let at = |t: f64| (a.0 + t * along.0, a.1 + t * along.1);
    let (first, last) = (at(enters.max(0.0)), at(leaves.min(1.0)));
    let before = if enters > 0.0 { sector(a, first) } else { 0.0 };
    let after = if leaves < 1.0 { sector(last, b) } else { 0.0 };
    before + triangle(first, last) + after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Polygon;
    use proptest::prelude::*;
    use std::f64::consts::PI;

    fn point(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    fn rectangle(x: i32, y: i32, w: i32, h: i32) -> MultiPolygon {
        let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)];
        MultiPolygon(vec![Polygon {
            exterior: Ring(corners.map(|(x, y)| point(x, y)).to_vec()),
            interiors: Vec::new(),
        }])
    }

    #[test]
    fn halves_and_quarters_and_all_of_a_circle_are_what_they_are() {
        let circle = PI * 1e6;
        let share = |x, y, w, h| shared_area(point(0, 0), 1000.0, &rectangle(x, y, w, h)) / circle;
        assert!((share(0, -5000, 9000, 10_000) - 0.5).abs() < 1e-12);
        assert!((share(0, 0, 9000, 9000) - 0.25).abs() < 1e-12);
        assert!((share(-1000, -1000, 2000, 2000) - 1.0).abs() < 1e-12);
        assert!(share(1000, -500, 2000, 1000) < 1e-12, "touching only");
        assert!((share(-10, -10, 20, 20) * circle - 400.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn a_grid_of_parcels_shares_out_the_whole_circle(
            x in -20_000..20_000_i32, y in -20_000..20_000_i32, radius in 1.0..15_000.0_f64,
        ) {
            let cells = (-9..9).flat_map(|i| (-9..9).map(move |j| (i * 4000, j * 4000)));
            let sum: f64 = cells
                .map(|(cx, cy)| shared_area(point(x, y), radius, &rectangle(cx, cy, 4000, 4000)))
                .sum();
            prop_assert!((sum / (PI * radius * radius) - 1.0).abs() < 1e-9);
        }
    }
}
