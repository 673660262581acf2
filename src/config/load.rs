//! Reads file, environment and command line into one [`Config`], with the origin of every value.

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};

use super::Config;

/// The file that is read when none is named and it exists.
const USUAL_FILE: &str = "diachinh.toml";
/// Prefix of environment variables: `DIACHINH_HTTP__LISTEN` sets `listen` in `[http]`.
const PREFIX: &str = "DIACHINH_";
/// The environment variable that names the file; not an option itself.
const FILE_VARIABLE: &str = "DIACHINH_CONFIG";

/// An option given on the command line: its key such as `http.listen`, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Key with its section.
    pub key: &'static str,
    /// Value as written.
    pub value: String,
}

impl Override {
    /// The option, when it is given.
    pub fn of(key: &'static str, value: Option<&String>) -> Vec<Self> {
        let value = value.cloned();
        value.into_iter().map(|value| Self { key, value }).collect()
    }
}

/// A configuration, and where its values come from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What is in force.
    pub config: Config,
    /// The file that was read, if any.
    pub file: Option<PathBuf>,
    figment: Figment,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("cannot read the configuration file `{path}`: {source}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML, or has an unknown key or a value of another type.
    #[error("in the configuration file `{path}`: {reason}")]
    InFile {
        /// Which.
        path: PathBuf,
        /// What, with line and column.
        reason: String,
    },
    /// A variable or command-line option is unknown or has a value of another type.
    #[error("in {origin}: {reason}")]
    Elsewhere {
        /// Environment variable or command-line option.
        origin: String,
        /// What is wrong.
        reason: String,
    },
}

/// Reads the configuration: defaults, then the file, then the environment, then the command line.
///
/// # Errors
/// [`Error`] with file, line and column, or the variable, for an unknown key or a wrong value;
/// a file that was named must exist.
pub fn load(named: Option<&Path>, overrides: &[Override]) -> Result<Loaded, Error> {
    let named = named
        .map(Path::to_owned)
        .or_else(|| std::env::var_os(FILE_VARIABLE).map(PathBuf::from));
    let file = named.or_else(|| Some(PathBuf::from(USUAL_FILE)).filter(|p| p.exists()));
    let mut figment = Figment::from(Serialized::defaults(Config::default()));
    if let Some(path) = &file {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Unreadable {
            path: path.clone(),
            source,
        })?;
        toml::from_str::<Config>(&text).map_err(|error| Error::InFile {
            path: path.clone(),
            reason: error.to_string().trim_end().to_owned(),
        })?;
        figment = figment.merge(Toml::file_exact(path));
    }
    figment = figment.merge(Env::prefixed(PREFIX).ignore(&["config"]).split("__"));
    for given in overrides {
        figment = figment.merge((given.key, given.value.as_str()));
    }
    match figment.extract::<Config>() {
        Ok(config) => Ok(Loaded {
            config,
            file,
            figment,
        }),
        Err(error) => Err(elsewhere(&error, overrides)),
    }
}

/// Names the variable or command-line option that an error of figment is about.
fn elsewhere(error: &figment::Error, overrides: &[Override]) -> Error {
    use figment::error::Kind;
    let mut path = error.path.clone();
    // An element of a list is named by its number behind the option.
    path.retain(|part| part.parse::<usize>().is_err());
    if let Kind::UnknownField(field, _) = &error.kind
        && path.last() != Some(field)
    {
        path.push(field.clone());
    }
    let key = path.join(".");
    let origin = if overrides.iter().any(|given| given.key == key) {
        format!("the command line, option `{key}`")
    } else {
        format!("the environment variable `{}`", variable(&key))
    };
    Error::Elsewhere {
        origin,
        reason: format!("{}{}", error.kind, hint(&key)),
    }
}

/// What an option is, from its own documentation; nothing for a key that is no option.
fn hint(key: &str) -> String {
    let (section, name) = key.split_once('.').unwrap_or(("", key));
    let docs = Config::documentation();
    let mut options = docs.iter().filter(|(of, ..)| !of.is_empty());
    options
        .find(|(of, option, _)| *of == section && *option == name)
        .map_or_else(String::new, |(.., text)| {
            format!("\n`{section}.{name}`: {}", text.replace('\n', " "))
        })
}

/// The locale of messages that the environment names, such as `vi_VN.UTF-8`.
pub fn locale() -> Option<String> {
    let mut named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    named.find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}

/// The environment variable that sets a key.
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

impl Loaded {
    /// Where the value of a key such as `http.listen` comes from, for people.
    pub fn origin(&self, key: &str) -> String {
        match self.figment.find_metadata(key).map(|m| m.name.as_ref()) {
            Some(name) if name.contains("environment") => variable(key),
            Some(name) if name.contains("TOML") => self
                .file
                .as_ref()
                .map_or_else(|| "file".to_owned(), |path| path.display().to_string()),
            Some(name) if name.contains("Config") => "default".to_owned(),
            Some(_) => "command line".to_owned(),
            None => "default".to_owned(),
        }
    }
}
