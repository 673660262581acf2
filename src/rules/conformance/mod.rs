//! Questions with their answers at and beside every number of the packs, for any calculator.
//!
//! Each begins with a usual row house that is changed until a rule applies, and then puts one of the
//! rule's numbers just below, at and just above where something changes. What is asked is the limit
//! that follows from all packs, not from that rule alone. Reading order: `site` (what is known),
//! `places` (where something changes), then the questions here.

mod places;
mod site;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::bound::{Bound, NumberBound};
use super::condition::{AreaName, Lack, Truth};
use super::facts::{Facts, InvalidFact, Origin};
use super::limits::{Limit, limits};
use super::pack::{Pack, Rule, Validity};
use super::unit::Unit;
use crate::cadastre::Day;
use site::Site;

/// So many decimals of a limit are told; answers are compared with as many.
pub const DECIMALS: u32 = 6;

/// What is known of a site, and what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What it tries: the rule, then what is put where.
    pub id: String,
    /// Day on which the case is filed, `YYYY-MM-DD`.
    pub date: String,
    /// What is limited, such as `storeys` or `setback/rear`.
    pub quantity: String,
    /// Facts by the names of `diachinh rules parameters`; `none` is what does not exist.
    pub facts: BTreeMap<String, String>,
    /// Planning areas in which the site lies, as `theme/kind`.
    #[serde(default)]
    pub inside: Vec<String>,
    /// Planning areas in which it does not lie.
    #[serde(default)]
    pub outside: Vec<String>,
    /// Values that are to be judged, in the unit of the quantity.
    #[serde(default)]
    pub found: Vec<String>,
}

/// What a calculator answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question.
    pub id: String,
    /// The number, words divided by ` | `, or `none`, `unknown`, `officer_decides`; a calculator
    /// that has no such number leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// For each found value `pass`, `fail`, `unknown` or `not_applicable`.
    #[serde(default)]
    pub outcomes: Vec<String>,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Vector {
    /// What is asked.
    #[serde(flatten)]
    pub question: Question,
    /// Sense and inclusivity of the number: `at_most`, `less_than`, `at_least`, `more_than`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<&'static str>,
    /// Unit of the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'static str>,
    /// The limit, as in [`Answer::limit`].
    pub limit: String,
    /// As in [`Answer::outcomes`].
    pub outcomes: Vec<String>,
}

/// Why a question cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswerable {
    /// The day is none.
    #[error("`{0}` is not a day, expected YYYY-MM-DD")]
    Day(String),
    /// An area has no theme and kind.
    #[error(
        "`{0}` is no planning area, expected a theme and a kind, such as `architecture/core_930`"
    )]
    Area(String),
    /// A fact is none.
    #[error(transparent)]
    Fact(#[from] InvalidFact),
    /// A value is no number.
    #[error("`{0}` is not a number")]
    Number(String),
    /// No pack limits it.
    #[error("nothing limits `{0}`")]
    Quantity(String),
}

/// The vectors of the rules that are wanted, in the order of packs and files. `day` is taken where a
/// rule is in force on it, and else the last day on which it was.
pub fn vectors(packs: &[Pack], day: Day, wanted: impl Fn(&Pack, &Rule) -> bool) -> Vec<Vector> {
    let mut told = Vec::new();
    let mut seen = BTreeSet::new();
    for pack in packs {
        for rule in pack.rules.iter().filter(|rule| wanted(pack, rule)) {
            let Some(day) = day_of(&pack.valid, day).and_then(|day| day_of(&rule.valid, day))
            else {
                continue;
            };
            let mut usual = Site::usual();
            let conditions = pack.scope.iter().chain(&rule.when);
            conditions.for_each(|condition| usual.meet(condition));
            let name = format!("{}/{}", pack.id, rule.id);
            for (place, site) in places::sites(pack, rule, &usual) {
                let question = site.question(format!("{name}: {place}"), day, rule);
                // The same site may come of several rules that limit the same.
                if !seen.insert((question.date.clone(), question.quantity.clone(), site)) {
                    continue;
                }
                told.extend(vector(packs, question));
            }
        }
    }
    told
}

/// A day on which something is surely in force: this, or else the last before it.
fn day_of(valid: &Validity, day: Day) -> Option<Day> {
    let last = valid.to.map(|to| to.not_before.previous());
    let day = last.map_or(day, |last| last.min(day));
    (valid.holds_on(day) == Truth::True).then_some(day)
}

/// The question with its answer; nothing where an answer would need more than is known.
fn vector(packs: &[Pack], mut question: Question) -> Option<Vector> {
    let (facts, day) = question.known().ok()?;
    let all = limits(packs, &facts, day);
    let limit = all
        .iter()
        .find(|l| l.quantity.to_string() == question.quantity)?;
    let lacks_facts = |lack: &Lack| matches!(lack, Lack::Parameter(_) | Lack::Area(_));
    if matches!(&limit.bound, Bound::Unknown(lacks) if lacks.iter().any(lacks_facts)) {
        return None;
    }
    question.found = tried(limit);
    let answer = question.answered(limit).ok()?;
    let number = number_of(limit);
    Some(Vector {
        bound: number.map(NumberBound::word),
        unit: number.map(|number| number.unit.as_str()),
        limit: answer.limit.unwrap_or_default(),
        outcomes: answer.outcomes,
        question,
    })
}

const fn number_of<'l>(limit: &'l Limit<'_>) -> Option<&'l NumberBound> {
    match &limit.bound {
        Bound::Number(number) => Some(number),
        _ => None,
    }
}

/// The smallest difference that is tried: a storey, a year, a thousandth.
fn step(unit: Unit) -> Decimal {
    match unit {
        Unit::Storeys | Unit::Years => Decimal::ONE,
        Unit::Metre | Unit::SquareMetre | Unit::Percent | Unit::Times | Unit::Kilovolt => {
            Decimal::new(1, 3)
        }
    }
}

/// Values just below, at and just above a limit; at it only where a decimal holds it.
fn tried(limit: &Limit<'_>) -> Vec<String> {
    let Some(number) = number_of(limit) else {
        return Vec::new();
    };
    let step = step(number.unit);
    let at = number.value.round_dp(DECIMALS);
    let exact = (at == number.value).then_some(at);
    let values = [Some(at - step), exact, Some(at + step)];
    let values = values
        .into_iter()
        .flatten()
        .filter(|value| *value >= Decimal::ZERO);
    values.map(|value| value.normalize().to_string()).collect()
}

impl Question {
    /// What is known, and the day.
    fn known(&self) -> Result<(Facts, Day), Unanswerable> {
        let day = Day::parse(&self.date).map_err(|_| Unanswerable::Day(self.date.clone()))?;
        let mut facts = Facts::new();
        for (name, value) in &self.facts {
            facts.state(name, value)?;
        }
        let inside = self.inside.iter().map(|area| (area, true));
        let outside = self.outside.iter().map(|area| (area, false));
        for (text, is) in inside.chain(outside) {
            let parts = text.split_once('/');
            let (theme, kind) = parts.ok_or_else(|| Unanswerable::Area(text.clone()))?;
            let area = AreaName {
                theme: theme.into(),
                kind: kind.into(),
            };
            facts.set_inside(area, is, Origin::Stated);
        }
        Ok((facts, day))
    }

    /// Answers by packs.
    ///
    /// # Errors
    /// [`Unanswerable`], with what was expected.
    pub fn answer(&self, packs: &[Pack]) -> Result<Answer, Unanswerable> {
        let (facts, day) = self.known()?;
        let all = limits(packs, &facts, day);
        let limit = all.iter().find(|l| l.quantity.to_string() == self.quantity);
        let limit = limit.ok_or_else(|| Unanswerable::Quantity(self.quantity.clone()))?;
        self.answered(limit)
    }

    fn answered(&self, limit: &Limit<'_>) -> Result<Answer, Unanswerable> {
        let outcome = |text: &String| {
            let number = Decimal::from_str_exact(text);
            let number = number.map_err(|_| Unanswerable::Number(text.clone()))?;
            Ok(limit.judge(number, Decimal::ZERO).as_str().to_owned())
        };
        let outcomes: Result<Vec<String>, Unanswerable> = self.found.iter().map(outcome).collect();
        Ok(Answer {
            id: self.id.clone(),
            limit: Some(told(&limit.bound)),
            outcomes: outcomes?,
        })
    }
}

/// A bound as a text.
fn told(bound: &Bound) -> String {
    match bound {
        Bound::Number(number) => number.value.round_dp(DECIMALS).normalize().to_string(),
        Bound::Words(words) => words.join(" | "),
        Bound::Path(path) => path.as_str().to_owned(),
        Bound::Office(office) => office.to_string(),
        Bound::OfficerDecides => "officer_decides".to_owned(),
        Bound::None => "none".to_owned(),
        Bound::Unconfirmed | Bound::Unknown(_) => "unknown".to_owned(),
    }
}

/// What the answer to a question is beside the one that follows from the packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// It says the same.
    Same,
    /// It says something else, or nothing where a value is expected.
    Different,
    /// There is none, and a value is expected.
    Unanswered,
    /// No value is expected, and none was told.
    NoneExpected,
}

/// Limits that are no value.
const NO_VALUE: [&str; 3] = ["none", "unknown", "officer_decides"];

impl Vector {
    /// Compares an answer; numbers are the same with [`DECIMALS`] decimals. What leaves the limit out
    /// is compared by its outcomes, of which there must be some.
    pub fn compared(&self, answer: Option<&Answer>) -> Compared {
        let none_expected = NO_VALUE.contains(&self.limit.as_str());
        let Some(answer) = answer else {
            return if none_expected {
                Compared::NoneExpected
            } else {
                Compared::Unanswered
            };
        };
        let limit = answer.limit.as_ref();
        let says = none_expected || limit.is_some() || !answer.outcomes.is_empty();
        let agrees = limit.is_none_or(|limit| same(limit, &self.limit));
        if !(says && agrees && answer.outcomes == self.outcomes) {
            Compared::Different
        } else if none_expected {
            Compared::NoneExpected
        } else {
            Compared::Same
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    let number = |text: &str| Some(Decimal::from_str_exact(text).ok()?.round_dp(DECIMALS));
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(limit: &str, found: &[&str]) -> Vector {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Vector {
            question: Question {
                id: "a".to_owned(),
                date: "2026-11-30".to_owned(),
                quantity: "permit_path".to_owned(),
                facts: BTreeMap::new(),
                inside: Vec::new(),
                outside: Vec::new(),
                found: texts(found),
            },
            bound: None,
            unit: None,
            limit: limit.to_owned(),
            outcomes: texts(if found.is_empty() { &[] } else { &["pass"] }),
        }
    }

    fn answer(limit: Option<&str>, outcomes: &[&str]) -> Answer {
        Answer {
            id: "a".to_owned(),
            limit: limit.map(str::to_owned),
            outcomes: outcomes.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    #[test]
    fn who_says_nothing_is_never_the_same_and_where_nothing_is_expected_is_counted_apart() {
        let nothing = answer(None, &[]);
        for limit in ["3", "permit | notice"] {
            let vector = vector(limit, &[]);
            assert_eq!(vector.compared(Some(&nothing)), Compared::Different);
            assert_eq!(vector.compared(None), Compared::Unanswered);
            let said = answer(Some(limit), &[]);
            assert_eq!(vector.compared(Some(&said)), Compared::Same);
        }
        for limit in NO_VALUE {
            let vector = vector(limit, &[]);
            for told in [None, Some(&nothing), Some(&answer(Some(limit), &[]))] {
                assert_eq!(vector.compared(told), Compared::NoneExpected);
            }
            let other = answer(Some("7"), &[]);
            assert_eq!(vector.compared(Some(&other)), Compared::Different);
        }
        let vector = vector("3", &["2"]);
        for (told, expected) in [
            (answer(None, &["pass"]), Compared::Same),
            (answer(Some("3.0"), &["pass"]), Compared::Same),
            (answer(Some("3"), &[]), Compared::Different),
            (answer(None, &["fail"]), Compared::Different),
        ] {
            assert_eq!(vector.compared(Some(&told)), expected, "{told:?}");
        }
    }
}
