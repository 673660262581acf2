//! Whether a register is whole: its audit, its versions, its shapes, its rights.

use std::collections::{BTreeMap, HashMap};

use super::Error;
use super::check_rights::{RightsContent, RightsFlaw, check_rights, first_double};
use super::register::refuse_absent;
use crate::cadastre::{
    Day, Interval, Lineage, ParcelId, ParcelVersion, Revision, Ward, WardSuccession,
};
use crate::crs::Planes;
use crate::evidence::ContentHash;
use crate::exchange::export::{CollectionHasher, of_feature, of_parcel};
use crate::exchange::profile::Target;
use crate::geometry::validity;
use crate::land::RegisterReader;
use crate::planning::{Layer, PlanFeature};
use crate::store::{Store, StoreOptions};

/// What the check went through, and what it found.
#[derive(Debug, Default)]
pub struct StoreCheck {
    /// Newest revision.
    pub revision: Revision,
    /// Parcel versions read.
    pub parcel_versions: u64,
    /// Versions of planning features read.
    pub feature_versions: u64,
    /// What the collections that are not empty hold, as current knowledge of every day.
    pub contents: Vec<Content>,
    /// What is known of rights, when anything is.
    pub rights: Option<RightsContent>,
    /// What is wrong; empty for a register that is whole.
    pub flaws: Vec<Flaw>,
}

/// The content of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Which collection.
    pub collection: Target,
    /// How many records an export of it has.
    pub records: usize,
    /// Equal for two registers that hold the same, whatever keys they gave to it.
    pub hash: ContentHash,
}

/// Something wrong in a register.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// An audit entry does not follow from the one before.
    #[error("audit chain `{chain}` does not hold from entry {number} on")]
    Audit {
        /// Which chain.
        chain: String,
        /// First entry that is wrong.
        number: u64,
    },
    /// Two versions of one parcel hold on one day.
    #[error("parcel `{parcel}` has two versions on {day}")]
    TwoVersions {
        /// Which parcel.
        parcel: ParcelId,
        /// First such day.
        day: Day,
    },
    /// A shape that is not valid.
    #[error("parcel `{parcel}`, version from {from}, has an invalid shape: {defect}")]
    Shape {
        /// Which parcel.
        parcel: ParcelId,
        /// First day of the version.
        from: Day,
        /// What is wrong, and where.
        defect: String,
    },
    /// A parcel on a plane that the city does not list.
    #[error("parcel `{parcel}` lies on {plane}, which is not a plane of this city")]
    Plane {
        /// Which parcel.
        parcel: ParcelId,
        /// The plane.
        plane: crate::crs::Epsg,
    },
    /// Something about units, rights or parties.
    #[error(transparent)]
    Rights(#[from] RightsFlaw),
}

/// Reads all of a register and checks it; changes nothing, and makes nothing that is not there.
///
/// # Errors
/// [`Error::Unavailable`] when the store cannot be reached, [`Error::Internal`] when it has
/// another schema or a record cannot be read at all.
pub fn check_store(options: &StoreOptions, planes: &Planes) -> Result<StoreCheck, Error> {
    refuse_absent(options)?;
    let store = Store::open(options)?;
    store.ping()?;
    let mut checking = Checking {
        check: StoreCheck::default(),
        planes,
        intervals: HashMap::new(),
        keys: HashMap::new(),
        hashers: BTreeMap::new(),
    };
    let revision = store.load(&mut checking)?;
    checking.compare_intervals();
    let contents = checking.hashers.into_values().map(|hasher| Content {
        collection: hasher.collection(),
        records: hasher.count(),
        hash: hasher.finish(),
    });
    let mut check = checking.check;
    let (rights, flaws) = check_rights(&store, &checking.keys)?;
    check.rights = rights;
    check.flaws.extend(flaws.into_iter().map(Flaw::from));
    check.contents = contents.collect();
    check.revision = revision;
    let broken = store.verify_audit()?.into_iter();
    check.flaws.extend(broken.map(|broken| Flaw::Audit {
        chain: broken.chain,
        number: broken.number,
    }));
    Ok(check)
}

struct Checking<'a> {
    check: StoreCheck,
    planes: &'a Planes,
    intervals: HashMap<ParcelId, Vec<Interval<Day>>>,
    /// Of each parcel a number that does not depend on its id: the least hash of its keys.
    keys: HashMap<ParcelId, u64>,
    hashers: BTreeMap<&'static str, CollectionHasher>,
}

impl Checking<'_> {
    fn content(&mut self, collection: Target) -> &mut CollectionHasher {
        let hasher = self.hashers.entry(collection.as_str());
        hasher.or_insert_with(|| CollectionHasher::new(collection))
    }

    fn compare_intervals(&mut self) {
        for (parcel, intervals) in &mut self.intervals {
            let meeting = first_double(intervals);
            if let Some(day) = meeting {
                let parcel = *parcel;
                self.check.flaws.push(Flaw::TwoVersions { parcel, day });
            }
        }
    }
}

impl RegisterReader for Checking<'_> {
    fn ward(&mut self, _: Ward) {}

    fn succession(&mut self, _: WardSuccession) {}

    fn layer(&mut self, _: Layer) {}

    fn feature(&mut self, feature: PlanFeature) {
        self.check.feature_versions += 1;
        let (collection, records) = of_feature(&feature);
        let hasher = self.content(collection);
        records.iter().for_each(|record| hasher.add(record));
    }

    fn lineage(&mut self, _: Lineage) {}

    fn parcel(&mut self, version: ParcelVersion) {
        let parcel = &version.parcel;
        let valid = version.lifespan.valid;
        self.check.parcel_versions += 1;
        self.content(Target::Parcels).add(&of_parcel(parcel, valid));
        self.intervals.entry(parcel.id).or_default().push(valid);
        let key = ContentHash::of(parcel.as_map.to_string().as_bytes()).0;
        let key = key
            .first_chunk()
            .map_or(0, |eight| u64::from_be_bytes(*eight));
        let least = self.keys.entry(parcel.id).or_insert(key);
        *least = key.min(*least);
        if self.planes.get(parcel.plane).is_none() {
            self.check.flaws.push(Flaw::Plane {
                parcel: parcel.id,
                plane: parcel.plane,
            });
        }
        if let Some(defect) = validity::first_defect(&parcel.shape) {
            self.check.flaws.push(Flaw::Shape {
                parcel: parcel.id,
                from: valid.from,
                defect: defect.to_string(),
            });
        }
    }
}
