//! The application: what a running server holds, and what its use-cases work on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwapOption;

use super::{AppOptions, Error, Reference, Unavailable, View};
use crate::cadastre::{Day, Instant, Revision};
use crate::land::{Land, LandSize};

/// The clock, handed in from outside so that a test can turn the day.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// What a running server holds.
pub struct App {
    options: AppOptions,
    reference: Arc<Reference>,
    clock: Clock,
    land: ArcSwapOption<Land>,
    store_up: AtomicBool,
}

/// What probes and metrics ask.
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// State of the register that answers.
    pub revision: Revision,
    /// Size of the land, once it is loaded.
    pub land: Option<LandSize>,
    /// Whether the store answered when it was last asked.
    pub store_up: bool,
}

impl App {
    /// An application that has loaded nothing yet.
    pub fn new(options: AppOptions, reference: Arc<Reference>, clock: Clock) -> Self {
        Self {
            options,
            reference,
            clock,
            land: ArcSwapOption::empty(),
            store_up: AtomicBool::new(false),
        }
    }

    /// Its options.
    pub fn options(&self) -> &AppOptions {
        &self.options
    }

    /// Today in Vietnam (UTC+7).
    pub fn today(&self) -> Day {
        (self.clock)().day_in_vietnam()
    }

    /// The land as it is now, on a day; without a day, today. All of one answer comes from one
    /// view, so that nothing changes in the midst of it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] while the register is being loaded.
    pub fn view(&self, date: Option<Day>) -> Result<View, Error> {
        let land = self.land.load_full();
        let land = land.ok_or(Error::Unavailable(Unavailable::Loading))?;
        let date = date.unwrap_or_else(|| self.today());
        Ok(View::new(Arc::clone(&self.reference), land, date))
    }

    /// Coordinate systems and tables of codes.
    pub fn reference(&self) -> &Arc<Reference> {
        &self.reference
    }

    /// The land that answers now, once it is loaded.
    pub fn land(&self) -> Option<Arc<Land>> {
        self.land.load_full()
    }

    /// What probes and metrics ask.
    pub fn state(&self) -> State {
        let land = self.land.load();
        State {
            revision: land
                .as_ref()
                .map_or_else(Revision::default, |land| land.revision()),
            land: land.as_ref().map(|land| land.size()),
            store_up: self.store_up.load(Ordering::Relaxed),
        }
    }

    /// Makes a land the one that answers.
    pub fn publish(&self, land: Arc<Land>) {
        self.land.store(Some(land));
    }

    /// Notes whether the store answers; says so in the log when that changes.
    pub fn note_store(&self, up: bool, reason: &str) {
        if self.store_up.swap(up, Ordering::Relaxed) != up {
            if up {
                tracing::info!("the store answers");
            } else {
                tracing::error!("the store is gone, answers go on from memory: {reason}");
            }
        }
    }
}
