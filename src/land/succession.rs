//! The lineage of parcels, found from both sides.

use super::order::equal_range;
use crate::cadastre::{Lineage, ParcelId};
use std::sync::Arc;

/// Edges of the lineage: a base ordered from both sides, and the edges added since.
#[derive(Debug, Clone, Default)]
pub(super) struct LineageBook {
    base: Arc<Ordered>,
    added: Vec<Lineage>,
}

#[derive(Debug, Default)]
struct Ordered {
    /// By predecessor.
    edges: Vec<Lineage>,
    /// Places in `edges`, by successor.
    by_successor: Vec<u32>,
}

impl LineageBook {
    pub(super) fn new(mut edges: Vec<Lineage>) -> Self {
        edges.sort_unstable_by_key(|e| (e.predecessor, e.day, e.successor));
        let mut by_successor: Vec<u32> = (0..edges.len() as u32).collect();
        by_successor.sort_unstable_by_key(|&i| (edges[i as usize].successor, i));
        Self {
            base: Arc::new(Ordered {
                edges,
                by_successor,
            }),
            added: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, edges: &[Lineage]) {
        self.added.extend_from_slice(edges);
    }

    /// All edges, the base's first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Lineage> {
        self.base.edges.iter().chain(&self.added)
    }

    pub(super) fn of(&self, id: ParcelId) -> Vec<Lineage> {
        let edges = &self.base.edges;
        let start = edges.partition_point(|e| e.predecessor < id);
        let after = edges[start..].iter().take_while(|e| e.predecessor == id);
        let before = equal_range(&self.base.by_successor, |i| {
            edges[i as usize].successor.cmp(&id)
        });
        let before = before.iter().map(|&i| &edges[i as usize]);
        let touches = |e: &&Lineage| e.predecessor == id || e.successor == id;
        let added = self.added.iter().filter(touches);
        let mut found: Vec<Lineage> = before.chain(after).chain(added).copied().collect();
        found.sort_by_key(|e| (e.day, e.predecessor, e.successor));
        found.dedup();
        found
    }
}
