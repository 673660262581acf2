//! The site of a question: a usual row house, changed until conditions hold.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Question, step};
use crate::cadastre::Day;
use crate::rules::between::Between;
use crate::rules::condition::{AreaName, Condition, Truth};
use crate::rules::facts::{Fact, Facts, Origin};
use crate::rules::pack::Rule;
use crate::rules::parameter::{Parameter, Sort};

/// What is known of a site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Site {
    facts: BTreeMap<Parameter, String>,
    areas: BTreeMap<AreaName, bool>,
}

/// A row house of 66 m² on a right of way of 10 m in an existing area, neither central nor on a
/// commercial street, with no plan that states numbers.
const USUAL: [(&str, &str); 28] = [
    ("ward", "26743"),
    ("development", "existing"),
    ("building_kind", "row_house"),
    ("lot_area_m2", "66"),
    ("frontage_m", "4"),
    ("building_frontage_m", "4"),
    ("depth_m", "16.5"),
    ("depth_from_building_line_m", "16.5"),
    ("right_of_way_m", "10"),
    ("sidewalk_m", "3"),
    ("building_height_m", "12"),
    ("corner_lot", "false"),
    ("through_lot", "false"),
    ("central_district", "false"),
    ("commercial_street", "false"),
    ("commercial_axis", "false"),
    ("regional_road", "false"),
    ("building_line_on_red_line", "true"),
    ("added_storey", "false"),
    ("set_back_row_length_m", "0"),
    ("most_of_block_set_back", "false"),
    ("zoning_storeys_max", "none"),
    ("zoning_height_max_m", "none"),
    ("zoning_floor_area_ratio_max", "none"),
    ("detailed_coverage_max_percent", "none"),
    ("detailed_storeys_max", "none"),
    ("detailed_height_max_m", "none"),
    ("detailed_floor_area_ratio_max", "none"),
];

/// Areas for which packs have rules of their own; the usual house lies in none.
const AREAS: [(&str, &str); 5] = [
    ("architecture", "core_930"),
    ("architecture", "university_village"),
    ("architecture", "south_city"),
    ("heritage", "heritage_protection_zone_1"),
    ("heritage", "heritage_protection_zone_2"),
];

impl Site {
    /// The usual house.
    pub(super) fn usual() -> Self {
        let known =
            |(name, value): &(&str, &str)| Some((Parameter::of_name(name)?, (*value).to_owned()));
        let area = |(theme, kind): &(&str, &str)| AreaName {
            theme: (*theme).into(),
            kind: (*kind).into(),
        };
        Self {
            facts: USUAL.iter().filter_map(known).collect(),
            areas: AREAS.iter().map(|one| (area(one), false)).collect(),
        }
    }

    /// With another value of a parameter.
    pub(super) fn with(&self, parameter: Parameter, value: &dyn std::fmt::Display) -> Self {
        let mut other = self.clone();
        other.facts.insert(parameter, value.to_string());
        other
    }

    /// With another standing to a planning area.
    pub(super) fn placed(&self, area: &AreaName, inside: bool) -> Self {
        let mut other = self.clone();
        other.areas.insert(area.clone(), inside);
        other
    }

    /// Changes it so that a condition holds, where one value can do that.
    pub(super) fn meet(&mut self, condition: &Condition) {
        if condition.holds(&self.known()) == Truth::True {
            return;
        }
        let (parameter, value) = match condition {
            Condition::Number { parameter, between } => (*parameter, inside(*parameter, between)),
            Condition::Truth { parameter, is } => (*parameter, is.to_string()),
            Condition::Word { parameter, among } => {
                let Some(word) = among.first() else { return };
                (*parameter, word.to_string())
            }
            Condition::Exists { parameter, exists } => (*parameter, any(*parameter, *exists)),
            Condition::Wards(stretches) => {
                let Some((first, _)) = stretches.first() else {
                    return;
                };
                (Parameter::Ward, format!("{first:05}"))
            }
            Condition::Inside { area, is } => {
                self.areas.insert(area.clone(), *is);
                return;
            }
            Condition::Any(lists) => {
                lists
                    .first()
                    .into_iter()
                    .flatten()
                    .for_each(|inner| self.meet(inner));
                return;
            }
        };
        self.facts.insert(parameter, value);
    }

    fn known(&self) -> Facts {
        let mut facts = Facts::new();
        for (parameter, value) in &self.facts {
            // A value that a parameter cannot have stays unknown.
            let _ = facts.state(parameter.name(), value);
        }
        for (area, inside) in &self.areas {
            facts.set_inside(area.clone(), *inside, Origin::Stated);
        }
        facts
    }

    /// The question what limits the quantity of a rule here.
    pub(super) fn question(&self, id: String, day: Day, rule: &Rule) -> Question {
        let areas = |wanted: bool| {
            let areas = self.areas.iter().filter(|(_, inside)| **inside == wanted);
            areas.map(|(area, _)| area.to_string()).collect()
        };
        let facts = self.facts.iter();
        Question {
            id,
            date: day.to_string(),
            quantity: rule.quantity.to_string(),
            facts: facts
                .map(|(p, value)| (p.name().to_owned(), value.clone()))
                .collect(),
            inside: areas(true),
            outside: areas(false),
            found: Vec::new(),
        }
    }
}

/// The smallest difference of a parameter that is tried.
pub(super) fn step_of(parameter: Parameter) -> Decimal {
    match parameter.sort() {
        Sort::Number(unit) => step(unit),
        Sort::Truth | Sort::Word(_) | Sort::Code => Decimal::ONE,
    }
}

/// A number of an interval, at one of its ends or beside it.
fn inside(parameter: Parameter, between: &Between) -> String {
    let step = step_of(parameter);
    let ends = between
        .edges()
        .flat_map(|edge| [edge.at, edge.at + step, edge.at - step]);
    let mut within = ends.filter(|number| between.has(*number));
    within.next().unwrap_or_default().normalize().to_string()
}

/// Some value of a parameter, or that there is none.
fn any(parameter: Parameter, exists: bool) -> String {
    if !exists {
        return Fact::Absent.to_string();
    }
    match parameter.sort() {
        Sort::Number(_) => "5".to_owned(),
        Sort::Truth => "true".to_owned(),
        Sort::Word(words) => words.first().map(ToString::to_string).unwrap_or_default(),
        Sort::Code => "1".to_owned(),
    }
}
