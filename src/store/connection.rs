//! Connections to SQLite and PostgreSQL behind one type.

use super::{error::Error, files::Tables, geopackage};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, RunQueryDsl as _, SqliteConnection};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// To a GeoPackage file.
    Sqlite(SqliteConnection),
    /// To a PostgreSQL server.
    Postgres(PgConnection),
}

/// Runs the same diesel code on the connection inside, so that row decoding and statement caches
/// are those of the database at hand.
macro_rules! on_both {
    ($connection:expr, $c:ident => $body:expr) => {
        match $connection {
            $crate::store::connection::AnyConnection::Sqlite($c) => $body,
            $crate::store::connection::AnyConnection::Postgres($c) => $body,
        }
    };
}

/// Visits every row of a query without holding the result in memory. The query is written once
/// and built for each database.
macro_rules! stream {
    ($connection:expr, $query:expr, $row:ty, $visit:expr) => {{
        use diesel::RunQueryDsl as _;
        match $connection {
            $crate::store::connection::AnyConnection::Sqlite(c) => {
                for row in $query.load_iter::<$row, diesel::connection::DefaultLoadingMode>(c)? {
                    ($visit)(row?)?;
                }
            }
            $crate::store::connection::AnyConnection::Postgres(c) => {
                for row in $query.load_iter::<$row, diesel::pg::PgRowByRowLoadingMode>(c)? {
                    ($visit)(row?)?;
                }
            }
        }
    }};
}
pub(super) use {on_both, stream};

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A file.
    Sqlite(PathBuf),
    /// A server, by its URL.
    Postgres(String),
}

impl Target {
    /// `postgres://…` is a server, anything else the path of a file, `sqlite:` in front or not.
    pub fn parse(url: &str) -> Self {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::Postgres(url.to_owned())
        } else {
            let path = url.strip_prefix("sqlite:").unwrap_or(url);
            Self::Sqlite(path.strip_prefix("//").unwrap_or(path).into())
        }
    }
}

/// Who else may have a database open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Anybody.
    Shared,
    /// Nobody: SQLite then keeps in its own memory what it else writes into a file beside the
    /// database, so that one on a full disk can be read.
    Alone,
}

/// Opens connections for the pool.
#[derive(Debug, Clone)]
pub(super) struct Opener {
    pub target: Target,
    pub busy_timeout: Duration,
    pub access: Access,
}

impl Opener {
    /// A new connection with its settings in force.
    pub fn open(&self) -> Result<AnyConnection, Error> {
        match &self.target {
            Target::Sqlite(path) => self.open_sqlite(&path.to_string_lossy()),
            Target::Postgres(url) => self.open_postgres(url),
        }
    }

    fn open_sqlite(&self, path: &str) -> Result<AnyConnection, Error> {
        let mut connection = SqliteConnection::establish(path).map_err(|error| {
            let folder = Path::new(path).parent();
            let absent = folder.filter(|f| !f.as_os_str().is_empty() && !f.is_dir());
            Error::Unavailable(absent.map_or_else(
                || format!("`{path}`: {error}"),
                |folder| format!("`{path}`: there is no folder `{}`", folder.display()),
            ))
        })?;
        let wait = self.busy_timeout.as_millis();
        connection.batch_execute(&format!("PRAGMA busy_timeout = {wait}"))?;
        // Before anything of the file is changed. Who opens it alone, since its disk is full,
        // changes nothing, and cannot read it before it is locked.
        if self.access == Access::Shared && Tables::of(&mut connection)?.are_foreign() {
            return Err(Error::Foreign(path.to_owned()));
        }
        // WAL lets readers go on while one writes; FULL makes a commit outlive a power cut.
        let mode = match self.access {
            Access::Shared => "journal_mode = WAL",
            Access::Alone => "locking_mode = EXCLUSIVE",
        };
        connection.batch_execute(&format!(
            "PRAGMA {mode};
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA cache_size = -65536;"
        ))?;
        geopackage::register(&mut connection)?;
        Ok(AnyConnection::Sqlite(connection))
    }

    fn open_postgres(&self, url: &str) -> Result<AnyConnection, Error> {
        // The reason may hold the URL with its password: only what the server said is kept.
        let patient = with_limits(url);
        let mut connection = PgConnection::establish(&patient)
            .map_err(|e| Error::Unavailable(e.to_string().replace(&patient, "the server")))?;
        connection.batch_execute(&format!(
            "SET client_min_messages = warning; SET lock_timeout = {}; SET TimeZone = 'UTC'",
            self.busy_timeout.as_millis()
        ))?;
        Ok(AnyConnection::Postgres(connection))
    }
}

/// How long a server may be silent, unless its URL says so itself: 10 s to connect, 15 s for what
/// was sent to arrive, and a minute for a connection on which nothing is said.
const LIMITS: [(&str, &str); 5] = [
    ("connect_timeout", "10"),
    ("tcp_user_timeout", "15000"),
    ("keepalives_idle", "30"),
    ("keepalives_interval", "10"),
    ("keepalives_count", "3"),
];

/// The URL of a server with the limits that it does not state.
fn with_limits(url: &str) -> String {
    let mut url = url.to_owned();
    for (key, value) in LIMITS {
        let stated = url.contains(&format!("?{key}=")) || url.contains(&format!("&{key}="));
        if !stated {
            let joint = if url.contains('?') { '&' } else { '?' };
            url.push_str(&format!("{joint}{key}={value}"));
        }
    }
    url
}

impl diesel::r2d2::ManageConnection for Opener {
    type Connection = AnyConnection;
    type Error = Error;

    fn connect(&self) -> Result<AnyConnection, Error> {
        self.open()
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), Error> {
        on_both!(connection, c => diesel::sql_query("SELECT 1").execute(c))?;
        Ok(())
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        use diesel::r2d2::R2D2Connection as _;
        std::thread::panicking() || connection.is_broken()
    }
}

impl AnyConnection {
    /// Runs one write transaction; SQLite takes its write lock at once, so that a transaction
    /// that has read never finds out at its end that it may not write.
    pub(super) fn write<T>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let begin = match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            Self::Postgres(_) => "BEGIN",
        };
        self.transact(begin, body)
    }

    /// Runs one read transaction: every query in it sees the same state.
    pub(super) fn read<T>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let begin = match self {
            Self::Sqlite(_) => "BEGIN",
            Self::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.transact(begin, body)
    }

    fn transact<T>(
        &mut self,
        begin: &str,
        body: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.batch_execute(begin)?;
        let outcome = body(self).and_then(|value| {
            self.batch_execute("COMMIT")?;
            Ok(value)
        });
        if outcome.is_err() {
            // SQLite may have rolled back by itself (disk full); a second rollback then fails,
            // and says nothing new.
            let _ = self.batch_execute("ROLLBACK");
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_may_be_silent_for_so_long_as_its_url_says_or_else_we() {
        let limited = with_limits("postgres:///city?keepalives_idle=5&host=/run");
        assert_eq!(
            limited,
            "postgres:///city?keepalives_idle=5&host=/run&connect_timeout=10\
             &tcp_user_timeout=15000&keepalives_interval=10&keepalives_count=3"
        );
        assert!(
            with_limits("postgres:///city").starts_with("postgres:///city?connect_timeout=10&")
        );
    }

    #[test]
    fn a_url_names_a_server_and_anything_else_a_file() {
        let file = |path: &str| Target::Sqlite(path.into());
        assert_eq!(Target::parse("city.gpkg"), file("city.gpkg"));
        assert_eq!(Target::parse("sqlite:city.gpkg"), file("city.gpkg"));
        assert_eq!(
            Target::parse("sqlite:///srv/city.gpkg"),
            file("/srv/city.gpkg")
        );
        let url = "postgresql://localhost/city";
        assert_eq!(Target::parse(url), Target::Postgres(url.to_owned()));
    }
}
