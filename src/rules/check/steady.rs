//! Limits that would be others if the outline lay elsewhere within what it may be off.

use super::proposal::Proposal;
use crate::cadastre::Day;
use crate::rules::facts::{Fact, Facts, InvalidFact, Knowledge, Origin};
use crate::rules::kinds::Quantity;
use crate::rules::limits::{Limit, limits};
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The quantities whose limit goes by the depth behind the building line, and is another at one end
/// of what the outline may be off.
///
/// # Errors
/// [`InvalidFact`] for a depth that no lot has.
pub(super) fn unsteady(
    packs: &[Pack],
    facts: &Facts,
    proposal: &Proposal,
    day: Day,
    found: &[Limit<'_>],
) -> Result<BTreeSet<Quantity>, InvalidFact> {
    let mut unsteady = BTreeSet::new();
    let Some(Knowledge::Known {
        fact: Fact::Number(depth),
        origin: Origin::Derived,
    }) = facts.knowledge(Parameter::DepthFromBuildingLine)
    else {
        return Ok(unsteady);
    };
    let off_by = Decimal::new(i64::from(proposal.off_by_mm), 3);
    if off_by.is_zero() {
        return Ok(unsteady);
    }
    for end in [*depth - off_by, *depth + off_by] {
        let mut there = facts.clone();
        let depth = Fact::Number(end.max(Decimal::ZERO));
        there.set(Parameter::DepthFromBuildingLine, depth, Origin::Derived)?;
        let elsewhere = limits(packs, &there, day);
        let pairs = found.iter().zip(&elsewhere);
        let others = pairs.filter(|(here, there)| here.bound != there.bound);
        unsteady.extend(others.map(|(here, _)| here.quantity.clone()));
    }
    Ok(unsteady)
}
