//! What may be built on a site: stacked outlines with heights, and which rule makes each face.
//!
//! An outline is the lot less what distances take, rounded inward. It is told for heights: a building
//! whose highest point lies among those of a level, and whose footprint lies in the level's outline,
//! keeps the distances that shaped it. Where anything is lacking that shapes a building nothing is told
//! as allowed. Reading order: `reading`, `bands`, `faces`, `greatest`, then here.

mod bands;
mod faces;
mod greatest;
mod needs;
mod reading;

pub use faces::{Cause, Face};
pub use greatest::Greatest;
pub(super) use greatest::of_lot as greatest_share;
pub use needs::Need;
pub use reading::{Kept, LackingReason};
pub(super) use reading::{edges_of, least_mm};

use crate::cadastre::Day;
use crate::geometry::{MultiPolygon, inset};
use crate::rules::bound::Outcome;
use crate::rules::check::{Building, Check, Proposal, Standing, Total};
use crate::rules::facts::{Facts, InvalidFact};
use crate::rules::kinds::Quantity;
use crate::rules::limits::Limit;
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use crate::rules::site::{Open, Site};
use bands::{Band, Bands};
use reading::{Asked, clears, metres};

/// What may be built on a site.
#[derive(Debug)]
pub struct Envelope<'p> {
    /// What follows.
    pub extent: Extent,
    /// From the ground up; none unless the extent is known.
    pub levels: Vec<Level<'p>>,
    /// Beyond this no building may reach, whatever is lacking; nothing where distances are lacking.
    pub reach: Option<MultiPolygon>,
    /// The greatest number of storeys.
    pub storeys: Option<Greatest>,
    /// The greatest area of the footprint, in m².
    pub footprint: Option<Greatest>,
    /// The greatest area of all floors, in m².
    pub floors: Option<Greatest>,
    /// Sizes from which on the limits are those told; a smaller building may be limited more strictly.
    pub needs: Vec<Need>,
    /// The greatest building of this outline judged by every limit but those of areas.
    pub check: Check<'p>,
    /// What that comes to.
    pub total: Total,
}

/// Whether it is known what may be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// It is.
    Known,
    /// Nothing may: these limits stand against any building, or none that keeps its distances has
    /// room.
    Nothing(Vec<Quantity>),
    /// It is not.
    Unknown {
        /// What keeps the lot from being known.
        site: Vec<&'static str>,
        /// What keeps its limits from being known.
        lacking: Vec<Lacking>,
    },
}

/// A limit that does not say how a building may be shaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// What is limited.
    pub quantity: Quantity,
    /// Why it does not say.
    pub reason: LackingReason,
}

impl Lacking {
    fn of(limit: &Limit<'_>, reason: LackingReason) -> Self {
        Self {
            quantity: limit.quantity.clone(),
            reason,
        }
    }
}

/// An outline and the heights for which it holds.
#[derive(Debug)]
pub struct Level<'p> {
    /// Where it begins, in millimetres above the planned ground.
    pub from_mm: u32,
    /// Where it ends; nothing where no rule limits the height.
    pub to_mm: Option<u32>,
    /// The outline.
    pub area: MultiPolygon,
    /// Its faces.
    pub faces: Vec<Face>,
    /// The limits of a building as high as the level.
    pub limits: Vec<Limit<'p>>,
    /// The greatest area of the footprint of a building as high as the level, in m².
    pub footprint: Option<Greatest>,
}

/// So many times the outline is found anew, until the limits that go by it stay the same.
const TURNS: usize = 4;
/// What is higher than the height at the building line stands behind it, by a millimetre at least.
const BEHIND_LINE_MM: u32 = 1;

impl<'p> Envelope<'p> {
    /// What may be built on a site by the packs as they are in force on a day, by what the asker states
    /// beside the register.
    ///
    /// # Errors
    /// [`InvalidFact`] for a size that no building has.
    pub fn new(
        packs: &'p [Pack],
        site: &Site,
        stated: &Facts,
        day: Day,
    ) -> Result<Self, InvalidFact> {
        let asked = Asked {
            packs,
            site,
            stated,
            day,
        };
        let gaps = gaps(site)?;
        let mut found = Found::default();
        if gaps.is_empty() {
            found = asked.shape()?;
        }
        asked.told(gaps, found)
    }
}

/// What was found of the shape.
#[derive(Default)]
struct Found<'p> {
    reach: Option<MultiPolygon>,
    levels: Vec<Level<'p>>,
    lacking: Vec<Lacking>,
}

impl<'p> Asked<'_, 'p> {
    fn shape(&self) -> Result<Found<'p>, InvalidFact> {
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
                break;
            }
        }
        if !outline.0.is_empty() {
            match self.bands(&outline)? {
                Bands::Known(bands) => self.stack(bands, &mut found),
                Bands::Lacking(lacking) => found.lacking = lacking,
            }
        }
        found.reach = Some(outline);
        Ok(found)
    }

    /// The outlines of bands, up to the first that has no room.
    fn stack(&self, bands: Vec<Band<'p>>, found: &mut Found<'p>) {
        for band in bands {
            let kept = self.kept(&band);
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
                footprint: None,
            });
        }
    }

    /// The distances of a band; what is higher than the height at the building line stands behind it.
    fn kept(&self, band: &Band<'p>) -> Vec<Kept> {
        let mut kept = band.kept.clone();
        if !band.behind_line {
            return kept;
        }
        let is_front = |kept: &Kept| kept.quantity.of.as_deref() == Some("front");
        let line_mm = kept
            .iter()
            .find(|own| is_front(own))
            .map_or(0, |own| own.distance_mm);
        let at_line = |limit: &&Limit<'_>| limit.quantity.kind.name == "height_at_building_line";
        if let Some(limit) = band.limits.iter().find(at_line) {
            kept.retain(|own| !is_front(own));
            kept.push(Kept {
                quantity: limit.quantity.clone(),
                distance_mm: line_mm + BEHIND_LINE_MM,
            });
        }
        kept
    }

    /// What follows of what was found.
    fn told(
        &self,
        gaps: Vec<&'static str>,
        mut found: Found<'p>,
    ) -> Result<Envelope<'p>, InvalidFact> {
        let proposal = self.greatest_building(&found);
        let check = Check::new(self.packs, self.site, &proposal, self.stated, self.day)?;
        for level in &mut found.levels {
            level.footprint = greatest::footprint(level, &check.facts);
        }
        let limits = found.levels.last().map(|level| level.limits.as_slice());
        let limits = limits.unwrap_or_default();
        let storeys = greatest::storeys(limits);
        let footprint = found
            .levels
            .first()
            .and_then(|level| level.footprint.clone());
        let floors = greatest::floors(limits, storeys.as_ref(), footprint.as_ref(), &check.facts);
        let against = against(&check);
        let no_room = found.reach.as_ref().is_some_and(|reach| reach.0.is_empty());
        let needs = match found.levels.first() {
            Some(ground) => self.needs(&ground.area, &found.levels)?,
            None => Vec::new(),
        };
        let extent = match () {
            () if !against.is_empty() || no_room => Extent::Nothing(against),
            () if !gaps.is_empty() || !found.lacking.is_empty() => Extent::Unknown {
                site: gaps,
                lacking: found.lacking,
            },
            () if found.levels.is_empty() => Extent::Nothing(Vec::new()),
            () => Extent::Known,
        };
        if extent != Extent::Known {
            found.levels.clear();
        }
        Ok(Envelope {
            total: total(&extent, self.site, &check),
            levels: found.levels,
            reach: found.reach,
            storeys,
            footprint,
            floors,
            needs: if extent == Extent::Known {
                needs
            } else {
                Vec::new()
            },
            extent,
            check,
        })
    }

    /// A building as great as the shape that was found.
    fn greatest_building(&self, found: &Found<'p>) -> Proposal {
        let top = found.levels.last();
        let limits = top.map(|level| level.limits.as_slice()).unwrap_or_default();
        let read = self.read_sizes(limits);
        let outline = found.levels.first().map(|level| &level.area);
        let outline = outline
            .or(found.reach.as_ref())
            .filter(|area| !area.0.is_empty());
        Proposal {
            footprint: outline.unwrap_or(&self.site.lot.area).clone(),
            off_by_mm: 0,
            building: Building {
                storeys: greatest::storeys(limits).map(|storeys| storeys.value),
                basements: self.basements(),
                ridge_height_m: top.and_then(|level| level.to_mm).map(metres),
                ..read
            },
        }
    }
}

/// What keeps the lot from being known.
fn gaps(site: &Site) -> Result<Vec<&'static str>, InvalidFact> {
    let mut gaps = Vec::new();
    // Whether anything may be built on such land is not for numbers to say.
    if site.open.contains(&Open::Recovered) {
        gaps.push("recovered");
    }
    if site.open.contains(&Open::Disputed) {
        gaps.push("disputed");
    }
    if site.open.contains(&Open::Overlapped) {
        gaps.push("overlapped");
    }
    if site.roads_unknown.is_some() {
        gaps.push("roads_without_data");
    }
    if site.corridors_unknown.is_some() {
        gaps.push("corridors_without_data");
    }
    if !site.lot.is_one_piece() {
        gaps.push("lot_in_pieces");
    }
    if gaps.is_empty() && site.lot.fronts.is_empty() {
        gaps.push("no_red_line");
    }
    // Nobody knows which part of the parcel a house may stand on.
    if gaps.is_empty() && site.facts()?.find(Parameter::LotArea).is_none() {
        gaps.push("partly_residential");
    }
    Ok(gaps)
}

/// Limits of areas, which hold for a part of the outline.
const OF_AREAS: [&str; 2] = ["coverage", "floor_area_ratio"];

fn is_of_area(quantity: &Quantity) -> bool {
    OF_AREAS.contains(&quantity.kind.name)
}

/// Kinds of limits that stand against any building where they fail.
const AGAINST_ALL: [&str; 3] = ["permit_path", "land_use", "minimum_lot"];

/// What stands against any building here.
fn against(check: &Check<'_>) -> Vec<Quantity> {
    let verdicts = check.verdicts.iter();
    let against = verdicts.filter(|verdict| {
        verdict.outcome == Outcome::Fail && AGAINST_ALL.contains(&verdict.limit.quantity.kind.name)
    });
    against
        .map(|verdict| verdict.limit.quantity.clone())
        .collect()
}

fn total(extent: &Extent, site: &Site, check: &Check<'_>) -> Total {
    let doubt = check.verdicts.iter().any(|verdict| {
        let passed = matches!(verdict.outcome, Outcome::Pass | Outcome::NotApplicable);
        !passed && !is_of_area(&verdict.limit.quantity)
    });
    let open = doubt
        || check.permit.is_open()
        || !check.contradicted.is_empty()
        || !site.open.is_empty()
        || check.standing != Standing::Within;
    match extent {
        Extent::Nothing(_) => Total::MayNot,
        Extent::Known if !open => Total::MayProceed,
        Extent::Known | Extent::Unknown { .. } => Total::OfficerDecides,
    }
}
