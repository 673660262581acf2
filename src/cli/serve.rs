//! `diachinh serve`: the server.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::SystemTime;

use super::error::{Error, to_stdout};
use crate::app::outputs::Outputs;
use crate::app::what_if::gather_ahead;
use crate::app::{App, Clock, Follower, Reference, follow, snapshot_file};
use crate::cadastre::Instant;
use crate::config::{Config, Loaded, Override};
use crate::http::{self, Running, wait_for_signal};
use crate::store::Store;

/// Answers over HTTP, from memory.
///
/// Loads the register, then follows the store: what another program commits is visible within
/// milliseconds. SIGTERM or Ctrl-C finishes running requests and stops.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh serve
  diachinh serve --store city.gpkg
  diachinh serve --listen localhost:9000
  diachinh serve --store new.gpkg --create  begin with an empty register
  diachinh serve --listen 127.0.0.1:0      take a free port and print it
  curl 'http://127.0.0.1:8080/v1/parcels/lookup?lon=106.6956&lat=10.7722'")]
pub struct Serve {
    /// Address and port [default: http.listen, 127.0.0.1:8080].
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// The register: a GeoPackage file, or postgres://… [default: store.url, diachinh.gpkg].
    #[arg(long, value_name = "FILE-OR-URL")]
    store: Option<String>,
    /// Makes an empty register when there is none, to serve what is imported later.
    #[arg(long)]
    create: bool,
}

impl Serve {
    /// The options given on the command line.
    pub fn overrides(&self) -> Vec<Override> {
        let mut given = Override::of("http.listen", self.listen.as_ref());
        given.extend(Override::of("store.url", self.store.as_ref()));
        given
    }

    /// Serves until a signal to stop.
    ///
    /// # Errors
    /// [`Error`] when the address is taken, there is no register, or it cannot be opened.
    pub fn run(&self, loaded: &Loaded) -> Result<ExitCode, Error> {
        let config = &loaded.config;
        let address_file = Some(config.http.address_file.as_path());
        Outputs::beside(&config.store)
            .configured_by(loaded.file.as_deref())
            .replacing(
                "app.snapshot_dir",
                snapshot_file::path(&config.app).as_deref(),
            )
            .replacing(
                "http.address_file",
                address_file.filter(|file| !file.as_os_str().is_empty()),
            )
            .check()?;
        if !self.create && Store::is_absent(&config.store) {
            return Err(Error::NoRegister(config.store.url.clone()));
        }
        let started = start(config, Arc::new(now))?;
        let mut out = std::io::stdout();
        writeln!(out, "http://{}", started.address()).map_err(to_stdout)?;
        let waited = wait_for_signal();
        started.stop().and(waited).map_err(|source| Error::Io {
            what: "the server ended".to_owned(),
            source,
        })?;
        end()
    }
}

/// Ends the process with success and without the C library's work on exit. Threads that draw or
/// write a download may be within PROJ or GDAL, whose own objects that work would take from them.
fn end() -> ! {
    // SAFETY: `_exit` may be called from any thread at any time; nothing is left to be written,
    // since standard output ends with its line and standard error keeps nothing back.
    unsafe { libc::_exit(0) }
}

/// A server that answers and follows its store.
pub struct Started {
    running: Running,
    follower: Follower,
}

impl Started {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// Finishes running requests and ends.
    ///
    /// # Errors
    /// What the server ended with.
    pub fn stop(self) -> std::io::Result<()> {
        let ended = self.running.stop();
        drop(self.follower);
        ended
    }
}

/// Starts a server as `diachinh serve` does, with a clock from outside. It listens at once, and
/// is ready when the register is loaded.
///
/// # Errors
/// As [`Serve::run`].
pub fn start(config: &Config, clock: Clock) -> Result<Started, Error> {
    let reference = Arc::new(Reference::built_in()?);
    let app = Arc::new(App::new(config.app.clone(), reference, clock));
    if let Err(error) = app.signing() {
        tracing::warn!("evidence cannot be signed: {}", Error::from(error).text());
    }
    let running = http::start(Arc::clone(&app), &config.http, &config.page)?;
    let follower = follow(&app, &config.store).map_err(|source| Error::Io {
        what: "cannot start a thread that follows the store".to_owned(),
        source,
    })?;
    if let Err(error) = gather_ahead(&app) {
        tracing::warn!("what rules ask of parcels is not gathered ahead: {error}");
    }
    Ok(Started { running, follower })
}

/// The machine's clock.
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Instant(since.map_or(0, |d| i64::try_from(d.as_micros()).unwrap_or(i64::MAX)))
}
