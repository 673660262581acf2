//! The snapshot file, which makes a restart quick; the store stays the truth.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::AppOptions;
use crate::cadastre::Revision;
use crate::land::{City, Land};
use crate::store::{self, Store};

/// Where the file lies; nothing when no files are wanted.
pub fn path(options: &AppOptions) -> Option<PathBuf> {
    let folder = &options.snapshot_dir;
    (!folder.as_os_str().is_empty()).then(|| folder.join("land.snapshot"))
}

/// The land in the file, when there is one that is whole and was written of this register.
///
/// # Errors
/// What the store fails with; a file that does not fit is never an error.
pub fn read(path: &Path, store: &Store, city: &City) -> Result<Option<Land>, store::Error> {
    let Ok(file) = File::open(path) else {
        return Ok(None);
    };
    match Land::read_snapshot(&mut BufReader::with_capacity(1 << 20, file), city.clone()) {
        Ok(land) if is_of(store, &land)? => Ok(Some(land)),
        Ok(_) => {
            tracing::info!("the snapshot file is of another register, it is made anew");
            Ok(None)
        }
        Err(error) => {
            tracing::warn!("the snapshot file is not taken and made anew: {error}");
            Ok(None)
        }
    }
}

/// Whether the store recorded the land's revision at the moment the land says.
fn is_of(store: &Store, land: &Land) -> Result<bool, store::Error> {
    let (revision, newest) = (land.revision(), store.revision()?);
    if revision == Revision(0) || revision > newest {
        return Ok(false);
    }
    let back = u32::try_from(newest.0 - revision.0).unwrap_or(u32::MAX);
    let entries = store.revisions(back.saturating_add(1))?;
    let entry = entries.iter().find(|entry| entry.revision == revision);
    Ok(entry.is_some_and(|entry| land.recorded_at() == Some(entry.recorded_at)))
}

/// Writes the file in the place of an older one.
///
/// # Errors
/// What the disk fails with; the old file is then still there.
pub fn write(path: &Path, land: &Land) -> std::io::Result<()> {
    place(path, |output| land.write_snapshot(output))
}

/// Fills a file beside the old one, then puts it in its place, so that a reader finds a whole one.
///
/// # Errors
/// What the disk fails with; the old file is then still there.
pub(super) fn place(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension(format!("part-{}", std::process::id()));
    let written = File::create(&beside).and_then(|file| {
        let mut output = BufWriter::with_capacity(1 << 20, file);
        fill(&mut output)?;
        output.flush()?;
        output.get_ref().sync_all()
    });
    let placed = written.and_then(|()| std::fs::rename(&beside, path));
    if placed.is_err() {
        // What is left of a file that could not be written only takes room.
        let _ = std::fs::remove_file(&beside);
    }
    placed
}
