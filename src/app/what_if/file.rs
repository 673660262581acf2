//! The facts of every parcel as a file beside the snapshot, so that a restart need not gather them.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::app::{AppOptions, View, snapshot_file};
use crate::evidence::{ContentHash, ContentHasher};
use crate::rules::what_if::SiteColumns;
use crate::tile::program_mark;

/// With the form of what follows.
const MAGIC: &[u8; 8] = b"dcsites1";

/// Where the file lies; nothing when no files are wanted.
pub(super) fn path(options: &AppOptions) -> Option<PathBuf> {
    let folder = &options.snapshot_dir;
    (!folder.as_os_str().is_empty()).then(|| folder.join("land.sites"))
}

/// The columns in the file, when it is whole and this program wrote it of this state and day.
pub(super) fn read(path: &Path, view: &View) -> Option<SiteColumns> {
    let file = std::fs::read(path).ok()?;
    let (bytes, hash) = file.split_last_chunk::<32>()?;
    let own = bytes.strip_prefix(head(view).as_slice())?;
    let whole = ContentHash::of(bytes) == ContentHash(*hash);
    let columns = whole.then(|| SiteColumns::read(own)).flatten();
    if columns.is_none() {
        tracing::warn!("the file of what rules ask of parcels is damaged and made anew");
    }
    columns
}

/// Writes the file in the place of an older one.
///
/// # Errors
/// What the disk fails with; the old file is then still there.
pub(super) fn write(path: &Path, view: &View, columns: &SiteColumns) -> std::io::Result<()> {
    snapshot_file::place(path, |output| {
        let mut hashing = Hashing {
            output,
            hasher: ContentHasher::new(),
        };
        hashing.write_all(&head(view))?;
        columns.write(&mut hashing)?;
        let Hashing { output, hasher } = hashing;
        output.write_all(&hasher.finish().0)
    })
}

/// Of which state and day, and by which program, since another may ask for something else.
fn head(view: &View) -> Vec<u8> {
    let recorded_at = view.recorded_at().map_or(i64::MIN, |at| at.0);
    let mut head = MAGIC.to_vec();
    head.extend(program_mark().to_le_bytes());
    head.extend(view.revision().0.to_le_bytes());
    head.extend(recorded_at.to_le_bytes());
    head.extend(view.date().0.to_le_bytes());
    head
}

/// What is written, and the hash of it.
struct Hashing<'w, W> {
    output: &'w mut W,
    hasher: ContentHasher,
}

impl<W: Write> Write for Hashing<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.output.write_all(bytes)?;
        self.hasher.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.output.flush()
    }
}
