//! `diachinh demo`: a made-up city to try everything with.

use std::process::ExitCode;
use std::sync::Arc;

use super::error::Error;
use super::serve::now;
use super::wording::answer;
use crate::app::{BuiltDemo, Clock, Reference, build_demo_city, open_register};
use crate::config::{Loaded, Override};
use crate::exchange::Language;
use crate::exchange::demo::DemoOptions;
use indicatif::{ProgressBar, ProgressStyle};

/// Builds a made-up city into an empty register.
///
/// The 168 wards of Ho Chi Minh City and what they were made of are real; streets, parcels, plans
/// and everything else are synthetic and say so, the names of holders too. The same number and
/// seed give the same city.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh demo                                  50 000 parcels, a few seconds
  diachinh demo --parcels 1000000 --store big.gpkg
  diachinh demo --store postgres:///diachinh

A city of more than about 80 000 parcels is written in several revisions; when that is
interrupted, begin again with an empty register.")]
pub struct Demo {
    /// Parcels that exist today; earlier versions come on top.
    #[arg(long, value_name = "N", default_value_t = DemoOptions::default().parcels)]
    parcels: u64,
    /// Another seed gives another city.
    #[arg(long, value_name = "N", default_value_t = DemoOptions::default().seed)]
    seed: u64,
    /// The register: a GeoPackage file, or postgres://… [default: store.url, diachinh.gpkg].
    #[arg(long, alias = "out", value_name = "FILE-OR-URL")]
    store: Option<String>,
}

impl Demo {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        let store = self.store.iter().map(|value| Override {
            key: "store.url",
            value: value.clone(),
        });
        store.collect()
    }

    /// Builds the city.
    ///
    /// # Errors
    /// [`Error`] when the register cannot be opened, is not empty, or the city has no room.
    pub fn run(&self, loaded: &Loaded, language: Language) -> Result<ExitCode, Error> {
        let reference = Reference::built_in()?;
        let store = open_register(&loaded.config.store)?;
        let options = DemoOptions {
            parcels: self.parcels,
            seed: self.seed,
            ..DemoOptions::default()
        };
        let clock: Clock = Arc::new(now);
        let bar = bar(self.parcels);
        let mut progress = |written: u64| bar.set_position(written);
        let built = build_demo_city(&store, &reference, options, &clock, &mut progress)?;
        bar.finish_and_clear();
        answer(&sentence(built), language)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn sentence(built: BuiltDemo) -> String {
    format!(
        "synthetic city: {} parcels in {} versions, {} certificates of {} made-up parties, \
         {} planted defects, revision {}",
        built.parcels,
        built.versions,
        built.certificates,
        built.parties,
        built.planted,
        built.revision.0
    )
}

/// A bar on standard error, silent where that is no terminal.
fn bar(parcels: u64) -> ProgressBar {
    let template = "{bar:32} {human_pos} versions written, {elapsed}";
    let bar = ProgressBar::new(parcels + parcels * 3 / 10);
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
