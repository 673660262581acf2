//! What a building within the outlines has to be for the limits to be those told: wide and deep enough.

use super::Level;
use super::reading::Asked;
use crate::geometry::MultiPolygon;
use crate::rules::bound::Bound;
use crate::rules::facts::{Fact, Facts, InvalidFact, Knowledge, Origin};
use crate::rules::limits::{Limit, limits};
use crate::rules::parameter::Parameter;
use crate::rules::thresholds::{stretches, thresholds};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A size of the building by which limits go, and from which on they are no stricter than told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The size.
    pub parameter: Parameter,
    /// The least value, in metres.
    pub at_least: Decimal,
}

/// Sizes that follow from where the footprint lies.
const SIZES: [Parameter; 2] = [
    Parameter::DepthFromBuildingLine,
    Parameter::BuildingFrontage,
];
/// Sizes are known to the micrometre.
const STEPS: u64 = 1_000_000;
/// Limits that are told beside the outlines or shape them.
const TOLD: [&str; 9] = [
    "coverage",
    "floor_area_ratio",
    "storeys",
    "floor_one_height",
    "height_at_building_line",
    "ridge_height",
    "setback",
    "step_back",
    "clearance",
];

/// A size with the values at which limits are compared, the largest first.
struct Tried {
    parameter: Parameter,
    values: Vec<Decimal>,
}

impl<'p> Asked<'_, 'p> {
    /// The sizes that a building within the levels has to have; the limits are those of the outline
    /// that stands on the ground.
    pub fn needs(
        &self,
        outline: &MultiPolygon,
        levels: &[Level<'p>],
    ) -> Result<Vec<Need>, InvalidFact> {
        let mut at: Vec<(Facts, &[Limit<'p>])> = Vec::new();
        for level in levels {
            let height = level.to_mm.unwrap_or(level.from_mm + 1);
            at.push((self.facts(outline, height)?, &level.limits));
        }
        let mut tried = Vec::new();
        for parameter in SIZES {
            let told = at.first().and_then(|(facts, _)| facts.knowledge(parameter));
            let Some(Knowledge::Known {
                fact: Fact::Number(assumed),
                origin: Origin::Derived,
            }) = told
            else {
                continue;
            };
            tried.push(self.tried(&at, parameter, *assumed)?);
        }
        if !self.hold_together(&at, &tried)? {
            tried.iter_mut().for_each(|tried| tried.values.truncate(1));
        }
        let needs = tried.into_iter().filter_map(|tried| {
            let at_least = *tried.values.last()?;
            (!at_least.is_zero()).then_some(Need {
                parameter: tried.parameter,
                at_least,
            })
        });
        Ok(needs.collect())
    }

    /// The values of a size, from that of the outline down, at which no limit is stricter.
    fn tried(
        &self,
        at: &[(Facts, &[Limit<'p>])],
        parameter: Parameter,
        assumed: Decimal,
    ) -> Result<Tried, InvalidFact> {
        let mut values = vec![assumed];
        let steps = assumed.checked_mul(STEPS.into());
        let last = steps.and_then(|steps| steps.floor().to_u64()).unwrap_or(0);
        let cuts = thresholds(self.packs, parameter);
        for stretch in stretches(&cuts, STEPS, 0, last).into_iter().rev() {
            let ends = [stretch.last, stretch.first].map(|steps| {
                let steps = i64::try_from(steps).unwrap_or(i64::MAX);
                Decimal::new(steps, 6).normalize()
            });
            for end in ends {
                if !self.holds(at, &[(parameter, end)])? {
                    return Ok(Tried { parameter, values });
                }
            }
            values.extend(ends);
        }
        Ok(Tried { parameter, values })
    }

    /// Whether no limit is stricter for any values together.
    fn hold_together(
        &self,
        at: &[(Facts, &[Limit<'p>])],
        tried: &[Tried],
    ) -> Result<bool, InvalidFact> {
        let [one, other] = tried else {
            return Ok(true);
        };
        for a in &one.values {
            for b in &other.values {
                if !self.holds(at, &[(one.parameter, *a), (other.parameter, *b)])? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Whether no limit is stricter with these sizes than it is told.
    fn holds(
        &self,
        at: &[(Facts, &[Limit<'p>])],
        sizes: &[(Parameter, Decimal)],
    ) -> Result<bool, InvalidFact> {
        for (facts, told) in at {
            let mut facts = facts.clone();
            for (parameter, size) in sizes {
                facts.set(*parameter, Fact::Number(*size), Origin::Derived)?;
            }
            let found = limits(self.packs, &facts, self.day);
            let pairs = told.iter().zip(&found);
            let mut pairs = pairs.filter(|(told, _)| TOLD.contains(&told.quantity.kind.name));
            if pairs.any(|(told, found)| !is_no_stricter(&found.bound, &told.bound)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether a bound allows as much as another.
fn is_no_stricter(bound: &Bound, told: &Bound) -> bool {
    match (bound, told) {
        (Bound::Number(bound), Bound::Number(told)) => !bound.is_stricter_than(told),
        (Bound::None, _) => true,
        (bound, told) => bound == told,
    }
}
