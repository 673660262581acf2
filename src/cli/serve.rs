//! `diachinh serve`: the server.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::SystemTime;

use super::error::{Error, to_stdout};
use crate::app::{App, Clock, Reference};
use crate::cadastre::Instant;
use crate::config::{Config, Loaded, Override};
use crate::http::{self, Running, wait_for_signal};

/// Answers over HTTP, from memory.
///
/// Loads the register, then follows the store: what another program commits is visible within
/// milliseconds. SIGTERM or Ctrl-C finishes running requests and stops.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh serve
  diachinh serve --listen 127.0.0.1:0      take a free port and print it
  curl 'http://127.0.0.1:8080/v1/parcels/lookup?lon=106.6956&lat=10.7722'")]
pub struct Serve {
    /// Address and port [default: http.listen, 127.0.0.1:8080].
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

impl Serve {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        let listen = self.listen.iter().map(|value| Override {
            key: "http.listen",
            value: value.clone(),
        });
        listen.collect()
    }

    /// Serves until a signal to stop.
    ///
    /// # Errors
    /// [`Error`] when the address is taken or the register cannot be opened.
    pub fn run(&self, loaded: &Loaded) -> Result<ExitCode, Error> {
        let running = start(&loaded.config, Arc::new(now))?;
        let mut out = std::io::stdout();
        writeln!(out, "http://{}", running.address()).map_err(to_stdout)?;
        let waited = wait_for_signal();
        running.stop().and(waited).map_err(|source| Error::Io {
            what: "the server ended".to_owned(),
            source,
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Starts a server as `diachinh serve` does, with a clock from outside.
///
/// # Errors
/// As [`Serve::run`].
pub fn start(config: &Config, clock: Clock) -> Result<Running, Error> {
    let reference = Arc::new(Reference::built_in()?);
    let app = Arc::new(App::new(config.app.clone(), reference, clock));
    Ok(http::start(app, &config.http)?)
}

/// The machine's clock.
fn now() -> Instant {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Instant(since.map_or(0, |d| i64::try_from(d.as_micros()).unwrap_or(i64::MAX)))
}
