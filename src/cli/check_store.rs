//! `diachinh check-store`: whether a register is whole.

use std::process::ExitCode;

use super::error::Error;
use super::wording::answer;
use crate::app::{Reference, check_store::check_store};
use crate::config::{Loaded, Override};
use crate::exchange::Language;

/// Reads the whole register and says whether it is whole.
///
/// The audit's chain of hashes is computed again, every record is read, every shape is checked,
/// no parcel may have two versions on one day, units have parcels and rights units, shares stay
/// within one, and parties have keys. Nothing is changed; the server may go on.
///
/// The content hash of each collection is the same in every register that holds the same: one
/// into which an export of this one was imported, or a copy of it on the other database.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh check-store
  diachinh check-store --store city.gpkg

Ends with 0 when the register is whole, with 3 when something is wrong with it.")]
pub struct CheckStore {
    /// The register: a GeoPackage file, or postgres://… [default: store.url, diachinh.gpkg].
    #[arg(long, value_name = "FILE-OR-URL")]
    store: Option<String>,
}

impl CheckStore {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        Override::of("store.url", self.store.as_ref())
    }

    /// Checks, and prints what was found.
    ///
    /// # Errors
    /// [`Error`] when the register cannot be read.
    pub fn run(&self, loaded: &Loaded, language: Language) -> Result<ExitCode, Error> {
        let reference = Reference::built_in()?;
        let check = check_store(&loaded.config.store, &reference.city.planes)?;
        for flaw in &check.flaws {
            answer(&flaw.to_string(), language)?;
        }
        for content in &check.contents {
            let (collection, records) = (content.collection, content.records);
            let hash = content.hash;
            answer(
                &format!("{collection}: {records} records, content {hash}"),
                language,
            )?;
        }
        if let Some(rights) = &check.rights {
            let said = format!(
                "certificates: {} units and {} rights of {} parties, content {}",
                rights.units, rights.rights, rights.parties, rights.hash
            );
            answer(&said, language)?;
        }
        let said = format!(
            "revision {}: {} parcel versions and {} feature versions read, {} flaws",
            check.revision.0,
            check.parcel_versions,
            check.feature_versions,
            check.flaws.len()
        );
        answer(&said, language)?;
        Ok(if check.flaws.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(Error::FINDINGS)
        })
    }
}
