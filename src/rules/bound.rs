//! What a rule or all rules together limit, and the comparison of a found value with it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::condition::Lack;
use super::kinds::PermitPath;
use super::unit::Unit;

/// On which side of the number the allowed values lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sense {
    /// Not above it.
    AtMost,
    /// Not below it.
    AtLeast,
}

/// Whether the number itself is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Inclusivity {
    /// It is: `at_most`, `at_least`.
    Inclusive,
    /// It is not: `less_than`, `more_than`.
    Exclusive,
}

/// A number that may not be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberBound {
    /// The number.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// On which side the allowed values lie.
    pub sense: Sense,
    /// Whether the number itself is allowed.
    pub inclusivity: Inclusivity,
}

/// What a rule comes to at a site, or what follows from all rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// A number.
    Number(NumberBound),
    /// One of these words or codes.
    Words(Vec<Box<str>>),
    /// A way to the permit.
    Path(PermitPath),
    /// An office, by its code in the pack.
    Office(Box<str>),
    /// The text leaves it to an officer.
    OfficerDecides,
    /// The text sets no bound.
    None,
    /// What the text says is not known here.
    Unconfirmed,
    /// It depends on something that is not known of the site.
    Unknown(BTreeSet<Lack>),
}

/// How a found value stands to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The bound holds at both ends of found ± tolerance.
    Pass,
    /// It holds at neither end.
    Fail,
    /// It holds at one end only: an officer decides.
    Marginal,
    /// Nobody can say: a parameter is missing, or the text is not confirmed.
    Unknown,
    /// No rule applies, or the text sets no bound.
    NotApplicable,
}

impl Outcome {
    /// The word for it in answers and evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Marginal => "marginal",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }
}

impl NumberBound {
    /// Whether a number is allowed.
    pub fn holds(&self, number: Decimal) -> bool {
        let inside = match self.sense {
            Sense::AtMost => number < self.value,
            Sense::AtLeast => number > self.value,
        };
        inside || self.inclusivity == Inclusivity::Inclusive && number == self.value
    }

    /// Whether it allows less than another of the same sense; equal bounds are not stricter.
    pub fn is_stricter_than(&self, other: &Self) -> bool {
        let further = match self.sense {
            Sense::AtMost => self.value < other.value,
            Sense::AtLeast => self.value > other.value,
        };
        let as_far = self.value == other.value
            && self.inclusivity == Inclusivity::Exclusive
            && other.inclusivity == Inclusivity::Inclusive;
        further || as_far
    }

    /// The word of sense and inclusivity in packs: `at_most`, `less_than`, `at_least`, `more_than`.
    pub const fn word(&self) -> &'static str {
        match (self.sense, self.inclusivity) {
            (Sense::AtMost, Inclusivity::Inclusive) => "at_most",
            (Sense::AtMost, Inclusivity::Exclusive) => "less_than",
            (Sense::AtLeast, Inclusivity::Inclusive) => "at_least",
            (Sense::AtLeast, Inclusivity::Exclusive) => "more_than",
        }
    }
}

/// Compares a found value, in the bound's unit, with the bound.
///
/// With the tolerance τ (not negative; its sign is not regarded): pass when the bound holds at
/// found − τ and at found + τ, fail when it holds at neither, else marginal. With τ = 0 there is no
/// marginal: 17.0 m passes "at most 17.0 m", 17.001 m fails. A value so large that found ± τ cannot
/// be calculated is unknown.
pub fn compare(found: Decimal, bound: &NumberBound, tolerance: Decimal) -> Outcome {
    let ends = found
        .checked_sub(tolerance)
        .zip(found.checked_add(tolerance));
    match ends.map(|(low, high)| (bound.holds(low), bound.holds(high))) {
        Some((true, true)) => Outcome::Pass,
        Some((false, false)) => Outcome::Fail,
        Some(_) => Outcome::Marginal,
        None => Outcome::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metres(value: Decimal, sense: Sense, inclusivity: Inclusivity) -> NumberBound {
        NumberBound {
            value,
            unit: Unit::Metre,
            sense,
            inclusivity,
        }
    }

    #[test]
    fn a_millimetre_decides_without_tolerance_and_leaves_it_to_an_officer_with_one() {
        let bound = metres(17.into(), Sense::AtMost, Inclusivity::Inclusive);
        let at = |mm: i64, tolerance: i64| {
            compare(Decimal::new(mm, 3), &bound, Decimal::new(tolerance, 3))
        };
        assert_eq!(at(16_999, 0), Outcome::Pass);
        assert_eq!(at(17_000, 0), Outcome::Pass);
        assert_eq!(at(17_001, 0), Outcome::Fail);
        assert_eq!(at(16_950, 50), Outcome::Pass);
        assert_eq!(at(16_951, 50), Outcome::Marginal);
        assert_eq!(at(17_050, 50), Outcome::Marginal);
        assert_eq!(at(17_051, 50), Outcome::Fail);
        assert_eq!(at(17_051, -50), Outcome::Fail);
    }

    #[test]
    fn a_number_that_is_left_out_fails_at_itself() {
        let bound = metres(2.into(), Sense::AtLeast, Inclusivity::Exclusive);
        assert_eq!(compare(2.into(), &bound, Decimal::ZERO), Outcome::Fail);
        let more = Decimal::new(2001, 3);
        assert_eq!(compare(more, &bound, Decimal::ZERO), Outcome::Pass);
        assert_eq!(
            compare(Decimal::MAX, &bound, Decimal::MAX),
            Outcome::Unknown
        );
    }

    #[test]
    fn the_stricter_of_two_is_the_one_that_allows_less() {
        let (ten, nine) = (Decimal::from(10), Decimal::from(9));
        let most = |value| metres(value, Sense::AtMost, Inclusivity::Inclusive);
        let least = |value| metres(value, Sense::AtLeast, Inclusivity::Inclusive);
        assert!(most(nine).is_stricter_than(&most(ten)));
        assert!(least(ten).is_stricter_than(&least(nine)));
        assert!(!most(nine).is_stricter_than(&most(nine)));
        let below = metres(nine, Sense::AtMost, Inclusivity::Exclusive);
        assert!(below.is_stricter_than(&most(nine)));
    }
}
