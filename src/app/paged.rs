//! Lands that somebody is paging through: kept a while, so that their pages stay of one state.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::AppOptions;
use crate::cadastre::{Instant, Revision};
use crate::land::Land;

/// States of the register of which a page with a next one has been handed out.
#[derive(Default)]
pub(super) struct PagedLands(Mutex<Vec<Kept>>);

struct Kept {
    land: Arc<Land>,
    used: Instant,
}

impl PagedLands {
    /// Keeps a land from now on.
    pub(super) fn keep(&self, land: &Arc<Land>, now: Instant) {
        let mut kept = self.lands();
        // Of one state the land that came first: a later one may stand on a newer base.
        match kept
            .iter_mut()
            .find(|k| k.land.revision() == land.revision())
        {
            Some(known) => known.used = now,
            None => kept.push(Kept {
                land: Arc::clone(land),
                used: now,
            }),
        }
    }

    /// The land of a revision, if it is still kept.
    pub(super) fn find(&self, revision: Revision, now: Instant) -> Option<Arc<Land>> {
        let mut kept = self.lands();
        let found = kept.iter_mut().find(|k| k.land.revision() == revision)?;
        found.used = now;
        Some(Arc::clone(&found.land))
    }

    /// Lets go what has not been used for long, what is too many, and every land that stands
    /// neither on the base of the land that answers now nor on one other base.
    pub(super) fn let_go(&self, current: &Land, now: Instant, options: &AppOptions) {
        let longest_us = i64::try_from(options.paged_state_s).unwrap_or(i64::MAX);
        let longest_us = longest_us.saturating_mul(1_000_000);
        let mut kept = self.lands();
        kept.retain(|k| now.0.saturating_sub(k.used.0) <= longest_us);
        kept.sort_by_key(|k| std::cmp::Reverse(k.used));
        kept.truncate(options.paged_states_max);
        let mut other: Option<Arc<Land>> = None;
        kept.retain(|k| {
            k.land.shares_base_with(current)
                || other
                    .get_or_insert_with(|| Arc::clone(&k.land))
                    .shares_base_with(&k.land)
        });
    }

    fn lands(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
