//! What all packs together limit at a site on a day: per quantity every rule that was considered, why
//! it did or did not apply, what it comes to, and which one binds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::bound::{Bound, NumberBound, Outcome, compare};
use super::condition::Truth;
use super::facts::Facts;
use super::kinds::Quantity;
use super::pack::{Pack, Rule, Why};
use super::precedence;
use crate::cadastre::Day;

/// What became of a rule among the others that limit the same quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// It governs.
    Governs,
    /// It caps what governs, and is stricter.
    Caps,
    /// It applies, and allows as much or more.
    Looser,
    /// A higher level replaces it.
    Replaced,
    /// It gives way by its own text.
    Yields,
    /// It applies, and its text sets no bound here.
    SetsNone,
    /// It applies or may apply, and what it comes to is not known.
    Open,
    /// Another reading of the law, shown beside what binds.
    OtherReading,
    /// It does not apply.
    Apart,
}

impl Role {
    /// The word for it in answers and evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Governs => "governs",
            Self::Caps => "caps",
            Self::Looser => "looser",
            Self::Replaced => "replaced",
            Self::Yields => "yields",
            Self::SetsNone => "sets_none",
            Self::Open => "open",
            Self::OtherReading => "other_reading",
            Self::Apart => "apart",
        }
    }
}

/// A rule that was considered.
#[derive(Debug, Clone)]
pub struct Considered<'p> {
    /// Pack.
    pub pack: &'p Pack,
    /// Rule.
    pub rule: &'p Rule,
    /// Whether it applies.
    pub applies: Truth,
    /// Why it does not, when it does not.
    pub why_not: Option<Why<'p>>,
    /// Whether its pack and it are in force at the place on the day, whatever its own conditions.
    pub speaks: Truth,
    /// What it comes to if it does.
    pub bound: Bound,
    /// What became of it.
    pub role: Role,
}

impl Considered<'_> {
    /// Whether nobody has read the text it rests on.
    pub fn is_unconfirmed(&self) -> bool {
        !self.pack.confidence_of(self.rule).is_confirmed()
    }
}

/// What is limited of one quantity.
#[derive(Debug, Clone)]
pub struct Limit<'p> {
    /// Quantity.
    pub quantity: Quantity,
    /// What follows from all rules; [`Bound::None`] when none applies or none sets a bound, though
    /// a pack speaks of the quantity or nothing needs to.
    pub bound: Bound,
    /// A bound that holds whatever the unknown may be, beside a bound that is unknown: what passes
    /// it fails.
    pub certain: Option<NumberBound>,
    /// Every rule that limits the quantity, in the order of packs and files.
    pub considered: Vec<Considered<'p>>,
}

impl<'p> Limit<'p> {
    /// The rules that bind: those that govern, and those that cap more strictly.
    pub fn binding(&self) -> impl Iterator<Item = &Considered<'p>> {
        let binds = |c: &&Considered<'_>| matches!(c.role, Role::Governs | Role::Caps);
        self.considered.iter().filter(binds)
    }

    /// Whether the limit rests on a text that nobody has read, or depends on one.
    pub fn rests_on_unconfirmed(&self) -> bool {
        self.bound == Bound::Unconfirmed || self.binding().any(Considered::is_unconfirmed)
    }

    /// Compares a found number, in the quantity's unit, with the limit; the tolerance is that of
    /// [`compare`].
    ///
    /// A limit that is unknown is never passed; it is failed where a bound is passed that holds
    /// whatever the unknown may be.
    pub fn judge(&self, found: Decimal, tolerance: Decimal) -> Outcome {
        match &self.bound {
            Bound::Number(bound) => compare(found, bound, tolerance),
            Bound::None => Outcome::NotApplicable,
            Bound::Unknown(_) | Bound::Unconfirmed => {
                let certain = self.certain.map(|bound| compare(found, &bound, tolerance));
                match certain {
                    Some(Outcome::Fail) => Outcome::Fail,
                    _ => Outcome::Unknown,
                }
            }
            Bound::Words(_) | Bound::Path(_) | Bound::Office(_) | Bound::OfficerDecides => {
                Outcome::Unknown
            }
        }
    }

    /// Compares a found word or code, such as one of land use, with the limit.
    pub fn judge_word(&self, found: &str) -> Outcome {
        match &self.bound {
            Bound::Words(words) if words.iter().any(|word| **word == *found) => Outcome::Pass,
            Bound::Words(_) => Outcome::Fail,
            Bound::None => Outcome::NotApplicable,
            _ => Outcome::Unknown,
        }
    }
}

static ALWAYS: LazyLock<Vec<Quantity>> = LazyLock::new(|| Quantity::always_limited().collect());

/// What the packs limit at a site on the day on which a case was filed, by quantity.
///
/// Every quantity that any rule of the packs limits has its entry, with every rule and why it does
/// not apply; so have those that something limits for every building. A parameter that is missing
/// makes a limit unknown, never free, and so does the silence of all packs on one of the latter.
pub fn limits<'p>(packs: &'p [Pack], facts: &Facts, day: Day) -> Vec<Limit<'p>> {
    let always = ALWAYS.iter().map(|quantity| (quantity, Vec::new()));
    let mut by_quantity: BTreeMap<&Quantity, Vec<Considered<'p>>> = always.collect();
    for pack in packs {
        let facts = pack.facts_for(facts);
        let applying = pack.applying(&facts, day);
        for (rule, applying) in pack.rules.iter().zip(applying) {
            let considered = Considered {
                pack,
                rule,
                applies: applying.applies,
                why_not: applying.why_not,
                speaks: applying.speaks,
                bound: rule.body.bound(&facts),
                role: Role::Apart,
            };
            let of_quantity = by_quantity.entry(&rule.quantity).or_default();
            of_quantity.push(considered);
        }
    }
    let each = by_quantity.into_iter();
    each.map(|(quantity, considered)| precedence::decide(quantity.clone(), considered, facts))
        .collect()
}
