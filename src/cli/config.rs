//! `diachinh config`: what is in force, and the example file.

use std::io::Write;
use std::process::ExitCode;

use super::error::{Error, to_stdout};
use crate::config::{Loaded, print};

/// Shows the configuration that is in force, and where each value comes from.
///
/// Passwords in addresses are masked.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh config
  DIACHINH_HTTP__LISTEN=127.0.0.1:9000 diachinh config
  diachinh config --example > diachinh.toml")]
pub struct Config {
    /// Prints every option with its text and default instead.
    #[arg(long)]
    pub example: bool,
}

impl Config {
    /// Prints what is in force.
    ///
    /// # Errors
    /// [`Error::Io`] when standard output is gone.
    pub fn run(&self, loaded: &Loaded) -> Result<ExitCode, Error> {
        let text = print::in_force(loaded);
        std::io::stdout()
            .write_all(text.as_bytes())
            .map_err(to_stdout)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Prints the example file; needs no configuration that can be used.
    ///
    /// # Errors
    /// [`Error::Io`] when standard output is gone.
    pub fn run_example(&self) -> Result<ExitCode, Error> {
        let text = print::example();
        std::io::stdout()
            .write_all(text.as_bytes())
            .map_err(to_stdout)?;
        Ok(ExitCode::SUCCESS)
    }
}
