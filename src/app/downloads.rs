//! Whole collections, and the map, as files: made in the background when somebody asks, once for
//! each change of what they hold and each day.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::download_queue::{Begun, Lane, Queue};
use super::export_collection::{ExportOrder, export_collection};
use super::{App, Error, View, download_files, open_existing_register};
use crate::cadastre::{Day, Revision};
use crate::exchange::export::{Collection, ExportFormat, Names, Workplace};
use crate::exchange::profile::Target;
use crate::store::{LastChange, LastChanges, Store, StoreOptions};
use crate::tile::{TileLayer, TileSet};

/// What is downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Download {
    /// A collection in a format.
    Collection(Collection, ExportFormat),
    /// Tiles of the map in one archive.
    Tiles(TileSet),
}

impl Download {
    /// What it is of.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Collection(collection, _) => collection.as_str(),
            Self::Tiles(set) => set.name(),
        }
    }

    /// The extension of its file.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Collection(_, format) => format.extension(),
            Self::Tiles(_) => "pmtiles",
        }
    }

    /// The last change of what it holds.
    fn last_change(self, changes: &LastChanges) -> Option<LastChange> {
        match self {
            Self::Collection(collection, _) => match collection {
                Collection::Wards => changes.wards,
                Collection::Of(Target::Parcels) => changes.parcels,
                Collection::Of(Target::Zones) => changes.zones,
                Collection::Of(Target::Roads) => changes.roads,
                Collection::Of(Target::Corridors) => changes.corridors,
                Collection::Of(Target::Restrictions) => changes.restrictions,
                Collection::AllRestrictions => changes.corridors.max(changes.restrictions),
                Collection::Of(Target::Certificates) => None,
            },
            Self::Tiles(set) => {
                let drawn = set.layers().iter().map(|layer| match layer {
                    TileLayer::Parcels | TileLayer::Labels | TileLayer::Blocks => changes.parcels,
                    TileLayer::Zones => changes.zones,
                    TileLayer::Roads => changes.roads,
                    TileLayer::Restrictions => changes.corridors.max(changes.restrictions),
                    TileLayer::Wards => changes.wards,
                });
                drawn.max().flatten()
            }
        }
    }
}

/// A file that can be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// State of the register that it shows.
    pub revision: Revision,
    /// Day for which it holds.
    pub date: Day,
}

/// How the file of the newest state is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DownloadState {
    /// Nobody has asked for it since what it holds or the day became another.
    NotMade,
    /// It waits for its turn.
    Waiting {
        /// How many files are made before it.
        ahead: u64,
        /// How many features it will have, or tiles.
        of: u64,
    },
    /// It is being made.
    Making {
        /// Features written so far, or tiles.
        written: u64,
        /// How many there will be.
        of: u64,
    },
    /// It lies there.
    Ready,
    /// It could not be made a moment ago.
    Failed,
}

/// How a download is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadStatus {
    /// How the file of the newest state is.
    pub state: DownloadState,
    /// The file that is sent: that one when it is ready, until then one of an earlier state that
    /// was made not long ago, if there is one.
    pub file: Option<DownloadFile>,
}

/// Files that are made, and what makes them old.
#[derive(Debug, Default)]
pub(super) struct Downloads {
    store: OnceLock<StoreOptions>,
    changes: Mutex<LastChanges>,
    queue: Mutex<Queue>,
    /// The files that are of the register that is followed: those that this process made, and those
    /// that were found at its start and name a change of this register.
    own: Mutex<HashSet<PathBuf>>,
}

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Downloads {
    /// Says from which store they are made.
    pub(super) fn make_from(&self, options: &StoreOptions) {
        // A server follows one store for as long as it runs.
        let _ = self.store.set(options.clone());
    }

    /// Takes up what a program before this one left: files that are of this register are sent again
    /// as what they are, and what was not completed goes.
    ///
    /// # Errors
    /// When the store does not answer.
    pub(super) fn take_up(&self, folder: &Path, store: &Store) -> Result<(), Error> {
        if folder.as_os_str().is_empty() {
            return Ok(());
        }
        Workplace::remove_abandoned(folder);
        let newest = store.revision()?;
        for (file, change) in download_files::all(folder) {
            if file.revision <= newest && store.has_recorded(change)? {
                held(&self.own).insert(file.path);
            }
        }
        Ok(())
    }

    /// Notes what changed last. To be told before the land that shows it: a file that is taken for
    /// old a moment too early harms nobody.
    pub(super) fn note(&self, changes: LastChanges) {
        *held(&self.changes) = changes;
    }
}

impl App {
    /// Whether whole collections are offered as files.
    pub fn offers_downloads(&self) -> bool {
        !self.options().download_folder.as_os_str().is_empty()
    }

    /// How a download of today is.
    ///
    /// # Errors
    /// [`Error::Unavailable`] while the register is being loaded.
    pub fn download_status(&self, download: Download) -> Result<DownloadStatus, Error> {
        let date = self.view(None)?.date();
        let folder = &self.options().download_folder;
        // Before the files are looked at: one that is made meanwhile is found.
        let waits = held(&self.downloads.queue).state(download);
        let change = download.last_change(&held(&self.downloads.changes));
        let newest = download_files::newest(folder, download, date, change);
        if newest.is_some() {
            return Ok(DownloadStatus {
                state: DownloadState::Ready,
                file: newest,
            });
        }
        let own = held(&self.downloads.own);
        let file = download_files::earlier(folder, download, |path| own.contains(path));
        Ok(DownloadStatus {
            state: waits.unwrap_or(DownloadState::NotMade),
            file,
        })
    }

    /// The same, and has it made where nobody has asked for it, which may have to count a city's
    /// parcels.
    ///
    /// # Errors
    /// As [`App::download_status`]; [`Error::Internal`] when no thread can be started.
    pub fn download(self: &Arc<Self>, download: Download) -> Result<DownloadStatus, Error> {
        let status = self.download_status(download)?;
        if status.state != DownloadState::NotMade {
            return Ok(status);
        }
        let of = self.view(None)?.size_of(download)?;
        let (state, idle) = {
            let mut queue = held(&self.downloads.queue);
            let waits = queue.state(download);
            let idle = waits.is_none().then(|| queue.add(download, of)).flatten();
            // Where nobody works it is begun at once.
            let idle = idle.map(|lane| (lane, queue.next(lane)));
            (queue.state(download).unwrap_or(status.state), idle)
        };
        if let Some((lane, first)) = idle {
            let app = Arc::clone(self);
            let thread = std::thread::Builder::new().name("download".to_owned());
            if let Err(error) = thread.spawn(move || app.work(lane, first)) {
                let mut queue = held(&self.downloads.queue);
                queue.end(download, false);
                queue.give_up(lane);
                return Err(Error::internal("cannot start a thread", error));
            }
        }
        Ok(DownloadStatus { state, ..status })
    }

    /// Makes the downloads of a lane, a first one and then the others until none waits.
    fn work(&self, lane: Lane, first: Option<Begun>) {
        let mut next = first;
        while let Some((download, written)) = next {
            // What waits in the lane does not end with one that cannot be made.
            let made = catch_unwind(AssertUnwindSafe(|| self.make(download, written)));
            let made = made.unwrap_or_else(|_| {
                Err(Error::internal(
                    "cannot write a download",
                    "its making stopped",
                ))
            });
            if let Err(error) = &made {
                tracing::error!("a download could not be made: {error}");
            }
            let mut queue = held(&self.downloads.queue);
            queue.end(download, made.is_ok());
            next = queue.next(lane);
        }
    }

    fn make(&self, download: Download, written: Arc<AtomicU64>) -> Result<(), Error> {
        let folder = &self.options().download_folder;
        let failed = |error| Error::internal("cannot write a download", error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        Workplace::remove_abandoned(folder);
        let name = format!("{}.{}", download.name(), download.extension());
        let place = Workplace::take(folder, &name).map_err(failed)?;
        let beside = place.file(&name);
        let written = match download {
            Download::Collection(collection, format) => {
                self.export(collection, format, &beside, written)
            }
            Download::Tiles(set) => self.archive(set, &beside, &written),
        };
        let (state, changes) = written?;
        // A change that is not in the file makes it old from the beginning.
        let change = download.last_change(&changes);
        let change = change.filter(|change| change.revision <= state.0);
        let path = download_files::made(folder, download, state, change);
        std::fs::rename(&beside, &path).map_err(failed)?;
        download_files::remove_others(&path, download);
        let mut own = held(&self.downloads.own);
        own.retain(|other| other.exists());
        own.insert(path);
        Ok(())
    }

    /// Writes a collection as the store has it, and answers its state and the last changes.
    fn export(
        &self,
        collection: Collection,
        format: ExportFormat,
        path: &Path,
        written: Arc<AtomicU64>,
    ) -> Result<((Revision, Day), LastChanges), Error> {
        let options = self.downloads.store.get();
        let options =
            options.ok_or_else(|| Error::internal("no store is followed", "nothing to read"))?;
        // The name says the day of the content, also when that turns meanwhile.
        let date = self.today();
        let order = ExportOrder {
            collection,
            date: Some(date),
            format,
            names: Names::Items,
            path: path.to_owned(),
            written: Some(written),
        };
        let store = open_existing_register(options)?;
        let exported = export_collection(&store, self.reference(), &order)?;
        Ok(((exported.revision, date), store.last_changes()?))
    }

    /// Writes tiles as they are sent, and answers their state and the last changes.
    fn archive(
        &self,
        set: TileSet,
        path: &Path,
        written: &AtomicU64,
    ) -> Result<((Revision, Day), LastChanges), Error> {
        let view = self.view(None)?;
        view.archive_tiles(set, path, written)?;
        let changes = *held(&self.downloads.changes);
        Ok(((view.revision(), view.date()), changes))
    }
}

impl View {
    /// How many features of the day a file holds, or how many tiles are looked at for it.
    fn size_of(&self, download: Download) -> Result<u64, Error> {
        let collection = match download {
            Download::Collection(collection, _) => collection,
            Download::Tiles(set) => return self.tiles_to_archive(set),
        };
        let (land, date) = (&self.land, self.date);
        let count = |is_wanted: &dyn Fn(Target) -> bool| {
            let features = land.features();
            let of_day = features.filter(|f| f.lifespan.valid.has(date));
            of_day.filter(|f| is_wanted(Target::of(&f.kind))).count()
        };
        let count = match collection {
            Collection::Of(Target::Parcels) => land.parcels_on(date),
            Collection::Wards => land.wards().iter().filter(|w| w.valid.has(date)).count(),
            Collection::Of(target) => count(&|of| of == target),
            Collection::AllRestrictions => {
                count(&|of| matches!(of, Target::Corridors | Target::Restrictions))
            }
        };
        Ok(count as u64)
    }
}
