//! What limits say of the shape of a building at a height: distances to keep, heights not to pass, and
//! what is lacking.

use super::Lacking;
use crate::cadastre::Day;
use crate::geometry::{Clear, MultiPolygon, Point};
use crate::rules::bound::{Bound, Inclusivity, NumberBound, Sense};
use crate::rules::check::{Building, Proposal, known};
use crate::rules::facts::{Fact, Facts, InvalidFact};
use crate::rules::kinds::Quantity;
use crate::rules::limits::{Limit, limits};
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use crate::rules::site::{Facing, Site};
use crate::rules::unit::Unit;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What is asked: which site, by which packs, with what is stated beside the register.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a, 'p> {
    pub packs: &'p [Pack],
    pub site: &'a Site,
    pub stated: &'a Facts,
    pub day: Day,
}

/// A distance that a building keeps from edges of its lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What asks for it.
    pub quantity: Quantity,
    /// The least distance that holds, in whole millimetres: rounded up.
    pub distance_mm: u32,
}

/// Why a limit does not say how a building may be shaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LackingReason {
    /// Something of the site is not known.
    Unknown,
    /// The text is not known.
    Unconfirmed,
    /// The text leaves it to an officer.
    Officer,
    /// It is known, and this program does not measure it.
    NotMeasured,
    /// It is known, and which edges of the lot it is measured from is not.
    NoEdges,
    /// The shape is finer than the grid of millimetres.
    NotDrawn,
}

impl LackingReason {
    /// The word for it in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Unconfirmed => "unconfirmed",
            Self::Officer => "officer",
            Self::NotMeasured => "not_measured",
            Self::NoEdges => "no_edges",
            Self::NotDrawn => "not_drawn",
        }
    }
}

/// What the limits at one height come to for a shape.
pub(super) struct Reading<'p> {
    /// All limits.
    pub limits: Vec<Limit<'p>>,
    /// Distances that are kept.
    pub kept: Vec<Kept>,
    /// The greatest height at the building line, if there is one.
    pub at_line_mm: Option<u32>,
    /// The greatest height of the highest point, if there is one.
    pub top_mm: Option<u32>,
    /// What is lacking.
    pub lacking: Vec<Lacking>,
}

impl<'p> Asked<'_, 'p> {
    /// What is known when a building of this outline is so high.
    pub fn facts(&self, outline: &MultiPolygon, height_mm: u32) -> Result<Facts, InvalidFact> {
        let proposal = Proposal {
            footprint: outline.clone(),
            off_by_mm: 0,
            building: Building {
                ridge_height_m: Some(metres(height_mm)),
                basements: self.basements(),
                ..Building::default()
            },
        };
        Ok(known(self.site, &proposal, self.stated)?.0)
    }

    /// The basements that the asker states.
    pub fn basements(&self) -> Option<Decimal> {
        match self.stated.find(Parameter::Basements) {
            Some(Fact::Number(basements)) => Some(*basements),
            _ => None,
        }
    }

    /// What the limits come to for a building of this outline that is so high.
    pub fn reading(
        &self,
        outline: &MultiPolygon,
        height_mm: u32,
    ) -> Result<Reading<'p>, InvalidFact> {
        let facts = self.facts(outline, height_mm)?;
        Ok(self.read(limits(self.packs, &facts, self.day)))
    }

    /// Heights as great as limits allow.
    pub fn read_sizes(&self, limits: &[Limit<'p>]) -> Building {
        let greatest = |kind: &str| {
            let limit = limits.iter().find(|limit| limit.quantity.kind.name == kind);
            match &limit?.bound {
                Bound::Number(number) => Some(metres(greatest_mm(number))),
                _ => None,
            }
        };
        Building {
            floor_one_height_m: greatest("floor_one_height"),
            height_at_building_line_m: greatest("height_at_building_line"),
            ..Building::default()
        }
    }

    fn read(&self, limits: Vec<Limit<'p>>) -> Reading<'p> {
        let mut reading = Reading {
            limits,
            kept: Vec::new(),
            at_line_mm: None,
            top_mm: None,
            lacking: Vec::new(),
        };
        for limit in &reading.limits {
            let role = Shaping::of(&limit.quantity);
            let number = match (role, &limit.bound) {
                (Shaping::Not, _) | (_, Bound::None) => continue,
                (_, Bound::Number(number)) => *number,
                (_, other) => {
                    let reason = match other {
                        Bound::Unconfirmed => LackingReason::Unconfirmed,
                        Bound::OfficerDecides => LackingReason::Officer,
                        _ => LackingReason::Unknown,
                    };
                    reading.lacking.push(Lacking::of(limit, reason));
                    continue;
                }
            };
            match role {
                Shaping::Distance => match least_mm(&number) {
                    Some(0) => {}
                    Some(_) if edges_of(self.site, &limit.quantity).is_empty() => {
                        let lacking = Lacking::of(limit, LackingReason::NoEdges);
                        reading.lacking.push(lacking);
                    }
                    Some(distance_mm) => reading.kept.push(Kept {
                        quantity: limit.quantity.clone(),
                        distance_mm,
                    }),
                    None => {
                        let lacking = Lacking::of(limit, LackingReason::NotMeasured);
                        reading.lacking.push(lacking);
                    }
                },
                Shaping::HeightAtLine => reading.at_line_mm = Some(greatest_mm(&number)),
                Shaping::Height => reading.top_mm = Some(greatest_mm(&number)),
                Shaping::Unmeasured if least_mm(&number) != Some(0) => {
                    let lacking = Lacking::of(limit, LackingReason::NotMeasured);
                    reading.lacking.push(lacking);
                }
                Shaping::Unmeasured | Shaping::Beside | Shaping::Not => {}
            }
        }
        reading
    }
}

impl Reading<'_> {
    /// Whether all distances are known.
    pub fn has_all_distances(&self) -> bool {
        let of_outline = |lacking: &Lacking| {
            let shaping = Shaping::of(&lacking.quantity);
            matches!(shaping, Shaping::Distance | Shaping::Unmeasured)
        };
        !self.lacking.iter().any(of_outline)
    }
}

/// How a quantity shapes a building.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shaping {
    /// As a distance from edges of the lot.
    Distance,
    /// As a height at the building line.
    HeightAtLine,
    /// As the height of the highest point.
    Height,
    /// It bounds areas or storeys, beside the shape.
    Beside,
    /// It would, and is not measured here.
    Unmeasured,
    /// Not at all.
    Not,
}

impl Shaping {
    fn of(quantity: &Quantity) -> Self {
        match (quantity.kind.name, quantity.of.as_deref()) {
            ("setback", Some("front" | "rear" | "side")) => Self::Distance,
            ("height_at_building_line", None) => Self::HeightAtLine,
            ("ridge_height", None) => Self::Height,
            ("coverage" | "floor_area_ratio" | "storeys", None) => Self::Beside,
            ("setback", Some("ground_floor"))
            | ("step_back" | "clearance" | "building_distance" | "overlap", _) => Self::Unmeasured,
            _ => Self::Not,
        }
    }
}

/// The edges of the lot from which a setback is measured, as the check measures it.
pub(in crate::rules) fn edges_of(site: &Site, quantity: &Quantity) -> Vec<(Point, Point)> {
    let front = site.lot.fronts.first().map(|front| front.road);
    let wanted = |facing: Facing| match quantity.of.as_deref() {
        // What is higher than the height at the building line stands behind the front too.
        Some("front") | None => front.is_some_and(|road| facing == Facing::Road(road)),
        Some("rear") => facing == Facing::Rear,
        Some("side") => facing == Facing::Side,
        _ => false,
    };
    let edges = site.lot.edges.iter().filter(|edge| wanted(edge.facing));
    edges.map(|edge| (edge.from, edge.to)).collect()
}

/// Distances as they are kept from edges.
pub(super) fn clears(site: &Site, kept: &[Kept]) -> Vec<Clear> {
    let each = kept.iter().map(|kept| Clear {
        edges: edges_of(site, &kept.quantity),
        distance_mm: kept.distance_mm,
    });
    each.collect()
}

/// Millimetres as metres.
pub(super) fn metres(mm: u32) -> Decimal {
    Decimal::new(i64::from(mm), 3)
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
fn greatest_mm(bound: &NumberBound) -> u32 {
    let mm = bound.value.checked_mul(Decimal::ONE_THOUSAND);
    let greatest = mm.and_then(|mm| match bound.inclusivity {
        _ if (bound.unit, bound.sense) != (Unit::Metre, Sense::AtMost) => None,
        Inclusivity::Inclusive => Some(mm.floor()),
        Inclusivity::Exclusive => mm.ceil().checked_sub(Decimal::ONE),
    });
    greatest.and_then(|mm| mm.to_u32()).unwrap_or(0)
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
