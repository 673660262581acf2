//! `diachinh export`: a collection of the register as a file for others.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use super::error::{Error, to_stdout};
use super::serve::now;
use crate::app::export_collection::{ExportOrder, export_collection};
use crate::app::{Reference, open_register};
use crate::cadastre::Day;
use crate::config::{Loaded, Override};
use crate::exchange::export::ExportFormat;
use crate::exchange::profile::Target;

/// Writes a collection of the register to a file.
///
/// The extension says the format: .gpkg, .geojson, .fgb (longitude and latitude of WGS 84) or .csv
/// (WKT in metres of each parcel's own plane). What is written is imported again to the same
/// content, with the built-in profile that has the collection's name.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh export parcels parcels.gpkg
  diachinh export roads roads.geojson --date 2025-06-30
  diachinh export parcels everything.csv --all-versions")]
pub struct Export {
    /// The collection.
    #[arg(value_enum)]
    collection: Collection,
    /// The file; one that is there is replaced.
    file: PathBuf,
    /// What was valid on this day [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = |text: &str| Day::parse(text))]
    date: Option<Day>,
    /// Every version that the register knows, past and future ones too.
    #[arg(long, conflicts_with = "date")]
    all_versions: bool,
    /// The register: a GeoPackage file, or postgres://… [default: store.url].
    #[arg(long, value_name = "FILE-OR-URL")]
    store: Option<String>,
}

/// The collections that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Collection {
    /// Parcels.
    Parcels,
    /// Units of zoning plans.
    Zones,
    /// Rights of way.
    Roads,
    /// Protection corridors.
    Corridors,
    /// Other public-law restrictions.
    Restrictions,
}

impl From<Collection> for Target {
    fn from(collection: Collection) -> Self {
        match collection {
            Collection::Parcels => Self::Parcels,
            Collection::Zones => Self::Zones,
            Collection::Roads => Self::Roads,
            Collection::Corridors => Self::Corridors,
            Collection::Restrictions => Self::Restrictions,
        }
    }
}

impl Export {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        Override::of("store.url", self.store.as_ref())
    }

    /// Writes the file and says how much is in it.
    ///
    /// # Errors
    /// [`Error`] when the register cannot be read or the file cannot be written.
    pub fn run(&self, loaded: &Loaded) -> Result<ExitCode, Error> {
        let format = ExportFormat::of_extension(&self.file);
        let today = now().day_in_vietnam();
        let order = ExportOrder {
            collection: self.collection.into(),
            date: (!self.all_versions).then(|| self.date.unwrap_or(today)),
            format: format.map_err(|error| Error::Usage(error.to_string()))?,
            path: self.file.clone(),
        };
        let store = open_register(&loaded.config.store)?;
        let exported = export_collection(&store, &Reference::built_in()?, &order)?;
        writeln!(
            std::io::stdout(),
            "{}: {} {} of revision {}",
            self.file.display(),
            exported.features,
            order.collection,
            exported.revision.0
        )
        .map_err(to_stdout)?;
        Ok(ExitCode::SUCCESS)
    }
}
