//! The lineage of parcels, found from both sides.

use super::order::KeyOrder;
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
    by_successor: KeyOrder<ParcelId>,
}

impl LineageBook {
    pub(super) fn new(mut edges: Vec<Lineage>) -> Self {
        edges.sort_unstable_by_key(|e| (e.predecessor, e.day, e.successor));
        let successor = |i: u32| Some(edges[i as usize].successor);
        let by_successor = KeyOrder::build(edges.len(), successor);
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
        let successor = |i: u32| edges[i as usize].successor;
        let before = self.base.by_successor.find(id, successor);
        let before = before.iter().map(|&i| &edges[i as usize]);
        let touches = |e: &&Lineage| e.predecessor == id || e.successor == id;
        let added = self.added.iter().filter(touches);
        let mut found: Vec<Lineage> = before.chain(after).chain(added).copied().collect();
        found.sort_by_key(|e| (e.day, e.predecessor, e.successor));
        found.dedup();
        found
    }
}
