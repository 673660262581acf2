//! Tiles as files, so that what was rendered before a restart is sent after it. The folder may be
//! emptied, damaged or lost at any time: what is not there, or is not whole, is rendered anew.

use super::coding::Coding;
use super::held;
use super::layer::TileSet;
use super::matrix::{TileCoord, TileMatrixSet};
use super::shelf_room::{Room, write};
use crate::cadastre::{Day, Instant, Revision};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

const MAGIC: [u8; 8] = *b"DIATILE1";
const HEAD_BYTES: usize = 52;
/// Tiles that may wait to be written; more are not written.
const WAITING_MAX: usize = 256;
/// How long nothing is written after the disk has failed, in seconds.
const PAUSE_S: u64 = 30;

/// Of what a tile was drawn: a revision of one register, told from others' by when it was
/// recorded, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DrawnOf {
    /// State of the register.
    pub revision: Revision,
    /// When that was recorded.
    pub recorded_at: Option<Instant>,
    /// Day of the map.
    pub day: Day,
}

/// A tile on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shelved {
    pub(super) of: DrawnOf,
    pub(super) tag: u64,
    pub(super) bytes: Arc<[u8]>,
}

/// Where a tile lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) set: TileSet,
    pub(super) tile: TileCoord,
    pub(super) coding: Coding,
}

impl Place {
    fn path(&self, folder: &Path) -> PathBuf {
        let ending = match self.coding {
            Coding::Identity => "mvt",
            Coding::Gzip => "mvt.gz",
            Coding::Brotli => "mvt.br",
            Coding::Zstd => "mvt.zst",
        };
        let [z, x, y] = [
            u32::from(self.tile.matrix()),
            self.tile.col(),
            self.tile.row(),
        ];
        let set = match self.tile.of() {
            TileMatrixSet::WebMercatorQuad => self.set.name().to_owned(),
            other => format!("{}/{}", self.set.name(), other.id()),
        };
        let column = folder.join(format!("{set}/{z}/{x}"));
        column.join(format!("{y}.{ending}"))
    }
}

/// A folder of tiles, each a file with a head that says of what it was drawn.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    /// Differs between programs that may draw differently.
    program: u64,
    room: Arc<Mutex<Room>>,
    waiting: Option<SyncSender<(Place, Shelved)>>,
    writer: Option<JoinHandle<()>>,
}

impl Shelf {
    /// A shelf in a folder that may hold so many bytes of files; the folder is made at the first
    /// write.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn open(folder: PathBuf, bytes_max: u64) -> io::Result<Self> {
        let (waiting, coming) = sync_channel::<(Place, Shelved)>(WAITING_MAX);
        let program = program_mark();
        let room = Arc::new(Mutex::new(Room::new(folder.clone(), bytes_max)));
        let of_writer = Arc::clone(&room);
        let writer = std::thread::Builder::new().name("shelve".to_owned());
        let writer = writer.spawn(move || {
            let mut failed: Option<std::time::Instant> = None;
            for (place, tile) in coming {
                if failed.is_some_and(|at| at.elapsed().as_secs() < PAUSE_S) {
                    continue;
                }
                failed = match put(&of_writer, &place, &tile, program) {
                    Ok(()) => None,
                    Err(error) => {
                        tracing::warn!("tiles are not written to the disk for a while: {error}");
                        Some(std::time::Instant::now())
                    }
                };
            }
        })?;
        Ok(Self {
            folder,
            program,
            room,
            waiting: Some(waiting),
            writer: Some(writer),
        })
    }

    /// A tile that lies there, whole and written by this program.
    pub(super) fn find(&self, place: &Place) -> Option<Shelved> {
        let path = place.path(&self.folder);
        let file = fs::read(&path).ok()?;
        let tile = read(&file, self.program);
        if tile.is_none() {
            // Nobody can use it; when it cannot be removed either, it is only in the way.
            let _ = fs::remove_file(path);
        }
        tile
    }

    /// Writes a tile when there is time; not when too many wait already.
    pub(super) fn put_later(&self, place: Place, tile: Shelved) {
        if let Some(waiting) = &self.waiting {
            // One that is not written is rendered again after a restart.
            let _ = waiting.try_send((place, tile));
        }
    }

    /// Writes a tile at once.
    ///
    /// # Errors
    /// What the disk fails with; the old file is then still there.
    pub(super) fn put(&self, place: &Place, tile: &Shelved) -> io::Result<()> {
        put(&self.room, place, tile, self.program)
    }

    /// The day to which the map of this state was last brought.
    pub(super) fn last_day(&self, of: &DrawnOf) -> Option<Day> {
        let last = read(&fs::read(self.folder.join("state")).ok()?, self.program)?.of;
        let same = (last.revision, last.recorded_at) == (of.revision, of.recorded_at);
        same.then_some(last.day)
    }

    /// Remembers to which day the map was brought, where anything is on the shelf.
    pub(super) fn note_day(&self, of: DrawnOf) {
        let nothing = Shelved {
            of,
            tag: 0,
            bytes: Arc::default(),
        };
        if self.folder.is_dir() {
            // Without it the tiles of the day before are rendered once more.
            let _ = write(&self.folder.join("state"), &file_of(&nothing, self.program));
        }
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.waiting = None;
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has said so already.
            let _ = writer.join();
        }
    }
}

fn put(room: &Mutex<Room>, place: &Place, tile: &Shelved, program: u64) -> io::Result<()> {
    let mut room = held(room);
    let path = place.path(room.folder());
    room.put(&path, &file_of(tile, program))
}

/// What tells programs apart: version, and size and age of the file that runs.
pub fn program_mark() -> u64 {
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    let file = std::env::current_exe().and_then(fs::metadata);
    if let Ok(file) = file {
        file.len().hash(&mut hasher);
        file.modified().ok().hash(&mut hasher);
    }
    hasher.finish()
}

fn file_of(tile: &Shelved, program: u64) -> Vec<u8> {
    let recorded_at = tile.of.recorded_at.map_or(i64::MIN, |at| at.0);
    let mut file = Vec::with_capacity(HEAD_BYTES + tile.bytes.len());
    file.extend(MAGIC);
    file.extend(program.to_le_bytes());
    file.extend(tile.of.revision.0.to_le_bytes());
    file.extend(recorded_at.to_le_bytes());
    file.extend(tile.of.day.0.to_le_bytes());
    file.extend(tile.tag.to_le_bytes());
    file.extend(checksum(&file, &tile.bytes).to_le_bytes());
    file.extend_from_slice(&tile.bytes);
    file
}

fn checksum(head: &[u8], bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    head.hash(&mut hasher);
    bytes.hash(&mut hasher);
    hasher.finish()
}

fn read(file: &[u8], program: u64) -> Option<Shelved> {
    let (head, bytes) = file.split_at_checked(HEAD_BYTES)?;
    let (head, sum) = head.split_last_chunk::<8>()?;
    let mut rest = head.strip_prefix(&MAGIC)?;
    let mut next = || {
        let (number, beyond) = rest.split_first_chunk::<8>()?;
        rest = beyond;
        Some(u64::from_le_bytes(*number))
    };
    let (of_program, revision, recorded_at) = (next()?, next()?, next()? as i64);
    let (day, rest) = rest.split_first_chunk::<4>()?;
    let tag = rest.first_chunk::<8>()?;
    let whole = of_program == program && checksum(head, bytes) == u64::from_le_bytes(*sum);
    whole.then(|| Shelved {
        of: DrawnOf {
            revision: Revision(revision),
            recorded_at: (recorded_at != i64::MIN).then_some(Instant(recorded_at)),
            day: Day(i32::from_le_bytes(*day)),
        },
        tag: u64::from_le_bytes(*tag),
        bytes: bytes.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: u64) -> Place {
        Place {
            set: TileSet::ALL[0],
            tile: TileCoord::new(10, 3, row).expect("a tile"),
            coding: Coding::Gzip,
        }
    }

    fn tile(byte: u8, length: usize) -> Shelved {
        Shelved {
            of: DrawnOf {
                revision: Revision(7),
                recorded_at: Some(Instant(1_764_000_000_000_000)),
                day: Day(20_000),
            },
            tag: u64::from(byte),
            bytes: vec![byte; length].into(),
        }
    }

    /// A folder of a test's own, removed at its end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("diachinh-{name}-{}", std::process::id());
            let path = std::env::temp_dir().join(name);
            fs::create_dir_all(&path).expect("the temporary folder takes files");
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            // A folder left behind in /tmp is no failure of the test.
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_was_put_lies_there_also_for_the_next_who_opens_the_folder() {
        let folder = Folder::new("shelf");
        let open = || Shelf::open(folder.0.join("tiles"), 1 << 20).expect("a thread");
        let shelf = open();
        assert_eq!(shelf.find(&place(1)), None);
        shelf
            .put(&place(1), &tile(5, 900))
            .expect("a disk with room");
        drop(shelf);
        let shelf = open();
        assert_eq!(shelf.find(&place(1)), Some(tile(5, 900)));
        assert_eq!(shelf.find(&place(2)), None);
        let of = tile(0, 0).of;
        assert_eq!(shelf.last_day(&of), None);
        shelf.note_day(of);
        assert_eq!(shelf.last_day(&of), Some(of.day));
        let other = DrawnOf {
            recorded_at: Some(Instant(5)),
            ..of
        };
        assert_eq!(shelf.last_day(&other), None, "another register");
    }

    #[test]
    fn tiles_of_two_matrix_sets_with_the_same_numbers_lie_apart() {
        let other = TileCoord::on(TileMatrixSet::Vn2000, 10, 3, 1).expect("a tile");
        let other = Place {
            tile: other,
            ..place(1)
        };
        let folder = Path::new("tiles");
        assert_ne!(other.path(folder), place(1).path(folder));
        assert_eq!(place(1).path(folder), Path::new("tiles/city/10/3/1.mvt.gz"));
    }

    #[test]
    fn a_file_that_is_not_whole_or_of_another_program_is_not_there() {
        let whole = file_of(&tile(5, 40), 99);
        assert_eq!(read(&whole, 99), Some(tile(5, 40)));
        assert_eq!(read(&whole, 98), None);
        for length in 0..whole.len() {
            assert_eq!(read(&whole[..length], 99), None, "{length} bytes of it");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 4;
            assert_eq!(read(&damaged, 99), None, "byte {at}");
        }
    }

    #[test]
    fn no_more_than_its_room_is_taken_and_the_oldest_go_first() {
        let folder = Folder::new("room");
        let mut room = Room::new(folder.0.clone(), 10_000);
        for row in 0..40 {
            room.put(
                &place(row).path(&folder.0),
                &file_of(&tile(row as u8, 900), 1),
            )
            .expect("a disk with room");
            let files = room.files().expect("a folder");
            assert!(files.iter().map(|file| file.1).sum::<u64>() <= 10_000);
            assert!(place(row).path(&folder.0).exists(), "the newest stays");
        }
        assert!(!place(0).path(&folder.0).exists());
    }
}
