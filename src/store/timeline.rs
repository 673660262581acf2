//! The two times: what a change does to the versions of one thing.

use super::error::Error;
use std::collections::BTreeMap;

/// A row of a versioned table; days are ISO texts, which order like the days.
pub(super) trait Versioned: Clone {
    /// Which kind of thing, for errors.
    const WHAT: &'static str;
    /// Key of the thing, the same in all its versions.
    type Key: Ord + Clone + std::fmt::Display;
    /// Key of the thing.
    fn key(&self) -> Self::Key;
    /// Key of this version.
    fn version(&self) -> i64;
    /// First day.
    fn valid_from(&self) -> &str;
    /// First day after.
    fn valid_to(&self) -> Option<&str>;
    /// The same content as a version not yet written, with other days.
    fn on(&self, from: &str, to: Option<&str>) -> Self;
    /// Gives the version its key and its recorded time.
    fn record(&mut self, version: i64, at: i64, revision: i64);
    /// Ends the version's recorded time.
    fn close(&mut self, at: i64, revision: i64);
}

/// One change of one thing.
#[derive(Debug, Clone)]
pub(super) enum Change<R> {
    /// A version on days that no other version holds.
    Open(R),
    /// A version that takes the place of whatever holds on its days.
    Put(R),
    /// The version is different from the row's first day on.
    Supersede(i64, R),
    /// The version ends.
    CloseVersion(i64, String),
    /// The thing ends, whichever versions it has.
    CloseAll(String),
}

/// Changes by the key of the thing they change, each in its order.
pub(super) type ByKey<R> = BTreeMap<<R as Versioned>::Key, Vec<Change<R>>>;

/// Sorts changes by the key of their thing.
pub(super) fn by_key<R: Versioned>(changes: Vec<(R::Key, Change<R>)>) -> ByKey<R> {
    let mut sorted: ByKey<R> = BTreeMap::new();
    for (key, change) in changes {
        sorted.entry(key).or_default().push(change);
    }
    sorted
}

/// Applies changes to the rows of their things that are the current knowledge: the rows to write,
/// and the rows whose recorded time ends.
///
/// # Errors
/// As [`Timeline::apply`].
pub(super) fn settled<R: Versioned>(
    changes: ByKey<R>,
    rows: Vec<R>,
) -> Result<(Vec<R>, Vec<R>), Error> {
    let mut current: BTreeMap<R::Key, Vec<R>> = BTreeMap::new();
    for row in rows {
        current.entry(row.key()).or_default().push(row);
    }
    let (mut written, mut closed) = (Vec::new(), Vec::new());
    for (key, changes) in changes {
        let mut timeline = Timeline::new(&key, current.remove(&key).unwrap_or_default());
        for change in changes {
            timeline.apply(change)?;
        }
        written.extend(timeline.written);
        closed.extend(timeline.closed);
    }
    Ok((written, closed))
}

/// The current knowledge of one thing, and what the changes so far do to it.
#[derive(Debug)]
pub(super) struct Timeline<R> {
    key: String,
    /// Rows in the store that are still the current knowledge.
    kept: Vec<R>,
    /// Rows in the store whose recorded time ends.
    pub closed: Vec<R>,
    /// Rows to write.
    pub written: Vec<R>,
}

fn end_before(end: Option<&str>, day: &str) -> bool {
    end.is_some_and(|end| end <= day)
}

fn overlap<R: Versioned>(a: &R, b: &R) -> bool {
    !end_before(a.valid_to(), b.valid_from()) && !end_before(b.valid_to(), a.valid_from())
}

impl<R: Versioned> Timeline<R> {
    /// Begins with the rows of one thing that are the current knowledge.
    pub fn new(key: &R::Key, current: Vec<R>) -> Self {
        Self {
            key: key.to_string(),
            kept: current,
            closed: Vec::new(),
            written: Vec::new(),
        }
    }

    /// Applies one change.
    ///
    /// # Errors
    /// [`Error::Stale`], [`Error::Overlap`] and [`Error::OutsideInterval`], as their texts say.
    pub fn apply(&mut self, change: Change<R>) -> Result<(), Error> {
        match change {
            Change::Open(row) => self.open(row),
            Change::Put(row) => {
                let end = row.valid_to().map(str::to_owned);
                self.clear(row.valid_from().to_owned().as_str(), end.as_deref());
                self.open(row)
            }
            Change::Supersede(version, row) => self.supersede(version, &row),
            Change::CloseVersion(version, to) => {
                let old = self.take(version)?;
                if end_before(old.valid_to(), &to) {
                    return Err(self.outside(&to));
                }
                self.keep_before(&old, &to);
                Ok(())
            }
            Change::CloseAll(to) => {
                if self.kept.is_empty() && self.written.is_empty() {
                    return Err(self.stale());
                }
                self.clear(&to, None);
                Ok(())
            }
        }
    }

    fn supersede(&mut self, version: i64, row: &R) -> Result<(), Error> {
        let old = self.take(version)?;
        let from = row.valid_from();
        if end_before(old.valid_to(), from) {
            return Err(self.outside(from));
        }
        self.keep_before(&old, from);
        self.open(row.on(from, old.valid_to()))
    }

    fn open(&mut self, row: R) -> Result<(), Error> {
        if row.valid_to().is_some_and(|to| to <= row.valid_from()) {
            return Err(self.outside(row.valid_from()));
        }
        let mut others = self.kept.iter().chain(&self.written);
        if let Some(other) = others.find(|other| overlap(*other, &row)) {
            return Err(Error::Overlap {
                what: R::WHAT,
                key: self.key.clone(),
                day: row.valid_from().max(other.valid_from()).to_owned(),
            });
        }
        self.written.push(row);
        Ok(())
    }

    /// Closes the stored version and hands out its content.
    fn take(&mut self, version: i64) -> Result<R, Error> {
        let place = self.kept.iter().position(|row| row.version() == version);
        let old = self.kept.swap_remove(place.ok_or_else(|| self.stale())?);
        self.closed.push(old.clone());
        Ok(old)
    }

    /// Writes again what was true of a closed row before a day.
    fn keep_before(&mut self, old: &R, day: &str) {
        if old.valid_from() < day {
            self.written.push(old.on(old.valid_from(), Some(day)));
        }
    }

    /// Takes the days `[from, to)` away from every version.
    fn clear(&mut self, from: &str, to: Option<&str>) {
        let touches =
            |row: &R| !end_before(row.valid_to(), from) && !end_before(to, row.valid_from());
        let (hit, kept) = std::mem::take(&mut self.kept)
            .into_iter()
            .partition(touches);
        let (unwritten, written) = std::mem::take(&mut self.written)
            .into_iter()
            .partition(touches);
        (self.kept, self.written) = (kept, written);
        let (hit, unwritten): (Vec<R>, Vec<R>) = (hit, unwritten);
        for old in hit.iter().chain(&unwritten) {
            self.keep_before(old, from);
            if let Some(to) = to.filter(|to| !end_before(old.valid_to(), to)) {
                self.written.push(old.on(to, old.valid_to()));
            }
        }
        self.closed.extend(hit);
    }

    fn stale(&self) -> Error {
        Error::Stale {
            what: R::WHAT,
            key: self.key.clone(),
        }
    }

    fn outside(&self, day: &str) -> Error {
        Error::OutsideInterval {
            what: R::WHAT,
            key: self.key.clone(),
            day: day.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Content and days of a version; its key is its place in the test.
    #[derive(Debug, Clone, PartialEq)]
    struct Row(i64, &'static str, String, Option<String>);

    fn row(version: i64, content: &'static str, from: &str, to: Option<&str>) -> Row {
        Row(version, content, from.to_owned(), to.map(str::to_owned))
    }

    impl Versioned for Row {
        const WHAT: &'static str = "row";
        type Key = i64;
        fn key(&self) -> i64 {
            1
        }
        fn version(&self) -> i64 {
            self.0
        }
        fn valid_from(&self) -> &str {
            &self.2
        }
        fn valid_to(&self) -> Option<&str> {
            self.3.as_deref()
        }
        fn on(&self, from: &str, to: Option<&str>) -> Self {
            row(0, self.1, from, to)
        }
        fn record(&mut self, version: i64, _: i64, _: i64) {
            self.0 = version;
        }
        fn close(&mut self, _: i64, _: i64) {}
    }

    /// What applying a change to `a` on [2, 4) and `b` from 4 on writes and closes.
    fn after(change: Change<Row>) -> Result<(Vec<Row>, Vec<i64>), Error> {
        let current = vec![row(1, "a", "2", Some("4")), row(2, "b", "4", None)];
        let mut timeline = Timeline::new(&1, current);
        timeline.apply(change)?;
        let closed = timeline.closed.iter().map(Versioned::version).collect();
        Ok((timeline.written, closed))
    }

    #[test]
    fn a_superseded_version_is_written_again_with_the_end_it_now_has() {
        let done = after(Change::Supersede(2, row(0, "c", "6", None))).expect("fits");
        let written = vec![row(0, "b", "4", Some("6")), row(0, "c", "6", None)];
        assert_eq!(done, (written, vec![2]));
    }

    #[test]
    fn a_version_superseded_on_its_first_day_is_corrected_as_a_whole() {
        let done = after(Change::Supersede(1, row(0, "c", "2", None))).expect("fits");
        assert_eq!(done, (vec![row(0, "c", "2", Some("4"))], vec![1]));
    }

    #[test]
    fn a_change_from_the_day_of_the_end_on_is_refused() {
        let late = after(Change::Supersede(1, row(0, "c", "4", None)));
        assert!(matches!(late, Err(Error::OutsideInterval { .. })));
        let late = after(Change::CloseVersion(1, "4".to_owned()));
        assert!(matches!(late, Err(Error::OutsideInterval { .. })));
        assert!(after(Change::CloseVersion(1, "3".to_owned())).is_ok());
    }

    #[test]
    fn a_version_that_ends_on_its_first_day_was_never_so() {
        let done = after(Change::CloseVersion(2, "4".to_owned())).expect("fits");
        assert_eq!(done, (Vec::new(), vec![2]));
    }

    #[test]
    fn two_versions_may_meet_on_a_day_and_not_share_one() {
        let meets = after(Change::Open(row(0, "c", "1", Some("2"))));
        assert!(meets.is_ok());
        let shares = after(Change::Open(row(0, "c", "1", Some("3"))));
        assert!(matches!(shares, Err(Error::Overlap { day, .. }) if day == "2"));
        let before = after(Change::Supersede(2, row(0, "c", "3", None)));
        assert!(matches!(before, Err(Error::Overlap { day, .. }) if day == "3"));
    }

    #[test]
    fn a_put_takes_its_days_from_whatever_held_them() {
        let done = after(Change::Put(row(0, "c", "3", Some("5")))).expect("fits");
        let written = vec![
            row(0, "a", "2", Some("3")),
            row(0, "b", "5", None),
            row(0, "c", "3", Some("5")),
        ];
        assert_eq!(done, (written, vec![1, 2]));
    }

    #[test]
    fn an_end_takes_every_later_day_and_something_unknown_cannot_end() {
        let done = after(Change::CloseAll("3".to_owned())).expect("fits");
        assert_eq!(done, (vec![row(0, "a", "2", Some("3"))], vec![1, 2]));
        let unknown = Timeline::<Row>::new(&1, Vec::new()).apply(Change::CloseAll("3".to_owned()));
        assert!(matches!(unknown, Err(Error::Stale { .. })));
    }

    #[test]
    fn a_version_that_is_not_current_is_stale() {
        let stale = after(Change::CloseVersion(9, "5".to_owned()));
        assert!(matches!(stale, Err(Error::Stale { .. })));
    }
}
