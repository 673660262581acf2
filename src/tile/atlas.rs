//! Rendering tiles, and the sketches that are made when a tile first needs them.

use super::blocks::{self, Block};
use super::layer::{TileLayer, TileSet};
use super::matrix::TileCoord;
use super::mvt::LayerWriter;
use super::planned::Planned;
use super::sketch::Sketch;
use super::{labels, parcels};
use crate::cadastre::{Day, Revision};
use crate::land::{Land, PlanState};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Days and revisions whose blocks are kept.
const BLOCKS_KEPT: usize = 4;

/// Something that is made once, by whoever needs it first; others wait for it.
type Once<T> = Arc<OnceLock<T>>;
/// The blocks of a state of the register on a day.
type BlocksOf = ((Revision, Day), Once<Sketch<Block>>);

/// Sketches for tiles: of plans for as long as they are the same, of blocks for a few days and
/// revisions. Parcels need none.
#[derive(Debug, Default)]
pub struct Atlas {
    planned: Mutex<Option<(PlanState, Once<Planned>)>>,
    /// The one asked for last comes last.
    blocks: Mutex<Vec<BlocksOf>>,
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
                TileLayer::Blocks => self.blocks(land, date, |b| b.draw(date, tile, &mut writer)),
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
            let mut kept = self.planned.lock().unwrap_or_else(PoisonError::into_inner);
            match &*kept {
                Some((of, slot)) if *of == state => Arc::clone(slot),
                _ => Arc::clone(&kept.insert((state, Once::default())).1),
            }
        };
        draw(slot.get_or_init(|| Planned::of(land)));
    }

    fn blocks(&self, land: &Land, date: Day, draw: impl FnOnce(&Sketch<Block>)) {
        let key = (land.revision(), date);
        let slot = {
            let mut kept = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
            let slot = match kept.iter().position(|(of, _)| *of == key) {
                Some(place) => kept.remove(place).1,
                None => Once::default(),
            };
            kept.push((key, Arc::clone(&slot)));
            if kept.len() > BLOCKS_KEPT {
                kept.remove(0);
            }
            slot
        };
        draw(slot.get_or_init(|| blocks::sketch(land, date)));
    }
}
