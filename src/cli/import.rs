//! `diachinh import`: a file into the register, with a report of what is wrong with it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use super::error::{Error, to_stdout};
use super::serve::now;
use super::wording::told;
use crate::app::outputs::Outputs;
use crate::app::{
    ImportOrder, PreparedImport, Progress, Reference, TrialRegister, Writing, open_register,
    prepare_import,
};
use crate::cadastre::Day;
use crate::config::{Loaded, Override};
use crate::crs::Epsg;
use crate::exchange::Language;
use crate::exchange::check::Mending;
use crate::exchange::reconcile::Retiring;
use crate::exchange::report::{Outcome, Report, terminal_text, write_defects};
use crate::exchange::source::ReadOptions;
use crate::store::Store;

/// Imports parcels or the features of a planning layer as one new revision of the register.
///
/// Reads GeoPackage, Shapefile, GeoJSON, FlatGeobuf, GML, CSV with WKT, and drawings in DXF and
/// MicroStation DGN v7, whose parcels are assembled from lines and texts. The profile says what
/// the file holds; one for zones, roads, corridors or restrictions also states their layer and
/// where it speaks. Nothing is repaired unless --repair is given. What is rejected is kept whole:
/// `diachinh export rejected` writes it to a file, to be mended and imported again; what that file
/// does not have stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh import thua.gpkg --dry-run                     only says what is wrong
  diachinh import thua.gpkg --defects thua-loi.gpkg       open both files in QGIS
  diachinh import to12.dgn --profile to12.toml --crs 9210
  diachinh import quy-hoach.gpkg --profile quy-hoach.toml --as-of 2026-06-30
  diachinh import thua-2026.gpkg --dataset ben-thanh      a newer state of that dataset
  diachinh import to/*.dgn --profile dgn-map --dataset ben-thanh   all sheets of a ward at once
  diachinh import sua.gpkg --dataset ben-thanh --supplement        a few parcels, the others stay

Exit codes: 0 everything in the file went in, or is in the register already; warnings do not
change that. 3 something was rejected and stays out. 2 wrong use. 1 failed, or refused because
the file lacks too much of its dataset (--supplement, --allow-retire); nothing was written. A dry run ends with the code that the import would.")]
pub struct Import {
    /// The file, or several that together are one state of a dataset, as the sheets of a ward.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Layer of the file [default: the profile's, or the only one].
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// Field profile: a built-in name or a TOML file.
    #[arg(long, value_name = "NAME-OR-FILE", default_value = "parcels")]
    profile: String,
    /// Dataset of which the files are a state [default: the name of the only file without
    /// extension].
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
    /// EPSG code of the coordinates, against what profile and file say.
    #[arg(long, value_name = "EPSG")]
    crs: Option<u32>,
    /// Day on which what the file says begins, where it states none [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = |text: &str| Day::parse(text))]
    as_of: Option<Day>,
    /// Writes nothing, only says what would happen.
    #[arg(long)]
    dry_run: bool,
    /// Repairs shapes that are not valid; the originals are kept.
    #[arg(long)]
    repair: bool,
    /// Ends all that the file no longer has, also when that is more than one in ten (and more than
    /// five) of what stands in its dataset; otherwise such a file is taken for one cut short.
    #[arg(long)]
    allow_retire: bool,
    /// The file is no state of its dataset, only a supplement: what it does not have stays. A file
    /// of `export rejected` is known to be one.
    #[arg(long, conflicts_with = "allow_retire", requires = "dataset")]
    supplement: bool,
    /// Writes the whole report as JSON.
    #[arg(long, value_name = "FILE.json")]
    report: Option<PathBuf>,
    /// Writes what was found as a GeoPackage, to be opened beside the data in QGIS.
    #[arg(long, value_name = "FILE.gpkg")]
    defects: Option<PathBuf>,
    /// The register: a GeoPackage file, or postgres://… [default: store.url].
    #[arg(long, value_name = "FILE-OR-URL")]
    store: Option<String>,
}

impl Import {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        let store = self.store.iter().map(|value| Override {
            key: "store.url",
            value: value.clone(),
        });
        store.collect()
    }

    /// Imports, and tells what was found: in `language`, or else in Vietnamese. What is told on
    /// standard error beside it is in the language of failures.
    ///
    /// # Errors
    /// [`Error`] when file or profile cannot be used, the register cannot be opened or written, or
    /// a report cannot be written. The register is then as it was, except that a report that
    /// cannot be written does not take an import back.
    pub fn run(
        &self,
        loaded: &Loaded,
        language: Option<Language>,
        failures: Language,
    ) -> Result<ExitCode, Error> {
        let language = language.unwrap_or_default();
        let reference = Reference::built_in()?;
        let options = &loaded.config.store;
        let order = self.order();
        Outputs::beside(options)
            .configured_by(loaded.file.as_deref())
            .importing(&self.files, &self.profile)
            .writing("--report", self.report.as_deref())
            .replacing("--defects", self.defects.as_deref())
            .check()?;
        // Before a register is made: nothing is, for files or a profile that cannot be used.
        let prepared = prepare_import(&reference, &order)?;
        let report = if self.dry_run {
            let trial = TrialRegister::open(options)?;
            if trial.is_made_up() {
                say_that_there_is_none(&options.url, failures);
            }
            import(prepared, trial.store())?
        } else {
            import(prepared, &open_register(options)?)?
        };
        let text = terminal_text(&report, language);
        std::io::stdout()
            .write_all(text.as_bytes())
            .map_err(to_stdout)?;
        if let Some(path) = &self.report {
            write_json(&report, path)?;
        }
        if let Some(path) = &self.defects {
            let planes = &reference.city.planes;
            write_defects(path, &report.findings, planes).map_err(|e| failed(path, e))?;
        }
        Ok(match (report.outcome, report.counts.rejected) {
            (Outcome::RetiresMuch, _) => ExitCode::FAILURE,
            (_, 0) => ExitCode::SUCCESS,
            _ => ExitCode::from(Error::FINDINGS),
        })
    }

    fn order(&self) -> ImportOrder {
        ImportOrder {
            files: self.files.clone(),
            layer: self.layer.clone(),
            profile: self.profile.clone(),
            dataset: self.dataset.clone(),
            crs: self.crs.map(Epsg),
            as_of: self.as_of,
            mending: if self.repair {
                Mending::Repair
            } else {
                Mending::Reject
            },
            retiring: match (self.supplement, self.allow_retire) {
                (true, _) => Retiring::Nothing,
                (false, true) => Retiring::All,
                (false, false) => Retiring::Little,
            },
            writing: if self.dry_run {
                Writing::DryRun
            } else {
                Writing::Revision
            },
            reading: ReadOptions::default(),
        }
    }
}

/// Imports, with a bar that says how far it is.
fn import(prepared: PreparedImport<'_>, store: &Store) -> Result<Report, Error> {
    let bar = Bar::new();
    let imported = prepared.import(store, now(), &mut |progress| bar.show(progress));
    bar.0.finish_and_clear();
    Ok(imported?)
}

/// Says that a file is judged against nothing.
fn say_that_there_is_none(url: &str, language: Language) {
    let text = format!(
        "there is no register at `{url}`, and none is made: the file is judged against an empty \
         one, which knows the wards and no parcel"
    );
    // Nothing is left to tell the user with when standard error is gone.
    let _ = writeln!(std::io::stderr(), "{}", told(&text, language));
}

fn write_json(report: &Report, path: &Path) -> Result<(), Error> {
    let json = report.to_json().map_err(|e| failed(path, e))?;
    std::fs::write(path, json).map_err(|e| failed(path, e))
}

fn failed(path: &Path, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Io {
        what: format!("cannot write `{}`", path.display()),
        source: std::io::Error::other(error),
    }
}

/// A bar on standard error, silent where that is no terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        Self(bar.with_style(Self::style("{spinner} {msg} {human_pos}")))
    }

    fn style(template: &str) -> ProgressStyle {
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
    }

    fn show(&self, progress: Progress) {
        match progress {
            Progress::Reading { read, of } => {
                if let Some(of) = of.filter(|of| self.0.length() != Some(*of)) {
                    self.0.set_length(of);
                    self.0
                        .set_style(Self::style("{bar:32} {msg} {human_pos}/{human_len}, {eta}"));
                }
                self.0.set_message("đọc · reading");
                self.0.set_position(read);
            }
            Progress::Judging => self.0.set_message("kiểm tra · checking"),
            Progress::Matching => self.0.set_message("đối chiếu · matching"),
            Progress::Writing => self.0.set_message("ghi · writing"),
        }
    }
}
