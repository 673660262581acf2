//! From which zoom on each vertex is drawn: shapes that share a boundary drop the same vertices.
//!
//! A vertex whose edges, over all shapes together, do not lead to exactly two others is a node and
//! always drawn. Between nodes a chain loses its vertices one by one, the flattest first
//! (Visvalingam and Whyatt 1993), never one whose triangle has a vertex of another chain in it, so
//! nothing changes sides. Nothing here depends on the order of shapes, on the direction of a ring
//! or on where it begins: a place decides for itself, and both owners of a chain decide alike.

use super::matrix::ZOOM_MAX;
use crate::geometry::{Envelope, Point};
use crate::index::{PackedTree, curve_position};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// A place on the world grid.
pub type Cell = [u32; 2];
/// The zoom of a vertex that no tile needs.
pub(super) const NEVER: u8 = ZOOM_MAX + 1;

/// The lowest zoom at which each vertex of many rings and lines is drawn, in their order; `parts`
/// are the end of each, and whether it is a ring. At a zoom the triangle that a vertex makes with
/// those around it is at least half a square unit.
pub(super) fn lowest_zooms(
    vertices: &[Cell],
    parts: impl IntoIterator<Item = (usize, bool)>,
) -> Vec<u8> {
    let network = Network::of(vertices, parts);
    let mut zooms = vec![0; network.places.len()];
    let tree = network.tree();
    let mut dropped = vec![false; network.places.len()];
    for chain in network.chains() {
        thin(&chain, &network, &tree, &mut zooms, &mut dropped);
        // For other chains they are where they were, whichever comes first.
        chain.iter().for_each(|&v| dropped[v as usize] = false);
    }
    vertices
        .iter()
        .map(|v| zooms[network.numbers[v] as usize])
        .collect()
}

/// All vertices, each once, with those it has an edge to.
struct Network {
    places: Vec<Cell>,
    numbers: HashMap<Cell, u32>,
    /// End of each vertex's part of `next`.
    ends: Vec<u32>,
    next: Vec<u32>,
}

impl Network {
    fn of(vertices: &[Cell], parts: impl IntoIterator<Item = (usize, bool)>) -> Self {
        let mut places: Vec<Cell> = vertices.to_vec();
        places.sort_unstable();
        places.dedup();
        let numbers: HashMap<Cell, u32> = places.iter().copied().zip(0..).collect();
        let mut edges: Vec<(u32, u32)> = Vec::with_capacity(2 * vertices.len());
        let mut start = 0;
        for (end, closed) in parts {
            let part = &vertices[start..end];
            start = end;
            let ends = if closed { part.last() } else { part.first() };
            let Some(mut before) = ends.map(|v| numbers[v]) else {
                continue;
            };
            for here in part.iter().map(|v| numbers[v]) {
                if here != before {
                    edges.extend([(before, here), (here, before)]);
                }
                before = here;
            }
        }
        edges.sort_unstable();
        edges.dedup();
        let mut ends = vec![0; places.len()];
        for &(from, _) in &edges {
            ends[from as usize] += 1;
        }
        let mut end = 0;
        for of in &mut ends {
            end += *of;
            *of = end;
        }
        Self {
            places,
            numbers,
            ends,
            next: edges.into_iter().map(|(_, to)| to).collect(),
        }
    }

    fn around(&self, vertex: u32) -> &[u32] {
        let i = vertex as usize;
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.next[start as usize..self.ends[i] as usize]
    }

    fn is_node(&self, vertex: u32) -> bool {
        self.around(vertex).len() != 2
    }

    /// Every chain once, from one end to the other; ends are nodes, or the anchors of a ring.
    fn chains(&self) -> Vec<Vec<u32>> {
        let mut chains = Vec::new();
        let mut walked = vec![false; self.places.len()];
        let vertices = 0..self.places.len() as u32;
        for node in vertices.clone().filter(|&v| self.is_node(v)) {
            for &first in self.around(node) {
                if self.is_node(first) {
                    // An edge between two nodes has nothing to lose.
                    continue;
                }
                if !walked[first as usize] {
                    let chain = self.walk(node, first, &mut walked);
                    self.split(chain, &mut chains);
                }
            }
        }
        for anchor in vertices {
            if !walked[anchor as usize] && !self.is_node(anchor) {
                walked[anchor as usize] = true;
                // The smallest vertex of its ring, since vertices come in ascending order.
                let chain = self.walk(anchor, self.around(anchor)[0], &mut walked);
                self.split(chain, &mut chains);
            }
        }
        chains
    }

    fn walk(&self, start: u32, first: u32, walked: &mut [bool]) -> Vec<u32> {
        let mut chain = vec![start, first];
        let (mut before, mut here) = (start, first);
        while !self.is_node(here) && here != start {
            walked[here as usize] = true;
            let around = self.around(here);
            let next = if around[0] == before {
                around[1]
            } else {
                around[0]
            };
            (before, here) = (here, next);
            chain.push(here);
        }
        chain
    }

    /// A chain that comes back to where it began is held by its farthest vertex too.
    fn split(&self, chain: Vec<u32>, chains: &mut Vec<Vec<u32>>) {
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        if first != last {
            chains.push(chain);
            return;
        }
        let from = self.places[first as usize];
        let far = |&i: &usize| {
            let place = self.places[chain[i] as usize];
            let off = |k: usize| u64::from(place[k].abs_diff(from[k])).pow(2) / 2;
            (off(0) + off(1), Reverse(place))
        };
        let Some(middle) = (1..chain.len() - 1).max_by_key(far) else {
            return;
        };
        chains.push(chain[..=middle].to_vec());
        chains.push(chain[middle..].to_vec());
    }

    /// The tree of all vertices, for finding those in a triangle.
    fn tree(&self) -> PlaceTree {
        let mut order: Vec<(u64, u32)> = (0..self.places.len() as u32)
            .filter_map(|v| {
                let point = on_index(self.places[v as usize])?;
                Some((
                    curve_position(&Envelope {
                        min: point,
                        max: point,
                    }),
                    v,
                ))
            })
            .collect();
        order.sort_unstable();
        let boxes = order.iter().map(|&(_, v)| {
            let point = on_index(self.places[v as usize])?;
            Some(Envelope {
                min: point,
                max: point,
            })
        });
        PlaceTree {
            tree: PackedTree::pack(boxes),
            vertices: order.iter().map(|&(_, v)| v).collect(),
        }
    }
}

/// Vertices by place.
struct PlaceTree {
    tree: PackedTree,
    vertices: Vec<u32>,
}

/// A cell on the index's own, coarser grid.
fn on_index(cell: Cell) -> Option<Point> {
    Point::new((cell[0] >> 2) as i32, (cell[1] >> 2) as i32).ok()
}

/// Takes the inner vertices out of a chain, the flattest first, and notes from which zoom on each
/// is drawn.
fn thin(
    chain: &[u32],
    network: &Network,
    tree: &PlaceTree,
    zooms: &mut [u8],
    dropped: &mut [bool],
) {
    let n = chain.len();
    let place = |i: usize| network.places[chain[i] as usize];
    let mut before: Vec<usize> = (0..n).map(|i| i.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (0..n).map(|i| (i + 1).min(n - 1)).collect();
    let weigh = |i: usize, before: &[usize], after: &[usize], dropped: &[bool]| {
        let corners = [before[i], i, after[i]];
        let places = corners.map(place);
        let others = |v: u32| !dropped[v as usize] && corners.iter().all(|&i| chain[i] != v);
        if tree.has_in(places, network, others) {
            HELD
        } else {
            twice_area(places)
        }
    };
    let mut weights = vec![HELD; n];
    let mut queue = BinaryHeap::new();
    for (i, weight) in weights.iter_mut().enumerate().take(n - 1).skip(1) {
        *weight = weigh(i, &before, &after, dropped);
        queue.push(Reverse((*weight, place(i), i)));
    }
    let mut least = 0;
    while let Some(Reverse((weight, _, i))) = queue.pop() {
        if weight == HELD {
            break;
        }
        if weight != weights[i] {
            // It was weighed again since.
            continue;
        }
        // One that goes after a heavier one is drawn as long as that one.
        least = least.max(weight);
        zooms[chain[i] as usize] = zoom_of(least);
        dropped[chain[i] as usize] = true;
        weights[i] = HELD;
        let (b, a) = (before[i], after[i]);
        after[b] = a;
        before[a] = b;
        for k in [b, a] {
            if k > 0 && k < n - 1 {
                weights[k] = weigh(k, &before, &after, dropped);
                queue.push(Reverse((weights[k], place(k), k)));
            }
        }
    }
}

/// The weight of a vertex that may not go.
const HELD: u64 = u64::MAX;

impl PlaceTree {
    /// Whether a closed triangle has one of these vertices in it.
    fn has_in(&self, corners: [Cell; 3], network: &Network, of: impl Fn(u32) -> bool) -> bool {
        let points = corners.into_iter().filter_map(on_index);
        let Some(window) = Envelope::around(points) else {
            return false;
        };
        let mut found = false;
        self.tree.search(&window, |i| {
            let vertex = self.vertices[i as usize];
            found = found || (of(vertex) && is_in(network.places[vertex as usize], corners));
        });
        found
    }
}

fn cross(a: Cell, b: Cell, c: Cell) -> i128 {
    let d = |p: Cell, q: Cell, k: usize| i128::from(q[k]) - i128::from(p[k]);
    d(a, b, 0) * d(a, c, 1) - d(a, b, 1) * d(a, c, 0)
}

fn twice_area([a, b, c]: [Cell; 3]) -> u64 {
    u64::try_from(cross(a, b, c).unsigned_abs()).unwrap_or(HELD - 1)
}

/// Whether a place lies in a closed triangle.
fn is_in(p: Cell, [a, b, c]: [Cell; 3]) -> bool {
    let sides = [cross(a, b, p), cross(b, c, p), cross(c, a, p)];
    let flat = cross(a, b, c) == 0;
    !flat && (sides.iter().all(|&s| s >= 0) || sides.iter().all(|&s| s <= 0))
}

/// The lowest zoom at which a triangle of this doubled area is at least half a square unit.
fn zoom_of(twice_area: u64) -> u8 {
    match twice_area.checked_ilog2() {
        None => NEVER,
        Some(log) => ZOOM_MAX.saturating_sub((log / 2) as u8),
    }
}

#[cfg(test)]
mod tests;
