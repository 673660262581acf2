//! A plane's way to longitude and latitude, and back, near a place: a short series about the middle
//! of a cell.

use super::CrsError;
use super::pipeline::Pipeline;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Side of a cell in metres. Half of it is the farthest that a series reaches in one direction:
/// its third-order term, which is left out, is then below 0.001 mm at the latitudes of a city.
pub(super) const METRES: f64 = 1000.0;
/// Side of a cell in degrees, for the way back: 1.1 km at most.
pub(super) const DEGREES: f64 = 0.01;
/// Cells a thread keeps for both ways; a city of 6 800 km² has no more than that in use.
const KEPT: usize = 16_384;

/// Coefficients of 1, u, v, u², uv, v² with u and v counted from the middle of the cell.
#[derive(Debug, Clone, Copy)]
struct Series([(f64, f64); 6]);

/// A pipeline and the column and row of a cell.
type CellKey = (usize, i32, i32);

#[derive(Default)]
struct Cells {
    kept: HashMap<CellKey, Series, BuildHasherDefault<CellHasher>>,
    /// The one used last: vertices of one parcel lie in one cell, as a rule.
    last: Option<(CellKey, Series)>,
}

/// Columns and rows are small numbers that nobody chooses to harm us: one multiplication mixes
/// them well enough.
#[derive(Default)]
struct CellHasher(u64);

thread_local! {
    static CELLS: RefCell<Cells> = RefCell::new(Cells::default());
}

/// Converts a coordinate as the pipeline does, to within 0.01 mm; `side` is that of a cell in the
/// unit of the coordinate, [`METRES`] or [`DEGREES`], and one pipeline has always the same.
///
/// # Errors
/// As the pipeline, for a cell that reaches out of its domain.
pub(super) fn convert(
    pipeline: Pipeline,
    side: f64,
    x: f64,
    y: f64,
) -> Result<(f64, f64), CrsError> {
    let (column, row) = ((x / side).floor(), (y / side).floor());
    let middle = ((column + 0.5) * side, (row + 0.5) * side);
    let key = (pipeline.number(), column as i32, row as i32);
    let (u, v) = (x - middle.0, y - middle.1);
    CELLS.with_borrow_mut(|cells| match &cells.last {
        Some((last, series)) if *last == key => Ok(series.at(u, v)),
        _ => {
            let series = cells.find(key, || Series::about(pipeline, middle, side))?;
            Ok(series.at(u, v))
        }
    })
}

impl Cells {
    fn find(
        &mut self,
        key: CellKey,
        make: impl FnOnce() -> Result<Series, CrsError>,
    ) -> Result<Series, CrsError> {
        let series = match self.kept.get(&key) {
            Some(series) => *series,
            None => {
                let series = make()?;
                if self.kept.len() >= KEPT {
                    self.kept.clear();
                }
                self.kept.insert(key, series);
                series
            }
        };
        self.last = Some((key, series));
        Ok(series)
    }
}

impl Hasher for CellHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_i32(&mut self, number: i32) {
        self.write_u64(u64::from(number as u32));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(ODD);
    }

    fn finish(&self) -> u64 {
        // The table takes its places from the low bits, a product mixes the high ones.
        self.0.rotate_left(26)
    }
}

impl Series {
    /// From nine values of the pipeline on the cell's middle, corners and edges.
    fn about(pipeline: Pipeline, (x, y): (f64, f64), side: f64) -> Result<Self, CrsError> {
        let h = side / 2.0;
        let value = |u: f64, v: f64| pipeline.convert(x + u * h, y + v * h);
        let middle = value(0.0, 0.0)?;
        let (west, east) = (value(-1.0, 0.0)?, value(1.0, 0.0)?);
        let (south, north) = (value(0.0, -1.0)?, value(0.0, 1.0)?);
        let (sw, se) = (value(-1.0, -1.0)?, value(1.0, -1.0)?);
        let (nw, ne) = (value(-1.0, 1.0)?, value(1.0, 1.0)?);
        let of = |a: (f64, f64), b: (f64, f64), c: (f64, f64), per: f64| {
            let sum = |a: f64, b: f64, c: f64| (a + b + c) / per;
            (sum(a.0, b.0, c.0), sum(a.1, b.1, c.1))
        };
        let times = |factor: f64, p: (f64, f64)| (factor * p.0, factor * p.1);
        let none = (0.0, 0.0);
        let diagonals = of(ne, times(-1.0, nw), times(-1.0, se), 1.0);
        Ok(Self([
            middle,
            of(east, times(-1.0, west), none, 2.0 * h),
            of(north, times(-1.0, south), none, 2.0 * h),
            of(east, times(-2.0, middle), west, 2.0 * h * h),
            of(diagonals, sw, none, 4.0 * h * h),
            of(north, times(-2.0, middle), south, 2.0 * h * h),
        ]))
    }

    fn at(&self, u: f64, v: f64) -> (f64, f64) {
        let [middle, of_u, of_v, of_uu, of_uv, of_vv] = &self.0;
        let (uu, uv, vv) = (u * u, u * v, v * v);
        // From the smallest term to the largest, so that nothing is lost.
        let sum = |of: fn(&(f64, f64)) -> f64| {
            let second = of(of_vv) * vv + of(of_uv) * uv + of(of_uu) * uu;
            second + of(of_v) * v + of(of_u) * u + of(middle)
        };
        (sum(|c| c.0), sum(|c| c.1))
    }
}
