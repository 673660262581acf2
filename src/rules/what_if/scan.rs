//! A changed rule, compared on the facts of parcels: only the quantities that it touches.

use std::collections::{BTreeSet, HashMap};

use super::answer::suppose;
use super::asked::{Asked, Cells, slopes};
use super::changed::Changed;
use super::columns::{SiteColumns, without_sizes};
use super::kind::SiteKind;
use crate::cadastre::{Day, ParcelId, WardCode};
use crate::rules::facts::Facts;
use crate::rules::kinds::{Body, Quantity};
use crate::rules::pack::{Pack, Rule};

/// Packs of before and after, of which only the rules are left that the answer to a changed rule
/// needs.
#[derive(Debug, Clone)]
pub struct Scan {
    pub(super) before: Side,
    pub(super) after: Side,
    pub(super) touched: BTreeSet<Quantity>,
    /// Those of them that something limits for every building.
    pub(super) always: BTreeSet<Quantity>,
    /// Ids of the packs that differ.
    others: BTreeSet<String>,
    /// What these rules ask for.
    asked: Asked,
    pub(super) cells: Cells,
}

/// The packs of one side.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub packs: Vec<Pack>,
    /// Of each rule of each pack, whether what it comes to goes with a size.
    pub slopes: Vec<Vec<bool>>,
}

impl Scan {
    /// Whether two rules of one quantity, one of before and one of after, make the same answer
    /// wherever they apply alike and come to the same.
    pub(super) fn stand_alike(&self, [was, is]: [(usize, usize); 2]) -> bool {
        let (pack, other) = (&self.before.packs[was.0], &self.after.packs[is.0]);
        let (rule, otherwise) = (&pack.rules[was.1], &other.rules[is.1]);
        let number = |rule: &Rule| matches!(rule.body, Body::Number(_));
        (&pack.id, pack.level, &pack.readings) == (&other.id, other.level, &other.readings)
            && (&rule.id, &rule.yields) == (&otherwise.id, &otherwise.yields)
            && (rule.body == otherwise.body || number(rule) && number(otherwise))
    }

    /// Whether what they come to may differ.
    pub(super) fn may_differ(&self, [was, is]: [(usize, usize); 2]) -> bool {
        self.before.packs[was.0].rules[was.1].body != self.after.packs[is.0].rules[is.1].body
    }
}

/// What was found out on the way, for the parcels that come after.
#[derive(Debug, Default)]
pub struct Found {
    places: HashMap<Facts, usize>,
    kinds: Vec<SiteKind>,
}

/// When as many kinds of parcels are in mind, with their cells, the next parcels begin anew.
const MOST_KINDS: usize = 20_000;

impl Found {
    /// Forgets all when it has become too much.
    fn forget(&mut self) {
        if self.kinds.iter().map(SiteKind::len).sum::<usize>() > MOST_KINDS {
            *self = Self::default();
        }
    }

    fn kind(&mut self, facts: Facts, make: impl FnOnce(Facts) -> SiteKind) -> usize {
        if let Some(place) = self.places.get(&facts) {
            return *place;
        }
        self.kinds.push(make(facts.clone()));
        self.places.insert(facts, self.kinds.len() - 1);
        self.kinds.len() - 1
    }
}

impl Side {
    fn of(packs: Vec<Pack>) -> Self {
        let of_pack = |pack: &Pack| pack.rules.iter().map(|rule| slopes(pack, rule)).collect();
        Self {
            slopes: packs.iter().map(of_pack).collect(),
            packs,
        }
    }
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
        let left = |packs: &[Pack]| -> Vec<Pack> {
            let each = packs.iter().map(|pack| narrowed(pack, &touched));
            each.filter(|pack| !pack.rules.is_empty()).collect()
        };
        let always = Quantity::always_limited();
        let always = always.filter(|always| touched.contains(always)).collect();
        let (before, after): (Vec<Pack>, Vec<Pack>) = (left(before), left(after));
        let all = [before.as_slice(), after.as_slice()].concat();
        Self {
            always,
            touched,
            others,
            asked: Asked::by(&all),
            cells: Cells::of(&all),
            before: Side::of(before),
            after: Side::of(after),
        }
    }

    /// The parcels by growing key whose answer changes when what is `stated` is taken for all, always
    /// the same with one `found`.
    pub fn changed(
        &self,
        columns: &SiteColumns,
        ids: &[ParcelId],
        (stated, day): (&Facts, Day),
        found: &mut Found,
    ) -> Vec<Changed> {
        found.forget();
        let mut kinds: HashMap<(u32, WardCode), usize> = HashMap::new();
        let mut changed = Vec::new();
        for row in columns.rows(ids) {
            let kind = *kinds.entry((row.pattern, row.ward)).or_insert_with(|| {
                let mut facts = columns.facts(row.pattern).clone();
                row.put_ward(&mut facts, stated);
                suppose(&mut facts, stated);
                found.kind(self.asked.known(&facts), |facts| {
                    self.kind(facts, (stated, day))
                })
            });
            let limits = found.kinds[kind].limits(self, row, day);
            if !limits.is_empty() {
                changed.push(Changed {
                    id: row.id,
                    ward: row.ward,
                    lot_area_m2: None,
                    themes: Vec::new(),
                    limits: limits.into_owned(),
                });
            }
        }
        changed
    }

    /// What all parcels have in common of which the rules know the same but for sizes: without sizes
    /// it is known of most packs that they do not speak there, and then with sizes too.
    fn kind(&self, facts: Facts, (stated, day): (&Facts, Day)) -> SiteKind {
        let without_sizes = without_sizes(&facts, stated);
        let speaking = |side: &Side| -> Vec<usize> {
            let places = side.packs.iter().enumerate();
            let may = places.filter(|(_, pack)| pack.may_speak(&without_sizes, day));
            may.map(|(place, _)| place).collect()
        };
        let (before, after) = (speaking(&self.before), speaking(&self.after));
        let differ = |side: &Side, places: &[usize]| {
            let mut ids = places.iter().map(|&place| side.packs[place].id.as_str());
            ids.any(|id| self.others.contains(id))
        };
        let stays = !differ(&self.before, &before) && !differ(&self.after, &after);
        SiteKind::new(facts, stated, (!stays).then_some([before, after]))
    }
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
