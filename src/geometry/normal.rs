//! The normal form of an area: one way to write each set of rings, so that equal areas are equal.

use super::{MultiPolygon, Point, Polygon, Ring};

impl MultiPolygon {
    /// The same area with shells counter-clockwise and holes clockwise, each ring beginning with
    /// its smallest vertex, holes and parts in ascending order.
    ///
    /// Formats turn rings round and begin them elsewhere; two shapes that differ in nothing else
    /// have one normal form. No vertex is moved, added or dropped. A ring that visits its smallest
    /// vertex twice begins where what follows is smaller.
    pub fn normalized(&self) -> Self {
        let mut parts: Vec<Polygon> = self.0.iter().map(normalized_polygon).collect();
        parts.sort_by(|a, b| {
            (&a.exterior.0, a.interiors.len()).cmp(&(&b.exterior.0, b.interiors.len()))
        });
        Self(parts)
    }
}

fn normalized_polygon(polygon: &Polygon) -> Polygon {
    let holes = polygon.interiors.iter();
    let mut interiors: Vec<Ring> = holes.map(|hole| normalized_ring(hole, false)).collect();
    interiors.sort_by(|a, b| a.0.cmp(&b.0));
    Polygon {
        exterior: normalized_ring(&polygon.exterior, true),
        interiors,
    }
}

fn normalized_ring(ring: &Ring, counter_clockwise: bool) -> Ring {
    let mut points = ring.0.clone();
    let area = ring.twice_signed_area();
    if area != 0 && (area > 0) != counter_clockwise {
        points.reverse();
    }
    let Some(&smallest) = points.iter().min() else {
        return Ring(points);
    };
    let starts = (0..points.len()).filter(|&i| points[i] == smallest);
    let from = |start: usize| -> Vec<Point> { [&points[start..], &points[..start]].concat() };
    Ring(starts.map(from).min().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(i32, i32)]) -> Ring {
        let point = |&(x, y)| Point::new(x, y).expect("on the grid");
        Ring(points.iter().map(point).collect())
    }

    #[test]
    fn a_shape_turned_round_and_begun_elsewhere_has_the_same_normal_form() {
        let shell = ring(&[(0, 0), (9, 0), (9, 9), (0, 9)]);
        let turned = ring(&[(9, 9), (9, 0), (0, 0), (0, 9)]);
        let (one, two) = (
            ring(&[(1, 1), (2, 1), (2, 2)]),
            ring(&[(5, 5), (6, 6), (6, 5)]),
        );
        let a = MultiPolygon(vec![Polygon {
            exterior: shell,
            interiors: vec![one.clone(), two.clone()],
        }]);
        let b = MultiPolygon(vec![Polygon {
            exterior: turned,
            interiors: vec![two, one],
        }]);
        assert_ne!(a, b);
        assert_eq!(a.normalized(), b.normalized());
        assert_eq!(a.normalized().normalized(), a.normalized());
        assert_eq!(a.normalized().twice_area(), a.twice_area());
    }

    #[test]
    fn a_shape_with_one_vertex_moved_has_another_normal_form() {
        let shape = |y| {
            MultiPolygon(vec![Polygon {
                exterior: ring(&[(0, 0), (9, 0), (9, y)]),
                interiors: Vec::new(),
            }])
        };
        assert_ne!(shape(9).normalized(), shape(8).normalized());
    }
}
