//! A way from one grid of whole numbers to another, square by square: second-order series about
//! the middle of each square, made of nine values of PROJ when a place in it is first asked for.

use super::CrsError;
use std::sync::OnceLock;

/// A square has 2^22 places a side.
pub(super) const SQUARE_BITS: u32 = 22;
/// Half a side of a square.
const HALF_SIDE: i32 = 1 << (SQUARE_BITS - 1);
/// Fraction bits of the linear coefficients; those of second order have `SQUARE_BITS` more.
const FRACTION_BITS: u32 = 32;

/// Column and row of a square.
pub(super) type SquareAt = (i32, i32);

/// The squares of a region; those beyond it are made again each time.
#[derive(Debug)]
pub(super) struct Squares {
    first: SquareAt,
    columns: i32,
    kept: Vec<OnceLock<Square>>,
}

/// The series of one square for both coordinates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Square([Series; 2]);

/// Coefficients about the middle of a square.
#[derive(Debug, Clone, Copy)]
struct Series {
    /// Cell of the middle; what is left of it is the first coefficient.
    cell: i64,
    /// Of 1, u, v, u², uv, v².
    of: [i64; 6],
}

impl Squares {
    /// The squares from one to another, both included.
    pub(super) fn between(first: SquareAt, last: SquareAt) -> Self {
        let (columns, rows) = (last.0 - first.0 + 1, last.1 - first.1 + 1);
        let mut kept = Vec::new();
        kept.resize_with((columns * rows).max(0) as usize, OnceLock::new);
        Self {
            first,
            columns,
            kept,
        }
    }

    /// A square, made of the values at its middle, its corners and its sides.
    pub(super) fn square(
        &self,
        at: SquareAt,
        value: impl Fn(i64, i64) -> Result<(f64, f64), CrsError>,
    ) -> Result<Square, CrsError> {
        let (i, j) = (at.0 - self.first.0, at.1 - self.first.1);
        let kept = (0..self.columns).contains(&i).then(|| j * self.columns + i);
        let kept = kept.and_then(|place| self.kept.get(usize::try_from(place).ok()?));
        let Some(kept) = kept else {
            return Square::through(at, value);
        };
        if let Some(square) = kept.get() {
            return Ok(*square);
        }
        let square = Square::through(at, value)?;
        Ok(*kept.get_or_init(|| square))
    }
}

impl Square {
    /// The series of no square.
    pub(super) const NONE: Self = Self(
        [Series {
            cell: 0,
            of: [0; 6],
        }; 2],
    );

    fn through(
        (column, row): SquareAt,
        value: impl Fn(i64, i64) -> Result<(f64, f64), CrsError>,
    ) -> Result<Self, CrsError> {
        let half = i64::from(HALF_SIDE);
        let middle = |square: i32| (i64::from(square) << SQUARE_BITS) + half;
        let mut values = [[(0.0, 0.0); 3]; 3];
        for (v, row_of) in (-1..=1).zip(&mut values) {
            for (u, place) in (-1..=1).zip(row_of) {
                *place = value(middle(column) + u * half, middle(row) + v * half)?;
            }
        }
        let x = values.map(|row| row.map(|value| value.0));
        let y = values.map(|row| row.map(|value| value.1));
        Ok(Self([Series::through(&x), Series::through(&y)]))
    }

    /// The cell of a place, by its distance from the low corner of the square.
    pub(super) fn cell(&self, from_corner: [i64; 2]) -> [u32; 2] {
        let [u, v] = from_corner.map(|at| at - i64::from(HALF_SIDE));
        [self.0[0].at(u, v), self.0[1].at(u, v)]
    }
}

impl Series {
    /// Through values at -1, 0 and 1 half sides, by rows of growing second coordinate.
    fn through(values: &[[f64; 3]; 3]) -> Self {
        let [[sw, s, se], [w, middle, e], [nw, n, ne]] = *values;
        let h = f64::from(HALF_SIDE);
        let fixed = |value: f64, bits: u32| (value * 2_f64.powi(bits as i32)).round() as i64;
        let first = |value: f64| fixed(value / (2.0 * h), FRACTION_BITS);
        let second = |value: f64| fixed(value / (h * h), FRACTION_BITS + SQUARE_BITS);
        Self {
            cell: middle.floor() as i64,
            of: [
                fixed(middle - middle.floor(), FRACTION_BITS),
                first(e - w),
                first(n - s),
                second((e - 2.0 * middle + w) / 2.0),
                second((ne - nw - se + sw) / 4.0),
                second((n - 2.0 * middle + s) / 2.0),
            ],
        }
    }

    fn at(&self, u: i64, v: i64) -> u32 {
        let [one, by_u, by_v, by_uu, by_uv, by_vv] = self.of;
        let slope_u = by_u + ((by_uu * u + by_uv * v) >> SQUARE_BITS);
        let slope_v = by_v + ((by_vv * v) >> SQUARE_BITS);
        let half = 1 << (FRACTION_BITS - 1);
        let moved = (one + slope_u * u + slope_v * v + half) >> FRACTION_BITS;
        (self.cell + moved).clamp(0, i64::from(u32::MAX)) as u32
    }
}
