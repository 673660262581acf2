//! The register on disk, as use-cases open and write it.

use super::{Error, Unavailable};
use crate::store::{self, Store, StoreOptions};

/// Opens the register for somebody who only reads: one that is not there is not made.
///
/// # Errors
/// [`Error::Refused`] when there is none, else as [`open_register`].
pub fn open_existing_register(options: &StoreOptions) -> Result<Store, Error> {
    refuse_absent(options)?;
    open_register(options)
}

/// Refuses a register that is not there.
pub(super) fn refuse_absent(options: &StoreOptions) -> Result<(), Error> {
    if Store::is_absent(options) {
        return Err(Error::Refused(format!(
            "there is no register at `{}`, expected a file that `diachinh demo` or `diachinh \
             import` has made; `--store` or `store.url` names it",
            options.url
        )));
    }
    Ok(())
}

/// Opens the register, made or brought up to this program's schema when that is needed.
///
/// # Errors
/// [`Error::Unavailable`] when the store cannot be reached, [`Error::Internal`] when its schema
/// cannot be brought up to date.
pub fn open_register(options: &StoreOptions) -> Result<Store, Error> {
    if Store::is_absent(options) {
        tracing::warn!(
            "there is no register at `{}`: an empty one is made",
            options.url
        );
    }
    let store = Store::open(options)?;
    let applied = store.migrate()?;
    if !applied.is_empty() {
        tracing::info!(
            "the store has the schema of this program: {}",
            applied.join(", ")
        );
    }
    Ok(store)
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        use store::Error as Failure;
        match error {
            Failure::Unavailable(_) | Failure::Busy => {
                Self::Unavailable(Unavailable::StoreGone(error.to_string()))
            }
            Failure::Stale { .. } => Self::Stale(error.to_string()),
            Failure::Overlap { .. } | Failure::OutsideInterval { .. } | Failure::Refused { .. } => {
                Self::Refused(error.to_string())
            }
            other => Self::internal("the store failed", other),
        }
    }
}
