//! Heights within which a building keeps the same distances.

use super::fronts::OfFront;
use super::kept::{Kept, Step, stepped, stricter};
use super::lacking::Lacking;
use super::reading::{Asked, Reading};
use crate::geometry::MultiPolygon;
use crate::rules::facts::{Fact, InvalidFact};
use crate::rules::limits::Limit;
use crate::rules::parameter::Parameter;
use crate::rules::thresholds::{Stretch, stretches, thresholds};
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeSet;

/// Heights, both ends included, within which the distances hold for every building whose highest
/// point lies among them.
pub(super) struct Band<'p> {
    /// The first, in millimetres.
    pub first: u32,
    /// The last; nothing where no rule limits the height.
    pub last: Option<u32>,
    /// The distances.
    pub kept: Vec<Kept>,
    /// The limits at the last height.
    pub limits: Vec<Limit<'p>>,
    /// What limits the other fronts of the lot otherwise, at the last height.
    pub others: Vec<OfFront<'p>>,
}

/// Bands from the ground up, or what is lacking.
pub(super) enum Bands<'p> {
    Known(Vec<Band<'p>>),
    Lacking(Vec<Lacking>),
}

/// The height up to which buildings are asked about, where no rule limits it: 1 km.
const CEILING_MM: u32 = 1_000_000;
/// Where distances grow with the height, they are told for steps of so many millimetres.
const STEP_MM: u32 = 500;

impl<'p> Asked<'_, 'p> {
    /// The stretches of heights within which bounds go one way.
    fn heights(&self) -> Vec<Stretch> {
        if let Some(Fact::Number(height)) = self.stated.find(Parameter::BuildingHeight) {
            let mm = height.checked_mul(rust_decimal::Decimal::ONE_THOUSAND);
            let mm = mm.and_then(|mm| mm.floor().to_u64()).unwrap_or(0);
            let last = mm.clamp(1, u64::from(CEILING_MM));
            return vec![Stretch { first: 1, last }];
        }
        let at = thresholds(self.packs, Parameter::BuildingHeight);
        stretches(&at, 1000, 1, u64::from(CEILING_MM))
    }

    /// The bands for a building of this outline.
    pub fn bands(&self, outline: &MultiPolygon) -> Result<Bands<'p>, InvalidFact> {
        let mut bands: Vec<Band<'p>> = Vec::new();
        for stretch in self.heights() {
            let (first, end) = (stretch.first as u32, stretch.last as u32);
            let low = self.reading(outline, first)?;
            if !low.lacking.is_empty() {
                return Ok(Bands::Lacking(low.lacking));
            }
            let top = low.top_mm.unwrap_or(CEILING_MM);
            let last = end.min(top);
            if first > last {
                break;
            }
            let high = self.reading(outline, last)?;
            if !high.lacking.is_empty() {
                return Ok(Bands::Lacking(high.lacking));
            }
            if high.top_mm.is_some_and(|top| top < last) {
                break;
            }
            let is_capped = low.top_mm.is_some() || end < CEILING_MM;
            for (first, last) in parts(first, last, &low, &high) {
                self.add(outline, (first, last), &mut bands)?;
            }
            match bands.last_mut() {
                Some(band) if !is_capped => band.last = None,
                _ => {}
            }
            if last < end {
                break;
            }
        }
        Ok(Bands::Known(bands))
    }

    /// Adds a band with the stricter distances of both its ends; one that keeps the same as the band
    /// below makes that one higher.
    fn add(
        &self,
        outline: &MultiPolygon,
        (first, last): (u32, u32),
        bands: &mut Vec<Band<'p>>,
    ) -> Result<(), InvalidFact> {
        let low = self.reading(outline, first)?;
        let high = self.reading(outline, last)?;
        let steps = low.steps.iter().chain(&high.steps);
        let steps: Vec<&Step> = steps.filter(|step| first > step.above_mm).collect();
        let kept = stepped(stricter(low.kept, &high.kept), &steps);
        match bands.last_mut() {
            Some(below) if below.kept == kept => {
                below.last = Some(last);
                below.limits = high.limits;
                below.others = high.others;
            }
            _ => bands.push(Band {
                first,
                last: Some(last),
                kept,
                limits: high.limits,
                others: high.others,
            }),
        }
        Ok(())
    }
}

/// A stretch of heights cut where something begins to stand back, and into steps where distances
/// grow.
fn parts(first: u32, last: u32, low: &Reading<'_>, high: &Reading<'_>) -> Vec<(u32, u32)> {
    let above = low
        .steps
        .iter()
        .chain(&high.steps)
        .map(|step| step.above_mm);
    let cuts: BTreeSet<u32> = above.filter(|cut| (first..last).contains(cut)).collect();
    let step = if low.kept == high.kept { last } else { STEP_MM };
    let mut parts = Vec::new();
    let mut from = first;
    while from <= last {
        let next = from.div_ceil(step).saturating_mul(step);
        let cut = cuts.range(from..).next().copied().unwrap_or(last);
        let end = next.min(cut).min(last);
        parts.push((from, end));
        from = end + 1;
    }
    parts
}
