//! When a rule applies: typed comparisons of parameters, in three values.

use std::collections::BTreeSet;

use super::between::Between;
use super::facts::{Fact, Facts};
use super::parameter::Parameter;

/// A planning area by its theme and its kind in the theme's legend, such as a zone of architecture.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaName {
    /// Theme of the layer.
    pub theme: Box<str>,
    /// Kind of the feature.
    pub kind: Box<str>,
}

impl std::fmt::Display for AreaName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.theme, self.kind)
    }
}

/// What is lacking for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lack {
    /// A parameter is not known.
    Parameter(Parameter),
    /// Whether the site lies in an area is not known.
    Area(AreaName),
    /// The pack does not know on which day it comes into force or ends.
    DayInDoubt,
    /// A number lies outside of what can be calculated exactly.
    Range(Parameter),
    /// No pack speaks of it at the place on the day.
    Rule,
}

impl std::fmt::Display for Lack {
    /// The word for it in answers and evidence.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Parameter(parameter) | Self::Range(parameter) => f.write_str(parameter.name()),
            Self::Area(area) => area.fmt(f),
            Self::DayInDoubt => f.write_str("day"),
            Self::Rule => f.write_str("rule"),
        }
    }
}

/// True, false, or unknown with what is lacking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// It is so.
    True,
    /// It is not so.
    False,
    /// Nobody can say before this is known.
    Unknown(BTreeSet<Lack>),
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::True } else { Self::False }
    }
}

impl Truth {
    /// Unknown for one reason.
    pub fn lacking(lack: Lack) -> Self {
        Self::Unknown(BTreeSet::from([lack]))
    }

    /// Both: false as soon as one is, unknown when one is unknown and none is false.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, rest) | (rest, Self::True) => rest,
            (Self::Unknown(mut one), Self::Unknown(other)) => {
                one.extend(other);
                Self::Unknown(one)
            }
        }
    }

    /// One at least: true as soon as one is, unknown when one is unknown and none is true.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.negated().and(other.negated()).negated()
    }

    /// The contrary; what is unknown stays unknown.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            unknown @ Self::Unknown(_) => unknown,
        }
    }
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A number lies in an interval; one that is absent lies in none.
    Number {
        /// Parameter.
        parameter: Parameter,
        /// Interval.
        between: Between,
    },
    /// Something is so, or is not so.
    Truth {
        /// Parameter.
        parameter: Parameter,
        /// Which of both.
        is: bool,
    },
    /// A word or code is one of some; one that is absent is none of them.
    Word {
        /// Parameter.
        parameter: Parameter,
        /// Words.
        among: Vec<Box<str>>,
    },
    /// A value exists, or is known not to.
    Exists {
        /// Parameter.
        parameter: Parameter,
        /// Which of both.
        exists: bool,
    },
    /// The ward's code lies in one of these stretches, ends included.
    Wards(Vec<(u32, u32)>),
    /// The site lies in a planning area, or does not.
    Inside {
        /// Area.
        area: AreaName,
        /// Which of both.
        is: bool,
    },
    /// One of several lists holds as a whole.
    Any(Vec<Vec<Condition>>),
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self, facts: &Facts) -> Truth {
        match self {
            Self::Number { parameter, between } => known(
                facts,
                *parameter,
                |fact| matches!(fact, Fact::Number(number) if between.has(*number)),
            ),
            Self::Truth { parameter, is } => {
                known(facts, *parameter, |fact| *fact == Fact::Truth(*is))
            }
            Self::Word { parameter, among } => known(
                facts,
                *parameter,
                |fact| matches!(fact, Fact::Word(word) if among.contains(word)),
            ),
            Self::Exists { parameter, exists } => {
                known(facts, *parameter, |fact| (*fact != Fact::Absent) == *exists)
            }
            Self::Wards(stretches) => known(facts, Parameter::Ward, |fact| {
                let Fact::Word(code) = fact else { return false };
                let code: Option<u32> = code.parse().ok();
                let within = |code: u32| stretches.iter().any(|(a, b)| (*a..=*b).contains(&code));
                code.is_some_and(within)
            }),
            Self::Inside { area, is } => match facts.find_inside(area) {
                Some(inside) => Truth::from(inside == *is),
                None => Truth::lacking(Lack::Area(area.clone())),
            },
            Self::Any(lists) => lists
                .iter()
                .map(|list| all_hold(list, facts))
                .fold(Truth::False, Truth::or),
        }
    }

    /// The parameter that it asks for; nothing when it asks for an area, or is made of others.
    pub const fn parameter(&self) -> Option<Parameter> {
        match self {
            Self::Number { parameter, .. }
            | Self::Truth { parameter, .. }
            | Self::Word { parameter, .. }
            | Self::Exists { parameter, .. } => Some(*parameter),
            Self::Wards(_) => Some(Parameter::Ward),
            Self::Inside { .. } | Self::Any(_) => None,
        }
    }

    /// Calls `see` for this condition and all within it.
    pub fn walk<'c>(&'c self, see: &mut dyn FnMut(&'c Condition)) {
        see(self);
        if let Self::Any(lists) = self {
            lists.iter().flatten().for_each(|inner| inner.walk(see));
        }
    }
}

impl std::fmt::Display for Condition {
    /// As people write facts: `right_of_way_m ≥ 6, < 16`, `corner_lot = true`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number { parameter, between } => write!(f, "{parameter} {between}"),
            Self::Truth { parameter, is } => write!(f, "{parameter} = {is}"),
            Self::Word { parameter, among } => write!(f, "{parameter} = {}", among.join(" | ")),
            Self::Exists { parameter, exists } => {
                let sign = if *exists { "≠" } else { "=" };
                write!(f, "{parameter} {sign} none")
            }
            Self::Wards(stretches) => {
                let each = stretches.iter().map(|(from, to)| format!("{from}-{to}"));
                write!(f, "ward = {}", each.collect::<Vec<_>>().join(" | "))
            }
            Self::Inside { area, is } => {
                let sign = if *is { "∈" } else { "∉" };
                write!(f, "{sign} {area}")
            }
            Self::Any(lists) => {
                let all = |list: &Vec<Self>| {
                    let each = list.iter().map(ToString::to_string);
                    each.collect::<Vec<_>>().join(" ∧ ")
                };
                let each: Vec<String> = lists.iter().map(all).collect();
                f.write_str(&each.join(" ∨ "))
            }
        }
    }
}

fn known(facts: &Facts, parameter: Parameter, holds: impl FnOnce(&Fact) -> bool) -> Truth {
    match facts.find(parameter) {
        Some(fact) => Truth::from(holds(fact)),
        None => Truth::Unknown(facts.lacks(parameter)),
    }
}

/// Whether all conditions of a list hold; those of an empty list do.
pub fn all_hold(conditions: &[Condition], facts: &Facts) -> Truth {
    let each = conditions.iter().map(|condition| condition.holds(facts));
    each.fold(Truth::True, Truth::and)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(parameter: Parameter) -> Truth {
        Truth::lacking(Lack::Parameter(parameter))
    }

    #[test]
    fn what_is_false_without_the_unknown_is_false_and_nothing_unknown_is_true() {
        let open = || unknown(Parameter::Depth);
        assert_eq!(Truth::False.and(open()), Truth::False);
        assert_eq!(open().and(Truth::False), Truth::False);
        assert_eq!(Truth::True.and(open()), open());
        assert_eq!(open().or(Truth::True), Truth::True);
        assert_eq!(open().or(Truth::False), open());
        assert_eq!(open().negated(), open());
        let both = open().and(unknown(Parameter::Frontage));
        assert!(matches!(both, Truth::Unknown(lacks) if lacks.len() == 2));
    }

    #[test]
    fn an_absent_line_has_no_voltage_and_a_missing_one_is_unknown() {
        let over_22 = Condition::Number {
            parameter: Parameter::LineVoltage,
            between: Between {
                lower: Some(crate::rules::Edge {
                    at: 22.into(),
                    inclusive: false,
                }),
                upper: None,
            },
        };
        let mut facts = Facts::new();
        assert_eq!(over_22.holds(&facts), unknown(Parameter::LineVoltage));
        for (text, holds) in [("none", false), ("22", false), ("22.001", true)] {
            facts.state("line_voltage_kv", text).expect("a voltage");
            assert_eq!(over_22.holds(&facts), Truth::from(holds), "{text}");
        }
    }

    #[test]
    fn a_ward_lies_in_a_stretch_of_codes_with_both_ends() {
        let old_city = Condition::Wards(vec![(26737, 27676)]);
        let mut facts = Facts::new();
        for (ward, holds) in [
            ("26736", false),
            ("26737", true),
            ("27676", true),
            ("27677", false),
        ] {
            facts.state("ward", ward).expect("a code");
            assert_eq!(old_city.holds(&facts), Truth::from(holds), "{ward}");
        }
    }
}
