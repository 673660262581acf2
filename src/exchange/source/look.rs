//! Looks at a file before anything parses it: path, kind, first bytes, companions, size.

use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::format::{self, Content, Format};
use super::frame::FileToOpen;
use super::limits::Limits;
use super::whole::dgn_reaches_its_end;

/// Checks path, kind and first bytes without parsing anything.
pub(super) fn look(path: &Path) -> Result<Format, Error> {
    let text = path.to_string_lossy();
    if text.starts_with("/vsi") || text.contains("://") {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let unreadable = |cause| Error::Unreadable {
        path: path.to_owned(),
        cause,
    };
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let mut head = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(512).read_to_end(&mut head).map_err(unreadable)?;
    let named = Format::of_extension(path);
    let not_that = |found: &str, hint: String| Error::NotThatFormat {
        path: path.to_owned(),
        named: named.map_or("nothing we read", Format::title),
        found: found.to_owned(),
        hint,
    };
    match (format::content(&head), named) {
        (Content::Foreign(found, hint), _) => Err(not_that(found, hint.to_owned())),
        (Content::Known(found), None) => Err(not_that(
            found.title(),
            format!("give it the extension `.{}`", found.extension()),
        )),
        (_, None) => Err(Error::UnknownFormat {
            path: path.to_owned(),
            expected: format::known_extensions(),
        }),
        (Content::Known(found), Some(named)) if found != named => Err(not_that(
            found.title(),
            format!("give it the extension `.{}`", found.extension()),
        )),
        (Content::Unclear(what), Some(named)) if !named.may_begin_with(what) => Err(not_that(
            what.title(),
            format!(
                "expected the file as the program that made it saves a {}",
                named.title()
            ),
        )),
        (_, Some(Format::Dgn)) if !dgn_reaches_its_end(path).map_err(unreadable)? => {
            Err(Error::CutShort(path.to_owned()))
        }
        (_, Some(named)) => Ok(named),
    }
}

/// A file and what belongs to it and lies beside it, whether or not it can be read.
pub fn files_of(path: &Path) -> Vec<PathBuf> {
    let mut files = vec![path.to_owned()];
    if let Some(format) = Format::of_extension(path) {
        files.extend(format::beside(path, format).0);
    }
    files
}

/// The file and its companions, as they are now.
pub(super) fn gather(
    path: &Path,
    format: Format,
    limits: &Limits,
) -> Result<Vec<FileToOpen>, Error> {
    let (beside, missing) = format::beside(path, format);
    if let Some(missing) = missing {
        return Err(Error::MissingCompanion {
            path: path.to_owned(),
            missing,
        });
    }
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    if format == Format::GeoPackage && std::fs::metadata(&wal).is_ok_and(|m| m.len() > 0) {
        return Err(Error::UnsavedChanges(path.to_owned()));
    }
    let files = std::iter::once(path.to_owned())
        .chain(beside)
        .map(|p| identify(&p))
        .collect::<Result<Vec<_>, _>>()?;
    let bytes = files.iter().map(|f| f.length).sum();
    if bytes > limits.file_bytes {
        return Err(Error::TooLarge {
            path: path.to_owned(),
            bytes,
            limit: limits.file_bytes,
        });
    }
    Ok(files)
}

fn identify(path: &Path) -> Result<FileToOpen, Error> {
    let found = std::fs::metadata(path).map_err(|cause| Error::Unreadable {
        path: path.to_owned(),
        cause,
    })?;
    if !found.is_file() {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    Ok(FileToOpen {
        path: path.as_os_str().as_bytes().to_vec(),
        name: format!("{stem}.{}", extension.to_lowercase()),
        identity: (found.dev(), found.ino()),
        length: found.len(),
        modified: (found.mtime(), found.mtime_nsec()),
    })
}
