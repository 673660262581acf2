//! Many tiles in one file: PMTiles version 3, of which a reader asks for the parts that it needs.
//!
//! Head, root directory, metadata, leaves, then the tiles in the order of their numbers. What comes
//! before the tiles is known only after them, so they wait in a file of their own.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::coding::Coding;
use super::layer::TileSet;
use super::matrix::TileCoord;
use crate::evidence::ContentHash;

/// Within so many bytes a reader finds head and root.
const ROOT_END: usize = 16_384;
const HEAD_BYTES: usize = 127;
/// Entries of a leaf, as far as the root then fits.
const LEAF_ENTRIES: usize = 4096;
/// Of the specification: gzip, and vector tiles.
const GZIP: u8 = 2;
const MVT: u8 = 1;

/// What an archive holds, beside its tiles.
#[derive(Debug, Clone)]
pub struct Archived {
    /// The set of layers.
    pub set: TileSet,
    /// First and last zoom.
    pub zooms: (u8, u8),
    /// Degrees west, south, east and north around all that it shows.
    pub bounds: [f64; 4],
    /// What a reader shows of it.
    pub description: String,
    /// Whether the register holds made-up data.
    pub synthetic: bool,
}

/// Some tiles with consecutive numbers and the same bytes; in a root, a leaf when there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    number: u64,
    run: u32,
    offset: u64,
    length: u32,
}

/// An archive that is being written.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    /// Where its tiles wait.
    waiting: PathBuf,
    tiles: BufWriter<File>,
    /// Bytes of tiles so far.
    length: u64,
    entries: Vec<Entry>,
    /// Where bytes that came before lie.
    known: HashMap<ContentHash, (u64, u32)>,
}

/// The place of a tile in the order of an archive: zoom by zoom, along a Hilbert curve.
pub fn number_of(tile: TileCoord) -> u64 {
    let zoom = u32::from(tile.matrix());
    let (mut x, mut y) = (i64::from(tile.col()), i64::from(tile.row()));
    let mut number = ((1_u64 << (2 * zoom)) - 1) / 3;
    for bit in (0..zoom).rev() {
        let side = 1_i64 << bit;
        let (east, south) = (u64::from(x & side != 0), u64::from(y & side != 0));
        number += ((3 * east) ^ south) << (2 * bit);
        if south == 0 {
            if east == 1 {
                (x, y) = (side - 1 - x, side - 1 - y);
            }
            (x, y) = (y, x);
        }
    }
    number
}

impl Archive {
    /// Begins an archive, of which nothing stands at its place before it is complete.
    ///
    /// # Errors
    /// What the disk fails with.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let waiting = path.with_extension("tiles");
        Ok(Self {
            path: path.to_owned(),
            tiles: BufWriter::new(File::create(&waiting)?),
            waiting,
            length: 0,
            entries: Vec::new(),
            known: HashMap::new(),
        })
    }

    /// Adds a tile, whose number is above those before it. One without bytes is not in the file.
    ///
    /// # Errors
    /// What the disk fails with.
    pub fn add(&mut self, tile: TileCoord, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let coded = Coding::Gzip.encode(bytes);
        let hash = ContentHash::of(&coded);
        let (offset, length) = match self.known.get(&hash) {
            Some(place) => *place,
            None => {
                let place = (self.length, coded.len() as u32);
                self.tiles.write_all(&coded)?;
                self.length += coded.len() as u64;
                self.known.insert(hash, place);
                place
            }
        };
        let number = number_of(tile);
        match self.entries.last_mut() {
            Some(last) if last.offset == offset && last.number + u64::from(last.run) == number => {
                last.run += 1;
            }
            _ => self.entries.push(Entry {
                number,
                run: 1,
                offset,
                length,
            }),
        }
        Ok(())
    }

    /// Writes what a reader needs to find the tiles, and them behind it.
    ///
    /// # Errors
    /// What the disk fails with.
    pub fn finish(mut self, about: &Archived) -> io::Result<()> {
        let (root, leaves) = directories(&self.entries, ROOT_END - HEAD_BYTES);
        let metadata = Coding::Gzip.encode(metadata(about).to_string().as_bytes());
        self.tiles.flush()?;
        let parts = [root.len(), metadata.len(), leaves.len()].map(|length| length as u64);
        let mut file = File::create(&self.path)?;
        for part in [self.head(about, parts), root, metadata, leaves] {
            file.write_all(&part)?;
        }
        io::copy(&mut File::open(&self.waiting)?, &mut file)?;
        Ok(())
    }

    fn head(&self, about: &Archived, [root, metadata, leaves]: [u64; 3]) -> Vec<u8> {
        let metadata_at = HEAD_BYTES as u64 + root;
        let leaves_at = metadata_at + metadata;
        let addressed = self.entries.iter().map(|entry| u64::from(entry.run)).sum();
        let numbers = [
            HEAD_BYTES as u64,
            root,
            metadata_at,
            metadata,
            leaves_at,
            leaves,
            leaves_at + leaves,
            self.length,
            addressed,
            self.entries.len() as u64,
            self.known.len() as u64,
        ];
        let mut head = b"PMTiles\x03".to_vec();
        head.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        let clustered = 1;
        let (first, last) = about.zooms;
        head.extend([clustered, GZIP, GZIP, MVT, first, last]);
        let position = |lon: f64, lat: f64| {
            let degrees = |value: f64| ((value * 1e7).round() as i32).to_le_bytes();
            [degrees(lon), degrees(lat)].concat()
        };
        let [west, south, east, north] = about.bounds;
        head.extend(position(west, south));
        head.extend(position(east, north));
        head.push(first.midpoint(last));
        head.extend(position(west.midpoint(east), south.midpoint(north)));
        head
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        // What stays only takes room.
        let _ = std::fs::remove_file(&self.waiting);
    }
}

/// A root of at most so many bytes, and the leaves that it leads to, if it needs any.
fn directories(entries: &[Entry], root_max: usize) -> (Vec<u8>, Vec<u8>) {
    let only = directory(entries);
    if only.len() <= root_max {
        return (only, Vec::new());
    }
    let mut size = LEAF_ENTRIES;
    loop {
        let (mut roots, mut leaves) = (Vec::new(), Vec::new());
        for of_leaf in entries.chunks(size) {
            let leaf = directory(of_leaf);
            roots.push(Entry {
                number: of_leaf[0].number,
                run: 0,
                offset: leaves.len() as u64,
                length: leaf.len() as u32,
            });
            leaves.extend(leaf);
        }
        let root = directory(&roots);
        if root.len() <= root_max {
            return (root, leaves);
        }
        size *= 2;
    }
}

/// Entries as the specification has them: column by column, and compressed.
fn directory(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(&mut bytes, entries.len() as u64);
    let mut before = 0;
    for entry in entries {
        put(&mut bytes, entry.number - before);
        before = entry.number;
    }
    entries.iter().for_each(|e| put(&mut bytes, e.run.into()));
    entries
        .iter()
        .for_each(|e| put(&mut bytes, e.length.into()));
    let mut end = None;
    for entry in entries {
        // Nothing is what lies right behind the one before.
        let follows = end == Some(entry.offset);
        put(&mut bytes, if follows { 0 } else { entry.offset + 1 });
        end = Some(entry.offset + u64::from(entry.length));
    }
    Coding::Gzip.encode(&bytes)
}

/// A number in as many bytes as it needs, seven bits in each, the lowest first.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn metadata(about: &Archived) -> serde_json::Value {
    let (first, last) = about.zooms;
    let layers = about.set.layers().iter();
    let drawn = layers.filter(|layer| layer.zooms().0 <= last && first <= layer.zooms().1);
    let layers = drawn.map(|layer| {
        let fields = layer.fields().iter();
        let fields = fields.map(|field| (field.name.to_owned(), field.meaning.into()));
        serde_json::json!({
            "id": layer.name(),
            "description": layer.description(),
            "fields": fields.collect::<serde_json::Map<_, _>>(),
            "minzoom": layer.zooms().0.max(first),
            "maxzoom": layer.zooms().1.min(last),
        })
    });
    let mut metadata = serde_json::json!({
        "name": about.set.name(),
        "description": about.description,
        "type": "overlay",
        "vector_layers": layers.collect::<Vec<_>>(),
        "synthetic": about.synthetic,
    });
    if let Some(attribution) = about.set.attribution() {
        metadata["attribution"] = attribution.into();
    }
    metadata
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tile(z: u64, x: u64, y: u64) -> TileCoord {
        TileCoord::new(z, x, y).expect("a tile")
    }

    #[test]
    fn numbers_are_those_of_the_specification() {
        let numbers = [
            (tile(0, 0, 0), 0),
            (tile(1, 0, 0), 1),
            (tile(1, 0, 1), 2),
            (tile(1, 1, 1), 3),
            (tile(1, 1, 0), 4),
            (tile(2, 0, 0), 5),
            (tile(12, 3423, 1763), 19_078_479),
        ];
        for (tile, number) in numbers {
            assert_eq!(number_of(tile), number, "{tile:?}");
        }
    }

    proptest! {
        #[test]
        fn neighbours_in_number_are_neighbours_on_the_map(zoom in 1..=6_u64, skip in 0..4000_u64) {
            let side = 1 << zoom;
            let all = (0..side).flat_map(|x| (0..side).map(move |y| tile(zoom, x, y)));
            let mut all: Vec<TileCoord> = all.collect();
            all.sort_by_key(|tile| number_of(*tile));
            let at = (skip % (all.len() as u64 - 1)) as usize;
            let apart = all[at].col().abs_diff(all[at + 1].col())
                + all[at].row().abs_diff(all[at + 1].row());
            prop_assert_eq!(apart, 1);
            prop_assert_eq!(number_of(all[at]) + 1, number_of(all[at + 1]));
        }
    }

    #[test]
    fn a_root_that_would_be_too_long_leads_to_leaves() {
        let entry = |i: u64| Entry {
            number: i * i,
            run: 1,
            offset: i * 7919 % 100_003,
            length: (i * 31 % 977) as u32 + 1,
        };
        let entries: Vec<Entry> = (0..20_000).map(entry).collect();
        let (root, leaves) = directories(&entries, ROOT_END - HEAD_BYTES);
        assert!(root.len() <= ROOT_END - HEAD_BYTES && !leaves.is_empty());
        let (root, leaves) = directories(&entries, 60);
        assert!(root.len() <= 60 && !leaves.is_empty());
        let (_, leaves) = directories(&entries[..100], ROOT_END - HEAD_BYTES);
        assert_eq!(leaves, [] as [u8; 0]);
    }
}
