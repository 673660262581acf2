//! Values that are compared: numbers, texts, truths, days.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::cadastre::{Day, names};

/// A value of an item or of a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// None is held.
    Null,
    /// A number; decimal figures are those a reader of their text would get.
    Number(f64),
    /// A text, in the composed normal form (NFC).
    Text(Cow<'a, str>),
    /// True or false.
    Truth(bool),
    /// A civil day in Vietnam.
    Day(Day),
}

impl Value<'_> {
    /// How it compares to another of its kind; texts by their code points. Nothing when one is
    /// missing or they are of different kinds.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Truth(a), Self::Truth(b)) => Some(a.cmp(b)),
            (Self::Day(a), Self::Day(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// The figure of a whole number.
    pub(super) fn whole(number: i64) -> Self {
        Self::Number(number as f64)
    }

    /// The figure of `units` divided by 10^`decimals`: the double nearest to it, as a parser of
    /// its text answers.
    pub(super) fn decimal(units: i64, decimals: i32) -> Self {
        Self::Number(units as f64 / 10_f64.powi(decimals))
    }

    /// A value that may be missing.
    pub(super) fn of<T>(held: Option<T>, value: impl FnOnce(T) -> Self) -> Self {
        held.map_or(Self::Null, value)
    }
}

/// What is left out of account when texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fold {
    /// Upper and lower case.
    pub case: bool,
    /// Diacritics; `đ` counts as `d`.
    pub accents: bool,
}

impl Fold {
    /// A text without what is left out of account.
    pub fn apply(self, text: &str) -> String {
        let bare = if self.accents {
            names::without_diacritics(text)
        } else {
            names::nfc(text)
        };
        if self.case { bare.to_lowercase() } else { bare }
    }

    /// Both left out of account together.
    pub fn and(self, other: Self) -> Self {
        Self {
            case: self.case || other.case,
            accents: self.accents || other.accents,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_the_number_that_its_text_is_read_as() {
        for units in [1_i64, 7, 10, 29, 12_035, 99_999_999, 12_345_678_901] {
            let text = format!("{}.{:02}", units / 100, units % 100);
            let read: f64 = text.parse().expect("a number");
            assert_eq!(Value::decimal(units, 2), Value::Number(read), "{text}");
        }
    }

    #[test]
    fn values_of_different_kinds_and_missing_ones_do_not_compare() {
        let text = Value::Text("1".into());
        assert_eq!(text.compare(&Value::Number(1.0)), None);
        assert_eq!(Value::Null.compare(&Value::Null), None);
        assert_eq!(
            Value::Number(f64::NAN).compare(&Value::Number(f64::NAN)),
            None
        );
        assert_eq!(
            Value::Day(Day(1)).compare(&Value::Day(Day(2))),
            Some(Ordering::Less)
        );
    }

    #[test]
    fn a_text_can_be_compared_without_case_and_without_diacritics() {
        let fold = |case, accents| Fold { case, accents }.apply("Đường Lê Lợi");
        assert_eq!(fold(false, false), "Đường Lê Lợi");
        assert_eq!(fold(true, false), "đường lê lợi");
        assert_eq!(fold(false, true), "Duong Le Loi");
        assert_eq!(fold(true, true), "duong le loi");
    }
}
