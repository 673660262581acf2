//! Shapes, decimals and places as they stand in a proof: whole numbers and texts.

use crate::geometry::{MultiPolygon, OutOfGrid, Point, Polygon, Ring, Spot};
use rust_decimal::Decimal;

/// Rings of polygons, shell first; whole millimetres from the plane's origin, east before north, the
/// first point not repeated.
pub(super) type PlainArea = Vec<Vec<Vec<[i32; 2]>>>;

pub(super) fn plain_area(area: &MultiPolygon) -> PlainArea {
    let ring = |ring: &Ring| ring.0.iter().map(|point| [point.x(), point.y()]).collect();
    let polygon = |polygon: &Polygon| polygon.rings().map(ring).collect();
    area.0.iter().map(polygon).collect()
}

/// An area of a proof on the grid.
///
/// # Errors
/// [`OutOfGrid`] for a coordinate that no plane has.
pub(super) fn area(plain: &PlainArea) -> Result<MultiPolygon, OutOfGrid> {
    let ring = |ring: &Vec<[i32; 2]>| {
        let points: Result<Vec<Point>, OutOfGrid> =
            ring.iter().map(|&[x, y]| Point::new(x, y)).collect();
        points.map(Ring)
    };
    let polygon = |rings: &Vec<Vec<[i32; 2]>>| {
        let rings: Result<Vec<Ring>, OutOfGrid> = rings.iter().map(ring).collect();
        let mut rings = rings?.into_iter();
        Ok(Polygon {
            exterior: rings.next().unwrap_or_default(),
            interiors: rings.collect(),
        })
    };
    let polygons: Result<Vec<Polygon>, OutOfGrid> = plain.iter().map(polygon).collect();
    polygons.map(MultiPolygon)
}

/// A decimal without zeros at its end.
pub(super) fn plain_decimal(number: Decimal) -> String {
    number.normalize().to_string()
}

/// A place that may lie between the points of the grid: millimetres with three decimals.
pub(super) fn plain_spot(spot: Spot) -> [String; 2] {
    let millimetres = |mm: f64| {
        // A place that rounds to zero from below is zero.
        let micrometres = (mm * 1000.0).round() as i64;
        plain_decimal(Decimal::new(micrometres, 3))
    };
    [millimetres(spot.x_mm), millimetres(spot.y_mm)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_comes_back_as_it_was_with_its_holes() {
        let plain = vec![
            vec![vec![[0, 0], [9, 0], [0, 9]], vec![[1, 1], [1, 2], [2, 1]]],
            vec![vec![[-5, -5], [-4, -5], [-5, -4]]],
        ];
        let read = area(&plain).expect("on the grid");
        assert_eq!(read.0[0].interiors.len(), 1);
        assert_eq!(plain_area(&read), plain);
        assert!(area(&vec![vec![vec![[i32::MAX, 0]]]]).is_err());
    }

    #[test]
    fn a_place_is_told_to_the_micrometre() {
        let spot = |x_mm, y_mm| plain_spot(Spot { x_mm, y_mm });
        assert_eq!(spot(1234.5678, -0.0001), ["1234.568", "0"]);
        assert_eq!(spot(-7.0, 0.25), ["-7", "0.25"]);
    }
}
