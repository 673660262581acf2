//! Whole collections as files: made in the background when somebody asks, one at a time, once for
//! each state of the register and day.

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

/// How long nothing is tried again after a file could not be made.
const PAUSE: Duration = Duration::from_secs(30);

/// What is downloaded: a collection in a format.
pub type Download = (Collection, ExportFormat);

/// How a download is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadState {
    /// Nobody has asked for it since the register or the day became another.
    NotMade,
    /// It is being made, or waits for its turn.
    Making {
        /// Features written so far.
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
    Making {
        written: Arc<AtomicU64>,
        of: u64,
    },
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
        let of = self.view(None)?.size_of(download.0);
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
        let options = self.downloads.store.get();
        let options =
            options.ok_or_else(|| Error::internal("no store is followed", "nothing to read"))?;
        let folder = &self.options().download_folder;
        let (collection, format) = download;
        let failed = |error| Error::internal("cannot write a download", error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        let beside = folder.join(format!(
            "making-{}-{}.{}",
            std::process::id(),
            collection.as_str(),
            format.extension()
        ));
        // The name says the day of the content, also when that turns meanwhile.
        let date = self.today();
        let order = ExportOrder {
            collection,
            date: Some(date),
            format,
            path: beside.clone(),
            written: Some(written),
        };
        let store = open_existing_register(options)?;
        let exported = export_collection(&store, self.reference(), &order);
        let placed = exported.and_then(|exported| {
            let path = self.download_path(download, exported.revision, date);
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

    fn download_path(&self, download: Download, revision: Revision, date: Day) -> PathBuf {
        let (collection, format) = download;
        let name = format!(
            "{}-r{}-{}.{}",
            collection.as_str(),
            revision.0,
            date,
            format.extension()
        );
        self.options().download_folder.join(name)
    }
}

impl View {
    /// How many features of the day a file of a collection holds.
    fn size_of(&self, collection: Collection) -> u64 {
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
        count as u64
    }
}

/// Removes the files of other revisions and days; who is reading one keeps it to its end.
fn remove_earlier(path: &Path, (collection, format): Download) {
    let head = format!("{}-r", collection.as_str());
    let end = format!(".{}", format.extension());
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
