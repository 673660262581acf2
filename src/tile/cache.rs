//! Tiles that were rendered, each in the codings it was asked for.

use super::coding::Coding;
use super::held;
use super::layer::TileSet;
use super::matrix::TileCoord;
use super::shelf::Place;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// What an entry costs beside its bytes.
const ENTRY_BYTES: usize = 200;
/// Tiles that may be rendered at once; one of them by one thread only.
const TURNS: usize = 64;

/// A tile by what is in it: a tag is the same for as long as the bytes are, so no edit can make an
/// entry wrong and no slow render can bring back what was there before.
type Key = (&'static str, TileCoord, u64, Coding);

/// What is kept, and what that saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheSize {
    /// Tiles that are kept, in each coding.
    pub tiles: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Tiles rendered since the start.
    pub rendered: u64,
}

/// Tiles kept by bytes.
#[derive(Debug)]
pub(super) struct Cache {
    kept: moka::sync::Cache<Key, Arc<[u8]>>,
    turns: [Mutex<()>; TURNS],
    rendered: AtomicU64,
}

impl Default for Cache {
    /// Keeps nothing.
    fn default() -> Self {
        Self::new(0)
    }
}

impl Cache {
    /// A cache of so many bytes; 0 keeps nothing.
    pub(super) fn new(bytes: u64) -> Self {
        let weigh = |_: &Key, bytes: &Arc<[u8]>| {
            u32::try_from(bytes.len() + ENTRY_BYTES).unwrap_or(u32::MAX)
        };
        let kept = moka::sync::Cache::builder().weigher(weigh);
        Self {
            kept: kept.max_capacity(bytes).build(),
            turns: std::array::from_fn(|_| Mutex::default()),
            rendered: AtomicU64::new(0),
        }
    }

    /// The bytes of a tile with this tag.
    pub(super) fn find(
        &self,
        set: TileSet,
        tile: TileCoord,
        tag: u64,
        coding: Coding,
    ) -> Option<Arc<[u8]>> {
        self.kept.get(&(set.name(), tile, tag, coding))
    }

    /// Keeps the bytes of a tile that was just rendered.
    pub(super) fn keep(
        &self,
        set: TileSet,
        tile: TileCoord,
        tag: u64,
        coding: Coding,
        bytes: Arc<[u8]>,
    ) -> Arc<[u8]> {
        self.rendered.fetch_add(1, Ordering::Relaxed);
        self.take(&Place { set, tile, coding }, tag, bytes)
    }

    /// Keeps the bytes of a tile that somebody else has rendered.
    pub(super) fn take(&self, place: &Place, tag: u64, bytes: Arc<[u8]>) -> Arc<[u8]> {
        let Place { set, tile, coding } = *place;
        let key = (set.name(), tile, tag, coding);
        self.kept.insert(key, Arc::clone(&bytes));
        bytes
    }

    /// Waits for whoever renders this tile.
    pub(super) fn turn(&self, set: TileSet, tile: TileCoord) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        (set.name(), tile).hash(&mut hasher);
        held(&self.turns[hasher.finish() as usize % TURNS])
    }

    /// What is kept now.
    pub(super) fn size(&self) -> CacheSize {
        self.kept.run_pending_tasks();
        CacheSize {
            tiles: self.kept.entry_count(),
            bytes: self.kept.weighted_size(),
            rendered: self.rendered.load(Ordering::Relaxed),
        }
    }
}
