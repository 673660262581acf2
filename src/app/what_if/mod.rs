//! What would change: every parcel whose answer is another one when plans or rules are otherwise.

/// What rules ask of parcels, before anybody asks.
mod ahead;
/// The same as a file.
mod file;
/// How many are answered at once.
mod places;
/// What plans hold.
mod plan;
/// What rules ask of parcels, kept.
mod sites;

pub use ahead::gather_ahead;
pub use places::WhatIfPlace;
pub(super) use places::WhatIfs;
pub use sites::KeptSites;

use std::sync::Arc;
use std::thread;

use super::View;
use crate::cadastre::ParcelId;
use crate::land::items::Collection;
use crate::land::{Land, Near, Supposition, Wanted};
use crate::rules::what_if::{Changed, Found, Scan, SiteColumns, World};
use crate::rules::{Facts, Mistake, Pack, replace_rule};

/// What is supposed.
#[derive(Debug, Clone)]
pub enum Supposed {
    /// A planning feature is there, otherwise, or gone.
    Feature(Box<Supposition>),
    /// A rule has other words.
    Rule {
        /// Id of its pack.
        pack: String,
        /// Its id within the pack.
        rule: String,
        /// Its text, as in a pack file.
        text: String,
    },
}

/// What somebody asks.
#[derive(Debug, Clone, Default)]
pub struct WhatIfQuestion {
    /// What is supposed, all of it together.
    pub supposed: Vec<Supposed>,
    /// What is stated of every parcel beside the register.
    pub stated: Facts,
    /// Of which parcels it is asked.
    pub wanted: Wanted,
}

/// Why a question has no answer; `place` is that of what is supposed, from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhatIfError {
    /// No such pack.
    #[error("there is no pack `{id}`, expected one of: {known}")]
    NoPack {
        /// Place.
        place: usize,
        /// Id.
        id: String,
        /// Ids of the packs that are in use.
        known: String,
    },
    /// No such rule.
    #[error("pack `{pack}` has no rule `{id}`, expected one of: {known}")]
    NoRule {
        /// Place.
        place: usize,
        /// Pack.
        pack: String,
        /// Id.
        id: String,
        /// Ids of the rules of the pack.
        known: String,
    },
    /// The text is no rule.
    #[error("the text of a rule has {} mistakes", .mistakes.len())]
    Mistakes {
        /// Place.
        place: usize,
        /// What is wrong, at least one.
        mistakes: Vec<Mistake>,
    },
    /// Something is supposed of one feature or rule twice.
    #[error("something else is supposed of the same already")]
    Twice {
        /// Place.
        place: usize,
    },
}

/// An answer that is being found, step by step.
pub struct WhatIf {
    view: View,
    land: Arc<Land>,
    packs: Vec<Pack>,
    stated: Facts,
    ids: Vec<ParcelId>,
    examined: usize,
    way: Way,
    /// What each core has found out on the way.
    found: Vec<Found>,
}

/// How parcels are examined.
enum Way {
    /// By their whole answers in both worlds: a plan changes.
    Answers,
    /// By facts that are at hand: only rules change.
    Sites(Box<Scan>, Arc<SiteColumns>),
    /// The same, by facts that are gathered on the way, and kept in the end where they are of every
    /// parcel.
    Gathered(Box<Scan>, SiteColumns, Option<KeptSites>),
}

impl View {
    /// Begins to find what changes when something is supposed; the register stays as it is. `sites`
    /// are looked into and filled when only rules are supposed to be otherwise.
    ///
    /// # Errors
    /// [`WhatIfError`], with the place of what cannot be supposed.
    pub fn what_if(
        self,
        question: &WhatIfQuestion,
        sites: &KeptSites,
    ) -> Result<WhatIf, WhatIfError> {
        let mut packs = self.reference.packs.clone();
        let mut features: Vec<Supposition> = Vec::new();
        let mut replaced: Vec<(&str, &str)> = Vec::new();
        for (place, supposed) in question.supposed.iter().enumerate() {
            match supposed {
                Supposed::Feature(feature) => {
                    if features.iter().any(|other| is_of_one(other, feature)) {
                        return Err(WhatIfError::Twice { place });
                    }
                    features.push((**feature).clone());
                }
                Supposed::Rule { pack, rule, text } => {
                    if replaced.contains(&(pack, rule)) {
                        return Err(WhatIfError::Twice { place });
                    }
                    replaced.push((pack, rule));
                    replace(&mut packs, place, (pack, rule, text))?;
                }
            }
        }
        let supposed = self.land.supposing(&features, self.date);
        let near = if replaced.is_empty() {
            supposed.near
        } else {
            Near::Anywhere
        };
        let way = if features.is_empty() {
            let scan = Box::new(Scan::between(&self.reference.packs, &packs));
            let wanted = &question.wanted;
            let everywhere = wanted.region.is_none() && wanted.ward.is_none();
            match sites.find(&self) {
                Some(held) => Way::Sites(scan, held),
                None => {
                    let kept = everywhere.then(|| sites.clone());
                    Way::Gathered(scan, SiteColumns::default(), kept)
                }
            }
        } else {
            Way::Answers
        };
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Ok(WhatIf {
            way,
            found: (0..cores).map(|_| Found::default()).collect(),
            ids: self.land.parcels_wanted(&question.wanted, &near, self.date),
            land: Arc::new(supposed.land),
            packs,
            stated: question.stated.clone(),
            examined: 0,
            view: self,
        })
    }
}

/// Whether two suppositions are of one feature that is held.
fn is_of_one(one: &Supposition, other: &Supposition) -> bool {
    let held = |supposition: &Supposition| {
        let before = supposition.before.as_ref();
        before.map(|held| (Collection::of_kind(&held.kind), held.id))
    };
    held(one).is_some() && held(one) == held(other)
}

/// Puts the text of a rule in the place of the one with its id.
fn replace(
    packs: &mut [Pack],
    place: usize,
    (pack, rule, text): (&str, &str, &str),
) -> Result<(), WhatIfError> {
    let listed = |ids: Vec<&str>| ids.join(", ");
    let known = listed(packs.iter().map(|pack| pack.id.as_str()).collect());
    let Some(held) = packs.iter_mut().find(|held| held.id == *pack) else {
        let id = pack.to_owned();
        return Err(WhatIfError::NoPack { place, id, known });
    };
    if held.find_rule(rule).is_none() {
        return Err(WhatIfError::NoRule {
            place,
            pack: pack.to_owned(),
            id: rule.to_owned(),
            known: listed(held.rules.iter().map(|rule| rule.id.as_str()).collect()),
        });
    }
    let read = replace_rule(held, rule, ("text", text));
    *held = read.map_err(|mistakes| WhatIfError::Mistakes { place, mistakes })?;
    Ok(())
}

impl WhatIf {
    /// How many parcels are examined in all.
    pub fn total(&self) -> usize {
        self.ids.len()
    }

    /// How many have been examined.
    pub const fn examined(&self) -> usize {
        self.examined
    }

    /// The land and the day, as they are.
    pub const fn view(&self) -> &View {
        &self.view
    }

    /// Examines the next parcels, so many at most; those whose answer changes come back by growing
    /// key, on however many cores.
    pub fn step(&mut self, most: usize) -> Vec<Changed> {
        self.step_telling(most, |changed| changed).concat()
    }

    /// Examines the next parcels, so many at most, on every core, and tells there of those whose
    /// answer changes; what was told comes back in the order of keys.
    pub fn step_telling<T: Send>(
        &mut self,
        most: usize,
        tell: impl Fn(Vec<Changed>) -> T + Sync,
    ) -> Vec<T> {
        let until = self.ids.len().min(self.examined + most);
        let ids = &self.ids[self.examined..until];
        let (before, after) = worlds(&self.view, &self.land, &self.packs, &self.stated);
        let asked = (&self.stated, self.view.date);
        let found = &mut self.found;
        let told = match &mut self.way {
            Way::Answers => on_every_core(ids, found, |ids, _| tell(between(&before, &after, ids))),
            Way::Sites(scan, sites) => on_every_core(ids, found, |ids, found| {
                tell(scan.changed(sites, ids, asked, found))
            }),
            Way::Gathered(scan, gathered, _) => {
                let parts = on_every_core(ids, found, |ids, found| {
                    let part = SiteColumns::gather(&before, ids);
                    let changed = scan.changed(&part, ids, asked, found);
                    (part, tell(changed))
                });
                let each = parts.into_iter().map(|(part, told)| {
                    gathered.append(&part);
                    told
                });
                each.collect()
            }
        };
        self.examined = until;
        if until == self.ids.len()
            && let Way::Gathered(_, gathered, Some(sites)) = &mut self.way
        {
            sites.keep(&self.view, std::mem::take(gathered));
        }
        told
    }
}

/// The register as it is, and as it is supposed to be.
fn worlds<'w>(
    view: &'w View,
    land: &'w Land,
    packs: &'w [Pack],
    stated: &'w Facts,
) -> (World<'w>, World<'w>) {
    let before = World {
        land: &view.land,
        catalogue: &view.reference.themes,
        packs: &view.reference.packs,
        stated,
        day: view.date,
    };
    let after = World {
        land,
        packs,
        ..before
    };
    (before, after)
}

fn between(before: &World<'_>, after: &World<'_>, ids: &[ParcelId]) -> Vec<Changed> {
    let each = ids.iter().filter_map(|&id| {
        let (before, after) = (before.answer(id)?, after.answer(id)?);
        Changed::between(id, &before, &after)
    });
    each.collect()
}

/// Does something with the parts of a list on every core, each with what was found there before;
/// what comes out is in the order of the list.
fn on_every_core<T: Sync, R: Send>(
    list: &[T],
    found: &mut [Found],
    work: impl Fn(&[T], &mut Found) -> R + Sync,
) -> Vec<R> {
    let part = list.len().div_ceil(found.len()).max(1);
    thread::scope(|scope| {
        let work = &work;
        let parts = list.chunks(part).zip(found);
        let threads = parts.map(|(part, found)| scope.spawn(move || work(part, found)));
        let threads: Vec<_> = threads.collect();
        let done = threads.into_iter().map(|thread| {
            let done = thread.join();
            done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        done.collect()
    })
}
