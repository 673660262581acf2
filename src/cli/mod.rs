//! The command line: one file per command.
//!
//! May not live here: globals; logic worth a unit test.
//! A command is a clap struct with `run(&self, &Loaded) -> Result<ExitCode, Error>`.

/// `diachinh audit`: whether the audit holds, and what stands in it.
pub mod audit;
/// `diachinh check-store`: whether a register is whole.
pub mod check_store;
/// The command line as a whole: what is read, dispatched and answered on failure.
pub mod command;
/// `diachinh config`: what is in force, and the example file.
pub mod config;
/// `diachinh demo`: a made-up city to try everything with.
pub mod demo;
/// Why a command fails, as text and exit code.
pub mod error;
/// `diachinh export`: a collection of the register as a file.
pub mod export;
/// The help of the commands in the language that was chosen.
pub mod help;
/// `diachinh import`: a file into the register.
pub mod import;
/// `diachinh keys`: the keys that sign evidence.
pub mod keys;
/// `diachinh layer`: planning layers, and the withdrawal of one.
pub mod layer;
/// Logging to standard error.
pub mod log;
/// `diachinh party`: who holds a parcel, who a party is, and its erasure.
pub mod party;
/// `diachinh rules`: rule packs, and what they limit.
pub mod rules;
/// `diachinh serve`: the server.
pub mod serve;
/// `diachinh snapshot`: the snapshot file, made now.
pub mod snapshot;
/// `diachinh tiles`: tiles of the map, rendered ahead.
pub mod tiles;
/// `diachinh verify`: evidence checked again, without the server.
pub mod verify;
/// What a command answers, or says when it fails, in the language that was chosen.
pub mod wording;

pub use command::run;
pub use error::Error;
