//! Exact lengths and areas of the grid as decimals.

use crate::geometry::MultiPolygon;
use crate::land::frontage::Length;
use rust_decimal::Decimal;

/// A length in metres, with six decimals.
pub fn metres(length: Length) -> Decimal {
    Decimal::from_i128_with_scale(i128::from(length.um()), 6).normalize()
}

/// An area in square metres: millimetres squared, halved, as a decimal.
pub fn square_metres(area: &MultiPolygon) -> Decimal {
    let tenths = area.twice_area() * 5;
    Decimal::try_from_i128_with_scale(tenths, 7).map_or(Decimal::MAX, |area| area.normalize())
}

/// An area in square metres to the nearest square centimetre, as areas of lots and of what stands on
/// them are told and compared: of two shapes the larger never comes out smaller.
pub fn told_square_metres(area: &MultiPolygon) -> Decimal {
    square_metres(area).round_dp(AREA_DECIMALS)
}

/// Decimals of such an area.
const AREA_DECIMALS: u32 = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Point, Polygon, Ring};

    #[test]
    fn lengths_and_areas_are_as_exact_as_the_grid() {
        assert_eq!(metres(Length::of_um(1_414)).to_string(), "0.001414");
        assert_eq!(metres(Length::of_mm(16_500)).to_string(), "16.5");
        let corners = [(0, 0), (3, 0), (3, 3)];
        let corners = corners.map(|(x, y)| Point::new(x, y).expect("on the grid"));
        let lot = Polygon {
            exterior: Ring(corners.to_vec()),
            interiors: Vec::new(),
        };
        assert_eq!(
            square_metres(&MultiPolygon(vec![lot])).to_string(),
            "0.0000045"
        );
    }
}
