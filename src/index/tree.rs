//! A packed base with the edits made since: what was added, in an R*-tree, and what was removed.

use super::PackedTree;
use crate::geometry::{Envelope, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::HashSet;
use std::sync::Arc;

type Added = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// A tree over keys: the base has the keys `first_key..first_key + len` in packed order.
///
/// A copy shares the base and costs only what the edits hold, so that a changed tree can be made
/// beside one that is being read.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    base: Arc<PackedTree>,
    first_key: u32,
    added: RTree<Added>,
    removed: HashSet<u32>,
}

impl Tree {
    /// A tree without edits.
    pub fn new(base: PackedTree, first_key: u32) -> Self {
        Self {
            base: Arc::new(base),
            first_key,
            added: RTree::new(),
            removed: HashSet::new(),
        }
    }

    /// Adds a key with its envelope; the key must not be in the base.
    pub fn insert(&mut self, key: u32, envelope: &Envelope) {
        self.added.insert(Added::new(rectangle(envelope), key));
    }

    /// Removes a key that was held with this envelope.
    pub fn remove(&mut self, key: u32, envelope: &Envelope) {
        if self.is_of_base(key) {
            self.removed.insert(key);
        } else {
            self.added.remove(&Added::new(rectangle(envelope), key));
        }
    }

    fn is_of_base(&self, key: u32) -> bool {
        key.checked_sub(self.first_key)
            .is_some_and(|i| (i as usize) < self.base.len())
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.base.len() - self.removed.len() + self.added.size()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Edits held beside the base; a measure of what a copy costs.
    pub fn edits(&self) -> usize {
        self.removed.len() + self.added.size()
    }

    /// Bytes of the base.
    pub fn base_bytes(&self) -> usize {
        self.base.bytes()
    }

    /// An envelope around all keys, those that were removed from the base included.
    pub fn envelope(&self) -> Option<Envelope> {
        let added = self.added.iter().flat_map(|added| {
            let corners = [added.geom().lower(), added.geom().upper()];
            // They were grid points before.
            corners.map(|[x, y]| Point::new(x as i32, y as i32).ok())
        });
        let base = self.base.envelope();
        let base = base.into_iter().flat_map(|e| [e.min, e.max]);
        Envelope::around(base.chain(added.flatten()))
    }

    /// Calls `hit` with every key whose envelope has a point in common with the window; touching
    /// counts. The order is that of the base, then of the edits.
    pub fn search(&self, window: &Envelope, mut hit: impl FnMut(u32)) {
        self.base.search(window, |i| {
            let key = self.first_key + i;
            if self.removed.is_empty() || !self.removed.contains(&key) {
                hit(key);
            }
        });
        if self.added.size() > 0 {
            let window = AABB::from_corners(corner(window.min), corner(window.max));
            for added in self.added.locate_in_envelope_intersecting(window) {
                hit(added.data);
            }
        }
    }

    /// The keys by growing distance of their envelopes from a point, with that distance squared
    /// in mm².
    pub fn nearest(&self, from: Point) -> impl Iterator<Item = (u32, f64)> + '_ {
        let base = self
            .base
            .nearest(from)
            .map(|(i, d)| (self.first_key + i, d as f64))
            .filter(|(key, _)| !self.removed.contains(key));
        let added = self
            .added
            .nearest_neighbor_iter_with_distance_2(corner(from))
            .map(|(added, d)| (added.data, d));
        let (mut base, mut added) = (base.peekable(), added.peekable());
        std::iter::from_fn(move || match (base.peek(), added.peek()) {
            (Some(b), Some(a)) if a.1 < b.1 => added.next(),
            (Some(_), _) => base.next(),
            (None, _) => added.next(),
        })
    }
}

/// Every grid coordinate is exact in an `f64`; `rstar` overflows on `i32`.
fn corner(p: Point) -> [f64; 2] {
    [f64::from(p.x()), f64::from(p.y())]
}

fn rectangle(e: &Envelope) -> Rectangle<[f64; 2]> {
    Rectangle::from_corners(corner(e.min), corner(e.max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn envelope((x, y, w, h): (i32, i32, i32, i32)) -> Envelope {
        let point = |x, y| Point::new(x, y).expect("on the grid");
        Envelope {
            min: point(x, y),
            max: point(x + w, y + h),
        }
    }

    fn boxes(n: usize) -> impl Strategy<Value = Vec<Envelope>> {
        let one = (-60..60_i32, -60..60_i32, 0..20_i32, 0..20_i32).prop_map(envelope);
        proptest::collection::vec(one, 0..n)
    }

    /// A tree after edits, and the same as a plain list.
    fn edited(
        base: &[Envelope],
        added: &[Envelope],
        removals: &[prop::sample::Index],
    ) -> (Tree, Vec<(u32, Envelope)>) {
        let mut tree = Tree::new(PackedTree::pack(base.iter().copied().map(Some)), 7);
        let mut list: Vec<(u32, Envelope)> = (7..).zip(base.iter().copied()).collect();
        for (key, e) in (1000..).zip(added) {
            tree.insert(key, e);
            list.push((key, *e));
        }
        for index in removals {
            if !list.is_empty() {
                let (key, e) = list.swap_remove(index.index(list.len()));
                tree.remove(key, &e);
            }
        }
        (tree, list)
    }

    fn distance_squared(e: &Envelope, p: Point) -> f64 {
        let axis = |low: i32, v: i32, high: i32| f64::from((low - v).max(v - high).max(0));
        let dx = axis(e.min.x(), p.x(), e.max.x());
        let dy = axis(e.min.y(), p.y(), e.max.y());
        dx * dx + dy * dy
    }

    proptest! {
        #[test]
        fn a_window_finds_what_a_scan_finds(
            base in boxes(400),
            added in boxes(40),
            removals in proptest::collection::vec(any::<prop::sample::Index>(), 0..60),
            windows in boxes(8),
        ) {
            let (tree, list) = edited(&base, &added, &removals);
            prop_assert_eq!(tree.len(), list.len());
            for window in windows {
                let mut found = Vec::new();
                tree.search(&window, |key| found.push(key));
                found.sort_unstable();
                let mut expected: Vec<u32> = list
                    .iter()
                    .filter(|(_, e)| e.intersects(&window))
                    .map(|(key, _)| *key)
                    .collect();
                expected.sort_unstable();
                prop_assert_eq!(found, expected);
            }
        }

        #[test]
        fn the_nearest_come_in_the_order_of_a_scan(
            base in boxes(200),
            added in boxes(20),
            removals in proptest::collection::vec(any::<prop::sample::Index>(), 0..30),
            x in -90..90_i32,
            y in -90..90_i32,
        ) {
            let (tree, list) = edited(&base, &added, &removals);
            let from = Point::new(x, y).expect("on the grid");
            let found: Vec<(u32, f64)> = tree.nearest(from).collect();
            prop_assert_eq!(found.len(), list.len());
            let mut expected: Vec<f64> =
                list.iter().map(|(_, e)| distance_squared(e, from)).collect();
            expected.sort_by(f64::total_cmp);
            let distances: Vec<f64> = found.iter().map(|(_, d)| *d).collect();
            prop_assert_eq!(distances, expected);
            for (key, d) in found {
                let (_, e) = list.iter().find(|(k, _)| *k == key).expect("a key of the list");
                prop_assert_eq!(distance_squared(e, from), d);
            }
        }
    }

    #[test]
    fn an_item_without_an_envelope_is_never_found() {
        let e = envelope((0, 0, 5, 5));
        let tree = Tree::new(PackedTree::pack([None, Some(e), None]), 0);
        let mut found = Vec::new();
        tree.search(&envelope((-60, -60, 120, 120)), |key| found.push(key));
        assert_eq!(found, [1]);
        assert_eq!(tree.nearest(e.max).count(), 1);
    }
}
