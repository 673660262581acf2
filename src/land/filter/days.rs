//! Civil days and spans of them, and how two of them lie to each other.

use super::property::Property;
use super::said::Said;
use super::value::Value;
use crate::cadastre::Day;

/// An end of a span, or a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SpanEnd {
    /// A day.
    Day(Day),
    /// The day an item says.
    Of(Property),
    /// No end.
    Open,
}

/// A day or a span of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Span {
    /// One day.
    On(SpanEnd),
    /// From one day to another. A day that an item does not have is no end, as in the last version
    /// of an item that has no last day.
    Between(SpanEnd, SpanEnd),
}

/// How a span lies to another (ISO 19108, after Allen).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the standard")]
pub enum SpanRelation {
    After,
    Before,
    Contains,
    Disjoint,
    During,
    Equals,
    FinishedBy,
    Finishes,
    Intersects,
    Meets,
    MetBy,
    OverlappedBy,
    Overlaps,
    StartedBy,
    Starts,
}

impl SpanRelation {
    /// Every relation with its name in CQL2.
    const NAMED: [(&'static str, Self); 15] = [
        ("t_after", Self::After),
        ("t_before", Self::Before),
        ("t_contains", Self::Contains),
        ("t_disjoint", Self::Disjoint),
        ("t_during", Self::During),
        ("t_equals", Self::Equals),
        ("t_finishedBy", Self::FinishedBy),
        ("t_finishes", Self::Finishes),
        ("t_intersects", Self::Intersects),
        ("t_meets", Self::Meets),
        ("t_metBy", Self::MetBy),
        ("t_overlappedBy", Self::OverlappedBy),
        ("t_overlaps", Self::Overlaps),
        ("t_startedBy", Self::StartedBy),
        ("t_starts", Self::Starts),
    ];

    /// The relation with this name in CQL2.
    pub fn named(name: &str) -> Option<Self> {
        let mut named = Self::NAMED.iter();
        named.find(|(known, _)| *known == name).map(|(_, r)| *r)
    }

    /// Whether a span from `a0` to `a1` lies so to one from `b0` to `b1` (OGC 21-065r2, 7.7.2).
    fn holds(self, (a0, a1): (i32, i32), (b0, b1): (i32, i32)) -> bool {
        match self {
            Self::After => a0 > b1,
            Self::Before => a1 < b0,
            Self::Contains => a0 < b0 && a1 > b1,
            Self::Disjoint => a1 < b0 || a0 > b1,
            Self::During => a0 > b0 && a1 < b1,
            Self::Equals => a0 == b0 && a1 == b1,
            Self::FinishedBy => a0 < b0 && a1 == b1,
            Self::Finishes => a0 > b0 && a1 == b1,
            Self::Intersects => a0 <= b1 && a1 >= b0,
            Self::Meets => a1 == b0,
            Self::MetBy => a0 == b1,
            Self::OverlappedBy => a0 > b0 && a0 < b1 && a1 > b1,
            Self::Overlaps => a0 < b0 && a1 > b0 && a1 < b1,
            Self::StartedBy => a0 == b0 && a1 > b1,
            Self::Starts => a0 == b0 && a1 < b1,
        }
    }

    /// Whether one span lies so to another, as an item says; unknown for a day it does not have.
    pub(super) fn of(self, a: &Span, b: &Span, said: &Said<'_>) -> Option<bool> {
        Some(self.holds(a.days(said)?, b.days(said)?))
    }
}

impl Span {
    /// First and last day; an open end is the first or last of all days.
    fn days(&self, said: &Said<'_>) -> Option<(i32, i32)> {
        match self {
            Self::On(day) => day.day(said).map(|day| (day, day)),
            Self::Between(from, to) => Some((
                from.day(said).unwrap_or(i32::MIN),
                to.day(said).unwrap_or(i32::MAX),
            )),
        }
    }
}

impl SpanEnd {
    fn day(&self, said: &Said<'_>) -> Option<i32> {
        match self {
            Self::Day(day) => Some(day.0),
            Self::Of(property) => match said.value(property) {
                Value::Day(day) => Some(day.0),
                _ => None,
            },
            Self::Open => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_holds_where_the_standard_says_and_nowhere_else() {
        use SpanRelation as R;
        let b = (10, 20);
        for (a, expected) in [
            ((1, 5), vec![R::Before, R::Disjoint]),
            ((25, 30), vec![R::After, R::Disjoint]),
            ((5, 10), vec![R::Meets, R::Intersects]),
            ((20, 25), vec![R::MetBy, R::Intersects]),
            ((5, 15), vec![R::Overlaps, R::Intersects]),
            ((15, 25), vec![R::OverlappedBy, R::Intersects]),
            ((12, 18), vec![R::During, R::Intersects]),
            ((5, 25), vec![R::Contains, R::Intersects]),
            ((10, 20), vec![R::Equals, R::Intersects]),
            ((10, 15), vec![R::Starts, R::Intersects]),
            ((10, 25), vec![R::StartedBy, R::Intersects]),
            ((15, 20), vec![R::Finishes, R::Intersects]),
            ((5, 20), vec![R::FinishedBy, R::Intersects]),
        ] {
            for (name, relation) in R::NAMED {
                let wanted = expected.contains(&relation);
                assert_eq!(relation.holds(a, b), wanted, "{a:?} {name}");
            }
        }
    }
}
