//! What can go wrong between the program and its database.

use crate::cadastre::InvalidKey;
use crate::cadastre::time::InvalidDay;
use crate::geometry::blob::BlobError;
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A failure of the store; absence is never one of them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached, or went away.
    #[error("the store cannot be reached: {0}")]
    Unavailable(String),
    /// A file of SQLite that is no register and would be changed if it were opened as one.
    #[error(
        "`{0}` is a file of something else, expected a register, as `diachinh demo` or `diachinh \
         import` makes one; it was not changed"
    )]
    Foreign(String),
    /// The register holds parties, and what holds their keys is not there.
    #[error(
        "the keys of personal values are not at `{0}`, expected what was there beside the \
         register; `store.keys_url` names another place"
    )]
    KeysGone(String),
    /// Another writer held the database longer than the options allow.
    #[error("the store is held by another writer, try again")]
    Busy,
    /// No room on the disk; the store is as it was before.
    #[error("the disk of the store is full, nothing was written")]
    Full,
    /// The file of the register, or its folder, may not be written.
    #[error(
        "the register or its folder may only be read, expected leave to write both: reading too \
         keeps files beside the register (`-wal`, `-shm`); copy it into a folder of your own, or \
         ask who owns it"
    )]
    ReadOnly,
    /// The edit builds on something that is no longer, or never was, the current knowledge.
    #[error("{what} `{key}` is not what the register holds now, expected its current version")]
    Stale {
        /// Which kind of thing.
        what: &'static str,
        /// Its key.
        key: String,
    },
    /// The edit would make two versions of one thing hold on the same day.
    #[error("{what} `{key}` would have two versions on `{day}`, expected intervals apart")]
    Overlap {
        /// Which kind of thing.
        what: &'static str,
        /// Its key.
        key: String,
        /// First day with two versions.
        day: String,
    },
    /// The day of a change does not lie in the interval it is about.
    #[error("{what} `{key}` cannot change on `{day}`, expected a day before its end")]
    OutsideInterval {
        /// Which kind of thing.
        what: &'static str,
        /// Its key.
        key: String,
        /// The day asked for.
        day: String,
    },
    /// A record the tables cannot hold as it is.
    #[error("{what} `{key}` cannot be stored: {reason}")]
    Refused {
        /// Which kind of thing.
        what: &'static str,
        /// Its key.
        key: String,
        /// What was expected.
        reason: String,
    },
    /// A stored value that the program did not write so.
    #[error("stored value `{value}` is not {expected}")]
    Corrupt {
        /// As found.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The schema is older or newer than the program.
    #[error(
        "the store has schema `{found}`, expected `{expected}`: an older one is brought up \
             to date by `diachinh serve` or `diachinh import`, a newer one needs a newer program"
    )]
    Schema {
        /// Newest migration found.
        found: String,
        /// Newest migration of this program.
        expected: String,
    },
    /// A migration failed.
    #[error("migration failed: {0}")]
    Migration(String),
    /// Any other failure of a query.
    #[error("query failed: {0}")]
    Query(DieselError),
}

impl Error {
    pub(super) fn corrupt(value: &impl ToString, expected: &'static str) -> Self {
        Self::Corrupt {
            value: value.to_string(),
            expected,
        }
    }
}

const AWAY: [&str; 6] = [
    "server closed the connection",
    "terminating connection",
    "could not connect",
    "connection refused",
    "no connection to the server",
    "unable to open database file",
];

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(kind, about) = &error else {
            return match error {
                DieselError::BrokenTransactionManager => Self::Unavailable(error.to_string()),
                other => Self::Query(other),
            };
        };
        let text = about.message();
        if text.contains("disk I/O error") {
            // What SQLite says where it cannot make its shared memory, as on a full disk.
            let meaning = "which may mean that the disk is full or gone";
            return Self::Unavailable(format!("{text}, {meaning}"));
        }
        if matches!(kind, DatabaseErrorKind::ClosedConnection)
            || AWAY.iter().any(|words| text.contains(words))
        {
            Self::Unavailable(text.to_owned())
        } else if text.contains("database is locked") || text.contains("lock timeout") {
            Self::Busy
        } else if text.contains("is full") || text.contains("No space left") {
            Self::Full
        } else if text.contains("readonly database") {
            Self::ReadOnly
        } else {
            Self::Query(error)
        }
    }
}

impl From<InvalidDay> for Error {
    fn from(error: InvalidDay) -> Self {
        Self::corrupt(&error.0, "a date")
    }
}

impl From<InvalidKey> for Error {
    fn from(error: InvalidKey) -> Self {
        Self::corrupt(&error.value, error.what)
    }
}

impl From<BlobError> for Error {
    fn from(error: BlobError) -> Self {
        Self::corrupt(&error, "an exact shape")
    }
}
