//! The register on disk, as use-cases open and write it.

use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use super::{Error, Unavailable};
use crate::store::{self, Store, StoreOptions};

/// Opens the register for somebody who only reads: one that is not there is not made, and the
/// schema of one that is there stays as it is, since a server may be running on it.
///
/// # Errors
/// [`Error::Refused`] when there is none, [`Error::Internal`] when it has the schema of another
/// version of the program, [`Error::Unavailable`] when the store cannot be reached.
pub fn open_existing_register(options: &StoreOptions) -> Result<Store, Error> {
    refuse_absent(options)?;
    let store = Store::open(options)?;
    store.ping()?;
    Ok(store)
}

/// What a dry run reads.
#[derive(Debug)]
pub struct TrialRegister {
    store: Store,
    /// Where the empty register lies, when there was none; removed with it.
    empty: Option<TrialFolder>,
}

impl TrialRegister {
    /// Opens the register to read it, or, when there is none, an empty one that is gone
    /// afterwards: what is said is then what an import into a new register would say.
    ///
    /// # Errors
    /// As [`open_existing_register`]; [`Error::Internal`] when there is no room for the empty one.
    pub fn open(options: &StoreOptions) -> Result<Self, Error> {
        if !Store::is_absent(options) {
            let store = Store::open(options)?;
            match store.ping() {
                Ok(()) => return Ok(Self { store, empty: None }),
                Err(store::Error::Schema { found, .. }) if found == store::NO_SCHEMA => {}
                Err(error) => return Err(error.into()),
            }
        }
        let folder = TrialFolder::new()?;
        let file = folder.0.join("register.gpkg");
        let store = Store::open(&StoreOptions::at(file.display().to_string()))?;
        store.migrate()?;
        let empty = Some(folder);
        Ok(Self { store, empty })
    }

    /// The register.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether it is an empty one because there was none.
    pub fn is_made_up(&self) -> bool {
        self.empty.is_some()
    }
}

/// A folder of this process alone.
#[derive(Debug)]
struct TrialFolder(PathBuf);

impl TrialFolder {
    fn new() -> Result<Self, Error> {
        let name = format!("diachinh-dry-run-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let mut folder = std::fs::DirBuilder::new();
        match folder.mode(0o700).create(&path) {
            Ok(()) => Ok(Self(path)),
            Err(error) => {
                let what = format!("cannot make `{}` for an empty register", path.display());
                Err(Error::internal(&what, error))
            }
        }
    }
}

impl Drop for TrialFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!("`{}` is left behind: {error}", self.0.display());
        }
    }
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
            Failure::ReadOnly
            | Failure::Overlap { .. }
            | Failure::OutsideInterval { .. }
            | Failure::Foreign(_)
            | Failure::KeysGone(_)
            | Failure::Refused { .. } => Self::Refused(error.to_string()),
            other => Self::internal("the store failed", other),
        }
    }
}
