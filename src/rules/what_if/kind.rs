//! Parcels of one kind: rules know the same of them but for their sizes, and where also these lie
//! between the same numbers, it is known of each rule whether it applies.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::asked::Cell;
use super::changed::{Change, LimitSays, limits_between};
use super::columns::{HeldSizes, SiteRow};
use super::scan::{Scan, Side};
use crate::cadastre::Day;
use crate::rules::bound::Bound;
use crate::rules::condition::Truth;
use crate::rules::facts::Facts;
use crate::rules::kinds::Quantity;
use crate::rules::limits::{Considered, Limit, Role};
use crate::rules::precedence::decide;

/// What is limited otherwise.
type Otherwise = Vec<(Quantity, Change<Option<LimitSays>>)>;

/// A kind of parcels.
#[derive(Debug)]
pub(super) struct SiteKind {
    /// What is known, with the sizes of the parcel that was asked last.
    facts: Facts,
    held: HeldSizes,
    /// The packs of before and after that may speak there, by their places; nothing where no pack
    /// that differs speaks, so that nothing changes.
    speaking: Option<[Vec<usize>; 2]>,
    cells: HashMap<Cell, Said>,
}

/// What the rules say of the parcels of a cell.
#[derive(Debug)]
enum Said {
    /// The same of all.
    Same(Otherwise),
    /// Numbers that go with their sizes.
    BySize(Vec<Considering>),
}

/// What is considered of one quantity, with numbers left open that go with sizes.
#[derive(Debug)]
struct Considering {
    quantity: Quantity,
    /// Before and after; nothing where no rule limits the quantity.
    drafts: [Option<Vec<Draft>>; 2],
    /// Where both sides are alike but for numbers that go with sizes: the places of those that may
    /// differ. If they are the same of a parcel, so is what is limited.
    differing: Option<Vec<usize>>,
}

type Drafts = BTreeMap<Quantity, Vec<Draft>>;

#[derive(Debug)]
struct Draft {
    pack: usize,
    rule: usize,
    applies: Truth,
    speaks: Truth,
    bound: Option<Bound>,
}

impl SiteKind {
    pub fn new(facts: Facts, stated: &Facts, speaking: Option<[Vec<usize>; 2]>) -> Self {
        Self {
            held: HeldSizes::of(&facts, stated),
            facts,
            speaking,
            cells: HashMap::new(),
        }
    }

    /// With how many cells it is in mind.
    pub fn len(&self) -> usize {
        1 + self.cells.len()
    }

    /// What is limited otherwise on a parcel.
    pub fn limits(&mut self, scan: &Scan, row: &SiteRow, day: Day) -> Cow<'_, Otherwise> {
        let Some(speaking) = &self.speaking else {
            return Cow::Owned(Vec::new());
        };
        let cell = scan.cells.place(row);
        if !matches!(self.cells.get(&cell), Some(Said::Same(_))) {
            row.put_sizes(&self.held, &mut self.facts);
        }
        let facts = &self.facts;
        let said = self.cells.entry(cell);
        match said.or_insert_with(|| Said::of(scan, speaking, facts, day)) {
            Said::Same(otherwise) => Cow::Borrowed(otherwise),
            Said::BySize(all) => {
                let each = all.iter().flat_map(|one| one.otherwise(scan, facts));
                Cow::Owned(each.collect())
            }
        }
    }
}

impl Said {
    fn of(scan: &Scan, [before, after]: &[Vec<usize>; 2], facts: &Facts, day: Day) -> Self {
        let mut before = drafts(scan, &scan.before, before, (facts, day));
        let mut after = drafts(scan, &scan.after, after, (facts, day));
        let quantities: BTreeSet<Quantity> = before.keys().chain(after.keys()).cloned().collect();
        let all = quantities.into_iter().map(|quantity| {
            let drafts = [before.remove(&quantity), after.remove(&quantity)];
            Considering::new(scan, quantity, drafts)
        });
        let all: Vec<Considering> = all.collect();
        if all.iter().any(Considering::goes_by_size) {
            Self::BySize(all)
        } else {
            let each = all.iter().flat_map(|one| one.otherwise(scan, facts));
            Self::Same(each.collect())
        }
    }
}

impl Considering {
    fn new(scan: &Scan, quantity: Quantity, drafts: [Option<Vec<Draft>>; 2]) -> Self {
        let differing = match &drafts {
            [Some(before), Some(after)] => differing(scan, before, after),
            _ => None,
        };
        Self {
            quantity,
            drafts,
            differing,
        }
    }

    fn goes_by_size(&self) -> bool {
        let mut all = self.drafts.iter().flatten().flatten();
        all.any(|draft| draft.bound.is_none())
    }

    /// What is limited otherwise of a parcel with these facts.
    fn otherwise(&self, scan: &Scan, facts: &Facts) -> Otherwise {
        if self.stays(scan, facts) {
            return Vec::new();
        }
        let sides = [&scan.before, &scan.after].into_iter().zip(&self.drafts);
        let mut limits = sides.map(|(side, drafts)| {
            let limit = drafts
                .as_ref()
                .map(|drafts| self.limit(side, drafts, facts));
            limit.into_iter().collect::<Vec<_>>()
        });
        let (before, after) = (limits.next(), limits.next());
        limits_between(&before.unwrap_or_default(), &after.unwrap_or_default())
    }

    /// Whether it is known to be limited as before, because every rule comes to the same.
    fn stays(&self, scan: &Scan, facts: &Facts) -> bool {
        let (Some(differing), [Some(before), Some(after)]) = (&self.differing, &self.drafts) else {
            return false;
        };
        let same = |&place: &usize| {
            before[place].comes_to(&scan.before, facts) == after[place].comes_to(&scan.after, facts)
        };
        differing.iter().all(same)
    }

    /// What is limited on one side.
    fn limit<'s>(&self, side: &'s Side, drafts: &[Draft], facts: &Facts) -> Limit<'s> {
        let considered = drafts.iter().map(|draft| Considered {
            pack: &side.packs[draft.pack],
            rule: &side.packs[draft.pack].rules[draft.rule],
            applies: draft.applies.clone(),
            why_not: None,
            speaks: draft.speaks.clone(),
            bound: draft.comes_to(side, facts).into_owned(),
            role: Role::Apart,
        });
        decide(self.quantity.clone(), considered.collect(), facts)
    }
}

impl Draft {
    /// What its rule comes to.
    fn comes_to(&self, side: &Side, facts: &Facts) -> Cow<'_, Bound> {
        let pack = &side.packs[self.pack];
        match &self.bound {
            Some(bound) => Cow::Borrowed(bound),
            None => Cow::Owned(pack.rules[self.rule].body.bound(&pack.facts_for(facts))),
        }
    }

    fn place(&self) -> (usize, usize) {
        (self.pack, self.rule)
    }
}

/// Where two lists are alike but for numbers that go with sizes, the places of those that may differ;
/// nothing where more is otherwise.
fn differing(scan: &Scan, before: &[Draft], after: &[Draft]) -> Option<Vec<usize>> {
    let mut differing = Vec::new();
    for (place, (was, is)) in before.iter().zip(after).enumerate() {
        let places = [was.place(), is.place()];
        let alike = (&was.applies, &was.speaks, &was.bound) == (&is.applies, &is.speaks, &is.bound);
        if !alike || !scan.stand_alike(places) {
            return None;
        }
        if was.bound.is_none() && scan.may_differ(places) {
            differing.push(place);
        }
    }
    (before.len() == after.len()).then_some(differing)
}

/// What is considered on one side, by quantity.
fn drafts(scan: &Scan, side: &Side, speaking: &[usize], (facts, day): (&Facts, Day)) -> Drafts {
    let always = scan.always.iter().map(|quantity| (quantity, Vec::new()));
    let mut by_quantity: BTreeMap<&Quantity, Vec<Draft>> = always.collect();
    for &place in speaking {
        let (pack, slopes) = (&side.packs[place], &side.slopes[place]);
        let facts = pack.facts_for(facts);
        let applying = pack.applying(&facts, day);
        for (number, (rule, applying)) in pack.rules.iter().zip(applying).enumerate() {
            if !scan.touched.contains(&rule.quantity) {
                continue;
            }
            let bound = match applying.applies {
                // Nobody asks what it would come to.
                Truth::False => Some(Bound::None),
                _ => (!slopes[number]).then(|| rule.body.bound(&facts)),
            };
            let draft = Draft {
                pack: place,
                rule: number,
                applies: applying.applies,
                speaks: applying.speaks,
                bound,
            };
            by_quantity.entry(&rule.quantity).or_default().push(draft);
        }
    }
    let each = by_quantity.into_iter();
    each.map(|(quantity, drafts)| (quantity.clone(), drafts))
        .collect()
}
