//! The command line as a whole: what is read, dispatched and answered on failure.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use super::help;
use super::wording::told;
use super::{
    Error, audit, check_store, config, demo, export, import, keys, layer, log, party, rules, serve,
    snapshot, tiles, verify,
};
use crate::config::{Override, load, locale};
use crate::exchange::Language;

/// A city's land parcels in memory, looked up at once and with proof.
///
/// The register is one file (or a PostgreSQL database); the server keeps all of it in memory and
/// follows the file by itself.
#[derive(Debug, Parser)]
#[command(name = "diachinh", version, after_help = FIRST_STEPS)]
struct CommandLine {
    /// Configuration file [default: diachinh.toml when there is one].
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Language of help, answers and failures [default: that of the locale, `vi` or else `en`], and
    /// of the report of an import [default: vi].
    #[arg(long, global = true, value_name = "vi|en", value_parser = language)]
    language: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

const FIRST_STEPS: &str = "\
First steps:
  diachinh demo                        builds a made-up city of 50 000 parcels
  diachinh serve                       answer on http://127.0.0.1:8080
  diachinh check-store                 whether the register is whole
  diachinh import FILE --dry-run       says what is wrong with a cadastral file
  diachinh export parcels p.gpkg       a collection as a file for others
  diachinh config --example            every option with its default

Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 done, and not all is well: an import
rejected something, a register has flaws.";

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Import(import::Import),
    Demo(demo::Demo),
    CheckStore(check_store::CheckStore),
    Snapshot(snapshot::Snapshot),
    Tiles(tiles::Tiles),
    Export(export::Export),
    Layer(layer::LayerCommand),
    Party(party::Party),
    Audit(audit::Audit),
    Rules(rules::Rules),
    Keys(keys::Keys),
    Verify(verify::Verify),
    Config(config::Config),
}

impl Command {
    /// Options of the command that stand for configuration options.
    fn overrides(&self) -> Vec<Override> {
        match self {
            Self::Serve(command) => command.overrides(),
            Self::Import(command) => command.overrides(),
            Self::Demo(command) => command.overrides(),
            Self::CheckStore(command) => command.overrides(),
            Self::Snapshot(command) => command.overrides(),
            Self::Tiles(command) => command.overrides(),
            Self::Export(command) => command.overrides(),
            Self::Layer(command) => command.overrides(),
            Self::Party(command) => command.overrides(),
            Self::Audit(command) => command.overrides(),
            Self::Rules(_) | Self::Keys(_) | Self::Verify(_) | Self::Config(_) => Vec::new(),
        }
    }
}

/// The name under which the program starts itself to read a file from outside; no command of the
/// help, since people have no use for it.
const READ_SOURCE: &str = "read-source";

/// Runs a command line; failures go to standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Nothing else of the program may run in that child, configuration and logs included.
    if arguments.get(1).is_some_and(|a| a == READ_SOURCE) {
        return match crate::exchange::source::reader::run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    let language = language_of(&arguments);
    let line = match read(arguments, language) {
        Ok(line) => line,
        Err(error) => return misused(&error, language),
    };
    match execute(&line, language) {
        Ok(code) => code,
        Err(error) if error.is_reader_gone() => ExitCode::SUCCESS,
        Err(error) => {
            let text = told(&error.text(), language);
            // Nothing is left to tell the user with when standard error is gone.
            let _ = writeln!(std::io::stderr(), "diachinh: {text}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// All commands with their options and help, in English.
pub(super) fn command_line() -> clap::Command {
    CommandLine::command()
}

/// Reads a command line; the help is in a language.
fn read(arguments: Vec<OsString>, language: Language) -> Result<CommandLine, clap::Error> {
    let command = help::in_language(command_line(), language);
    let matches = command.try_get_matches_from(arguments)?;
    CommandLine::from_arg_matches(&matches)
}

/// Says what is wrong with a command line; help and version are "errors" of clap too.
fn misused(error: &clap::Error, language: Language) -> ExitCode {
    if !error.use_stderr() {
        let printed = match language {
            Language::English => error.print(),
            Language::Vietnamese => {
                let text = help::rendered(&error.to_string(), language);
                std::io::stdout().write_all(text.as_bytes())
            }
        };
        return match printed {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(Error::USAGE),
        };
    }
    // Nothing is left to tell the user with when standard error is gone.
    let _ = match language {
        Language::English => error.print(),
        Language::Vietnamese => {
            let text = told(&error.to_string(), language);
            std::io::stderr().write_all(text.as_bytes())
        }
    };
    ExitCode::from(Error::USAGE)
}

fn language(text: &str) -> Result<Language, String> {
    match text {
        "vi" => Ok(Language::Vietnamese),
        "en" => Ok(Language::English),
        _ => Err("expected `vi` or `en`".to_owned()),
    }
}

/// The language of failures, also for a command line that cannot be read: the last that is given,
/// or else that of the locale.
fn language_of(arguments: &[OsString]) -> Language {
    let texts: Vec<&str> = arguments.iter().filter_map(|a| a.to_str()).collect();
    let apart = texts.windows(2).filter(|two| two[0] == "--language");
    let joined = texts.iter().filter_map(|a| a.strip_prefix("--language="));
    let given = apart.map(|two| two[1]).chain(joined);
    let given = given.filter_map(|text| language(text).ok()).next_back();
    given.unwrap_or_else(|| match locale() {
        Some(locale) if locale.starts_with("vi") => Language::Vietnamese,
        _ => Language::English,
    })
}

fn execute(line: &CommandLine, failures: Language) -> Result<ExitCode, Error> {
    if let Command::Config(command) = &line.command
        && command.example
    {
        return command.run_example();
    }
    let loaded = load(line.config.as_deref(), &line.command.overrides())?;
    log::start(&loaded.config.log)?;
    match &line.command {
        Command::Serve(command) => command.run(&loaded),
        Command::Import(command) => command.run(&loaded, line.language, failures),
        Command::Demo(command) => command.run(&loaded, failures),
        Command::CheckStore(command) => command.run(&loaded, failures),
        Command::Snapshot(command) => command.run(&loaded, failures),
        Command::Tiles(command) => command.run(&loaded, failures),
        Command::Export(command) => command.run(&loaded, failures),
        Command::Layer(command) => command.run(&loaded, failures),
        Command::Party(command) => command.run(&loaded, failures),
        Command::Audit(command) => command.run(&loaded, failures),
        Command::Rules(command) => command.run(failures),
        Command::Keys(command) => command.run(&loaded),
        Command::Verify(command) => command.run(failures),
        Command::Config(command) => command.run(&loaded),
    }
}
