//! The judge of planning features: all checks over the drafts of one file, and which stay out.

use std::collections::{BTreeMap, BTreeSet};

use super::join::{conflicts, incomplete, join};
use super::outside::Coverage;
use super::overlap::overlaps;
use super::{CityLand, LayerHere, StatedFeature, facts};
use crate::exchange::check::{Contacts, Ground, Mending, examine_shapes};
use crate::exchange::{FeatureDraft, FeatureNumber, Finding, Severity};
use crate::planning::LayerCode;

/// What planning features are judged against; all of it comes from outside.
pub struct PlanGround<'a> {
    /// Planes, wards, the day.
    pub ground: Ground<'a>,
    /// Where the land of the city lies.
    pub land: CityLand<'a>,
    /// The layers of which there may be features: those the profile states, and those the
    /// register holds.
    pub layers: BTreeMap<LayerCode, LayerHere>,
}

/// Features in the order of the file, and the drafts that stay out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanJudgement {
    /// Features that go in, on every plane into whose land they reach.
    pub accepted: Vec<StatedFeature>,
    /// Drafts that stay out.
    pub rejected: BTreeSet<FeatureNumber>,
    /// Drafts whose shape was repaired.
    pub repaired: BTreeSet<FeatureNumber>,
    /// What was found, by code, then by feature.
    pub findings: Vec<Finding>,
    /// Overlaps too small to be listed.
    pub contacts: Contacts,
}

/// Judges the planning features of one file. `keys_out` are the keys of features that could not
/// even be read: what else the file has under them stays out too.
///
/// A feature whose source does not state its planes is held on every plane into whose land it
/// reaches; its shape there is derived, see [`CityLand::on_other_planes`].
pub fn judge(
    mut drafts: Vec<FeatureDraft>,
    keys_out: &BTreeSet<String>,
    ground: &PlanGround,
    mending: Mending,
) -> PlanJudgement {
    let mut findings = conflicts(&drafts);
    let repaired = examine_shapes(&mut drafts, &ground.ground, mending, &mut findings);
    for draft in &drafts {
        let own = [
            facts::unknown_layer(draft, ground),
            facts::never_valid(draft, ground),
            facts::without_extent(draft, ground),
        ];
        findings.extend(own.into_iter().flatten());
    }
    let out = rejected(&findings);
    let sound = drafts.iter().filter(|draft| !out.contains(&draft.feature));
    let strangers: Vec<Finding> = sound
        .filter_map(|draft| facts::outside_city(draft, ground))
        .collect();
    findings.extend(strangers);
    findings.extend(incomplete(&drafts, &rejected(&findings), keys_out));
    let out = rejected(&findings);
    drafts.retain(|draft| !out.contains(&draft.feature));
    let mut accepted = join(drafts);
    for feature in accepted.iter_mut().filter(|f| !f.states_planes) {
        let added: Vec<_> = feature
            .shapes
            .iter()
            .flat_map(|(plane, shape)| ground.land.on_other_planes(*plane, shape))
            .collect();
        for (plane, shape) in added {
            if feature.shapes.iter().all(|(held, _)| *held != plane) {
                feature.shapes.push((plane, shape));
            }
        }
    }
    let mut contacts = Contacts::default();
    findings.extend(overlaps(&accepted, ground, &mut contacts));
    findings.extend(beyond_coverage(&accepted, ground));
    findings.sort_by_key(|f| (f.code, f.feature, f.other_feature));
    PlanJudgement {
        repaired: repaired.into_iter().filter(|f| !out.contains(f)).collect(),
        rejected: out,
        accepted,
        findings,
        contacts,
    }
}

fn rejected(findings: &[Finding]) -> BTreeSet<FeatureNumber> {
    let rejections = findings
        .iter()
        .filter(|f| f.severity == Severity::Rejection);
    rejections.filter_map(Finding::feature_number).collect()
}

fn beyond_coverage(features: &[StatedFeature], ground: &PlanGround) -> Vec<Finding> {
    let crossing = ground.land.crossing();
    let coverages: BTreeMap<&LayerCode, Coverage<'_>> = ground
        .layers
        .iter()
        .map(|(code, layer)| (code, Coverage::of(layer, crossing)))
        .collect();
    let outside = features.iter().filter_map(|feature| {
        let coverage = coverages.get(&feature.layer)?;
        coverage.outside(feature, ground)
    });
    outside.collect()
}
