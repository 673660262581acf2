//! Of which parcels a difference can change what applies to them.

use super::change::Changes;
use super::snapshot::Land;
use super::supposed::windows_of;
use crate::cadastre::ParcelId;

/// The parcels of which what applies to them can be otherwise after a difference, on whatever day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// These, by growing key.
    Parcels(Vec<ParcelId>),
    /// It may be any.
    Any,
}

impl Land {
    /// The parcels that a difference touches which leads to this land from the one `before`: those
    /// that are otherwise, and those near planning features that are. Another head of a layer and
    /// another ward may concern any.
    pub fn touched_since(&self, before: &Self, changes: &Changes) -> Touched {
        let heads = [
            changes.layers.is_empty(),
            changes.wards.is_empty(),
            changes.successions.is_empty(),
        ];
        let begins_otherwise = || {
            let mut layers = self.plans.layers();
            layers.any(|layer| self.plans.first_day(layer) != before.plans.first_day(layer))
        };
        if heads.contains(&false) || (!changes.features.is_empty() && begins_otherwise()) {
            return Touched::Any;
        }
        let own = changes.parcels.iter().map(|version| version.parcel.id);
        let mut ids: Vec<ParcelId> = own.collect();
        for (plane, window) in changes.features.iter().flat_map(windows_of) {
            self.each_row_around(plane, &window, |row| ids.push(self.id_of(row)));
        }
        ids.sort_unstable();
        ids.dedup();
        Touched::Parcels(ids)
    }
}
