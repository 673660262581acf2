//! Where nobody speaks of what something limits everywhere, nothing is free.

use std::collections::BTreeSet;

use super::bound::{Bound, NumberBound};
use super::condition::{Lack, Truth};
use super::kinds::Quantity;
use super::level::Level;
use super::limits::Considered;

/// What is lacking where something limits the quantity everywhere and no pack is known to say what.
///
/// A detailed plan speaks where it states the quantity. The zoning plan only caps what another says.
pub(super) fn silence(
    quantity: &Quantity,
    considered: &[Considered<'_>],
) -> Option<BTreeSet<Lack>> {
    if !quantity.is_always_limited() {
        return None;
    }
    let speaks = |each: &Considered<'_>| match (each.pack.level, &each.bound) {
        (Level::Zoning, _) | (Level::DetailedPlan, Bound::None) => Truth::False,
        (Level::DetailedPlan, Bound::Unknown(lacks)) => {
            Truth::Unknown(lacks.clone()).and(each.applies.clone())
        }
        (Level::DetailedPlan, _) => each.applies.clone(),
        _ => each.speaks.clone(),
    };
    let nobody = Truth::False;
    match considered.iter().map(speaks).fold(nobody, Truth::or) {
        Truth::True => None,
        Truth::Unknown(lacks) => Some(lacks),
        Truth::False => Some(BTreeSet::from([Lack::Rule])),
    }
}

/// A limit of which nobody is known to speak; what caps it anyway still does.
pub(super) fn silenced(
    bound: Bound,
    certain: Option<NumberBound>,
    mut lacks: BTreeSet<Lack>,
) -> (Bound, Option<NumberBound>) {
    match bound {
        Bound::Number(cap) => (Bound::Unknown(lacks), certain.or(Some(cap))),
        Bound::Unknown(others) => {
            lacks.extend(others);
            (Bound::Unknown(lacks), certain)
        }
        _ => (Bound::Unknown(lacks), certain),
    }
}
