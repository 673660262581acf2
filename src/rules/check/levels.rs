//! What is found of levels that are drawn: floor area, heights at the building line, step backs.

use super::drawn::Own;
use super::floors::Floors;
use super::found::{Found, FoundValue, Witness, to_edges};
use super::part::{Part, PartKind};
use super::proposal::{Building, Proposal};
use crate::geometry::MultiPolygon;
use crate::geometry::overlay::union_all;
use crate::rules::bound::Bound;
use crate::rules::limits::Limit;
use crate::rules::site::{Facing, Site, square_metres};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Floors of the same heights, as one.
#[derive(Debug, Clone)]
struct Tier {
    from: Decimal,
    to: Decimal,
    outline: MultiPolygon,
}

/// Walls no farther behind the foremost than this stand at the building line.
const AT_LINE: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

/// Names of quantities.
const FLOOR_ONE: &str = "floor_one_height";
const AT_BUILDING_LINE: &str = "height_at_building_line";
const ADDED_STOREY: &str = "step_back/added_storey";
const NARROWER_ROAD: &str = "step_back/narrower_road";
const NARROWER_LEVEL: &str = "step_back/narrower_road_level";

/// The levels of a building by growing height; nothing where none is drawn, or heights overlap.
fn tiers(building: &Building) -> Option<Vec<Tier>> {
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

/// Whether every floor from the ground to the highest point is drawn.
fn is_whole(building: &Building, tiers: &[Tier]) -> bool {
    let without_gaps = tiers.windows(2).all(|pair| pair[0].to == pair[1].from);
    let (Some(first), Some(last)) = (tiers.first(), tiers.last()) else {
        return false;
    };
    without_gaps
        && first.from <= Decimal::ZERO
        && building.highest_m() == Some(last.to)
        && floors_above_ground(building) == Some(tiers.len().into())
}

/// Whether more levels are drawn than the building has floors.
pub(super) fn has_more_levels_than_floors(building: &Building) -> bool {
    let drawn = tiers(building).map(|tiers| Decimal::from(tiers.len()));
    let floors = floors_above_ground(building);
    drawn
        .zip(floors)
        .is_some_and(|(drawn, floors)| drawn > floors)
}

/// Floor area of all storeys: as stated, else that of all levels and basements where each is drawn.
pub(super) fn floor_area_m2(proposal: &Proposal) -> Option<Decimal> {
    let building = &proposal.building;
    let drawn = || {
        let tiers = tiers(building)?;
        is_whole(building, &tiers).then(|| drawn_floors_m2(proposal, tiers.len().into()))?
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
        let whole = is_whole(building, &tiers);
        own.insert(AT_BUILDING_LINE, self.at_building_line(&tiers, whole));
        own.insert(ADDED_STOREY, self.added_storey(&tiers, whole));
        own.insert(NARROWER_LEVEL, self.narrower_level(&tiers, whole));
        own.insert(NARROWER_ROAD, self.narrower_road(&tiers, whole));
        own.extend(self.floor_one(&tiers, whole).map(|own| (FLOOR_ONE, own)));
        own
    }

    /// The height of the ground floor: where it is stated less than the lowest level has, that may not
    /// pass; where it is not stated, it is that of the lowest level if there is no mezzanine in it.
    fn floor_one(&self, tiers: &[Tier], whole: bool) -> Option<Own> {
        let building = &self.proposal.building;
        let first = tiers.first().filter(|tier| tier.from <= Decimal::ZERO)?;
        let without_mezzanine = building
            .floors
            .as_ref()
            .is_some_and(|floors| floors.mezzanines.is_empty());
        let found = Found {
            value: FoundValue::Number(first.to),
            witness: Some(Witness::Area(first.outline.clone())),
        };
        match building.floor_one_height_m {
            Some(stated) if stated < first.to => Some(Own::open(Some(found))),
            Some(_) => None,
            None => Some(Own::of(Some(found), whole && without_mezzanine)),
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
