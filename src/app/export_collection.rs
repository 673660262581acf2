//! Writes a collection of the register to a file that others read and that is imported again.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::{Error, Reference};
use crate::cadastre::{Day, Interval, Lineage, ParcelVersion, Revision, Ward, WardSuccession};
use crate::exchange::export::{
    self, Collection, ExportFormat, Ids, Names, Record, Table, among_restrictions, of_feature,
    of_parcel, of_ward,
};
use crate::exchange::profile::Target;
use crate::land::{RecordKind, RegisterReader};
use crate::planning::{Layer, PlanFeature};
use crate::store::Store;

/// What to write, and where.
#[derive(Debug, Clone)]
pub struct ExportOrder {
    /// The collection.
    pub collection: Collection,
    /// Only what is valid on this day; without a day every version, past and future.
    pub date: Option<Day>,
    /// The format.
    pub format: ExportFormat,
    /// Under which names.
    pub names: Names,
    /// The file; one that is there is replaced when the new one is complete.
    pub path: PathBuf,
    /// Counts the features that have been written, for somebody who watches.
    pub written: Option<Arc<AtomicU64>>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many features.
    pub features: u64,
    /// The state of the register that they are from.
    pub revision: Revision,
}

/// Records on their way from the store to the file; more than these wait in the store.
const WAITING: usize = 1024;

/// Writes the collection as the register holds it now, in one read transaction.
///
/// # Errors
/// [`Error::Unavailable`] when the store is gone, [`Error::Internal`] when the file cannot be
/// written; the file that was there before is then still there.
pub fn export_collection(
    store: &Store,
    reference: &Reference,
    order: &ExportOrder,
) -> Result<Exported, Error> {
    let (sender, receiver) = sync_channel(WAITING);
    let mut chosen = Chosen {
        order,
        sender,
        listened_to: true,
    };
    std::thread::scope(|threads| {
        let reading = threads.spawn(move || store.load(&mut chosen));
        let features = write(receiver, reference, order);
        let revision = reading
            .join()
            .map_err(|_| Error::internal("cannot read the register", "the reading stopped"))?;
        Ok(Exported {
            // A register that cannot be read ends the records early: its failure is told first.
            revision: revision?,
            features: features?,
        })
    })
}

fn write(
    records: Receiver<Record>,
    reference: &Reference,
    order: &ExportOrder,
) -> Result<u64, Error> {
    let city = &reference.city;
    let ids = match order.date {
        Some(_) => Ids::Features,
        None => Ids::Versions,
    };
    export::write(
        Table {
            collection: order.collection,
            names: order.names,
        },
        order.format,
        (records.into_iter(), ids),
        &city.planes,
        &city.transforms,
        &order.path,
    )
    .map_err(|error| Error::internal("the collection was not written", error))
}

/// The records of one collection out of all that the register holds.
struct Chosen<'a> {
    order: &'a ExportOrder,
    sender: SyncSender<Record>,
    listened_to: bool,
}

impl Chosen<'_> {
    /// Sends the records of one feature.
    fn send(&mut self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            if self.listened_to {
                // Nobody listens any more when the file could not be written; that is told there.
                self.listened_to = self.sender.send(record).is_ok();
            }
        }
        if let Some(written) = &self.order.written {
            written.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn holds(&self, valid: Interval<Day>) -> bool {
        self.order.date.is_none_or(|day| valid.has(day))
    }

    /// The one kind of records that the collection is of.
    fn kind(&self) -> RecordKind {
        match self.order.collection {
            Collection::Wards => RecordKind::Ward,
            Collection::Of(Target::Parcels) => RecordKind::Parcel,
            Collection::Of(_) | Collection::AllRestrictions => RecordKind::Feature,
        }
    }
}

impl RegisterReader for Chosen<'_> {
    fn wants(&self, kind: RecordKind) -> bool {
        kind == self.kind()
    }

    fn ward(&mut self, ward: Ward) {
        if self.holds(ward.valid) {
            self.send([of_ward(&ward)]);
        }
    }

    fn succession(&mut self, _: WardSuccession) {}

    fn layer(&mut self, _: Layer) {}

    fn feature(&mut self, feature: PlanFeature) {
        let valid = feature.lifespan.valid;
        if !self.holds(valid) {
            return;
        }
        let (collection, records) = of_feature(&feature);
        if self.order.collection == Collection::AllRestrictions {
            let records = records.into_iter();
            let among = records.map_while(|record| among_restrictions(collection, record));
            let among: Vec<Record> = among.collect();
            if !among.is_empty() {
                self.send(among);
            }
        } else if self.order.collection == collection.into() {
            self.send(records);
        }
    }

    fn lineage(&mut self, _: Lineage) {}

    fn parcel(&mut self, version: ParcelVersion) {
        let valid = version.lifespan.valid;
        if self.holds(valid) {
            self.send([of_parcel(&version.parcel, valid)]);
        }
    }
}
