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

/// Converts coordinates as the pipeline does, to within 0.01 mm, and hands over each; `side` is
/// that of a cell in the unit of the coordinates, [`METRES`] or [`DEGREES`], and one pipeline has
/// always the same. Cheapest while they lie in one cell.
///
/// # Errors
/// As the pipeline, for a cell that reaches out of its domain; what lies behind is left out.
pub(super) fn convert_each(
    pipeline: Pipeline,
    side: f64,
    coordinates: impl IntoIterator<Item = (f64, f64)>,
    mut each: impl FnMut(f64, f64),
) -> Result<(), CrsError> {
    let mut near: Option<Near> = None;
    for (x, y) in coordinates {
        let cell = ((x / side).floor(), (y / side).floor());
        let near = match &mut near {
            Some(near) if near.cell == cell => near,
            other => other.insert(Near::to(cell, pipeline, side)?),
        };
        let (u, v) = (x - near.middle.0, y - near.middle.1);
        let (x, y) = near.series.at(u, v);
        each(x, y);
    }
    Ok(())
}

/// The cell in use, by column and row.
struct Near {
    cell: (f64, f64),
    middle: (f64, f64),
    series: Series,
}

impl Near {
    fn to(cell: (f64, f64), pipeline: Pipeline, side: f64) -> Result<Self, CrsError> {
        let middle = ((cell.0 + 0.5) * side, (cell.1 + 0.5) * side);
        let key = (pipeline.number(), cell.0 as i32, cell.1 as i32);
        let make = || Series::about(pipeline, middle, side);
        let series = CELLS.with_borrow_mut(|cells| cells.find(key, make))?;
        Ok(Self {
            cell,
            middle,
            series,
        })
    }
}

impl Cells {
    fn find(
        &mut self,
        key: CellKey,
        make: impl FnOnce() -> Result<Series, CrsError>,
    ) -> Result<Series, CrsError> {
        if let Some((_, series)) = self.last.filter(|(last, _)| *last == key) {
            return Ok(series);
        }
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
