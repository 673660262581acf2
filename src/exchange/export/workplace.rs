//! Folders in which files are written before they are complete: held by a lock for as long as
//! somebody writes there, so that what an interrupted program left is known at once.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

/// Begins the name of such a folder.
const MAKING: &str = "making-";
/// The file in it that is locked.
const LOCK: &str = "lock";
/// How often one is made anew that another program takes for abandoned while it is made.
const TRIES: usize = 8;

/// A folder that is gone with all that is in it when this is dropped.
#[derive(Debug)]
pub struct Workplace {
    folder: PathBuf,
    /// Locked until it is closed.
    _lock: File,
}

impl Workplace {
    /// The folder for the making of a file, in the one that the file is for; who holds it already is
    /// waited for.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn take(parent: &Path, name: &str) -> io::Result<Self> {
        let folder = parent.join(format!("{MAKING}{}-{name}", std::process::id()));
        let mut tries = 1;
        loop {
            match take(&folder) {
                Ok(Some(lock)) => {
                    return Ok(Self {
                        folder,
                        _lock: lock,
                    });
                }
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(None) | Err(_) if tries < TRIES => tries += 1,
                Ok(None) | Err(_) => return Err(io::ErrorKind::ResourceBusy.into()),
            }
        }
    }

    /// Where a file lies while it is written.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Removes from a folder what programs that ended were making.
    pub fn remove_abandoned(parent: &Path) {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            // Versions before wrote files of this name beside the others.
            if !name.trim_start_matches('.').starts_with(MAKING) {
                continue;
            }
            let path = entry.path();
            let removed = if path.is_dir() {
                remove_unheld(&path)
            } else {
                fs::remove_file(&path)
            };
            if let Err(error) = removed {
                tracing::warn!("cannot remove the unfinished `{}`: {error}", path.display());
            }
        }
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        // While it is still locked; what stays is removed before the next file is made.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The lock of a folder; nothing when it was removed before it was locked.
fn take(folder: &Path) -> io::Result<Option<File>> {
    fs::create_dir_all(folder)?;
    let lock = File::create(folder.join(LOCK))?;
    flock(&lock, FlockOperation::LockExclusive)?;
    Ok((lock.metadata()?.nlink() > 0).then_some(lock))
}

fn remove_unheld(folder: &Path) -> io::Result<()> {
    let lock = match File::open(folder.join(LOCK)) {
        Ok(lock) => lock,
        // Somebody begins, or nobody ever came that far.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return fs::remove_dir(folder),
        Err(error) => return Err(error),
    };
    match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => fs::remove_dir_all(folder),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_holds_goes_and_what_is_being_written_stays_until_it_is_dropped() {
        let parent = std::env::temp_dir().join(format!("diachinh-work-{}", std::process::id()));
        let held = Workplace::take(&parent, "city.pmtiles").expect("a folder");
        fs::write(held.file("city.pmtiles"), "half").expect("a file");
        let left = parent.join("making-0-wards.gpkg");
        fs::create_dir_all(&left).expect("a folder");
        for name in [LOCK, "wards.gpkg", ".wards.gpkg.1.gpkg"] {
            fs::write(left.join(name), "half").expect("a file");
        }
        let of_before = ["making-7-zones.csv", ".making-7-zones.csv.7.csv"];
        for name in of_before.iter().chain(&["zones-r1.csv"]) {
            fs::write(parent.join(name), "half").expect("a file");
        }
        Workplace::remove_abandoned(&parent);
        let names = || {
            let entries = fs::read_dir(&parent).expect("a folder").flatten();
            let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
            let mut names: Vec<String> = names.collect();
            names.sort();
            names
        };
        let own = format!("making-{}-city.pmtiles", std::process::id());
        assert_eq!(names(), [own.as_str(), "zones-r1.csv"]);
        assert!(held.file("city.pmtiles").exists());
        drop(held);
        assert_eq!(names(), ["zones-r1.csv"]);
        fs::remove_dir_all(&parent).expect("the folder goes");
    }
}
