//! The one row every writer moves on: the newest revision and the next unused keys.

use super::connection::{AnyConnection, on_both};
use super::error::Error;
use super::schema::{register_head, revisions};
use crate::cadastre::{Instant, Revision};
use diesel::prelude::*;

/// A series of keys that the register hands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sequence {
    /// Parcel ids.
    Parcels,
    /// Feature ids.
    Features,
    /// Ids of basic administrative units, parties and the like.
    Others,
}

/// The head, held by the transaction that read it.
#[derive(Debug, Clone, Queryable, AsChangeset)]
#[diesel(table_name = register_head)]
pub(super) struct Head {
    pub revision: i64,
    pub next_version: i64,
    pub next_parcel: i64,
    pub next_feature: i64,
    pub next_other: i64,
}

const COLUMNS: (
    register_head::revision,
    register_head::next_version,
    register_head::next_parcel,
    register_head::next_feature,
    register_head::next_other,
) = (
    register_head::revision,
    register_head::next_version,
    register_head::next_parcel,
    register_head::next_feature,
    register_head::next_other,
);

impl Head {
    /// Reads the head and keeps every other writer waiting until the transaction ends: SQLite has
    /// its write lock already, PostgreSQL takes it on the row.
    pub fn hold(connection: &mut AnyConnection) -> Result<Self, Error> {
        on_both!(connection, c => {
            diesel::update(register_head::table)
                .set(register_head::revision.eq(register_head::revision))
                .execute(c)?;
            Ok(register_head::table.select(COLUMNS).first(c)?)
        })
    }

    /// Moves the head on.
    pub fn release(&self, connection: &mut AnyConnection) -> Result<(), Error> {
        on_both!(connection, c => diesel::update(register_head::table).set(self).execute(c))?;
        Ok(())
    }

    /// The next unused key of a version.
    pub const fn version(&mut self) -> i64 {
        self.next_version += 1;
        self.next_version - 1
    }

    /// The next unused key of any other row.
    pub const fn other(&mut self) -> i64 {
        self.next_other += 1;
        self.next_other - 1
    }

    /// Keeps a key that came from outside from being handed out again.
    pub fn pass(&mut self, sequence: Sequence, key: i64) {
        let next = self.next(sequence);
        *next = (*next).max(key + 1);
    }

    /// Hands out a run of keys.
    pub fn reserve(&mut self, sequence: Sequence, count: u32) -> std::ops::Range<i64> {
        let next = self.next(sequence);
        let first = *next;
        *next += i64::from(count);
        first..*next
    }

    const fn next(&mut self, sequence: Sequence) -> &mut i64 {
        match sequence {
            Sequence::Parcels => &mut self.next_parcel,
            Sequence::Features => &mut self.next_feature,
            Sequence::Others => &mut self.next_other,
        }
    }
}

/// The newest revision and when it was recorded; nothing recorded is revision 0.
pub(super) fn newest(connection: &mut AnyConnection) -> Result<(Revision, Option<Instant>), Error> {
    let newest: Option<(i64, i64)> = on_both!(connection, c => revisions::table
        .select((revisions::number, revisions::recorded_at))
        .order(revisions::number.desc())
        .first(c)
        .optional())?;
    let (number, at) = newest.map_or((0, None), |(number, at)| (number, Some(Instant(at))));
    Ok((Revision(super::codes::narrow(number, "a revision")?), at))
}
