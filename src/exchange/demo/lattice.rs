//! Streets, blocks and canals on a rotated, slightly irregular grid.

use super::random::Random;
use crate::geometry::Point;

/// Widths between red lines that streets have, in mm, with their frequencies.
const STREET_WIDTHS_MM: [i64; 12] = [
    10_000, 12_000, 12_000, 12_000, 14_000, 14_000, 14_000, 16_000, 16_000, 20_000, 25_000, 30_000,
];
/// How far a crossing may lie from its place on the regular grid, in mm.
const JITTER_MM: i64 = 2_500;

/// A place in the frame of a site, in mm along its streets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Local {
    pub u: f64,
    pub v: f64,
}

/// The direction of a line of streets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// Lines of constant u, counted along u.
    U,
    /// Lines of constant v, counted along v.
    V,
}

/// The ground of a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ground {
    /// South-west, south-east, north-east, north-west in the frame of the site.
    pub corners: [Local; 4],
    /// How far the middle of the block is pushed north, in mm: its alleys and rows bend, its
    /// sides are straight.
    pub bulge: f64,
}

/// The street grid of one ward. Cell (i, j) lies between lines i and i + 1 along u, j and j + 1
/// along v; cell (0, 0) has the centre at its south-west crossing.
#[derive(Debug, Clone)]
pub(super) struct Lattice {
    name: [i64; 2],
    centre: Point,
    cos: f64,
    sin: f64,
    reach: i32,
    lines_u: Vec<i64>,
    lines_v: Vec<i64>,
    /// The column of cells that is a canal.
    pub canal: Option<i32>,
}

impl Lattice {
    /// The grid of a ward around a centre, `reach` cells in each direction.
    pub fn new(seed: u64, ward: u32, centre: Point, reach: i32) -> Self {
        let name = [seed as i64, i64::from(ward)];
        let mut random = Random::named(&[name[0], name[1], 1]);
        // A rational point of the unit circle: the same direction on every machine.
        let (p, q) = (random.between(-30, 30) as f64, 100.0);
        let canal = random
            .chance(600)
            .then(|| random.between(1, 3) as i32 * 2 - 5);
        let mut lattice = Self {
            name,
            centre,
            cos: (q * q - p * p) / (q * q + p * p),
            sin: 2.0 * p * q / (q * q + p * p),
            reach,
            lines_u: Vec::new(),
            lines_v: Vec::new(),
            canal,
        };
        lattice.lines_u = lattice.lines(Axis::U);
        lattice.lines_v = lattice.lines(Axis::V);
        lattice
    }

    fn lines(&self, axis: Axis) -> Vec<i64> {
        let pitch = |i: i32| {
            let mut random = Random::named(&[self.name[0], self.name[1], 2, axis as i64, i.into()]);
            let block = match axis {
                Axis::U if self.canal == Some(i) => random.between(30_000, 45_000),
                Axis::U => random.between(90_000, 165_000),
                Axis::V => random.between(48_000, 100_000),
            };
            block + (self.width(axis, i) + self.width(axis, i + 1)) / 2
        };
        let before: i64 = (-self.reach..0).map(pitch).sum();
        let mut at = -before;
        let mut lines = vec![at];
        for i in -self.reach..self.reach {
            at += pitch(i);
            lines.push(at);
        }
        lines
    }

    /// Cells reach from -reach to reach - 1 in both directions.
    pub fn reach(&self) -> i32 {
        self.reach
    }

    /// A column of cells as letters, from A at the western end.
    pub fn letter(&self, i: i32) -> String {
        let number = (i + self.reach).max(0) as u32;
        let letter = |n: u32| char::from(b'A' + (n % 26) as u8);
        if number < 26 {
            letter(number).to_string()
        } else {
            [letter(number / 26 - 1), letter(number)].iter().collect()
        }
    }

    /// A row of cells as a number, from 1 at the southern end.
    pub fn ordinal(&self, j: i32) -> i32 {
        j + self.reach + 1
    }

    /// The width of a line of streets, in mm.
    pub fn width(&self, axis: Axis, line: i32) -> i64 {
        let mut random = Random::named(&[self.name[0], self.name[1], 3, axis as i64, line.into()]);
        *random.pick(&STREET_WIDTHS_MM)
    }

    fn line(&self, axis: Axis, line: i32) -> i64 {
        let lines = match axis {
            Axis::U => &self.lines_u,
            Axis::V => &self.lines_v,
        };
        lines[(line + self.reach) as usize]
    }

    /// The crossing of line i along u and line j along v; both may reach one beyond the cells.
    pub fn crossing(&self, i: i32, j: i32) -> Local {
        let mut random = Random::named(&[self.name[0], self.name[1], 4, i.into(), j.into()]);
        let mut jitter = || random.between(-JITTER_MM, JITTER_MM);
        let (du, dv) = (jitter(), jitter());
        Local {
            u: (self.line(Axis::U, i) + du) as f64,
            v: (self.line(Axis::V, j) + dv) as f64,
        }
    }

    /// The ground of the block in a cell, `grow` mm outward of the streets' edges.
    pub fn block(&self, i: i32, j: i32, grow: i64) -> Ground {
        let corner = |di: i32, dj: i32| {
            let at = self.crossing(i + di, j + dj);
            let half = |axis, line| (self.width(axis, line) / 2 - grow) as f64;
            let (du, dv) = (half(Axis::U, i + di), half(Axis::V, j + dj));
            Local {
                u: if di == 0 { at.u + du } else { at.u - du },
                v: if dj == 0 { at.v + dv } else { at.v - dv },
            }
        };
        let mut random = Random::named(&[self.name[0], self.name[1], 17, i.into(), j.into()]);
        Ground {
            corners: [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)],
            bulge: random.between(-6_000, 6_000) as f64,
        }
    }

    /// The grid point of a place, nothing when it lies off the plane's grid.
    pub fn point(&self, at: Local) -> Option<Point> {
        let round = |mm: f64| mm.round() as i32;
        let (cx, cy) = (f64::from(self.centre.x()), f64::from(self.centre.y()));
        let x = cx + at.u * self.cos - at.v * self.sin;
        let y = cy + at.u * self.sin + at.v * self.cos;
        Point::new(round(x), round(y)).ok()
    }
}

impl Ground {
    /// The place at fraction `t` from west to east and `s` from south to north.
    pub fn place(&self, t: f64, s: f64) -> Local {
        let [a, b, c, d] = &self.corners;
        let blend = |from: f64, to: f64, f: f64| from * (1.0 - f) + to * f;
        let bent = self.bulge * 16.0 * t * (1.0 - t) * s * (1.0 - s);
        Local {
            u: blend(blend(a.u, b.u, t), blend(d.u, c.u, t), s),
            v: blend(blend(a.v, b.v, t), blend(d.v, c.v, t), s) + bent,
        }
    }

    /// Mean width and height in mm.
    pub fn extent(&self) -> (f64, f64) {
        let [a, b, c, d] = &self.corners;
        ((b.u - a.u + c.u - d.u) / 2.0, (d.v - a.v + c.v - b.v) / 2.0)
    }
}
