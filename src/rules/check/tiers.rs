//! Levels that are drawn, floor by floor: which there are, whether they are all, and their area.

use super::floors::Floors;
use super::part::{Part, PartKind};
use super::proposal::{Building, Proposal};
use crate::geometry::MultiPolygon;
use crate::geometry::overlay::{difference, union_all};
use crate::rules::site::square_metres;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Floors of the same heights, as one.
#[derive(Debug, Clone)]
pub(super) struct Tier {
    pub from: Decimal,
    pub to: Decimal,
    pub outline: MultiPolygon,
}

/// The levels of a building by growing height; nothing where none is drawn, or heights overlap.
pub(super) fn tiers(building: &Building) -> Option<Vec<Tier>> {
    let heights = |part: &Part| Some((part.from_m()?, part.to_m()?));
    let mut levels: Vec<_> = building
        .parts_of(PartKind::Level)
        .filter_map(|part| Some((heights(part)?, part.area()?)))
        .collect();
    levels.sort_by_key(|(heights, _)| *heights);
    let floors = levels.chunk_by(|(one, _), (other, _)| one == other);
    let floors = floors.map(|pieces| Tier {
        from: pieces[0].0.0,
        to: pieces[0].0.1,
        outline: union_all(pieces.iter().map(|(_, area)| *area)),
    });
    let floors: Vec<Tier> = floors.collect();
    let apart = floors.windows(2).all(|pair| pair[0].to <= pair[1].from);
    (apart && !floors.is_empty()).then_some(floors)
}

/// How many floors above the ground the building has.
fn floors_above_ground(building: &Building) -> Option<Decimal> {
    match &building.floors {
        Some(floors) => Some(floors.above_ground().into()),
        None => building.storeys,
    }
}

/// Whether every floor from the ground to the highest point is drawn, the lowest on all of the
/// footprint.
pub(super) fn is_whole(proposal: &Proposal, tiers: &[Tier]) -> bool {
    let building = &proposal.building;
    let without_gaps = tiers.windows(2).all(|pair| pair[0].to == pair[1].from);
    let (Some(first), Some(last)) = (tiers.first(), tiers.last()) else {
        return false;
    };
    without_gaps
        && first.from <= Decimal::ZERO
        && building.ridge_height_m.is_none_or(|ridge| ridge == last.to)
        && floors_above_ground(building) == Some(tiers.len().into())
        && difference(&proposal.footprint, &first.outline).0.is_empty()
}

/// Whether heights of levels overlap, so that nobody knows which floor lies above which.
pub(super) fn overlap(building: &Building) -> bool {
    building.parts_of(PartKind::Level).next().is_some() && tiers(building).is_none()
}

/// Height of the highest point: as stated, and no lower than the levels that are drawn; where it is not
/// stated, theirs if each is drawn.
pub(super) fn highest_m(proposal: &Proposal) -> Option<Decimal> {
    let building = &proposal.building;
    let whole = || {
        let tiers = tiers(building)?;
        is_whole(proposal, &tiers).then_some(())
    };
    match building.ridge_height_m {
        Some(ridge) => building.drawn_top_m().max(Some(ridge)),
        None => building.drawn_top_m().filter(|_| whole().is_some()),
    }
}

/// Whether more levels are drawn than the building has floors, or than it has storeys and floors that do
/// not count: those are drawn no larger than they are told to be.
pub(super) fn has_more_levels_than_floors(building: &Building) -> bool {
    let Some(tiers) = tiers(building) else {
        return false;
    };
    let drawn = Decimal::from(tiers.len());
    let free = building.floors.as_ref().map_or(0, |own| free(own, &tiers));
    floors_above_ground(building).is_some_and(|floors| drawn > floors)
        || building
            .storeys
            .is_some_and(|storeys| drawn > storeys + Decimal::from(free))
}

/// How many of drawn levels may be floors that do not count: a mezzanine, and what stands over stairs.
fn free(floors: &Floors, tiers: &[Tier]) -> u32 {
    let is_within = |share: Decimal, pair: &[Tier]| {
        let [below, own] = pair else { return false };
        let part = square_metres(&own.outline).checked_mul(Decimal::ONE_HUNDRED);
        let whole = square_metres(&below.outline).checked_mul(share);
        part.zip(whole).is_some_and(|(part, whole)| part <= whole)
    };
    let mezzanine = |pair: &[Tier]| {
        let mut told = floors.mezzanines.iter();
        told.any(|own| is_within(own.share_percent, pair))
    };
    let top = tiers.windows(2).last();
    let over_stairs = floors.stair_roof.as_ref();
    let over_stairs = over_stairs
        .zip(top)
        .is_some_and(|(own, top)| is_within(own.share_percent, top));
    // One level is one floor.
    let others = &tiers[..tiers.len() - usize::from(over_stairs)];
    u32::from(others.windows(2).any(mezzanine)) + u32::from(over_stairs)
}

/// How many basements are drawn, pieces at the same heights as one.
fn drawn_basements(building: &Building) -> usize {
    let heights = building
        .parts_of(PartKind::Basement)
        .map(|part| (part.from_m(), part.to_m()));
    heights.collect::<BTreeSet<_>>().len()
}

/// Whether more basements are drawn than are told.
pub(super) fn has_more_basements(building: &Building) -> bool {
    let drawn = Decimal::from(drawn_basements(building));
    building.basements.is_some_and(|told| drawn > told)
}

/// Whether each basement is drawn.
fn has_all_basements(building: &Building) -> bool {
    let half = building.floors.as_ref();
    let half = half.and_then(|floors| floors.half_basement.as_ref());
    let below = half.is_some_and(|half| !half.is_storey());
    let drawn = drawn_basements(building);
    building.basements == Some(drawn.into()) && (drawn > 0 || !below)
}

/// Floor area of all storeys: as stated, else that of all levels and basements where each is drawn.
pub(super) fn floor_area_m2(proposal: &Proposal) -> Option<Decimal> {
    let building = &proposal.building;
    let drawn = || {
        let tiers = tiers(building)?;
        let all = is_whole(proposal, &tiers) && has_all_basements(building);
        all.then(|| drawn_floors_m2(proposal, tiers.len().into()))?
    };
    building.floor_area_m2.or_else(drawn)
}

/// Floor area of a building of so many storeys: levels and basements as they are drawn, and each other
/// storey as large as the footprint; nothing for one too large to be told.
pub(super) fn drawn_floors_m2(proposal: &Proposal, storeys: Decimal) -> Option<Decimal> {
    let building = &proposal.building;
    let tiers = tiers(building).unwrap_or_default();
    let mut area = Decimal::ZERO;
    for tier in &tiers {
        area = area.checked_add(square_metres(&tier.outline))?;
    }
    for basement in building.areas_of(PartKind::Basement) {
        area = area.checked_add(square_metres(basement))?;
    }
    let others = (storeys - Decimal::from(tiers.len())).max(Decimal::ZERO);
    let others = square_metres(&proposal.footprint).checked_mul(others)?;
    area.checked_add(others)
}
