//! Following the store: what another program commits becomes visible here within milliseconds.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::changes::Drawing;
use super::load::load;
use super::{App, Error, StoreState, Unavailable, open_register, snapshot_file};
use crate::land::Land;
use crate::store::{Store, StoreOptions};

/// How often the store is asked whether it is still the one that was opened.
const PING_INTERVAL: Duration = Duration::from_millis(500);
/// Pause after the store did not answer.
const PAUSE_WHEN_GONE: Duration = Duration::from_millis(250);
/// Pause after the snapshot file could not be written.
const PAUSE_OF_KEEPING: Duration = Duration::from_secs(60);

/// A thread that loads the register and then follows the store; it ends when this is dropped.
pub struct Follower {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Follower {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that follows the store had panicked");
        }
    }
}

/// Opens the store, loads the register into an application and follows the store from then on.
/// A store that cannot be reached is tried again until it can.
///
/// # Errors
/// When no thread can be started.
pub fn follow(app: &Arc<App>, options: &StoreOptions) -> std::io::Result<Follower> {
    app.downloads.make_from(options);
    let (stop, stopped) = channel();
    let mut following = Following {
        app: Arc::downgrade(app),
        options: options.clone(),
        stopped,
        store: None,
        compacting: None,
        keeping: None,
        kept: None,
        pinged: None,
        drawing: Drawing::start(Arc::downgrade(app))?,
    };
    let thread = std::thread::Builder::new()
        .name("follow".to_owned())
        .spawn(move || {
            let mut lost = Lost(Some(Weak::clone(&following.app)));
            following.run();
            lost.0 = None;
        })?;
    Ok(Follower {
        stop: Some(stop),
        thread: Some(thread),
    })
}

/// When the thread ends without having been told to, the server does not call itself ready.
struct Lost(Option<Weak<App>>);

impl Drop for Lost {
    fn drop(&mut self) {
        if let Some(app) = self.0.take().and_then(|app| app.upgrade()) {
            app.note_store(StoreState::Gone, "the server no longer follows it");
        }
    }
}

struct Following {
    app: Weak<App>,
    options: StoreOptions,
    stopped: Receiver<()>,
    store: Option<Store>,
    compacting: Option<JoinHandle<Land>>,
    keeping: Option<JoinHandle<()>>,
    /// When the snapshot file was last written, or tried to.
    kept: Option<Instant>,
    pinged: Option<Instant>,
    drawing: Drawing,
}

impl Following {
    fn run(&mut self) {
        let mut pause = Duration::ZERO;
        while matches!(
            self.stopped.recv_timeout(pause),
            Err(RecvTimeoutError::Timeout)
        ) {
            let Some(app) = self.app.upgrade() else {
                break;
            };
            let stepped = self.step(&app);
            self.drawing.tell(&app);
            pause = match stepped {
                Ok(()) => {
                    app.note_store(StoreState::Up, "");
                    app.options().follow_interval()
                }
                Err(error) => {
                    let reason = error.with_causes();
                    match self.read_alone(&app) {
                        Ok(()) => {
                            self.drawing.tell(&app);
                            app.note_store(StoreState::Unwritable, &reason);
                        }
                        Err(_) => app.note_store(StoreState::Gone, &reason),
                    }
                    PAUSE_WHEN_GONE
                }
            };
        }
        if let Some(Err(_)) = self.keeping.take().map(JoinHandle::join) {
            tracing::error!("writing the snapshot file panicked");
        }
    }

    /// Opens what is not open, loads what is not loaded, else applies what is new.
    fn step(&mut self, app: &App) -> Result<(), Error> {
        let store = match self.store.take() {
            Some(store) => store,
            None => open_register(&self.options)?,
        };
        let store = self.store.insert(store);
        if self.pinged.is_none_or(|at| at.elapsed() >= PING_INTERVAL) {
            self.pinged = None;
            app.asking(|| store.ping())?;
            self.pinged = Some(Instant::now());
        }
        let Some(land) = app.land() else {
            let city = &app.reference().city;
            let land = Arc::new(load(app.options(), store, city)?);
            begin_downloads(app, store)?;
            app.publish(Arc::clone(&land));
            self.keep(app, land);
            return Ok(());
        };
        if app.asking(|| store.revision())? > land.revision() {
            let newer = changed(app, store, &land)?;
            app.publish(Arc::clone(&newer));
            self.compact(app, newer);
        }
        self.take_compacted(app)?;
        if app.state().snapshot_unwritten
            && self.kept.is_none_or(|at| at.elapsed() >= PAUSE_OF_KEEPING)
        {
            self.keep(app, land);
        }
        Ok(())
    }

    /// Reads a register that cannot be opened as usual because its disk takes no writing: what it
    /// holds is loaded, or what memory holds is found to be all of it.
    fn read_alone(&mut self, app: &App) -> Result<(), Error> {
        if self.store.is_some() {
            let open = "it is open, and does not answer".to_owned();
            return Err(Error::Unavailable(Unavailable::StoreGone(open)));
        }
        let store = Store::open_alone(&self.options)?;
        store.ping()?;
        match app.land() {
            Some(land) if store.revision()? == land.revision() => {}
            Some(land) => app.publish(changed(app, &store, &land)?),
            None => {
                let land = Arc::new(load(app.options(), &store, &app.reference().city)?);
                begin_downloads(app, &store)?;
                app.publish(Arc::clone(&land));
                self.keep(app, land);
            }
        }
        Ok(())
    }

    /// Begins a new base in the background when many edits have gathered.
    fn compact(&mut self, app: &App, land: Arc<Land>) {
        if land.size().edits <= app.options().compact_after_parcels || self.compacting.is_some() {
            return;
        }
        let compacting = std::thread::Builder::new().name("compact".to_owned());
        match compacting.spawn(move || land.compact()) {
            Ok(thread) => self.compacting = Some(thread),
            Err(error) => tracing::warn!("cannot compact the snapshot: {error}"),
        }
    }

    /// Publishes the compacted land when it is done, with what was committed meanwhile.
    fn take_compacted(&mut self, app: &App) -> Result<(), Error> {
        let Some(done) = self.compacting.take_if(|thread| thread.is_finished()) else {
            return Ok(());
        };
        let (Ok(compacted), Some(store)) = (done.join(), &self.store) else {
            tracing::error!("compacting the snapshot panicked; the old one goes on");
            return Ok(());
        };
        let land = changed(app, store, &compacted)?;
        tracing::info!(revision = land.revision().0, "the snapshot is compacted");
        app.publish(Arc::clone(&land));
        self.keep(app, land);
        Ok(())
    }

    /// Writes the snapshot file in the background; a disk that is full harms nothing.
    fn keep(&mut self, app: &App, land: Arc<Land>) {
        let Some(path) = snapshot_file::path(app.options()) else {
            return;
        };
        if self.keeping.as_ref().is_some_and(|t| !t.is_finished()) {
            return;
        }
        self.kept = Some(Instant::now());
        let noting = Weak::clone(&self.app);
        let keeping = std::thread::Builder::new().name("keep".to_owned());
        let thread = keeping.spawn(move || {
            let written = snapshot_file::write(&path, &land);
            if let Some(app) = noting.upgrade() {
                app.note_snapshot(written.is_ok());
            }
            let revision = land.revision().0;
            match written {
                Ok(()) => tracing::info!(revision, "the snapshot file is written"),
                Err(error) => tracing::warn!(
                    "cannot write the snapshot file `{}`, the next start is slower: {error}",
                    path.display()
                ),
            }
        });
        match thread {
            Ok(thread) => self.keeping = Some(thread),
            Err(error) => tracing::warn!("cannot write the snapshot file: {error}"),
        }
    }
}

/// What makes files old, and those of them that lie there from before.
fn begin_downloads(app: &App, store: &Store) -> Result<(), Error> {
    let folder = &app.options().download_folder;
    app.downloads.take_up(folder, store)?;
    app.downloads.note(store.last_changes()?);
    Ok(())
}

/// The land after what was committed since.
fn changed(app: &App, store: &Store, land: &Land) -> Result<Arc<Land>, Error> {
    let changes = store.changes_since(land.revision())?;
    tracing::info!(
        revision = changes.to.0,
        parcels = changes.parcels.len(),
        features = changes.features.len(),
        "revision {} follows {}",
        changes.to.0,
        land.revision().0
    );
    app.atlas().note(land, &changes);
    app.downloads.note(store.last_changes()?);
    let newer = Arc::new(land.apply(&changes));
    app.what_ifs.sites.note(land, &newer, &changes);
    Ok(newer)
}
