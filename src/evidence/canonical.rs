//! Canonical JSON (RFC 8785): one value, one sequence of bytes.

use serde_json::{Number, Value};

/// A value that has no canonical form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// A whole number that a double cannot hold, so that readers would disagree about it.
    #[error("`{0}` is beyond ±9007199254740991, expected a number that every JSON reader keeps")]
    NumberTooLarge(String),
    /// The value is not JSON, such as a map whose keys are not texts.
    #[error("the value is not JSON: {0}")]
    NotJson(String),
}

const LARGEST_WHOLE: u64 = (1 << 53) - 1;

/// The canonical bytes of anything that serialises to JSON.
///
/// # Errors
/// [`NotCanonical`] as [`canonical_json`], or for a value that is not JSON.
pub fn canonical_bytes<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, NotCanonical> {
    let value = serde_json::to_value(value).map_err(|e| NotCanonical::NotJson(e.to_string()))?;
    canonical_json(&value)
}

/// The canonical bytes of a JSON value: no white space, members sorted by the UTF-16 code units of
/// their names, texts with the fewest escapes, numbers as ECMAScript writes them.
///
/// # Errors
/// [`NotCanonical::NumberTooLarge`] for a whole number beyond ±(2^53 − 1).
pub fn canonical_json(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    let mut out = String::new();
    write_value(&mut out, value)?;
    Ok(out.into_bytes())
}

fn write_value(out: &mut String, value: &Value) -> Result<(), NotCanonical> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number)?,
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_value(out, item)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, (name, member)) in members.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_text(out, name);
                out.push(':');
                write_value(out, member)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn write_number(out: &mut String, number: &Number) -> Result<(), NotCanonical> {
    let whole = number.as_u64().or(number.as_i64().map(i64::unsigned_abs));
    match (whole, number.as_f64()) {
        (Some(whole), _) if whole <= LARGEST_WHOLE => out.push_str(&number.to_string()),
        (None, Some(double)) => write_double(out, double),
        _ => return Err(NotCanonical::NumberTooLarge(number.to_string())),
    }
    Ok(())
}

/// ECMAScript's Number::toString: the shortest digits that read back to the same double, plain
/// from 1e-6 to below 1e21, with an exponent outside.
fn write_double(out: &mut String, double: f64) {
    if double == 0.0 {
        out.push('0');
        return;
    }
    if double < 0.0 {
        out.push('-');
    }
    let scientific = format!("{:e}", double.abs());
    let (mantissa, exponent) = scientific
        .split_once('e')
        .expect("`{:e}` of a finite number has an exponent");
    let digits: String = mantissa.chars().filter(|&c| c != '.').collect();
    let exponent: i32 = exponent.parse().expect("`{:e}` writes a whole exponent");
    // The value is 0.digits × 10^point.
    let (count, point) = (digits.len() as i32, exponent + 1);
    if count <= point && point <= 21 {
        out.push_str(&digits);
        out.extend(std::iter::repeat_n('0', (point - count) as usize));
    } else if 0 < point && point <= 21 {
        let (whole, fraction) = digits.split_at(point as usize);
        out.push_str(whole);
        out.push('.');
        out.push_str(fraction);
    } else if -6 < point && point <= 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', (-point) as usize));
        out.push_str(&digits);
    } else {
        let (first, rest) = digits.split_at(1);
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        out.push_str(&format!("e{exponent:+}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> String {
        let value: Value = serde_json::from_str(text).expect("JSON");
        String::from_utf8(canonical_json(&value).expect("canonical")).expect("UTF-8")
    }

    #[test]
    fn the_examples_of_rfc_8785_come_out_as_it_prints_them() {
        let example = serde_json::json!({
            "numbers": [333_333_333.333_333_3, 1e30, 4.50, 2e-3, 1e-27],
            "string": "\u{20ac}$\u{f}\nA'\u{42}\u{22}\u{5c}\\\"/",
            "literals": [null, true, false],
        });
        let expected = concat!(
            r#"{"literals":[null,true,false],"#,
            r#""numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#,
            r#""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        );
        let bytes = canonical_json(&example).expect("canonical");
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
        let sorted = r#"{"€":1,"\r":2,"\ufb33":3,"1":4,"😀":5,"\u0080":6,"ö":7}"#;
        let expected = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}";
        assert_eq!(canonical(sorted), expected);
    }

    #[test]
    fn numbers_are_written_as_ecmascript_writes_them() {
        for (bits, text) in [
            (0x0000_0000_0000_0001_u64, "5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x8000_0000_0000_0000, "0"),
        ] {
            let mut out = String::new();
            write_double(&mut out, f64::from_bits(bits));
            assert_eq!(out, text);
        }
        assert_eq!(
            canonical("[106.698000001, 1.0, -5, 1e-7]"),
            "[106.698000001,1,-5,1e-7]"
        );
    }

    #[test]
    fn a_whole_number_that_a_double_cannot_hold_is_refused() {
        assert_eq!(
            canonical("[9007199254740991,-9007199254740991]"),
            "[9007199254740991,-9007199254740991]"
        );
        let value: Value = serde_json::from_str("9007199254740992").expect("JSON");
        assert!(matches!(
            canonical_json(&value),
            Err(NotCanonical::NumberTooLarge(_))
        ));
    }

    #[test]
    fn the_order_of_members_and_white_space_does_not_change_the_bytes() {
        assert_eq!(
            canonical(r#"{ "b": [1, {"y":2,"x":1}], "a": "Bến Thành" }"#),
            r#"{"a":"Bến Thành","b":[1,{"x":1,"y":2}]}"#
        );
    }
}
