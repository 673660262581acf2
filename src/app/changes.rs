//! What changed on the map: followed in a thread of its own, told to whoever waits for it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use super::{App, Error, Missing, Unavailable};
use crate::cadastre::{Day, Revision};
use crate::tile::{MapState, Since, Touched};

/// How many may wait for changes at once.
const LISTENERS_MAX: usize = 512;

/// Those who wait for the next change.
#[derive(Debug, Default)]
pub(super) struct Listeners {
    wakers: Mutex<Vec<Waker>>,
    count: AtomicUsize,
    ended: AtomicBool,
}

/// Somebody who waits; one place is free again when this is dropped.
pub struct Listener(Arc<App>);

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.listeners.count.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Listeners {
    /// Whether waiting has ended, because the server stops.
    pub(super) fn have_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    fn wake(&self) {
        let mut wakers = self.wakers.lock().unwrap_or_else(PoisonError::into_inner);
        wakers.drain(..).for_each(Waker::wake);
    }

    fn add(&self, waker: &Waker) {
        let mut wakers = self.wakers.lock().unwrap_or_else(PoisonError::into_inner);
        if wakers.iter().any(|known| known.will_wake(waker)) {
            return;
        }
        // Of those who left some are still here; who still waits comes back.
        if wakers.len() >= 2 * LISTENERS_MAX {
            wakers.drain(..).for_each(Waker::wake);
        }
        wakers.push(waker.clone());
    }
}

/// The map as it is now, and where it differs from what was asked about.
#[derive(Debug)]
pub struct MapChanges {
    /// State of the register.
    pub revision: Revision,
    /// The day that is drawn.
    pub date: Day,
    /// Where the map differs.
    pub touched: Touched,
}

impl App {
    /// What changed on the map since a revision and, when one is named, a day; nothing when it is
    /// the same still.
    ///
    /// # Errors
    /// [`Error::Unavailable`] while the register is being loaded, [`Missing::Changes`] when so far
    /// back is not known any more, [`Missing::Revision`] for one to which it has not come.
    pub fn changes(&self, since: Revision, date: Option<Day>) -> Result<Option<MapChanges>, Error> {
        let newest = self.newest_drawn()?;
        if !self.has_reached(since) {
            let (asked, newest) = (since, newest.0);
            return Err(Error::NotFound(Missing::Revision { asked, newest }));
        }
        // Without a day the turns of the day up to the newest are taken as seen.
        let day = date.unwrap_or(newest.1);
        match self.atlas().since((since, day)) {
            Since::Gone => Err(Error::NotFound(Missing::Changes(since))),
            Since::Same => Ok(None),
            Since::Changed((revision, date), touched) => Ok(Some(MapChanges {
                revision,
                date,
                touched,
            })),
        }
    }

    /// The newest state of the map of which changes are told.
    ///
    /// # Errors
    /// [`Error::Unavailable`] while the register is being loaded.
    pub fn newest_drawn(&self) -> Result<MapState, Error> {
        let newest = self.atlas().newest();
        newest.ok_or(Error::Unavailable(Unavailable::Loading))
    }

    /// As [`App::changes`], for somebody who waits: pending while nothing changed, nothing when
    /// waiting has ended.
    pub fn poll_changes(
        &self,
        since: Revision,
        date: Option<Day>,
        context: &Context<'_>,
    ) -> Poll<Result<Option<MapChanges>, Error>> {
        self.listeners.add(context.waker());
        match self.changes(since, date) {
            Ok(None) if !self.listeners.ended.load(Ordering::Relaxed) => Poll::Pending,
            changes => Poll::Ready(changes),
        }
    }

    /// Waits until the register has come to a revision, or waiting has ended.
    pub fn poll_reached(&self, revision: Revision, context: &Context<'_>) -> Poll<()> {
        self.listeners.add(context.waker());
        let ended = self.listeners.ended.load(Ordering::Relaxed);
        if ended || self.has_reached(revision) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }

    /// Whether the register has come to a revision; that may still have to be drawn.
    pub fn has_reached(&self, revision: Revision) -> bool {
        self.land().is_some_and(|land| land.revision() >= revision)
    }

    /// Waits until a state of the map is drawn, or waiting has ended.
    pub fn poll_drawn(&self, context: &Context<'_>) -> Poll<()> {
        self.listeners.add(context.waker());
        let ended = self.listeners.ended.load(Ordering::Relaxed);
        if ended || self.newest_drawn().is_ok() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }

    /// Ends the waiting of all, now and from now on: the server stops.
    pub fn end_waiting(&self) {
        self.listeners.ended.store(true, Ordering::Relaxed);
        self.listeners.wake();
    }

    /// A place among those who wait; nothing when all are taken.
    pub fn listen(self: &Arc<Self>) -> Option<Listener> {
        let before = self.listeners.count.fetch_add(1, Ordering::Relaxed);
        let listener = Listener(Arc::clone(self));
        (before < LISTENERS_MAX).then_some(listener)
    }

    /// Goes on to the map as it is now, and tells those who wait.
    pub(super) fn advance_map(&self) {
        if let Some(land) = self.land() {
            self.atlas().advance(&land, self.today());
            self.listeners.wake();
        }
    }
}

/// The thread that follows the map; it ends when this is dropped.
pub(super) struct Drawing {
    wake: Sender<()>,
    told: Option<MapState>,
}

impl Drawing {
    /// Starts the thread.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(super) fn start(app: Weak<App>) -> std::io::Result<Self> {
        let (wake, woken) = channel();
        std::thread::Builder::new()
            .name("draw".to_owned())
            .spawn(move || {
                while woken.recv().is_ok() {
                    while woken.try_recv().is_ok() {}
                    let Some(app) = app.upgrade() else { return };
                    app.advance_map();
                }
            })?;
        Ok(Self { wake, told: None })
    }

    /// Tells the thread of a land or day that it has not been told of.
    pub(super) fn tell(&mut self, app: &App) {
        let Some(land) = app.land() else { return };
        let state = (land.revision(), app.today());
        if self.told.replace(state) != Some(state) && self.wake.send(()).is_err() {
            tracing::error!("the thread that follows the map had panicked");
        }
    }
}
