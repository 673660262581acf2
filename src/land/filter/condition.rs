//! What is asked of an item: comparisons, places, days, and how they are joined.

use std::cmp::Ordering;

use super::days::{Span, SpanRelation};
use super::figure::{Figure, Relation};
use super::pattern::Pattern;
use super::property::{Holds, Property};
use super::said::Said;
use super::value::{Fold, Value};

/// A condition.
#[derive(Debug, Clone)]
pub enum Condition {
    /// Always the same.
    Always(bool),
    /// A property that is true or false.
    Says(Property),
    /// All of these.
    All(Vec<Self>),
    /// One of these at least.
    Any(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// Two values compare so.
    Compare(Scalar, Comparison, Scalar),
    /// A text fits a pattern.
    Like(Scalar, Pattern),
    /// A value lies between two others, these included.
    Between(Scalar, Scalar, Scalar),
    /// A value is one of these.
    In(Scalar, Vec<Scalar>),
    /// Nothing is held.
    IsNull(Property),
    /// The item lies so to a figure.
    Lies(Relation, Figure),
    /// A span lies so to another.
    When(SpanRelation, Span, Span),
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value that is compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// What an item says.
    Of(Property),
    /// This.
    Is(Value<'static>),
    /// A text without what is left out of account.
    Folded(Fold, Box<Self>),
}

impl Comparison {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Unequal => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

impl Scalar {
    /// What kind of value it is.
    pub fn holds(&self) -> Holds {
        match self {
            Self::Of(property) => property.holds,
            Self::Is(Value::Number(_)) => Holds::Number,
            Self::Is(Value::Truth(_)) => Holds::Truth,
            Self::Is(Value::Day(_)) => Holds::Day,
            Self::Is(Value::Text(_) | Value::Null) | Self::Folded(..) => Holds::Text,
        }
    }

    fn value<'v>(&'v self, said: &'v Said<'_>) -> Value<'v> {
        match self {
            Self::Of(property) => said.value(property),
            Self::Is(value) => value.clone(),
            Self::Folded(fold, of) => match of.value(said) {
                Value::Text(text) => Value::Text(fold.apply(&text).into()),
                other => other,
            },
        }
    }
}

impl Condition {
    /// Whether an item fulfils it; nothing when that is not known.
    pub(in crate::land) fn of(&self, said: &Said<'_>) -> Option<bool> {
        match self {
            Self::Always(truth) => Some(*truth),
            Self::Says(property) => match said.value(property) {
                Value::Truth(truth) => Some(truth),
                _ => None,
            },
            Self::All(conditions) => all(conditions, said, false),
            Self::Any(conditions) => all(conditions, said, true),
            Self::Not(condition) => condition.of(said).map(|truth| !truth),
            Self::Compare(a, how, b) => {
                let ordering = a.value(said).compare(&b.value(said))?;
                Some(how.holds(ordering))
            }
            Self::Like(text, pattern) => match text.value(said) {
                Value::Text(text) => Some(pattern.fits(&text)),
                _ => None,
            },
            Self::Between(value, low, high) => {
                let value = value.value(said);
                let above = value.compare(&low.value(said));
                let below = value.compare(&high.value(said));
                match (above.map(Ordering::is_ge), below.map(Ordering::is_le)) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (above, below) => Some(above? && below?),
                }
            }
            Self::In(value, listed) => {
                let value = value.value(said);
                let mut unknown = matches!(value, Value::Null);
                for one in listed {
                    match value.compare(&one.value(said)) {
                        Some(Ordering::Equal) => return Some(true),
                        Some(_) => {}
                        None => unknown = true,
                    }
                }
                (!unknown).then_some(false)
            }
            Self::IsNull(property) => Some(said.is_missing(property)),
            Self::Lies(relation, figure) => said.lies(*relation, figure),
            Self::When(relation, a, b) => relation.of(a, b, said),
        }
    }

    /// The figure that every item that fulfils it has a point in common with, if it says so.
    pub(in crate::land) fn figure(&self) -> Option<&Figure> {
        match self {
            Self::Lies(relation, figure) if *relation != Relation::Disjoint => Some(figure),
            Self::All(conditions) => conditions.iter().find_map(Self::figure),
            _ => None,
        }
    }
}

/// Whether all hold; or, for `ends_at` true, whether any holds. What is unknown decides nothing
/// by itself.
fn all(conditions: &[Condition], said: &Said<'_>, ends_at: bool) -> Option<bool> {
    let mut unknown = false;
    for condition in conditions {
        match condition.of(said) {
            Some(truth) if truth == ends_at => return Some(ends_at),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(!ends_at)
}
