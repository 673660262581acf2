//! What limits say of the shape of a building at a height: distances to keep, heights not to pass, and
//! what is lacking.

use super::fronts::OfFront;
use super::kept::{Kept, KeptFrom, Step, greatest_mm, least_mm, metres, stricter};
use super::lacking::{Lacking, LackingReason};
use crate::cadastre::Day;
use crate::geometry::MultiPolygon;
use crate::rules::bound::{Bound, NumberBound};
use crate::rules::check::{Building, Proposal, known};
use crate::rules::facts::{Fact, Facts, InvalidFact};
use crate::rules::kinds::Quantity;
use crate::rules::limits::{Limit, limits};
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use crate::rules::site::Site;
use rust_decimal::Decimal;

/// What is asked: which site, by which packs, with what is stated beside the register.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a, 'p> {
    pub packs: &'p [Pack],
    pub site: &'a Site,
    pub stated: &'a Facts,
    pub day: Day,
}

/// What the limits at one height come to for a shape.
pub(super) struct Reading<'p> {
    /// All limits.
    pub limits: Vec<Limit<'p>>,
    /// What limits the other fronts of the lot otherwise, by their own streets.
    pub others: Vec<OfFront<'p>>,
    /// Distances that are kept.
    pub kept: Vec<Kept>,
    /// Distances that are kept above heights.
    pub steps: Vec<Step>,
    /// The greatest height of the highest point, if there is one.
    pub top_mm: Option<u32>,
    /// What is lacking.
    pub lacking: Vec<Lacking>,
}

/// What one limit says of another.
struct Beside {
    /// The greatest height at the building line.
    at_line_mm: Option<u32>,
    /// How wide the protection zone of a railway is.
    railway_zone_mm: u32,
}

impl Beside {
    fn of(limits: &[Limit<'_>]) -> Self {
        let number = |kind: &str, of: Option<&str>| {
            let named = |limit: &&Limit<'_>| {
                let quantity = &limit.quantity;
                (quantity.kind.name, quantity.of.as_deref()) == (kind, of)
            };
            match limits.iter().find(named)?.bound {
                Bound::Number(number) => Some(number),
                _ => None,
            }
        };
        let at_line = number("height_at_building_line", None);
        let zone = number("clearance", Some("railway"));
        Self {
            at_line_mm: at_line.map(|number| greatest_mm(&number)),
            railway_zone_mm: zone.and_then(|number| least_mm(&number)).unwrap_or(0),
        }
    }
}

/// What is higher than the height at the building line stands behind it, by a millimetre at least.
const BEHIND_LINE_MM: u32 = 1;

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
        let mut reading = self.read(limits(self.packs, &facts, self.day));
        reading.others = self.other_fronts(&facts)?;
        for other in &reading.others {
            reading.kept = stricter(std::mem::take(&mut reading.kept), &other.kept);
            reading.steps.extend(other.steps.iter().cloned());
            reading.lacking.extend(other.lacking.iter().cloned());
        }
        let mut told: Vec<Lacking> = Vec::new();
        for lacking in reading.lacking {
            if !told.contains(&lacking) {
                told.push(lacking);
            }
        }
        reading.lacking = told;
        Ok(reading)
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
            limits: Vec::new(),
            others: Vec::new(),
            kept: Vec::new(),
            steps: Vec::new(),
            top_mm: None,
            lacking: Vec::new(),
        };
        let beside = Beside::of(&limits);
        for limit in &limits {
            let role = Shaping::of(&limit.quantity);
            match number_of(role, limit) {
                Ok(Some(number)) => {
                    let found = self.shaped(role, limit, &number, (&beside, &mut reading));
                    let lacking = found.err().map(|reason| Lacking::of(limit, reason));
                    reading.lacking.extend(lacking);
                }
                Ok(None) => {}
                Err(reason) => reading.lacking.push(Lacking::of(limit, reason)),
            }
        }
        reading.limits = limits;
        reading
    }

    /// Takes what a number says of the shape, or why it does not.
    fn shaped(
        &self,
        role: Shaping,
        limit: &Limit<'p>,
        number: &NumberBound,
        (beside, reading): (&Beside, &mut Reading<'p>),
    ) -> Result<(), LackingReason> {
        let quantity = &limit.quantity;
        let least = || least_mm(number).ok_or(LackingReason::NotMeasured);
        match role {
            Shaping::Front | Shaping::Rear | Shaping::Side => {
                let kept = self.of_edges(self.edges_for(role)?, quantity, least()?)?;
                reading.kept.extend(kept);
            }
            Shaping::Clearance => {
                let kept = self.clearance(quantity, least()?, beside)?;
                reading.kept.extend(kept);
            }
            Shaping::HeightAtLine => {
                let above_mm = greatest_mm(number);
                let step = self.steps(quantity, above_mm, BEHIND_LINE_MM);
                reading.steps.extend(step);
            }
            Shaping::AddedStorey => {
                // What is higher than the building line allows is the added storey, or its roof.
                let above_mm = beside.at_line_mm.ok_or(LackingReason::NotMeasured)?;
                let steps = self.steps(quantity, above_mm, least()?);
                reading.steps.extend(steps);
            }
            // By the streets themselves, where there are several.
            Shaping::NarrowerRoad => {
                if self.site.lot.fronts.len() < 2 {
                    return Err(LackingReason::NoEdges);
                }
            }
            Shaping::Height => reading.top_mm = Some(greatest_mm(number)),
            Shaping::Unmeasured if least_mm(number) != Some(0) => {
                return Err(LackingReason::NotMeasured);
            }
            Shaping::Unmeasured | Shaping::Beside | Shaping::Not => {}
        }
        Ok(())
    }

    /// The edges of the lot that a setback is measured from; of its fronts the first.
    fn edges_for(&self, role: Shaping) -> Result<KeptFrom, LackingReason> {
        Ok(match role {
            Shaping::Rear => KeptFrom::Rear,
            Shaping::Side => KeptFrom::Side,
            _ => {
                let front = self.site.lot.fronts.first();
                KeptFrom::Front(front.ok_or(LackingReason::NoEdges)?.road)
            }
        })
    }

    /// What is kept from edges of the lot, for a distance that is more than nothing.
    pub fn of_edges(
        &self,
        from: KeptFrom,
        quantity: &Quantity,
        distance_mm: u32,
    ) -> Result<Option<Kept>, LackingReason> {
        // A lot between two streets ends at a street on both sides: nothing of it lies behind.
        let position = self.site.lot.position();
        let nothing_behind = from == KeptFrom::Rear && position.through && !position.corner;
        if distance_mm == 0 || nothing_behind {
            return Ok(None);
        }
        if from.edges(self.site, 0).is_empty() {
            return Err(LackingReason::NoEdges);
        }
        let quantity = quantity.clone();
        Ok(Some(Kept {
            quantity,
            from,
            distance_mm,
        }))
    }

    /// A step behind the building line of every front.
    fn steps(&self, quantity: &Quantity, above_mm: u32, back_mm: u32) -> Vec<Step> {
        let fronts = self.site.lot.fronts.iter();
        let each = fronts.map(|front| Step {
            above_mm,
            quantity: quantity.clone(),
            front: front.road,
            back_mm,
        });
        each.collect()
    }

    /// What is kept from corridors, or from the land of the streets, as they are drawn.
    fn clearance(
        &self,
        quantity: &Quantity,
        least_mm: u32,
        beside: &Beside,
    ) -> Result<Vec<Kept>, LackingReason> {
        let of = quantity.of.as_deref().unwrap_or_default();
        let least_mm = match of {
            // It begins where the protection zone ends.
            "railway_safety" => least_mm.saturating_add(beside.railway_zone_mm),
            _ => least_mm,
        };
        let kept = |from, distance_mm| Kept {
            quantity: quantity.clone(),
            from,
            distance_mm,
        };
        let kept: Vec<Kept> = if of == "road" {
            let fronts = self.site.lot.fronts.iter();
            let doubt = |road: usize| self.site.roads[road].reach_mm().ceil() as u32;
            let each = fronts.map(|f| kept(KeptFrom::Road(f.road), least_mm + doubt(f.road)));
            each.collect()
        } else {
            let corridors = self.site.corridors_of(of);
            let corridors = corridors.ok_or(LackingReason::NotMeasured)?;
            let doubt_mm = self.site.corridors_doubt_mm(of);
            let each = corridors.iter().map(|(i, corridor)| {
                // On the grid the lot may reach into it by less than a millimetre.
                let from_drawn = (least_mm + doubt_mm)
                    .saturating_sub(corridor.width_mm)
                    .max(1);
                kept(KeptFrom::Corridor(*i), from_drawn)
            });
            each.collect()
        };
        if kept.is_empty() {
            return Err(LackingReason::NoEdges);
        }
        Ok(kept)
    }
}

/// The number of a limit that shapes a building; nothing where it does not, or sets no bound.
pub(super) fn number_of(
    role: Shaping,
    limit: &Limit<'_>,
) -> Result<Option<NumberBound>, LackingReason> {
    match (role, &limit.bound) {
        (Shaping::Not, _) | (_, Bound::None) => Ok(None),
        (_, Bound::Number(number)) => Ok(Some(*number)),
        (_, Bound::Unconfirmed) => Err(LackingReason::Unconfirmed),
        (_, Bound::OfficerDecides) => Err(LackingReason::Officer),
        _ => Err(LackingReason::Unknown),
    }
}

impl Reading<'_> {
    /// Whether all distances are known.
    pub fn has_all_distances(&self) -> bool {
        let of_outline = |lacking: &Lacking| {
            matches!(
                Shaping::of(&lacking.quantity),
                Shaping::Front
                    | Shaping::Rear
                    | Shaping::Side
                    | Shaping::Clearance
                    | Shaping::Unmeasured
            )
        };
        !self.lacking.iter().any(of_outline)
    }
}

/// How a quantity shapes a building.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shaping {
    /// As a distance from the street.
    Front,
    /// As a distance from what lies behind.
    Rear,
    /// As a distance from what lies beside.
    Side,
    /// As a distance from a corridor, or from the land of a street.
    Clearance,
    /// As a distance of the added storey from the building line.
    AddedStorey,
    /// As a distance of what is higher from the narrower street.
    NarrowerRoad,
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
    pub fn of(quantity: &Quantity) -> Self {
        match (quantity.kind.name, quantity.of.as_deref()) {
            ("setback", Some("front")) => Self::Front,
            ("setback", Some("rear")) => Self::Rear,
            ("setback", Some("side")) => Self::Side,
            ("height_at_building_line", None) => Self::HeightAtLine,
            ("ridge_height", None) => Self::Height,
            ("coverage" | "floor_area_ratio" | "storeys", None) => Self::Beside,
            ("step_back", Some("added_storey")) => Self::AddedStorey,
            ("step_back", _) => Self::NarrowerRoad,
            // It holds for what stands in a corridor, and no outline reaches into one.
            ("clearance", Some("power_line_above")) => Self::Not,
            (
                "clearance",
                Some("waterway" | "power_line" | "railway" | "railway_safety" | "road"),
            ) => Self::Clearance,
            ("setback", Some("ground_floor"))
            | ("clearance" | "building_distance" | "overlap", _) => Self::Unmeasured,
            _ => Self::Not,
        }
    }
}
