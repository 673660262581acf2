//! The help of the commands in the language that was chosen.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use clap::builder::StyledStr;
use clap::{Arg, Command};

use crate::exchange::Language;

/// The texts of `data/messages/help.toml`: each line or paragraph in English, and in Vietnamese.
static TEXTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let file = include_str!("../../data/messages/help.toml");
    let sections: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(file).expect("a test reads the message file that is compiled in");
    sections.into_values().flatten().collect()
});

/// A command whose help is in a language; what it reads stays as it is.
pub fn in_language(command: Command, language: Language) -> Command {
    match language {
        Language::English => command,
        Language::Vietnamese => vietnamese(command),
    }
}

/// A help as clap wrote it, with the words of clap itself in a language.
pub fn rendered(help: &str, language: Language) -> String {
    match language {
        Language::English => help.to_owned(),
        Language::Vietnamese => {
            let lines: Vec<String> = help.split('\n').map(own_words).collect();
            lines.join("\n")
        }
    }
}

fn vietnamese(mut command: Command) -> Command {
    if let Some(text) = told(command.get_about()) {
        command = command.about(text);
    }
    if let Some(text) = told(command.get_long_about()) {
        command = command.long_about(text);
    }
    if let Some(text) = told(command.get_after_help()) {
        command = command.after_help(text);
    }
    command
        .mut_args(vietnamese_option)
        .mut_subcommands(vietnamese)
}

fn vietnamese_option(mut option: Arg) -> Arg {
    if let Some(text) = told(option.get_help()) {
        option = option.help(text);
    }
    if let Some(text) = told(option.get_long_help()) {
        option = option.long_help(text);
    }
    option
}

/// A help, if there is one, line by line.
fn told(help: Option<&StyledStr>) -> Option<String> {
    let help = help?.to_string();
    let lines: Vec<String> = help.split('\n').map(line_told).collect();
    Some(lines.join("\n"))
}

/// A line in Vietnamese: all of it, or what stands beside an example.
fn line_told(line: &str) -> String {
    if let Some(told) = text(line.trim()) {
        return line.replace(line.trim(), &told);
    }
    beside_example(line)
        .and_then(|(example, beside)| Some(format!("{example}{}", text(beside)?)))
        .unwrap_or_else(|| line.to_owned())
}

/// A text in Vietnamese, also without the full stop that clap takes from short ones.
fn text(english: &str) -> Option<String> {
    if let Some(told) = TEXTS.get(english) {
        return Some(told.clone());
    }
    let told = TEXTS.get(&format!("{english}."))?;
    Some(told.trim_end_matches('.').to_owned())
}

/// An example with the gap after it, and the text beside it.
fn beside_example(line: &str) -> Option<(&str, &str)> {
    let indented = line.len() - line.trim_start().len();
    let gap = line[indented..].find("  ")? + indented;
    let text = line[gap..].trim_start();
    Some((&line[..line.len() - text.len()], text))
}

/// A line with the words that clap puts into every help.
fn own_words(line: &str) -> String {
    let mut line = line.to_owned();
    for words in CLAP {
        if let Some(told) = TEXTS.get(words) {
            line = line.replace(words, told);
        }
    }
    if let Some((value, meaning)) = line.trim_start().strip_prefix("- ").and_then(described)
        && let Some(told) = text(meaning)
    {
        let indented = line.len() - line.trim_start().len();
        return format!("{}- {value}: {told}", " ".repeat(indented));
    }
    line
}

/// A value that is possible, and what it means.
fn described(line: &str) -> Option<(&str, &str)> {
    let (value, meaning) = line.split_once(':')?;
    Some((value, meaning.trim()))
}

/// What clap itself says in a help, longer texts before their parts.
const CLAP: [&str; 12] = [
    "Print this message or the help of the given subcommand(s)",
    "Print help (see a summary with '-h')",
    "Print help (see more with '--help')",
    "Print help",
    "Print version",
    "Possible values:",
    "[possible values: ",
    "[default: ",
    "Usage:",
    "Commands:",
    "Arguments:",
    "Options:",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of a text that are not told in Vietnamese.
    fn untold(help: &str, missing: &mut Vec<String>) {
        for line in help.split('\n').map(str::trim) {
            let example = ["diachinh ", "curl ", "DIACHINH_"];
            if example.iter().any(|begins| line.starts_with(begins)) {
                let beside = beside_example(line).map(|(_, beside)| beside.to_owned());
                missing.extend(beside.filter(|beside| text(beside).is_none()));
            } else if !line.is_empty() && text(line).is_none() {
                missing.push(line.to_owned());
            }
        }
    }

    fn untold_of(command: &Command, missing: &mut Vec<String>) {
        let own = [
            command.get_about(),
            command.get_long_about(),
            command.get_after_help(),
        ];
        let options = command.get_arguments();
        let options = options.flat_map(|option| [option.get_help(), option.get_long_help()]);
        for help in own.into_iter().chain(options).flatten() {
            untold(&help.to_string(), missing);
        }
        for option in command.get_arguments() {
            for value in option.get_possible_values() {
                let meaning = value.get_help().map(ToString::to_string);
                missing.extend(meaning.filter(|meaning| text(meaning).is_none()));
            }
        }
        command
            .get_subcommands()
            .for_each(|command| untold_of(command, missing));
    }

    #[test]
    fn every_help_is_told_in_vietnamese() {
        let mut missing: Vec<String> = Vec::new();
        untold_of(&crate::cli::command::command_line(), &mut missing);
        let words = CLAP.iter().filter(|words| text(words).is_none());
        missing.extend(words.map(|words| (*words).to_owned()));
        missing.sort();
        missing.dedup();
        assert_eq!(missing, Vec::<String>::new(), "{}", missing.join("\n"));
    }

    #[test]
    fn a_line_keeps_its_example_and_its_place() {
        let line = "  diachinh snapshot --store x   nothing that is told";
        assert_eq!(line_told(line), line);
        assert_eq!(
            beside_example(line),
            Some(("  diachinh snapshot --store x   ", "nothing that is told"))
        );
        assert_eq!(rendered("Usage: x", Language::English), "Usage: x");
        assert!(rendered("Usage: x", Language::Vietnamese).ends_with(": x"));
    }
}
