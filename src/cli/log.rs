//! Logging to standard error.

use tracing_subscriber::EnvFilter;

use super::Error;
use crate::config::{LogFormat, LogOptions};

/// Starts logging for this process; a second start keeps the first.
///
/// # Errors
/// [`Error::Usage`] when the filter cannot be read.
pub fn start(options: &LogOptions) -> Result<(), Error> {
    let filter = EnvFilter::try_new(&options.filter).map_err(|error| {
        Error::Usage(format!(
            "`{}` is not a log filter, expected a level such as `info`: {error}",
            options.filter
        ))
    })?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = match options.format {
        LogFormat::Json => log.json().flatten_event(true).try_init(),
        LogFormat::Text => log.try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging had been started before");
    }
    Ok(())
}
