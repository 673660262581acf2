//! The composition of all rooms' options, and the options of logging.

use documented::DocumentedFields;

use crate::app::AppOptions;
use crate::http::{HttpOptions, PageOptions};
use crate::store::StoreOptions;

/// Everything that can be set.
#[derive(
    Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize, DocumentedFields,
)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The application: the snapshot, and how it follows the store.
    pub app: AppOptions,
    /// The HTTP server.
    pub http: HttpOptions,
    /// Logging, to standard error.
    pub log: LogOptions,
    /// The page for people.
    pub page: PageOptions,
    /// The store, which holds the register.
    pub store: StoreOptions,
}

impl Config {
    /// The documentation of every option: section, key, text.
    pub fn documentation() -> Vec<(&'static str, &'static str, &'static str)> {
        fn of<T: DocumentedFields>(
            section: &'static str,
        ) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
            T::FIELD_NAMES
                .iter()
                .zip(T::FIELD_DOCS)
                .map(move |(key, text)| (section, *key, *text))
        }
        of::<Self>("")
            .chain(of::<AppOptions>("app"))
            .chain(of::<HttpOptions>("http"))
            .chain(of::<LogOptions>("log"))
            .chain(of::<PageOptions>("page"))
            .chain(of::<StoreOptions>("store"))
            .collect()
    }
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// One JSON object a line.
    #[default]
    Json,
    /// For people who read along.
    Text,
}

/// Options of logging.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, DocumentedFields)]
#[serde(deny_unknown_fields, default)]
pub struct LogOptions {
    /// What to log: a level (`error`, `warn`, `info`, `debug`, `trace`), or levels by module such
    /// as `info,diachinh::app=debug`.
    pub filter: String,
    /// `json`, one object a line, or `text`.
    pub format: LogFormat,
}

impl Default for LogOptions {
    fn default() -> Self {
        Self {
            filter: "info,actix_server=warn".to_owned(),
            format: LogFormat::Json,
        }
    }
}
