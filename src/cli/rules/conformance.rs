//! `diachinh rules conformance`: vectors printed, or put to a calculator that somebody else wrote.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::json;

use super::told::Telling;
use super::words;
use crate::app::rule_packs::{packs_in_force, read_pack_file};
use crate::cadastre::Day;
use crate::cli::error::{Error, to_stdout};
use crate::cli::serve::now;
use crate::rules::conformance::{Answer, Compared, Question, Vector, vectors};
use crate::rules::{Pack, Rule};

/// All answers of a calculator together.
const ANSWERS_LIMIT: u64 = 64 << 20;
/// The longest question.
const QUESTION_LIMIT: u64 = 1 << 20;
/// So many differences are shown.
const SHOWN: usize = 20;

/// Questions for any calculator, with their answers.
#[derive(Debug, clap::Args)]
pub(super) struct Conformance {
    /// Day on which the case is filed; for a rule that is no longer in force on it the last on which
    /// it was [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = |text: &str| Day::parse(text))]
    date: Option<Day>,
    /// Only for this pack, or this rule of it.
    #[arg(long, value_name = "PACK[/RULE]")]
    rule: Vec<String>,
    /// Asks this command: a question on each line of its input, an answer on each of its output.
    #[arg(long, value_name = "COMMAND")]
    against: Option<String>,
    /// Leaves out questions that the command does not answer; without this no answer is a difference
    /// where a value is expected.
    #[arg(long, requires = "against")]
    partial: bool,
    /// How long the command may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    timeout: u64,
    #[command(flatten)]
    packs: Packs,
}

/// Answers by packs.
#[derive(Debug, clap::Args)]
pub(super) struct Answering {
    #[command(flatten)]
    packs: Packs,
}

#[derive(Debug, clap::Args)]
struct Packs {
    /// A pack file in the place of the pack of the same id, or beside those of the program.
    #[arg(long, value_name = "FILE")]
    pack: Vec<PathBuf>,
}

impl Packs {
    fn read(&self) -> Result<Vec<Pack>, Error> {
        let mut packs = packs_in_force()?;
        for file in &self.pack {
            let pack = read_pack_file(file)?.map_err(|mistakes| {
                let told = mistakes.iter();
                let told = told.map(|one| words::mistake(one, crate::exchange::Language::English));
                Error::Usage(told.collect::<Vec<String>>().join("\n"))
            })?;
            match packs.iter_mut().find(|other| other.id == pack.id) {
                Some(other) => *other = pack,
                None => packs.push(pack),
            }
        }
        Ok(packs)
    }
}

impl Conformance {
    pub(super) fn run(&self, telling: &mut Telling) -> Result<ExitCode, Error> {
        let packs = self.packs.read()?;
        let day = self.date.unwrap_or_else(|| now().day_in_vietnam());
        let wanted = |pack: &Pack, rule: &Rule| {
            let is =
                |name: &String| *name == pack.id || *name == format!("{}/{}", pack.id, rule.id);
            self.rule.is_empty() || self.rule.iter().any(is)
        };
        let vectors = vectors(&packs, day, wanted);
        if vectors.is_empty() {
            let names = self.rule.join(", ");
            return Err(Error::Usage(format!(
                "no pack and no rule is named `{names}`"
            )));
        }
        match &self.against {
            Some(command) => self.compare(telling, command, &vectors),
            None => print(&packs, day, &vectors),
        }
    }

    fn compare(
        &self,
        telling: &mut Telling,
        command: &str,
        vectors: &[Vector],
    ) -> Result<ExitCode, Error> {
        let answers = self.asked(command, vectors)?;
        let (mut same, mut silent, mut none_expected) = (0_usize, 0_usize, 0_usize);
        let mut other = Vec::new();
        for vector in vectors {
            let answer = answers.get(&vector.question.id);
            match vector.compared(answer) {
                Compared::Same => same += 1,
                Compared::NoneExpected => none_expected += 1,
                Compared::Unanswered if self.partial => silent += 1,
                Compared::Different | Compared::Unanswered => other.push((vector, answer)),
            }
        }
        for (vector, answer) in other.iter().take(SHOWN) {
            difference(telling, vector, *answer);
        }
        let count = |count: usize| count.to_string();
        let values = [
            ("same", count(same)),
            ("other", count(other.len())),
            ("silent", count(silent)),
            ("none", count(none_expected)),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        telling.say("compared", &values);
        let all_well = other.is_empty() && same > 0;
        Ok(ExitCode::from(if all_well { 0 } else { Error::FINDINGS }))
    }

    /// The answers of a command, by question.
    fn asked(&self, command: &str, vectors: &[Vector]) -> Result<BTreeMap<String, Answer>, Error> {
        let failed = |source| Error::Io {
            what: format!("cannot run `{command}`"),
            source,
        };
        let mut shell = Command::new("sh");
        let shell = shell
            .args(["-c", command])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = shell.spawn().map_err(failed)?;
        let mut lines = Vec::new();
        for vector in vectors {
            let line = serde_json::to_string(&vector.question);
            let line = line.map_err(|error| failed(error.into()))?;
            lines.extend_from_slice(line.as_bytes());
            lines.push(b'\n');
        }
        if let Some(mut input) = child.stdin.take() {
            // A calculator may stop reading: what it has answered then counts.
            std::thread::spawn(move || input.write_all(&lines));
        }
        let (told, said) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            std::thread::spawn(move || told.send(read(output)));
        }
        let answers = said.recv_timeout(Duration::from_secs(self.timeout));
        ended(&mut child, command, answers.is_ok()).map_err(failed)??;
        let seconds = self.timeout;
        let late = |_| Error::Usage(format!("`{command}` has not answered in {seconds} s"));
        answers.map_err(late)?.map_err(Error::Usage)
    }
}

/// Waits for a calculator that has closed its output, or stops it.
fn ended(child: &mut Child, command: &str, answered: bool) -> std::io::Result<Result<(), Error>> {
    if !answered {
        child.kill()?;
    }
    let status = child.wait()?;
    if answered && !status.success() {
        return Ok(Err(Error::Usage(format!(
            "`{command}` has failed: {status}"
        ))));
    }
    Ok(Ok(()))
}

/// Answers, one on each line.
fn read(output: ChildStdout) -> Result<BTreeMap<String, Answer>, String> {
    let mut answers = BTreeMap::new();
    for (number, line) in BufReader::new(output.take(ANSWERS_LIMIT))
        .lines()
        .enumerate()
    {
        let at = number + 1;
        let line = line.map_err(|error| format!("line {at} of the answers: {error}"))?;
        let answer: Answer = serde_json::from_str(&line)
            .map_err(|error| format!("line {at} of the answers is no answer: {error}"))?;
        answers.insert(answer.id.clone(), answer);
    }
    Ok(answers)
}

fn difference(telling: &mut Telling, vector: &Vector, answer: Option<&Answer>) {
    telling.line(&vector.question.id);
    let facts = vector.question.facts.iter();
    let facts: Vec<String> = facts
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    telling.line(format!("  {}", facts.join(" ")));
    let outcomes = |outcomes: &[String]| -> String {
        let each = vector.question.found.iter().zip(outcomes);
        let each: Vec<String> = each
            .map(|(found, outcome)| format!("{found} {outcome}"))
            .collect();
        each.join(", ")
    };
    let judged = answer.map_or(&[][..], |answer| &answer.outcomes);
    let (expected, found) = (outcomes(&vector.outcomes), outcomes(judged));
    let limit = answer.and_then(|answer| answer.limit.as_deref());
    let values = [
        ("limit", vector.limit.as_str()),
        ("outcomes", &expected),
        ("answered", limit.unwrap_or("–")),
        ("judged", &found),
    ];
    telling.say("differs", &values);
}

fn print(packs: &[Pack], day: Day, vectors: &[Vector]) -> Result<ExitCode, Error> {
    let pack = |pack: &Pack| json!({"id": pack.id, "version": pack.version, "hash": pack.hash.to_string()});
    let document = json!({
        "format": "diachinh-conformance",
        "version": 1,
        "date": day.to_string(),
        "packs": packs.iter().map(pack).collect::<Vec<_>>(),
        "vectors": vectors,
    });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{document:#}").map_err(to_stdout)?;
    Ok(ExitCode::SUCCESS)
}

impl Answering {
    pub(super) fn run(&self) -> Result<ExitCode, Error> {
        let packs = self.packs.read()?;
        let mut out = std::io::stdout().lock();
        let mut input = std::io::stdin().lock();
        for number in 1.. {
            let mut line = String::new();
            let wrong =
                |error: String| Error::Usage(format!("line {number} of the questions: {error}"));
            let length = input.by_ref().take(QUESTION_LIMIT).read_line(&mut line);
            if length.map_err(|error| wrong(error.to_string()))? == 0 {
                break;
            }
            let question: Question =
                serde_json::from_str(&line).map_err(|error| wrong(error.to_string()))?;
            let answer = question
                .answer(&packs)
                .map_err(|error| wrong(error.to_string()))?;
            let answer =
                serde_json::to_string(&answer).map_err(|error| wrong(error.to_string()))?;
            writeln!(out, "{answer}").map_err(to_stdout)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
