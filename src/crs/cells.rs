//! A plane's way to longitude and latitude near a place: a short series about the middle of a cell.

use super::CrsError;
use super::pipeline::Pipeline;
use std::cell::RefCell;
use std::collections::HashMap;

/// Side of a cell in metres. Half of it is the farthest that a series reaches in one direction:
/// its third-order term, which is left out, is then below 0.001 mm at the latitudes of a city.
const SIDE_M: f64 = 1000.0;
/// Cells a thread keeps; a city of 20 000 km² has fewer than that in use at a time.
const KEPT: usize = 8192;

/// Coefficients of 1, u, v, u², uv, v² with u and v in metres from the middle of the cell.
#[derive(Debug, Clone, Copy)]
struct Series([(f64, f64); 6]);

/// A pipeline and the column and row of a cell.
type CellKey = (usize, i32, i32);

thread_local! {
    static CELLS: RefCell<HashMap<CellKey, Series>> = RefCell::new(HashMap::new());
}

/// Converts an easting and a northing as the pipeline does, to within 0.01 mm.
///
/// # Errors
/// As the pipeline, for a cell that reaches out of its domain.
pub(super) fn convert(
    pipeline: Pipeline,
    east_m: f64,
    north_m: f64,
) -> Result<(f64, f64), CrsError> {
    let (column, row) = (east_m.div_euclid(SIDE_M), north_m.div_euclid(SIDE_M));
    let middle = ((column + 0.5) * SIDE_M, (row + 0.5) * SIDE_M);
    let key = (pipeline.number(), column as i32, row as i32);
    let series = CELLS.with_borrow_mut(|cells| {
        if let Some(series) = cells.get(&key) {
            return Ok::<_, CrsError>(*series);
        }
        let series = Series::about(pipeline, middle)?;
        if cells.len() >= KEPT {
            cells.clear();
        }
        cells.insert(key, series);
        Ok(series)
    })?;
    Ok(series.at(east_m - middle.0, north_m - middle.1))
}

impl Series {
    /// From nine values of the pipeline on the cell's middle, corners and edges.
    fn about(pipeline: Pipeline, (east, north): (f64, f64)) -> Result<Self, CrsError> {
        let h = SIDE_M / 2.0;
        let value = |u: f64, v: f64| pipeline.convert(east + u * h, north + v * h);
        let middle = value(0.0, 0.0)?;
        let (west, east_side) = (value(-1.0, 0.0)?, value(1.0, 0.0)?);
        let (south, north_side) = (value(0.0, -1.0)?, value(0.0, 1.0)?);
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
            of(east_side, times(-1.0, west), none, 2.0 * h),
            of(north_side, times(-1.0, south), none, 2.0 * h),
            of(east_side, times(-2.0, middle), west, 2.0 * h * h),
            of(diagonals, sw, none, 4.0 * h * h),
            of(north_side, times(-2.0, middle), south, 2.0 * h * h),
        ]))
    }

    fn at(&self, u: f64, v: f64) -> (f64, f64) {
        let terms = [1.0, u, v, u * u, u * v, v * v];
        let sum = |of: fn(&(f64, f64)) -> f64| {
            let products = self.0.iter().zip(terms).map(|(c, term)| of(c) * term);
            // From the smallest term to the largest, so that nothing is lost.
            products.rev().sum()
        };
        (sum(|c| c.0), sum(|c| c.1))
    }
}
