//! The blocks of a day as edits leave them: only those that an edit reaches are dissolved anew.
//!
//! An outline depends on what lies within its envelope and on nothing else. So the blocks whose
//! envelopes meet what was edited are taken out, and the parcels on their ground are dissolved
//! again, together with the blocks around them, which decide what is a node and what is in the
//! way. What then lies within the ground of the edit takes the place of what lay there; what
//! reaches out of it stays as it was.

use super::blocks::{self, Block};
use super::canvas::{Canvas, Drawing};
use super::mvt::LayerWriter;
use super::sketch::{Drawn, Rings, Sketch, Subject, cells, differing, window};
use crate::cadastre::Day;
use crate::crs::WorldBox;
use crate::geometry::{Envelope, Point};
use crate::land::Land;
use rayon::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// How far around an edit blocks may feel it, in units of the index's grid of four cells: 0.6 m,
/// many times what snapping and straightening move.
const REACH: i32 = 16;
/// Of this share of all parcels on, everything is dissolved anew: on all cores that is quicker.
const SHARE: u64 = 3;
/// Blocks beside the base from which on both are put together.
const BESIDE_MAX: usize = 1 << 14;

/// The blocks of a day; it never changes.
#[derive(Debug)]
pub(super) struct BlockBook {
    base: Arc<Sketch<Block>>,
    /// Parcels in all blocks of the base.
    parcels: u64,
    /// Blocks of the base that are no more.
    replaced: HashSet<u32>,
    /// Blocks that came since.
    beside: Sketch<Block>,
}

impl BlockBook {
    /// Dissolves all parcels of a day.
    pub(super) fn of(land: &Land, date: Day) -> Self {
        Self::on(blocks::sketch(land, date))
    }

    fn on(base: Sketch<Block>) -> Self {
        let all = 0..base.len() as u32;
        Self {
            parcels: all.map(|i| u64::from(base.subject(i).parcels)).sum(),
            base: Arc::new(base),
            replaced: HashSet::new(),
            beside: Sketch::of(Vec::new()),
        }
    }

    /// The blocks of another land or day: what differs between the two lies in these boxes.
    pub(super) fn with(&self, land: &Land, date: Day, touched: &[WorldBox]) -> Self {
        let grounds = self.grounds(touched);
        if self.parcels_on(&grounds) * SHARE > self.parcels {
            return Self::of(land, date);
        }
        let dissolved = grounds.par_iter().flat_map_iter(|ground| {
            let local = blocks::sketch_in(land, date, &cells(&grown(&ground.around)));
            let blocks: Vec<_> = local.shapes().collect();
            let blocks = blocks.into_iter();
            blocks.filter(|block| is_within(&block.envelope, &ground.own))
        });
        let mut beside: Vec<Drawn<Block>> = dissolved.collect();
        let stays = |sketch: &Sketch<Block>, i: u32| {
            let envelope = sketch.envelope(i);
            envelope.is_some_and(|e| grounds.iter().all(|ground| !is_within(&e, &ground.own)))
        };
        let before = 0..self.beside.len() as u32;
        let before = before.filter(|&i| stays(&self.beside, i));
        beside.extend(before.filter_map(|i| self.beside.shape(i)));
        let mut replaced = self.replaced.clone();
        for ground in &grounds {
            self.base.search(&ground.own, |i| {
                if !stays(&self.base, i) {
                    replaced.insert(i);
                }
            });
        }
        if beside.len() > BESIDE_MAX {
            let base = (0..self.base.len() as u32).filter(|i| !replaced.contains(i));
            beside.extend(base.filter_map(|i| self.base.shape(i)));
            return Self::on(Sketch::of(beside));
        }
        Self {
            base: Arc::clone(&self.base),
            parcels: self.parcels,
            replaced,
            beside: Sketch::of(beside),
        }
    }

    /// As [`Sketch::rings_at`]; for blocks that were all dissolved together.
    pub(super) fn rings_at(&self, zoom: u8) -> Vec<Rings> {
        self.base.rings_at(zoom)
    }

    /// Where the blocks differ from others.
    pub(super) fn differing(&self, other: &Self) -> Vec<WorldBox> {
        let only_in = |own: &Self, other: &Self| {
            let same = Arc::ptr_eq(&own.base, &other.base);
            let base = (0..own.base.len() as u32).filter(|i| !own.replaced.contains(i));
            let base = base.filter(|i| !same || other.replaced.contains(i));
            let mut shapes: Vec<_> = base.filter_map(|i| own.base.shape(i)).collect();
            shapes.extend(own.beside.shapes());
            shapes
        };
        differing(only_in(self, other), only_in(other, self))
    }

    /// Draws the blocks on a tile, in the order of their places.
    pub(super) fn draw(&self, date: Day, canvas: &Canvas<'_>, layer: &mut LayerWriter) {
        layer.begin(Block::FIELDS);
        let Some(window) = canvas.window() else {
            return;
        };
        let mut hits: Vec<(&Sketch<Block>, u32)> = Vec::new();
        self.search(&window, |sketch, i| hits.push((sketch, i)));
        hits.sort_by_cached_key(|(sketch, i)| sketch.place(*i));
        let mut drawing = Drawing::on(canvas);
        for (sketch, i) in hits {
            sketch.draw_shape(i, date, &mut drawing, layer);
        }
    }

    /// Calls with every block whose envelope meets a window.
    fn search<'a>(&'a self, window: &Envelope, mut hit: impl FnMut(&'a Sketch<Block>, u32)) {
        self.base.search(window, |i| {
            if !self.replaced.contains(&i) {
                hit(&self.base, i);
            }
        });
        self.beside.search(window, |i| hit(&self.beside, i));
    }

    /// A window grown to hold all blocks that meet it.
    fn grown_to_blocks(&self, window: &Envelope) -> Envelope {
        let mut hull = *window;
        self.search(window, |sketch, i| {
            if let Some(envelope) = sketch.envelope(i) {
                hull = united(&hull, &envelope);
            }
        });
        hull
    }

    /// Where blocks may differ; no two of these grounds meet.
    fn grounds(&self, touched: &[WorldBox]) -> Vec<Ground> {
        let mut apart: Vec<Envelope> = Vec::new();
        for touched in touched.iter().filter_map(window) {
            let mut own = self.grown_to_blocks(&grown(&touched));
            while let Some(met) = apart.iter().position(|e| e.intersects(&grown(&own))) {
                own = united(&own, &apart.swap_remove(met));
            }
            apart.push(own);
        }
        let grounds = apart.into_iter().map(|own| Ground {
            own,
            around: self.grown_to_blocks(&own),
        });
        grounds.collect()
    }

    /// Parcels in the blocks that have to be dissolved again.
    fn parcels_on(&self, grounds: &[Ground]) -> u64 {
        let mut parcels = 0;
        for ground in grounds {
            self.search(&ground.around, |sketch, i| {
                parcels += u64::from(sketch.subject(i).parcels);
            });
        }
        parcels
    }
}

/// A place where blocks may differ, on the index's own grid.
struct Ground {
    /// Every block that meets the edit lies in it.
    own: Envelope,
    /// Every block that meets `own` lies in it.
    around: Envelope,
}

fn moved(p: Point, by: i32) -> Point {
    let axis = |v: i32| (v + by).clamp(0, 1 << 30);
    Point::new(axis(p.x()), axis(p.y())).unwrap_or(p)
}

fn grown(e: &Envelope) -> Envelope {
    Envelope {
        min: moved(e.min, -REACH),
        max: moved(e.max, REACH),
    }
}

fn united(a: &Envelope, b: &Envelope) -> Envelope {
    Envelope::around([a.min, a.max, b.min, b.max]).unwrap_or(*a)
}

fn is_within(inner: &Envelope, outer: &Envelope) -> bool {
    united(inner, outer) == *outer
}
