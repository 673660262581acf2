//! What a rule says, and what it comes to at a site.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Extra, PermitPath, Reading, storeys};
use crate::rules::bound::{Bound, Inclusivity, NumberBound, Sense};
use crate::rules::condition::{Condition, all_hold};
use crate::rules::facts::Facts;
use crate::rules::table::{Cell, Entry, Table};
use crate::rules::unit::Unit;

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A number.
    Number(Box<NumberRule>),
    /// One of these words or codes.
    Words(Vec<Box<str>>),
    /// A way to the permit.
    Path(PermitPath),
    /// An office.
    Office {
        /// Code.
        office: Box<str>,
        /// Whether it routes.
        reading: Reading,
    },
    /// That an officer decides.
    OfficerDecides,
}

/// A number that a rule limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRule {
    /// Unit.
    pub unit: Unit,
    /// Sense.
    pub sense: Sense,
    /// Whether the number itself is allowed.
    pub inclusivity: Inclusivity,
    /// Where the number comes from.
    pub table: Table,
    /// To which step it is rounded; not at all when absent.
    pub rounding: Option<Rounding>,
    /// Storeys that may be added.
    pub extras: Vec<Extra>,
    /// No extra is added unless these hold.
    pub extra_when: Vec<Condition>,
    /// What the sum never passes.
    pub greatest: Option<Table>,
}

/// How a number is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// To multiples of this, which is more than zero.
    pub step: Decimal,
    /// Which of the two neighbours.
    pub towards: Towards,
}

/// Which of two neighbouring multiples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// The lower.
    Down,
    /// The nearer; in the middle the upper.
    Nearest,
    /// The upper.
    Up,
}

impl Towards {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Down, Self::Nearest, Self::Up];

    /// The word for it in packs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Nearest => "nearest",
            Self::Up => "up",
        }
    }

    /// The way of a word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == word)
    }
}

impl Rounding {
    /// A number rounded; itself when the step cannot be divided by.
    pub fn rounded(&self, number: Decimal) -> Decimal {
        let strategy = match self.towards {
            Towards::Down => RoundingStrategy::ToNegativeInfinity,
            Towards::Nearest => RoundingStrategy::MidpointAwayFromZero,
            Towards::Up => RoundingStrategy::ToPositiveInfinity,
        };
        let steps = number.checked_div(self.step);
        let steps = steps.map(|steps| steps.round_dp_with_strategy(0, strategy));
        let rounded = steps.and_then(|steps| steps.checked_mul(self.step));
        rounded.map_or(number, |rounded| rounded.normalize())
    }
}

impl Body {
    /// What it comes to at a site, whether or not the rule applies there.
    pub fn bound(&self, facts: &Facts) -> Bound {
        match self {
            Self::Number(rule) => rule.bound(facts),
            Self::Words(words) => Bound::Words(words.clone()),
            Self::Path(path) => Bound::Path(*path),
            Self::Office { office, .. } => Bound::Office(office.clone()),
            Self::OfficerDecides => Bound::OfficerDecides,
        }
    }
}

impl NumberRule {
    /// What its table has at a site, without what may be added to it.
    pub fn base(&self, facts: &Facts) -> Option<Decimal> {
        match self.table.at(facts) {
            Entry::Cell(Cell::Value(base)) => Some(base),
            _ => None,
        }
    }

    fn bound(&self, facts: &Facts) -> Bound {
        let entry = match (self.table.at(facts), &self.greatest) {
            (Entry::Cell(Cell::Value(base)), Some(greatest)) => {
                let allowed = all_hold(&self.extra_when, facts);
                storeys::with_extras(base, &self.extras, &allowed, greatest.at(facts), facts)
            }
            (entry, _) => entry,
        };
        match entry {
            Entry::Cell(Cell::Value(value)) => Bound::Number(NumberBound {
                value: self.rounding.map_or(value, |r| r.rounded(value)),
                unit: self.unit,
                sense: self.sense,
                inclusivity: self.inclusivity,
            }),
            Entry::Cell(Cell::None) => Bound::None,
            Entry::Cell(Cell::Unconfirmed) => Bound::Unconfirmed,
            Entry::Unknown(lacks) => Bound::Unknown(lacks),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_setback_is_rounded_to_half_a_metre() {
        let half = Rounding {
            step: Decimal::new(5, 1),
            towards: Towards::Nearest,
        };
        for (found, rounded) in [(224, 20), (225, 25), (250, 25), (275, 30)] {
            let found = Decimal::new(found, 2);
            assert_eq!(half.rounded(found), Decimal::new(rounded, 1), "{found}");
        }
        let down = Rounding {
            towards: Towards::Down,
            ..half
        };
        assert_eq!(down.rounded(Decimal::new(299, 2)), Decimal::new(25, 1));
    }
}
