//! The application: what a running server holds, and what its use-cases work on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use arc_swap::ArcSwapOption;

use super::paged::PagedLands;
use super::{AppOptions, Error, Reference, Unavailable, View};
use crate::cadastre::{Day, Instant, Revision};
use crate::land::{Land, LandSize};
use crate::tile::Atlas;

/// The clock, handed in from outside so that a test can turn the day.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// What a running server holds.
pub struct App {
    options: AppOptions,
    reference: Arc<Reference>,
    clock: Clock,
    land: ArcSwapOption<Land>,
    atlas: Arc<Atlas>,
    pub(super) paged: PagedLands,
    /// One of the three constants below.
    store: AtomicU8,
}

const NOT_ASKED: u8 = 0;
const UP: u8 = 1;
const GONE: u8 = 2;

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
            atlas: Arc::default(),
            paged: PagedLands::default(),
            store: AtomicU8::new(NOT_ASKED),
        }
    }

    /// Its options.
    pub fn options(&self) -> &AppOptions {
        &self.options
    }

    /// The moment.
    pub(super) fn now(&self) -> Instant {
        (self.clock)()
    }

    /// Today in Vietnam (UTC+7).
    pub fn today(&self) -> Day {
        self.now().day_in_vietnam()
    }

    /// The land as it is now, on a day; without a day, today. All of one answer comes from one
    /// view, so that nothing changes in the midst of it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] while the register is being loaded.
    pub fn view(&self, date: Option<Day>) -> Result<View, Error> {
        let land = self.land.load_full();
        let land = land.ok_or(Error::Unavailable(Unavailable::Loading))?;
        Ok(self.view_of(land, date.unwrap_or_else(|| self.today())))
    }

    /// A land on a day.
    pub(super) fn view_of(&self, land: Arc<Land>, date: Day) -> View {
        let reference = Arc::clone(&self.reference);
        View::new(reference, land, date, Arc::clone(&self.atlas))
    }

    /// Coordinate systems and tables of codes.
    pub fn reference(&self) -> &Arc<Reference> {
        &self.reference
    }

    /// The land that answers now, once it is loaded.
    pub(super) fn land(&self) -> Option<Arc<Land>> {
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
            store_up: self.store.load(Ordering::Relaxed) == UP,
        }
    }

    /// Makes a land the one that answers.
    pub(super) fn publish(&self, land: Arc<Land>) {
        self.paged.let_go(&land, self.now(), &self.options);
        self.land.store(Some(land));
    }

    /// Notes whether the store answers; says so in the log when that changes.
    pub(super) fn note_store(&self, answer: Result<(), &str>) {
        let now = if answer.is_ok() { UP } else { GONE };
        if self.store.swap(now, Ordering::Relaxed) == now {
            return;
        }
        match answer {
            Ok(()) => tracing::info!("the store answers"),
            Err(reason) if self.land().is_none() => {
                tracing::error!("the register is not loaded yet and is tried again: {reason}");
            }
            Err(reason) => tracing::error!("the store is gone, memory goes on: {reason}"),
        }
    }
}
