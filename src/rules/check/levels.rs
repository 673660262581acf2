//! What is found of levels that are drawn: heights at the building line, step backs, the ground floor.

use super::drawn::Own;
use super::floors::Floors;
use super::found::{Found, FoundValue, Witness, to_edges};
use super::part::PartKind;
use super::proposal::Proposal;
use super::tiers::{Tier, is_whole, tiers};
use crate::geometry::MultiPolygon;
use crate::rules::bound::{Bound, Outcome};
use crate::rules::limits::Limit;
use crate::rules::site::{Facing, Site};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Walls no farther behind the foremost than this stand at the building line.
const AT_LINE: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

/// Names of quantities.
const FLOOR_ONE: &str = "floor_one_height";
const RIDGE: &str = "ridge_height";
const AT_BUILDING_LINE: &str = "height_at_building_line";
const ADDED_STOREY: &str = "step_back/added_storey";
const NARROWER_ROAD: &str = "step_back/narrower_road";
const NARROWER_LEVEL: &str = "step_back/narrower_road_level";

/// What the levels are asked beside the building itself.
pub(super) struct Asked<'a, 'p> {
    pub site: &'a Site,
    pub proposal: &'a Proposal,
    pub body: &'a MultiPolygon,
    pub limits: &'a [Limit<'p>],
    /// How many storeys stand above those that the table of storeys has at least.
    pub added: Option<Decimal>,
}

impl Asked<'_, '_> {
    /// What is found of drawn levels, by the name of the quantity.
    pub fn own(&self) -> BTreeMap<&'static str, Own> {
        let building = &self.proposal.building;
        let mut own = BTreeMap::new();
        if building.parts_of(PartKind::Level).next().is_none() {
            return own;
        }
        let Some(tiers) = tiers(building) else {
            // Which floor lies above which is not known.
            for name in [
                AT_BUILDING_LINE,
                ADDED_STOREY,
                NARROWER_ROAD,
                NARROWER_LEVEL,
            ] {
                own.insert(name, Own::open(None));
            }
            return own;
        };
        let whole = is_whole(self.proposal, &tiers);
        let at_line = self.at_building_line(&tiers, whole);
        own.insert(
            AT_BUILDING_LINE,
            self.unless_behind(AT_BUILDING_LINE, at_line),
        );
        let added = self.added_storey(&tiers, whole);
        own.insert(ADDED_STOREY, self.unless_behind(ADDED_STOREY, added));
        let top = building.drawn_top_m().map(Found::number);
        if building.ridge_height_m.is_none() {
            own.insert(RIDGE, Own::of(top, whole));
        }
        own.insert(NARROWER_LEVEL, self.narrower_level(&tiers, whole));
        own.insert(NARROWER_ROAD, self.narrower_road(&tiers, whole));
        own.extend(self.floor_one(&tiers, whole).map(|own| (FLOOR_ONE, own)));
        own
    }

    /// What fails as seen from the foremost wall is for an officer where that wall stands behind the
    /// line up to which the building might reach: the rule may be meant from there.
    fn unless_behind(&self, name: &str, own: Own) -> Own {
        let mut limits = self.limits.iter();
        let limit = limits.find(|limit| limit.quantity.to_string() == name);
        let fails = limit.zip(own.found.as_ref()).is_some_and(|(limit, found)| {
            matches!(&found.value, FoundValue::Number(number)
                if limit.judge(*number, Decimal::ZERO) == Outcome::Fail)
        });
        if fails && self.stands_behind_line().unwrap_or(true) {
            return Own::open(None);
        }
        own
    }

    /// Whether the foremost wall stands behind the front setback of the widest street; a wall on the red
    /// line does not, whatever that is.
    fn stands_behind_line(&self) -> Option<bool> {
        let road = self.site.lot.fronts.first()?.road;
        let wall = to_edges(self.site, self.body, |facing| facing == Facing::Road(road))?;
        let FoundValue::Number(wall) = wall.value else {
            return None;
        };
        let line = self.number("setback/front").unwrap_or_default();
        Some(wall > line + AT_LINE)
    }

    /// The height of the ground floor: where it is stated less than the lowest level has, that may not
    /// pass; where it is not stated, it is that of the lowest level if that begins at the ground and
    /// there is no mezzanine in it. Above a level that begins below the ground it may be that one or
    /// the next.
    fn floor_one(&self, tiers: &[Tier], whole: bool) -> Option<Own> {
        let building = &self.proposal.building;
        let (first, next) = (tiers.first()?, tiers.get(1));
        let next = next.filter(|_| first.from < Decimal::ZERO);
        let height = next.map_or(first.to, |next| first.to.max(next.to - next.from));
        let without_mezzanine = building
            .floors
            .as_ref()
            .is_some_and(|floors| floors.mezzanines.is_empty());
        let found = Found {
            value: FoundValue::Number(height),
            witness: Some(Witness::Area(first.outline.clone())),
        };
        let sure = whole && without_mezzanine && first.from.is_zero();
        match building.floor_one_height_m {
            Some(stated) if stated < height => Some(Own::open(Some(found))),
            Some(_) => None,
            None => Some(Own::of(Some(found), sure)),
        }
    }

    /// How far a level stands back from the building line at edges of one sort, in metres.
    fn back(
        &self,
        tier: &Tier,
        wanted: impl Fn(Facing) -> bool + Copy,
    ) -> Option<(Decimal, Found)> {
        let own = to_edges(self.site, &tier.outline, wanted)?;
        let line = to_edges(self.site, self.body, wanted)?;
        let metres = |found: &Found| match found.value {
            FoundValue::Number(metres) => Some(metres),
            FoundValue::Word(_) | FoundValue::Absent => None,
        };
        Some((metres(&own)? - metres(&line)?, own))
    }

    /// The streets on which the lot fronts.
    fn streets(&self) -> impl Iterator<Item = usize> + '_ {
        self.site.lot.fronts.iter().map(|front| front.road)
    }

    /// The top of the highest of the levels that stand at the building line of some streets.
    fn highest_at(&self, tiers: &[Tier], roads: &[usize]) -> Option<Found> {
        let stands_at = |tier: &&Tier| {
            let mut roads = roads.iter();
            roads.any(|&road| {
                let back = self.back(tier, |facing| facing == Facing::Road(road));
                back.is_none_or(|(back, _)| back <= AT_LINE)
            })
        };
        let highest = tiers.iter().filter(stands_at).max_by_key(|tier| tier.to)?;
        Some(Found {
            value: FoundValue::Number(highest.to),
            witness: Some(Witness::Area(highest.outline.clone())),
        })
    }

    fn at_building_line(&self, tiers: &[Tier], whole: bool) -> Own {
        let stated = self.proposal.building.height_at_building_line_m;
        let streets: Vec<usize> = self.streets().collect();
        let drawn = self.highest_at(tiers, &streets);
        if self.site.roads_unknown.is_some() || streets.is_empty() {
            return Own::open(stated.map(Found::number));
        }
        let top = |found: &Found| match found.value {
            FoundValue::Number(top) => top,
            FoundValue::Word(_) | FoundValue::Absent => Decimal::ZERO,
        };
        match (stated, drawn) {
            (Some(stated), Some(drawn)) if top(&drawn) > stated => Own::open(Some(drawn)),
            (Some(stated), _) => Own::sure(Some(Found::number(stated))),
            (None, drawn) if whole => Own::sure(drawn),
            (None, drawn) => Own::open(drawn),
        }
    }

    /// How far the nearest of some levels stands back at some streets.
    fn least_back<'t>(
        &self,
        tiers: impl Iterator<Item = &'t Tier>,
        roads: &[usize],
    ) -> Option<Found> {
        let mut least: Option<(Decimal, Found)> = None;
        for tier in tiers {
            for &road in roads {
                let own = self.back(tier, |facing| facing == Facing::Road(road))?;
                if least.as_ref().is_none_or(|(back, _)| own.0 < *back) {
                    least = Some(own);
                }
            }
        }
        let (back, found) = least?;
        Some(Found {
            value: FoundValue::Number(back.max(Decimal::ZERO)),
            witness: found.witness,
        })
    }

    fn number(&self, name: &str) -> Option<Decimal> {
        let mut limits = self.limits.iter();
        let own = limits.find(|limit| limit.quantity.to_string() == name)?;
        match &own.bound {
            Bound::Number(number) => Some(number.value),
            _ => None,
        }
    }

    /// The storey that is added: the uppermost levels above those of the table, and what is higher
    /// than the building may be at its building line.
    fn added_storey(&self, tiers: &[Tier], whole: bool) -> Own {
        let Some(added) = self.added.filter(|_| whole) else {
            return Own::open(None);
        };
        let floors = self.proposal.building.floors.as_ref();
        let on_top = floors.map_or(0, Floors::free_on_top);
        let count = added.max(Decimal::ONE) + Decimal::from(on_top);
        let first = Decimal::from(tiers.len()) - count;
        let level = self.number(AT_BUILDING_LINE);
        let is_added = |(i, tier): &(usize, &Tier)| {
            Decimal::from(*i) >= first || level.is_some_and(|level| tier.to > level)
        };
        let above = tiers.iter().enumerate().filter(is_added);
        let roads: Vec<usize> = self.streets().collect();
        Own::sure(self.least_back(above.map(|(_, tier)| tier), &roads))
    }

    fn narrower(&self) -> Option<usize> {
        self.site.lot.fronts.get(1).map(|front| front.road)
    }

    fn narrower_level(&self, tiers: &[Tier], whole: bool) -> Own {
        let found = self
            .narrower()
            .and_then(|road| self.highest_at(tiers, &[road]));
        Own::of(found, whole)
    }

    fn narrower_road(&self, tiers: &[Tier], whole: bool) -> Own {
        let (Some(road), Some(level)) = (self.narrower(), self.number(NARROWER_LEVEL)) else {
            return Own::open(None);
        };
        let above: Vec<&Tier> = tiers.iter().filter(|tier| tier.to > level).collect();
        if above.is_empty() {
            let none = Found {
                value: FoundValue::Absent,
                witness: None,
            };
            return Own::of(Some(none), whole);
        }
        let found = self.least_back(above.into_iter(), &[road]);
        Own::of(found, whole)
    }
}
