//! `diachinh export`: a collection of the register as a file for others.

use std::path::PathBuf;
use std::process::ExitCode;

use super::error::Error;
use super::serve::now;
use super::wording::answer;
use crate::app::export_collection::{ExportOrder, export_collection};
use crate::app::outputs::Outputs;
use crate::app::{Reference, export_profile, export_rejected, open_existing_register};
use crate::cadastre::Day;
use crate::config::{Loaded, Override};
use crate::exchange::Language;
use crate::exchange::export::{Collection as Written, ExportFormat, Names};
use crate::exchange::profile::Target;

/// Writes a collection of the register to a file.
///
/// The extension says the format: .gpkg, .geojson, .fgb, .parquet (longitude and latitude of WGS
/// 84) or .csv (WKT in metres of each parcel's own plane). What is written is imported again to the
/// same content, with the built-in profile that has the collection's name; only .parquet is for
/// others, and not imported.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh export parcels parcels.gpkg
  diachinh export wards wards.gpkg
  diachinh export roads roads.geojson --date 2025-06-30
  diachinh export parcels everything.csv --all-versions
  diachinh export zones zones.gpkg --profile zones.toml   for a register without these layers
  diachinh export rejected mend.gpkg --dataset ben-thanh")]
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
    /// Also writes the field profile by which another register takes the file: it states the
    /// planning layers with their coverage.
    #[arg(long, value_name = "FILE.toml")]
    profile: Option<PathBuf>,
    /// Dataset whose rejected features are written.
    #[arg(long, value_name = "NAME", required_if_eq("collection", "rejected"))]
    dataset: Option<String>,
    /// The register: a GeoPackage file, or postgres://… [default: store.url].
    #[arg(long, value_name = "FILE-OR-URL")]
    store: Option<String>,
}

/// The collections that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Collection {
    /// Parcels.
    Parcels,
    /// Wards with their borders for display; not imported again.
    Wards,
    /// Units of zoning plans.
    Zones,
    /// Rights of way.
    Roads,
    /// Protection corridors.
    Corridors,
    /// Other public-law restrictions.
    Restrictions,
    /// What the newest import of a dataset rejected, whole, with the reasons; a GeoPackage.
    Rejected,
}

impl Collection {
    /// The collection of the register; rejected features are none.
    const fn of_register(self) -> Option<Written> {
        match self {
            Self::Parcels => Some(Written::Of(Target::Parcels)),
            Self::Wards => Some(Written::Wards),
            Self::Zones => Some(Written::Of(Target::Zones)),
            Self::Roads => Some(Written::Of(Target::Roads)),
            Self::Corridors => Some(Written::Of(Target::Corridors)),
            Self::Restrictions => Some(Written::Of(Target::Restrictions)),
            Self::Rejected => None,
        }
    }
}

impl Export {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        Override::of("store.url", self.store.as_ref())
    }

    /// Writes the file and says how much is in it. Reasons of rejections are written in
    /// `language`.
    ///
    /// # Errors
    /// [`Error`] when the register cannot be read or the file cannot be written.
    pub fn run(&self, loaded: &Loaded, language: Language) -> Result<ExitCode, Error> {
        Outputs::beside(&loaded.config.store)
            .configured_by(loaded.file.as_deref())
            .replacing("FILE", Some(&self.file))
            .writing("--profile", self.profile.as_deref())
            .check()?;
        let Some(collection) = self.collection.of_register() else {
            return self.run_rejected(loaded, language);
        };
        if self.profile.is_some() && collection == Written::Wards {
            let reason = "wards are not imported, so there is no profile of them";
            return Err(Error::Usage(reason.to_owned()));
        }
        let format = ExportFormat::of_extension(&self.file);
        let today = now().day_in_vietnam();
        let order = ExportOrder {
            collection,
            date: (!self.all_versions).then(|| self.date.unwrap_or(today)),
            format: format.map_err(|error| Error::Usage(error.to_string()))?,
            names: Names::Profile,
            path: self.file.clone(),
            written: None,
        };
        let store = open_existing_register(&loaded.config.store)?;
        let reference = Reference::built_in()?;
        let exported = export_collection(&store, &reference, &order)?;
        let said = format!(
            "{}: {} {} of revision {}",
            self.file.display(),
            exported.features,
            order.collection.as_str(),
            exported.revision.0
        );
        answer(&said, language)?;
        if let (Some(path), Written::Of(target)) = (&self.profile, collection) {
            let layers = export_profile(&store, &reference, target, path)?;
            let file = path.display();
            answer(&format!("{file}: {layers} planning layers"), language)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn run_rejected(&self, loaded: &Loaded, language: Language) -> Result<ExitCode, Error> {
        let store = open_existing_register(&loaded.config.store)?;
        let dataset = self.dataset.as_deref().unwrap_or_default();
        let count = export_rejected(&store, dataset, &self.file, language)?;
        let file = self.file.display();
        let said = format!("{file}: {count} rejected features of {dataset}");
        answer(&said, language)?;
        Ok(ExitCode::SUCCESS)
    }
}
