//! What a file changes: its drafts matched with the parcels the register holds of the dataset.

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use self::absent::Rejected;
use self::absent::end_absent;
use super::{FeatureNumber, ParcelDraft, Unstated};
use crate::cadastre::{Day, Parcel, ParcelId, ParcelKey, ParcelVersion, VersionId, WardCode};
use crate::land::{Edit, ParcelChange};

/// A draft whose ward of today has been told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The draft.
    pub draft: ParcelDraft,
    /// The ward in which it lies.
    pub ward: WardCode,
}

/// What the register holds, and what must not be taken for gone.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// Versions the register holds of the dataset and has not superseded (recorded interval
    /// open), earlier valid times included; of a dataset that is only supplemented those of the
    /// parcels that the file names.
    pub versions: Vec<ParcelVersion>,
    /// Parcels of the dataset that stand beside those.
    pub standing_beside: u64,
    /// Parcels among them that other datasets brought in: they are matched, never retired.
    pub of_others: BTreeSet<ParcelId>,
    /// What was rejected: its parcels stay as they are.
    pub rejected: Rejected,
    /// Facts of which the file says nothing: those of the register stay.
    pub unstated: Unstated,
    /// What may end because the file no longer has it.
    pub retiring: Retiring,
}

/// How many parcels of the register a file concerns, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Drafts of parcels the register did not hold.
    pub new: u64,
    /// Drafts that differ from what it holds.
    pub changed: u64,
    /// Drafts that say what it holds.
    pub unchanged: u64,
    /// Parcels it holds that the file no longer has.
    pub retired: u64,
    /// Parcels it holds that may be among the rejected features, and therefore stay.
    pub in_doubt: u64,
    /// Parcels of the dataset that stood in the register before.
    #[serde(default)]
    pub standing: u64,
}

impl Counts {
    /// So many may end without a question, however few stood.
    const FEW: u64 = 5;
    /// One in so many that stood may end without a question.
    const ONE_IN: u64 = 10;

    /// Whether so much of the dataset would end that the file was more likely cut short: more than
    /// five, and more than one in ten of those that stood.
    pub const fn retires_much(&self) -> bool {
        self.retired > Self::FEW && self.retired.saturating_mul(Self::ONE_IN) > self.standing
    }
}

/// What an import may end because its file no longer has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Retiring {
    /// As much as [`Counts::retires_much`] finds little.
    #[default]
    Little,
    /// Everything.
    All,
    /// Nothing: the file is a supplement, and says nothing of what it does not have.
    Nothing,
}

/// The edit that makes the register say what the file says.
#[derive(Debug, Clone, Default)]
pub struct Reconciled {
    /// What to write.
    pub edit: Edit,
    /// How many of what.
    pub counts: Counts,
    /// Drafts of new and of changed parcels.
    pub fresh: BTreeSet<FeatureNumber>,
    /// Parcels that the file states, or that end.
    pub concerned: BTreeSet<ParcelId>,
}

/// Matches drafts with held parcels: by national identifier first, then by the key on the map.
///
/// A draft that states no first day begins on `day`. A changed parcel is superseded from that day
/// on, or corrected as a whole when the day is not after the version's own first day. Parcels
/// without a draft end on `day`; one that ended and has a draft again stands again, from its end
/// on where the draft says that it stood then, else from `day`. A draft that begins before what is
/// held of its parcel adds the days before. `next_id` gives the surrogate keys of new parcels.
pub fn reconcile(
    drafts: Vec<Placed>,
    held: Held,
    day: Day,
    mut next_id: impl FnMut() -> ParcelId,
) -> Reconciled {
    let mut known = Known::of(held.versions);
    let mut reconciled = Reconciled::default();
    let stands = |versions: &[ParcelVersion]| {
        versions
            .last()
            .is_some_and(|v| v.lifespan.valid.to.is_none())
    };
    let own = known.versions.iter();
    let own = own.filter(|(id, versions)| !held.of_others.contains(id) && stands(versions));
    reconciled.counts.standing = own.count() as u64 + held.standing_beside;
    for (id, drafts) in identify(drafts, &known, &mut next_id) {
        let versions = known.versions.remove(&id).unwrap_or_default();
        reconciled.concerned.insert(id);
        for draft in drafts {
            let (parcel, feature) = ((id, versions.as_slice()), draft.draft.feature);
            let before = reconciled.edit.parcels.len();
            change(draft, parcel, held.unstated, day, &mut reconciled);
            if reconciled.edit.parcels.len() > before {
                reconciled.fresh.insert(feature);
            }
        }
    }
    let gone = known
        .versions
        .into_iter()
        .filter(|(id, _)| !held.of_others.contains(id));
    if held.retiring != Retiring::Nothing {
        let gone = gone.filter_map(|(_, mut versions)| versions.pop());
        end_absent(gone.collect(), &held.rejected, day, &mut reconciled);
    }
    reconciled
}

/// Held versions by parcel, each in the order of valid time.
struct Known {
    versions: BTreeMap<ParcelId, Vec<ParcelVersion>>,
    by_identifier: HashMap<String, ParcelId>,
    by_key: HashMap<ParcelKey, ParcelId>,
}

impl Known {
    fn of(held: Vec<ParcelVersion>) -> Self {
        let mut versions: BTreeMap<ParcelId, Vec<ParcelVersion>> = BTreeMap::new();
        for version in held {
            versions.entry(version.parcel.id).or_default().push(version);
        }
        let mut by_identifier = HashMap::new();
        let mut by_key = HashMap::new();
        for (id, of_parcel) in &mut versions {
            of_parcel.sort_by_key(|v| (v.lifespan.valid.from, v.version));
            if let Some(current) = of_parcel.last() {
                by_key.insert(current.parcel.as_map.clone(), *id);
                if let Some(identifier) = &current.parcel.national_identifier {
                    by_identifier.insert(identifier.as_str().to_owned(), *id);
                }
            }
        }
        Self {
            versions,
            by_identifier,
            by_key,
        }
    }

    fn by_identifier(&self, draft: &ParcelDraft) -> Option<ParcelId> {
        let identifier = draft.national_identifier.as_ref()?;
        self.by_identifier.get(identifier.as_str()).copied()
    }
}

/// Drafts by the parcel they describe, in the order in which parcels first occur in the file; all
/// drafts of one key are versions of one parcel.
fn identify(
    drafts: Vec<Placed>,
    known: &Known,
    next_id: &mut impl FnMut() -> ParcelId,
) -> Vec<(ParcelId, Vec<Placed>)> {
    let mut order: Vec<ParcelKey> = Vec::new();
    let mut by_key: HashMap<ParcelKey, Vec<Placed>> = HashMap::new();
    for placed in drafts {
        let key = placed.draft.as_map.clone();
        let versions = by_key.entry(key.clone()).or_default();
        if versions.is_empty() {
            order.push(key);
        }
        versions.push(placed);
    }
    let identified = |placed: &[Placed]| placed.iter().find_map(|p| known.by_identifier(&p.draft));
    let claimed: BTreeSet<ParcelId> = by_key.values().filter_map(|p| identified(p)).collect();
    let mut parcels = Vec::with_capacity(order.len());
    let mut used = BTreeSet::new();
    for key in order {
        let Some(mut versions) = by_key.remove(&key) else {
            continue;
        };
        versions.sort_by_key(|p| p.draft.valid_from);
        let by_key = || {
            known
                .by_key
                .get(&key)
                .copied()
                .filter(|id| !claimed.contains(id))
        };
        let id = identified(&versions)
            .or_else(by_key)
            .filter(|id| used.insert(*id));
        parcels.push((id.unwrap_or_else(&mut *next_id), versions));
    }
    parcels
}

/// Writes down what one draft changes of its parcel, and counts it.
fn change(
    placed: Placed,
    (id, versions): (ParcelId, &[ParcelVersion]),
    unstated: Unstated,
    day: Day,
    reconciled: &mut Reconciled,
) {
    let (stated_from, to) = (placed.draft.valid_from, placed.draft.valid_to);
    let from = stated_from.unwrap_or(day);
    let mut parcel = parcel_of(placed, id);
    // A draft with a first day of its own speaks of the version that holds on that day; any other
    // draft of the newest one.
    let spoken_of = match stated_from {
        Some(from) => versions.iter().rfind(|v| v.lifespan.valid.has(from)),
        None => versions.last(),
    };
    let changes = &mut reconciled.edit.parcels;
    let Some(version) = spoken_of else {
        let later = versions.iter().filter(|v| {
            let begins = v.lifespan.valid.from;
            from < begins && to.is_none_or(|to| begins < to)
        });
        let later: Vec<&ParcelVersion> = later.collect();
        if versions.iter().any(|v| from < v.lifespan.valid.from) {
            reconciled.counts.changed += 1;
        } else {
            reconciled.counts.new += 1;
        }
        changes.extend(before_and_over(&parcel, &later, unstated, (from, to)));
        return;
    };
    keep_unstated(&mut parcel, &version.parcel, unstated);
    let valid = version.lifespan.valid;
    let ends = to.filter(|to| valid.to.is_none_or(|held| *to < held));
    let same = same_content(&version.parcel, &parcel);
    let newest = versions.last() == Some(version);
    let version = version.version;
    if let Some(again) = stands_again(valid.to.filter(|_| newest), from, to) {
        let differs = (!same && valid.has(from)).then_some((version, from));
        changes.extend(standing_again(parcel, differs, (again, to)));
        reconciled.counts.changed += 1;
        return;
    }
    let amended = amend(version, parcel, same, (from, ends));
    if amended.is_empty() {
        reconciled.counts.unchanged += 1;
        return;
    }
    changes.extend(amended);
    reconciled.counts.changed += 1;
}

/// What makes a version say what a draft says from a day on, and end when it does; nothing when it
/// does so already.
fn amend(
    version: VersionId,
    parcel: Parcel,
    same: bool,
    (from, ends): (Day, Option<Day>),
) -> Vec<ParcelChange> {
    match (same, ends) {
        (true, None) => Vec::new(),
        (true, Some(to)) => vec![ParcelChange::Close { version, to }],
        (false, None) => vec![ParcelChange::Supersede {
            version,
            parcel,
            from,
        }],
        (false, to @ Some(_)) => vec![
            ParcelChange::Close { version, to: from },
            ParcelChange::Open { parcel, from, to },
        ],
    }
}

/// What a draft says of days before the versions that it reaches into, and of these.
fn before_and_over(
    parcel: &Parcel,
    later: &[&ParcelVersion],
    unstated: Unstated,
    (from, to): (Day, Option<Day>),
) -> Vec<ParcelChange> {
    let as_of = |version: &ParcelVersion| {
        let mut parcel = parcel.clone();
        keep_unstated(&mut parcel, &version.parcel, unstated);
        parcel
    };
    let first = later.first();
    let mut changes = vec![ParcelChange::Open {
        parcel: first.map_or_else(|| parcel.clone(), |version| as_of(version)),
        from,
        to: first.map_or(to, |version| Some(version.lifespan.valid.from)),
    }];
    for version in later {
        let (parcel, valid) = (as_of(version), version.lifespan.valid);
        let same = same_content(&version.parcel, &parcel);
        let ends = to.filter(|to| valid.to.is_none_or(|held| *to < held));
        changes.extend(amend(version.version, parcel, same, (valid.from, ends)));
    }
    changes
}

/// The day from which a parcel whose newest version has ended stands again, when a draft says that
/// it stands from a day on, or until a later end than the register holds.
fn stands_again(ended: Option<Day>, from: Day, to: Option<Day>) -> Option<Day> {
    let again = ended?.max(from);
    to.is_none_or(|to| again < to).then_some(again)
}

/// What makes a parcel stand again on some days, and say something else on days before, where its
/// version held and the file differs.
fn standing_again(
    parcel: Parcel,
    differs: Option<(VersionId, Day)>,
    (from, to): (Day, Option<Day>),
) -> Vec<ParcelChange> {
    let superseded = differs.map(|(version, from)| ParcelChange::Supersede {
        version,
        parcel: parcel.clone(),
        from,
    });
    let opened = ParcelChange::Open { parcel, from, to };
    superseded.into_iter().chain([opened]).collect()
}

/// Takes from the register what the file has no field for.
fn keep_unstated(parcel: &mut Parcel, held: &Parcel, unstated: Unstated) {
    if unstated.as_certificate && parcel.as_certificate.is_none() {
        parcel.as_certificate = held.as_certificate.clone();
    }
    if unstated.national_identifier && parcel.national_identifier.is_none() {
        parcel.national_identifier = held.national_identifier.clone();
    }
    if unstated.registered_area && parcel.registered_area.is_none() {
        parcel.registered_area = held.registered_area;
    }
    if unstated.land_use && parcel.land_use.is_empty() {
        parcel.land_use = held.land_use.clone();
    }
    if unstated.status {
        parcel.status = held.status;
    }
}

fn parcel_of(placed: Placed, id: ParcelId) -> Parcel {
    let Placed { draft, ward } = placed;
    Parcel {
        id,
        national_identifier: draft.national_identifier,
        ward,
        as_map: draft.as_map,
        as_certificate: draft.as_certificate,
        plane: draft.plane,
        shape: draft.shape.normalized(),
        registered_area: draft.registered_area,
        scale: draft.scale,
        land_use: draft.land_use,
        status: draft.status,
    }
}

/// Whether two versions say the same of the parcel, whatever vertex their rings begin with.
fn same_content(held: &Parcel, stated: &Parcel) -> bool {
    let mut held = held.clone();
    held.shape = held.shape.normalized();
    held == *stated
}

/// Parcels that the file no longer has, and what may be among its rejected features.
mod absent;
#[cfg(test)]
mod tests;
