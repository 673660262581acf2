//! What is kept from the other fronts of a lot at a corner or between two streets, by their own streets.

use super::kept::{Kept, KeptFrom, Step, greatest_mm, least_mm};
use super::lacking::{Lacking, LackingReason};
use super::reading::{Asked, Shaping, number_of};
use crate::rules::bound::Bound;
use crate::rules::facts::{Fact, Facts, InvalidFact, Origin};
use crate::rules::limits::{Limit, limits};
use crate::rules::parameter::Parameter;
use crate::rules::site::{Front, metres};
use rust_decimal::Decimal;

/// What shapes a building at a front that is not the first.
#[derive(Debug, Clone)]
pub struct OfFront<'p> {
    /// Its street, by its place among the streets.
    pub road: usize,
    /// The limits of distances as they are with this street.
    pub limits: Vec<Limit<'p>>,
    pub(super) kept: Vec<Kept>,
    pub(super) steps: Vec<Step>,
    pub(super) lacking: Vec<Lacking>,
}

impl<'p> Asked<'_, 'p> {
    /// What is kept from the fronts behind the first. The first governs heights, storeys and shares,
    /// as packs say; a distance from a street goes by the street itself, and on a corner lot, where
    /// nobody says which edge lies behind, by the stricter of all streets.
    pub fn other_fronts(&self, facts: &Facts) -> Result<Vec<OfFront<'p>>, InvalidFact> {
        let others = self.site.lot.fronts.iter().skip(1);
        others.map(|front| self.of_front(front, facts)).collect()
    }

    fn of_front(&self, front: &Front, facts: &Facts) -> Result<OfFront<'p>, InvalidFact> {
        let facts = self.as_if_on(front, facts)?;
        let mut found = OfFront {
            road: front.road,
            limits: Vec::new(),
            kept: Vec::new(),
            steps: Vec::new(),
            lacking: Vec::new(),
        };
        let is_corner = self.site.lot.position().corner;
        for limit in limits(self.packs, &facts, self.day) {
            let role = Shaping::of(&limit.quantity);
            let is_wanted = match role {
                Shaping::Front | Shaping::NarrowerRoad => true,
                Shaping::Rear => is_corner,
                _ => false,
            };
            if !is_wanted {
                continue;
            }
            let kept = number_of(role, &limit).and_then(|number| match (role, number) {
                (Shaping::NarrowerRoad, _) | (_, None) => Ok(None),
                (_, Some(number)) => {
                    let least = least_mm(&number).ok_or(LackingReason::NotMeasured)?;
                    let from = match role {
                        Shaping::Rear => KeptFrom::Rear,
                        _ => KeptFrom::Front(front.road),
                    };
                    self.of_edges(from, &limit.quantity, least)
                }
            });
            match kept {
                Ok(kept) => found.kept.extend(kept),
                Err(reason) => found.lacking.push(Lacking::of(&limit, reason)),
            }
            found.limits.push(limit);
        }
        self.step_back(front, &facts, &mut found);
        Ok(found)
    }

    /// What is known when the lot lies on this street alone.
    fn as_if_on(&self, front: &Front, facts: &Facts) -> Result<Facts, InvalidFact> {
        let mut facts = facts.clone();
        let is_second = self.site.lot.fronts.get(1) == Some(front);
        let stated = self.stated.find(Parameter::NarrowerRightOfWay);
        let width = match stated.filter(|_| is_second) {
            Some(stated) => Some(stated.clone()),
            None => {
                let width_mm = self.site.roads[front.road].way.width_mm;
                width_mm.map(|mm| Fact::Number(Decimal::new(i64::from(mm), 3)))
            }
        };
        for parameter in [Parameter::RightOfWay, Parameter::NarrowerRightOfWay] {
            match &width {
                Some(width) => facts.set(parameter, width.clone(), Origin::Derived)?,
                None => facts.set_unknown(parameter, "width_undecided"),
            }
        }
        let depth = Fact::Number(metres(front.depth));
        facts.set(Parameter::Depth, depth, Origin::Derived)?;
        Ok(facts)
    }

    /// What stands back from the narrower of two streets above its level; from both where neither
    /// is narrower.
    fn step_back(&self, front: &Front, facts: &Facts, found: &mut OfFront<'p>) {
        let of = |of: &str| {
            let own = |limit: &&Limit<'_>| {
                limit.quantity.kind.name == "step_back" && limit.quantity.of.as_deref() == Some(of)
            };
            found.limits.iter().find(own)
        };
        let (Some(back), level) = (of("narrower_road"), of("narrower_road_level")) else {
            return;
        };
        let Bound::Number(distance) = &back.bound else {
            return;
        };
        let back_mm = match least_mm(distance) {
            Some(0) => return,
            Some(mm) => mm,
            None => {
                found
                    .lacking
                    .push(Lacking::of(back, LackingReason::NotMeasured));
                return;
            }
        };
        let Some(Bound::Number(level)) = level.map(|level| &level.bound) else {
            // What is lacking of the level is told already, unless no rule sets one.
            if level.is_none_or(|level| level.bound == Bound::None) {
                found
                    .lacking
                    .push(Lacking::of(back, LackingReason::NotMeasured));
            }
            return;
        };
        let first = self.site.lot.fronts.first();
        let width = |road: usize| self.site.roads[road].way.width_mm;
        let is_as_wide = |first: &&Front| {
            width(first.road) == width(front.road)
                && facts.find(Parameter::NarrowerRightOfWay).is_some()
        };
        let first = first.filter(is_as_wide).map(|first| first.road);
        let steps = first.into_iter().chain([front.road]).map(|road| Step {
            above_mm: greatest_mm(level),
            quantity: back.quantity.clone(),
            front: road,
            back_mm,
        });
        let steps: Vec<Step> = steps.collect();
        found.steps.extend(steps);
    }
}
