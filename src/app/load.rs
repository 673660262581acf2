//! The register into memory at the start: from the snapshot file where it fits, else the store.

use std::time::Instant;

use super::{AppOptions, snapshot_file};
use crate::land::{City, Land, LandBuilder};
use crate::store::{self, Store};

/// Loads the register: the snapshot file with what was committed since, or all of the store.
///
/// # Errors
/// What the store fails with.
pub fn load(options: &AppOptions, store: &Store, city: &City) -> Result<Land, store::Error> {
    let started = Instant::now();
    let kept = match snapshot_file::path(options) {
        Some(path) => snapshot_file::read(&path, store, city)?,
        None => None,
    };
    let (land, source) = match kept {
        Some(land) => (up_to_date(store, land)?, "snapshot file"),
        None => (load_from_store(store, city)?, "store"),
    };
    tracing::info!(
        revision = land.revision().0,
        versions = land.size().versions,
        duration_ms = started.elapsed().as_millis() as u64,
        "the register is loaded from the {source}"
    );
    Ok(land)
}

/// All of the register, from the store.
///
/// # Errors
/// What the store fails with.
pub fn load_from_store(store: &Store, city: &City) -> Result<Land, store::Error> {
    let mut builder = LandBuilder::default();
    let revision = store.load(&mut builder)?;
    let newest = store.revisions(1)?;
    let recorded_at = newest
        .first()
        .filter(|entry| entry.revision == revision)
        .map(|entry| entry.recorded_at);
    Ok(builder.build(revision, recorded_at, city.clone()))
}

fn up_to_date(store: &Store, land: Land) -> Result<Land, store::Error> {
    if store.revision()? == land.revision() {
        return Ok(land);
    }
    Ok(land.apply(&store.changes_since(land.revision())?))
}
