//! One feature out of its parts: what a file has on two planes under one key is one feature.

use std::collections::{BTreeMap, BTreeSet};

use crate::cadastre::Day;
use crate::crs::Epsg;
use crate::exchange::check::about;
use crate::exchange::{FeatureDraft, FeatureNumber, Finding, FindingCode, shown_key};
use crate::geometry::Shape;
use crate::planning::{FeatureKind, LayerCode, LegalProvision};

/// A planning feature as a source states it, on all planes on which it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedFeature {
    /// The features of the source it is made of, at least one.
    pub numbers: Vec<FeatureNumber>,
    /// The layer.
    pub layer: LayerCode,
    /// The key.
    pub key: String,
    /// What it is.
    pub kind: FeatureKind,
    /// What it rests on beyond its layer.
    pub provisions: Vec<LegalProvision>,
    /// Its shape on each plane, areas in their normal form.
    pub shapes: Vec<(Epsg, Shape)>,
    /// Whether the source says on which planes its features are held.
    pub states_planes: bool,
    /// First day, when the source states it.
    pub valid_from: Option<Day>,
    /// First day after, when the source states it.
    pub valid_to: Option<Day>,
}

impl StatedFeature {
    /// A finding, about its first feature in the source.
    pub fn told(&self, finding: Finding) -> Finding {
        let finding = finding.with_key(shown_key(&self.layer, &self.key));
        match self.numbers.first() {
            Some(&number) => finding.about(number),
            None => finding,
        }
    }

    /// Whether there is a day on which both are valid; an open end reaches for ever.
    pub fn valid_with(&self, other: &Self) -> bool {
        let before = |to: Option<Day>, from: Option<Day>| match (to, from) {
            (Some(to), Some(from)) => to <= from,
            _ => false,
        };
        !before(self.valid_to, other.valid_from) && !before(other.valid_to, self.valid_from)
    }
}

/// One rejection for every draft whose key another draft of its layer has on the same day, unless
/// both are the same feature on two planes.
pub fn conflicts(drafts: &[FeatureDraft]) -> Vec<Finding> {
    let mut groups: BTreeMap<(&LayerCode, &str), Vec<&FeatureDraft>> = BTreeMap::new();
    for draft in drafts {
        let group = groups.entry((&draft.layer, &draft.key)).or_default();
        group.push(draft);
    }
    let mut findings = Vec::new();
    for members in groups.into_values().filter(|members| members.len() > 1) {
        for draft in &members {
            let others = || {
                let all = members.iter().filter(|o| o.feature != draft.feature);
                all.filter(|o| draft.valid_with(o) && !same_elsewhere(draft, o))
            };
            let Some(other) = others().next() else {
                continue;
            };
            let case = if draft.plane == other.plane {
                "planning_feature"
            } else {
                "planes_differ"
            };
            let count = (others().count() + 1).to_string();
            let plane = other.plane.to_string();
            let values = [
                ("key", draft.key.as_str()),
                ("count", &count),
                ("other", &other.feature.to_string()),
                ("plane", &plane),
            ];
            let finding = Finding::rejection(FindingCode::DuplicateKey, case, &values);
            findings.push(about(*draft, finding).and(other.feature));
        }
    }
    findings
}

/// Whether two drafts of one key are one feature on two planes.
fn same_elsewhere(a: &FeatureDraft, b: &FeatureDraft) -> bool {
    a.plane != b.plane
        && (a.valid_from, a.valid_to) == (b.valid_from, b.valid_to)
        && (&a.kind, &a.provisions) == (&b.kind, &b.provisions)
}

/// A rejection for every draft that is sound itself, and whose key stands on one that stays out: a
/// feature is held with all its parts and versions, or stays as the register has it.
pub fn incomplete(
    drafts: &[FeatureDraft],
    out: &BTreeSet<FeatureNumber>,
    keys_out: &BTreeSet<String>,
) -> Vec<Finding> {
    let rejected = drafts.iter().filter(|d| out.contains(&d.feature));
    let mut keys: BTreeSet<String> = rejected.map(FeatureDraft::shown_key).collect();
    keys.extend(keys_out.iter().cloned());
    let left = drafts.iter().filter(|d| !out.contains(&d.feature));
    let told = |draft: &FeatureDraft| {
        let values = [("key", draft.key.as_str())];
        let finding = Finding::rejection(FindingCode::IncompleteFeature, "", &values);
        about(draft, finding)
    };
    left.filter(|draft| keys.contains(&draft.shown_key()))
        .map(told)
        .collect()
}

/// The features that drafts without conflicts are, in the order in which the file has them.
pub fn join(drafts: Vec<FeatureDraft>) -> Vec<StatedFeature> {
    let mut places = BTreeMap::new();
    let mut joined: Vec<StatedFeature> = Vec::new();
    for draft in drafts {
        let shape = match draft.shape {
            Shape::Areas(areas) => Shape::Areas(areas.normalized()),
            other => other,
        };
        let valid = (draft.valid_from, draft.valid_to);
        let place = (draft.layer.clone(), draft.key.clone(), valid);
        let place = *places.entry(place).or_insert(joined.len());
        if let Some(feature) = joined.get_mut(place) {
            feature.numbers.push(draft.feature);
            feature.shapes.push((draft.plane, shape));
            continue;
        }
        joined.push(StatedFeature {
            numbers: vec![draft.feature],
            layer: draft.layer,
            key: draft.key,
            kind: draft.kind,
            provisions: draft.provisions,
            shapes: vec![(draft.plane, shape)],
            states_planes: draft.states_plane,
            valid_from: draft.valid_from,
            valid_to: draft.valid_to,
        });
    }
    joined
}
