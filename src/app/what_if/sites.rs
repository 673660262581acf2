//! The facts of every parcel of a state and a day, kept from one question to the next and gathered
//! anew only where an edit touched.

use std::sync::{Arc, Mutex, PoisonError};

use crate::app::View;
use crate::cadastre::{Day, ParcelId, Revision};
use crate::land::{Changes, Land, Touched};
use crate::rules::Facts;
use crate::rules::what_if::{SiteColumns, World};

/// When edits have touched more parcels than this, all are gathered again.
const MOST_TOUCHED: usize = 200_000;

/// The facts of every parcel of the last state and day of which they were gathered, and what was
/// touched since.
#[derive(Debug, Clone, Default)]
pub struct KeptSites(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    sites: Option<Sites>,
    edits: Vec<Noted>,
}

#[derive(Debug, Clone)]
struct Sites {
    revision: Revision,
    day: Day,
    columns: Arc<SiteColumns>,
}

/// What an edit touched that led from one state to another.
#[derive(Debug)]
struct Noted {
    from: Revision,
    to: Revision,
    touched: Touched,
}

impl KeptSites {
    /// Those of a view: as they are kept, or with what edits touched since gathered again.
    pub(super) fn find(&self, view: &View) -> Option<Arc<SiteColumns>> {
        let (kept, touched) = self.kept_for(view)?;
        if touched.is_empty() {
            return Some(kept.columns);
        }
        let again = gather(view, &touched);
        let columns = kept.columns.with(&touched, &again);
        Some(self.keep(view, columns))
    }

    /// Whether they are kept for a view, but for what edits touched.
    pub fn has(&self, view: &View) -> bool {
        self.kept_for(view).is_some()
    }

    /// Keeps those of a view, if none of a later state are.
    pub(super) fn keep(&self, view: &View, columns: SiteColumns) -> Arc<SiteColumns> {
        let columns = Arc::new(columns);
        let (revision, day) = (view.revision(), view.date);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let later = |sites: &Sites| (sites.revision, sites.day) > (revision, day);
        if !kept.sites.as_ref().is_some_and(later) {
            kept.edits.retain(|edit| edit.from >= revision);
            kept.sites = Some(Sites {
                revision,
                day,
                columns: Arc::clone(&columns),
            });
        }
        columns
    }

    /// Takes note of what an edit changed.
    pub fn note(&self, before: &Land, after: &Land, changes: &Changes) {
        let (from, to) = (before.revision(), after.revision());
        if from == to {
            return;
        }
        let touched = after.touched_since(before, changes);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.edits.push(Noted { from, to, touched });
        let ids = kept.edits.iter().map(|edit| match &edit.touched {
            Touched::Parcels(ids) => ids.len(),
            Touched::Any => MOST_TOUCHED + 1,
        });
        if ids.sum::<usize>() > MOST_TOUCHED {
            *kept = Kept::default();
        }
    }

    /// What is kept of a day, and the parcels that were touched until the state of a view.
    fn kept_for(&self, view: &View) -> Option<(Sites, Vec<ParcelId>)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sites = kept.sites.clone().filter(|sites| sites.day == view.date)?;
        let (mut reached, mut ids) = (sites.revision, Vec::new());
        for edit in kept.edits.iter().filter(|edit| edit.to <= view.revision()) {
            match &edit.touched {
                Touched::Parcels(touched) if edit.from == reached => {
                    reached = edit.to;
                    ids.extend_from_slice(touched);
                }
                _ => {}
            }
        }
        ids.sort_unstable();
        ids.dedup();
        (reached == view.revision()).then_some((sites, ids))
    }
}

/// The facts of some parcels of a view, by growing key.
pub(super) fn gather(view: &View, ids: &[ParcelId]) -> SiteColumns {
    let world = World {
        land: &view.land,
        catalogue: &view.reference.themes,
        packs: &view.reference.packs,
        stated: &Facts::default(),
        day: view.date,
    };
    SiteColumns::gather(&world, ids)
}
