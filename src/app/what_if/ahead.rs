//! The facts of every parcel, gathered before anybody asks: a large city takes minutes.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::sites::gather;
use crate::app::{App, View};
use crate::land::{Near, Wanted};
use crate::rules::what_if::SiteColumns;

/// Parcels that are gathered at a time.
const AT_A_TIME: usize = 512;
/// How often it is looked whether there is something to gather.
const PAUSE: Duration = Duration::from_secs(2);

/// Gathers them in the background as long as the application is there, on one core and with pauses,
/// so that whoever asks something else hardly waits.
///
/// # Errors
/// When no thread can be started.
pub fn gather_ahead(app: &Arc<App>) -> std::io::Result<()> {
    let app = Arc::downgrade(app);
    let thread = thread::Builder::new().name("sites".to_owned());
    thread.spawn(move || while look(&app).is_some() {})?;
    Ok(())
}

/// Looks once, and gathers what is not there; nothing when the application has ended.
fn look(app: &Weak<App>) -> Option<()> {
    thread::sleep(PAUSE);
    let (view, sites) = {
        let app = app.upgrade().filter(|app| !app.listeners.have_ended())?;
        let sites = app.what_ifs.sites.clone();
        (app.view(None).ok(), sites)
    };
    let Some(view) = view.filter(|view| !sites.has(view)) else {
        return Some(());
    };
    let begun = Instant::now();
    let columns = all_of(&view, app)?;
    tracing::info!(
        revision = view.revision().0,
        parcels = columns.len(),
        patterns = columns.patterns(),
        duration_ms = begun.elapsed().as_millis() as u64,
        "what rules ask of every parcel is gathered"
    );
    sites.keep(&view, columns);
    Some(())
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
