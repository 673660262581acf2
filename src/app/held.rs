//! What the register holds that an import has to know: wards, the crosswalk, its parcels, features.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Error;
use super::wards::built_in_wards;
use crate::cadastre::{ParcelId, ParcelKey, ParcelVersion, Revision, Ward, WardSuccession};
use crate::exchange::ParcelDraft;
use crate::exchange::check::Standing;
use crate::exchange::plan::HeldFeatures;
use crate::exchange::profile::Target;
use crate::exchange::reconcile::{Held, Placed, Retiring};
use crate::land::City;
use crate::planning::LayerCode;
use crate::store::{CityDisplay, FileScope, ParcelNames, Store};

/// Wards of today and of before, and which became which.
#[derive(Debug, Default)]
pub(super) struct Wards {
    pub wards: Vec<Ward>,
    pub successions: Vec<WardSuccession>,
}

/// The wards that a register holds; those that come with the program for one that holds nothing,
/// as a dry run meets it.
pub(super) fn wards(store: &Store, city: &City) -> Result<Wards, Error> {
    let (wards, successions) = store.wards()?;
    if wards.is_empty() && store.revision()? == Revision(0) {
        return built_in_wards(city);
    }
    Ok(Wards { wards, successions })
}

/// The parcels of a register that a file may be about: those of its dataset, and those that have
/// the key or the national identifier of one of its drafts. Of a dataset that the file only
/// supplements, these alone.
pub(super) fn parcels(
    store: &Store,
    dataset: &str,
    drafts: &[Placed],
    retiring: Retiring,
) -> Result<Held, Error> {
    let revisions = store.revisions(u32::MAX)?;
    let own = revisions
        .iter()
        .filter(|r| r.dataset == dataset)
        .map(|r| r.revision);
    let identifier = |p: &Placed| {
        let identifier = p.draft.national_identifier.as_ref();
        identifier.map(|identifier| identifier.as_str().to_owned())
    };
    let mut reader = HeldReader {
        own: own.collect(),
        keys: drafts.iter().map(|p| p.draft.as_map.clone()).collect(),
        identifiers: drafts.iter().filter_map(identifier).collect(),
        concerned: BTreeMap::new(),
        versions: BTreeMap::new(),
        standing: 0,
    };
    if retiring == Retiring::Nothing {
        let (keys, identifiers) = (&reader.keys, &reader.identifiers);
        let keys: Vec<ParcelKey> = keys.iter().cloned().collect();
        let identifiers: Vec<String> = identifiers.iter().cloned().collect();
        let names = ParcelNames {
            keys: &keys,
            identifiers: &identifiers,
        };
        store.parcels_named(names, &mut |version| reader.parcel(version))?;
        let all = store.count_standing(dataset)?;
        let standing = reader.standing;
        return Ok(Held {
            standing_beside: all.saturating_sub(standing),
            ..reader.held()
        });
    }
    let communes = drafts.iter().map(|p| p.draft.as_map.commune);
    let scope = FileScope {
        dataset,
        communes: communes.clone().min().zip(communes.max()),
        identified: !reader.identifiers.is_empty(),
    };
    store.parcels_in_scope(scope, &mut |version| reader.parcel(version))?;
    Ok(reader.held())
}

/// The parcels that stand in a register, of whatever dataset, where the boxes around some drafts
/// are, or very near, but for some.
pub(super) fn standing(
    store: &Store,
    city: &City,
    drafts: &[&ParcelDraft],
    except: &BTreeSet<ParcelId>,
) -> Result<Vec<Standing>, Error> {
    if drafts.is_empty() {
        return Ok(Vec::new());
    }
    let unplaced = |e| Error::internal("cannot place a parcel", e);
    let display = CityDisplay::new(&city.planes, &city.transforms)
        .map_err(|e| Error::internal("cannot set up the display geometry", e))?;
    let mut boxes = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(around) = draft.shape.envelope() {
            boxes.push(display.box_4756(draft.plane, around).map_err(unplaced)?);
        }
    }
    let mut versions = Vec::new();
    store.parcels_standing_in(&boxes, except, &mut |version| versions.push(version))?;
    if versions.is_empty() {
        return Ok(Vec::new());
    }
    let revisions = store.revisions(u32::MAX)?;
    let datasets: HashMap<Revision, String> = revisions
        .into_iter()
        .map(|r| (r.revision, r.dataset))
        .collect();
    let of = |version: ParcelVersion| Standing {
        dataset: datasets
            .get(&version.recorded_in)
            .cloned()
            .unwrap_or_default(),
        version,
    };
    Ok(versions.into_iter().map(of).collect())
}

/// The features of a collection that a register holds in some layers.
pub(super) fn features(
    store: &Store,
    dataset: &str,
    collection: Target,
    layers: &[LayerCode],
) -> Result<HeldFeatures, Error> {
    let revisions = store.revisions(u32::MAX)?;
    let own = revisions.iter().filter(|r| r.dataset == dataset);
    let own: BTreeSet<Revision> = own.map(|r| r.revision).collect();
    let (mut versions, mut brought) = (Vec::new(), BTreeSet::new());
    store.features_of(layers, &mut |feature| {
        if Target::of(&feature.kind) == collection {
            if own.contains(&feature.recorded_in) {
                brought.insert(feature.id);
            }
            versions.push(feature);
        }
    })?;
    let all = versions.iter().map(|v| v.id);
    Ok(HeldFeatures {
        of_others: all.filter(|id| !brought.contains(id)).collect(),
        versions,
        ..HeldFeatures::default()
    })
}

/// Keeps the versions of the parcels that concern an import.
struct HeldReader {
    own: BTreeSet<Revision>,
    keys: HashSet<ParcelKey>,
    identifiers: HashSet<String>,
    /// Whether a parcel that concerns the import is the dataset's own.
    concerned: BTreeMap<ParcelId, bool>,
    versions: BTreeMap<ParcelId, Vec<ParcelVersion>>,
    /// Parcels of the dataset that stand as it recorded them.
    standing: u64,
}

impl HeldReader {
    fn parcel(&mut self, version: ParcelVersion) {
        let parcel = &version.parcel;
        let own = self.own.contains(&version.recorded_in);
        let stands = version.lifespan.valid.to.is_none();
        self.standing += u64::from(own && stands);
        let named = parcel
            .national_identifier
            .as_ref()
            .is_some_and(|identifier| self.identifiers.contains(identifier.as_str()));
        if own || named || self.keys.contains(&parcel.as_map) {
            *self.concerned.entry(parcel.id).or_default() |= own;
            self.versions.entry(parcel.id).or_default().push(version);
        }
    }

    fn held(self) -> Held {
        let others = self.concerned.iter().filter(|(_, own)| !**own);
        Held {
            of_others: others.map(|(id, _)| *id).collect(),
            versions: self.versions.into_values().flatten().collect(),
            ..Held::default()
        }
    }
}
