//! What every versioned table can do: find what is current, write, move what has ended.

use super::connection::AnyConnection;
use super::error::Error;
use super::timeline::Versioned;

/// Rows that lie in a table of open versions or, once they have ended, in the closed one beside it.
pub(super) trait VersionedTable: Versioned + Sized {
    /// Name of the table of open versions.
    const OPEN: &'static str;
    /// Name of the table of closed versions.
    const CLOSED: &'static str;
    /// The display geometry.
    fn geom(&self) -> &[u8];
    /// The versions of these things that are the current knowledge.
    fn current(connection: &mut AnyConnection, keys: &[Self::Key]) -> Result<Vec<Self>, Error>;
    /// Versions by their keys, closed or not.
    fn by_version(connection: &mut AnyConnection, versions: &[i64]) -> Result<Vec<Self>, Error>;
    /// Writes rows into the open table.
    fn insert_open(connection: &mut AnyConnection, rows: &[Self]) -> Result<(), Error>;
    /// Writes rows into the closed table.
    fn insert_closed(connection: &mut AnyConnection, rows: &[Self]) -> Result<(), Error>;
    /// Takes rows out of the open table; how many were there.
    fn remove_open(connection: &mut AnyConnection, versions: &[i64]) -> Result<usize, Error>;
    /// Ends the recorded time of rows of the closed table; how many were still current.
    fn close_closed(
        connection: &mut AnyConnection,
        versions: &[i64],
        at: i64,
        revision: i64,
    ) -> Result<usize, Error>;
}

/// How many keys go into one `IN (…)`.
pub(super) const KEYS_AT_ONCE: usize = 500;

/// Writes rows: one prepared statement run again and again in SQLite, COPY in PostgreSQL.
macro_rules! insert_rows {
    ($connection:expr, $table:ident, $rows:expr) => {{
        match $connection {
            $crate::store::connection::AnyConnection::Sqlite(c) => {
                for row in $rows {
                    diesel::insert_into($table::table).values(row).execute(c)?;
                }
            }
            $crate::store::connection::AnyConnection::Postgres(c) => {
                if !$rows.is_empty() {
                    diesel::copy_from($table::table)
                        .from_insertable($rows)
                        .execute(c)?;
                }
            }
        }
        Ok::<(), $crate::store::error::Error>(())
    }};
}

/// Implements [`Versioned`] for a row whose fields are the columns.
macro_rules! versioned_row {
    ($row:ident, $what:literal, $key:ident: $key_type:ty) => {
        impl $crate::store::timeline::Versioned for $row {
            const WHAT: &'static str = $what;
            type Key = $key_type;

            fn key(&self) -> Self::Key {
                self.$key.clone()
            }

            fn version(&self) -> i64 {
                self.version
            }

            fn valid_from(&self) -> &str {
                &self.valid_from
            }

            fn valid_to(&self) -> Option<&str> {
                self.valid_to.as_deref()
            }

            fn on(&self, from: &str, to: Option<&str>) -> Self {
                Self {
                    version: 0,
                    valid_from: from.to_owned(),
                    valid_to: to.map(str::to_owned),
                    recorded_to: None,
                    closed_in: None,
                    ..self.clone()
                }
            }

            fn record(&mut self, version: i64, at: i64, revision: i64) {
                (self.version, self.recorded_from, self.recorded_in) = (version, at, revision);
            }

            fn close(&mut self, at: i64, revision: i64) {
                (self.recorded_to, self.closed_in) = (Some(at), Some(revision));
            }
        }
    };
}

/// Implements [`Versioned`] and [`VersionedTable`] for a row whose fields are the columns.
macro_rules! versioned_table {
    ($row:ident, $what:literal, $key:ident: $key_type:ty, $open:ident, $closed:ident) => {
        $crate::store::tables::versioned_row!($row, $what, $key: $key_type);

        impl $crate::store::tables::VersionedTable for $row {
            const OPEN: &'static str = stringify!($open);
            const CLOSED: &'static str = stringify!($closed);

            fn geom(&self) -> &[u8] {
                &self.geom
            }

            fn current(
                connection: &mut AnyConnection,
                keys: &[Self::Key],
            ) -> Result<Vec<Self>, Error> {
                let mut found = Vec::new();
                for keys in keys.chunks($crate::store::tables::KEYS_AT_ONCE) {
                    on_both!(connection, c => {
                        found.extend($open::table
                            .filter($open::$key.eq_any(keys))
                            .load::<Self>(c)?);
                        found.extend($closed::table
                            .filter($closed::$key.eq_any(keys))
                            .filter($closed::closed_in.is_null())
                            .load::<Self>(c)?);
                    });
                }
                Ok(found)
            }

            fn by_version(
                connection: &mut AnyConnection,
                versions: &[i64],
            ) -> Result<Vec<Self>, Error> {
                let mut found = Vec::new();
                for versions in versions.chunks($crate::store::tables::KEYS_AT_ONCE) {
                    on_both!(connection, c => {
                        found.extend($open::table
                            .filter($open::version.eq_any(versions))
                            .load::<Self>(c)?);
                        found.extend($closed::table
                            .filter($closed::version.eq_any(versions))
                            .load::<Self>(c)?);
                    });
                }
                Ok(found)
            }

            fn insert_open(connection: &mut AnyConnection, rows: &[Self]) -> Result<(), Error> {
                $crate::store::tables::insert_rows!(connection, $open, rows)
            }

            fn insert_closed(connection: &mut AnyConnection, rows: &[Self]) -> Result<(), Error> {
                $crate::store::tables::insert_rows!(connection, $closed, rows)
            }

            fn remove_open(
                connection: &mut AnyConnection,
                versions: &[i64],
            ) -> Result<usize, Error> {
                let mut removed = 0;
                for versions in versions.chunks($crate::store::tables::KEYS_AT_ONCE) {
                    removed += on_both!(connection, c => diesel::delete(
                        $open::table.filter($open::version.eq_any(versions))
                    ).execute(c))?;
                }
                Ok(removed)
            }

            fn close_closed(
                connection: &mut AnyConnection,
                versions: &[i64],
                at: i64,
                revision: i64,
            ) -> Result<usize, Error> {
                let mut closed = 0;
                for versions in versions.chunks($crate::store::tables::KEYS_AT_ONCE) {
                    closed += on_both!(connection, c => diesel::update($closed::table
                        .filter($closed::version.eq_any(versions))
                        .filter($closed::closed_in.is_null()))
                    .set((
                        $closed::recorded_to.eq(Some(at)),
                        $closed::closed_in.eq(Some(revision)),
                    ))
                    .execute(c))?;
                }
                Ok(closed)
            }
        }
    };
}
pub(super) use {insert_rows, versioned_row, versioned_table};
