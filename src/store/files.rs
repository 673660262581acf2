//! The files of a register: which they are, and whether a file is one.

use diesel::{Connection as _, RunQueryDsl as _, SqliteConnection};
use std::fmt::Write as _;
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use super::connection::Target;
use super::error::Error;
use super::store::{StoreOptions, keys_target};

/// What SQLite keeps beside a database, by the end of its name.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// The first bytes of a database of SQLite.
const FIRST_BYTES: &[u8; 16] = b"SQLite format 3\0";

/// The files that a register is made of, there or not: its own first, then what SQLite keeps
/// beside it, its keys and what is kept beside them. A register on a server has none.
pub fn register_files(options: &StoreOptions) -> Vec<PathBuf> {
    let register = Target::parse(&options.url);
    let keys = keys_target(&options.keys_url, &register);
    let files = [register, keys]
        .into_iter()
        .filter_map(|target| match target {
            Target::Sqlite(path) => Some(path),
            Target::Postgres(_) => None,
        });
    let files = files.flat_map(|path| {
        let beside = BESIDE.map(|end| with_end(&path, end));
        std::iter::once(path).chain(beside)
    });
    files.collect()
}

/// Whether a file is some register, the keys of one, or what SQLite keeps beside them. Nothing is
/// written, beside the file neither.
///
/// # Errors
/// Any failure of the database: the file begins as one of SQLite and cannot be read.
pub fn is_of_a_register(path: &Path) -> Result<bool, Error> {
    let bytes = path.as_os_str().as_bytes();
    for end in BESIDE {
        if let Some(base) = bytes.strip_suffix(end.as_bytes())
            && is_database_of_a_register(Path::new(std::ffi::OsStr::from_bytes(base)))?
        {
            return Ok(true);
        }
    }
    is_database_of_a_register(path)
}

fn is_database_of_a_register(path: &Path) -> Result<bool, Error> {
    if !begins_as_a_database(path)? {
        return Ok(false);
    }
    let mut connection = SqliteConnection::establish(&read_only(path))
        .map_err(|error| Error::Unavailable(format!("`{}`: {error}", path.display())))?;
    let tables = Tables::of(&mut connection)?;
    Ok(tables.register == 2 || tables.keys > 0)
}

/// Which tables a database has.
#[derive(diesel::QueryableByName)]
pub(super) struct Tables {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    all: i64,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    register: i64,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    keys: i64,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    migrations: i64,
}

impl Tables {
    /// Of an open database. A file is never opened beside SQLite to look at it: closing it would
    /// let go the locks that other connections of the process hold on it.
    pub fn of(connection: &mut SqliteConnection) -> Result<Self, Error> {
        let tables = diesel::sql_query(
            "SELECT count(*) AS \"all\", \
             count(*) FILTER (WHERE name IN ('revisions', 'schema_comments')) AS register, \
             count(*) FILTER (WHERE name = 'person_keys') AS keys, \
             count(*) FILTER (WHERE name = '__diesel_schema_migrations') AS migrations \
             FROM sqlite_master WHERE type = 'table'",
        );
        Ok(tables.get_result(connection)?)
    }

    /// Whether the database was made by something else.
    pub const fn are_foreign(&self) -> bool {
        self.all > 0 && self.migrations == 0
    }

    /// Whether they are those of the keys of a register.
    pub const fn are_keys(&self) -> bool {
        self.keys > 0
    }
}

/// Whether there is a file with the first bytes of a database.
fn begins_as_a_database(path: &Path) -> Result<bool, Error> {
    // What is no file, such as `/dev/stdout`, may wait for a writer when it is opened.
    if !std::fs::metadata(path).is_ok_and(|found| found.is_file()) {
        return Ok(false);
    }
    let mut first = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(16).read_to_end(&mut first))
        .map_err(|error| Error::Unavailable(format!("`{}`: {error}", path.display())))?;
    Ok(first == FIRST_BYTES)
}

/// The URI by which SQLite opens a file without writing anything. `immutable` keeps it from making
/// files beside the database; what a writer left there would then be overlooked.
fn read_only(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            // Text takes every write.
            let _ = write!(uri, "%{byte:02x}");
        }
    }
    let written = std::fs::metadata(with_end(path, "-wal")).is_ok_and(|wal| wal.len() > 0);
    uri.push_str(if written {
        "?mode=ro"
    } else {
        "?mode=ro&immutable=1"
    });
    uri
}

/// A path with something after its name.
fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(end);
    path.into()
}
