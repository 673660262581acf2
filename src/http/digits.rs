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
    if let Some(short) = u64::try_from(number).ok().filter(|number| *number < EIGHT) {
        let start = bytes.len();
        bytes.extend_from_slice(&[b'0'; ROOM]);
        if let Some(room) = bytes[start..].first_chunk_mut::<ROOM>() {
            let length = put_short(room, 0, short);
            bytes.truncate(start + length);
        }
        return;
    }
    let mut digits = [0; LONGEST];
    let start = write_whole(number.unsigned_abs(), &mut digits, LONGEST);
    let start = write_sign(number < 0, &mut digits, start);
    bytes.extend_from_slice(&digits[start..]);
}

/// A number with so many digits, sixteen at most, zeros in front; digits beyond them are lost.
pub fn push_padded<const DIGITS: usize>(bytes: &mut Vec<u8>, number: u64) {
    let first = const { DIGITS.saturating_sub(8) };
    let shown = |number: u64| (eight_digits(number % EIGHT) | ZEROS).to_le_bytes();
    if first > 0 {
        bytes.extend_from_slice(&shown(number / EIGHT)[8 - first..]);
    }
    bytes.extend_from_slice(&shown(number)[const { 8_usize.saturating_sub(DIGITS) }..]);
}

/// A number counted in its last decimal, without zeros at the end, but with one decimal at least:
/// of 3 decimals, 1500 is 1.5 and 2000 is 2.0. At most nine decimals.
pub fn push_fixed<const DECIMALS: usize>(bytes: &mut Vec<u8>, count: i64) {
    let per_one = const { 10_u64.pow(DECIMALS as u32) };
    let magnitude = count.unsigned_abs();
    let (whole, decimals) = (magnitude / per_one, magnitude % per_one);
    if whole >= EIGHT {
        return push_long_fixed::<DECIMALS>(bytes, count);
    }
    // Room is made once, and every digit goes to its place at once, eight at a time.
    let start = bytes.len();
    bytes.extend_from_slice(&[b'-'; ROOM]);
    let Some(room) = bytes[start..].first_chunk_mut::<ROOM>() else {
        return;
    };
    let mut end = usize::from(count < 0);
    end += put_short(room, end, whole);
    room[end] = b'.';
    end += 1;
    // Nine decimals are one digit and eight.
    let first = const { DECIMALS.saturating_sub(8) };
    if first > 0 {
        room[end] = b'0' + (decimals / EIGHT) as u8;
        end += 1;
    }
    let behind = const { 10_u64.pow((8 + DECIMALS.saturating_sub(8) - DECIMALS) as u32) };
    let digits = eight_digits(decimals % EIGHT * behind);
    put(room, end, digits);
    let kept = 8 - digits.leading_zeros() as usize / 8;
    end += kept.max(1 - first);
    bytes.truncate(start + end);
}

/// Room for a sign, eight digits, a point, a digit and eight more, which end within it.
const ROOM: usize = 24;
/// Eight times the digit zero.
const ZEROS: u64 = 0x3030_3030_3030_3030;
/// The first number of nine digits.
const EIGHT: u64 = 100_000_000;

/// Writes eight digits.
fn put(room: &mut [u8; ROOM], at: usize, digits: u64) {
    let shown = digits | ZEROS;
    room[at..at + 8].copy_from_slice(&shown.to_le_bytes());
}

/// Writes a number below [`EIGHT`] and says how many digits it has; what stands behind them is
/// of no account.
fn put_short(room: &mut [u8; ROOM], at: usize, number: u64) -> usize {
    let digits = eight_digits(number);
    let zeros = (digits.trailing_zeros() / 8).min(7);
    put(room, at, digits >> (8 * zeros));
    8 - zeros as usize
}

/// The eight digits of a number below [`EIGHT`], the first in the lowest byte: halves, then
/// quarters, then digits, all of one kind by one multiplication.
fn eight_digits(number: u64) -> u64 {
    let halves = (number / 10_000) | ((number % 10_000) << 32);
    let hundreds = ((halves * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let quarters = hundreds | (halves - 100 * hundreds) << 16;
    let tens = ((quarters * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | (quarters - 10 * tens) << 8
}

/// As [`push_fixed`], for any number.
fn push_long_fixed<const DECIMALS: usize>(bytes: &mut Vec<u8>, count: i64) {
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
            let number = (year as u64 * 100 + month as u64) * 100 + day as u64;
            let shown = (eight_digits(number) | ZEROS).to_le_bytes();
            let [a, b, c, d, e, f, g, h] = shown;
            bytes.extend_from_slice(&[a, b, c, d, b'-', e, f, b'-', g, h]);
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
