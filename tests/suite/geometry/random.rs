//! Deterministic shapes: small ones that touch and overlap a lot, and parcel-like ones far away.

use diachinh::geometry::{LineString, MultiPolygon, Point, Polygon, Ring, Shape, validity};

/// A xorshift generator: the same shapes on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A whole number from 0 up to, not including, `end`.
    pub(crate) fn below(&mut self, end: i32) -> i32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % end as u64) as i32
    }

    fn point(&mut self, size: i32) -> Point {
        point(self.below(size), self.below(size))
    }

    /// A ring of any kind, often not valid.
    pub(crate) fn ring(&mut self, size: i32) -> Ring {
        let n = 3 + self.below(7) / 2;
        Ring((0..n).map(|_| self.point(size)).collect())
    }

    /// An area of any kind, often not valid.
    pub(crate) fn area(&mut self, size: i32) -> MultiPolygon {
        let kind = self.below(6);
        self.area_of_kind(kind, size)
    }

    /// A ring; a square with one or two holes; two rings; a ring with a hole; a ring beside a holed square.
    fn area_of_kind(&mut self, kind: i32, size: i32) -> MultiPolygon {
        let mut polygon = |exterior: Option<Ring>, holes: i32| Polygon {
            exterior: exterior.unwrap_or_else(|| self.ring(size)),
            interiors: (0..holes).map(|_| self.ring(size)).collect(),
        };
        let around = || Some(frame(size));
        MultiPolygon(match kind {
            0 => vec![polygon(None, 0)],
            1 => vec![polygon(around(), 1)],
            2 => vec![polygon(around(), 2)],
            3 => vec![polygon(None, 0), polygon(None, 0)],
            4 => vec![polygon(None, 1)],
            _ => vec![polygon(around(), 1), polygon(None, 0)],
        })
    }

    /// A valid area; all kinds are about equally frequent where the size has room for them.
    pub(crate) fn valid_area(&mut self, size: i32) -> MultiPolygon {
        loop {
            let kind = self.below(6);
            let tries = (0..20).map(|_| self.area_of_kind(kind, size));
            if let Some(area) = tries.into_iter().find(validity::is_valid) {
                return area;
            }
        }
    }

    /// One to three lines of up to four vertices.
    pub(crate) fn lines(&mut self, size: i32) -> Vec<LineString> {
        let n = 1 + self.below(3);
        let line = |r: &mut Self| {
            let vertices = 2 + r.below(3);
            LineString((0..vertices).map(|_| r.point(size)).collect())
        };
        let lines = (0..n).map(|_| line(self));
        lines.filter(|l| l.length_mm() > 0.0).collect()
    }

    /// A shape of any kind; areas are valid.
    pub(crate) fn shape(&mut self, size: i32) -> Shape {
        match self.below(6) {
            0 => Shape::Points((0..1 + self.below(4)).map(|_| self.point(size)).collect()),
            1 | 2 => Shape::Lines(self.lines(size)),
            _ => Shape::Areas(self.valid_area(size)),
        }
    }
}

pub(crate) fn point(x: i32, y: i32) -> Point {
    Point::new(x, y).expect("on the grid")
}

/// The square around all shapes of one size.
fn frame(size: i32) -> Ring {
    let end = size - 1;
    Ring(vec![
        point(0, 0),
        point(end, 0),
        point(end, end),
        point(0, end),
    ])
}

/// The same shape with every vertex moved by a function.
pub(crate) fn moved(shape: &Shape, mut place: impl FnMut(Point) -> Point) -> Shape {
    let mut all = |points: &[Point]| points.iter().map(|&p| place(p)).collect::<Vec<_>>();
    match shape {
        Shape::Points(points) => Shape::Points(all(points)),
        Shape::Lines(lines) => Shape::Lines(lines.iter().map(|l| LineString(all(&l.0))).collect()),
        Shape::Areas(areas) => Shape::Areas(MultiPolygon(
            areas
                .0
                .iter()
                .map(|p| Polygon {
                    exterior: Ring(all(&p.exterior.0)),
                    interiors: p.interiors.iter().map(|r| Ring(all(&r.0))).collect(),
                })
                .collect(),
        )),
    }
}

pub(crate) fn is_valid(shape: &Shape) -> bool {
    match shape {
        Shape::Areas(area) => validity::is_valid(area),
        Shape::Points(_) | Shape::Lines(_) => true,
    }
}
