//! Why a use-case has no answer, in seven meanings.

use crate::cadastre::{Day, Interval, ParcelId, Revision};
use crate::crs::Epsg;

/// Why a use-case has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was asked for by its key is not there.
    #[error("{0}")]
    NotFound(Missing),
    /// The question has no meaning here.
    #[error("{0}")]
    Invalid(Invalid),
    /// The order is understood and not carried out.
    #[error("{0}")]
    Refused(String),
    /// Somebody else changed the register in between.
    #[error("{0}")]
    Conflict(String),
    /// The order names a version that is no longer the newest.
    #[error("{0}")]
    Stale(String),
    /// The answer may come later.
    #[error("{0}")]
    Unavailable(Unavailable),
    /// The program or its machine failed.
    #[error("{what}")]
    Internal {
        /// What was tried.
        what: String,
        /// Why it failed.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// What is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// No version of this parcel is known.
    #[error("the register has no parcel `{0}`")]
    Parcel(ParcelId),
    /// No item of this key in a collection, or not on the days asked for.
    #[error("`{collection}` has no item `{id}`")]
    Item {
        /// Collection.
        collection: &'static str,
        /// Key.
        id: i64,
        /// The days on which it is there, from its first version to its last, when there is any.
        held: Option<Interval<Day>>,
    },
    /// A state of the register that is no longer kept.
    #[error("revision {} is no longer kept", .0.0)]
    Snapshot(Revision),
    /// What changed since a revision that is too long ago, or that another register had.
    #[error("what changed since revision {} is no longer known", .0.0)]
    Changes(Revision),
    /// A revision to which the register has not come: another register had it, or the state of
    /// before a backup was taken back.
    #[error("the register has no revision {}, its newest is {}", .asked.0, .newest.0)]
    Revision {
        /// Revision asked about.
        asked: Revision,
        /// The newest.
        newest: Revision,
    },
    /// The parcel is known, and none of its versions holds on the day.
    #[error("the register has no parcel `{id}` on {date}")]
    ParcelThen {
        /// Parcel.
        id: ParcelId,
        /// Day asked for.
        date: Day,
        /// First day of its first version.
        from: Day,
        /// First day on which it is no more, when it has one.
        to: Option<Day>,
    },
}

/// What has no meaning here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// A system that the city does not list.
    #[error("`{asked}` is not a system of this city, expected one of: {known}")]
    Crs {
        /// System asked for.
        asked: Epsg,
        /// Systems that are listed.
        known: String,
    },
}

/// Why an answer may come later.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// The register is being loaded.
    #[error("the register is being loaded")]
    Loading,
    /// The store does not answer.
    #[error("the register cannot be reached: {0}")]
    StoreGone(String),
}

impl Error {
    /// A failure of the program or its machine.
    pub fn internal(
        what: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Internal {
            what: what.into(),
            source: source.into(),
        }
    }

    /// Its text with the chain of causes, for logs and terminals.
    pub fn with_causes(&self) -> String {
        let mut text = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(inner) = source {
            text.push_str(": ");
            text.push_str(&inner.to_string());
            source = inner.source();
        }
        text
    }
}
