//! Numbers as people write them: which sign is the decimal one, and when nobody can tell.

/// The sign before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub enum DecimalSign {
    /// As in `1,234.5`.
    #[serde(rename = ".")]
    Point,
    /// As in `1.234,5`, which is how numbers are written in Vietnam.
    #[serde(rename = ",")]
    Comma,
}

/// What a text says as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Written {
    /// One number.
    Certain(f64),
    /// One of two: `1.234` is a thousand and more, or one and a bit.
    Either {
        /// The sign taken for a decimal one.
        decimal: f64,
        /// The sign taken for one between thousands.
        grouped: f64,
    },
}

impl Written {
    /// Reads a number with spaces or signs between thousands, with `m2`. Nothing else is a number;
    /// signs between thousands have three digits after each. Where `sign` is not stated, two
    /// different signs, or one that cannot stand between thousands, tell which is which.
    pub fn read(text: &str, sign: Option<DecimalSign>) -> Option<Self> {
        let text = text.trim_end_matches("m2").trim_end_matches("m²");
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let read = |sign| match sign {
            DecimalSign::Point => number(&plain, ',', '.'),
            DecimalSign::Comma => number(&plain, '.', ','),
        };
        if let Some(sign) = sign {
            return read(sign).map(Self::Certain);
        }
        match (read(DecimalSign::Point), read(DecimalSign::Comma)) {
            (Some(a), Some(b)) if a != b => Some(Self::Either {
                decimal: a.min(b),
                grouped: a.max(b),
            }),
            (a, b) => a.or(b).map(Self::Certain),
        }
    }
}

fn number(plain: &str, between_thousands: char, decimal: char) -> Option<f64> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = plain.split_once(decimal).unwrap_or((plain, "0"));
    let mut groups = whole.split(between_thousands);
    let first = groups.next().unwrap_or_default();
    let grouped = first.len() < whole.len();
    let leads = !grouped || (1..=3).contains(&first.len()) && !first.starts_with('0');
    let in_threes = groups.all(|group| group.len() == 3 && digits(group));
    let any = plain.bytes().any(|b| b.is_ascii_digit());
    if !(any && leads && in_threes && digits(first) && digits(decimals)) {
        return None;
    }
    let whole = whole.replace(between_thousands, "");
    format!("{whole}.{decimals}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certain(text: &str, sign: Option<DecimalSign>) -> Option<f64> {
        match Written::read(text, sign) {
            Some(Written::Certain(number)) => Some(number),
            _ => None,
        }
    }

    #[test]
    fn numbers_are_read_as_they_are_written_here_and_elsewhere() {
        for (text, number) in [
            ("66,5", 66.5),
            ("66.5 m2", 66.5),
            ("66.", 66.0),
            (".5", 0.5),
            ("0.125", 0.125),
            ("0,125", 0.125),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1.234.567", 1_234_567.0),
            ("1,234,567", 1_234_567.0),
            ("1 234", 1234.0),
            ("1 234,567", 1234.567),
            ("1234.567", 1234.567),
            ("1.2345", 1.2345),
            ("120m²", 120.0),
        ] {
            assert_eq!(certain(text, None), Some(number), "{text}");
        }
        for text in [
            "",
            ".",
            ",",
            "12a",
            "1e5",
            "-3",
            "inf",
            "1.2.3",
            "1,23,4",
            "1.2,345.6",
        ] {
            assert_eq!(Written::read(text, None), None, "{text}");
        }
    }

    #[test]
    fn three_digits_after_the_only_sign_are_two_numbers_until_the_sign_is_stated() {
        for (text, decimal, grouped) in [
            ("1.234", 1.234, 1234.0),
            ("1,234", 1.234, 1234.0),
            ("123.456 m2", 123.456, 123_456.0),
        ] {
            let either = Written::Either { decimal, grouped };
            assert_eq!(Written::read(text, None), Some(either), "{text}");
        }
        assert_eq!(certain("1.234", Some(DecimalSign::Comma)), Some(1234.0));
        assert_eq!(certain("1.234", Some(DecimalSign::Point)), Some(1.234));
        assert_eq!(certain("1,234", Some(DecimalSign::Comma)), Some(1.234));
        assert_eq!(certain("1,234", Some(DecimalSign::Point)), Some(1234.0));
        assert_eq!(certain("66.5", Some(DecimalSign::Comma)), None);
    }
}
