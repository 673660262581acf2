//! What can be wrong with a file as a whole, so that none of it is read.

use std::path::PathBuf;

/// Why a file was not read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file, or it may not be read.
    #[error("`{path}` cannot be read: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A folder, a device, a pipe, an address.
    #[error("`{0}` is not a plain file, expected the path of a file on this machine")]
    NotAFile(PathBuf),
    /// The extension is not one of ours.
    #[error("`{path}` has no extension that is read, expected one of {expected}")]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// Those that are.
        expected: String,
    },
    /// The content is something else than the extension says.
    #[error("`{path}` is named as {named} but its content is {found}; {hint}")]
    NotThatFormat {
        /// The file.
        path: PathBuf,
        /// What the extension says.
        named: &'static str,
        /// What the first bytes say.
        found: String,
        /// What to do.
        hint: String,
    },
    /// The file ends before its own end.
    #[error("`{0}` is cut short: it ends before the mark of its end; copy it anew from its source")]
    CutShort(PathBuf),
    /// A feature number without room among those of other files.
    #[error(
        "`{path}` has a feature with the number `{number}`, expected 0 to 2^48 in one of several \
         files; import it alone"
    )]
    NotAmongSeveral {
        /// The file.
        path: PathBuf,
        /// The number.
        number: i64,
    },
    /// A companion file is not there.
    #[error("`{path}` lacks its companion `.{missing}`, expected it beside the file")]
    MissingCompanion {
        /// The file.
        path: PathBuf,
        /// Extension of the companion.
        missing: &'static str,
    },
    /// Another program has changes that are not yet in the file.
    #[error("`{0}` has unsaved changes beside it (`-wal`), close the program that has it open")]
    UnsavedChanges(PathBuf),
    /// Too large.
    #[error("`{path}` has `{bytes}` bytes, at most `{limit}` are read")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The file was written to while it was being read.
    #[error("`{0}` changed while it was being read, import it again when it is finished")]
    Changed(PathBuf),
    /// The driver does not accept the file, or finds it damaged.
    #[error("`{path}` is not a readable {format}: {said}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The format.
        format: &'static str,
        /// What the reading library said.
        said: String,
    },
    /// There is no layer of that name.
    #[error("`{path}` has no layer `{layer}`, expected one of {layers}")]
    NoSuchLayer {
        /// The file.
        path: PathBuf,
        /// As asked for.
        layer: String,
        /// Those it has.
        layers: String,
    },
    /// Several layers, and nobody said which.
    #[error("`{path}` has several layers, name one of {layers}")]
    WhichLayer {
        /// The file.
        path: PathBuf,
        /// Those it has.
        layers: String,
    },
    /// Reading took longer than it may.
    #[error("reading `{path}` took more than `{limit_s}` seconds and was stopped")]
    TooSlow {
        /// The file.
        path: PathBuf,
        /// The limit, in seconds.
        limit_s: u64,
    },
    /// The child came to an end before the file did.
    #[error("reading `{path}` was stopped: {cause}")]
    Stopped {
        /// The file.
        path: PathBuf,
        /// How it ended and what that means.
        cause: String,
    },
    /// The child says something no child of ours would say.
    #[error("the reading process for `{path}` answered with nonsense: {cause}")]
    Nonsense {
        /// The file.
        path: PathBuf,
        /// What was wrong.
        cause: String,
    },
    /// The child cannot be started or confined on this machine.
    #[error("the reading process cannot be confined: {0}")]
    NotConfined(String),
}
