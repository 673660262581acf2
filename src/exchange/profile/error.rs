//! What can be wrong with a profile.

use super::Target;

/// A profile that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Neither built in nor a readable file.
    #[error("`{name}` is no profile: {cause}; expected a file or one of {built_in}")]
    NotFound {
        /// As asked for.
        name: String,
        /// What the system says.
        cause: String,
        /// Names of those built in.
        built_in: String,
    },
    /// Not TOML, or a key that no profile has.
    #[error("profile `{file}` cannot be read: {cause}")]
    Malformed {
        /// The file.
        file: String,
        /// What is wrong, with line and column.
        cause: String,
    },
    /// A field that the target does not take.
    #[error(
        "profile `{file}`, line {line}: `{field}` is not a field of {target}, expected {expected}"
    )]
    UnknownField {
        /// The file.
        file: String,
        /// The line.
        line: usize,
        /// As written.
        field: String,
        /// The target.
        target: Target,
        /// Those it takes.
        expected: String,
    },
    /// A part of a profile that its target has no use for.
    #[error("profile `{file}`: `{part}` is for {takes}, and this profile makes {target}")]
    NotForTarget {
        /// The file.
        file: String,
        /// The part.
        part: &'static str,
        /// What takes it.
        takes: &'static str,
        /// The target.
        target: Target,
    },
    /// A planning layer that is stated twice.
    #[error("profile `{file}` states the planning layer `{code}` twice")]
    SameLayerTwice {
        /// The file.
        file: String,
        /// Its code.
        code: String,
    },
    /// A file whose name does not say what the profile takes from it.
    #[error(
        "the name of `{file}` does not fit the profile, expected {expected}; rename the file, or \
         copy the profile and change its `file_name`"
    )]
    FileName {
        /// The name.
        file: String,
        /// The patterns.
        expected: String,
    },
    /// A date form without year, month or day.
    #[error("profile `{file}`: `{form}` is no form of a date, expected one such as `DD/MM/YYYY`")]
    DateForm {
        /// The file.
        file: String,
        /// As written.
        form: String,
    },
}
