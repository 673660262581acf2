//! Rendering tiles, and the sketches that are made when a tile first needs them.

use super::block_book::BlockBook;
use super::layer::{TileLayer, TileSet};
use super::matrix::TileCoord;
use super::mvt::LayerWriter;
use super::planned::Planned;
use super::touched::{self, Steps};
use super::{labels, parcels};
use crate::cadastre::{Day, Revision};
use crate::land::{Changes, Land, PlanState};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Days and revisions whose blocks are kept.
const BLOCKS_KEPT: usize = 4;

/// Something that is made once, by whoever needs it first; others wait for it.
type Once<T> = Arc<OnceLock<T>>;
/// The blocks of a state of the register on a day.
type BlocksOf = ((Revision, Day), Arc<BlockBook>);

/// Sketches for tiles: of plans for as long as they are the same, of blocks for a few days and
/// revisions. Parcels need none.
#[derive(Debug, Default)]
pub struct Atlas {
    planned: Mutex<Option<(PlanState, Once<Planned>)>>,
    /// The one asked for last comes last.
    blocks: Mutex<Vec<BlocksOf>>,
    /// Blocks of a day are made by one thread at a time; days share these turns.
    turns: [Mutex<()>; BLOCKS_KEPT],
    steps: Mutex<Steps>,
}

impl Atlas {
    /// Renders a tile for a day: Mapbox Vector Tile 2.1, uncompressed. Empty when no layer has
    /// anything there.
    pub fn render(&self, land: &Land, date: Day, set: TileSet, tile: TileCoord) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut writer = LayerWriter::default();
        let drawn = set.layers().iter().filter(|layer| layer.is_drawn_at(tile));
        for &layer in drawn {
            match layer {
                TileLayer::Parcels => parcels::draw(land, date, tile, &mut writer),
                TileLayer::Labels => labels::draw(land, date, tile, &mut writer),
                TileLayer::Blocks => self.blocks(land, date).draw(date, tile, &mut writer),
                TileLayer::Zones => self.planned(land, |p| p.zones.draw(date, tile, &mut writer)),
                TileLayer::Roads => self.planned(land, |p| p.roads.draw(date, tile, &mut writer)),
                TileLayer::Wards => self.planned(land, |p| p.wards.draw(date, tile, &mut writer)),
                TileLayer::Restrictions => {
                    self.planned(land, |p| p.restrictions.draw(date, tile, &mut writer));
                }
            }
            writer.end(layer.name(), &mut bytes);
        }
        bytes
    }

    fn planned(&self, land: &Land, draw: impl FnOnce(&Planned)) {
        let state = land.plan_state();
        let slot = {
            let mut kept = held(&self.planned);
            match &*kept {
                Some((of, slot)) if *of == state => Arc::clone(slot),
                _ => Arc::clone(&kept.insert((state, Once::default())).1),
            }
        };
        draw(slot.get_or_init(|| Planned::of(land)));
    }

    /// Notes what makes the next land of one, so that only that has to be drawn anew. Comes before
    /// the first tile of the next land.
    pub fn note(&self, before: &Land, changes: &Changes) {
        held(&self.steps).note(before, changes);
    }

    /// Makes what the tiles of a day need beside the land, so that the first of them does not wait.
    pub fn prepare(&self, land: &Land, date: Day) {
        self.planned(land, |_| {});
        self.blocks(land, date);
    }

    /// The blocks of a day: as they are kept, or from those nearest to them, or all anew.
    fn blocks(&self, land: &Land, date: Day) -> Arc<BlockBook> {
        let key = (land.revision(), date);
        if let Some(book) = self.kept_blocks(key) {
            return book;
        }
        let _turn = held(&self.turns[date.0.unsigned_abs() as usize % BLOCKS_KEPT]);
        if let Some(book) = self.kept_blocks(key) {
            return book;
        }
        let nearest = {
            let kept = held(&self.blocks);
            let off = |of: &(Revision, Day)| (of.1.0.abs_diff(date.0), of.0.0.abs_diff(key.0.0));
            kept.iter().min_by_key(|(of, _)| off(of)).cloned()
        };
        let book = nearest.and_then(|((revision, day), book)| {
            let mut touched = held(&self.steps).between(revision, key.0)?;
            if day != date {
                let turning = land.turning(day.min(date), day.max(date));
                touched.extend(touched::of_turning(&turning, &land.city().transforms));
            }
            Some(book.with(land, date, &touched))
        });
        let book = Arc::new(book.unwrap_or_else(|| BlockBook::of(land, date)));
        let mut kept = held(&self.blocks);
        kept.push((key, Arc::clone(&book)));
        if kept.len() > BLOCKS_KEPT {
            kept.remove(0);
        }
        book
    }

    fn kept_blocks(&self, key: (Revision, Day)) -> Option<Arc<BlockBook>> {
        let mut kept = held(&self.blocks);
        let place = kept.iter().position(|(of, _)| *of == key)?;
        let found = kept.remove(place);
        let book = Arc::clone(&found.1);
        kept.push(found);
        Some(book)
    }
}

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
