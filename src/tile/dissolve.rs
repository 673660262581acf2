//! Parcels that share boundaries become one block: an edge that one parcel owns is its outline.
//!
//! Parcels are worked through in parts of neighbours. Within a part two parcels on both sides of
//! an edge cancel it and are joined; what is left of all parts is compared once more, with
//! vertices that lie on an edge of a neighbour put into it (T-junctions, and the border between
//! two planes). The directed edges that remain have a block to their left and nothing to their
//! right, and are walked into rings.

use super::chains::Cell;
use rayon::prelude::*;
use std::collections::HashMap;

/// Vertices nearer than this to each other, in cells, are one; a vertex that near to an edge lies
/// on it. Rounding to cells moves a vertex by 0.7, two surveys of one point may differ by 2 mm.
const NEAR: i64 = 1;

/// A directed edge with its parcel, or group of parcels, to the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) from: Cell,
    pub(super) to: Cell,
    pub(super) owner: u32,
}

impl Edge {
    /// Its ends, the smaller one first: the same for both directions.
    fn ends(&self) -> (Cell, Cell) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

/// What is summed up over the parcels of a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) parcels: u32,
    /// Twice the measured area, in mm².
    pub(super) twice_mm2: i128,
}

/// Owners that were joined.
#[derive(Debug, Default)]
pub(super) struct Groups {
    above: Vec<u32>,
    sums: Vec<Sum>,
}

impl Groups {
    /// Adds an owner of its own.
    pub(super) fn add(&mut self, sum: Sum) -> u32 {
        self.above.push(self.above.len() as u32);
        self.sums.push(sum);
        (self.above.len() - 1) as u32
    }

    /// The owner that stands for a group.
    pub(super) fn find(&mut self, owner: u32) -> u32 {
        let mut at = owner;
        while self.above[at as usize] != at {
            let above = self.above[at as usize];
            self.above[at as usize] = self.above[above as usize];
            at = above;
        }
        at
    }

    /// Joins two groups; the smaller number stands for both.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            let (low, high) = (a.min(b), a.max(b));
            self.above[high as usize] = low;
            let of_high = std::mem::take(&mut self.sums[high as usize]);
            let of_low = &mut self.sums[low as usize];
            of_low.parcels += of_high.parcels;
            of_low.twice_mm2 += of_high.twice_mm2;
        }
    }

    /// The sum over a group.
    pub(super) fn sum(&mut self, owner: u32) -> Sum {
        let root = self.find(owner);
        self.sums[root as usize]
    }

    /// Takes in another set of groups; answers what their owners are called here.
    fn append(&mut self, mut other: Self) -> impl Fn(u32) -> u32 + use<> {
        let mut roots: HashMap<u32, u32> = HashMap::new();
        for owner in 0..other.above.len() as u32 {
            if other.find(owner) == owner {
                let here = self.add(other.sums[owner as usize]);
                roots.insert(owner, here);
            }
        }
        let names: Vec<u32> = (0..other.above.len() as u32)
            .map(|owner| roots[&other.find(owner)])
            .collect();
        move |owner| names[owner as usize]
    }
}

/// Parcels of one part, reduced to the outlines of their groups.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) edges: Vec<Edge>,
    pub(super) groups: Groups,
}

impl Part {
    /// Adds a parcel: rings in cells, each with whether it opens a polygon, turned as need be.
    pub(super) fn add(&mut self, rings: &[(bool, Vec<Cell>)], twice_mm2: i128) {
        let owner = self.groups.add(Sum {
            parcels: 1,
            twice_mm2,
        });
        for (opens, ring) in rings {
            let forward = (twice_signed_area(ring) > 0) == *opens;
            let Some(mut before) = ring.last().copied() else {
                continue;
            };
            for &here in ring {
                if here != before {
                    let (from, to) = if forward {
                        (before, here)
                    } else {
                        (here, before)
                    };
                    self.edges.push(Edge { from, to, owner });
                }
                before = here;
            }
        }
    }

    /// Cancels what two parcels own and joins them.
    pub(super) fn reduce(&mut self) {
        let groups = &mut self.groups;
        cancel(&mut self.edges, |a, b| groups.join(a, b));
    }
}

/// Outlines of blocks: rings in cells with a block to their left, and whose.
pub(super) struct Dissolved {
    pub(super) rings: Vec<(u32, Vec<Cell>)>,
    pub(super) groups: Groups,
}

/// Puts reduced parts together.
pub(super) fn dissolve(parts: Vec<Part>) -> Dissolved {
    let mut groups = Groups::default();
    let mut edges = Vec::with_capacity(parts.iter().map(|p| p.edges.len()).sum());
    for part in parts {
        let name = groups.append(part.groups);
        edges.extend(part.edges.into_iter().map(|edge| Edge {
            owner: name(edge.owner),
            ..edge
        }));
    }
    cancel(&mut edges, |a, b| groups.join(a, b));
    let near = Near::of(&edges);
    let noded = edges.par_iter().fold(Vec::new, |mut noded, edge| {
        near.node(edge, &mut noded);
        noded
    });
    let mut noded: Vec<Edge> = noded.flatten().collect();
    drop(edges);
    cancel(&mut noded, |a, b| groups.join(a, b));
    for edge in &mut noded {
        edge.owner = groups.find(edge.owner);
    }
    let rings = walk(noded);
    Dissolved { rings, groups }
}

/// Twice the signed area of a ring in cells.
pub(super) fn twice_signed_area(ring: &[Cell]) -> i128 {
    let Some(&origin) = ring.first() else {
        return 0;
    };
    let off = |v: &Cell, k: usize| i128::from(v[k]) - i128::from(origin[k]);
    let after = ring.iter().cycle().skip(1);
    let pairs = ring.iter().zip(after);
    pairs
        .map(|(a, b)| off(a, 0) * off(b, 1) - off(b, 0) * off(a, 1))
        .sum()
}

/// Takes out each pair of edges that run against each other; owners that meet at an edge are
/// joined.
fn cancel(edges: &mut Vec<Edge>, mut join: impl FnMut(u32, u32)) {
    edges.par_sort_unstable_by_key(|edge| (edge.ends(), edge.from, edge.owner));
    let mut kept = 0;
    let mut start = 0;
    while start < edges.len() {
        let ends = edges[start].ends();
        let length = edges[start..]
            .iter()
            .take_while(|e| e.ends() == ends)
            .count();
        let same = start..start + length;
        for i in same.clone().skip(1) {
            join(edges[i - 1].owner, edges[i].owner);
        }
        let forward = edges[same.clone()]
            .iter()
            .filter(|e| e.from == ends.0)
            .count();
        // Where parcels overlap, one side has more of them than the other.
        let backward = length - forward;
        let left = if forward > backward {
            same.start..same.start + (forward - backward)
        } else {
            same.end - (backward - forward)..same.end
        };
        for i in left {
            edges[kept] = edges[i];
            kept += 1;
        }
        start = same.end;
    }
    edges.truncate(kept);
}

/// Side of a square of [`Near`] in bits: 38 m at the equator.
const SQUARE_BITS: u32 = 12;

/// The vertices of edges by place.
struct Near {
    /// Square and vertex, in order.
    places: Vec<(Cell, Cell)>,
}

impl Near {
    fn of(edges: &[Edge]) -> Self {
        let mut places: Vec<_> = edges.iter().map(|e| (square(e.from), e.from)).collect();
        places.sort_unstable();
        places.dedup();
        Self { places }
    }

    /// Calls with every vertex in a box.
    fn search(&self, min: Cell, max: Cell, mut hit: impl FnMut(Cell)) {
        let (low, high) = (square(min), square(max));
        for x in low[0]..=high[0] {
            let start = self.places.partition_point(|(s, _)| *s < [x, low[1]]);
            let places = self.places[start..].iter();
            for (_, v) in places.take_while(|(s, _)| *s <= [x, high[1]]) {
                if (0..2).all(|k| (min[k]..=max[k]).contains(&v[k])) {
                    hit(*v);
                }
            }
        }
    }

    /// The vertex that stands for all near one: the smallest of them.
    fn representative(&self, v: Cell) -> Cell {
        let near = NEAR as u32;
        let (min, max) = (
            v.map(|c| c.saturating_sub(near)),
            v.map(|c| c.saturating_add(near)),
        );
        let mut least = v;
        self.search(min, max, |other| least = least.min(other));
        least
    }

    /// Adds the pieces of an edge between the vertices that lie on it.
    fn node(&self, edge: &Edge, out: &mut Vec<Edge>) {
        let (a, b) = (edge.from, edge.to);
        let near = NEAR as u32;
        let min = [0, 1].map(|k: usize| a[k].min(b[k]).saturating_sub(near));
        let max = [0, 1].map(|k: usize| a[k].max(b[k]).saturating_add(near));
        let mut on: Vec<(i128, Cell)> = Vec::new();
        let d = |p: Cell, k: usize| i128::from(p[k]) - i128::from(a[k]);
        let squared = d(b, 0).pow(2) + d(b, 1).pow(2);
        self.search(min, max, |p| {
            let along = d(p, 0) * d(b, 0) + d(p, 1) * d(b, 1);
            let across = d(p, 0) * d(b, 1) - d(p, 1) * d(b, 0);
            // One and a half cells.
            if (0..=squared).contains(&along) && 4 * across.pow(2) <= 9 * squared {
                on.push((along, p));
            }
        });
        on.extend([(0, a), (squared, b)]);
        on.sort_unstable();
        let mut before = self.representative(a);
        for (_, p) in on {
            let here = self.representative(p);
            if here != before {
                out.push(Edge {
                    from: before,
                    to: here,
                    owner: edge.owner,
                });
                before = here;
            }
        }
    }
}

fn square(v: Cell) -> Cell {
    v.map(|c| c >> SQUARE_BITS)
}

/// Walks directed edges into rings that visit no vertex twice.
fn walk(mut edges: Vec<Edge>) -> Vec<(u32, Vec<Cell>)> {
    edges.par_sort_unstable_by_key(|edge| (edge.owner, edge.from, edge.to));
    let groups = edges.par_chunk_by(|a, b| a.owner == b.owner);
    let rings = groups.flat_map_iter(|group| {
        let owner = group.first().map_or(0, |edge| edge.owner);
        walk_group(group).into_iter().map(move |ring| (owner, ring))
    });
    rings.collect()
}

/// The rings of one group, whose edges are in the order of their beginnings.
fn walk_group(edges: &[Edge]) -> Vec<Vec<Cell>> {
    let mut used = vec![false; edges.len()];
    let mut rings = Vec::new();
    for first in 0..edges.len() {
        let mut path: Vec<Cell> = Vec::new();
        let mut places: HashMap<Cell, usize> = HashMap::new();
        let mut next = (!used[first]).then_some(first);
        while let Some(i) = next {
            used[i] = true;
            let Edge { from, to, .. } = edges[i];
            places.insert(from, path.len());
            path.push(from);
            if let Some(&back) = places.get(&to) {
                // The walk has come back: what lies between is a ring.
                for v in &path[back..] {
                    places.remove(v);
                }
                rings.push(path.split_off(back));
            }
            let start = edges.partition_point(|e| e.from < to);
            let leaving = edges[start..].iter().take_while(|e| e.from == to).count();
            let leaving = (start..start + leaving).filter(|&i| !used[i]);
            // The sharpest turn to the left.
            next = leaving.min_by(|&p, &q| turn(from, to, edges[p].to, edges[q].to));
        }
    }
    rings
}

/// Which of two ways on from `at`, having come from `from`, turns more to the left.
fn turn(from: Cell, at: Cell, p: Cell, q: Cell) -> std::cmp::Ordering {
    let way = |to: Cell| [0, 1].map(|k: usize| i128::from(to[k]) - i128::from(at[k]));
    let (back, p, q) = (way(from), way(p), way(q));
    let cross = |a: [i128; 2], b: [i128; 2]| a[0] * b[1] - a[1] * b[0];
    let dot = |a: [i128; 2], b: [i128; 2]| a[0] * b[0] + a[1] * b[1];
    // Turning from the way back against the clock, the first one met is the sharpest to the right,
    // the last one to the left.
    let half = |a: [i128; 2]| {
        let side = cross(back, a);
        side < 0 || (side == 0 && dot(back, a) < 0)
    };
    half(q).cmp(&half(p)).then(0.cmp(&cross(q, p)))
}

#[cfg(test)]
mod tests;
