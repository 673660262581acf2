//! One item after the other, by growing key, from a key on.

use super::{Collection, Item, Region, Selection};
use crate::cadastre::{Day, Interval, ParcelId};
use crate::crs::Epsg;
use crate::geometry::{Envelope, Shape};
use crate::land::Land;
use crate::land::filter::Said;
use crate::planning::FeatureId;
use std::sync::Arc;

/// The items of a selection by growing key. It holds its land, so whatever is committed meanwhile,
/// it loses and repeats nothing.
///
/// A small region is looked up in the trees once; a large one, or none, is met by going through
/// the keys, which costs in proportion to the keys passed.
#[derive(Debug, Clone)]
pub struct Walk {
    land: Arc<Land>,
    collection: Collection,
    selection: Arc<Selection>,
    source: Source,
    passed: i64,
}

/// From where the keys come.
#[derive(Debug, Clone)]
enum Source {
    /// These, which are all that can answer.
    Listed(std::vec::IntoIter<i64>),
    /// All keys after this one.
    After(i64),
}

/// More candidates than this are not listed.
const LISTED_MAX: usize = 20_000;

impl Land {
    /// The items of a collection that a selection wants, with keys above `after`.
    pub fn walk(
        self: &Arc<Self>,
        collection: Collection,
        selection: Selection,
        after: Option<i64>,
    ) -> Walk {
        let after = after.unwrap_or(0);
        let listed = selection
            .region
            .as_ref()
            .and_then(|region| self.listed(collection, region.windows(), &selection, after));
        let listed = listed.or_else(|| {
            let figure = selection.condition.as_ref()?.figure()?;
            self.listed(collection, figure.windows(), &selection, after)
        });
        Walk {
            land: Arc::clone(self),
            collection,
            selection: Arc::new(selection),
            source: listed.map_or(Source::After(after), |ids| Source::Listed(ids.into_iter())),
            passed: after,
        }
    }

    /// An item of a collection, as a selection shows it.
    pub fn item(&self, collection: Collection, id: i64, selection: &Selection) -> Option<Item> {
        self.shown(collection, id, selection)
    }

    /// The days of an item, from the first of its first version to the end of its last.
    pub fn days_of_item(&self, collection: Collection, id: i64) -> Option<Interval<Day>> {
        let versions: Vec<Interval<Day>> = match collection {
            Collection::Parcels => {
                let rows = ParcelId::new(id).ok().map(|id| self.rows_of_id(id));
                rows.into_iter()
                    .flatten()
                    .map(|row| self.valid(row))
                    .collect()
            }
            Collection::Wards => {
                let wards = self.wards.wards().iter();
                let own = wards.filter(|ward| i64::from(ward.code.number()) == id);
                own.map(|ward| ward.valid).collect()
            }
            Collection::Zones | Collection::Roads | Collection::Restrictions => {
                let versions = self.plans.versions(collection, FeatureId(id));
                versions.map(|feature| feature.lifespan.valid).collect()
            }
        };
        let first = versions.iter().min_by_key(|days| days.from)?;
        let last = versions.iter().max_by_key(|days| days.from)?;
        Some(Interval {
            from: first.from,
            to: last.to,
        })
    }

    /// The smallest key of a collection above another.
    fn key_after(&self, collection: Collection, after: i64) -> Option<i64> {
        match collection {
            Collection::Parcels => self.id_after(after).map(ParcelId::get),
            Collection::Wards => {
                let code = self.wards.code_after(after);
                code.map(|code| i64::from(code.number()))
            }
            Collection::Zones | Collection::Roads | Collection::Restrictions => {
                self.plans.order().id_after(collection, after)
            }
        }
    }

    /// The keys, in order, of what may lie in windows of planes; nothing when they are many.
    fn listed<'w>(
        &self,
        collection: Collection,
        windows: impl Iterator<Item = (Epsg, &'w Envelope)>,
        selection: &Selection,
        after: i64,
    ) -> Option<Vec<i64>> {
        let mut ids = Vec::new();
        let mut hits = 0;
        let mut hit = |wanted: bool, id: &dyn Fn() -> i64| {
            hits += 1;
            if hits <= LISTED_MAX && wanted {
                ids.push(id());
            }
        };
        let during = selection.during;
        for (plane, window) in windows {
            match collection {
                Collection::Parcels => self.each_row_around(plane, window, |row| {
                    hit(during.meet(self.valid(row)), &|| self.id_of(row).get());
                }),
                // Few, and those without a border are among those wanted.
                Collection::Wards => return None,
                Collection::Zones | Collection::Roads | Collection::Restrictions => {
                    self.plans.each_around(plane, window, |feature| {
                        let wanted = Collection::of_kind(&feature.kind) == collection
                            && during.meet(feature.lifespan.valid);
                        hit(wanted, &|| feature.id.0);
                    });
                }
            }
        }
        if hits > LISTED_MAX {
            return None;
        }
        ids.retain(|&id| id > after);
        ids.sort_unstable();
        ids.dedup();
        Some(ids)
    }

    /// Whether there is an item as a selection wants it, without making one.
    fn has_shown(&self, collection: Collection, id: i64, selection: &Selection) -> bool {
        match (collection, ParcelId::new(id)) {
            (Collection::Parcels, Ok(id)) => self.shown_row(id, selection).is_some(),
            (Collection::Parcels, Err(_)) => false,
            _ => self.shown(collection, id, selection).is_some(),
        }
    }

    /// The last version of an item within the days of a selection, if it lies in its region.
    fn shown(&self, collection: Collection, id: i64, selection: &Selection) -> Option<Item> {
        match collection {
            Collection::Parcels => {
                let row = self.shown_row(ParcelId::new(id).ok()?, selection)?;
                Some(Item::Parcel(Box::new(self.version(row))))
            }
            Collection::Wards => self.shown_ward(id, selection),
            Collection::Zones | Collection::Roads | Collection::Restrictions => {
                self.shown_feature(collection, FeatureId(id), selection)
            }
        }
    }

    fn shown_ward(&self, code: i64, selection: &Selection) -> Option<Item> {
        let wards = self.wards.wards().iter();
        let wanted = wards.filter(|ward| {
            i64::from(ward.code.number()) == code && selection.during.meet(ward.valid)
        });
        let ward = wanted.max_by_key(|ward| ward.valid.from)?;
        let within = |region: &Region| {
            // What has no shape is nowhere else either (OGC 17-069r4, fc-bbox-response).
            ward.border.envelope().is_none_or(|envelope| {
                let border = || Shape::Areas(ward.border.clone());
                region.meets(ward.plane, &envelope, border)
            })
        };
        let wanted = selection.region.as_ref().is_none_or(within);
        let wanted = wanted && selection.is_fulfilled(|| Said::Ward(ward));
        wanted.then(|| Item::Ward(Box::new(ward.clone())))
    }

    fn shown_feature(
        &self,
        collection: Collection,
        id: FeatureId,
        selection: &Selection,
    ) -> Option<Item> {
        let versions = self.plans.versions(collection, id);
        let wanted = versions.filter(|f| selection.during.meet(f.lifespan.valid));
        let feature = wanted.max_by_key(|f| f.lifespan.valid.from)?;
        let within = |region: &Region| {
            feature.shapes.iter().any(|(plane, shape)| {
                let envelope = shape.envelope();
                envelope.is_some_and(|e| region.meets(*plane, &e, || shape.clone()))
            })
        };
        let wanted = selection.region.as_ref().is_none_or(within);
        let said = || Said::Planned(feature, self.plans.layer(&feature.layer));
        let wanted = wanted && selection.is_fulfilled(said);
        wanted.then(|| Item::Planned(Arc::clone(feature)))
    }

    fn shown_row(&self, id: ParcelId, selection: &Selection) -> Option<u32> {
        let wanted = self.rows_of_id(id);
        let wanted = wanted.filter(|&row| selection.during.meet(self.valid(row)));
        let row = wanted.max_by_key(|&row| self.valid(row).from)?;
        let meets = |region: &Region| {
            let envelope = self.envelope(row)?;
            let shape = || Shape::Areas(self.shape(row));
            region
                .meets(self.plane_of(row), &envelope, shape)
                .then_some(())
        };
        if let Some(region) = &selection.region {
            meets(region)?;
        }
        selection
            .is_fulfilled(|| Said::parcel(self, row))
            .then_some(row)
    }
}

/// What a step of a walk comes to.
#[derive(Debug)]
pub enum Found {
    /// The next item.
    Item(Item),
    /// Nothing within the keys that were allowed; there may be more.
    NotYet,
    /// There is no further item.
    End,
}

impl Walk {
    /// The collection.
    pub const fn collection(&self) -> Collection {
        self.collection
    }

    /// The last key it has come to: a walk from there on goes on with the next one.
    pub const fn passed(&self) -> i64 {
        self.passed
    }

    /// Goes on to the next item, past as many keys as are allowed; those passed are taken off.
    pub fn next_within(&mut self, keys: &mut usize) -> Found {
        while let Some(id) = self.next_key() {
            if let Some(item) = self.land.shown(self.collection, id, &self.selection) {
                return Found::Item(item);
            }
            match keys.checked_sub(1) {
                Some(left) => *keys = left,
                None => return Found::NotYet,
            }
        }
        Found::End
    }

    /// Passes over items without making them, as many as are wanted and keys are allowed; both
    /// are taken off. False when there is no further item.
    pub fn pass_within(&mut self, wanted: &mut usize, keys: &mut usize) -> bool {
        while *wanted > 0 && *keys > 0 {
            let Some(id) = self.next_key() else {
                return false;
            };
            let shown = self.land.has_shown(self.collection, id, &self.selection);
            *wanted -= usize::from(shown);
            *keys -= 1;
        }
        true
    }

    fn next_key(&mut self) -> Option<i64> {
        let id = match &mut self.source {
            Source::Listed(ids) => ids.next(),
            Source::After(after) => {
                let id = self.land.key_after(self.collection, *after);
                id.inspect(|&id| *after = id)
            }
        };
        id.inspect(|&id| self.passed = id)
    }
}
