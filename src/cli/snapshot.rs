//! `diachinh snapshot`: the snapshot file, made now.

use std::process::ExitCode;

use super::error::Error;
use super::wording::answer;
use crate::app::outputs::Outputs;
use crate::app::{self, Reference, load, open_existing_register, snapshot_file};
use crate::config::{Loaded, Override};
use crate::exchange::Language;

/// Writes the snapshot file that makes the next start quick.
///
/// It lies in the folder `app.snapshot_dir` of the configuration, var/snapshots unless set.
/// The server does so by itself after it has loaded the register; this does it without a server,
/// for instance after a large import.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh snapshot
  diachinh snapshot --store city.gpkg")]
pub struct Snapshot {
    /// The register: a GeoPackage file, or postgres://… [default: store.url, diachinh.gpkg].
    #[arg(long, value_name = "FILE-OR-URL")]
    store: Option<String>,
}

impl Snapshot {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        Override::of("store.url", self.store.as_ref())
    }

    /// Loads the register from the store and writes the file.
    ///
    /// # Errors
    /// [`Error`] when the register cannot be read, or the file not written.
    pub fn run(&self, loaded: &Loaded, language: Language) -> Result<ExitCode, Error> {
        let path = snapshot_file::path(&loaded.config.app).ok_or_else(|| {
            Error::Usage("`app.snapshot_dir` is empty, expected a folder".to_owned())
        })?;
        Outputs::beside(&loaded.config.store)
            .configured_by(loaded.file.as_deref())
            .replacing("app.snapshot_dir", Some(&path))
            .check()?;
        let reference = Reference::built_in()?;
        let store = open_existing_register(&loaded.config.store)?;
        let land = load::load_from_store(&store, &reference.city).map_err(app::Error::from)?;
        snapshot_file::write(&path, &land).map_err(|source| Error::Io {
            what: format!("cannot write `{}`", path.display()),
            source,
        })?;
        let (size, revision) = (land.size(), land.revision());
        let said = format!(
            "{}: revision {}, {} parcel versions",
            path.display(),
            revision.0,
            size.versions
        );
        answer(&said, language)?;
        Ok(ExitCode::SUCCESS)
    }
}
