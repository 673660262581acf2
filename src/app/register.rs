//! The register on disk, as use-cases open and write it.

use super::{Error, Unavailable};
use crate::store::{self, Store, StoreOptions};

/// Opens the register, made or brought up to this program's schema when that is needed.
///
/// # Errors
/// [`Error::Unavailable`] when the store cannot be reached, [`Error::Internal`] when its schema
/// cannot be brought up to date.
pub fn open_register(options: &StoreOptions) -> Result<Store, Error> {
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
