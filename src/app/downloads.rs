//! Whole collections, and the map, as files: made in the background when somebody asks, one at a
//! time, once for each state of the register and day.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::export_collection::{ExportOrder, export_collection};
use super::{App, Error, View, open_existing_register};
use crate::cadastre::{Day, Revision};
use crate::exchange::export::{Collection, ExportFormat};
use crate::exchange::profile::Target;
use crate::store::StoreOptions;
use crate::tile::TileSet;

/// How long nothing is tried again after a file could not be made.
const PAUSE: Duration = Duration::from_secs(30);

/// Begins the name of a file that is being made.
const MAKING: &str = "making-";
/// How long a file that is being made may stay as it is.
const ABANDONED_AFTER: Duration = Duration::from_secs(24 * 3600);

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
}

/// How a download is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadState {
    /// Nobody has asked for it since the register or the day became another.
    NotMade,
    /// It is being made, or waits for its turn.
    Making {
        /// Features written so far, or tiles.
        written: u64,
        /// How many there will be.
        of: u64,
    },
    /// It lies there.
    Ready {
        /// Where.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// It could not be made a moment ago.
    Failed,
}

#[derive(Debug)]
enum Job {
    Making { written: Arc<AtomicU64>, of: u64 },
    Failed(Instant),
}

impl Job {
    /// How the download is, while this counts.
    fn state(&self) -> Option<DownloadState> {
        match self {
            Self::Making { written, of } => Some(DownloadState::Making {
                // An edit that comes meanwhile may bring more.
                written: written.load(Ordering::Relaxed).min(*of),
                of: *of,
            }),
            Self::Failed(at) => (at.elapsed() < PAUSE).then_some(DownloadState::Failed),
        }
    }
}

/// Files that are made, and the right to make one.
#[derive(Debug, Default)]
pub(super) struct Downloads {
    store: OnceLock<StoreOptions>,
    jobs: Mutex<HashMap<Download, Job>>,
    turn: Mutex<()>,
}

impl Downloads {
    /// Says from which store they are made.
    pub(super) fn make_from(&self, options: &StoreOptions) {
        // A server follows one store for as long as it runs.
        let _ = self.store.set(options.clone());
    }

    fn jobs(&self) -> MutexGuard<'_, HashMap<Download, Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
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
    pub fn download_state(&self, download: Download) -> Result<DownloadState, Error> {
        let view = self.view(None)?;
        let path = self.download_path(download, view.revision(), view.date());
        if let Ok(about) = std::fs::metadata(&path) {
            let bytes = about.len();
            return Ok(DownloadState::Ready { path, bytes });
        }
        let state = self.downloads.jobs().get(&download).and_then(Job::state);
        Ok(state.unwrap_or(DownloadState::NotMade))
    }

    /// The same, and begins to make it where nobody has, which may have to count a city's parcels.
    ///
    /// # Errors
    /// As [`App::download_state`]; [`Error::Internal`] when no thread can be started.
    pub fn download(self: &Arc<Self>, download: Download) -> Result<DownloadState, Error> {
        let state = self.download_state(download)?;
        if state != DownloadState::NotMade {
            return Ok(state);
        }
        let written = Arc::new(AtomicU64::new(0));
        let of = self.view(None)?.size_of(download)?;
        {
            let mut jobs = self.downloads.jobs();
            if let Some(state) = jobs.get(&download).and_then(Job::state) {
                return Ok(state);
            }
            let written = Arc::clone(&written);
            jobs.insert(download, Job::Making { written, of });
        }
        let app = Arc::clone(self);
        let started = std::thread::Builder::new().name("download".to_owned());
        let started = started.spawn(move || {
            let made = app.make(download, written);
            let mut jobs = app.downloads.jobs();
            match made {
                Ok(()) => jobs.remove(&download),
                Err(error) => {
                    tracing::error!("a download could not be made: {error}");
                    jobs.insert(download, Job::Failed(Instant::now()))
                }
            };
        });
        if let Err(error) = started {
            self.downloads.jobs().remove(&download);
            return Err(Error::internal("cannot start a thread", error));
        }
        Ok(DownloadState::Making { written: 0, of })
    }

    fn make(&self, download: Download, written: Arc<AtomicU64>) -> Result<(), Error> {
        let turn = self.downloads.turn.lock();
        let _turn = turn.unwrap_or_else(PoisonError::into_inner);
        let folder = &self.options().download_folder;
        let failed = |error| Error::internal("cannot write a download", error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        remove_abandoned(folder);
        let (name, extension) = (download.name(), download.extension());
        let process = std::process::id();
        let beside = folder.join(format!("{MAKING}{process}-{name}.{extension}"));
        let written = match download {
            Download::Collection(collection, format) => {
                self.export(collection, format, &beside, written)
            }
            Download::Tiles(set) => self.archive(set, &beside, &written),
        };
        let placed = written.and_then(|(revision, date)| {
            let path = self.download_path(download, revision, date);
            std::fs::rename(&beside, &path).map_err(failed)?;
            Ok(path)
        });
        match placed {
            Ok(path) => {
                remove_earlier(&path, download);
                Ok(())
            }
            Err(error) => {
                // What is left of a file that could not be written only takes room.
                let _ = std::fs::remove_file(&beside);
                Err(error)
            }
        }
    }

    /// Writes a collection as the store has it, and answers its revision and day.
    fn export(
        &self,
        collection: Collection,
        format: ExportFormat,
        path: &Path,
        written: Arc<AtomicU64>,
    ) -> Result<(Revision, Day), Error> {
        let options = self.downloads.store.get();
        let options =
            options.ok_or_else(|| Error::internal("no store is followed", "nothing to read"))?;
        // The name says the day of the content, also when that turns meanwhile.
        let date = self.today();
        let order = ExportOrder {
            collection,
            date: Some(date),
            format,
            path: path.to_owned(),
            written: Some(written),
        };
        let store = open_existing_register(options)?;
        let exported = export_collection(&store, self.reference(), &order)?;
        Ok((exported.revision, date))
    }

    /// Writes tiles as they are sent, and answers their revision and day.
    fn archive(
        &self,
        set: TileSet,
        path: &Path,
        written: &AtomicU64,
    ) -> Result<(Revision, Day), Error> {
        let view = self.view(None)?;
        view.archive_tiles(set, path, written)?;
        Ok((view.revision(), view.date()))
    }

    fn download_path(&self, download: Download, revision: Revision, date: Day) -> PathBuf {
        let (name, extension) = (download.name(), download.extension());
        let name = format!("{name}-r{}-{date}.{extension}", revision.0);
        self.options().download_folder.join(name)
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
        let count = match collection {
            Collection::Of(Target::Parcels) => land.parcels_on(date),
            Collection::Wards => land.wards().iter().filter(|w| w.valid.has(date)).count(),
            Collection::Of(target) => {
                let features = land.features();
                let of_day = features.filter(|f| f.lifespan.valid.has(date));
                of_day.filter(|f| Target::of(&f.kind) == target).count()
            }
        };
        Ok(count as u64)
    }
}

/// Removes what processes that ended left half made: nothing was written to it for a day.
fn remove_abandoned(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let written = entry.metadata().and_then(|about| about.modified());
        let since = written.ok().and_then(|at| at.elapsed().ok());
        let is_old = since.is_some_and(|since| since > ABANDONED_AFTER);
        if is_old && entry.file_name().to_string_lossy().starts_with(MAKING) {
            // One that stays takes room until the next is made.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Removes the files of other revisions and days; who is reading one keeps it to its end.
fn remove_earlier(path: &Path, download: Download) {
    let head = format!("{}-r", download.name());
    let end = format!(".{}", download.extension());
    let Some(Ok(entries)) = path.parent().map(std::fs::read_dir) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&head) && name.ends_with(&end) && entry.path() != path {
            // One that stays takes room until the next is made.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
