//! The layer of labels: one point inside each parcel, on one tile only, for its number.

use super::canvas::Canvas;
use super::chains::Cell;
use super::layer::TileField;
use super::mvt::{GeometryKind, LayerWriter, Value};
use crate::cadastre::Day;
use crate::land::{Land, LotNumber};

/// Attributes, in the order of the numbers below.
pub(super) const FIELDS: [TileField; 2] = [
    TileField {
        name: "number",
        meaning: "Number on the sheet",
    },
    TileField {
        name: "sheet",
        meaning: "Sheet of the cadastral map",
    },
];
const NUMBER: usize = 0;
const SHEET: usize = 1;

/// Draws a point for every parcel of a day whose point lies on the tile.
pub(super) fn draw(land: &Land, date: Day, canvas: &Canvas<'_>, layer: &mut LayerWriter) {
    layer.begin(&FIELDS);
    let grid = canvas.tile.grid();
    let mut cells = Vec::new();
    canvas.each_lot(land, date, |lot, placing| {
        cells.clear();
        let mut rings: Vec<usize> = Vec::new();
        for (_, vertices) in lot.rings.iter() {
            cells.extend(vertices.iter().filter_map(|v| placing.place(*v).ok()));
            rings.push(cells.len());
        }
        let place = inside(&cells, &rings).map(|cell| grid.unit(cell));
        if let Some(unit) = place.filter(|unit| grid.is_on(*unit)) {
            layer.points(std::iter::once(unit));
            match lot.number {
                LotNumber::Plain(number) => {
                    layer.tag_shared(NUMBER, Value::Text(&number.to_string()));
                }
                LotNumber::Text(number) => layer.tag_shared(NUMBER, Value::Text(number)),
            }
            layer.tag_shared(SHEET, Value::Text(lot.sheet));
            layer.end_feature(u64::try_from(lot.id).ok(), GeometryKind::Points);
        }
    });
}

/// A place inside: the centre of gravity of the first ring where it lies inside, else the middle
/// of the longest stretch inside on the line from west to east through the middle.
fn inside(cells: &[Cell], rings: &[usize]) -> Option<Cell> {
    let first = &cells[..*rings.first()?];
    let centre = centre(first).filter(|centre| {
        let doubled = 2 * i64::from(centre[1]) + 1;
        let west = crossings(cells, rings, doubled);
        let x = 2 * i64::from(centre[0]) + 1;
        west.iter().filter(|at| **at < x).count() % 2 == 1
    });
    if centre.is_some() {
        return centre;
    }
    let (low, high) = (
        first.iter().map(|v| v[1]).min()?,
        first.iter().map(|v| v[1]).max()?,
    );
    let middle = (u64::from(low) + u64::from(high)) / 2;
    let crossings = crossings(cells, rings, 2 * middle as i64 + 1);
    let stretches = crossings.chunks_exact(2);
    let longest = stretches.max_by_key(|pair| pair[1] - pair[0])?;
    let x = (longest[0] + longest[1]) / 4;
    Some([u32::try_from(x).ok()?, middle as u32])
}

/// Where the rings cross the line at half the doubled height, west to east, in doubled cells; the
/// height lies between two rows of cells, so no vertex is on it.
fn crossings(cells: &[Cell], rings: &[usize], doubled_y: i64) -> Vec<i64> {
    let mut crossings = Vec::new();
    let mut start = 0;
    for &end in rings {
        let ring = &cells[start..end];
        start = end;
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let at = |v: &Cell, k: usize| 2 * i64::from(v[k]);
            let (low, high) = if a[1] <= b[1] { (a, b) } else { (b, a) };
            if at(low, 1) < doubled_y && doubled_y < at(high, 1) {
                let along =
                    i128::from(doubled_y - at(low, 1)) * i128::from(at(high, 0) - at(low, 0));
                let height = i128::from(at(high, 1) - at(low, 1));
                crossings.push(at(low, 0) + along.div_euclid(height) as i64);
            }
        }
    }
    crossings.sort_unstable();
    crossings
}

fn centre(ring: &[Cell]) -> Option<Cell> {
    let origin = *ring.first()?;
    let off = |v: &Cell, k: usize| i128::from(v[k]) - i128::from(origin[k]);
    let (mut area, mut sums) = (0, [0, 0]);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let cross = off(a, 0) * off(b, 1) - off(b, 0) * off(a, 1);
        area += cross;
        for (k, sum) in sums.iter_mut().enumerate() {
            *sum += cross * (off(a, k) + off(b, k));
        }
    }
    if area == 0 {
        return None;
    }
    let at = |k: usize| u32::try_from(i128::from(origin[k]) + sums[k] / (3 * area)).ok();
    Some([at(0)?, at(1)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(x: u32, y: u32) -> Cell {
        [1_000_000 + x, 1_000_000 + y]
    }

    #[test]
    fn the_label_of_a_lot_stands_in_its_middle() {
        let lot = [at(0, 0), at(400, 0), at(400, 2_000), at(0, 2_000)];
        assert_eq!(inside(&lot, &[4]), Some(at(200, 1_000)));
    }

    #[test]
    fn the_label_of_a_bent_lot_and_of_one_with_a_yard_stands_on_its_own_land() {
        let bent = [
            at(0, 0),
            at(1_000, 0),
            at(1_000, 100),
            at(100, 100),
            at(100, 1_000),
            at(0, 1_000),
        ];
        let label = inside(&bent, &[6]).expect("a place");
        assert!(
            label[0] < at(100, 0)[0] || label[1] < at(0, 100)[1],
            "{label:?}"
        );
        let yard = [
            at(0, 0),
            at(1_000, 0),
            at(1_000, 1_000),
            at(0, 1_000),
            at(300, 100),
            at(300, 900),
            at(900, 900),
            at(900, 100),
        ];
        assert_eq!(inside(&yard, &[4, 8]), Some(at(150, 500)));
    }

    #[test]
    fn a_lot_without_extent_has_no_label() {
        assert_eq!(inside(&[at(0, 0), at(5, 0), at(9, 0)], &[3]), None);
        assert_eq!(inside(&[], &[]), None);
    }
}
