//! The judge: all checks over the drafts of one file, and which drafts stay out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};

use super::causes::{Astray, likely_cause};
use super::ground::{Ground, place};
use super::neighbours::{Contacts, gaps_and_junctions};
use super::overlap::overlaps;
use super::shape::{Mending, examine_shapes, is_sound};
use super::wards::Units;
use super::{facts, keys};
use crate::cadastre::WardCode;
use crate::exchange::reconcile::Placed;
use crate::exchange::{FeatureNumber, Finding, Note, ParcelDraft, Severity};
use crate::geometry::point_on_surface;

/// Drafts in the order of the file, told apart by whether a finding keeps them out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// Drafts that go in, each with its ward.
    pub accepted: Vec<Placed>,
    /// Drafts that stay out, as the source has them.
    pub rejected: Vec<ParcelDraft>,
    /// Features whose shape was repaired.
    pub repaired: Vec<FeatureNumber>,
    /// What was found, by code, then by feature.
    pub findings: Vec<Finding>,
    /// Contacts too small to be listed.
    pub contacts: Contacts,
    /// How long the checks of neighbours took.
    pub neighbours: Duration,
    /// What many drafts have in common.
    pub notes: Vec<Note>,
}

/// Judges the parcels of one file. Every draft comes out as it came in, except for shapes that
/// are repaired because `mending` asks for it.
///
/// Neighbours are asked for among the drafts that have a valid shape, rejected ones included: a
/// parcel with a bad key still lies where it lies.
pub fn judge(mut drafts: Vec<ParcelDraft>, ground: &Ground, mending: Mending) -> Judgement {
    let mut findings = keys::duplicates(&drafts);
    findings.extend(keys::unusual_identifiers(&drafts));
    let mut repaired = examine_shapes(&mut drafts, ground, mending, &mut findings);
    let units = Units::new(ground);
    let mut by_plane: BTreeMap<_, Vec<&ParcelDraft>> = BTreeMap::new();
    for draft in &drafts {
        findings.extend(facts::over_from_unknown(draft, ground));
        findings.extend(facts::unknown_land_use(draft, ground));
        if is_sound(&draft.shape) {
            findings.extend(facts::area_mismatch(draft, ground));
            by_plane.entry(draft.plane).or_default().push(draft);
        }
    }
    let (placed, astray) = in_wards(&drafts, &units, &mut findings);
    let notes = likely_cause(&astray, drafts.len(), &units, ground);
    let began = Instant::now();
    let mut contacts = Contacts::default();
    for neighbours in by_plane.values() {
        findings.extend(overlaps(neighbours, ground, &mut contacts));
        findings.extend(gaps_and_junctions(neighbours, ground, &mut contacts));
    }
    let neighbours = began.elapsed();
    place_all(&mut findings, &drafts, ground);
    findings.sort_by_key(|f| (f.code, f.feature, f.other_feature));
    let rejections = findings
        .iter()
        .filter(|f| f.severity == Severity::Rejection);
    let out: BTreeSet<i64> = rejections.filter_map(|f| f.feature).collect();
    repaired.retain(|feature| !out.contains(&feature.0));
    let mut judgement = Judgement {
        repaired,
        findings,
        contacts,
        neighbours,
        notes: notes.into_iter().collect(),
        ..Judgement::default()
    };
    for draft in drafts {
        match placed.get(&draft.feature) {
            Some(&ward) if !out.contains(&draft.feature.0) => {
                judgement.accepted.push(Placed { draft, ward });
            }
            _ => judgement.rejected.push(draft),
        }
    }
    judgement
}

/// The ward of each draft that has one, and the drafts that lie outside of theirs.
fn in_wards<'d>(
    drafts: &'d [ParcelDraft],
    units: &Units<'_>,
    findings: &mut Vec<Finding>,
) -> (HashMap<FeatureNumber, WardCode>, Vec<Astray<'d>>) {
    let mut placed = HashMap::new();
    let mut astray = Vec::new();
    for draft in drafts {
        match units.ward_of(draft) {
            Ok(ward) => {
                if let Some(far) = units.far_from(draft, ward) {
                    findings.push(far);
                    let wards = vec![ward];
                    astray.push(Astray { draft, wards });
                }
                placed.insert(draft.feature, ward);
            }
            Err(finding) => {
                findings.push(*finding);
                let wards = units.candidates(draft);
                if wards.len() > 1 {
                    astray.push(Astray { draft, wards });
                }
            }
        }
    }
    (placed, astray)
}

/// Gives every finding without a place one on the ground of its draft, for people who look for it
/// on a map.
fn place_all(findings: &mut [Finding], drafts: &[ParcelDraft], ground: &Ground) {
    if findings.iter().all(|finding| finding.place_m.is_some()) {
        return;
    }
    let drafts: HashMap<i64, &ParcelDraft> = drafts.iter().map(|d| (d.feature.0, d)).collect();
    for finding in findings.iter_mut().filter(|f| f.place_m.is_none()) {
        let draft = finding.feature.and_then(|feature| drafts.get(&feature));
        let Some(draft) = draft else { continue };
        let first = || draft.shape.rings().find_map(|ring| ring.0.first().copied());
        let on = point_on_surface(&draft.shape).or_else(first);
        if let Some(at) = on {
            let at = (at.x().into(), at.y().into());
            *finding = place(finding.clone(), ground, draft.plane, at);
        }
    }
}
