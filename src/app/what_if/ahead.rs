//! The facts of every parcel, gathered before anybody asks: a large city takes minutes.

use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::file;
use super::sites::{KeptSites, gather};
use crate::app::{App, View};
use crate::cadastre::{Day, Revision};
use crate::land::{Near, Wanted};
use crate::rules::what_if::SiteColumns;

/// Parcels that are gathered at a time.
const AT_A_TIME: usize = 512;
/// How often it is looked whether there is something to gather.
const PAUSE: Duration = Duration::from_secs(2);

/// After so long the file is written anew when edits have changed what it holds.
const REWRITTEN_AFTER: Duration = Duration::from_secs(600);

/// Gathers them in the background as long as the application is there, on one core and with pauses,
/// so that whoever asks something else hardly waits. What was gathered lies in a file beside the
/// snapshot, from which a restart takes it.
///
/// # Errors
/// When no thread can be started.
pub fn gather_ahead(app: &Arc<App>) -> std::io::Result<()> {
    let mut ahead = Ahead {
        app: Arc::downgrade(app),
        file: file::path(app.options()),
        read: false,
        written: None,
    };
    let thread = thread::Builder::new().name("sites".to_owned());
    thread.spawn(move || while ahead.look().is_some() {})?;
    Ok(())
}

/// Who gathers.
struct Ahead {
    app: Weak<App>,
    file: Option<PathBuf>,
    /// Whether the file has been read, or tried to.
    read: bool,
    /// Of which state the file was last written, or tried to, and when.
    written: Option<(Revision, Day, Instant)>,
}

impl Ahead {
    /// Looks once, and gathers what is not there; nothing when the application has ended.
    fn look(&mut self) -> Option<()> {
        thread::sleep(PAUSE);
        let (view, sites) = {
            let app = self.app.upgrade();
            let app = app.filter(|app| !app.listeners.have_ended())?;
            (app.view(None).ok(), app.what_ifs.sites.clone())
        };
        let Some(view) = view else {
            return Some(());
        };
        if !sites.has(&view) {
            match self.in_file(&view) {
                Some(columns) => sites.keep(&view, columns),
                None => self.gather(&view, &sites)?,
            };
        }
        self.write(&view, &sites);
        Some(())
    }

    /// What the file has of a view, at the first look.
    fn in_file(&mut self, view: &View) -> Option<SiteColumns> {
        if std::mem::replace(&mut self.read, true) {
            return None;
        }
        let columns = file::read(self.file.as_ref()?, view)?;
        tracing::info!(
            revision = view.revision().0,
            parcels = columns.len(),
            "what rules ask of every parcel is read from its file"
        );
        self.written = Some((view.revision(), view.date(), Instant::now()));
        Some(columns)
    }

    fn gather(&self, view: &View, sites: &KeptSites) -> Option<Arc<SiteColumns>> {
        let begun = Instant::now();
        let columns = all_of(view, &self.app)?;
        tracing::info!(
            revision = view.revision().0,
            parcels = columns.len(),
            patterns = columns.patterns(),
            duration_ms = begun.elapsed().as_millis() as u64,
            "what rules ask of every parcel is gathered"
        );
        Some(sites.keep(view, columns))
    }

    /// Writes the file when it is of another state or day; a disk that is full harms nothing.
    fn write(&mut self, view: &View, sites: &KeptSites) {
        let due = match self.written {
            None => true,
            Some((_, day, _)) if day != view.date() => true,
            Some((revision, _, at)) => {
                revision != view.revision() && at.elapsed() >= REWRITTEN_AFTER
            }
        };
        let Some(path) = self.file.as_ref().filter(|_| due) else {
            return;
        };
        let Some(columns) = sites.find(view) else {
            return;
        };
        self.written = Some((view.revision(), view.date(), Instant::now()));
        if let Err(error) = file::write(path, view, &columns) {
            tracing::warn!(
                "cannot write `{}`, what rules ask is gathered again after the next start: {error}",
                path.display()
            );
        }
    }
}

/// Of every parcel of a view; nothing when the application ends before.
fn all_of(view: &View, app: &Weak<App>) -> Option<SiteColumns> {
    let wanted = Wanted::default();
    let ids = view
        .land
        .parcels_wanted(&wanted, &Near::Anywhere, view.date);
    let mut columns = SiteColumns::default();
    for ids in ids.chunks(AT_A_TIME) {
        let begun = Instant::now();
        columns.append(&gather(view, ids));
        app.upgrade().filter(|app| !app.listeners.have_ended())?;
        thread::sleep(begun.elapsed() / 2);
    }
    Some(columns)
}
