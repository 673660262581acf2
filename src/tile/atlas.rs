//! Rendering tiles, and the sketches that are made when a tile first needs them.

use super::block_book::BlockBook;
use super::cache::{Cache, CacheSize};
use super::canvas::Canvas;
use super::coding::Coding;
use super::feed::{Feed, MapState, Since, Touched};
use super::layer::{TileLayer, TileSet};
use super::matrix::TileCoord;
use super::mvt::LayerWriter;
use super::planned::Planned;
use super::shelf::{DrawnOf, Place, Shelf, Shelved};
use super::sketch::Rings;
use super::tags::{Tags, tag_of};
use super::touched::{self, Steps};
use super::{held, labels, parcels};
use crate::cadastre::{Day, Revision};
use crate::land::{Changes, Land, PlanState};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock};

/// Days and revisions whose blocks are kept.
const BLOCKS_KEPT: usize = 4;
/// States of the register from which tiles on the shelf are taken.
const STATES_KNOWN: usize = 1 << 10;

/// Something that is made once, by whoever needs it first; others wait for it.
type Once<T> = Arc<OnceLock<Arc<T>>>;
/// The blocks of a state of the register on a day.
type BlocksOf = ((Revision, Day), Arc<BlockBook>);
/// What the map of a state is drawn from, beside the land.
type DrawnFrom = (MapState, Arc<Planned>, Arc<BlockBook>);

/// A tile as it is sent.
#[derive(Debug, Clone)]
pub struct Tile {
    /// Mapbox Vector Tile 2.1 in the coding asked for. Empty when there is nothing to draw.
    pub bytes: Arc<[u8]>,
    /// The same for as long as the tile is, in every coding.
    pub tag: u64,
}

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
    /// What the newest state of the feed is drawn from.
    drawn: Mutex<Option<DrawnFrom>>,
    feed: Mutex<Feed>,
    tags: Tags,
    cache: Cache,
    shelf: Option<Shelf>,
    /// What the feed has gone through, the newest last.
    gone_through: Mutex<VecDeque<DrawnOf>>,
}

impl Atlas {
    /// An atlas that keeps so many bytes of tiles as they are sent, and what it renders on a shelf.
    pub fn keeping(bytes: u64, shelf: Option<Shelf>) -> Self {
        Self {
            cache: Cache::new(bytes),
            shelf,
            ..Self::default()
        }
    }

    /// What is kept as it is sent.
    pub fn cached(&self) -> CacheSize {
        self.cache.size()
    }

    /// A tile as it was sent before, by the tag that [`Atlas::known_tag`] gives it now.
    pub fn cached_tile(
        &self,
        set: TileSet,
        tile: TileCoord,
        tag: u64,
        coding: Coding,
    ) -> Option<Tile> {
        let bytes = self.cache.find(set, tile, tag, coding)?;
        Some(Tile { bytes, tag })
    }

    /// A tile for a day in a coding; asked for by many at once, it is rendered once.
    pub fn tile(
        &self,
        land: &Land,
        date: Day,
        set: TileSet,
        tile: TileCoord,
        coding: Coding,
    ) -> Tile {
        let _turn = self.cache.turn(set, tile);
        let known = self.known_tag(land, date, set, tile);
        if let Some(kept) = known.and_then(|tag| self.cached_tile(set, tile, tag, coding)) {
            return kept;
        }
        let place = Place { set, tile, coding };
        if let Some(tile) = self.shelved_tile(land, date, &place) {
            return tile;
        }
        let (bytes, tag) = self.render_tagged(land, date, set, tile);
        let bytes = match coding {
            Coding::Identity => bytes,
            _ => coding.encode(&bytes),
        };
        let bytes = self.cache.keep(set, tile, tag, coding, bytes.into());
        let of = drawn_of(land, date);
        if let Some(shelf) = &self.shelf
            && held(&self.gone_through).back() == Some(&of)
        {
            let bytes = Arc::clone(&bytes);
            shelf.put_later(place, Shelved { of, tag, bytes });
        }
        Tile { bytes, tag }
    }

    /// A tile that lies on the shelf and has not been met by an edit since it was drawn.
    fn shelved_tile(&self, land: &Land, date: Day, place: &Place) -> Option<Tile> {
        let Shelved { of, tag, bytes } = self.shelf.as_ref()?.find(place)?;
        let now = drawn_of(land, date);
        let known = of == now || held(&self.gone_through).contains(&of);
        let states = [(of.revision, of.day), (now.revision, now.day)];
        let shown = place.tile.on_world(&land.city().transforms);
        let tile = (place.tile, &shown);
        let same = held(&self.feed).is_same(place.set.layers(), tile, states[0], states[1]);
        (known && same).then(|| {
            self.tags.note(place.set, place.tile, states[1], tag);
            let bytes = self.cache.take(place, tag, bytes);
            Tile { bytes, tag }
        })
    }

    /// Renders a tile, or takes it from the shelf, and sees to it that it lies there. For
    /// somebody who renders ahead, and has brought the map to this state. Answers how many files
    /// were written.
    ///
    /// # Errors
    /// What the disk fails with.
    pub fn put_on_shelf(
        &self,
        land: &Land,
        date: Day,
        set: TileSet,
        tile: TileCoord,
        codings: &[Coding],
    ) -> std::io::Result<usize> {
        let Some(shelf) = &self.shelf else {
            return Ok(0);
        };
        let of = drawn_of(land, date);
        let mut rendered = None;
        let mut put = 0;
        for &coding in codings {
            let place = Place { set, tile, coding };
            if shelf.find(&place).is_some_and(|there| there.of == of) {
                continue;
            }
            let (bytes, tag) =
                rendered.get_or_insert_with(|| self.render_tagged(land, date, set, tile));
            let (bytes, tag) = (coding.encode(bytes).into(), *tag);
            shelf.put(&place, &Shelved { of, tag, bytes })?;
            put += 1;
        }
        Ok(put)
    }

    /// Renders a tile for a day: Mapbox Vector Tile 2.1, uncompressed. Empty when no layer has
    /// anything there.
    pub fn render(&self, land: &Land, date: Day, set: TileSet, tile: TileCoord) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut writer = LayerWriter::default();
        let canvas = &Canvas::of(tile, &land.city().transforms);
        let drawn = set.layers().iter().filter(|layer| layer.is_drawn_at(tile));
        for &layer in drawn {
            match layer {
                TileLayer::Parcels => parcels::draw(land, date, canvas, &mut writer),
                TileLayer::Labels => labels::draw(land, date, canvas, &mut writer),
                TileLayer::Blocks => self.blocks(land, date).draw(date, canvas, &mut writer),
                TileLayer::Zones => self.planned(land).zones.draw(date, canvas, &mut writer),
                TileLayer::Roads => self.planned(land).roads.draw(date, canvas, &mut writer),
                TileLayer::Wards => self.planned(land).wards.draw(date, canvas, &mut writer),
                TileLayer::Restrictions => {
                    let planned = self.planned(land);
                    planned.restrictions.draw(date, canvas, &mut writer);
                }
            }
            writer.end(layer.name(), &mut bytes);
        }
        bytes
    }

    /// The shapes of a layer of areas as a zoom keeps them, before they come to a tile's grid.
    pub fn rings_at(&self, land: &Land, date: Day, layer: TileLayer, zoom: u8) -> Vec<Rings> {
        match layer {
            TileLayer::Parcels => parcels::rings(land, date),
            TileLayer::Blocks => BlockBook::of(land, date).rings_at(zoom),
            TileLayer::Zones => self.planned(land).zones.rings_at(zoom),
            TileLayer::Wards => self.planned(land).wards.rings_at(zoom),
            TileLayer::Roads => self.planned(land).roads.rings_at(zoom),
            TileLayer::Restrictions | TileLayer::Labels => Vec::new(),
        }
    }

    /// Renders a tile, and its tag: the same for as long as its bytes are.
    pub fn render_tagged(
        &self,
        land: &Land,
        date: Day,
        set: TileSet,
        tile: TileCoord,
    ) -> (Vec<u8>, u64) {
        let bytes = self.render(land, date, set, tile);
        let tag = tag_of(&bytes);
        self.tags.note(set, tile, (land.revision(), date), tag);
        (bytes, tag)
    }

    /// The tag of a tile, when it is known without rendering it: it was rendered before, and no
    /// edit since has met it.
    pub fn known_tag(&self, land: &Land, date: Day, set: TileSet, tile: TileCoord) -> Option<u64> {
        let state = (land.revision(), date);
        let (earlier, tag) = self.tags.find(set, tile)?;
        if earlier == state {
            return Some(tag);
        }
        let shown = tile.on_world(&land.city().transforms);
        let same = held(&self.feed).is_same(set.layers(), (tile, &shown), earlier, state);
        same.then(|| {
            self.tags.note(set, tile, state, tag);
            tag
        })
    }

    /// What happened to the map since a state.
    pub fn since(&self, state: MapState) -> Since {
        held(&self.feed).since(state)
    }

    /// The newest state that [`Atlas::since`] knows.
    pub fn newest(&self) -> Option<MapState> {
        held(&self.feed).newest()
    }

    /// Goes on to a later state of the map: makes what its tiles need beside the land, and finds
    /// out where it differs. Costs the city at first, then in proportion to the edits, or to the
    /// planning features when one of these is edited. For one thread.
    pub fn advance(&self, land: &Land, date: Day) {
        let (state, of) = ((land.revision(), date), drawn_of(land, date));
        if let Some(day) = self.day_on_shelf(&of) {
            // What was drawn before the turn of the day is asked what the turn has met.
            self.advance(land, day);
        }
        self.go_through(of);
        let (planned, blocks) = (self.planned(land), self.blocks(land, date));
        let before = held(&self.drawn).replace((state, Arc::clone(&planned), Arc::clone(&blocks)));
        let Some(((revision, day), planned_before, blocks_before)) = before else {
            held(&self.feed).begin(state);
            return;
        };
        if (revision, day) == state {
            return;
        }
        let known = held(&self.steps).between(revision, state.0);
        // A clock that was put back has no way from the state before.
        let Some(parcels) = known.filter(|_| (revision, day) < state) else {
            held(&self.feed).begin(state);
            return;
        };
        let mut touched = Touched::default();
        touched.add(TileLayer::Parcels, parcels);
        touched.add(TileLayer::Blocks, blocks.differing(&blocks_before));
        if !Arc::ptr_eq(&planned, &planned_before) {
            planned.note_differing(&planned_before, &mut touched);
        }
        if day != date {
            let turning = land.turning(day.min(date), day.max(date));
            let boxes = touched::of_turning(&turning, &land.city().transforms);
            touched.add(TileLayer::Parcels, boxes);
            planned.note_turning(day, date, &mut touched);
        }
        held(&self.feed).push(state, touched);
    }

    /// At the start, an earlier day of the same state to which tiles on the shelf belong.
    fn day_on_shelf(&self, of: &DrawnOf) -> Option<Day> {
        let started = held(&self.drawn).is_none();
        let day = self.shelf.as_ref().filter(|_| started)?.last_day(of)?;
        (day < of.day).then_some(day)
    }

    fn go_through(&self, of: DrawnOf) {
        let mut states = held(&self.gone_through);
        if states.back() == Some(&of) {
            return;
        }
        states.push_back(of);
        if states.len() > STATES_KNOWN {
            states.pop_front();
        }
        if let Some(shelf) = &self.shelf {
            shelf.note_day(of);
        }
    }

    fn planned(&self, land: &Land) -> Arc<Planned> {
        let state = land.plan_state();
        let slot = {
            let mut kept = held(&self.planned);
            match &*kept {
                Some((of, slot)) if *of == state => Arc::clone(slot),
                _ => Arc::clone(&kept.insert((state, Once::default())).1),
            }
        };
        Arc::clone(slot.get_or_init(|| Arc::new(Planned::of(land))))
    }

    /// Notes what makes the next land of one, so that only that has to be drawn anew. Comes before
    /// the first tile of the next land.
    pub fn note(&self, before: &Land, changes: &Changes) {
        held(&self.steps).note(before, changes);
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

fn drawn_of(land: &Land, day: Day) -> DrawnOf {
    DrawnOf {
        revision: land.revision(),
        recorded_at: land.recorded_at(),
        day,
    }
}
