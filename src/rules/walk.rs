//! Every condition and every table of a pack, wherever it stands.

use super::condition::Condition;
use super::kinds::Body;
use super::pack::{Pack, Rule};
use super::parameter::Parameter;
use super::table::Table;

impl Pack {
    /// Calls `see` for each condition of the pack, of what it reads from others, and of its rules;
    /// also for those within others.
    pub(super) fn each_condition<'p>(&'p self, see: &mut dyn FnMut(&'p Condition)) {
        let mut all = |conditions: &'p [Condition]| {
            conditions.iter().for_each(|condition| condition.walk(see));
        };
        all(&self.scope);
        self.readings.iter().for_each(|reading| all(&reading.when));
        for rule in &self.rules {
            all(&rule.when);
            all(&rule.unless);
            if let Some(yields) = &rule.yields {
                all(&yields.when);
            }
            if let Body::Number(number) = &rule.body {
                all(&number.extra_when);
                number.extras.iter().for_each(|extra| all(&extra.when));
            }
        }
    }

    /// The parameters that stand for one here: itself, and those that the pack may read from it.
    pub(super) fn read_as(&self, parameter: Parameter) -> Vec<Parameter> {
        let mut names = vec![parameter];
        // They are read one after the other, so one may be read from one that was.
        for reading in &self.readings {
            if names.contains(&reading.by) {
                names.push(reading.parameter);
            }
        }
        names
    }
}

impl Rule {
    /// The tables from which its number comes.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Table> {
        let number = match &self.body {
            Body::Number(number) => Some(number),
            _ => None,
        };
        let tables = number.map(|number| std::iter::once(&number.table).chain(&number.greatest));
        tables.into_iter().flatten()
    }
}
