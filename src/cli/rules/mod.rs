//! `diachinh rules`: what the law limits, as packs of data, and what follows for a site.

/// Values on the command line.
mod arguments;
/// Vectors for any calculator.
mod conformance;
/// Lines for people.
mod told;
/// Words of rules in both languages.
mod words;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::error::{Error, to_stdout};
use super::serve::now;
use crate::app::rule_packs::{all_packs, packs_in_force, read_pack_file};
use crate::app::wards::is_of_city;
use crate::cadastre::{Day, WardCode};
use crate::exchange::Language;
use crate::rules::{
    AreaName, Decimal, Fact, Facts, Limit, Origin, Outcome, Pack, Parameter, Sort, limits, schema,
};
use arguments::{area, found, number};
use told::{Telling, shown};
use words::own;

/// Rule packs: which there are, what they say, whether a file is one, and what follows for a site.
///
/// A pack is a text of law as data: dated, with its place, its source and how sure that source is. What
/// is not known of a site makes a limit unknown, never free. docs/rules.md tells how to write one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh rules list
  diachinh rules show hcmc_56_2021_app18 storeys
  diachinh rules check my-pack.toml                   everything that is wrong with a file
  diachinh rules explain lot_area_m2=66 right_of_way_m=12 ward=26743 building_kind=row_house
  diachinh rules parameters                           the facts that can be stated
  diachinh rules schema > schema.json                 for editors
  diachinh rules conformance > vectors.json           questions with their answers
  diachinh rules conformance --against ./calculator   what it answers otherwise

`check` ends with 0 when all files are packs, with 3 when something is wrong with one.
`conformance --against` ends with 3 when the calculator answers otherwise.")]
pub struct Rules {
    #[command(subcommand)]
    order: Order,
}

#[derive(Debug, clap::Subcommand)]
enum Order {
    /// Lists the packs, two lines each: id, version, level, days, and the hash of its content.
    List,
    /// Shows a pack, or one of its rules, with every number and its source.
    Show {
        /// Id of the pack, as `rules list` gives it.
        pack: String,
        /// Id of a rule.
        rule: Option<String>,
    },
    /// Says everything that is wrong with pack files, with line and column.
    Check {
        /// Pack files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Says what is limited at a site of which some facts are known, and which rules say so.
    Explain(Explain),
    /// Lists the facts that rules ask for, with unit or words.
    Parameters,
    /// Prints the JSON schema of a pack file.
    Schema,
    /// Prints questions at and beside every number of the packs, with their answers, or asks a
    /// calculator.
    Conformance(conformance::Conformance),
    /// Answers such questions, a line of JSON each, by the packs.
    Answer(conformance::Answering),
}

/// What is known of a site, and what is asked.
#[derive(Debug, clap::Args)]
struct Explain {
    /// Facts, such as `lot_area_m2=66` or `corner_lot=false`; `none` is what does not exist.
    #[arg(value_name = "NAME=VALUE")]
    facts: Vec<String>,
    /// Day on which the case was filed [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = |text: &str| Day::parse(text))]
    date: Option<Day>,
    /// A planning area in which the site lies.
    #[arg(long, value_name = "THEME/KIND", value_parser = area)]
    inside: Vec<AreaName>,
    /// A planning area in which it does not lie.
    #[arg(long, value_name = "THEME/KIND", value_parser = area)]
    outside: Vec<AreaName>,
    /// States that no detailed plan and no zoning plan has numbers of its own for the lot.
    #[arg(long)]
    no_plans: bool,
    /// Only limits of this kind or quantity, such as `storeys` or `setback/rear`.
    #[arg(long, value_name = "QUANTITY")]
    only: Vec<String>,
    /// A value that was found, compared with its limit, such as `coverage=87.9`.
    #[arg(long, value_name = "QUANTITY=NUMBER", value_parser = found)]
    found: Vec<(String, Decimal)>,
    /// Tolerance of the found values, in their unit.
    #[arg(long, value_name = "NUMBER", value_parser = number, default_value = "0")]
    tolerance: Decimal,
    /// Also the rules that do not apply, and why not.
    #[arg(long)]
    all: bool,
    /// Pack files beside those of the program.
    #[arg(long, value_name = "FILE")]
    pack: Vec<PathBuf>,
}

impl Rules {
    /// Lists, shows, checks or explains.
    ///
    /// # Errors
    /// [`Error`] when a file cannot be read, there is no such pack or rule, or a fact is none.
    pub fn run(&self, language: Language) -> Result<ExitCode, Error> {
        let mut telling = Telling::new(language);
        let code = match &self.order {
            Order::List => list(&mut telling)?,
            Order::Show { pack, rule } => show(&mut telling, pack, rule.as_deref())?,
            Order::Check { files } => check(&mut telling, files)?,
            Order::Explain(explain) => explain.run(&mut telling)?,
            Order::Parameters => parameters(&mut telling),
            Order::Schema => {
                telling.line(format!("{:#}", schema()));
                ExitCode::SUCCESS
            }
            Order::Conformance(conformance) => conformance.run(&mut telling)?,
            Order::Answer(answering) => answering.run()?,
        };
        let mut out = std::io::stdout().lock();
        for line in telling.into_lines() {
            writeln!(out, "{line}").map_err(to_stdout)?;
        }
        Ok(code)
    }
}

fn list(telling: &mut Telling) -> Result<ExitCode, Error> {
    for pack in all_packs()? {
        heading(telling, &pack);
    }
    Ok(ExitCode::SUCCESS)
}

fn heading(telling: &mut Telling, pack: &Pack) {
    let title = own(&pack.title, telling.language).to_owned();
    let level = telling.word("level", pack.level.as_str());
    let days = telling.days(&pack.valid);
    let hash = pack.hash.to_string();
    let rules = pack.rules.len().to_string();
    telling.line(format!("{} {}: {title}", pack.id, pack.version));
    let values = [
        ("level", level.as_str()),
        ("days", &days),
        ("rules", &rules),
        ("hash", &hash[..16]),
    ];
    telling.say("pack", &values);
    if pack.illustration {
        telling.say("illustration", &[]);
    }
}

fn show(telling: &mut Telling, id: &str, rule: Option<&str>) -> Result<ExitCode, Error> {
    let packs = all_packs()?;
    let Some(pack) = packs.iter().find(|pack| pack.id == id) else {
        let ids: Vec<&str> = packs.iter().map(|pack| pack.id.as_str()).collect();
        let ids = ids.join(", ");
        return Err(Error::Usage(format!(
            "there is no pack `{id}`, expected one of: {ids}"
        )));
    };
    if let Some(id) = rule {
        let Some(rule) = pack.find_rule(id) else {
            let ids: Vec<&str> = pack.rules.iter().map(|rule| rule.id.as_str()).collect();
            let ids = ids.join(", ");
            return Err(Error::Usage(format!(
                "there is no rule `{id}`, expected one of: {ids}"
            )));
        };
        telling.rule(pack, rule);
        return Ok(ExitCode::SUCCESS);
    }
    heading(telling, pack);
    for condition in &pack.scope {
        telling.say("scope", &[("value", &condition.to_string())]);
    }
    if let Some(note) = &pack.note {
        let note = own(note, telling.language).to_owned();
        telling.line(format!("  {note}"));
    }
    for source in &pack.sources {
        let grade = telling.word("confidence", source.doubt.confidence.as_str());
        let reason = own(&source.doubt.reason, telling.language).to_owned();
        let link = source.link.as_deref().unwrap_or_default();
        telling.line(format!("  {} [{grade}] {reason} {link}", source.act));
    }
    for reading in &pack.readings {
        let title = own(&reading.title, telling.language).to_owned();
        let when: Vec<String> = reading.when.iter().map(ToString::to_string).collect();
        let (parameter, by) = (reading.parameter, reading.by);
        telling.line(format!(
            "  {parameter} := {by} | {} — {title}",
            when.join(" ∧ ")
        ));
    }
    for rule in &pack.rules {
        telling.line(String::new());
        telling.rule(pack, rule);
    }
    Ok(ExitCode::SUCCESS)
}

fn check(telling: &mut Telling, files: &[PathBuf]) -> Result<ExitCode, Error> {
    let mut all_well = true;
    for file in files {
        match read_pack_file(file)? {
            Ok(pack) => {
                let (rules, hash) = (pack.rules.len().to_string(), pack.hash.to_string());
                let file = file.display().to_string();
                let values = [
                    ("file", file.as_str()),
                    ("rules", &rules),
                    ("hash", &hash[..16]),
                ];
                telling.say("checked", &values);
            }
            Err(mistakes) => {
                all_well = false;
                for mistake in &mistakes {
                    telling.line(words::mistake(mistake, telling.language));
                }
            }
        }
    }
    Ok(if all_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Error::FINDINGS)
    })
}

fn parameters(telling: &mut Telling) -> ExitCode {
    for parameter in Parameter::ALL {
        let title = telling.word("parameter", parameter.name());
        let sort = match parameter.sort() {
            Sort::Number(unit) => telling.word("unit", unit.as_str()),
            Sort::Truth => "true | false".to_owned(),
            Sort::Word(words) => words.join(" | "),
            Sort::Code => telling.word("unit", "code"),
        };
        telling.line(format!("{parameter}: {title} [{sort}]"));
    }
    ExitCode::SUCCESS
}

/// What the two plans would state of a lot.
const OF_PLANS: [&str; 8] = [
    "zoning_storeys_max",
    "zoning_height_max_m",
    "zoning_floor_area_ratio_max",
    "detailed_coverage_max_percent",
    "detailed_storeys_max",
    "detailed_height_max_m",
    "detailed_floor_area_ratio_max",
    "detailed_front_setback_m",
];

/// The ward that is stated, when it is none of the city's: its rules do not speak there.
fn other_ward(facts: &Facts) -> Result<Option<&str>, Error> {
    let Some(Fact::Word(stated)) = facts.find(Parameter::Ward) else {
        return Ok(None);
    };
    let number = stated.parse().ok();
    let code = number.and_then(|number| WardCode::from_number(number).ok());
    let is_known = code.map(is_of_city).transpose()?;
    Ok((is_known != Some(true)).then_some(&**stated))
}

impl Explain {
    fn facts(&self) -> Result<Facts, Error> {
        let mut facts = Facts::new();
        let refused = |error: crate::rules::InvalidFact| Error::Usage(error.to_string());
        if self.no_plans {
            for name in OF_PLANS {
                facts.state(name, "none").map_err(refused)?;
            }
        }
        let mut names = BTreeSet::new();
        for stated in &self.facts {
            let Some((name, value)) = stated.split_once('=') else {
                return Err(Error::Usage(format!(
                    "`{stated}` states no fact, expected one such as `lot_area_m2=66`"
                )));
            };
            if !names.insert(name) {
                let twice = format!("`{name}` is stated twice, expected it once");
                return Err(Error::Usage(twice));
            }
            facts.state(name, value).map_err(refused)?;
        }
        for area in &self.inside {
            facts.set_inside(area.clone(), true, Origin::Stated);
        }
        for area in &self.outside {
            facts.set_inside(area.clone(), false, Origin::Stated);
        }
        Ok(facts)
    }

    fn packs(&self, telling: &mut Telling) -> Result<Option<Vec<Pack>>, Error> {
        let mut packs = packs_in_force()?;
        let mut all_well = true;
        for file in &self.pack {
            match read_pack_file(file)? {
                Ok(pack) => packs.push(pack),
                Err(mistakes) => {
                    all_well = false;
                    for mistake in &mistakes {
                        telling.line(words::mistake(mistake, telling.language));
                    }
                }
            }
        }
        Ok(all_well.then_some(packs))
    }

    fn wanted(&self, limit: &Limit<'_>) -> bool {
        let quantity = limit.quantity.to_string();
        let is = |only: &String| *only == quantity || only == limit.quantity.kind.name;
        let asked = self.only.is_empty() || self.only.iter().any(is);
        let applies = limit.considered.iter().any(|c| c.why_not.is_none());
        asked && (applies || self.all)
    }

    fn run(&self, telling: &mut Telling) -> Result<ExitCode, Error> {
        let facts = self.facts()?;
        let Some(packs) = self.packs(telling)? else {
            return Ok(ExitCode::from(Error::FINDINGS));
        };
        let day = self.date.unwrap_or_else(|| now().day_in_vietnam());
        let known = facts.iter().count().to_string();
        telling.say("explained", &[("day", &day.to_string()), ("known", &known)]);
        if let Some(ward) = other_ward(&facts)? {
            telling.say("other_ward", &[("ward", ward)]);
        }
        let limits = limits(&packs, &facts, day);
        for limit in limits.iter().filter(|limit| self.wanted(limit)) {
            telling.line(String::new());
            telling.limit(limit, self.all);
            let quantity = limit.quantity.to_string();
            for (_, value) in self.found.iter().filter(|(of, _)| *of == quantity) {
                let outcome: Outcome = limit.judge(*value, self.tolerance);
                let said = telling.word("outcome", outcome.as_str());
                let (value, tolerance) = (shown(*value), shown(self.tolerance));
                let values = [
                    ("found", value.as_str()),
                    ("tolerance", &tolerance),
                    ("outcome", &said),
                ];
                telling.say("judged", &values);
            }
        }
        let known = |of: &str| limits.iter().any(|l| l.quantity.to_string() == of);
        let of_kind = |of: &str| limits.iter().any(|l| l.quantity.kind.name == of);
        let only = self.only.iter().filter(|of| !of_kind(of));
        let found = self.found.iter().map(|(of, _)| of);
        if let Some(of) = only.chain(found).find(|of| !known(of)) {
            let all: Vec<String> = limits.iter().map(|l| l.quantity.to_string()).collect();
            let all = all.join(", ");
            return Err(Error::Usage(format!(
                "nothing limits `{of}`, expected one of: {all}"
            )));
        }
        Ok(ExitCode::SUCCESS)
    }
}
