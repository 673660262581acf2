//! Which revision changed each collection last, by the indexes of what was recorded and closed.

use super::connection::{AnyConnection, on_both};
use super::error::Error;
use super::schema::{
    corridors, corridors_closed, parcels, parcels_closed, restrictions, restrictions_closed,
    revisions, roads, roads_closed, wards, wards_closed, zones, zones_closed,
};
use super::store::Store;
use crate::cadastre::{Instant, Revision};
use diesel::dsl::max;
use diesel::prelude::*;

/// A revision that changed something, and when it was recorded: no two registers have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LastChange {
    /// The revision.
    pub revision: Revision,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// The last change of each collection; nothing for one that never held anything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LastChanges {
    /// Of the parcels.
    pub parcels: Option<LastChange>,
    /// Of the wards.
    pub wards: Option<LastChange>,
    /// Of the units of zoning plans.
    pub zones: Option<LastChange>,
    /// Of the rights of way.
    pub roads: Option<LastChange>,
    /// Of the protection corridors.
    pub corridors: Option<LastChange>,
    /// Of the other restrictions.
    pub restrictions: Option<LastChange>,
}

impl Store {
    /// Which revision changed each collection last.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn last_changes(&self) -> Result<LastChanges, Error> {
        self.read(last_changes)
    }

    /// Whether a change is one of this register, and of no other or of one that was restored since.
    ///
    /// # Errors
    /// Any failure of the database.
    pub fn has_recorded(&self, change: LastChange) -> Result<bool, Error> {
        let count: i64 = self.read(|c| {
            Ok(on_both!(c, c => revisions::table
                .filter(revisions::number.eq(change.revision.0 as i64))
                .filter(revisions::recorded_at.eq(change.recorded_at.0))
                .count()
                .get_result(c))?)
        })?;
        Ok(count > 0)
    }
}

/// The last change of each collection.
fn last_changes(connection: &mut AnyConnection) -> Result<LastChanges, Error> {
    macro_rules! last {
        ($open:ident, $closed:ident) => {{
            let numbers: [Option<i64>; 3] = on_both!(&mut *connection, c => [
                $open::table.select(max($open::recorded_in)).first(c)?,
                $closed::table.select(max($closed::recorded_in)).first(c)?,
                $closed::table.select(max($closed::closed_in)).first(c)?,
            ]);
            match numbers.into_iter().flatten().max() {
                Some(number) => Some(recorded(connection, number)?),
                None => None,
            }
        }};
    }
    Ok(LastChanges {
        parcels: last!(parcels, parcels_closed),
        wards: last!(wards, wards_closed),
        zones: last!(zones, zones_closed),
        roads: last!(roads, roads_closed),
        corridors: last!(corridors, corridors_closed),
        restrictions: last!(restrictions, restrictions_closed),
    })
}

/// A revision with the moment of its recording.
fn recorded(connection: &mut AnyConnection, number: i64) -> Result<LastChange, Error> {
    let at: i64 = on_both!(connection, c => revisions::table
        .filter(revisions::number.eq(number))
        .select(revisions::recorded_at)
        .first(c))?;
    Ok(LastChange {
        revision: Revision(super::codes::narrow(number, "a revision")?),
        recorded_at: Instant(at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::walks;

    #[test]
    fn the_last_change_is_found_by_indexes_and_no_table_is_walked_through() {
        let (asked, through) = walks(|connection| {
            let none = last_changes(connection).expect("an empty register");
            assert_eq!(none, LastChanges::default());
        });
        assert_eq!((asked, through), (18, Vec::new()));
    }
}
