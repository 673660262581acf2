//! Parcels of one kind: rules know the same of them but for their sizes, and where also these lie
//! between the same numbers, it is known of each rule whether it applies.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::asked::Cell;
use super::changed::{Change, LimitSays, limits_between};
use super::columns::SiteRow;
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
    facts: Facts,
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
    /// Numbers that go with their sizes: before, after.
    BySize(Box<[Drafts; 2]>),
}

/// What was considered of each quantity, with numbers left open that go with sizes.
type Drafts = Vec<(Quantity, Vec<Draft>)>;

#[derive(Debug)]
struct Draft {
    pack: usize,
    rule: usize,
    applies: Truth,
    speaks: Truth,
    bound: Option<Bound>,
}

impl SiteKind {
    pub fn new(facts: Facts, speaking: Option<[Vec<usize>; 2]>) -> Self {
        Self {
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
    pub fn limits(
        &mut self,
        scan: &Scan,
        row: &SiteRow,
        (stated, day): (&Facts, Day),
    ) -> Cow<'_, Otherwise> {
        let Some(speaking) = &self.speaking else {
            return Cow::Owned(Vec::new());
        };
        let with_sizes = || {
            let mut facts = self.facts.clone();
            row.put_sizes(&mut facts, stated);
            facts
        };
        let cell = self.cells.entry(scan.cells.place(row));
        let said = cell.or_insert_with(|| Said::of(scan, speaking, &with_sizes(), day));
        match said {
            Said::Same(otherwise) => Cow::Borrowed(otherwise),
            Said::BySize(drafts) => Cow::Owned(between(scan, drafts, &with_sizes())),
        }
    }
}

impl Said {
    fn of(scan: &Scan, [before, after]: &[Vec<usize>; 2], facts: &Facts, day: Day) -> Self {
        let drafts = Box::new([
            drafts(scan, &scan.before, before, (facts, day)),
            drafts(scan, &scan.after, after, (facts, day)),
        ]);
        let mut all = drafts.iter().flatten().flat_map(|(_, drafts)| drafts);
        if all.any(|draft| draft.bound.is_none()) {
            Self::BySize(drafts)
        } else {
            Self::Same(between(scan, &drafts, facts))
        }
    }
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
            let open = slopes[number] && applying.applies != Truth::False;
            let draft = Draft {
                pack: place,
                rule: number,
                applies: applying.applies,
                speaks: applying.speaks,
                bound: (!open).then(|| rule.body.bound(&facts)),
            };
            by_quantity.entry(&rule.quantity).or_default().push(draft);
        }
    }
    let each = by_quantity.into_iter();
    each.map(|(quantity, drafts)| (quantity.clone(), drafts))
        .collect()
}

fn between(scan: &Scan, [before, after]: &[Drafts; 2], facts: &Facts) -> Otherwise {
    let before = limits(&scan.before, before, facts);
    limits_between(&before, &limits(&scan.after, after, facts))
}

/// What is limited on one side.
fn limits<'s>(side: &'s Side, drafts: &Drafts, facts: &Facts) -> Vec<Limit<'s>> {
    let considered = |draft: &Draft| {
        let pack = &side.packs[draft.pack];
        let rule = &pack.rules[draft.rule];
        let bound = draft.bound.clone();
        Considered {
            pack,
            rule,
            applies: draft.applies.clone(),
            why_not: None,
            speaks: draft.speaks.clone(),
            bound: bound.unwrap_or_else(|| rule.body.bound(&pack.facts_for(facts))),
            role: Role::Apart,
        }
    };
    let each = drafts.iter().map(|(quantity, drafts)| {
        let considered = drafts.iter().map(considered).collect();
        decide(quantity.clone(), considered, facts)
    });
    each.collect()
}
