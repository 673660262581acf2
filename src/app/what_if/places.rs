//! How many are answered at once, and what they share.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::sites::KeptSites;
use crate::app::App;

/// How many may be answered at once; each takes every core.
const AT_ONCE: usize = 2;

/// A place among those who are answered; free again when this is dropped.
pub struct WhatIfPlace(Arc<App>);

/// How many are being answered, and what they share.
#[derive(Debug, Default)]
pub(in crate::app) struct WhatIfs {
    count: AtomicUsize,
    pub sites: KeptSites,
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
