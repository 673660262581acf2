//! Numbers and days as digits at the end of a buffer, without the machinery of formatting.

use crate::cadastre::Day;

/// The two digits of every number below 100.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut i = 0;
    while i < 100 {
        pairs[i] = [b'0' + (i / 10) as u8, b'0' + (i % 10) as u8];
        i += 1;
    }
    pairs
};

/// Room for every number: a sign, 20 digits, a point.
const LONGEST: usize = 24;

/// A whole number.
pub fn push_integer(bytes: &mut Vec<u8>, number: i64) {
    let mut digits = [0; LONGEST];
    let start = write_whole(number.unsigned_abs(), &mut digits, LONGEST);
    let start = write_sign(number < 0, &mut digits, start);
    bytes.extend_from_slice(&digits[start..]);
}

/// A number with so many digits, zeros in front; digits beyond them are lost.
pub fn push_padded<const DIGITS: usize>(bytes: &mut Vec<u8>, number: u64) {
    let mut digits = [0; LONGEST];
    write_padded::<DIGITS>(number, &mut digits);
    bytes.extend_from_slice(&digits[LONGEST - DIGITS..]);
}

/// A number counted in its last decimal, without zeros at the end, but with one decimal at least:
/// of 3 decimals, 1500 is 1.5 and 2000 is 2.0. At most nine decimals.
pub fn push_fixed<const DECIMALS: usize>(bytes: &mut Vec<u8>, count: i64) {
    let per_one = const { 10_u64.pow(DECIMALS as u32) };
    let magnitude = count.unsigned_abs();
    let mut digits = [0; LONGEST + 9];
    let end = LONGEST + DECIMALS;
    write_padded::<DECIMALS>(magnitude % per_one, &mut digits[..end]);
    digits[LONGEST - 1] = b'.';
    let start = write_whole(magnitude / per_one, &mut digits, LONGEST - 1);
    let start = write_sign(count < 0, &mut digits, start);
    let zeros = digits[LONGEST + 1..end].iter().rev();
    let zeros = zeros.take_while(|digit| **digit == b'0').count();
    bytes.extend_from_slice(&digits[start..end - zeros]);
}

/// A day of the form YYYY-MM-DD.
pub fn push_day(bytes: &mut Vec<u8>, day: Day) {
    match day.ymd() {
        Some((year @ 0..=9999, month, day)) => {
            push_padded::<4>(bytes, year as u64);
            bytes.push(b'-');
            push_padded::<2>(bytes, month as u64);
            bytes.push(b'-');
            push_padded::<2>(bytes, day as u64);
        }
        _ => bytes.extend_from_slice(day.to_string().as_bytes()),
    }
}

/// A number as 16 hexadecimal digits.
pub fn push_hex(bytes: &mut Vec<u8>, number: u64) {
    const HEX: [u8; 16] = *b"0123456789abcdef";
    let digit = |place: u32| HEX[(number >> (4 * place) & 15) as usize];
    bytes.extend_from_slice(&std::array::from_fn::<u8, 16, _>(|i| digit(15 - i as u32)));
}

/// Writes the digits of a number before `end` and says where they begin.
fn write_whole(mut number: u64, digits: &mut [u8], end: usize) -> usize {
    let mut start = end;
    while number >= 10 {
        start -= 2;
        digits[start..start + 2].copy_from_slice(&PAIRS[(number % 100) as usize]);
        number /= 100;
    }
    if number > 0 || start == end {
        start -= 1;
        digits[start] = b'0' + number as u8;
    }
    start
}

fn write_sign(is_negative: bool, digits: &mut [u8], start: usize) -> usize {
    if !is_negative {
        return start;
    }
    digits[start - 1] = b'-';
    start - 1
}

/// Writes so many digits at the end, zeros in front.
fn write_padded<const DIGITS: usize>(mut number: u64, digits: &mut [u8]) {
    let (mut end, first) = (digits.len(), digits.len() - DIGITS);
    while end >= first + 2 {
        end -= 2;
        digits[end..end + 2].copy_from_slice(&PAIRS[(number % 100) as usize]);
        number /= 100;
    }
    if end > first {
        digits[first] = b'0' + (number % 10) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pushed(push: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut bytes = Vec::new();
        push(&mut bytes);
        String::from_utf8(bytes).expect("digits are ASCII")
    }

    fn fixed(decimals: usize, count: i64) -> String {
        pushed(|bytes| match decimals {
            1 => push_fixed::<1>(bytes, count),
            2 => push_fixed::<2>(bytes, count),
            3 => push_fixed::<3>(bytes, count),
            4 => push_fixed::<4>(bytes, count),
            6 => push_fixed::<6>(bytes, count),
            _ => push_fixed::<9>(bytes, count),
        })
    }

    proptest! {
        #[test]
        fn a_fixed_number_is_written_as_serde_writes_it(
            count in -(1_i64 << 50)..(1 << 50),
            shorter in 0_u32..15,
            decimals in prop::sample::select(vec![1, 2, 3, 4, 6, 9]),
        ) {
            let count = count / 10_i64.pow(shorter);
            let number = count as f64 / 10_f64.powi(decimals as i32);
            // Serde writes very small numbers with an exponent, and minus zero apart.
            prop_assume!(count != 0 && number.abs() >= 1e-5);
            let expected = serde_json::to_string(&number).expect("a number");
            prop_assert_eq!(fixed(decimals, count), expected);
        }

        #[test]
        fn whole_padded_and_hexadecimal_numbers_are_written_as_they_are_shown(
            number: i64,
            code in 0_u64..100_000,
        ) {
            prop_assert_eq!(pushed(|b| push_integer(b, number)), number.to_string());
            prop_assert_eq!(pushed(|b| push_padded::<5>(b, code)), format!("{code:05}"));
            prop_assert_eq!(
                pushed(|b| push_hex(b, number as u64)),
                format!("{:016x}", number as u64)
            );
        }
    }

    #[test]
    fn the_smallest_the_roundest_and_the_longest_numbers_keep_their_digits() {
        for (count, decimals, text) in [
            (0, 3, "0.0"),
            (1, 9, "0.000000001"),
            (-1, 9, "-0.000000001"),
            (106_695_600_000, 9, "106.6956"),
            (1_750_000_000, 3, "1750000.0"),
            (10, 1, "1.0"),
            (i64::MIN, 1, "-922337203685477580.8"),
            (i64::MIN, 9, "-9223372036.854775808"),
        ] {
            assert_eq!(fixed(decimals, count), text);
        }
        for number in [0, 9, 10, 99, 100, 101, i64::MAX, i64::MIN] {
            assert_eq!(pushed(|b| push_integer(b, number)), number.to_string());
        }
        assert_eq!(pushed(|b| push_padded::<4>(b, 33)), "0033");
    }

    #[test]
    fn a_day_is_written_as_it_is_shown() {
        for day in [
            -800_000,
            -719_529,
            -719_528,
            -1,
            0,
            20_270,
            2_932_896,
            i32::MAX,
        ]
        .map(Day)
        {
            assert_eq!(pushed(|b| push_day(b, day)), day.to_string());
        }
    }
}
