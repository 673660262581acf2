//! What may be built on a site: stacked outlines with heights, and which rule makes each face.
//!
//! An outline is the lot less what distances take, rounded inward. It is told for heights: a building
//! whose highest point lies among those of a level, and whose footprint lies in the level's outline,
//! keeps the distances that shaped it. Where anything is lacking that shapes a building nothing is told
//! as allowed. Reading order: `kept`, `reading`, `fronts`, `bands`, `faces`, `shape`, `greatest`, `added`,
//! then here.

mod added;
mod bands;
mod faces;
mod fronts;
mod greatest;
mod kept;
mod lacking;
mod needs;
mod reading;
mod shape;

pub use added::{Added, Assumed, Way};
pub use faces::{Cause, Face};
pub use fronts::OfFront;
pub use greatest::Greatest;
pub(super) use greatest::of_lot as greatest_share;
pub use kept::{Kept, KeptFrom};
pub(super) use kept::{edges_of, least_mm};
pub use lacking::{Lacking, LackingReason};
pub use needs::Need;

use crate::cadastre::Day;
use crate::geometry::MultiPolygon;
use crate::rules::bound::{Bound, Outcome};
use crate::rules::check::{Building, Check, Proposal, Standing, Total};
use crate::rules::facts::{Fact, Facts, InvalidFact, Origin};
use crate::rules::kinds::Quantity;
use crate::rules::limits::Limit;
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use crate::rules::site::Site;
use kept::metres;
use lacking::gaps;
use reading::Asked;
use shape::Found;

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
    /// What nobody says and was taken so that no more is told than is certain.
    pub assumed: Vec<Assumed>,
    /// What may be added to the storeys, and under which conditions.
    pub added: Option<Added<'p>>,
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
    /// What limits the other fronts of the lot otherwise.
    pub others: Vec<OfFront<'p>>,
    /// The greatest area of the footprint of a building as high as the level, in m².
    pub footprint: Option<Greatest>,
}

impl<'p> Level<'p> {
    /// The limit that asks for a distance: by the street from which it is kept, where that has its
    /// own.
    pub fn limit_of(&self, kept: &Kept) -> Option<&Limit<'p>> {
        let by_street = self.others.iter().filter(|other| match kept.from {
            KeptFrom::Front(road) => other.road == road,
            _ => true,
        });
        let by_street = by_street.flat_map(|other| &other.limits);
        let all = || {
            let all = by_street.clone().chain(&self.limits);
            all.filter(|limit| limit.quantity == kept.quantity)
        };
        let asks = |limit: &&Limit<'p>| match &limit.bound {
            Bound::Number(number) => least_mm(number) == Some(kept.distance_mm),
            _ => false,
        };
        all().find(asks).or_else(|| match kept.from {
            KeptFrom::Front(_) => all().next(),
            _ => all().next_back(),
        })
    }
}

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
        let mut known = site.facts()?;
        known.take(stated);
        let assumed = added::assumed(packs, &known);
        let mut taken = stated.clone();
        for one in &assumed {
            taken.set(one.parameter, Fact::Truth(one.value), Origin::Derived)?;
        }
        let asked = Asked {
            packs,
            site,
            stated: &taken,
            day,
        };
        let mut envelope = asked.envelope()?;
        envelope.assumed = assumed;
        let outline = envelope.levels.first().map(|level| &level.area);
        let outline = outline.or(envelope.reach.as_ref());
        if let Some(outline) = outline.filter(|area| !area.0.is_empty()) {
            envelope.added = Asked { stated, ..asked }.added(outline, &envelope)?;
        }
        Ok(envelope)
    }
}

impl<'p> Asked<'_, 'p> {
    /// What may be built by what is asked, and nothing beside it.
    fn envelope(&self) -> Result<Envelope<'p>, InvalidFact> {
        let gaps = gaps(self.site)?;
        let mut found = Found::default();
        if gaps.is_empty() {
            found = self.shape()?;
        }
        self.told(gaps, found)
    }

    /// What follows of what was found.
    fn told(
        &self,
        gaps: Vec<&'static str>,
        mut found: Found<'p>,
    ) -> Result<Envelope<'p>, InvalidFact> {
        let proposal = self.greatest_building(&found)?;
        let check = Check::new(self.packs, self.site, &proposal, self.stated, self.day)?;
        for level in &mut found.levels {
            level.footprint = greatest::footprint(level, &check.facts);
        }
        let limits = found.levels.last().map(|level| level.limits.as_slice());
        let limits = limits.unwrap_or_default();
        let storeys = self.storeys(limits, &check.facts);
        if let Some(lacking) = added::no_added_storey(limits, storeys.as_ref(), &check.facts) {
            found.lacking.push(lacking);
        }
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
            assumed: Vec::new(),
            added: None,
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

    /// The greatest number of storeys; without an added one that of the table.
    fn storeys(&self, limits: &[Limit<'p>], facts: &Facts) -> Option<Greatest> {
        let mut storeys = greatest::storeys(limits)?;
        let base = added::base(limits, facts);
        let has_none = facts.find(Parameter::AddedStorey) == Some(&Fact::Truth(false));
        if let Some(base) = base.filter(|base| has_none && *base < storeys.value) {
            storeys.value = base;
        }
        Some(storeys)
    }

    /// A building as great as the shape that was found.
    fn greatest_building(&self, found: &Found<'p>) -> Result<Proposal, InvalidFact> {
        let top = found.levels.last();
        let limits = top.map(|level| level.limits.as_slice()).unwrap_or_default();
        let read = self.read_sizes(limits);
        let outline = found.levels.first().map(|level| &level.area);
        let outline = outline
            .or(found.reach.as_ref())
            .filter(|area| !area.0.is_empty());
        let footprint = outline.unwrap_or(&self.site.lot.area).clone();
        let facts = self.facts(&footprint, 1)?;
        Ok(Proposal {
            footprint,
            off_by_mm: 0,
            building: Building {
                storeys: self.storeys(limits, &facts).map(|storeys| storeys.value),
                basements: self.basements(),
                ridge_height_m: top.and_then(|level| level.to_mm).map(metres),
                ..read
            },
        })
    }
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
