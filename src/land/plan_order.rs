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
    /// Around all versions that are held.
    envelopes: BTreeMap<(Collection, Epsg), Envelope>,
    days: BTreeMap<Collection, Interval<Day>>,
    /// How many more versions hold from a day on than on the day before.
    turns: BTreeMap<(Collection, Day), i64>,
    /// Collections of which a feature at the border of an envelope has gone.
    shrunk: BTreeSet<Collection>,
}

impl PlanOrder {
    pub(super) fn insert(&mut self, feature: &PlanFeature, number: u32) {
        let collection = Collection::of_kind(&feature.kind);
        self.keys.insert((collection, feature.id, number));
        self.include(feature);
        let valid = feature.lifespan.valid;
        self.turn(collection, valid, 1);
        let days = self.days.entry(collection).or_insert(valid);
        *days = days.hull(valid);
    }

    pub(super) fn remove(&mut self, feature: &PlanFeature, number: u32) {
        let collection = Collection::of_kind(&feature.kind);
        if self.keys.remove(&(collection, feature.id, number)) {
            self.turn(collection, feature.lifespan.valid, -1);
        }
        if self.reaches_border(collection, feature) {
            self.shrunk.insert(collection);
        }
    }

    /// Counts versions in, or out again, on the days on which they hold.
    fn turn(&mut self, collection: Collection, valid: Interval<Day>, versions: i64) {
        let from = (valid.from, versions);
        let to = valid.to.map(|to| (to, -versions));
        for (day, more) in [Some(from), to].into_iter().flatten() {
            let turn = self.turns.entry((collection, day)).or_insert(0);
            *turn += more;
            if *turn == 0 {
                self.turns.remove(&(collection, day));
            }
        }
    }

    /// How many features of a collection hold on a day; of each at most one version does.
    pub(super) fn count_on(&self, collection: Collection, date: Day) -> usize {
        let until = (collection, Day(i32::MIN))..=(collection, date);
        let count: i64 = self.turns.range(until).map(|(_, more)| more).sum();
        usize::try_from(count).unwrap_or(0)
    }

    /// Draws the envelopes anew that features gone may have left too wide, around those held: once
    /// for a whole edit, since it looks at all of a collection.
    pub(super) fn settle<'f>(&mut self, held: impl Iterator<Item = &'f PlanFeature>) {
        let shrunk = std::mem::take(&mut self.shrunk);
        if shrunk.is_empty() {
            return;
        }
        self.envelopes.retain(|(of, _), _| !shrunk.contains(of));
        held.filter(|feature| shrunk.contains(&Collection::of_kind(&feature.kind)))
            .for_each(|feature| self.include(feature));
    }

    /// Whether a feature reaches to the border of an envelope of its collection.
    fn reaches_border(&self, collection: Collection, feature: &PlanFeature) -> bool {
        feature.shapes.iter().any(|(plane, shape)| {
            let around = self.envelopes.get(&(collection, *plane));
            around.zip(shape.envelope()).is_some_and(|(around, own)| {
                own.min.x() == around.min.x()
                    || own.min.y() == around.min.y()
                    || own.max.x() == around.max.x()
                    || own.max.y() == around.max.y()
            })
        })
    }

    fn include(&mut self, feature: &PlanFeature) {
        let collection = Collection::of_kind(&feature.kind);
        for (plane, shape) in &feature.shapes {
            let Some(own) = shape.envelope() else {
                continue;
            };
            let around = self.envelopes.entry((collection, *plane)).or_insert(own);
            *around = around.including(own.min).including(own.max);
        }
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

    /// An envelope on each plane around all features of a collection, of any day.
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
