//! The folder of a shelf: files written whole, and how much room they take.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Beside the old file, then in its place, so that a reader finds a whole one.
pub(super) fn write(path: &Path, file: &[u8]) -> io::Result<()> {
    let beside = path.with_extension(format!("part-{}", std::process::id()));
    let written = fs::File::create(&beside).and_then(|mut to| to.write_all(file));
    let placed = written.and_then(|()| fs::rename(&beside, path));
    if placed.is_err() {
        // What is left of a file that could not be written only takes room.
        let _ = fs::remove_file(&beside);
    }
    placed
}

/// How much of its room a shelf has taken; known from the first write on.
#[derive(Debug)]
pub(super) struct Room {
    folder: PathBuf,
    bytes_max: u64,
    taken: Option<u64>,
}

impl Room {
    /// Of a folder that may hold so many bytes of files.
    pub(super) fn new(folder: PathBuf, bytes_max: u64) -> Self {
        Self {
            folder,
            bytes_max,
            taken: None,
        }
    }

    /// Where the files lie.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file in the folder, and makes room when there is too little.
    pub(super) fn put(&mut self, path: &Path, file: &[u8]) -> io::Result<()> {
        if let Some(column) = path.parent() {
            fs::create_dir_all(column)?;
        }
        let before = fs::metadata(path).map_or(0, |old| old.len());
        let taken = match self.taken {
            Some(taken) => taken,
            None => self.files()?.iter().map(|file| file.1).sum(),
        };
        write(path, file)?;
        self.taken = Some((taken + file.len() as u64).saturating_sub(before));
        if self.taken > Some(self.bytes_max) {
            self.make_room()?;
        }
        Ok(())
    }

    /// Removes what was written longest ago, until a fifth of the room is free.
    fn make_room(&mut self) -> io::Result<()> {
        let mut files = self.files()?;
        files.sort_unstable_by_key(|file| file.0);
        let mut taken: u64 = files.iter().map(|file| file.1).sum();
        for (_, bytes, path) in files {
            if taken <= self.bytes_max / 5 * 4 {
                break;
            }
            fs::remove_file(path)?;
            taken -= bytes;
        }
        self.taken = Some(taken);
        Ok(())
    }

    /// All files of tiles: when each was written, its bytes, its place.
    pub(super) fn files(&self) -> io::Result<Vec<(SystemTime, u64, PathBuf)>> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if entry.path().to_string_lossy().contains(".mvt") {
                    let about = entry.metadata()?;
                    files.push((about.modified()?, about.len(), entry.path()));
                }
            }
        }
        Ok(files)
    }
}
