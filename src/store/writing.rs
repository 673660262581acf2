//! One write under way: keys, counts, and rows that move between the open and the closed table.

use super::connection::AnyConnection;
use super::error::Error;
use super::head::{self, Head};
use super::rtree::Extents;
use super::tables::VersionedTable;
use super::timeline::{self, Change};
use crate::cadastre::{Instant, Revision};

/// How many rows of each sort an edit wrote.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub parcels_written: i64,
    pub parcels_closed: i64,
    pub features_written: i64,
    pub features_closed: i64,
    pub others: i64,
}

/// A write transaction that holds the head of the register.
pub(super) struct Writing<'c> {
    pub connection: &'c mut AnyConnection,
    pub head: Head,
    /// When it is recorded, in microseconds.
    pub at: i64,
    /// The revision being made.
    pub revision: i64,
    pub counts: Counts,
    pub extents: Extents,
}

impl<'c> Writing<'c> {
    /// Takes the head. Recorded time never runs backwards, even when the clock does: the moment
    /// is at least one microsecond after the newest revision.
    pub fn begin(connection: &'c mut AnyConnection, at: Instant) -> Result<Self, Error> {
        let head = Head::hold(connection)?;
        let (_, before) = head::newest(connection)?;
        Ok(Self {
            at: before.map_or(at.0, |before| at.0.max(before.0 + 1)),
            revision: head.revision + 1,
            connection,
            head,
            counts: Counts::default(),
            extents: Extents::default(),
        })
    }

    /// Applies changes to the versions of their things; how many rows were written and closed.
    pub fn settle<R: VersionedTable>(
        &mut self,
        changes: Vec<(R::Key, Change<R>)>,
    ) -> Result<(i64, i64), Error> {
        self.settle_held(changes, |_| true)
    }

    /// [`Writing::settle`], asking only for things that may be held already.
    pub fn settle_held<R: VersionedTable>(
        &mut self,
        changes: Vec<(R::Key, Change<R>)>,
        may_be_held: impl Fn(&R::Key) -> bool,
    ) -> Result<(i64, i64), Error> {
        let changes = timeline::by_key(changes);
        let keys = changes.keys().filter(|key| may_be_held(key));
        let keys: Vec<R::Key> = keys.cloned().collect();
        let current = R::current(self.connection, &keys)?;
        let (written, closed) = timeline::settled(changes, current)?;
        let counts = (written.len() as i64, closed.len() as i64);
        self.close(closed)?;
        self.write(written)?;
        Ok(counts)
    }

    fn close<R: VersionedTable>(&mut self, rows: Vec<R>) -> Result<(), Error> {
        let (mut open, ended): (Vec<R>, Vec<R>) =
            rows.into_iter().partition(|row| row.valid_to().is_none());
        let versions = |rows: &[R]| -> Vec<i64> { rows.iter().map(R::version).collect() };
        let removed = R::remove_open(self.connection, &versions(&open))?;
        let closed = R::close_closed(self.connection, &versions(&ended), self.at, self.revision)?;
        if removed + closed != open.len() + ended.len() {
            return Err(Error::Stale {
                what: R::WHAT,
                key: format!("{} versions", open.len() + ended.len()),
            });
        }
        for row in &mut open {
            row.close(self.at, self.revision);
        }
        R::insert_closed(self.connection, &open)
    }

    fn write<R: VersionedTable>(&mut self, mut rows: Vec<R>) -> Result<(), Error> {
        for row in &mut rows {
            row.record(self.head.version(), self.at, self.revision);
        }
        let (open, ended): (Vec<R>, Vec<R>) =
            rows.into_iter().partition(|row| row.valid_to().is_none());
        let boxed = |row| (R::version(row), R::geom(row));
        self.extents.add(R::OPEN, open.iter().map(boxed));
        self.extents.add(R::CLOSED, ended.iter().map(boxed));
        R::insert_open(self.connection, &open)?;
        R::insert_closed(self.connection, &ended)
    }

    /// Moves the head on without a new revision: nothing that a snapshot holds was changed.
    pub fn keep_revision(self) -> Result<(), Error> {
        self.head.release(self.connection)
    }

    /// Writes the extents, moves the head on and gives the new revision.
    pub fn release(mut self) -> Result<Revision, Error> {
        self.extents.write(self.connection)?;
        self.head.revision = self.revision;
        self.head.release(self.connection)?;
        Ok(Revision(super::codes::narrow(self.revision, "a revision")?))
    }
}
