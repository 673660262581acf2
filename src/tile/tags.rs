//! Tags of tiles by what is in them, remembered for a while.

use super::feed::MapState;
use super::held;
use super::layer::TileSet;
use super::matrix::TileCoord;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

/// Tiles whose tags are remembered, at most.
const PLACES: usize = 1 << 16;

/// A tile of a state of the map with its tag.
#[derive(Debug, Clone, Copy)]
struct Known {
    set: TileSet,
    tile: TileCoord,
    state: MapState,
    tag: u64,
}

/// Tags of the tiles asked for last; each tile has one place, which others may take.
#[derive(Debug)]
pub(super) struct Tags(Mutex<Vec<Option<Known>>>);

impl Default for Tags {
    fn default() -> Self {
        Self(Mutex::new(vec![None; PLACES]))
    }
}

fn place(set: TileSet, tile: TileCoord) -> usize {
    let mut hasher = DefaultHasher::new();
    (set.name(), tile).hash(&mut hasher);
    hasher.finish() as usize % PLACES
}

impl Tags {
    /// The tag of a tile, and the state in which it had it.
    pub(super) fn find(&self, set: TileSet, tile: TileCoord) -> Option<(MapState, u64)> {
        let places = held(&self.0);
        let known = places[place(set, tile)]?;
        (known.set == set && known.tile == tile).then_some((known.state, known.tag))
    }

    /// Remembers the tag of a tile.
    pub(super) fn note(&self, set: TileSet, tile: TileCoord, state: MapState, tag: u64) {
        let mut places = held(&self.0);
        places[place(set, tile)] = Some(Known {
            set,
            tile,
            state,
            tag,
        });
    }
}

/// The tag of a tile's bytes: equal for equal bytes, in every program of one version.
pub(super) fn tag_of(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
