//! The layer of blocks: parcels that share boundaries as one shape, with their number and area.

use super::chains::Cell;
use super::dissolve::{Groups, Part, dissolve};
use super::layer::{GENERALISED, TileField};
use super::mvt::{LayerWriter, Value};
use super::sketch::{Figure, Sketch, Subject};
use crate::cadastre::Day;
use crate::crs::{Transforms, WorldBox};
use crate::land::{Land, Lot, LotPart};
use std::collections::{BTreeMap, HashSet};

/// First and last zoom at which blocks stand for parcels.
pub(super) const ZOOMS: (u8, u8) = (11, 14);

/// A group of parcels that share boundaries.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) parcels: u32,
    /// Sum of the areas measured on each parcel's own plane.
    twice_mm2: i128,
}

impl Subject for Block {
    const FIELDS: &'static [TileField] = &[
        TileField {
            name: "parcels",
            meaning: "Number of parcels",
        },
        TileField {
            name: "area_m2",
            meaning: "Sum of their measured areas, in whole square metres",
        },
        GENERALISED,
    ];

    // Beyond their zooms there are the parcels themselves.
    const ALWAYS_GENERALISED: bool = true;

    fn id(&self) -> Option<u64> {
        None
    }

    fn is_drawn(&self, _: Day, _: u8) -> bool {
        // Blocks are made for one day and are drawn at their zooms only.
        true
    }

    fn tag(&self, layer: &mut LayerWriter) {
        let area = u64::try_from((self.twice_mm2 + 1_000_000) / 2_000_000);
        layer.tag_shared(0, Value::Whole(u64::from(self.parcels)));
        layer.tag_shared(1, Value::Whole(area.unwrap_or(0)));
    }
}

/// All blocks of a day.
pub(super) fn sketch(land: &Land, date: Day) -> Sketch<Block> {
    let transforms = &land.city().transforms;
    sketch_of(land.lots_in_parts(date, |lots: LotPart<'_>| {
        let mut part = Part::default();
        lots.each(|lot| add(&mut part, lot, transforms));
        part.reduce();
        part
    }))
}

/// The blocks of a day of all parcels that meet a box of cells, and perhaps of a few around it:
/// whole where no parcel of theirs reaches out of the box.
pub(super) fn sketch_in(land: &Land, date: Day, cells: &WorldBox) -> Sketch<Block> {
    let transforms = &land.city().transforms;
    let mut part = Part::default();
    for plane in land.city().planes.iter() {
        let world = transforms.world(plane.epsg);
        if let Some(window) = world.and_then(|world| world.envelope_of(cells)) {
            land.lots_in(plane.epsg, &window, date, |lot| {
                add(&mut part, lot, transforms);
            });
        }
    }
    part.reduce();
    sketch_of(vec![part])
}

fn sketch_of(parts: Vec<Part>) -> Sketch<Block> {
    let dissolved = dissolve(parts);
    let mut groups = dissolved.groups;
    let mut rings = dissolved.rings;
    straighten(&mut rings);
    let mut blocks: BTreeMap<u32, Vec<Vec<Cell>>> = BTreeMap::new();
    for (owner, ring) in rings {
        blocks.entry(owner).or_default().push(ring);
    }
    let blocks = blocks.into_iter();
    let figures = blocks.map(|(owner, rings)| (block(&mut groups, owner), figure(rings)));
    Sketch::new(figures, ZOOMS.1)
}

fn block(groups: &mut Groups, owner: u32) -> Block {
    let sum = groups.sum(owner);
    Block {
        parcels: sum.parcels,
        twice_mm2: sum.twice_mm2,
    }
}

/// Adds a parcel, on cells of the world grid.
fn add(part: &mut Part, lot: &Lot<'_>, transforms: &Transforms) {
    let Some(world) = transforms.world(lot.plane) else {
        return;
    };
    let mut placing = world.placing();
    let mut twice_mm2 = 0;
    let mut rings = Vec::new();
    for (opens, vertices) in lot.rings.iter() {
        let area = twice_area_mm2(vertices);
        twice_mm2 += if opens { area } else { -area };
        let cells = vertices.iter().filter_map(|v| placing.place(*v).ok());
        rings.push((opens, cells.collect()));
    }
    part.add(&rings, twice_mm2);
}

/// Twice the area of a ring on its plane, however it is turned; exact.
fn twice_area_mm2(ring: &[[i32; 2]]) -> i128 {
    let Some(&origin) = ring.first() else {
        return 0;
    };
    let off = |v: &[i32; 2], k: usize| i64::from(v[k]) - i64::from(origin[k]);
    let product = |a: i64, b: i64| i128::from(a) * i128::from(b);
    let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
    let sum = pairs.map(|(a, b)| product(off(a, 0), off(b, 1)) - product(off(b, 0), off(a, 1)));
    sum.sum::<i128>().abs()
}

/// Takes out what lies within a cell and a half of a straight line, and rings that are no wider:
/// no zoom of blocks can show it. A vertex where rings touch stays.
fn straighten(rings: &mut Vec<(u32, Vec<Cell>)>) {
    let mut all: Vec<Cell> = rings
        .iter()
        .flat_map(|(_, ring)| ring.iter().copied())
        .collect();
    all.sort_unstable();
    let touched = all.windows(2).filter(|pair| pair[0] == pair[1]);
    let touched: HashSet<Cell> = touched.map(|pair| pair[0]).collect();
    drop(all);
    for (_, ring) in rings.iter_mut() {
        let mut kept: Vec<Cell> = Vec::with_capacity(ring.len());
        for (i, &here) in ring.iter().enumerate() {
            let before = kept.last().or(ring.last()).copied().unwrap_or(here);
            let after = ring[(i + 1) % ring.len()];
            if touched.contains(&here) || !is_between(before, here, after) {
                kept.push(here);
            }
        }
        *ring = kept;
    }
    rings.retain(|(_, ring)| ring.len() > 2);
}

fn off(from: Cell, to: Cell, k: usize) -> i128 {
    i128::from(to[k]) - i128::from(from[k])
}

/// Whether a vertex lies within a cell and a half of the line between two others.
fn is_between(a: Cell, p: Cell, b: Cell) -> bool {
    let along = off(a, p, 0) * off(a, b, 0) + off(a, p, 1) * off(a, b, 1);
    let across = off(a, p, 0) * off(a, b, 1) - off(a, p, 1) * off(a, b, 0);
    let squared = off(a, b, 0).pow(2) + off(a, b, 1).pow(2);
    (0..=squared).contains(&along) && 4 * across.pow(2) <= 9 * squared
}

/// Rings as polygons: shells have positive area, and each hole follows the shell around it.
fn figure(rings: Vec<Vec<Cell>>) -> Figure {
    let positive = |ring: &Vec<Cell>| super::dissolve::twice_signed_area(ring) > 0;
    let (shells, mut holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(positive);
    let mut parts = Vec::new();
    let several = shells.len() > 1;
    for shell in shells {
        let (own, others): (Vec<_>, Vec<_>) = holes
            .into_iter()
            .partition(|hole| !several || hole.iter().all(|v| is_around(&shell, *v)));
        holes = others;
        parts.push((true, shell));
        parts.extend(own.into_iter().map(|hole| (false, hole)));
    }
    Figure::of_rings(parts)
}

/// Whether a place lies within a ring or on it.
fn is_around(ring: &[Cell], p: Cell) -> bool {
    let mut inside = false;
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let side = off(*a, *b, 0) * off(*a, p, 1) - off(*a, *b, 1) * off(*a, p, 0);
        let spans = |k: usize| (a[k].min(b[k])..=a[k].max(b[k])).contains(&p[k]);
        if side == 0 && spans(0) && spans(1) {
            return true;
        }
        if (a[1] > p[1]) != (b[1] > p[1]) && (side > 0) == (b[1] > a[1]) {
            inside = !inside;
        }
    }
    inside
}
