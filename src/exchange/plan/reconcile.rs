//! What a file changes: its features matched with those the register holds in their layers.

use std::collections::{BTreeMap, BTreeSet};

use super::StatedFeature;
use crate::cadastre::{Day, Instant, Interval, Lifespan, Revision};
use crate::crs::Epsg;
use crate::exchange::reconcile::{Counts, Retiring};
use crate::exchange::shown_key;
use crate::geometry::Shape;
use crate::land::FeatureChange;
use crate::planning::{FeatureId, LayerCode, PlanFeature};

/// What the register holds, and what must not be taken for gone.
#[derive(Debug, Clone, Default)]
pub struct HeldFeatures {
    /// Versions of the kind and the layers that the file is about, which the register has not
    /// superseded, earlier valid times included.
    pub versions: Vec<PlanFeature>,
    /// Features among them that other datasets brought in: they are matched, never retired.
    pub of_others: BTreeSet<FeatureId>,
    /// Layers and keys of features that were rejected, as findings show them.
    pub rejected_keys: BTreeSet<String>,
    /// What may end because the file no longer has it.
    pub retiring: Retiring,
    /// Whether features without a readable key were rejected: then nothing is retired.
    pub rejected_without_key: bool,
}

/// The changes that make the register say what the file says.
#[derive(Debug, Clone, Default)]
pub struct ReconciledPlan {
    /// What to write; those of one feature in their order.
    pub changes: Vec<FeatureChange>,
    /// How many of what.
    pub counts: Counts,
}

/// Matches stated features with held ones by layer and key.
///
/// A feature that states no first day holds from the day of its layer on. What it says takes the
/// place of whatever the register holds on its days; a feature that is held throughout as it is
/// stated is unchanged. One that the file no longer has ends on the day of its layer.
pub fn reconcile_features(
    stated: Vec<StatedFeature>,
    held: HeldFeatures,
    day_of: impl Fn(&LayerCode) -> Day,
    mut next_id: impl FnMut() -> FeatureId,
) -> ReconciledPlan {
    let mut known: BTreeMap<(LayerCode, String), Vec<PlanFeature>> = BTreeMap::new();
    for version in held.versions {
        let key = (version.layer.clone(), version.key.clone());
        known.entry(key).or_default().push(version);
    }
    let mut order = Vec::new();
    let mut claims: BTreeMap<(LayerCode, String), Vec<StatedFeature>> = BTreeMap::new();
    for feature in stated {
        let key = (feature.layer.clone(), feature.key.clone());
        let of_feature = claims.entry(key.clone()).or_default();
        if of_feature.is_empty() {
            order.push(key);
        }
        of_feature.push(feature);
    }
    let mut reconciled = ReconciledPlan::default();
    for key in order {
        let versions = known.remove(&key).unwrap_or_default();
        let own = |v: &PlanFeature| !held.of_others.contains(&v.id) && holds(v, day_of(&key.0));
        reconciled.counts.standing += u64::from(versions.iter().any(own));
        let id = versions.first().map_or_else(&mut next_id, |v| v.id);
        let claims = claims.remove(&key).unwrap_or_default();
        Timeline::new(id, versions, day_of(&key.0)).settle(claims, &mut reconciled);
    }
    for ((layer, key), versions) in known {
        let (day, id) = (day_of(&layer), versions[0].id);
        if held.of_others.contains(&id) || !versions.iter().any(|v| holds(v, day)) {
            continue;
        }
        reconciled.counts.standing += 1;
        if held.retiring == Retiring::Nothing {
            continue;
        }
        let shown = shown_key(&layer, &key);
        if held.rejected_without_key || held.rejected_keys.contains(&shown) {
            reconciled.counts.in_doubt += 1;
        } else {
            reconciled.counts.retired += 1;
            let close = FeatureChange::Close { layer, id, to: day };
            reconciled.changes.push(close);
        }
    }
    reconciled
}

/// Whether a version holds after a day.
fn holds(version: &PlanFeature, day: Day) -> bool {
    version.lifespan.valid.to.is_none_or(|to| day < to)
}

/// What the register holds of one feature, in the order of valid time.
struct Timeline {
    id: FeatureId,
    versions: Vec<PlanFeature>,
    /// Day from which on a claim holds that states no first day.
    day: Day,
}

impl Timeline {
    fn new(id: FeatureId, mut versions: Vec<PlanFeature>, day: Day) -> Self {
        versions.sort_by_key(|v| v.lifespan.valid.from);
        Self { id, versions, day }
    }

    /// Writes down what the claims of a file change, in the order of their days, and counts them.
    fn settle(&self, mut claims: Vec<StatedFeature>, into: &mut ReconciledPlan) {
        claims.sort_by_key(|claim| claim.valid_from.unwrap_or(self.day));
        let mut cleared = false;
        let begins: Vec<Day> = claims.iter().map(|c| self.begin(c)).collect();
        for (i, claim) in claims.into_iter().enumerate() {
            let (from, to) = (begins[i], claim.valid_to);
            let next = begins.get(i + 1).copied();
            let put = cleared || !self.holds_throughout(&claim, from, to);
            // Days after its end on which the file has nothing, and the register something.
            let gap = to.filter(|to| next != Some(*to) && self.holds_within(*to, next));
            let counts = &mut into.counts;
            match (put, gap) {
                _ if self.versions.is_empty() => counts.new += 1,
                (false, None) => counts.unchanged += 1,
                _ => counts.changed += 1,
            }
            let layer = claim.layer.clone();
            if put {
                let feature = self.feature(claim, Interval { from, to });
                into.changes.push(FeatureChange::Open(Box::new(feature)));
            }
            if let Some(to) = gap {
                let id = self.id;
                into.changes.push(FeatureChange::Close { layer, id, to });
                cleared = true;
            }
        }
    }

    /// The first day of a claim. One that states none and says what the newest version says,
    /// which holds on, speaks of that version.
    fn begin(&self, claim: &StatedFeature) -> Day {
        let newest = self.versions.last();
        let newest = newest.filter(|v| v.lifespan.valid.to.is_none() && same(v, claim));
        claim
            .valid_from
            .or(newest.map(|v| v.lifespan.valid.from))
            .unwrap_or(self.day)
    }

    /// Whether the register says the same on every day from `from` until `to`.
    fn holds_throughout(&self, claim: &StatedFeature, from: Day, to: Option<Day>) -> bool {
        let mut day = from;
        for version in &self.versions {
            let valid = version.lifespan.valid;
            if valid.has(day) && same(version, claim) {
                match valid.to {
                    None => return true,
                    Some(end) if to.is_some_and(|to| to <= end) => return true,
                    Some(end) => day = end,
                }
            }
        }
        false
    }

    /// Whether the register holds the feature on a day from `from` until `to`.
    fn holds_within(&self, from: Day, to: Option<Day>) -> bool {
        self.versions.iter().any(|version| {
            let valid = version.lifespan.valid;
            valid.to.is_none_or(|end| from < end) && to.is_none_or(|to| valid.from < to)
        })
    }

    fn feature(&self, claim: StatedFeature, valid: Interval<Day>) -> PlanFeature {
        PlanFeature {
            id: self.id,
            layer: claim.layer,
            key: claim.key,
            kind: claim.kind,
            shapes: claim.shapes,
            provisions: claim.provisions,
            lifespan: Lifespan {
                valid,
                recorded: Interval::open(Instant(0)),
            },
            recorded_in: Revision(0),
        }
    }
}

/// Whether a held version says what a file states, whatever vertex its rings begin with and in
/// whatever order its planes stand.
fn same(held: &PlanFeature, stated: &StatedFeature) -> bool {
    held.kind == stated.kind
        && held.provisions == stated.provisions
        && in_order(&held.shapes) == in_order(&stated.shapes)
}

fn in_order(shapes: &[(Epsg, Shape)]) -> Vec<(Epsg, Shape)> {
    let normal = |(plane, shape): &(Epsg, Shape)| match shape {
        Shape::Areas(areas) => (*plane, Shape::Areas(areas.normalized())),
        other => (*plane, other.clone()),
    };
    let mut shapes: Vec<_> = shapes.iter().map(normal).collect();
    shapes.sort_by_key(|(plane, _)| *plane);
    shapes
}
