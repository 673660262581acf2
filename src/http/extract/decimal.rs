//! Decimals as texts, of whole numbers only.

/// A ratio with so many decimals; halves go away from zero.
pub fn decimal(part: i128, whole: i128, places: u32) -> String {
    let per_one = 10_i128.pow(places);
    let count = if whole == 0 {
        0
    } else {
        let scaled = 2 * part.abs() * per_one + whole.abs();
        scaled / (2 * whole.abs())
    };
    let sign = if count != 0 && (part < 0) != (whole < 0) {
        "-"
    } else {
        ""
    };
    if places == 0 {
        return format!("{sign}{count}");
    }
    let width = places as usize;
    format!("{sign}{}.{:0width$}", count / per_one, count % per_one)
}

/// Square metres of twice an area in mm².
pub fn square_metres(twice_mm2: i128) -> String {
    decimal(twice_mm2, 2_000_000, 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_rounded_half_away_from_zero_and_filled_up() {
        for (part, whole, places, text) in [
            (1, 2, 0, "1"),
            (1, 3, 2, "0.33"),
            (2, 3, 2, "0.67"),
            (5, 1000, 2, "0.01"),
            (4, 1000, 2, "0.00"),
            (-1, 200, 2, "-0.01"),
            (-1, 1000, 2, "0.00"),
            (7, 0, 2, "0.00"),
            (80, 1, 1, "80.0"),
        ] {
            assert_eq!(decimal(part, whole, places), text, "{part}/{whole}");
        }
        assert_eq!(square_metres(160_000_000), "80.0000");
        assert_eq!(square_metres(1), "0.0000");
        assert_eq!(square_metres(100), "0.0001");
    }
}
