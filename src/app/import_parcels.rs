//! Importing parcels: read, judged with their neighbours, matched with the register, one revision
//! written.

use super::Error;
use super::held::{self, Wards};
use super::import_file::{FIRST_PROVISIONAL, Import, Progress, same_as_last, write};
use super::import_reading::Surveyed;
use super::laps::{Laps, millis};
use crate::cadastre::{MeasuredArea, ParcelId, RegisteredArea};
use crate::exchange::ParcelDraft;
use crate::exchange::check::{Ground, overlaps_standing};
use crate::exchange::intake::{Intake, judge_read};
use crate::exchange::reconcile::{Counts, Placed, Reconciled, reconcile};
use crate::exchange::report::{FileCounts, Outcome, Report, Subject, Sums, count_by_code};
use crate::exchange::source::Source;

impl Import<'_> {
    /// Imports the parcels of an opened file as one new revision, or finds that it is the one
    /// imported last.
    ///
    /// # Errors
    /// As [`super::import_file()`].
    pub(super) fn parcels(
        &self,
        sources: &mut [Source],
        subject: Subject,
        progress: &mut dyn FnMut(Progress),
        mut laps: Laps,
    ) -> Result<Report, Error> {
        if let Some(report) = same_as_last(self.store, &subject)? {
            return Ok(report);
        }
        let wards = held::wards(self.store, &self.reference.city)?;
        let ground = self.ground(&wards, &subject);
        let mut intake = self.take_in_parcels(sources, &ground, (progress, &mut laps))?;
        progress(Progress::Matching);
        let reconciled = self.match_parcels(&subject, &intake)?;
        if intake.read == 0 && reconciled.counts.retired > 0 {
            return Err(nothing_read(&subject, reconciled.counts.retired));
        }
        laps.durations.matching_ms = laps.lap();
        self.compare_with_standing(&mut intake, &reconciled, &ground)?;
        laps.durations.neighbours_ms += laps.lap();
        let mut report = report(subject, &intake, reconciled.counts)?;
        report.notes.extend(self.supplement_note());
        self.opened.name_files(&mut report, &mut intake.kept);
        if let Some(outcome) = self.unwritten(&report.counts.register) {
            report.outcome = outcome;
        } else {
            progress(Progress::Writing);
            let written = (reconciled.edit, intake.kept.as_slice());
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

    /// What the features of a file are judged against.
    pub(super) fn ground<'g>(&'g self, wards: &'g Wards, subject: &Subject) -> Ground<'g> {
        Ground {
            planes: &self.reference.city.planes,
            transforms: Some(&self.reference.city.transforms),
            wards: &wards.wards,
            successions: &wards.successions,
            land_use: &self.reference.land_use,
            day: subject.day,
        }
    }

    /// Reads and judges the layer, and keeps whole what stays out.
    fn take_in_parcels(
        &self,
        sources: &mut [Source],
        ground: &Ground<'_>,
        (progress, laps): (&mut dyn FnMut(Progress), &mut Laps),
    ) -> Result<Intake, Error> {
        let of_ward = |code| {
            let ward = ground.wards.iter().find(|w| w.code == code);
            ward.map(|w| w.plane)
        };
        let surveyed = Surveyed {
            of_ward: Some(&of_ward),
            at: None,
        };
        laps.durations.opening_ms = laps.lap();
        let reads = self.read(sources, surveyed, progress)?;
        laps.durations.reading_ms = laps.lap();
        progress(Progress::Judging);
        let mut intake = judge_read(reads, ground, self.order.mending);
        laps.durations.mapping_ms = millis(intake.took.mapping);
        laps.durations.neighbours_ms = millis(intake.took.neighbours);
        laps.durations.judging_ms = laps.lap().saturating_sub(laps.durations.neighbours_ms);
        let whole = self.read_whole(sources, &intake.to_keep, &intake.findings)?;
        intake.kept.extend(whole);
        laps.durations.keeping_ms = laps.lap();
        Ok(intake)
    }

    /// Finds the parcels of the file that are new or changed and lie on parcels that will stand in
    /// the register beside them, of whatever dataset.
    fn compare_with_standing(
        &self,
        intake: &mut Intake,
        reconciled: &Reconciled,
        ground: &Ground<'_>,
    ) -> Result<(), Error> {
        let fresh = intake.accepted.iter().map(|placed| &placed.draft);
        let fresh: Vec<&ParcelDraft> = fresh
            .filter(|draft| reconciled.fresh.contains(&draft.feature))
            .collect();
        let city = &self.reference.city;
        let standing = held::standing(self.store, city, &fresh, &reconciled.concerned)?;
        let found = overlaps_standing(&fresh, &standing, ground, &mut intake.contacts);
        intake.add(found);
        Ok(())
    }

    /// Matches what was taken in with what the register holds. New parcels get keys that are only
    /// good for telling them apart; those of the register are reserved when it is written.
    fn match_parcels(&self, subject: &Subject, intake: &Intake) -> Result<Reconciled, Error> {
        let (dataset, retiring) = (&subject.dataset, self.retiring());
        let mut held = held::parcels(self.store, dataset, &intake.accepted, retiring)?;
        held.rejected = intake.rejected();
        held.unstated = intake.unstated;
        held.retiring = retiring;
        let mut next = FIRST_PROVISIONAL;
        let provisional = || {
            next += 1;
            ParcelId::new(next).expect("2^52 and as many parcels as memory holds are below 2^53")
        };
        Ok(reconcile(
            intake.accepted.clone(),
            held,
            subject.day,
            provisional,
        ))
    }
}

/// A file without any parcel is far more often a broken export than a city that lost its land.
fn nothing_read(subject: &Subject, retired: u64) -> Error {
    Error::Refused(format!(
        "`{}` holds no parcel, and {retired} parcels of the dataset `{}` would end; expected a file \
         with at least one",
        subject.file, subject.dataset
    ))
}

/// The report of what was taken in, as a dry run would give it.
fn report(subject: Subject, intake: &Intake, register: Counts) -> Result<Report, Error> {
    let over = |placed: &Placed| placed.draft.valid_to.is_some_and(|to| to <= subject.day);
    let counts = FileCounts {
        read: intake.read,
        rejected: intake.rejected,
        repaired: intake.repaired,
        joined: 0,
        over: intake.accepted.iter().filter(|p| over(p)).count() as u64,
        register,
    };
    if !counts.adds_up() {
        let what = format!("the counts of an import do not add up: {counts:?}");
        return Err(Error::internal("cannot import", what));
    }
    let mut sums = Sums::default();
    for placed in &intake.accepted {
        let registered = placed.draft.registered_area;
        sums.registered_hundredths_m2 += registered.map_or(0, RegisteredArea::hundredths_m2);
        let measured = MeasuredArea::from_twice_mm2(placed.draft.shape.twice_area());
        sums.measured_twice_mm2 += measured.twice_mm2();
    }
    Ok(Report {
        subject,
        outcome: Outcome::DryRun,
        counts,
        drawn: intake.drawn,
        certificates: None,
        sums,
        layers: Vec::new(),
        contacts: intake.contacts.clone(),
        durations: None,
        by_code: count_by_code(&intake.findings),
        notes: intake.notes.clone(),
        findings: intake.findings.clone(),
    })
}
