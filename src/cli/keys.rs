//! `diachinh keys`: the keys that sign what the program answers for.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use super::error::{Error, to_stdout};
use crate::app::signing::{KeySet, Signing};
use crate::config::Loaded;

/// The keys that sign evidence: one that signs, and all that ever did, so that what they signed can
/// be checked.
///
/// They lie in the folder `app.signing_folder` of the configuration, var/signing unless set; a key is
/// made where there is none. Give the public ones to those who will check evidence, by a way on
/// which nobody can exchange them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh keys show > keys.json       the public keys, for `diachinh verify`
  diachinh keys rotate                 signs with a new key from the next start on")]
pub struct Keys {
    #[command(subcommand)]
    order: Order,
}

#[derive(Debug, clap::Subcommand)]
enum Order {
    /// Prints the public keys as a JWK Set.
    Show,
    /// Makes a new key and forgets the secret of the last; a server takes it when it starts.
    Rotate,
}

impl Keys {
    /// Shows, or makes a new one.
    ///
    /// # Errors
    /// [`Error`] when the folder cannot be used.
    pub fn run(&self, loaded: &Loaded) -> Result<ExitCode, Error> {
        let folder: &Path = &loaded.config.app.signing_folder;
        if folder.as_os_str().is_empty() {
            return Err(Error::Usage(
                "`app.signing_folder` is empty, expected a folder".to_owned(),
            ));
        }
        let signing = match self.order {
            Order::Show => Signing::open(folder)?,
            Order::Rotate => Signing::rotate(folder)?,
        };
        let keys = serde_json::to_string_pretty(&KeySet::of(signing.published()));
        let keys = keys.map_err(|error| crate::app::Error::internal("cannot write keys", error))?;
        writeln!(std::io::stdout(), "{keys}").map_err(to_stdout)?;
        Ok(ExitCode::SUCCESS)
    }
}
