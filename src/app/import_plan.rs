//! Importing planning features: their layers stated, the features matched, one revision written.

use std::collections::{BTreeMap, BTreeSet};

use super::Error;
use super::held;
use super::import_file::{FIRST_PROVISIONAL, Import, Progress, same_as_last, write};
use super::import_reading::Surveyed;
use super::laps::{Laps, millis};
use super::plan_layers::{PlanLayers, StatedLayer};
use crate::cadastre::Revision;
use crate::crs::LonLat;
use crate::evidence::{ContentHash, canonical_bytes};
use crate::exchange::crossing::Crossing;
use crate::exchange::intake::Read;
use crate::exchange::kept::KeptFeature;
use crate::exchange::plan::{
    CityLand, PlanGround, PlanIntake, ReconciledPlan, StatedFeature, judge_plan, reconcile_features,
};
use crate::exchange::report::{FileCounts, Outcome, Report, Subject, Sums, count_by_code};
use crate::exchange::source::Source;
use crate::land::{Edit, FeatureChange};
use crate::planning::{FeatureId, LayerCode};
use crate::store::Sequence;

impl Import<'_> {
    /// Imports the features of an opened file as one new revision, or finds that it is the one
    /// imported last.
    ///
    /// # Errors
    /// As [`super::import_file()`].
    pub(super) fn plan(
        &self,
        sources: &mut [Source],
        mut subject: Subject,
        progress: &mut dyn FnMut(Progress),
        mut laps: Laps,
    ) -> Result<Report, Error> {
        let (newest, heads) = self.store.layers()?;
        let wards = held::wards(self.store, &self.reference.city)?;
        let city = &self.reference.city;
        let crossing = Crossing::new(&city.planes, &city.transforms)
            .map_err(|e| Error::internal("cannot set up the ways between planes", e))?;
        let land = CityLand::new(&wards.wards, &crossing);
        let mut layers = PlanLayers::find(self, &land, &wards.wards, heads)?;
        subject.day = layers.day;
        subject.order_hash = hash_with(&subject.order_hash, &layers)?;
        // The register no longer holds what the last import brought into a layer that was
        // withdrawn since.
        if !layers.bring_back()
            && let Some(report) = same_as_last(self.store, &subject)?
        {
            return Ok(report);
        }
        let ground = PlanGround {
            ground: self.ground(&wards, &subject),
            layers: layers.here(),
            land,
        };
        let (intake, mut kept) = self.take_in_features(sources, &ground, (progress, &mut laps))?;
        progress(Progress::Matching);
        layers.settle(&intake.accepted);
        if intake.rejected > 0 {
            layers.fail(&intake.accepted);
        }
        let reconciled = self.match_features(&subject, &layers, &intake)?;
        laps.durations.matching_ms = laps.lap();
        let mut report = report(subject, &intake, reconciled.counts, &layers)?;
        report.notes.extend(self.supplement_note());
        self.opened.name_files(&mut report, &mut kept);
        if let Some(outcome) = self.unwritten(&report.counts.register) {
            report.outcome = outcome;
        } else {
            progress(Progress::Writing);
            let edit = self.plan_edit(newest, layers.changed(), reconciled.changes)?;
            let written = (edit, kept.as_slice());
            report = write(
                self.store,
                self.reference,
                report,
                written,
                self.now,
                &mut laps,
            )?;
        }
        report.durations = Some(laps.durations);
        Ok(report)
    }

    /// Reads and judges the layer of the file, and reads once more what is kept whole.
    fn take_in_features(
        &self,
        sources: &mut [Source],
        ground: &PlanGround,
        (progress, laps): (&mut dyn FnMut(Progress), &mut Laps),
    ) -> Result<(PlanIntake, Vec<KeptFeature>), Error> {
        let plane_at = |at: LonLat| ground.land.plane_at(at);
        let surveyed = Surveyed {
            of_ward: None,
            at: Some(&plane_at),
        };
        laps.durations.opening_ms = laps.lap();
        let reads = self.read(sources, surveyed, progress)?;
        let read = Read::joined(reads);
        laps.durations.reading_ms = laps.lap();
        laps.durations.mapping_ms = millis(read.mapping);
        progress(Progress::Judging);
        let intake = judge_plan(read, ground, self.order.mending);
        laps.durations.judging_ms = laps.lap();
        let kept = self.read_whole(sources, &intake.to_keep, &intake.findings)?;
        laps.durations.keeping_ms = laps.lap();
        Ok((intake, kept))
    }

    /// Matches what was taken in with what the register holds in the layers it is about. New
    /// features get keys that are only good for telling them apart.
    fn match_features(
        &self,
        subject: &Subject,
        layers: &PlanLayers,
        intake: &PlanIntake,
    ) -> Result<ReconciledPlan, Error> {
        let named = intake.accepted.iter().map(|feature| &feature.layer);
        let about: BTreeSet<&LayerCode> = layers.stated_codes().chain(named).collect();
        let about: Vec<LayerCode> = about.into_iter().cloned().collect();
        let collection = self.opened.profile.target;
        let mut held = held::features(self.store, &subject.dataset, collection, &about)?;
        (held.rejected_keys, held.rejected_without_key) = intake.rejected_keys();
        held.retiring = self.retiring();
        let mut next = FIRST_PROVISIONAL;
        let provisional = || {
            next += 1;
            FeatureId(next)
        };
        let stated = intake.accepted.clone();
        let day_of = |code: &LayerCode| layers.day_of(code);
        Ok(reconcile_features(stated, held, day_of, provisional))
    }

    /// The edit, with keys of the register for new features.
    fn plan_edit(
        &self,
        newest: Revision,
        layers: Vec<crate::planning::Layer>,
        mut features: Vec<FeatureChange>,
    ) -> Result<Edit, Error> {
        let provisional = |change: &FeatureChange| {
            let number = change.feature().0.0.checked_sub(FIRST_PROVISIONAL);
            number.filter(|number| *number > 0)
        };
        let count = features.iter().filter_map(provisional).max().unwrap_or(0);
        if count > 0 {
            let too_many = |e| Error::internal("too many features for one import", e);
            let count = u32::try_from(count).map_err(too_many)?;
            let reserved = self.store.reserve(Sequence::Features, count)?;
            for change in &mut features {
                let number = provisional(change);
                if let (Some(number), FeatureChange::Open(feature)) = (number, change) {
                    feature.id = FeatureId(reserved.start + number - 1);
                }
            }
        }
        Ok(Edit {
            based_on: Some(newest),
            layers,
            features,
            ..Edit::default()
        })
    }
}

/// The hash of an order, with the layers as they were found: the same file over another coverage
/// is another import.
fn hash_with(order_hash: &str, layers: &PlanLayers) -> Result<String, Error> {
    let stated: Vec<String> = layers.stated().map(StatedLayer::hash).collect();
    let bytes = canonical_bytes(&(order_hash, stated))
        .map_err(|e| Error::internal("cannot hash the order of an import", e))?;
    Ok(ContentHash::of(&bytes).to_string())
}

/// The report of what was taken in, as a dry run would give it.
fn report(
    subject: Subject,
    intake: &PlanIntake,
    register: crate::exchange::reconcile::Counts,
    layers: &PlanLayers,
) -> Result<Report, Error> {
    let over = |f: &StatedFeature| f.valid_to.is_some_and(|to| to <= layers.day_of(&f.layer));
    let counts = FileCounts {
        read: intake.read,
        rejected: intake.rejected,
        repaired: intake.repaired,
        joined: intake.joined(),
        over: intake.accepted.iter().filter(|f| over(f)).count() as u64,
        register,
    };
    if !counts.adds_up() {
        let what = format!("the counts of an import do not add up: {counts:?}");
        return Err(Error::internal("cannot import", what));
    }
    let mut features: BTreeMap<&LayerCode, u64> = BTreeMap::new();
    for feature in &intake.accepted {
        *features.entry(&feature.layer).or_default() += 1;
    }
    Ok(Report {
        subject,
        outcome: Outcome::DryRun,
        counts,
        drawn: None,
        certificates: None,
        sums: Sums::default(),
        layers: layers.outcomes(&features),
        contacts: intake.contacts.clone(),
        durations: None,
        by_code: count_by_code(&intake.findings),
        notes: intake.notes.clone(),
        findings: intake.findings.clone(),
    })
}
