//! The shapes of many parcels in columns: vertices one after the other, and where each one begins.

use super::compound::Compound;
use crate::geometry::{
    Envelope, Location, MultiPolygon, Point, Polygon, Ring, locate_points, twice_signed_area,
};

/// Set on the end of a ring that opens a new polygon of its shape.
const SHELL: u32 = 1 << 31;

/// Shapes by row. Nine parcels in ten are one ring: they cost their vertices and four bytes; only
/// the others have an entry in the ring table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Shapes {
    pub(super) vertices: Vec<[i32; 2]>,
    /// End of each row in `vertices`.
    pub(super) ends: Vec<u32>,
    /// Rows that are not exactly one ring, ascending.
    pub(super) compound: Compound,
    /// End of each compound row in `ring_ends`.
    pub(super) compound_ends: Vec<u32>,
    /// End of each ring of a compound row, counted from the row's first vertex.
    pub(super) ring_ends: Vec<u32>,
}

/// The rings of a parcel, in millimetres of its plane.
#[derive(Debug, Clone, Copy)]
pub struct Rings<'a> {
    vertices: &'a [[i32; 2]],
    /// As in [`Shapes::ring_ends`]; empty for a single ring.
    ends: &'a [u32],
}

impl<'a> Rings<'a> {
    /// Each ring without its repeated last vertex, and whether it opens a polygon; one that does
    /// not is a hole of the polygon before it.
    pub fn iter(self) -> impl Iterator<Item = (bool, &'a [[i32; 2]])> {
        let single = self.ends.is_empty() && !self.vertices.is_empty();
        let single = single.then_some((true, self.vertices));
        let mut start = 0;
        let several = self.ends.iter().map(move |&end| {
            let stop = (end & !SHELL) as usize;
            let ring = &self.vertices[start..stop];
            start = stop;
            (end & SHELL != 0, ring)
        });
        single.into_iter().chain(several)
    }
}

impl Rings<'_> {
    /// The points of a ring as [`Rings::iter`] hands it over.
    pub fn points(
        ring: &[[i32; 2]],
    ) -> impl DoubleEndedIterator<Item = Point> + ExactSizeIterator + Clone + '_ {
        ring.iter().map(point)
    }

    /// Where a point lies against them, as [`crate::geometry::locate`] says it.
    pub fn locate(self, at: Point) -> Location {
        locate_points(at, self.iter().map(|(_, ring)| Self::points(ring)))
    }

    /// Twice their area in mm², holes taken off, whatever the orientation of the rings; exact.
    pub fn twice_area(self) -> i128 {
        let rings = self.iter().map(|(opens, ring)| {
            let area = twice_signed_area(Self::points(ring)).abs();
            if opens { area } else { -area }
        });
        rings.sum()
    }

    /// The box around them; nothing when there is no vertex.
    pub fn envelope(self) -> Option<Envelope> {
        Envelope::around(Self::points(self.vertices))
    }
}

impl Shapes {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn push(&mut self, shape: &MultiPolygon) {
        let row = self.len() as u32;
        let first = self.vertices.len();
        let mut rings = 0;
        for polygon in &shape.0 {
            for (i, ring) in polygon.rings().enumerate() {
                self.vertices.extend(ring.0.iter().map(|p| [p.x(), p.y()]));
                let end = (self.vertices.len() - first) as u32;
                self.ring_ends.push(if i == 0 { end | SHELL } else { end });
                rings += 1;
            }
        }
        self.ends.push(self.vertices.len() as u32);
        if rings == 1 && self.vertices.len() > first {
            self.ring_ends.pop();
        } else {
            self.compound.push(row);
            self.compound_ends.push(self.ring_ends.len() as u32);
        }
    }

    fn vertices_of(&self, row: u32) -> &[[i32; 2]] {
        span(&self.vertices, &self.ends, row as usize)
    }

    /// The rings of a row, in place.
    pub(super) fn rings(&self, row: u32) -> Rings<'_> {
        let vertices = self.vertices_of(row);
        let ends = match self.compound.place(row) {
            Some(compound) => span(&self.ring_ends, &self.compound_ends, compound),
            None => &[],
        };
        Rings { vertices, ends }
    }

    pub(super) fn shape(&self, row: u32) -> MultiPolygon {
        let mut polygons: Vec<Polygon> = Vec::new();
        for (opens, vertices) in self.rings(row).iter() {
            let ring = ring(vertices);
            match polygons.last_mut() {
                Some(polygon) if !opens => polygon.interiors.push(ring),
                _ => polygons.push(Polygon {
                    exterior: ring,
                    interiors: Vec::new(),
                }),
            }
        }
        MultiPolygon(polygons)
    }

    /// Takes all rows out.
    pub(super) fn clear(&mut self) {
        self.vertices.clear();
        self.ends.clear();
        self.compound.clear();
        self.compound_ends.clear();
        self.ring_ends.clear();
    }

    /// Whether the rings of every compound row end within it and never go back.
    pub(super) fn rings_fit(&self) -> bool {
        (0..).zip(self.compound.rows()).all(|(i, &row)| {
            let rings = span(&self.ring_ends, &self.compound_ends, i).iter();
            let mut ends = rings.map(|end| (end & !SHELL) as usize);
            let vertices = self.vertices_of(row).len();
            ends.clone().is_sorted() && ends.next_back().unwrap_or(0) == vertices
        })
    }

    pub(super) fn envelope(&self, row: u32) -> Option<Envelope> {
        Envelope::around(Rings::points(self.vertices_of(row)))
    }

    /// The same shapes, with the rows in another order.
    pub(super) fn reordered(&self, order: &[u32]) -> Self {
        let mut reordered = Self::default();
        reordered.vertices.reserve_exact(self.vertices.len());
        reordered.ends.reserve_exact(order.len());
        for (row, &old) in order.iter().enumerate() {
            reordered.vertices.extend(self.vertices_of(old));
            reordered.ends.push(reordered.vertices.len() as u32);
            if let Some(compound) = self.compound.place(old) {
                let rings = span(&self.ring_ends, &self.compound_ends, compound);
                reordered.ring_ends.extend(rings);
                reordered.compound.push(row as u32);
                reordered
                    .compound_ends
                    .push(reordered.ring_ends.len() as u32);
            }
        }
        reordered
    }

    pub(super) fn bytes(&self) -> usize {
        let ends = self.ends.len() + self.compound_ends.len() + self.ring_ends.len();
        size_of_val(self.vertices.as_slice()) + 4 * ends + self.compound.bytes()
    }
}

/// What belongs to entry `i` of a list of ends.
pub(super) fn span<'a, T>(values: &'a [T], ends: &[u32], i: usize) -> &'a [T] {
    let start = if i == 0 { 0 } else { ends[i - 1] as usize };
    &values[start..ends[i] as usize]
}

fn point(&[x, y]: &[i32; 2]) -> Point {
    Point::new(x, y).expect("vertices come from points, and files are checked when they are read")
}

fn ring(vertices: &[[i32; 2]]) -> Ring {
    Ring(vertices.iter().map(point).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: i32, side: i32) -> Ring {
        let corners = [[x, 0], [x + side, 0], [x + side, side], [x, side]];
        ring(&corners)
    }

    #[test]
    fn shapes_of_every_kind_come_back_whole_in_any_order() {
        let simple = |x| Polygon {
            exterior: square(x, 10),
            interiors: Vec::new(),
        };
        let holed = Polygon {
            exterior: square(0, 100),
            interiors: vec![square(10, 5), square(30, 5)],
        };
        let shapes = [
            MultiPolygon(vec![simple(0)]),
            MultiPolygon(vec![holed.clone()]),
            MultiPolygon::default(),
            MultiPolygon(vec![simple(200), holed, simple(300)]),
            MultiPolygon(vec![simple(7)]),
            MultiPolygon(vec![Polygon::default()]),
        ];
        let mut columns = Shapes::default();
        shapes.iter().for_each(|s| columns.push(s));
        for (row, shape) in (0..).zip(&shapes) {
            assert_eq!(&columns.shape(row), shape);
            assert_eq!(columns.envelope(row), shape.envelope());
        }
        let order = [3, 5, 0, 2, 1, 4];
        let reordered = columns.reordered(&order);
        for (row, old) in (0..).zip(order) {
            assert_eq!(reordered.shape(row), shapes[old as usize]);
        }
    }
}
