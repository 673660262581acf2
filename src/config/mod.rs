//! One configuration, composed of each room's own options: file, environment, command line.
//!
//! May not live here: globals; anything but composing, reading and printing options.
//! Read `options.rs` first, then `load.rs`, then `print.rs`.

/// Reads file, environment and command line into one [`Config`], with the origin of every value.
pub mod load;
/// The composition of all rooms' options, and the options of logging.
pub mod options;
/// What is in force, and the example file, as TOML with the options' own words.
pub mod print;

pub use load::{Error, Loaded, Override, load, locale};
pub use options::{Config, LogFormat, LogOptions};
