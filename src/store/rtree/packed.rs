//! SQLite's R-tree as it lies in its three shadow tables, packed in one go.
//!
//! Inserting box after box costs several microseconds each and more with every level; packing
//! writes each node once. The form of the nodes is that of SQLite's R*Tree module in two
//! dimensions with 32-bit coordinates: two bytes of depth (in the root), two of the number of
//! cells, then cells of an i64 and four f32 (west, east, south, north), all big end first. Leaves
//! hold keys of rows, other nodes the numbers of their children; the root is number 1.

use crate::geometry::{Envelope, Point};
use crate::index::curve_position;

/// A row's key and its box, west, east, south, north.
pub(super) type Entry = (i64, [f32; 4]);

/// Number of the root.
const ROOT: i64 = 1;
const HEADER_BYTES: usize = 4;
const CELL_BYTES: usize = 24;

/// A node's number and its bytes, padded to the size of a node.
pub(super) type Node = (i64, Vec<u8>);

/// A tree as its shadow tables hold it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Packed {
    /// Nodes in the order of their numbers.
    pub nodes: Vec<Node>,
    /// Key of a row and the number of its leaf.
    pub leaf_of: Vec<(i64, i64)>,
    /// Number of a node and that of the node above it.
    pub parent_of: Vec<(i64, i64)>,
}

/// A box with 32-bit sides that covers one with 64-bit sides.
pub(super) fn outward([west, east, south, north]: [f64; 4]) -> [f32; 4] {
    let down = |v: f64| {
        let near = v as f32;
        if f64::from(near) > v {
            near.next_down()
        } else {
            near
        }
    };
    let up = |v: f64| -down(-v);
    [down(west), up(east), down(south), up(north)]
}

/// Packs entries into nodes of `node_bytes`, neighbours on the ground together, each node about
/// nine tenths full, so that later edits find room.
pub(super) fn pack(mut entries: Vec<Entry>, node_bytes: usize) -> Packed {
    let most = (node_bytes - HEADER_BYTES) / CELL_BYTES;
    along_the_curve(&mut entries);
    let mut packed = Packed::default();
    let mut level: Vec<Entry> = entries;
    let mut next = ROOT + 1;
    let mut depth = 0_u16;
    loop {
        let whole = level.len() <= most;
        let mut above = Vec::new();
        for cells in shared_out(&level, if whole { most } else { most * 9 / 10 }) {
            let number = if whole { ROOT } else { next };
            next += i64::from(!whole);
            let below = match depth {
                0 => &mut packed.leaf_of,
                _ => &mut packed.parent_of,
            };
            below.extend(cells.iter().map(|(key, _)| (*key, number)));
            let node = node(cells, node_bytes, if whole { depth } else { 0 });
            packed.nodes.push((number, node));
            above.push((number, around(cells)));
        }
        if whole {
            break;
        }
        level = above;
        depth += 1;
    }
    packed.nodes.sort_unstable_by_key(|(number, _)| *number);
    packed
}

/// Sorts entries so that neighbours on the ground follow each other.
pub(super) fn along_the_curve(entries: &mut [Entry]) {
    entries.sort_by_cached_key(|(_, sides)| position(*sides));
}

/// Where on the Hilbert curve the middle of a box lies.
fn position([west, east, south, north]: [f32; 4]) -> u64 {
    // Degrees in millionths lie on the grid, whose limit is 2^30.
    let on_grid = |v: f32| (f64::from(v) * 1e6) as i32;
    let corner = |x, y| Point::new(on_grid(x), on_grid(y));
    match (corner(west, south), corner(east, north)) {
        (Ok(min), Ok(max)) => curve_position(&Envelope { min, max }),
        _ => 0,
    }
}

/// Runs of at most `most` entries, as equal in length as can be; one empty run of no entries.
fn shared_out(entries: &[Entry], most: usize) -> impl Iterator<Item = &[Entry]> {
    let runs = entries.len().div_ceil(most).max(1);
    (0..runs).map(move |i| {
        let bound = |i: usize| entries.len() * i / runs;
        &entries[bound(i)..bound(i + 1)]
    })
}

fn around(cells: &[Entry]) -> [f32; 4] {
    let all = cells.iter().map(|(_, sides)| *sides);
    all.reduce(|[w, e, s, n], [w1, e1, s1, n1]| [w.min(w1), e.max(e1), s.min(s1), n.max(n1)])
        .unwrap_or_default()
}

fn node(cells: &[Entry], node_bytes: usize, depth: u16) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(node_bytes);
    bytes.extend(depth.to_be_bytes());
    bytes.extend((cells.len() as u16).to_be_bytes());
    for (key, sides) in cells {
        bytes.extend(key.to_be_bytes());
        sides
            .iter()
            .for_each(|side| bytes.extend(side.to_be_bytes()));
    }
    bytes.resize(node_bytes, 0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The size of a node with SQLite's usual pages: 51 cells.
    const NODE_BYTES: usize = HEADER_BYTES + 51 * CELL_BYTES;

    fn boxes(count: i64) -> Vec<Entry> {
        let side = |n: i64| n as f32 / 1000.0;
        let place = |n: i64| {
            [
                side(n % 100),
                side(n % 100 + 1),
                side(n / 100),
                side(n / 100 + 1),
            ]
        };
        (0..count).map(|n| (n + 1, place(n))).collect()
    }

    #[test]
    fn every_entry_is_in_one_leaf_and_every_node_but_the_root_below_another() {
        for (count, nodes, depth) in [
            (0, 1, 0),
            (1, 1, 0),
            (51, 1, 0),
            (52, 3, 1),
            (10_000, 229, 2),
        ] {
            let packed = pack(boxes(count), NODE_BYTES);
            assert_eq!(packed.nodes.len(), nodes, "{count}");
            let mut keys: Vec<i64> = packed.leaf_of.iter().map(|(key, _)| *key).collect();
            keys.sort_unstable();
            assert!(keys.into_iter().eq(1..=count), "{count}");
            let below: Vec<i64> = packed.parent_of.iter().map(|(child, _)| *child).collect();
            assert_eq!(below.len() + 1, nodes);
            assert!(!below.contains(&ROOT));
            let root = &packed.nodes[0].1;
            assert_eq!([root[0], root[1]], [0, depth], "{count}");
            assert!(
                packed
                    .nodes
                    .iter()
                    .all(|(_, bytes)| bytes.len() == NODE_BYTES)
            );
        }
    }

    #[test]
    fn a_box_in_fewer_bits_covers_the_one_it_was() {
        let sides = [106.698_012_345_6, 106.698_512_345_6, 10.772_1, 10.772_2];
        let [west, east, south, north] = outward(sides).map(f64::from);
        assert!(west <= sides[0] && east >= sides[1] && south <= sides[2] && north >= sides[3]);
        assert!(east - west < 0.000_52);
        assert_eq!(outward([-0.5, 0.5, 0.25, 0.25]), [-0.5, 0.5, 0.25, 0.25]);
    }
}
