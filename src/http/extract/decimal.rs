//! Decimals and days as texts, of whole numbers only.

use crate::cadastre::Day;
use crate::http::digits;

/// A ratio with so many decimals; halves go away from zero.
pub fn decimal(part: i128, whole: i128, places: u32) -> String {
    let per_one = 10_u128.pow(places);
    let count = count(part.unsigned_abs(), whole.unsigned_abs(), per_one);
    let mut bytes = Vec::with_capacity(24);
    if count != 0 && (part < 0) != (whole < 0) {
        bytes.push(b'-');
    }
    digits::push_integer(&mut bytes, (count / per_one) as i64);
    if places > 0 {
        bytes.push(b'.');
        let mut rest = (count % per_one) as u64;
        let mut unit = per_one as u64;
        while unit > 1 {
            unit /= 10;
            bytes.push(b'0' + (rest / unit) as u8);
            rest %= unit;
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// How many of so many parts of one a ratio is, rounded.
fn count(part: u128, whole: u128, per_one: u128) -> u128 {
    let (twice, scaled) = (2 * whole, 2 * part * per_one + whole);
    match (u64::try_from(scaled), u64::try_from(twice)) {
        (_, Ok(0)) => 0,
        // What a parcel has fits, and is divided a good deal quicker.
        (Ok(scaled), Ok(twice)) => u128::from(scaled / twice),
        _ => scaled / twice,
    }
}

/// A day, as a text of the form YYYY-MM-DD.
pub fn day_text(day: Day) -> String {
    let mut bytes = Vec::with_capacity(10);
    digits::push_day(&mut bytes, day);
    String::from_utf8(bytes).unwrap_or_default()
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
            (
                1_000_000_000_000_000_000_000,
                1_000,
                1,
                "1000000000000000000.0",
            ),
        ] {
            assert_eq!(decimal(part, whole, places), text, "{part}/{whole}");
        }
        assert_eq!(square_metres(160_000_000), "80.0000");
        assert_eq!(square_metres(1), "0.0000");
        assert_eq!(square_metres(100), "0.0001");
        assert_eq!(day_text(Day(20_270)), "2025-07-01");
    }
}
