//! `diachinh audit`: whether the audit holds, and what stands in it.

use std::io::Write;
use std::process::ExitCode;

use super::error::{Error, to_stdout};
use super::wording::answer;
use crate::app::open_existing_register;
use crate::config::{Loaded, Override};
use crate::exchange::Language;

/// The audit: one chain of hashes for each dataset, for parties and for readings of who they are.
///
/// Every entry's hash covers the entry and the hash before it: an entry that was changed, moved or
/// taken out of the middle breaks its chain. That nothing was cut off at an end is seen by
/// comparing the end with one you kept elsewhere, so write the ends down somewhere else.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh audit verify
  diachinh audit show personal_readings     who read which party, when and why
  diachinh audit show parties               which parties were recorded and erased

`verify` ends with 0 when every chain holds, with 3 when one is broken.")]
pub struct Audit {
    #[command(subcommand)]
    order: Order,
    /// The register: a GeoPackage file, or postgres://… [default: store.url].
    #[arg(long, global = true, value_name = "FILE-OR-URL")]
    store: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
enum Order {
    /// Computes all chains again and prints the end of each, or its first broken entry.
    Verify,
    /// Prints the entries of a chain as JSON, one a line, with number and hash.
    Show {
        /// Name of the chain: a dataset, `parties` or `personal_readings`.
        chain: String,
    },
}

impl Audit {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        Override::of("store.url", self.store.as_ref())
    }

    /// Verifies, or prints.
    ///
    /// # Errors
    /// [`Error`] when the register cannot be read, or has no such chain.
    pub fn run(&self, loaded: &Loaded, language: Language) -> Result<ExitCode, Error> {
        let store = open_existing_register(&loaded.config.store)?;
        let chains = store.audit_chains().map_err(crate::app::Error::from)?;
        match &self.order {
            Order::Verify => {
                for chain in &chains {
                    let said = match chain.broken_at {
                        Some(number) => format!("BROKEN from entry {number} on"),
                        None => format!("holds, end {}", chain.end),
                    };
                    let (name, entries) = (&chain.name, chain.entries);
                    answer(&format!("{name}: {entries} entries, {said}"), language)?;
                }
                let whole = chains.iter().all(|chain| chain.broken_at.is_none());
                Ok(if whole {
                    ExitCode::SUCCESS
                } else {
                    ExitCode::from(Error::FINDINGS)
                })
            }
            Order::Show { chain } => {
                if !chains.iter().any(|held| held.name == *chain) {
                    let names: Vec<&str> = chains.iter().map(|held| held.name.as_str()).collect();
                    return Err(Error::Usage(format!(
                        "the audit has no chain `{chain}`, expected one of: {}",
                        names.join(", ")
                    )));
                }
                let mut out = std::io::stdout().lock();
                let entries = store.audit_entries(chain);
                for entry in entries.map_err(crate::app::Error::from)? {
                    writeln!(out, "{} {} {}", entry.number, entry.hash, entry.entry)
                        .map_err(to_stdout)?;
                }
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}
