//! Writes a collection of the register to a file that others read and that is imported again.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::{Error, Reference};
use crate::cadastre::{
    Day, Interval, Lineage, ParcelVersion, Revision, Ward, WardCode, WardSuccession,
};
use crate::exchange::export::{
    self, Collection, ExportFormat, Ids, Names, Record, Table, among_restrictions, of_feature,
    of_item_of_feature, of_item_of_parcel, of_item_of_ward, of_parcel, of_ward,
};
use crate::exchange::profile::Target;
use crate::land::{RecordKind, RegisterReader, full_name};
use crate::planning::{Layer, LayerCode, PlanFeature};
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
        layers: BTreeMap::new(),
        ward_names: BTreeMap::new(),
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
    /// Heads of layers, of which items say something.
    layers: BTreeMap<LayerCode, Layer>,
    /// Full names of wards, by which items call those of parcels.
    ward_names: BTreeMap<WardCode, Vec<(Interval<Day>, String)>>,
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

    /// Whether everything that items say is written.
    fn as_items(&self) -> bool {
        self.order.names == Names::Items
    }

    /// The name of a ward in a version that holds in an interval.
    fn ward_name(&self, code: WardCode, valid: Interval<Day>) -> Option<&str> {
        let day = self.order.date.unwrap_or(valid.from);
        let mut names = self.ward_names.get(&code)?.iter();
        let (_, name) = names.find(|(days, _)| days.has(day))?;
        Some(name)
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
        // Layers are read before their features, and wards before parcels.
        let beside = match self.kind() {
            RecordKind::Feature => Some(RecordKind::Layer),
            RecordKind::Parcel => Some(RecordKind::Ward),
            _ => None,
        };
        kind == self.kind() || self.as_items() && beside == Some(kind)
    }

    fn ward(&mut self, ward: Ward) {
        if self.kind() != RecordKind::Ward {
            let names = self.ward_names.entry(ward.code).or_default();
            names.push((ward.valid, full_name(&ward)));
            return;
        }
        if self.holds(ward.valid) {
            let mut record = of_ward(&ward);
            if self.as_items() {
                record = of_item_of_ward(record, full_name(&ward));
            }
            self.send([record]);
        }
    }

    fn succession(&mut self, _: WardSuccession) {}

    fn layer(&mut self, layer: Layer) {
        self.layers.insert(layer.code.clone(), layer);
    }

    fn feature(&mut self, feature: PlanFeature) {
        let valid = feature.lifespan.valid;
        if !self.holds(valid) {
            return;
        }
        let (collection, mut records) = of_feature(&feature);
        if self.as_items() {
            let layer = self.layers.get(&feature.layer);
            let said = |record| of_item_of_feature(record, layer, feature.recorded_in);
            records = records.into_iter().map(said).collect();
        }
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
            let mut record = of_parcel(&version.parcel, valid);
            if self.as_items() {
                let ward = self.ward_name(version.parcel.ward, valid);
                record = of_item_of_parcel(record, &version, ward);
            }
            self.send([record]);
        }
    }
}
