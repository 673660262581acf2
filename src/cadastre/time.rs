//! Days, instants, half-open intervals and the two times every version carries.

/// A civil day in the proleptic Gregorian calendar, counted from 1970-01-01.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Day(pub i32);

/// A text that is not a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date, expected YYYY-MM-DD such as 2025-07-01")]
pub struct InvalidDay(pub String);

const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);

impl Day {
    /// The day of a calendar date; nothing when there is no such date.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        Some(Self::from_date(date))
    }

    fn from_date(date: jiff::civil::Date) -> Self {
        Self((date - EPOCH).get_days())
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`InvalidDay`] for anything else, a time of day included.
    pub fn parse(text: &str) -> Result<Self, InvalidDay> {
        jiff::civil::Date::strptime("%Y-%m-%d", text)
            .ok()
            .filter(|_| text.len() == 10)
            .map(Self::from_date)
            .ok_or_else(|| InvalidDay(text.to_owned()))
    }

    /// Year, month and day of the calendar; nothing beyond the years -9999 to 9999.
    ///
    /// Counted in eras of 400 years that begin on 1 March, so that the leap day comes last: every
    /// answer shows several days, and a date of the library checks more than is asked here.
    pub fn ymd(self) -> Option<(i16, i8, i8)> {
        const ERA_DAYS: i64 = 146_097;
        let since_march_of_0 = i64::from(self.0) + 719_468;
        let era = since_march_of_0.div_euclid(ERA_DAYS);
        let day = since_march_of_0.rem_euclid(ERA_DAYS);
        let year = (day - day / 1460 + day / 36_524 - day / (ERA_DAYS - 1)) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        // Months from March on have 153 days in five.
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (month, later) = if month < 10 {
            (month + 3, 0)
        } else {
            (month - 9, 1)
        };
        let year = era * 400 + year + later;
        let year = i16::try_from(year).ok();
        let year = year.filter(|year| (-9999..=9999).contains(year))?;
        Some((year, month as i8, day as i8))
    }

    fn date(self) -> Option<jiff::civil::Date> {
        let days = jiff::Span::new().try_days(self.0).ok()?;
        EPOCH.checked_add(days).ok()
    }

    /// The day after.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The day before.
    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.date() {
            Some(date) => write!(f, "{date}"),
            None => write!(f, "day {}", self.0),
        }
    }
}

/// A moment: microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Instant(pub i64);

/// Offset of Vietnam's civil time from UTC, in microseconds: seven hours, all year.
const VIETNAM_OFFSET_US: i64 = 7 * 3600 * 1_000_000;
const DAY_US: i64 = 24 * 3600 * 1_000_000;

impl Instant {
    /// The civil day in Vietnam (UTC+7) at this moment.
    pub const fn day_in_vietnam(self) -> Day {
        Day((self.0 + VIETNAM_OFFSET_US).div_euclid(DAY_US) as i32)
    }

    /// The moment at which a civil day begins in Vietnam (UTC+7).
    pub const fn start_of_day_in_vietnam(day: Day) -> Self {
        Self(day.0 as i64 * DAY_US - VIETNAM_OFFSET_US)
    }

    /// Reads an RFC 3339 timestamp such as `2026-11-23T17:02:31Z`.
    ///
    /// # Errors
    /// [`InvalidDay`] with the text for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidDay> {
        text.parse::<jiff::Timestamp>()
            .map(|t| Self(t.as_microsecond()))
            .map_err(|_| InvalidDay(text.to_owned()))
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(timestamp) => write!(f, "{timestamp}"),
            Err(_) => write!(f, "{} µs", self.0),
        }
    }
}

/// A half-open interval `[from, to)`; `to` is absent while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval<T> {
    /// First member.
    pub from: T,
    /// First non-member after it, if the interval has been closed.
    pub to: Option<T>,
}

impl<T: PartialOrd + Copy> Interval<T> {
    /// From `from` on, not yet closed.
    pub const fn open(from: T) -> Self {
        Self { from, to: None }
    }

    /// `from ≤ t < to`: the first member counts, `to` does not.
    pub fn has(&self, t: T) -> bool {
        self.from <= t && self.to.is_none_or(|to| t < to)
    }
}

impl<T: Ord + Copy> Interval<T> {
    /// The members of both; nothing when they have none in common.
    pub fn common(self, other: Self) -> Option<Self> {
        let common = Self {
            from: self.from.max(other.from),
            to: match (self.to, other.to) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        };
        common
            .to
            .is_none_or(|to| common.from < to)
            .then_some(common)
    }

    /// The shortest interval with both in it.
    pub fn hull(self, other: Self) -> Self {
        Self {
            from: self.from.min(other.from),
            to: self.to.zip(other.to).map(|(a, b)| a.max(b)),
        }
    }
}

/// When a version was so in the world (valid), and when the register held it so (recorded).
#[doc(alias = "VersionedObject")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lifespan {
    /// Valid time, in civil days of Vietnam.
    pub valid: Interval<Day>,
    /// Recorded time.
    pub recorded: Interval<Instant>,
}

/// The number of a state of the register; grows by one with every commit.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Revision(pub u64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_seventeen_hours_utc() {
        let before = Instant::parse("2026-11-23T16:59:59.999999Z").expect("a timestamp");
        assert_eq!(before.day_in_vietnam().to_string(), "2026-11-23");
        assert_eq!(
            Instant(before.0 + 1).day_in_vietnam().to_string(),
            "2026-11-24"
        );
        let start = Instant::start_of_day_in_vietnam(Day::parse("2026-11-24").expect("a day"));
        assert_eq!(start, Instant(before.0 + 1));
    }

    #[test]
    fn a_day_is_written_with_four_two_and_two_digits_only() {
        assert_eq!(Day::parse("1970-01-02"), Ok(Day(1)));
        for text in ["2025-7-1", "2025-07-01T00:00", "2025-02-29", "", "nay"] {
            assert!(Day::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn year_month_and_day_are_those_of_the_library_on_every_day_it_knows() {
        // -9999-01-01 to 9999-12-31.
        let all = (-4_371_587..=2_932_896).step_by(97);
        for day in all.chain(-30_000..117_000).chain([2_932_896]).map(Day) {
            let date = day
                .date()
                .map(|date| (date.year(), date.month(), date.day()));
            assert_eq!(day.ymd(), date, "{day:?}");
        }
        for beyond in [i32::MIN, -4_371_588, 2_932_897, i32::MAX] {
            assert_eq!(Day(beyond).ymd(), None, "{beyond}");
        }
    }

    #[test]
    fn an_interval_holds_its_first_day_and_not_its_end() {
        let interval = Interval {
            from: Day(3),
            to: Some(Day(5)),
        };
        assert_eq!(
            [2, 3, 4, 5].map(|d| interval.has(Day(d))),
            [false, true, true, false]
        );
    }
}
