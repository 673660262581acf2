//! The nearest legal change of drawn parts: what reaches too far is cut back, what hangs too low is
//! raised.

use super::{ChangeKind, Draft, Judged, surplus};
use crate::geometry::overlay::difference;
use crate::geometry::{Clear, MultiPolygon, Point, Shape, inset};
use crate::rules::bound::{Bound, Inclusivity, NumberBound, Sense};
use crate::rules::check::{Check, FoundValue, Part, PartKind, Verdict};
use crate::rules::kinds::Quantity;
use crate::rules::unit::Unit;
use rust_decimal::Decimal;

/// How much more is cut off where the line cannot be drawn closer on the grid, in millimetres.
const FARTHER_MM: [u32; 4] = [0, 1, 2, 3];

/// The kinds of parts of which a quantity is measured.
fn kinds(of: Option<&str>) -> &'static [PartKind] {
    match of {
        Some("low_parts") => &[PartKind::LowPart],
        _ => &[PartKind::Balcony, PartKind::Canopy],
    }
}

impl Judged<'_, '_> {
    /// What may make a failed verdict pass, the least change first.
    pub(super) fn drafts(&self, check: &Check<'_>, verdict: &Verdict<'_>) -> Vec<Draft> {
        let Bound::Number(bound) = &verdict.limit.bound else {
            return Vec::new();
        };
        let Some(FoundValue::Number(found)) = verdict.found.as_ref().map(|own| &own.value) else {
            return Vec::new();
        };
        let quantity = &verdict.limit.quantity;
        let of = quantity.of.as_deref();
        if quantity.kind.name == "projection" && matches!(of, Some("balcony" | "low_parts")) {
            return self.shorter(quantity, bound, *found);
        }
        let one = self.draft(check, quantity, (bound, *found));
        one.into_iter().collect()
    }

    /// Parts that reach too far over the street, cut back to what they may: each way of it is judged, and
    /// the first that passes is told.
    fn shorter(&self, quantity: &Quantity, bound: &NumberBound, found: Decimal) -> Vec<Draft> {
        let kinds = kinds(quantity.of.as_deref());
        let millimetre = Decimal::new(1, 3);
        let Some(less) = surplus(found, bound, millimetre) else {
            return Vec::new();
        };
        let drafts = FARTHER_MM.iter().filter_map(|farther| {
            let amount = less.checked_add(Decimal::new(i64::from(*farther), 3))?;
            let most = found.checked_sub(amount)?;
            let most_mm = u32::try_from((most * Decimal::ONE_THOUSAND).trunc()).ok()?;
            let mut proposal = self.proposal.clone();
            for part in &mut proposal.building.parts {
                if kinds.contains(&part.kind()) {
                    *part = self.cut_back(part, most_mm)?;
                }
            }
            Some(Draft {
                kind: ChangeKind::Shorter,
                amount,
                unit: Unit::Metre,
                proposal,
            })
        });
        drafts.collect()
    }

    /// A part without what reaches farther beyond the lot than so many millimetres.
    fn cut_back(&self, part: &Part, most_mm: u32) -> Option<Part> {
        let area = part.area()?;
        let over = difference(area, &self.site.ground);
        if over.0.is_empty() || most_mm == 0 {
            return over.0.is_empty().then(|| part.clone());
        }
        let edges: Vec<(Point, Point)> = self.site.ground.rings().flat_map(|r| r.edges()).collect();
        let distance_mm = most_mm;
        let far: MultiPolygon = inset(&over, &[Clear { edges, distance_mm }])?;
        let kept = Shape::Areas(difference(area, &far));
        Part::new(part.kind(), kept, part.from_m(), part.to_m()).ok()
    }

    /// Parts that hang too low over the street, raised as they are.
    pub(super) fn higher(&self, bound: &NumberBound, found: Decimal) -> Option<Draft> {
        if bound.sense != Sense::AtLeast || bound.inclusivity != Inclusivity::Inclusive {
            return None;
        }
        let mut proposal = self.proposal.clone();
        for part in &mut proposal.building.parts {
            let hangs = matches!(part.kind(), PartKind::Balcony | PartKind::Canopy);
            let Some(low) = part.from_m().filter(|from| hangs && *from < bound.value) else {
                continue;
            };
            let raised = bound.value.checked_sub(low)?;
            let up = |height: Option<Decimal>| height.and_then(|own| own.checked_add(raised));
            let (from, to) = (up(part.from_m()), up(part.to_m()));
            *part = Part::new(part.kind(), part.outline().clone(), from, to).ok()?;
        }
        Some(Draft {
            kind: ChangeKind::Higher,
            amount: bound.value.checked_sub(found)?,
            unit: Unit::Metre,
            proposal,
        })
    }
}
