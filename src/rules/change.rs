//! The nearest legal change of a proposal: what has to be less, lower or farther in for a failed
//! verdict to pass, each judged by the check itself.

use rust_decimal::{Decimal, RoundingStrategy};

use super::bound::{Inclusivity, NumberBound, Outcome, Sense};
use super::check::{Check, Proposal, Standing, Total, Verdict};
use super::envelope::{edges_of, greatest_share, least_mm};
use super::facts::{Facts, InvalidFact};
use super::kinds::Quantity;
use super::pack::Pack;
use super::site::{Front, Site, square_metres, told_square_metres};
use super::unit::Unit;
use crate::cadastre::Day;
use crate::geometry::overlay::intersection;
use crate::geometry::{
    Clear, LineString, MultiPolygon, Point, Polygon, Ring, Shape, distance, inset,
};

mod parts;

/// A change of a proposal by which a verdict passes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What is changed.
    pub kind: ChangeKind,
    /// By how much, rounded up: lengths to the millimetre, areas of floors to 10 cm², other areas
    /// to the square centimetre, storeys to whole ones.
    pub amount: Decimal,
    /// Unit of the amount.
    pub unit: Unit,
    /// The proposal with the change.
    pub proposal: Proposal,
    /// What follows for the whole proposal then.
    pub total: Total,
}

/// What is changed of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Its walls are moved away from edges of the lot.
    MovedIn,
    /// It has fewer storeys.
    FewerStoreys,
    /// It is lower.
    Lower,
    /// Its footprint is smaller: told by a wall behind that is moved in.
    SmallerFootprint,
    /// Its floors are smaller.
    SmallerFloors,
    /// What lies beyond the lot is cut off.
    CutOff,
    /// Drawn parts reach less far over the street.
    Shorter,
    /// Drawn parts hang higher over the street.
    Higher,
}

impl ChangeKind {
    /// The word for it in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MovedIn => "moved_in",
            Self::FewerStoreys => "fewer_storeys",
            Self::Lower => "lower",
            Self::SmallerFootprint => "smaller_footprint",
            Self::SmallerFloors => "smaller_floors",
            Self::CutOff => "cut_off",
            Self::Shorter => "shorter",
            Self::Higher => "higher",
        }
    }

    /// Whether the outline is another one.
    pub const fn is_of_outline(self) -> bool {
        matches!(self, Self::MovedIn | Self::SmallerFootprint | Self::CutOff)
    }
}

/// A proposal that was judged, and by what.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a, 'p> {
    /// The packs.
    pub packs: &'p [Pack],
    /// The site.
    pub site: &'a Site,
    /// The proposal.
    pub proposal: &'a Proposal,
    /// What the asker states beside the register.
    pub stated: &'a Facts,
    /// The day whose rules apply.
    pub day: Day,
}

/// Decimals of areas of ground: square centimetres.
const AREA_DECIMALS: u32 = 4;

/// A change that is not judged yet.
struct Draft {
    kind: ChangeKind,
    amount: Decimal,
    unit: Unit,
    proposal: Proposal,
}

impl Judged<'_, '_> {
    /// The least change by which a failed verdict passes; nothing where none does.
    ///
    /// # Errors
    /// [`InvalidFact`] for a size that no building has.
    pub fn change_for(
        &self,
        check: &Check<'_>,
        verdict: &Verdict<'_>,
    ) -> Result<Option<Change>, InvalidFact> {
        if verdict.outcome != Outcome::Fail {
            return Ok(None);
        }
        let quantity = &verdict.limit.quantity;
        for draft in self.drafts(check, verdict) {
            let change = self.passes(Some(draft), |again| {
                let mut verdicts = again.verdicts.iter();
                verdicts.any(|own| own.limit.quantity == *quantity && own.outcome == Outcome::Pass)
            })?;
            if change.is_some() {
                return Ok(change);
            }
        }
        Ok(None)
    }

    /// What has to be cut off for a building that reaches beyond its lot to stand within it.
    ///
    /// # Errors
    /// [`InvalidFact`] for a size that no building has.
    pub fn change_for_standing(&self, check: &Check<'_>) -> Result<Option<Change>, InvalidFact> {
        let Standing::Beyond(beyond) = &check.standing else {
            return Ok(None);
        };
        let cut = intersection(&self.proposal.footprint, &self.site.lot.area);
        // What leaves less than half is another house.
        if cut.twice_area() * 2 < self.proposal.footprint.twice_area() {
            return Ok(None);
        }
        let draft = self.outlined(ChangeKind::CutOff, square_metres(beyond), cut);
        self.passes(draft, |again| again.standing == Standing::Within)
    }

    /// A change whose verdict passes when it is judged.
    fn passes(
        &self,
        draft: Option<Draft>,
        passes: impl FnOnce(&Check<'_>) -> bool,
    ) -> Result<Option<Change>, InvalidFact> {
        let Some(draft) = draft else {
            return Ok(None);
        };
        let again = Check::new(
            self.packs,
            self.site,
            &draft.proposal,
            self.stated,
            self.day,
        )?;
        Ok(passes(&again).then_some(Change {
            kind: draft.kind,
            amount: draft.amount.normalize(),
            unit: draft.unit,
            proposal: draft.proposal,
            total: again.total,
        }))
    }

    fn draft(
        &self,
        check: &Check<'_>,
        quantity: &Quantity,
        (bound, found): (&NumberBound, Decimal),
    ) -> Option<Draft> {
        match (quantity.kind.name, quantity.of.as_deref()) {
            ("setback", Some("front" | "rear" | "side")) => {
                let edges = edges_of(self.site, quantity);
                let least_mm = least_mm(bound)?;
                (!is_beyond(check, &edges)).then(|| self.moved_in(edges, least_mm, found))?
            }
            ("storeys", None) | ("limited_term", Some("storeys")) => {
                let fewer = surplus(found, bound, Decimal::ONE)?;
                let mut proposal = self.proposal.clone();
                proposal.building.storeys = Some(found.checked_sub(fewer)?);
                Some(Draft {
                    kind: ChangeKind::FewerStoreys,
                    amount: fewer,
                    unit: Unit::Storeys,
                    proposal,
                })
            }
            ("floor_one_height" | "height_at_building_line" | "ridge_height", None) => {
                self.lower(quantity.kind.name, bound, found)
            }
            ("projection", Some("underside")) => self.higher(bound, found),
            ("floor_area_ratio", None) => self.smaller_floors(check, bound),
            ("coverage", None) => self.smaller_footprint(check, bound),
            _ => None,
        }
    }

    /// Walls moved away from edges, by what the outline may be off too.
    fn moved_in(&self, edges: Vec<(Point, Point)>, least_mm: u32, found: Decimal) -> Option<Draft> {
        let distance_mm = least_mm.checked_add(self.proposal.off_by_mm)?;
        let least = Decimal::new(i64::from(distance_mm), 3);
        let moved = inset(&self.proposal.footprint, &[Clear { edges, distance_mm }])?;
        let mut draft = self.outlined(ChangeKind::MovedIn, least.checked_sub(found)?, moved)?;
        draft.unit = Unit::Metre;
        Some(draft)
    }

    fn lower(&self, kind: &str, bound: &NumberBound, found: Decimal) -> Option<Draft> {
        let lower = surplus(found, bound, Decimal::new(1, 3))?;
        let height = found.checked_sub(lower)?;
        let mut proposal = self.proposal.clone();
        let building = &mut proposal.building;
        match kind {
            "floor_one_height" => building.floor_one_height_m = Some(height),
            "height_at_building_line" => building.height_at_building_line_m = Some(height),
            _ => {
                building.ridge_height_m = Some(height);
                // No part of a building is higher than its highest point.
                let at_line = building.height_at_building_line_m;
                building.height_at_building_line_m = at_line.map(|own| own.min(height));
            }
        }
        Some(Draft {
            kind: ChangeKind::Lower,
            amount: lower,
            unit: Unit::Metre,
            proposal,
        })
    }

    fn smaller_floors(&self, check: &Check<'_>, bound: &NumberBound) -> Option<Draft> {
        let floors = self.proposal.building.floor_area_m2?;
        let greatest = greatest_share(bound, Decimal::ONE, &check.facts)?;
        let greatest = greatest.trunc_with_scale(3);
        let mut proposal = self.proposal.clone();
        proposal.building.floor_area_m2 = Some(greatest);
        Some(Draft {
            kind: ChangeKind::SmallerFloors,
            amount: floors.checked_sub(greatest)?,
            unit: Unit::SquareMetre,
            proposal,
        })
    }

    /// A footprint cut behind, by the fewest millimetres by which it is small enough.
    fn smaller_footprint(&self, check: &Check<'_>, bound: &NumberBound) -> Option<Draft> {
        let covered = told_square_metres(&self.proposal.footprint);
        let greatest = greatest_share(bound, Decimal::ONE_HUNDRED, &check.facts)?;
        let front = self.site.lot.fronts.first()?;
        let cut = |mm: i64| cut_behind(&self.proposal.footprint, front, mm);
        let is_small = |mm: i64| cut(mm).is_some_and(|cut| told_square_metres(&cut) <= greatest);
        let (mut less, mut enough) = (0_i64, extent_mm(&self.proposal.footprint));
        if !is_small(enough) {
            return None;
        }
        while enough - less > 1 {
            let middle = i64::midpoint(less, enough);
            if is_small(middle) {
                enough = middle;
            } else {
                less = middle;
            }
        }
        let amount = covered.checked_sub(greatest)?;
        self.outlined(ChangeKind::SmallerFootprint, amount, cut(enough)?)
    }

    /// A change of the outline by an area; nothing when none of it is left.
    fn outlined(
        &self,
        kind: ChangeKind,
        amount: Decimal,
        footprint: MultiPolygon,
    ) -> Option<Draft> {
        let mut proposal = self.proposal.clone();
        proposal.footprint = footprint;
        let up = RoundingStrategy::ToPositiveInfinity;
        (!proposal.footprint.0.is_empty()).then_some(Draft {
            kind,
            amount: amount.round_dp_with_strategy(AREA_DECIMALS, up),
            unit: Unit::SquareMetre,
            proposal,
        })
    }
}

/// Whether a part of the building lies beyond some edges of the lot: from there no distance is
/// measured, so it is cut off first.
fn is_beyond(check: &Check<'_>, edges: &[(Point, Point)]) -> bool {
    let (Standing::Beyond(part) | Standing::InCorridor(part)) = &check.standing else {
        return false;
    };
    let lines = edges.iter().map(|&(a, b)| LineString(vec![a, b]));
    let way = distance(&Shape::Areas(part.clone()), &Shape::Lines(lines.collect()));
    way.is_some_and(|way| way.distance_mm < 1.0)
}

/// The least multiple of a step by which a number has to be less for an upper bound to hold.
fn surplus(found: Decimal, bound: &NumberBound, step: Decimal) -> Option<Decimal> {
    if bound.sense != Sense::AtMost {
        return None;
    }
    let steps = found.checked_sub(bound.value)?.checked_div(step)?;
    let steps = match bound.inclusivity {
        Inclusivity::Inclusive => steps.ceil(),
        Inclusivity::Exclusive => steps.floor().checked_add(Decimal::ONE)?,
    };
    steps.checked_mul(step).filter(|less| *less <= found)
}

/// The length of a shape's box along both axes together, in millimetres: farther than it reaches any
/// way.
fn extent_mm(area: &MultiPolygon) -> i64 {
    area.envelope().map_or(0, |around| {
        let along = |from: i32, to: i32| i64::from(to) - i64::from(from);
        along(around.min.x(), around.max.x()) + along(around.min.y(), around.max.y())
    })
}

/// A shape without what lies farther from a front than its farthest corner less so many millimetres.
fn cut_behind(area: &MultiPolygon, front: &Front, mm: i64) -> Option<MultiPolygon> {
    let (x, y) = front.outward();
    let long = x.hypot(y);
    let (x, y) = (-x / long, -y / long);
    let first = area.rings().find_map(|ring| ring.0.first().copied())?;
    let inward = |p: &Point| {
        let (dx, dy) = (p.x() - first.x(), p.y() - first.y());
        f64::from(dx) * x + f64::from(dy) * y
    };
    let corners = area.rings().flat_map(|ring| &ring.0);
    let farthest = corners.map(inward).fold(f64::NEG_INFINITY, f64::max);
    let (end, side) = (farthest - mm as f64, extent_mm(area) as f64 + 1.0);
    let at = |along: f64, inward: f64| {
        let east = f64::from(first.x()) + along * -y + inward * x;
        let north = f64::from(first.y()) + along * x + inward * y;
        Point::new(east.round() as i32, north.round() as i32).ok()
    };
    let kept = [
        at(-side, end)?,
        at(-side, end - 2.0 * side)?,
        at(side, end - 2.0 * side)?,
        at(side, end)?,
    ];
    let kept = MultiPolygon(vec![Polygon {
        exterior: Ring(kept.to_vec()),
        interiors: Vec::new(),
    }]);
    Some(intersection(area, &kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surplus_is_rounded_up_and_nothing_more() {
        let bound = |inclusivity| NumberBound {
            value: Decimal::new(116, 1),
            unit: Unit::Metre,
            sense: Sense::AtMost,
            inclusivity,
        };
        let millimetre = Decimal::new(1, 3);
        for (found, inclusivity, less) in [
            ("12", Inclusivity::Inclusive, "0.4"),
            ("11.6005", Inclusivity::Inclusive, "0.001"),
            ("11.6", Inclusivity::Exclusive, "0.001"),
            ("12", Inclusivity::Exclusive, "0.401"),
        ] {
            let found = Decimal::from_str_exact(found).expect("a decimal");
            let surplus = surplus(found, &bound(inclusivity), millimetre).expect("less");
            assert_eq!(surplus.normalize().to_string(), less, "{found}");
            assert!(bound(inclusivity).holds(found - surplus));
            assert!(!bound(inclusivity).holds(found - surplus + millimetre));
        }
    }
}
