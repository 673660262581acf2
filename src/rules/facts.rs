//! What is known of a site and a building: each parameter with its origin, or why it is unknown.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::condition::{AreaName, Lack};
use super::parameter::{Parameter, Sort};

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fact {
    /// A decimal in the parameter's unit.
    Number(Decimal),
    /// True or false.
    Truth(bool),
    /// A word of the parameter's list, or a code.
    Word(Box<str>),
    /// Known not to exist, such as the voltage of a line where there is no line.
    Absent,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Derived from the register and its layers.
    Derived,
    /// Stated by the asker; a verdict that rests on it says so.
    Stated,
}

impl Origin {
    /// The word for it in answers and evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Derived => "derived",
            Self::Stated => "stated",
        }
    }
}

/// A fact with its origin, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Knowledge {
    /// Known.
    Known {
        /// Value.
        fact: Fact,
        /// Origin.
        origin: Origin,
    },
    /// Not known, and why: a layer is missing, the place lies outside its coverage.
    Unknown {
        /// Reason, for people.
        reason: Box<str>,
    },
}

/// A value that a parameter cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFact {
    /// No such parameter.
    #[error("`{0}` is no parameter of rules, `diachinh rules parameters` lists them")]
    NoParameter(String),
    /// Not a value of the parameter's sort.
    #[error("`{value}` is no value of `{parameter}`, expected {expected}")]
    WrongSort {
        /// Parameter.
        parameter: &'static str,
        /// Value given.
        value: String,
        /// What was expected.
        expected: String,
    },
}

/// All that is known; what is not here is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    values: BTreeMap<Parameter, Knowledge>,
    areas: BTreeMap<AreaName, Knowledge>,
    /// Themes of which every area on the site is told: it lies outside of all others.
    told_themes: BTreeSet<Box<str>>,
    /// What is lacking for a parameter that a pack reads from others.
    lacking: BTreeMap<Parameter, BTreeSet<Lack>>,
}

/// Below this lies every number of a site: with at most six decimals, products of two stay exact.
const GREATEST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
const DECIMALS: u32 = 6;

/// What the value of a sort looks like, for people.
fn expected(sort: Sort) -> String {
    match sort {
        Sort::Number(unit) => format!(
            "a number from 0 to 999999999 with at most {DECIMALS} decimals, in {unit}, or `none`"
        ),
        Sort::Truth => "`true` or `false`".to_owned(),
        Sort::Word(words) => format!("one of: {}, or `none`", words.join(", ")),
        Sort::Code => "a code of letters and digits".to_owned(),
    }
}

impl Fact {
    /// Whether a parameter of this sort can have the value.
    fn suits(&self, sort: Sort) -> bool {
        match (self, sort) {
            (Self::Number(number), Sort::Number(_)) => {
                let size = *number >= Decimal::ZERO && *number < GREATEST;
                size && number.normalize().scale() <= DECIMALS
            }
            (Self::Truth(_), Sort::Truth) => true,
            (Self::Word(word), Sort::Word(words)) => words.contains(&&**word),
            (Self::Word(word), Sort::Code) => {
                !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric())
            }
            (Self::Absent, Sort::Number(_) | Sort::Word(_)) => true,
            _ => false,
        }
    }

    /// Reads a value as people write it; `none` is what is known not to exist.
    fn read(sort: Sort, text: &str) -> Option<Self> {
        let fact = match (sort, text) {
            (Sort::Number(_), "none") => Self::Absent,
            (Sort::Word(words), "none") if !words.contains(&"none") => Self::Absent,
            (Sort::Number(_), text) => Self::Number(Decimal::from_str_exact(text).ok()?),
            (Sort::Truth, text) => Self::Truth(text.parse().ok()?),
            (Sort::Word(_) | Sort::Code, text) => Self::Word(text.into()),
        };
        fact.suits(sort).then_some(fact)
    }
}

impl std::fmt::Display for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Truth(truth) => write!(f, "{truth}"),
            Self::Word(word) => f.write_str(word),
            Self::Absent => f.write_str("none"),
        }
    }
}

impl Facts {
    /// Nothing known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a fact, in the place of what was known of its parameter before.
    ///
    /// # Errors
    /// [`InvalidFact::WrongSort`] for a value that the parameter cannot have.
    pub fn set(
        &mut self,
        parameter: Parameter,
        fact: Fact,
        origin: Origin,
    ) -> Result<(), InvalidFact> {
        if !fact.suits(parameter.sort()) {
            return Err(InvalidFact::WrongSort {
                parameter: parameter.name(),
                value: fact.to_string(),
                expected: expected(parameter.sort()),
            });
        }
        self.values
            .insert(parameter, Knowledge::Known { fact, origin });
        Ok(())
    }

    /// Takes a fact as people write it, stated by the asker.
    ///
    /// # Errors
    /// [`InvalidFact`] for a name that is no parameter, or a text that is no value of it.
    pub fn state(&mut self, name: &str, text: &str) -> Result<(), InvalidFact> {
        let parameter =
            Parameter::of_name(name).ok_or_else(|| InvalidFact::NoParameter(name.to_owned()))?;
        self.set_text(parameter, text, Origin::Stated)
    }

    /// Takes a fact as people write it.
    ///
    /// # Errors
    /// [`InvalidFact::WrongSort`] for a text that is no value of the parameter.
    pub(super) fn set_text(
        &mut self,
        parameter: Parameter,
        text: &str,
        origin: Origin,
    ) -> Result<(), InvalidFact> {
        let fact = Fact::read(parameter.sort(), text.trim());
        let fact = fact.ok_or_else(|| InvalidFact::WrongSort {
            parameter: parameter.name(),
            value: text.to_owned(),
            expected: expected(parameter.sort()),
        })?;
        self.set(parameter, fact, origin)
    }

    /// Takes that a parameter is unknown, and why.
    pub fn set_unknown(&mut self, parameter: Parameter, reason: &str) {
        let reason = reason.into();
        self.values.insert(parameter, Knowledge::Unknown { reason });
    }

    /// Takes whether the site lies in a planning area.
    pub fn set_inside(&mut self, area: AreaName, inside: bool, origin: Origin) {
        let fact = Fact::Truth(inside);
        self.areas.insert(area, Knowledge::Known { fact, origin });
    }

    /// Takes that the site lies in no other area of a theme than those that are told.
    pub fn set_outside_others(&mut self, theme: &str) {
        self.told_themes.insert(theme.into());
    }

    /// Takes that it is unknown whether the site lies in a planning area, and why.
    pub fn set_inside_unknown(&mut self, area: AreaName, reason: &str) {
        let reason = reason.into();
        self.areas.insert(area, Knowledge::Unknown { reason });
    }

    /// Takes all that others say, in the place of what was known.
    pub fn take(&mut self, others: &Self) {
        let values = others
            .values
            .iter()
            .map(|(parameter, known)| (*parameter, known.clone()));
        self.values.extend(values);
        let areas = others
            .areas
            .iter()
            .map(|(area, known)| (area.clone(), known.clone()));
        self.areas.extend(areas);
        self.told_themes.extend(others.told_themes.iter().cloned());
    }

    /// What is known of some parameters and areas alone.
    pub(super) fn only(
        &self,
        parameters: &BTreeSet<Parameter>,
        areas: &BTreeSet<AreaName>,
    ) -> Self {
        let themes = || areas.iter().map(|area| &area.theme);
        let told = self.told_themes.iter();
        let values = parameters
            .iter()
            .filter_map(|one| self.values.get_key_value(one));
        let of_areas = areas.iter().filter_map(|one| self.areas.get_key_value(one));
        let lacking = parameters
            .iter()
            .filter_map(|one| self.lacking.get_key_value(one));
        Self {
            values: values.map(|(one, known)| (*one, known.clone())).collect(),
            areas: of_areas
                .map(|(one, known)| (one.clone(), known.clone()))
                .collect(),
            told_themes: told
                .filter(|told| themes().any(|theme| theme == *told))
                .cloned()
                .collect(),
            lacking: lacking.map(|(one, lacks)| (*one, lacks.clone())).collect(),
        }
    }

    /// The fact of a parameter, if it is known.
    pub fn find(&self, parameter: Parameter) -> Option<&Fact> {
        match self.values.get(&parameter)? {
            Knowledge::Known { fact, .. } => Some(fact),
            Knowledge::Unknown { .. } => None,
        }
    }

    /// What is lacking for a parameter that is not known.
    pub(super) fn lacks(&self, parameter: Parameter) -> BTreeSet<Lack> {
        let own = || BTreeSet::from([Lack::Parameter(parameter)]);
        self.lacking.get(&parameter).cloned().unwrap_or_else(own)
    }

    /// Takes for `parameter` what is known of `by`.
    pub(super) fn read_from(&mut self, parameter: Parameter, by: Parameter) {
        match self.values.get(&by).cloned() {
            Some(known) => {
                self.values.insert(parameter, known);
            }
            None => self.leave_open(parameter, self.lacks(by)),
        }
    }

    /// Takes that a parameter cannot be known before something else is.
    pub(super) fn leave_open(&mut self, parameter: Parameter, lacks: BTreeSet<Lack>) {
        self.values.remove(&parameter);
        self.lacking.insert(parameter, lacks);
    }

    /// What is known of a parameter; nothing when nobody has said anything.
    pub fn knowledge(&self, parameter: Parameter) -> Option<&Knowledge> {
        self.values.get(&parameter)
    }

    /// Whether the site lies in a planning area, if it is known.
    pub fn find_inside(&self, area: &AreaName) -> Option<bool> {
        match self.areas.get(area) {
            Some(Knowledge::Known { fact, .. }) => Some(*fact == Fact::Truth(true)),
            Some(Knowledge::Unknown { .. }) => None,
            None => self.told_themes.contains(&area.theme).then_some(false),
        }
    }

    /// What is known of each planning area of which anything has been said.
    pub(super) fn areas(&self) -> impl Iterator<Item = (&AreaName, &Knowledge)> {
        self.areas.iter()
    }

    /// The themes of which every area on the site is told.
    pub(super) fn told_themes(&self) -> impl Iterator<Item = &str> {
        self.told_themes.iter().map(|theme| &**theme)
    }

    /// Everything that has been said, by parameter.
    pub fn iter(&self) -> impl Iterator<Item = (Parameter, &Knowledge)> {
        self.values
            .iter()
            .map(|(parameter, known)| (*parameter, known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_read_exactly_and_another_sort_is_refused() {
        let mut facts = Facts::new();
        assert_eq!(facts.state("lot_area_m2", "66.50"), Ok(()));
        let area = facts.find(Parameter::LotArea);
        assert_eq!(area, Some(&Fact::Number(Decimal::new(665, 1))));
        assert_eq!(facts.state("zoning_storeys_max", "none"), Ok(()));
        assert_eq!(facts.find(Parameter::ZoningStoreys), Some(&Fact::Absent));
        for (name, text) in [
            ("lot_area_m2", "-1"),
            ("lot_area_m2", "1e3"),
            ("lot_area_m2", "1.1234567"),
            ("lot_area_m2", "1000000000"),
            ("corner_lot", "yes"),
            ("corner_lot", "none"),
            ("development", "old"),
            ("land_use", "ODT+CLN"),
        ] {
            let refused = facts.state(name, text);
            assert!(
                matches!(refused, Err(InvalidFact::WrongSort { .. })),
                "{text}"
            );
        }
        let refused = facts.state("lot_area", "1");
        assert_eq!(
            refused,
            Err(InvalidFact::NoParameter("lot_area".to_owned()))
        );
        let kept = facts.find(Parameter::LotArea);
        assert_eq!(kept, Some(&Fact::Number(Decimal::new(665, 1))));
    }

    #[test]
    fn what_is_unknown_is_not_found_and_keeps_its_reason() {
        let mut facts = Facts::new();
        facts.set_unknown(
            Parameter::RightOfWay,
            "the layer of roads does not reach here",
        );
        assert_eq!(facts.find(Parameter::RightOfWay), None);
        assert!(facts.knowledge(Parameter::RightOfWay).is_some());
        assert!(facts.knowledge(Parameter::Depth).is_none());
    }

    #[test]
    fn outside_of_an_area_is_what_a_theme_that_is_told_does_not_name() {
        let area = |theme: &str, kind: &str| AreaName {
            theme: theme.into(),
            kind: kind.into(),
        };
        let mut facts = Facts::new();
        facts.set_inside(area("architecture", "core_930"), true, Origin::Derived);
        let others = area("architecture", "south_city");
        assert_eq!(facts.find_inside(&others), None);
        facts.set_outside_others("architecture");
        assert_eq!(facts.find_inside(&others), Some(false));
        let core = area("architecture", "core_930");
        assert_eq!(facts.find_inside(&core), Some(true));
        assert_eq!(facts.find_inside(&area("heritage", "core_930")), None);
    }
}
