//! Reading the register: all of it as a stream, what changed since, one parcel's history.

use super::connection::{AnyConnection, stream};
use super::error::Error;
use super::parcels::{StoredParcel, stored_parcel};
use super::schema::{parcels, parcels_closed, revisions};
use super::{catalogue, features, head, wards};
use crate::cadastre::{Instant, ParcelId, ParcelVersion, Revision, WardCode};
use crate::land::{Changes, RecordKind, RegisterReader};
use diesel::prelude::*;
use diesel::sql_types::Bool;

diesel::allow_tables_to_appear_in_same_query!(parcels, revisions);
diesel::allow_tables_to_appear_in_same_query!(parcels_closed, revisions);

/// What a file says of parcels, as far as it tells which of the register it may be about.
#[derive(Debug, Clone, Copy)]
pub struct FileScope<'a> {
    /// Dataset of which it is a state.
    pub dataset: &'a str,
    /// Smallest and greatest commune of its keys on the map, both inclusive; absent without keys.
    pub communes: Option<(WardCode, WardCode)>,
    /// Whether it states national identifiers.
    pub identified: bool,
}

/// Streams the parcels of a table that pass a filter, in the order of a column, then of versions.
macro_rules! stream_parcels {
    ($connection:expr, $table:ident, $filter:expr, $visit:expr) => {
        stream_parcels!($connection, $table by version, $filter, $visit)
    };
    ($connection:expr, $table:ident by $column:ident, $filter:expr, $visit:expr) => {
        stream!(
            $connection,
            $table::table
                .filter($filter)
                .select(stored_parcel!($table))
                .order(($table::$column, $table::version)),
            StoredParcel,
            |row: StoredParcel| -> Result<(), Error> {
                $visit(row.into_version()?);
                Ok(())
            }
        )
    };
}

/// Streams the current knowledge: wards, successions, layers, features, lineage, parcels.
pub(super) fn load(
    connection: &mut AnyConnection,
    reader: &mut dyn RegisterReader,
) -> Result<Revision, Error> {
    let (revision, _) = head::newest(connection)?;
    if reader.wants(RecordKind::Ward) {
        wards::visit(connection, 0, |ward| reader.ward(ward))?;
    }
    if reader.wants(RecordKind::Succession) {
        catalogue::visit_successions(connection, 0, |row| reader.succession(row))?;
    }
    if reader.wants(RecordKind::Layer) {
        catalogue::visit_layers(connection, 0, |layer| reader.layer(layer))?;
    }
    if reader.wants(RecordKind::Feature) {
        features::visit_current(connection, &mut |feature| reader.feature(feature))?;
    }
    if reader.wants(RecordKind::Lineage) {
        catalogue::visit_lineage(connection, 0, |edge| reader.lineage(edge))?;
    }
    if reader.wants(RecordKind::Parcel) {
        load_parcels(connection, reader)?;
    }
    Ok(revision)
}

fn load_parcels(
    connection: &mut AnyConnection,
    reader: &mut dyn RegisterReader,
) -> Result<(), Error> {
    let mut visit = |version: ParcelVersion| reader.parcel(version);
    stream_parcels!(connection, parcels, parcels::closed_in.is_null(), visit);
    stream_parcels!(
        connection,
        parcels_closed,
        parcels_closed::closed_in.is_null(),
        visit
    );
    Ok(())
}

/// What was written or closed after a revision, as it now stands. A version that was written and
/// closed in between is among them, with its recorded interval closed.
///
/// Everything is asked for in the order of the column that tells the revision: SQLite would walk
/// through the whole table to get the order of another.
pub(super) fn changes_since(
    connection: &mut AnyConnection,
    since: Revision,
) -> Result<Changes, Error> {
    let (to, recorded_at) = head::newest(connection)?;
    let mut changes = Changes {
        to,
        recorded_at,
        ..Changes::default()
    };
    let after = i64::try_from(since.0).unwrap_or(i64::MAX);
    wards::visit(connection, after, |ward| changes.wards.push(ward))?;
    catalogue::visit_successions(connection, after, |row| changes.successions.push(row))?;
    catalogue::visit_layers(connection, after, |layer| changes.layers.push(layer))?;
    features::visit_since(connection, after, &mut |f| changes.features.push(f))?;
    catalogue::visit_lineage(connection, after, |edge| changes.lineage.push(edge))?;
    let mut visit = |version: ParcelVersion| changes.parcels.push(version);
    stream_parcels!(
        connection,
        parcels by recorded_in,
        parcels::recorded_in.gt(after),
        visit
    );
    stream_parcels!(
        connection,
        parcels_closed by recorded_in,
        parcels_closed::recorded_in.gt(after),
        visit
    );
    stream_parcels!(
        connection,
        parcels_closed by closed_in,
        parcels_closed::closed_in
            .gt(after)
            .and(parcels_closed::recorded_in.le(after)),
        visit
    );
    Ok(changes)
}

/// Streams the current knowledge that a file may be about.
pub(super) fn parcels_in_scope(
    connection: &mut AnyConnection,
    scope: FileScope<'_>,
    visit: &mut dyn FnMut(ParcelVersion),
) -> Result<(), Error> {
    let (first, last) = scope
        .communes
        .map_or_else(Default::default, |(first, last)| {
            (first.to_string(), last.to_string())
        });
    macro_rules! stream_scope {
        ($table:ident) => {
            stream_parcels!(
                connection,
                $table,
                $table::closed_in.is_null().and(
                    $table::map_commune
                        .between(&first, &last)
                        .or($table::recorded_in.eq_any(
                            revisions::table
                                .filter(revisions::dataset.eq(scope.dataset))
                                .select(revisions::number)
                        ))
                        .or($table::national_identifier
                            .is_not_null()
                            .and(scope.identified.into_sql::<Bool>()))
                ),
                visit
            )
        };
    }
    stream_scope!(parcels);
    stream_scope!(parcels_closed);
    Ok(())
}

/// Every version of a parcel the register ever held, by valid and then recorded time.
pub(super) fn history(
    connection: &mut AnyConnection,
    parcel: ParcelId,
) -> Result<Vec<ParcelVersion>, Error> {
    let mut versions = Vec::new();
    let mut visit = |version: ParcelVersion| versions.push(version);
    stream_parcels!(
        connection,
        parcels,
        parcels::parcel_id.eq(parcel.get()),
        visit
    );
    stream_parcels!(
        connection,
        parcels_closed,
        parcels_closed::parcel_id.eq(parcel.get()),
        visit
    );
    versions.sort_by_key(|v| (v.lifespan.valid.from, v.lifespan.recorded.from, v.version));
    Ok(versions)
}

/// Streams the parcels as the register knew them at a moment.
pub(super) fn parcels_known_at(
    connection: &mut AnyConnection,
    at: Instant,
    visit: &mut dyn FnMut(ParcelVersion),
) -> Result<(), Error> {
    stream_parcels!(connection, parcels, parcels::recorded_from.le(at.0), visit);
    stream_parcels!(
        connection,
        parcels_closed,
        parcels_closed::recorded_from.le(at.0).and(
            parcels_closed::recorded_to
                .is_null()
                .or(parcels_closed::recorded_to.gt(at.0))
        ),
        visit
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::walks;

    #[test]
    fn what_changed_is_found_by_indexes_and_no_table_is_walked_through() {
        let (asked, through) = walks(|connection| {
            changes_since(connection, Revision(0)).expect("an empty register");
        });
        assert!(asked > 15, "{asked}");
        assert_eq!(through, [] as [String; 0]);
    }
}
