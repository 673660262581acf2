//! From distances to outlines: what of the lot keeps them, for the heights of each band.

use super::bands::{Band, Bands};
use super::kept::{Kept, KeptFrom, clears};
use super::lacking::{Lacking, LackingReason};
use super::reading::{Asked, Reading};
use super::{Level, faces};
use crate::geometry::{MultiPolygon, inset};
use crate::rules::facts::InvalidFact;
use crate::rules::site::Facing;

/// So many times the outline is found anew, until the limits that go by it stay the same.
const TURNS: usize = 4;

/// What was found of the shape.
#[derive(Default)]
pub(super) struct Found<'p> {
    pub reach: Option<MultiPolygon>,
    pub levels: Vec<Level<'p>>,
    pub lacking: Vec<Lacking>,
}

impl<'p> Asked<'_, 'p> {
    /// The outlines by heights, from the lot and what its limits ask.
    pub fn shape(&self) -> Result<Found<'p>, InvalidFact> {
        let mut found = Found::default();
        let mut outline = self.site.lot.area.clone();
        for turn in 0.. {
            let ground = self.reading(&outline, 1)?;
            if !ground.has_all_distances() {
                found.lacking = ground.lacking;
                return Ok(found);
            }
            let drawn = inset(&self.site.lot.area, &clears(self.site, &ground.kept));
            let settled = drawn.as_ref().is_some_and(|drawn| *drawn == outline);
            let Some(drawn) = drawn.filter(|_| settled || turn < TURNS) else {
                let setback = ground
                    .limits
                    .iter()
                    .find(|limit| limit.quantity.kind.name == "setback");
                let lacking = setback.map(|limit| Lacking::of(limit, LackingReason::NotDrawn));
                found.lacking.extend(lacking);
                return Ok(found);
            };
            outline = drawn;
            if settled || outline.0.is_empty() {
                found.reach = self.reach(&ground);
                found
                    .lacking
                    .extend(self.no_certain_room(&outline, &ground, &found));
                break;
            }
        }
        if !outline.0.is_empty() {
            match self.bands(&outline)? {
                Bands::Known(bands) => self.stack(bands, &mut found),
                Bands::Lacking(lacking) => found.lacking = lacking,
            }
        }
        Ok(found)
    }

    /// Whether a distance is asked for in any reading, and not only kept so that what is told is
    /// certain.
    fn is_sure(&self, kept: &Kept) -> bool {
        let first = self.site.lot.fronts.first().map(|front| front.road);
        match kept.from {
            KeptFrom::Front(road) => first == Some(road),
            KeptFrom::Side => true,
            KeptFrom::Rear => {
                let mut edges = self.site.lot.edges.iter();
                edges.any(|edge| edge.facing == Facing::Rear)
            }
            KeptFrom::Corridor(_) | KeptFrom::Road(_) => false,
        }
    }

    /// What keeps the distances that are asked for in any reading.
    fn reach(&self, ground: &Reading<'p>) -> Option<MultiPolygon> {
        let sure = ground.kept.iter().filter(|kept| self.is_sure(kept));
        let sure: Vec<Kept> = sure.cloned().collect();
        inset(&self.site.lot.area, &clears(self.site, &sure))
    }

    /// Where nothing has room for certain, and something may have: what is not sure.
    fn no_certain_room(
        &self,
        outline: &MultiPolygon,
        ground: &Reading<'p>,
        found: &Found<'p>,
    ) -> Vec<Lacking> {
        let has_none = found.reach.as_ref().is_some_and(|reach| reach.0.is_empty());
        if !outline.0.is_empty() || has_none {
            return Vec::new();
        }
        let unsure = ground.kept.iter().filter(|kept| !self.is_sure(kept));
        let lacking = unsure.map(|kept| Lacking {
            quantity: kept.quantity.clone(),
            reason: match kept.from {
                KeptFrom::Rear => LackingReason::NoEdges,
                _ => LackingReason::Officer,
            },
        });
        lacking.collect()
    }

    /// The outlines of bands, up to the first that has no room.
    fn stack(&self, bands: Vec<Band<'p>>, found: &mut Found<'p>) {
        for band in bands {
            let kept = band.kept;
            let clears = clears(self.site, &kept);
            let Some(area) = inset(&self.site.lot.area, &clears) else {
                let reason = LackingReason::NotDrawn;
                let quantity = kept.into_iter().map(|kept| kept.quantity).next();
                found
                    .lacking
                    .extend(quantity.map(|quantity| Lacking { quantity, reason }));
                found.levels.clear();
                return;
            };
            if area.0.is_empty() {
                return;
            }
            let faces = faces::faces(self.site, &area, &kept, &clears);
            found.levels.push(Level {
                from_mm: band.first - 1,
                to_mm: band.last,
                faces,
                area,
                limits: band.limits,
                others: band.others,
                footprint: None,
            });
        }
    }
}
