//! The edits made since the base: added versions with their keys, and the rows they replaced.

use crate::cadastre::{NationalParcelIdentifier, ParcelId, ParcelKey, ParcelVersion, WardCode};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

/// Versions beside the base. Row `i` here is row `base.len() + i` of the land; a row that was
/// replaced again is empty and stays, until a new base is made.
#[derive(Debug, Clone, Default)]
pub(super) struct Overlay {
    pub(super) rows: Vec<Option<Arc<ParcelVersion>>>,
    /// Rows of the base that no longer count.
    pub(super) removed: HashSet<u32>,
    by_id: BTreeMap<ParcelId, Vec<u32>>,
    by_map: HashMap<ParcelKey, Vec<u32>>,
    by_certificate: HashMap<ParcelKey, Vec<u32>>,
    by_identifier: HashMap<NationalParcelIdentifier, Vec<u32>>,
    communes: BTreeMap<WardCode, BTreeSet<WardCode>>,
}

impl Overlay {
    /// Adds a version and answers its row, counted within the overlay.
    pub(super) fn push(&mut self, version: Arc<ParcelVersion>) -> u32 {
        let row = self.rows.len() as u32;
        let parcel = &version.parcel;
        self.by_id.entry(parcel.id).or_default().push(row);
        self.by_map
            .entry(parcel.as_map.clone())
            .or_default()
            .push(row);
        let mut communes = vec![parcel.as_map.commune];
        if let Some(key) = &parcel.as_certificate {
            self.by_certificate
                .entry(key.clone())
                .or_default()
                .push(row);
            communes.push(key.commune);
        }
        if let Some(identifier) = &parcel.national_identifier {
            let rows = self.by_identifier.entry(identifier.clone()).or_default();
            rows.push(row);
        }
        self.communes
            .entry(parcel.ward)
            .or_default()
            .extend(communes);
        self.rows.push(Some(version));
        row
    }

    pub(super) fn rows_of_id(&self, id: ParcelId) -> &[u32] {
        self.by_id.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The smallest key above another.
    pub(super) fn id_after(&self, after: i64) -> Option<ParcelId> {
        let next = after.checked_add(1)?.max(1);
        let least = ParcelId::new(next).ok()?;
        self.by_id.range(least..).next().map(|(id, _)| *id)
    }

    pub(super) fn rows_as_map(&self, key: &ParcelKey) -> &[u32] {
        found(&self.by_map, key)
    }

    pub(super) fn rows_as_certificate(&self, key: &ParcelKey) -> &[u32] {
        found(&self.by_certificate, key)
    }

    pub(super) fn rows_of_identifier(&self, identifier: &NationalParcelIdentifier) -> &[u32] {
        found(&self.by_identifier, identifier)
    }

    pub(super) fn communes_of(&self, ward: WardCode) -> impl Iterator<Item = WardCode> + '_ {
        self.communes.get(&ward).into_iter().flatten().copied()
    }

    /// Whether nothing was edited.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What a copy of it costs: rows added and rows removed.
    pub(super) fn len(&self) -> usize {
        self.rows.len() + self.removed.len()
    }
}

fn found<'a, K: Eq + Hash>(rows: &'a HashMap<K, Vec<u32>>, key: &K) -> &'a [u32] {
    rows.get(key).map_or(&[], Vec::as_slice)
}
