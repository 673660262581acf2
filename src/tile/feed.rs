//! What became different between two states of the map: tiles by layer and zoom, for those who
//! have drawn the earlier one.

use super::layer::TileLayer;
use super::matrix::{EXTENT_BITS, TileCoord, TileMatrixSet};
use super::touched::put_together;
use crate::cadastre::{Day, Revision};
use crate::crs::{Transforms, WorldBox};
use std::collections::VecDeque;

/// States that are kept.
const STATES_KEPT: usize = 1 << 10;
/// Boxes that are kept over all states.
const BOXES_KEPT: usize = 1 << 16;
/// Boxes of one layer in one answer; more are put together.
const BOXES_ANSWERED: usize = 256;
/// Layers that have boxes of their own: labels differ where parcels do.
const KINDS: usize = 6;

/// A state of the map.
pub type MapState = (Revision, Day);

/// Where the map differs, in cells, by layer.
#[derive(Debug, Clone, Default)]
pub struct Touched([Vec<WorldBox>; KINDS]);

/// Tiles of one matrix side by side, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TileRange {
    /// Matrix; in WebMercatorQuad the zoom.
    pub matrix: u8,
    /// Columns, from the west.
    pub columns: [u32; 2],
    /// Rows, from the north.
    pub rows: [u32; 2],
}

/// What happened since a state.
#[derive(Debug, Clone)]
pub enum Since {
    /// So far back is not known any more.
    Gone,
    /// Nothing.
    Same,
    /// The newest state, and where it differs.
    Changed(MapState, Touched),
}

const fn kind(layer: TileLayer) -> usize {
    match layer {
        TileLayer::Parcels | TileLayer::Labels => 0,
        TileLayer::Blocks => 1,
        TileLayer::Zones => 2,
        TileLayer::Restrictions => 3,
        TileLayer::Roads => 4,
        TileLayer::Wards => 5,
    }
}

impl Touched {
    /// Adds boxes of a layer.
    pub(super) fn add(&mut self, layer: TileLayer, boxes: impl IntoIterator<Item = WorldBox>) {
        self.0[kind(layer)].extend(boxes);
    }

    fn extend(&mut self, other: &Self) {
        for (all, more) in self.0.iter_mut().zip(&other.0) {
            all.extend(more);
        }
    }

    fn put_together(&mut self, most: usize) {
        for boxes in &mut self.0 {
            *boxes = put_together(std::mem::take(boxes), most);
        }
    }

    fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// Whether a layer may differ on a tile that shows so much of the world grid, as
    /// [`TileCoord::on_world`] tells.
    pub fn meets(&self, layer: TileLayer, tile: TileCoord, shown: &WorldBox) -> bool {
        layer.is_drawn_at(tile) && self.0[kind(layer)].iter().any(|b| b.intersects(shown))
    }

    /// The tiles of a set on which a layer may differ: those that show, with their margin, a part
    /// of the box around what came, went or changed.
    pub fn tiles(
        &self,
        layer: TileLayer,
        of: TileMatrixSet,
        transforms: &Transforms,
    ) -> Vec<TileRange> {
        let (first, last) = layer.matrices(of);
        let boxes = self.0[kind(layer)].iter();
        let boxes: Vec<WorldBox> = boxes.map(|b| of.cells_around(b, transforms)).collect();
        let ranges = (first..=last).flat_map(|matrix| {
            boxes.iter().map(move |b| TileRange {
                matrix,
                columns: span(of, matrix, b.min[0], b.max[0]),
                rows: span(of, matrix, b.min[1], b.max[1]),
            })
        });
        let mut ranges: Vec<TileRange> = ranges.collect();
        ranges.sort_unstable();
        ranges.dedup();
        ranges
    }
}

/// First and last tile of a matrix that show cells between two, in one direction.
fn span(of: TileMatrixSet, matrix: u8, low: i64, high: i64) -> [u32; 2] {
    let bits = of.unit_bits(matrix) + EXTENT_BITS;
    let last = (1_i64 << matrix) - 1;
    let shows = |tile: i64, at: i64| {
        let tile = TileCoord::on(of, u64::from(matrix), tile as u64, 0);
        tile.is_ok_and(|tile| {
            let cells = tile.cells();
            (cells.min[0]..=cells.max[0]).contains(&at)
        })
    };
    // The margin is less than half a tile.
    let around = |at: i64| (at >> bits).clamp(0, last);
    let (from, to) = (around(low), around(high));
    let from = if from > 0 && shows(from - 1, low) {
        from - 1
    } else {
        from
    };
    let to = if to < last && shows(to + 1, high) {
        to + 1
    } else {
        to
    };
    [from as u32, to as u32]
}

/// The last states of the map and what lies between them.
#[derive(Debug, Default)]
pub(super) struct Feed {
    states: VecDeque<MapState>,
    /// What makes each state of the one before it; one less than there are states.
    steps: VecDeque<Touched>,
    boxes: usize,
}

impl Feed {
    /// The newest state.
    pub(super) fn newest(&self) -> Option<MapState> {
        self.states.back().copied()
    }

    /// Begins anew with a state of which nothing leads back.
    pub(super) fn begin(&mut self, state: MapState) {
        *self = Self::default();
        self.states.push_back(state);
    }

    /// Adds the next state.
    pub(super) fn push(&mut self, state: MapState, touched: Touched) {
        self.boxes += touched.len();
        self.states.push_back(state);
        self.steps.push_back(touched);
        while self.states.len() > STATES_KEPT || (self.boxes > BOXES_KEPT && self.steps.len() > 1) {
            self.states.pop_front();
            self.boxes -= self.steps.pop_front().map_or(0, |step| step.len());
        }
    }

    /// The steps after a state; nothing when it is older than all that are kept.
    fn after(&self, (revision, day): MapState) -> Option<impl Iterator<Item = &Touched>> {
        let later = |state: &MapState| *state > (revision, day);
        let place = self.states.partition_point(|state| !later(state));
        Some(self.steps.range(place.checked_sub(1)?..))
    }

    /// What happened since a state.
    pub(super) fn since(&self, state: MapState) -> Since {
        let (Some(newest), Some(steps)) = (self.newest(), self.after(state)) else {
            return Since::Gone;
        };
        if newest <= state {
            return Since::Same;
        }
        let mut all = Touched::default();
        steps.for_each(|step| all.extend(step));
        all.put_together(BOXES_ANSWERED);
        Since::Changed(newest, all)
    }

    /// Whether a tile with these layers is the same in two states, as far as is known.
    pub(super) fn is_same(
        &self,
        layers: &[TileLayer],
        (tile, shown): (TileCoord, &WorldBox),
        earlier: MapState,
        later: MapState,
    ) -> bool {
        if earlier == later {
            return true;
        }
        let known = self.states.contains(&earlier) && self.states.contains(&later);
        let steps = self.after(earlier).zip(self.after(later));
        let Some((from, beyond)) = steps.filter(|_| known && earlier < later) else {
            return false;
        };
        let between = self.steps.len().saturating_sub(beyond.count());
        let from: Vec<&Touched> = from.collect();
        let first = self.steps.len() - from.len();
        let mut between = from.into_iter().take(between - first);
        between.all(|step| layers.iter().all(|layer| !step.meets(*layer, tile, shown)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Planes;

    fn one(cell: i64) -> Touched {
        let mut touched = Touched::default();
        let at = WorldBox {
            min: [cell, cell],
            max: [cell + 10, cell + 10],
        };
        touched.add(TileLayer::Parcels, [at]);
        touched
    }

    #[test]
    fn what_is_too_old_is_gone_and_what_is_newest_is_the_same() {
        let state = |revision| (Revision(revision), Day(9));
        let mut feed = Feed::default();
        assert!(matches!(feed.since(state(1)), Since::Gone));
        feed.begin(state(5));
        feed.push(state(7), one(0));
        assert!(matches!(feed.since(state(4)), Since::Gone));
        assert!(matches!(feed.since(state(7)), Since::Same));
        for early in [5, 6] {
            let Since::Changed(newest, touched) = feed.since(state(early)) else {
                unreachable!("an edit since {early}");
            };
            assert_eq!((newest, touched.len()), (state(7), 1));
        }
        feed.push((Revision(7), Day(10)), one(1 << 30));
        assert!(matches!(feed.since(state(7)), Since::Changed(..)));
    }

    #[test]
    fn a_tile_is_the_same_until_a_step_meets_it() {
        let state = |revision| (Revision(revision), Day(9));
        let mut feed = Feed::default();
        feed.begin(state(1));
        feed.push(state(2), one(1 << 30));
        feed.push(state(3), one(0));
        let tile = TileCoord::new(16, 0, 0).expect("a tile");
        let layers = [TileLayer::Parcels];
        let shown = tile.cells();
        let tile = (tile, &shown);
        assert!(feed.is_same(&layers, tile, state(1), state(2)));
        assert!(!feed.is_same(&layers, tile, state(2), state(3)));
        assert!(!feed.is_same(&layers, tile, state(1), state(3)));
        assert!(!feed.is_same(&layers, tile, state(2), state(1)));
        assert!(feed.is_same(&[TileLayer::Zones], tile, state(1), state(3)));
    }

    #[test]
    fn a_box_beside_the_border_of_a_tile_is_shown_in_the_margin_of_its_neighbour() {
        let mut touched = Touched::default();
        let border = 5_i64 << (32 - 16);
        let at = WorldBox {
            min: [border + 100, border + 40_000],
            max: [border + 200, border + 40_100],
        };
        touched.add(TileLayer::Parcels, [at]);
        let planes = Planes::load(include_str!("../../data/planes.toml")).expect("the city's file");
        let transforms = Transforms::new(&planes).expect("PROJ knows the systems");
        let set = TileMatrixSet::WebMercatorQuad;
        let ranges = touched.tiles(TileLayer::Parcels, set, &transforms);
        let at_16: Vec<&TileRange> = ranges.iter().filter(|r| r.matrix == 16).collect();
        assert_eq!(
            (at_16.len(), at_16[0].columns, at_16[0].rows),
            (1, [4, 5], [5, 5])
        );
    }
}
