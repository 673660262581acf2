//! Rule packs: dated and scoped rules with their sources.

use std::borrow::Cow;

use serde_json::Value;

use super::condition::{Condition, Lack, Truth, all_hold};
use super::confidence::{Confidence, Doubt};
use super::facts::Facts;
use super::kinds::{Body, Kind, Quantity};
use super::level::Level;
use super::parameter::Parameter;
use crate::cadastre::Day;
use crate::evidence::ContentHash;

/// A text for people in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BothTexts {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A day that is known, or known to lie between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayEdge {
    /// The earliest day that it can be.
    pub not_before: Day,
    /// The latest; the same when the day is known.
    pub not_after: Day,
}

/// When something is in force: from its first day to the day before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validity {
    /// First day; always when absent.
    pub from: Option<DayEdge>,
    /// First day on which it is no longer in force; for ever when absent.
    pub to: Option<DayEdge>,
}

impl Validity {
    /// Whether it is in force on a day; unknown between the two days of an edge in doubt.
    pub fn holds_on(&self, day: Day) -> Truth {
        let begun = |edge: DayEdge| {
            if day >= edge.not_after {
                Truth::True
            } else if day < edge.not_before {
                Truth::False
            } else {
                Truth::lacking(Lack::DayInDoubt)
            }
        };
        let from = self.from.map_or(Truth::True, begun);
        let over = self.to.map_or(Truth::False, begun);
        from.and(over.negated())
    }
}

/// A pack: the rules of one text that stand at one level.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// The file it was read from.
    pub file: String,
    /// Stable id, such as `hcmc_56_2021_app18`.
    pub id: String,
    /// Version of the pack as data; it grows with every change of a rule.
    pub version: String,
    /// Title.
    pub title: BothTexts,
    /// Level of precedence.
    pub level: Level,
    /// When it is in force, by the day on which a case was filed.
    pub valid: Validity,
    /// Where and for what it is in force.
    pub scope: Vec<Condition>,
    /// What one should know before relying on it.
    pub note: Option<BothTexts>,
    /// Whether it only shows how such a pack looks and is no law.
    pub illustration: bool,
    /// Sources.
    pub sources: Vec<Source>,
    /// Parameters that this pack reads from others.
    pub readings: Vec<FactReading>,
    /// Rules in the order of the file.
    pub rules: Vec<Rule>,
    /// The text of the file.
    pub toml: String,
    /// The whole pack as JSON, numbers and days as texts.
    pub text: Value,
    /// SHA-256 of the canonical bytes of `text`: white space, comments and the order of keys do not
    /// change it.
    pub hash: ContentHash,
}

/// A text of law that rules rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Id within the pack.
    pub id: String,
    /// Number of the act, such as `56/2021/QĐ-UBND`.
    pub act: String,
    /// Article or appendix.
    pub article: Option<String>,
    /// Address of the text that was read.
    pub link: Option<String>,
    /// How sure it is, and why.
    pub doubt: Doubt,
}

/// A parameter that a pack reads from another when something holds, such as the right of way of a
/// corner lot that is too narrow at its wider road.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactReading {
    /// Title.
    pub title: BothTexts,
    /// Place of its source in the pack's list.
    pub source: usize,
    /// Article, table or clause within the source.
    pub article: Option<String>,
    /// The parameter that rules name.
    pub parameter: Parameter,
    /// The one that is taken for it.
    pub by: Parameter,
    /// When all of these hold.
    pub when: Vec<Condition>,
}

/// Where a rule gives way by its own text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yielding {
    /// To rules of these levels that limit the same quantity.
    pub to: Vec<Level>,
    /// When it does.
    pub when: Vec<Condition>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Stable id within the pack.
    pub id: String,
    /// Title.
    pub title: BothTexts,
    /// What it limits.
    pub quantity: Quantity,
    /// Place of its source in the pack's list.
    pub source: usize,
    /// Article, table or clause within the source.
    pub article: Option<String>,
    /// Another confidence than the source's, for this rule.
    pub doubt: Option<Doubt>,
    /// What an applicant or officer should know.
    pub note: Option<BothTexts>,
    /// When it is in force, within the pack's days.
    pub valid: Validity,
    /// It applies when all of these hold,
    pub when: Vec<Condition>,
    /// and not all of these do, if there are any,
    pub unless: Vec<Condition>,
    /// and none of these rules, which stand before it in the pack, applies.
    pub unless_rules: Vec<usize>,
    /// Where it gives way.
    pub yields: Option<Yielding>,
    /// Why a cell of it, or a gap, is unconfirmed.
    pub unconfirmed_because: Option<BothTexts>,
    /// What it says.
    pub body: Body,
    /// Its own text as JSON, numbers and days as texts: the rule by value.
    pub text: Value,
}

impl Pack {
    /// The source of a rule of this pack.
    ///
    /// # Panics
    /// Never for a rule of this pack: its place was found when the pack was read.
    pub fn source_of(&self, rule: &Rule) -> &Source {
        &self.sources[rule.source]
    }

    /// How sure a rule is, and why: its own grade, or else its source's.
    pub fn doubt_of<'p>(&'p self, rule: &'p Rule) -> &'p Doubt {
        let of_source = || &self.source_of(rule).doubt;
        rule.doubt.as_ref().unwrap_or_else(of_source)
    }

    /// How sure a rule is.
    pub fn confidence_of(&self, rule: &Rule) -> Confidence {
        self.doubt_of(rule).confidence
    }

    /// The rule of an id.
    pub fn find_rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The facts as this pack reads them.
    pub fn facts_for<'f>(&self, facts: &'f Facts) -> Cow<'f, Facts> {
        let mut read = Cow::Borrowed(facts);
        for reading in &self.readings {
            let (parameter, by) = (reading.parameter, reading.by);
            match all_hold(&reading.when, facts) {
                Truth::True => read.to_mut().read_from(parameter, by),
                Truth::False => {}
                Truth::Unknown(_) if facts.find(parameter) == facts.find(by) => {}
                Truth::Unknown(lacks) => read.to_mut().leave_open(parameter, lacks),
            }
        }
        read
    }

    /// Whether it may be in force at a site on a day. Where little is known it may, and where more is
    /// known than at another site it may only if it may there.
    pub fn may_speak(&self, facts: &Facts, day: Day) -> bool {
        let facts = self.facts_for(facts);
        let in_force = self.valid.holds_on(day);
        in_force.and(all_hold(&self.scope, &facts)) != Truth::False
    }

    /// For each rule, in the order of the file, whether it applies at a site on a day; the facts are
    /// those of [`Self::facts_for`].
    pub fn applying(&self, facts: &Facts, day: Day) -> Vec<Applying<'_>> {
        let in_force = (self.valid.holds_on(day), Why::NotInForce);
        let mut whole = vec![in_force];
        whole.extend(each_holds(&self.scope, facts));
        let mut told: Vec<Applying<'_>> = Vec::with_capacity(self.rules.len());
        for rule in &self.rules {
            let rule_in_force = rule.valid.holds_on(day);
            let of_pack = whole.iter().map(|(truth, _)| truth.clone());
            let speaks = of_pack.fold(rule_in_force.clone(), Truth::and);
            let mut parts = vec![(rule_in_force, Why::NotInForce)];
            parts.extend(each_holds(&rule.when, facts));
            if !rule.unless.is_empty() {
                parts.push((all_hold(&rule.unless, facts).negated(), Why::Unless(rule)));
            }
            for before in &rule.unless_rules {
                if let (Some(other), Some(rule)) = (told.get(*before), self.rules.get(*before)) {
                    parts.push((other.applies.clone().negated(), Why::OtherRule(rule)));
                }
            }
            let all = || whole.iter().chain(&parts);
            let applies = all().fold(Truth::True, |sum, (truth, _)| sum.and(truth.clone()));
            let against = all().find(|(truth, _)| *truth == Truth::False);
            told.push(Applying {
                applies,
                why_not: against.map(|(_, why)| *why),
                speaks,
            });
        }
        told
    }
}

fn each_holds<'p>(
    conditions: &'p [Condition],
    facts: &Facts,
) -> impl Iterator<Item = (Truth, Why<'p>)> {
    let each = conditions.iter();
    each.map(move |condition| (condition.holds(facts), Why::Condition(condition)))
}

/// Whether a rule applies.
#[derive(Debug, Clone, PartialEq)]
pub struct Applying<'p> {
    /// Whether it does.
    pub applies: Truth,
    /// Why it does not, when it does not.
    pub why_not: Option<Why<'p>>,
    /// Whether its pack and it are in force at the place on the day, whatever its own conditions.
    pub speaks: Truth,
}

/// Why a rule does not apply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why<'p> {
    /// It is not in force on the day.
    NotInForce,
    /// A condition of its pack or its own does not hold.
    Condition(&'p Condition),
    /// What makes an exception of it holds.
    Unless(&'p Rule),
    /// A rule applies in its stead.
    OtherRule(&'p Rule),
}

impl Rule {
    /// Its kind.
    pub const fn kind(&self) -> &'static Kind {
        self.quantity.kind
    }
}
