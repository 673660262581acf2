//! The judge: all checks over the drafts of one file, and which drafts stay out.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Ground;
use super::keys;
use super::neighbours::{Contacts, gaps_and_junctions};
use super::shape::{Mending, examine_shapes, is_sound};
use crate::exchange::{FeatureNumber, Finding, ParcelDraft, Severity};

/// Drafts in the order of the file, told apart by whether a finding keeps them out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// Drafts that go in.
    pub accepted: Vec<ParcelDraft>,
    /// Drafts that stay out, as the source has them.
    pub rejected: Vec<ParcelDraft>,
    /// Features whose shape was repaired.
    pub repaired: Vec<FeatureNumber>,
    /// What was found, by code, then by feature.
    pub findings: Vec<Finding>,
    /// Contacts too small to be listed.
    pub contacts: Contacts,
}

/// Judges the parcels of one file. Every draft comes out as it came in, except for shapes that
/// are repaired because `mending` asks for it.
///
/// Neighbours are asked for among the drafts that have a valid shape, rejected ones included: a
/// parcel with a bad key still lies where it lies.
pub fn judge(mut drafts: Vec<ParcelDraft>, ground: &Ground, mending: Mending) -> Judgement {
    let mut findings = keys::duplicates(&drafts);
    let repaired = examine_shapes(&mut drafts, ground, mending, &mut findings);
    findings.extend(keys::unusual_identifiers(&drafts));
    let mut contacts = Contacts::default();
    let mut by_plane: BTreeMap<_, Vec<&ParcelDraft>> = BTreeMap::new();
    for draft in drafts.iter().filter(|d| is_sound(&d.shape)) {
        by_plane.entry(draft.plane).or_default().push(draft);
    }
    for neighbours in by_plane.values() {
        findings.extend(gaps_and_junctions(neighbours, ground, &mut contacts));
    }
    findings.sort_by_key(|f| (f.code, f.feature, f.other_feature));
    let out: BTreeSet<i64> = findings
        .iter()
        .filter(|f| f.severity == Severity::Rejection)
        .filter_map(|f| f.feature)
        .collect();
    let (rejected, accepted) = drafts.into_iter().partition(|d| out.contains(&d.feature.0));
    Judgement {
        accepted,
        rejected,
        repaired,
        findings,
        contacts,
    }
}
