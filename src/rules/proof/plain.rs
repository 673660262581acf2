//! Decimals and places as they stand in a proof: texts.

use crate::geometry::Spot;
use rust_decimal::Decimal;

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
    fn a_place_is_told_to_the_micrometre() {
        let spot = |x_mm, y_mm| plain_spot(Spot { x_mm, y_mm });
        assert_eq!(spot(1234.5678, -0.0001), ["1234.568", "0"]);
        assert_eq!(spot(-7.0, 0.25), ["-7", "0.25"]);
    }
}
