//! The application: what a running server holds, and what its use-cases work on.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwapOption;

use super::changes::Listeners;
use super::downloads::Downloads;
use super::paged::PagedLands;
use super::signing::Signing;
use super::what_if::WhatIfs;
use super::{AppOptions, Error, Reference, Unavailable, View};
use crate::cadastre::{Day, Instant, Revision};
use crate::land::{Land, LandSize};
use crate::tile::{Atlas, CacheSize, Shelf};

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
    pub(super) listeners: Listeners,
    pub(super) downloads: Downloads,
    pub(super) what_ifs: WhatIfs,
    signing: OnceLock<Signing>,
    /// One of the four constants below.
    store: AtomicU8,
    /// Since when the store has been asked something that it has not answered yet.
    asking: Mutex<Option<std::time::Instant>>,
    snapshot_unwritten: AtomicBool,
}

/// How long the store may take to say whether there is a new revision, before it counts as gone: a
/// server behind a broken network is waited for until the network's own limit.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

const NOT_ASKED: u8 = 0;
const UP: u8 = 1;
const GONE: u8 = 2;
const UNWRITABLE: u8 = 3;

/// How the store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreState {
    /// It answers.
    Up,
    /// It can be read and not written, as on a full disk: memory holds all there is to know.
    Unwritable,
    /// It does not answer, or has not been asked yet.
    Gone,
}

/// What probes and metrics ask.
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// State of the register that answers.
    pub revision: Revision,
    /// Size of the land, once it is loaded.
    pub land: Option<LandSize>,
    /// How the store was when it was last asked.
    pub store: StoreState,
    /// Whether the snapshot file could not be written when that was last tried.
    pub snapshot_unwritten: bool,
    /// Tiles that are kept as they are sent.
    pub tiles: CacheSize,
}

impl App {
    /// An application that has loaded nothing yet.
    pub fn new(options: AppOptions, reference: Arc<Reference>, clock: Clock) -> Self {
        let atlas = Arc::new(Atlas::keeping(options.tile_cache_bytes, shelf(&options)));
        Self {
            options,
            reference,
            clock,
            land: ArcSwapOption::empty(),
            atlas,
            paged: PagedLands::default(),
            listeners: Listeners::default(),
            downloads: Downloads::default(),
            what_ifs: WhatIfs::default(),
            signing: OnceLock::new(),
            store: AtomicU8::new(NOT_ASKED),
            asking: Mutex::new(None),
            snapshot_unwritten: AtomicBool::new(false),
        }
    }

    /// Its options.
    pub fn options(&self) -> &AppOptions {
        &self.options
    }

    /// The keys that sign; nothing when no folder of keys is configured.
    ///
    /// # Errors
    /// [`Error::Internal`] when they cannot be opened, since where they lie is nothing for a client; it
    /// is tried again the next time.
    pub fn signing(&self) -> Result<Option<&Signing>, Error> {
        let folder = &self.options.signing_folder;
        if folder.as_os_str().is_empty() {
            return Ok(None);
        }
        if self.signing.get().is_none() {
            // Of two that open it at once, both read the same key.
            let opened = Signing::open(folder);
            let failed = |error| Error::internal("cannot open the keys that sign", error);
            let _ = self.signing.set(opened.map_err(failed)?);
        }
        Ok(self.signing.get())
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

    /// What tiles are drawn from, beside the land.
    pub(super) fn atlas(&self) -> &Atlas {
        &self.atlas
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
            store: match self.store.load(Ordering::Relaxed) {
                UP if self.is_waiting() => StoreState::Gone,
                UP => StoreState::Up,
                UNWRITABLE => StoreState::Unwritable,
                _ => StoreState::Gone,
            },
            snapshot_unwritten: self.snapshot_unwritten.load(Ordering::Relaxed),
            tiles: self.atlas.cached(),
        }
    }

    /// Makes a land the one that answers.
    pub(super) fn publish(&self, land: Arc<Land>) {
        self.paged.let_go(&land, self.now(), &self.options);
        self.land.store(Some(land));
    }

    /// Asks the store something that it answers at once when it is well.
    pub(super) fn asking<T>(&self, question: impl FnOnce() -> T) -> T {
        let note = |since| *self.asking.lock().unwrap_or_else(PoisonError::into_inner) = since;
        note(Some(std::time::Instant::now()));
        let answer = question();
        note(None);
        answer
    }

    /// Whether the store has left a question without an answer for too long.
    fn is_waiting(&self) -> bool {
        let since = *self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        since.is_some_and(|since| since.elapsed() > ANSWERS_WITHIN)
    }

    /// Notes whether the snapshot file could be written.
    pub(super) fn note_snapshot(&self, written: bool) {
        self.snapshot_unwritten.store(!written, Ordering::Relaxed);
    }

    /// Notes how the store is, and why; says so in the log when that changes.
    pub(super) fn note_store(&self, state: StoreState, reason: &str) {
        let now = match state {
            StoreState::Up => UP,
            StoreState::Unwritable => UNWRITABLE,
            StoreState::Gone => GONE,
        };
        if self.store.swap(now, Ordering::Relaxed) == now {
            return;
        }
        match state {
            StoreState::Up => tracing::info!("the store answers"),
            StoreState::Unwritable => {
                tracing::error!("the store cannot be written, memory answers: {reason}");
            }
            StoreState::Gone if self.land().is_none() => {
                tracing::error!("the register is not loaded yet and is tried again: {reason}");
            }
            StoreState::Gone => tracing::error!("the store is gone, memory goes on: {reason}"),
        }
    }
}

/// The shelf of tiles, where a folder for it is set.
fn shelf(options: &AppOptions) -> Option<Shelf> {
    let folder = &options.tile_folder;
    if folder.as_os_str().is_empty() {
        return None;
    }
    let shelf = Shelf::open(folder.clone(), options.tile_folder_bytes);
    let said = |error: &std::io::Error| tracing::error!("tiles are not kept as files: {error}");
    shelf.inspect_err(said).ok()
}
