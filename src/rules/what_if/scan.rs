//! A changed rule, compared on the facts of parcels: only the quantities that it touches.

use std::collections::{BTreeSet, HashMap};

use super::answer::suppose;
use super::changed::{Changed, limits_between};
use super::columns::{SiteColumns, SiteRow};
use crate::cadastre::{Day, ParcelId, WardCode};
use crate::rules::facts::Facts;
use crate::rules::kinds::Quantity;
use crate::rules::limits::{Limit, limits_of};
use crate::rules::pack::{Pack, Rule};

/// Packs of before and after, of which only the rules are left that the answer to a changed rule
/// needs.
#[derive(Debug, Clone)]
pub struct Scan {
    before: Vec<Pack>,
    after: Vec<Pack>,
    touched: BTreeSet<Quantity>,
    /// Those of them that something limits for every building.
    always: BTreeSet<Quantity>,
    /// Ids of the packs that differ.
    others: BTreeSet<String>,
}

impl Scan {
    /// For packs that differ by rules with other words, each in its place.
    pub fn between(before: &[Pack], after: &[Pack]) -> Self {
        let (mut touched, mut others) = (BTreeSet::new(), BTreeSet::new());
        for (was, is) in before.iter().zip(after) {
            let by_it = touched_by(was, is);
            if !by_it.is_empty() {
                others.insert(was.id.clone());
            }
            touched.extend(by_it);
        }
        let left = |packs: &[Pack]| {
            let each = packs.iter().map(|pack| narrowed(pack, &touched));
            each.filter(|pack| !pack.rules.is_empty()).collect()
        };
        let always = Quantity::always_limited();
        Self {
            before: left(before),
            after: left(after),
            always: always.filter(|always| touched.contains(always)).collect(),
            touched,
            others,
        }
    }

    /// The parcels by growing key whose answer changes when what is `stated` is taken for all.
    pub fn changed(
        &self,
        columns: &SiteColumns,
        ids: &[ParcelId],
        (stated, day): (&Facts, Day),
    ) -> Vec<Changed> {
        let mut kinds: HashMap<(u32, WardCode), SiteKind> = HashMap::new();
        let mut changed = Vec::new();
        for row in columns.rows(ids) {
            let kind = kinds.entry((row.pattern, row.ward)).or_insert_with(|| {
                let mut facts = columns.facts(row.pattern).clone();
                suppose(&mut facts, stated);
                self.kind(row, facts, (stated, day))
            });
            if kind.stays {
                continue;
            }
            row.put(&mut kind.facts, stated);
            let before = self.limits(&self.before, &kind.before, &kind.facts, day);
            let after = self.limits(&self.after, &kind.after, &kind.facts, day);
            let limits = limits_between(&before, &after);
            if !limits.is_empty() {
                changed.push(Changed {
                    id: row.id,
                    ward: row.ward,
                    lot_area_m2: None,
                    themes: Vec::new(),
                    limits,
                });
            }
        }
        changed
    }

    /// What all parcels of a ward have in common that share a pattern: without their sizes it is
    /// known of most packs that they do not speak there, and then with sizes too.
    fn kind(&self, row: &SiteRow, facts: Facts, (stated, day): (&Facts, Day)) -> SiteKind {
        let mut without_sizes = facts.clone();
        row.take_off(&mut without_sizes, stated);
        let speaking = |packs: &[Pack]| -> Vec<usize> {
            let places = packs.iter().enumerate();
            let may = places.filter(|(_, pack)| pack.may_speak(&without_sizes, day));
            may.map(|(place, _)| place).collect()
        };
        let (before, after) = (speaking(&self.before), speaking(&self.after));
        let differ = |packs: &[Pack], places: &[usize]| {
            let mut ids = places.iter().map(|&place| packs[place].id.as_str());
            ids.any(|id| self.others.contains(id))
        };
        SiteKind {
            stays: !differ(&self.before, &before) && !differ(&self.after, &after),
            facts,
            before,
            after,
        }
    }

    fn limits<'p>(
        &self,
        packs: &'p [Pack],
        places: &[usize],
        facts: &Facts,
        day: Day,
    ) -> Vec<Limit<'p>> {
        let speaking = places.iter().map(|&place| &packs[place]);
        let touched = |quantity: &Quantity| self.touched.contains(quantity);
        limits_of(speaking, self.always.iter(), (facts, day), &touched)
    }
}

/// What parcels of a ward have in common that share a pattern.
struct SiteKind {
    /// No pack that differs speaks there, so nothing changes.
    stays: bool,
    /// The facts, with the sizes of the parcel looked at last.
    facts: Facts,
    /// The packs of before that may speak there, by their places.
    before: Vec<usize>,
    /// The packs of after.
    after: Vec<usize>,
}

/// The quantities of which a pack may limit something else: those of rules with other words, and of
/// rules that do not apply where such a rule does.
fn touched_by(was: &Pack, is: &Pack) -> BTreeSet<Quantity> {
    let mut touched = BTreeSet::new();
    let mut others: BTreeSet<usize> = BTreeSet::new();
    // What a rule names in `unless_rules` stands before it.
    for (place, (old, new)) in was.rules.iter().zip(&is.rules).enumerate() {
        let names = |rule: &Rule| rule.unless_rules.iter().any(|named| others.contains(named));
        if old != new || names(old) || names(new) {
            others.insert(place);
            touched.extend([old.quantity.clone(), new.quantity.clone()]);
        }
    }
    touched
}

/// A pack with the rules of some quantities alone, and those that they name.
fn narrowed(pack: &Pack, touched: &BTreeSet<Quantity>) -> Pack {
    let mut needed: BTreeSet<usize> = BTreeSet::new();
    for (place, rule) in pack.rules.iter().enumerate().rev() {
        if touched.contains(&rule.quantity) || needed.contains(&place) {
            needed.insert(place);
            needed.extend(&rule.unless_rules);
        }
    }
    let place_of = |named: &usize| needed.iter().position(|place| place == named);
    let rules = needed.iter().map(|&place| {
        let mut rule = pack.rules[place].clone();
        rule.unless_rules = rule.unless_rules.iter().filter_map(place_of).collect();
        rule
    });
    Pack {
        rules: rules.collect(),
        ..pack.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{built_in_packs, replace_rule};

    #[test]
    fn a_rule_touches_its_quantity_and_that_of_rules_which_name_it() {
        let packs = built_in_packs().expect("packs without a mistake");
        let place = packs.iter().position(|pack| pack.id == "qcvn_01_2021");
        let pack = &packs[place.expect("it comes with the program")];
        let text = "id = \"house_coverage_existing\"\nkind = \"green_share\"\nsource = \"qcvn\"\n\
                    title = { vi = \"x\", en = \"x\" }\nbound = \"at_least\"\nunit = \"%\"\nvalue = 1\n";
        let other = replace_rule(pack, "house_coverage_existing", ("text", text)).expect("a rule");
        let touched = touched_by(pack, &other);
        let told: Vec<String> = touched.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["coverage", "green_share"]);
        let narrow = narrowed(&other, &touched);
        let named = narrow
            .find_rule("house_coverage")
            .expect("it limits coverage");
        let unless = named
            .unless_rules
            .iter()
            .map(|&place| narrow.rules[place].id.as_str());
        assert_eq!(unless.collect::<Vec<_>>(), ["house_coverage_existing"]);
        assert!(narrow.rules.len() < other.rules.len());
        assert!(touched_by(pack, pack).is_empty());
    }
}
