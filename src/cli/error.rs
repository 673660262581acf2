//! Why a command fails, as text and exit code.

/// Why a command fails.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] crate::config::Error),
    /// An argument cannot be used, with what was expected.
    #[error("{0}")]
    Usage(String),
    /// An output would replace what is kept or read.
    #[error(transparent)]
    Outputs(#[from] crate::app::outputs::Clash),
    /// There is no register to serve.
    #[error(
        "there is no register at `{0}`, expected a file that `diachinh demo` or `diachinh import` \
         has made, or `--create` to begin with an empty one"
    )]
    NoRegister(String),
    /// The command's work failed.
    #[error(transparent)]
    App(#[from] crate::app::Error),
    /// The server cannot start.
    #[error(transparent)]
    Start(#[from] crate::http::StartError),
    /// Reading or writing failed.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
}

impl Error {
    /// Exit code of wrong use or configuration.
    pub const USAGE: u8 = 2;
    /// Exit code of a command that did its work and found that not all is well: something of a
    /// file stays out, a register has flaws.
    pub const FINDINGS: u8 = 3;

    /// The exit code a shell sees.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Config(_) | Self::Usage(_) | Self::Outputs(_) => Self::USAGE,
            Self::NoRegister(_) | Self::App(_) | Self::Start(_) | Self::Io { .. } => 1,
        }
    }

    /// Whether whoever read the output has gone, as `head` does when it has enough.
    pub fn is_reader_gone(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// The message with the chain of its causes.
    pub fn text(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(inner) = cause {
            let inner_text = inner.to_string();
            if !text.contains(&inner_text) {
                text.push_str(": ");
                text.push_str(&inner_text);
            }
            cause = inner.source();
        }
        text
    }
}

/// Maps a failed write to standard output.
pub fn to_stdout(source: std::io::Error) -> Error {
    Error::Io {
        what: "cannot write to standard output".to_owned(),
        source,
    }
}
