//! Lengths and areas. The exact area is [`MultiPolygon::twice_area`]; these are its readings.

use super::{LineString, MultiPolygon, Point, Ring};

/// The distance of two grid points in millimetres, correctly rounded but for the root.
pub fn length_between_mm(a: Point, b: Point) -> f64 {
    let (dx, dy) = (a.x().abs_diff(b.x()), a.y().abs_diff(b.y()));
    // At most 2^63, which fits.
    let squared = u64::from(dx) * u64::from(dx) + u64::from(dy) * u64::from(dy);
    (squared as f64).sqrt()
}

impl LineString {
    /// Length in millimetres.
    pub fn length_mm(&self) -> f64 {
        self.0
            .windows(2)
            .map(|pair| length_between_mm(pair[0], pair[1]))
            .sum()
    }
}

impl Ring {
    /// Length of all edges in millimetres, the closing one included.
    pub fn perimeter_mm(&self) -> f64 {
        self.edges().map(|(a, b)| length_between_mm(a, b)).sum()
    }
}

impl MultiPolygon {
    /// Length of all rings in millimetres, holes included.
    pub fn perimeter_mm(&self) -> f64 {
        self.rings().map(Ring::perimeter_mm).sum()
    }

    /// Area in m², holes taken off.
    pub fn area_m2(&self) -> f64 {
        self.twice_area() as f64 / 2e6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    #[test]
    fn a_ring_is_longer_than_its_line_by_the_closing_edge() {
        let points = vec![p(0, 0), p(3000, 0), p(3000, 4000)];
        assert_eq!(LineString(points.clone()).length_mm(), 7000.0);
        assert_eq!(Ring(points).perimeter_mm(), 12_000.0);
        assert_eq!(LineString(vec![p(1, 1)]).length_mm(), 0.0);
    }

    #[test]
    fn the_longest_edge_of_the_grid_has_a_length() {
        let l = 1 << 30;
        let expected = 2f64.powi(31) * 2f64.sqrt();
        let length = length_between_mm(p(-l, -l), p(l, l));
        assert!((length - expected).abs() < 1e-5);
    }
}
