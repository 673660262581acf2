//! `diachinh layer`: the planning layers of a register, and the withdrawal of one.

use std::process::ExitCode;

use super::error::Error;
use super::party::account;
use super::serve::now;
use super::wording::answer;
use crate::app::layer::{LayerEntry, WithdrawalOrder, list_layers, withdraw_layer};
use crate::app::{Reference, open_existing_register};
use crate::cadastre::Day;
use crate::config::{Loaded, Override};
use crate::exchange::Language;
use crate::planning::LayerCode;
use crate::store::Store;

/// Planning layers: which there are, and the withdrawal of one that is wrong.
///
/// A layer that is withdrawn says nothing from a day on: there the answer is "no data", never
/// "nothing applies". Its features end on that day. Answers for days before stay as they were, all
/// versions stay in the register, and a layer that is imported anew speaks again.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh layer list
  diachinh layer withdraw zoning_2000 --as-of 2026-07-01 --reason 'replaced by 56/2026/QĐ-UBND'
  diachinh audit show layer-withdrawals       who withdrew what, when and why

A layer that was never right is withdrawn with --as-of on or before its first day.")]
pub struct LayerCommand {
    #[command(subcommand)]
    order: Order,
    /// The register: a GeoPackage file, or postgres://… [default: store.url].
    #[arg(long, global = true, value_name = "FILE-OR-URL")]
    store: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
enum Order {
    /// Lists the layers, a line each: code, theme, features, and as of which day it is right.
    List {
        /// Features that hold on this day [default: today].
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = |text: &str| Day::parse(text))]
        date: Option<Day>,
    },
    /// Withdraws a layer with all its features, as one revision.
    Withdraw {
        /// Code of the layer, as `layer list` gives it.
        #[arg(value_parser = |text: &str| LayerCode::parse(text))]
        layer: LayerCode,
        /// First day on which the layer says nothing any more [default: today].
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = |text: &str| Day::parse(text))]
        as_of: Option<Day>,
        /// Why, such as the number of a decision, without names: the audit keeps it for ever.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

impl LayerCommand {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        Override::of("store.url", self.store.as_ref())
    }

    /// Lists or withdraws.
    ///
    /// # Errors
    /// [`Error`] when the register cannot be read, has no such layer, or the reason is empty.
    pub fn run(&self, loaded: &Loaded, language: Language) -> Result<ExitCode, Error> {
        let store = open_existing_register(&loaded.config.store)?;
        for line in self.order.lines(&store)? {
            answer(&line, language)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Order {
    fn lines(&self, store: &Store) -> Result<Vec<String>, Error> {
        let today = now().day_in_vietnam();
        match self {
            Self::List { date } => {
                let entries = list_layers(store, date.unwrap_or(today))?;
                if entries.is_empty() {
                    return Ok(vec!["the register has no planning layers".to_owned()]);
                }
                Ok(entries.iter().map(told).collect())
            }
            Self::Withdraw {
                layer,
                as_of,
                reason,
            } => {
                let order = WithdrawalOrder {
                    layer: layer.clone(),
                    from: as_of.unwrap_or(today),
                    officer: account(),
                    reason: stated(reason)?,
                };
                let done = withdraw_layer(store, &Reference::built_in()?, &order, now())?;
                Ok(vec![format!(
                    "layer {layer} is withdrawn from {} on: {} features end, revision {}",
                    order.from, done.ended, done.revision.0
                )])
            }
        }
    }
}

/// A reason that says something.
fn stated(reason: &str) -> Result<String, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        let expected = "`--reason` is empty, expected why, such as the number of a decision";
        return Err(Error::Usage(expected.to_owned()));
    }
    Ok(reason.to_owned())
}

fn told(entry: &LayerEntry) -> String {
    let layer = &entry.layer;
    let end = layer
        .withdrawn
        .map_or_else(String::new, |day| format!(", withdrawn from {day} on"));
    format!(
        "{}: theme {}, {} features, right as of {}{end}; {}",
        layer.code, layer.theme.0, entry.features, layer.as_of, layer.title_vi
    )
}
