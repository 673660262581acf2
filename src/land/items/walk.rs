//! One item after the other, by growing key, from a key on.

use super::{Collection, Item, Region, Selection};
use crate::cadastre::ParcelId;
use crate::land::Land;
use std::sync::Arc;

/// The items of a selection by growing key. It holds its land, so whatever is committed meanwhile,
/// it loses and repeats nothing.
///
/// A small region is looked up in the trees once; a large one, or none, is met by going through
/// the keys, which costs in proportion to the keys passed.
#[derive(Debug, Clone)]
pub struct Walk {
    land: Arc<Land>,
    selection: Arc<Selection>,
    source: Source,
}

/// From where the keys come.
#[derive(Debug, Clone)]
enum Source {
    /// These, which are all that can answer.
    Listed(std::vec::IntoIter<ParcelId>),
    /// All keys of base and overlay after this one.
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
        let Collection::Parcels = collection;
        let after = after.unwrap_or(0);
        let listed = selection
            .region
            .as_ref()
            .and_then(|region| self.listed(region, &selection, after));
        Walk {
            land: Arc::clone(self),
            selection: Arc::new(selection),
            source: listed.map_or(Source::After(after), |ids| Source::Listed(ids.into_iter())),
        }
    }

    /// An item of a collection, as a selection shows it.
    pub fn item(&self, collection: Collection, id: i64, selection: &Selection) -> Option<Item> {
        let Collection::Parcels = collection;
        self.shown(ParcelId::new(id).ok()?, selection)
    }

    /// The keys, in order, of what may lie in a region; nothing when they are many.
    fn listed(&self, region: &Region, selection: &Selection, after: i64) -> Option<Vec<ParcelId>> {
        let mut ids = Vec::new();
        let mut hits = 0;
        for (plane, window) in region.windows() {
            for ground in self.grounds.iter().filter(|g| g.plane == plane) {
                for tree in [&ground.open, &ground.closed] {
                    tree.search(window, |row| {
                        hits += 1;
                        if hits <= LISTED_MAX && selection.during.meet(self.valid(row)) {
                            ids.push(self.id_of(row));
                        }
                    });
                }
            }
        }
        if hits > LISTED_MAX {
            return None;
        }
        ids.retain(|id| id.get() > after);
        ids.sort_unstable();
        ids.dedup();
        Some(ids)
    }

    /// The last version of a parcel within the days of a selection, if it lies in its region.
    fn shown(&self, id: ParcelId, selection: &Selection) -> Option<Item> {
        let wanted = self.rows_of_id(id);
        let wanted = wanted.filter(|&row| selection.during.meet(self.valid(row)));
        let row = wanted.max_by_key(|&row| self.valid(row).from)?;
        let meets = |region: &Region| {
            let envelope = self.envelope(row)?;
            let shape = || crate::geometry::Shape::Areas(self.shape(row));
            region
                .meets(self.plane_of(row), &envelope, shape)
                .then_some(())
        };
        if let Some(region) = &selection.region {
            meets(region)?;
        }
        Some(Item::Parcel(Box::new(self.version(row))))
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
    /// Goes on to the next item, past as many keys as are allowed; those passed are taken off.
    pub fn next_within(&mut self, keys: &mut usize) -> Found {
        loop {
            let id = match &mut self.source {
                Source::Listed(ids) => ids.next(),
                Source::After(after) => {
                    let id = self.land.id_after(*after);
                    id.inspect(|id| *after = id.get())
                }
            };
            let Some(id) = id else {
                return Found::End;
            };
            if let Some(item) = self.land.shown(id, &self.selection) {
                return Found::Item(item);
            }
            match keys.checked_sub(1) {
                Some(left) => *keys = left,
                None => return Found::NotYet,
            }
        }
    }
}
