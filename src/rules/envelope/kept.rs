//! Distances that a building keeps, and what it keeps them from.

use crate::geometry::beside::edges_near;
use crate::geometry::{Clear, Point};
use crate::rules::bound::{Inclusivity, NumberBound, Sense};
use crate::rules::kinds::Quantity;
use crate::rules::site::{Facing, Site};
use crate::rules::unit::Unit;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What a distance is kept from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeptFrom {
    /// The edges of the lot on a street, by its place among the streets.
    Front(usize),
    /// Those behind; on a corner lot, where none is behind all streets, every edge on no street.
    Rear,
    /// Those beside.
    Side,
    /// A corridor, by its place among those of the site.
    Corridor(usize),
    /// The land of a street, by its place among the streets.
    Road(usize),
}

/// A distance that a building keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What asks for it.
    pub quantity: Quantity,
    /// What it is kept from.
    pub from: KeptFrom,
    /// The least distance that holds, in whole millimetres: rounded up. From a corridor or the land of
    /// a street it is what is kept from it as it is drawn, with what both may be off.
    pub distance_mm: u32,
}

/// A distance that is kept by what is higher than a height.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// The height in millimetres; what is as high does not yet keep it.
    pub above_mm: u32,
    /// What asks for it.
    pub quantity: Quantity,
    /// From which building line.
    pub front: usize,
    /// How far behind that line, in millimetres.
    pub back_mm: u32,
}

impl KeptFrom {
    /// The edges on the plane of the site.
    pub fn edges(self, site: &Site, within_mm: u32) -> Vec<(Point, Point)> {
        let near = |area| {
            let around = site.lot.area.envelope();
            around.map(|around| edges_near(area, &around, f64::from(within_mm) + 1.0))
        };
        match self {
            Self::Front(road) => of_lot(site, |facing| facing == Facing::Road(road)),
            Self::Side => of_lot(site, |facing| facing == Facing::Side),
            Self::Rear => {
                let behind = of_lot(site, |facing| facing == Facing::Rear);
                if behind.is_empty() && site.lot.position().corner {
                    of_lot(site, |facing| facing == Facing::Side)
                } else {
                    behind
                }
            }
            Self::Corridor(i) => {
                let corridor = site.corridors.get(i);
                corridor.and_then(|own| near(&own.area)).unwrap_or_default()
            }
            Self::Road(i) => {
                let road = site.roads.get(i);
                road.and_then(|own| near(&own.area)).unwrap_or_default()
            }
        }
    }
}

fn of_lot(site: &Site, wanted: impl Fn(Facing) -> bool) -> Vec<(Point, Point)> {
    let edges = site.lot.edges.iter().filter(|edge| wanted(edge.facing));
    edges.map(|edge| (edge.from, edge.to)).collect()
}

/// The edges of the lot from which a check measures a setback.
pub(in crate::rules) fn edges_of(site: &Site, quantity: &Quantity) -> Vec<(Point, Point)> {
    let front = site.lot.fronts.first().map(|front| front.road);
    of_lot(site, |facing| match quantity.of.as_deref() {
        Some("front") => front.is_some_and(|road| facing == Facing::Road(road)),
        Some("rear") => facing == Facing::Rear,
        Some("side") => facing == Facing::Side,
        _ => false,
    })
}

/// Distances as they are kept from edges.
pub(super) fn clears(site: &Site, kept: &[Kept]) -> Vec<Clear> {
    let each = kept.iter().map(|kept| Clear {
        edges: kept.from.edges(site, kept.distance_mm),
        distance_mm: kept.distance_mm,
    });
    each.collect()
}

/// Of two lists of distances the larger of each.
pub(super) fn stricter(mut one: Vec<Kept>, other: &[Kept]) -> Vec<Kept> {
    for kept in other {
        let same = |own: &&mut Kept| (&own.quantity, own.from) == (&kept.quantity, kept.from);
        match one.iter_mut().find(same) {
            Some(own) => own.distance_mm = own.distance_mm.max(kept.distance_mm),
            None => one.push(kept.clone()),
        }
    }
    one.sort_by(|a, b| (&a.quantity, a.from).cmp(&(&b.quantity, b.from)));
    one
}

/// The distances of a building that is higher than the heights of some steps: behind each building
/// line the farthest holds.
pub(super) fn stepped(mut kept: Vec<Kept>, steps: &[&Step]) -> Vec<Kept> {
    for step in steps {
        let from = KeptFrom::Front(step.front);
        let of_front = |own: &&mut Kept| own.from == from;
        let line_mm = kept
            .iter()
            .filter(|own| own.from == from && own.quantity.kind.name == "setback")
            .map(|own| own.distance_mm);
        let line_mm = line_mm.max().unwrap_or(0);
        let distance_mm = line_mm.saturating_add(step.back_mm);
        let own = Kept {
            quantity: step.quantity.clone(),
            from,
            distance_mm,
        };
        match kept
            .iter_mut()
            .filter(of_front)
            .max_by_key(|own| own.distance_mm)
        {
            Some(farther) if farther.distance_mm >= distance_mm => {}
            _ => kept.push(own),
        }
    }
    let farthest = |own: &Kept| {
        let others = kept.iter().filter(|other| other.from == own.from);
        others.map(|other| other.distance_mm).max()
    };
    let behind_line = |own: &&Kept| {
        !matches!(own.from, KeptFrom::Front(_)) || farthest(own) == Some(own.distance_mm)
    };
    kept.iter().filter(behind_line).cloned().collect()
}

/// The least whole millimetre that is allowed; nothing for a bound of another sort.
pub(in crate::rules) fn least_mm(bound: &NumberBound) -> Option<u32> {
    if (bound.unit, bound.sense) != (Unit::Metre, Sense::AtLeast) {
        return None;
    }
    let mm = bound.value.checked_mul(Decimal::ONE_THOUSAND)?;
    let least = match bound.inclusivity {
        Inclusivity::Inclusive => mm.ceil(),
        Inclusivity::Exclusive => mm.floor().checked_add(Decimal::ONE)?,
    };
    least.max(Decimal::ZERO).to_u32()
}

/// The greatest whole millimetre that is allowed; zero for a bound of another sort.
pub(super) fn greatest_mm(bound: &NumberBound) -> u32 {
    let mm = bound.value.checked_mul(Decimal::ONE_THOUSAND);
    let greatest = mm.and_then(|mm| match bound.inclusivity {
        _ if (bound.unit, bound.sense) != (Unit::Metre, Sense::AtMost) => None,
        Inclusivity::Inclusive => Some(mm.floor()),
        Inclusivity::Exclusive => mm.ceil().checked_sub(Decimal::ONE),
    });
    greatest.and_then(|mm| mm.to_u32()).unwrap_or(0)
}

/// Millimetres as metres.
pub(super) fn metres(mm: u32) -> Decimal {
    Decimal::new(i64::from(mm), 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(value: Decimal, sense: Sense, inclusivity: Inclusivity) -> NumberBound {
        NumberBound {
            value,
            unit: Unit::Metre,
            sense,
            inclusivity,
        }
    }

    #[test]
    fn bounds_become_the_whole_millimetres_that_hold_them() {
        let value = Decimal::new(20_005, 4);
        for (inclusivity, whole, least, greatest) in [
            (Inclusivity::Inclusive, false, 2_001, 2_000),
            (Inclusivity::Exclusive, false, 2_001, 2_000),
            (Inclusivity::Inclusive, true, 2_000, 2_000),
            (Inclusivity::Exclusive, true, 2_001, 1_999),
        ] {
            let value = if whole { 2.into() } else { value };
            let low = bound(value, Sense::AtLeast, inclusivity);
            assert_eq!(least_mm(&low), Some(least));
            assert!(low.holds(metres(least)) && !low.holds(metres(least - 1)));
            let high = bound(value, Sense::AtMost, inclusivity);
            assert_eq!(greatest_mm(&high), greatest);
            assert!(high.holds(metres(greatest)) && !high.holds(metres(greatest + 1)));
        }
    }
}
