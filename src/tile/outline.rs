//! Rings on a tile's grid that every decoder finds valid: snapped, mended where snapping broke
//! them, cut where they reach far beyond the tile.

use super::matrix::{EXTENT, MARGIN, TileGrid};
use super::mvt::LayerWriter;
use crate::geometry::validity::is_valid;
use crate::geometry::{Envelope, LineString, MultiPolygon, Point, Polygon, Ring, Shape};
use crate::geometry::{clip, repair};

/// How far from the tile a ring may reach before it is cut: clients hold twice as much.
const FAR: i32 = EXTENT;
/// Rings up to this length are examined pair by pair.
const SHORT: usize = 24;

/// The outline of one feature on a tile's grid. Buffers are kept from feature to feature.
#[derive(Debug, Default)]
pub struct Outline {
    vertices: Vec<[i32; 2]>,
    /// End of each ring, and whether it begins a polygon.
    rings: Vec<(usize, bool)>,
}

impl Outline {
    /// Begins another outline.
    pub fn clear(&mut self) {
        self.vertices.clear();
        self.rings.clear();
    }

    /// Adds a line.
    pub fn line(&mut self, vertices: impl Iterator<Item = [i32; 2]>) {
        let start = self.vertices.len();
        for vertex in vertices {
            if self.vertices.len() == start || self.vertices.last() != Some(&vertex) {
                self.vertices.push(vertex);
            }
        }
        self.rings.push((self.vertices.len(), true));
    }

    /// Adds a ring; one that opens a polygon is its shell, any other a hole of the one before.
    pub fn ring(&mut self, opens: bool, vertices: impl Iterator<Item = [i32; 2]>) {
        let start = self.vertices.len();
        self.line(vertices);
        self.rings.pop();
        while self.vertices.len() > start + 1 && self.vertices.last() == Some(&self.vertices[start])
        {
            self.vertices.pop();
        }
        self.rings.push((self.vertices.len(), opens));
    }

    /// Writes what can be seen of it on the tile, as valid polygons, each with its shell first.
    pub fn write(&self, layer: &mut LayerWriter) {
        let Some((min, max)) = self.bounds().filter(|_| self.vertices.len() > 2) else {
            return;
        };
        let (low, high) = (-MARGIN, EXTENT + MARGIN);
        if max[0] < low || max[1] < low || min[0] > high || min[1] > high {
            return;
        }
        let far = min[0] < -FAR || min[1] < -FAR || max[0] > EXTENT + FAR || max[1] > EXTENT + FAR;
        let short = self.rings.len() == 1 && self.vertices.len() <= SHORT;
        if !far && short && (is_convex(&self.vertices) || is_simple(&self.vertices)) {
            write_ring(&self.vertices, true, layer);
        } else {
            self.write_mended(far, layer);
        }
    }

    /// Writes what can be seen of lines, each given as a ring is; one without length is nothing.
    pub fn write_lines(&self, layer: &mut LayerWriter) {
        let points = |v: &[i32; 2]| Point::new(v[0], v[1]).ok();
        let mut lines = Vec::new();
        let mut start = 0;
        for &(end, _) in &self.rings {
            let line = self.vertices[start..end].iter().map(points);
            lines.extend(line.collect::<Option<Vec<Point>>>().map(LineString));
            start = end;
        }
        if let Some(seen) = seen()
            && let Shape::Lines(lines) = clip(&Shape::Lines(lines), &seen)
        {
            for line in &lines {
                layer.path(line.0.iter().map(|p| [p.x(), p.y()]));
            }
        }
    }

    /// Writes those of its vertices that lie on the tile itself: a point belongs to one tile.
    pub fn write_points(&self, grid: TileGrid, layer: &mut LayerWriter) {
        layer.points(self.vertices.iter().copied().filter(|v| grid.is_on(*v)));
    }

    fn bounds(&self) -> Option<([i32; 2], [i32; 2])> {
        let (&first, rest) = self.vertices.split_first()?;
        let bounds = rest.iter().fold((first, first), |(min, max), v| {
            (
                [min[0].min(v[0]), min[1].min(v[1])],
                [max[0].max(v[0]), max[1].max(v[1])],
            )
        });
        Some(bounds)
    }

    /// By way of the exact overlay: for the few that are long, compound, broken or far-reaching.
    fn write_mended(&self, far: bool, layer: &mut LayerWriter) {
        let Some(mut area) = self.area() else {
            return;
        };
        if !is_valid(&area) {
            area = repair(&area).shape;
        }
        if far
            && let Some(seen) = seen()
            && let Shape::Areas(cut) = clip(&Shape::Areas(area.clone()), &seen)
        {
            area = cut;
        }
        for polygon in &area.0 {
            for (i, ring) in polygon.rings().enumerate() {
                let vertices: Vec<[i32; 2]> = ring.0.iter().map(|p| [p.x(), p.y()]).collect();
                write_ring(&vertices, i == 0, layer);
            }
        }
    }

    /// As an area; nothing when the outline reaches beyond the grid of `geometry`.
    fn area(&self) -> Option<MultiPolygon> {
        let mut polygons: Vec<Polygon> = Vec::new();
        let mut start = 0;
        for &(end, opens) in &self.rings {
            let points = self.vertices[start..end].iter();
            let points: Result<Vec<Point>, _> = points.map(|v| Point::new(v[0], v[1])).collect();
            let ring = Ring(points.ok()?);
            start = end;
            match polygons.last_mut() {
                Some(polygon) if !opens => polygon.interiors.push(ring),
                _ => polygons.push(Polygon {
                    exterior: ring,
                    interiors: Vec::new(),
                }),
            }
        }
        Some(MultiPolygon(polygons))
    }
}

/// The tile with its margin.
fn seen() -> Option<Envelope> {
    let corner = |v: i32| Point::new(v, v).ok();
    Some(Envelope {
        min: corner(-MARGIN)?,
        max: corner(EXTENT + MARGIN)?,
    })
}

/// Writes a ring wound as the specification says: shells with positive area, holes with negative.
fn write_ring(vertices: &[[i32; 2]], shell: bool, layer: &mut LayerWriter) {
    if (twice_area(vertices) > 0) == shell {
        layer.ring(vertices.iter().copied());
    } else {
        layer.ring(vertices.iter().rev().copied());
    }
}

fn twice_area(vertices: &[[i32; 2]]) -> i64 {
    let Some(&last) = vertices.last() else {
        return 0;
    };
    let mut before = last;
    let mut sum = 0;
    for &here in vertices {
        sum +=
            i64::from(before[0]) * i64::from(here[1]) - i64::from(here[0]) * i64::from(before[1]);
        before = here;
    }
    sum
}

/// Whether a ring turns to one side only, and around once: once it stops going east. What is convex
/// is simple, and nearly every lot is convex.
fn is_convex(ring: &[[i32; 2]]) -> bool {
    let &[.., mut a, mut b] = ring else {
        return false;
    };
    let (mut side, mut bends) = (0, 0);
    for &c in ring {
        let turn = cross(a, b, c).signum();
        if turn * side < 0 || (turn == 0 && dot(a, b, c) >= 0) {
            return false;
        }
        side = if turn == 0 { side } else { turn };
        bends += u32::from(a[0] < b[0] && c[0] <= b[0]);
        (a, b) = (b, c);
    }
    bends == 1
}

/// Whether no two edges of a ring meet but neighbours at their common vertex; costs every pair.
fn is_simple(ring: &[[i32; 2]]) -> bool {
    let n = ring.len();
    if n < 3 {
        return false;
    }
    let mut before = ring[n - 1];
    for i in 0..n {
        let (here, after) = (ring[i], ring[(i + 1) % n]);
        if cross(before, here, after) == 0 && dot(before, here, after) > 0 {
            // The ring goes back on itself.
            return false;
        }
        let pairs_end = if i == 0 { n - 1 } else { n };
        for j in i + 2..pairs_end {
            if meet(here, after, ring[j], ring[(j + 1) % n]) {
                return false;
            }
        }
        before = here;
    }
    true
}

/// The determinant of the turn from a over b to c.
fn cross(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> i64 {
    let d = |p: [i32; 2], q: [i32; 2], i: usize| i64::from(q[i]) - i64::from(p[i]);
    d(a, b, 0) * d(a, c, 1) - d(a, b, 1) * d(a, c, 0)
}

/// The scalar product of the ways from b to a and to c.
fn dot(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> i64 {
    let d = |p: [i32; 2], i: usize| i64::from(p[i]) - i64::from(b[i]);
    d(a, 0) * d(c, 0) + d(a, 1) * d(c, 1)
}

/// Whether two closed segments have a point in common.
fn meet(a: [i32; 2], b: [i32; 2], c: [i32; 2], d: [i32; 2]) -> bool {
    for i in 0..2 {
        if a[i].max(b[i]) < c[i].min(d[i]) || c[i].max(d[i]) < a[i].min(b[i]) {
            return false;
        }
    }
    let sides = |p, q, r, s| cross(p, q, r).signum() * cross(p, q, s).signum();
    sides(a, b, c, d) <= 0 && sides(c, d, a, b) <= 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_convex_is_simple(ring in proptest::collection::vec([0..7_i32, 0..7_i32], 0..9)) {
            prop_assert!(!is_convex(&ring) || is_simple(&ring), "{ring:?}");
        }

        /// Vertices on a circle, by growing angle, with some in the middle of an edge.
        #[test]
        fn a_ring_around_a_circle_is_convex(
            mut angles in proptest::collection::btree_set(0..360_u16, 3..12), turned in any::<bool>(),
        ) {
            // A polygon that leaves out half of the circle is convex as well.
            let at = |angle: u16| {
                let (sin, cos) = f64::from(angle).to_radians().sin_cos();
                [(1e6 * cos) as i32 * 2, (1e6 * sin) as i32 * 2]
            };
            let last = angles.pop_last().expect("three angles");
            let mut ring: Vec<[i32; 2]> = angles.iter().map(|&angle| at(angle)).collect();
            let (a, b) = (ring[0], ring[1]);
            ring.insert(1, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
            ring.push(at(last));
            if turned {
                ring.reverse();
            }
            prop_assert!(is_convex(&ring), "{ring:?}");
        }
    }

    #[test]
    fn a_star_turns_to_one_side_and_is_not_convex() {
        let star = [[0, -100], [59, 81], [-95, -31], [95, -31], [-59, 81]];
        assert!(!is_convex(&star));
        assert!(!is_simple(&star));
    }
}
