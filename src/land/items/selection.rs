//! What is wanted of a collection: days, places.

use super::Region;
use crate::cadastre::{Day, Interval};
use crate::land::filter::{Condition, Said};

/// A closed range of civil days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    /// First day.
    pub from: Day,
    /// Last day; not before the first.
    pub to: Day,
}

impl Days {
    /// One day.
    pub const fn on(day: Day) -> Self {
        Self { from: day, to: day }
    }

    /// Whether an interval has one of the days.
    pub fn meet(&self, valid: Interval<Day>) -> bool {
        valid.from <= self.to && valid.to.is_none_or(|to| self.from < to)
    }
}

/// What is wanted of a collection.
///
/// An item answers as it was last within the days: an item that ended or changed before their end
/// is shown in the last version that holds on one of them.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The days.
    pub during: Days,
    /// The places; without them, everywhere.
    pub region: Option<Region>,
    /// What else it has to fulfil.
    pub condition: Option<Condition>,
}

impl Selection {
    /// The last version of an item within some days, wherever it lies.
    pub fn during(during: Days) -> Self {
        Self {
            during,
            region: None,
            condition: None,
        }
    }

    /// Whether an item fulfils the condition; what is not known is not fulfilled.
    pub(in crate::land) fn is_fulfilled<'a>(&self, said: impl FnOnce() -> Said<'a>) -> bool {
        let condition = self.condition.as_ref();
        condition.is_none_or(|condition| condition.of(&said()) == Some(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_meets_the_days_it_holds_on_and_not_the_day_it_ends() {
        let valid = Interval {
            from: Day(3),
            to: Some(Day(5)),
        };
        let meet = |from, to| {
            let (from, to) = (Day(from), Day(to));
            Days { from, to }.meet(valid)
        };
        assert_eq!(
            [(1, 2), (1, 3), (4, 4), (5, 9), (0, 9)].map(|(from, to)| meet(from, to)),
            [false, true, true, false, true]
        );
        assert!(Days::on(Day(i32::MAX)).meet(Interval::open(Day(3))));
    }
}
