//! Planning features by collection and key, with what is around those of a collection.

use super::items::Collection;
use crate::cadastre::{Day, Interval};
use crate::crs::Epsg;
use crate::geometry::Envelope;
use crate::planning::{FeatureId, PlanFeature};
use std::collections::{BTreeMap, BTreeSet};

/// The features of every collection by growing key.
#[derive(Debug, Clone, Default)]
pub(super) struct PlanOrder {
    /// With the number of each version.
    keys: BTreeSet<(Collection, FeatureId, u32)>,
    /// Around all versions ever held: they grow, and never shrink.
    envelopes: BTreeMap<(Collection, Epsg), Envelope>,
    days: BTreeMap<Collection, Interval<Day>>,
}

impl PlanOrder {
    pub(super) fn insert(&mut self, feature: &PlanFeature, number: u32) {
        let collection = Collection::of_kind(&feature.kind);
        self.keys.insert((collection, feature.id, number));
        for (plane, shape) in &feature.shapes {
            let Some(own) = shape.envelope() else {
                continue;
            };
            let around = self.envelopes.entry((collection, *plane)).or_insert(own);
            *around = around.including(own.min).including(own.max);
        }
        let valid = feature.lifespan.valid;
        let days = self.days.entry(collection).or_insert(valid);
        *days = days.hull(valid);
    }

    pub(super) fn remove(&mut self, feature: &PlanFeature, number: u32) {
        let collection = Collection::of_kind(&feature.kind);
        self.keys.remove(&(collection, feature.id, number));
    }

    /// The smallest key of a collection above another.
    pub(super) fn id_after(&self, collection: Collection, after: i64) -> Option<i64> {
        let least = (collection, FeatureId(after.checked_add(1)?), 0);
        let (found, id, _) = self.keys.range(least..).next()?;
        (*found == collection).then_some(id.0)
    }

    /// The numbers of the versions of a feature.
    pub(super) fn numbers(
        &self,
        collection: Collection,
        id: FeatureId,
    ) -> impl Iterator<Item = u32> + '_ {
        let versions = (collection, id, 0)..=(collection, id, u32::MAX);
        self.keys.range(versions).map(|(_, _, number)| *number)
    }

    /// An envelope on each plane around all features of a collection; it may be wider than need be.
    pub(super) fn envelopes(&self, collection: Collection) -> Vec<(Epsg, Envelope)> {
        let all = self.envelopes.iter();
        let own = all.filter(|((of, _), _)| *of == collection);
        own.map(|((_, plane), envelope)| (*plane, *envelope))
            .collect()
    }

    /// The days on which a collection has had features; they may be more than need be.
    pub(super) fn days(&self, collection: Collection) -> Option<Interval<Day>> {
        self.days.get(&collection).copied()
    }
}
