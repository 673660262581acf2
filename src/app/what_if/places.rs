//! How many are answered at once, and what they share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::{App, View};
use crate::cadastre::{Day, Revision};
use crate::rules::what_if::SiteColumns;

/// How many may be answered at once; each takes every core.
const AT_ONCE: usize = 2;

/// A place among those who are answered; free again when this is dropped.
pub struct WhatIfPlace(Arc<App>);

/// How many are being answered, and what they share.
#[derive(Debug, Default)]
pub(in crate::app) struct WhatIfs {
    count: AtomicUsize,
    sites: KeptSites,
}

/// The facts of every parcel of the last state and day of which a changed rule was asked, gathered
/// by the first who asked.
#[derive(Debug, Clone, Default)]
pub struct KeptSites(Arc<Mutex<Option<Kept>>>);

/// Facts with the state and the day of which they are.
type Kept = ((Revision, Day), Arc<SiteColumns>);

impl KeptSites {
    pub(super) fn find(&self, view: &View) -> Option<Arc<SiteColumns>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_view = kept
            .as_ref()
            .filter(|kept| kept.0 == (view.revision(), view.date));
        of_view.map(|(_, sites)| Arc::clone(sites))
    }

    pub(super) fn keep(&self, view: &View, sites: SiteColumns) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(((view.revision(), view.date), Arc::new(sites)));
    }
}

impl Drop for WhatIfPlace {
    fn drop(&mut self) {
        self.0.what_ifs.count.fetch_sub(1, Ordering::Relaxed);
    }
}

impl WhatIfPlace {
    /// Whether the server ends, so that nobody waits for the rest.
    pub fn is_ended(&self) -> bool {
        self.0.listeners.have_ended()
    }

    /// What those who are answered share.
    pub fn sites(&self) -> &KeptSites {
        &self.0.what_ifs.sites
    }
}

impl App {
    /// A place among those who are answered; nothing when all are taken.
    pub fn what_if_place(self: &Arc<Self>) -> Option<WhatIfPlace> {
        let before = self.what_ifs.count.fetch_add(1, Ordering::Relaxed);
        let place = WhatIfPlace(Arc::clone(self));
        (before < AT_ONCE).then_some(place)
    }
}
