//! What reaches over another street than that by which the rules go, judged by the width of that one.

use super::drawn::{BALCONY, Drawn, LOW_PARTS};
use super::part::PartKind;
use super::part_verdict::worst;
use super::proposal::Proposal;
use super::reach::Place;
use crate::cadastre::Day;
use crate::rules::bound::Outcome;
use crate::rules::facts::{Fact, Facts, InvalidFact, Origin};
use crate::rules::limits::limits;
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use crate::rules::site::Site;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// How what reaches over other streets stands there, by the name of the quantity.
///
/// What the asker states of the street is of the first, so of another nobody knows it: there something
/// fails where its width alone says so, and hardly ever passes.
///
/// # Errors
/// [`InvalidFact`] for a width that no street has.
pub(super) fn over_others(
    packs: &[Pack],
    (site, proposal): (&Site, &Proposal),
    facts: &Facts,
    drawn: &Drawn,
    day: Day,
) -> Result<BTreeMap<&'static str, Outcome>, InvalidFact> {
    let mut found = BTreeMap::new();
    let mut at = BTreeMap::new();
    let tolerance = Decimal::new(i64::from(proposal.off_by_mm), 3);
    for (part, place) in proposal.building.parts.iter().zip(&drawn.places) {
        let name = match part.kind() {
            PartKind::Balcony | PartKind::Canopy => BALCONY,
            PartKind::LowPart => LOW_PARTS,
            _ => continue,
        };
        let Place::OverStreet(over) = place else {
            continue;
        };
        for (road, reach) in &over.others {
            if !at.contains_key(road) {
                let there = facts_at(site.roads[*road].way.width_mm, facts)?;
                at.insert(*road, limits(packs, &there, day));
            }
            let mut limits = at.get(road).into_iter().flatten();
            let limit = limits.find(|limit| limit.quantity.to_string() == name);
            let own = limit
                .zip(*reach)
                .map_or(Outcome::Unknown, |(limit, reach)| {
                    match limit.judge(Decimal::new(reach.mm, 3), tolerance) {
                        Outcome::NotApplicable => Outcome::Unknown,
                        own => own,
                    }
                });
            let before = found.get(name).copied();
            found.insert(name, worst(before.into_iter().chain([own])));
        }
    }
    Ok(found)
}

/// What is known where a street of this width is the one by which the rules go.
fn facts_at(width_mm: Option<u32>, facts: &Facts) -> Result<Facts, InvalidFact> {
    let mut there = facts.clone();
    for parameter in [Parameter::RightOfWay, Parameter::NarrowerRightOfWay] {
        match width_mm {
            Some(mm) => {
                let width = Fact::Number(Decimal::new(i64::from(mm), 3));
                there.set(parameter, width, Origin::Derived)?;
            }
            None => there.set_unknown(parameter, "width_undecided"),
        }
    }
    for parameter in [
        Parameter::Sidewalk,
        Parameter::BuildingLineOnRedLine,
        Parameter::CommercialStreet,
        Parameter::RegionalRoad,
    ] {
        there.set_unknown(parameter, "another_street");
    }
    Ok(there)
}
