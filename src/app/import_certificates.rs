//! Importing certificates: lines judged against the register's parcels, matched with the units it
//! holds, one revision written. What the file says of persons goes to the store and nowhere else.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Error;
use super::import_file::{
    FIRST_PROVISIONAL, Import, Progress, Writing, refused, same_as_last, write,
};
use super::laps::Laps;
use crate::cadastre::{BaUnit, Fingerprint, ParcelId, ParcelKey, PartyId, WardCode};
use crate::exchange::certificates::{
    CertificateRow, HeldCertificate, Holder, JudgedCertificates, KnownParcels, PaperKey,
    ReconciledCertificates, ResolvedHolder, UnreadRow, double_rights, judge_certificates, paper_of,
    reconcile_certificates, serials_held_elsewhere,
};
use crate::exchange::mapping::CertificateMapper;
use crate::exchange::report::{FileCounts, Outcome, Report, Subject, Sums, count_by_code};
use crate::exchange::source::Source;
use crate::exchange::{Finding, FindingCode, Note};
use crate::land::Edit;
use crate::store::Sequence;

/// Lines that were read, lines that could not be, and what there is to know of the file.
type Lines = (Vec<CertificateRow>, Vec<UnreadRow>, Vec<Note>);

impl Import<'_> {
    /// Imports the certificates of an opened file as one new revision, or finds that it is the
    /// one imported last.
    ///
    /// # Errors
    /// As [`super::import_file()`].
    pub(super) fn certificates(
        &self,
        sources: &mut [Source],
        subject: Subject,
        progress: &mut dyn FnMut(Progress),
        mut laps: Laps,
    ) -> Result<Report, Error> {
        if let Some(report) = same_as_last(self.store, &subject)? {
            return Ok(report);
        }
        let (rows, unread, notes) = self.read_certificates(sources, progress)?;
        let read = (rows.len() + unread.len()) as u64;
        laps.durations.reading_ms = laps.lap();
        progress(Progress::Judging);
        let parcels = self.known_parcels(&rows)?;
        let mut judged = judge_certificates(rows, unread, &parcels, subject.day);
        laps.durations.judging_ms = laps.lap();
        progress(Progress::Matching);
        let held = self.held_certificates(&subject.dataset, &judged)?;
        for paper in serials_held_elsewhere(&judged.accepted, &held) {
            judged.reject(&paper, "serial_held");
        }
        let holders = self.holders(&mut judged)?;
        let reconciled = self.match_certificates(&subject, &judged, &held, &holders)?;
        let staying: Vec<&HeldCertificate> =
            reconciled.staying.iter().map(|at| &held[*at]).collect();
        let double = double_rights(&judged.accepted, &staying, subject.day);
        judged.findings.extend(double);
        laps.durations.matching_ms = laps.lap();
        let mut report = report(subject, read, judged, &reconciled)?;
        report.notes = notes;
        report.notes.extend(self.supplement_note());
        self.opened.name_files(&mut report, &mut []);
        if let Some(outcome) = self.unwritten(&report.counts.register) {
            report.outcome = outcome;
        } else {
            progress(Progress::Writing);
            let edit = Edit {
                rights: reconciled.edit,
                ..Edit::default()
            };
            // Lines that stay out are not kept: they hold who somebody is, and the office has them.
            let written = (edit, [].as_slice());
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

    fn read_certificates(
        &self,
        sources: &mut [Source],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Lines, Error> {
        let (mut rows, mut unread, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        let several = self.opened.files.len() > 1;
        for (file, source) in self.opened.files.iter().zip(sources) {
            let mapper = CertificateMapper::new(&file.profile, &file.layer, source.format());
            let mut mapper = mapper.map_err(refused)?;
            for feature in source.features(&file.layer).map_err(refused)? {
                match mapper.map(&feature.map_err(refused)?) {
                    Ok(row) => rows.push(row),
                    Err(row) => unread.push(row),
                }
                let read = (rows.len() + unread.len()) as u64;
                if read.is_multiple_of(256) {
                    let of = self.opened.feature_count();
                    progress(Progress::Reading { read, of });
                }
            }
            notes.extend(mapper.notes().into_iter().map(|note| Note {
                file: several.then(|| file.name.clone()),
                ..note
            }));
            self.opened.rest(source);
        }
        Ok((rows, unread, notes))
    }

    /// The parcels of the register with the keys that lines state.
    fn known_parcels(&self, rows: &[CertificateRow]) -> Result<KnownParcels, Error> {
        let on_map: BTreeSet<&ParcelKey> = rows.iter().filter_map(|r| r.as_map.as_ref()).collect();
        let on_paper = rows.iter().filter_map(|r| r.as_certificate.as_ref());
        let on_paper: BTreeSet<&ParcelKey> = on_paper.collect();
        let communes: BTreeSet<WardCode> = on_map
            .iter()
            .chain(&on_paper)
            .map(|key| key.commune)
            .collect();
        let mut known = KnownParcels::default();
        let (Some(first), Some(last)) = (communes.first(), communes.last()) else {
            return Ok(known);
        };
        self.store.parcel_keys((*first, *last), &mut |keys| {
            if on_map.contains(&keys.as_map) {
                let of_key = known.by_map.entry(keys.as_map).or_default();
                of_key.push((keys.id, keys.valid));
            }
            if let Some(key) = keys.as_certificate.filter(|key| on_paper.contains(key)) {
                let of_key = known.by_certificate.entry(key).or_default();
                of_key.push((keys.id, keys.valid));
            }
        })?;
        Ok(known)
    }

    fn held_certificates(
        &self,
        dataset: &str,
        judged: &JudgedCertificates,
    ) -> Result<Vec<HeldCertificate>, Error> {
        let certificates = judged.accepted.iter();
        let serials: Vec<String> = certificates
            .clone()
            .filter_map(|c| c.serial.clone())
            .collect();
        let parcels = certificates.flat_map(|c| c.parcels.keys().copied());
        let parcels: BTreeSet<ParcelId> = parcels.collect();
        let parcels: Vec<ParcelId> = parcels.into_iter().collect();
        Ok(self
            .store
            .certificates_in_scope(dataset, &serials, &parcels)?)
    }

    /// What the register knows of the holders, with a warning where it knows another name.
    fn holders(
        &self,
        judged: &mut JudgedCertificates,
    ) -> Result<BTreeMap<Holder, ResolvedHolder>, Error> {
        let rights = judged.accepted.iter().flat_map(|c| &c.rights);
        let holders: BTreeSet<&Holder> = rights.map(|right| &right.holder).collect();
        let holders: Vec<Holder> = holders.into_iter().cloned().collect();
        let resolved = self.store.resolve_holders(&holders)?;
        let alike = holders.iter().zip(&resolved);
        let alike: BTreeSet<&Holder> = alike
            .filter(|(_, (_, alike))| *alike)
            .map(|(holder, _)| holder)
            .collect();
        for certificate in &judged.accepted {
            let named = certificate.rights.iter().any(|r| alike.contains(&r.holder));
            if let Some(feature) = certificate.features.first().filter(|_| named) {
                let code = FindingCode::DifferentHolder;
                let finding = Finding::warning(code, "in_register", &[]);
                judged.findings.push(finding.about(*feature));
            }
        }
        let resolved = resolved.into_iter().map(|(resolved, _)| resolved);
        Ok(holders.into_iter().zip(resolved).collect())
    }

    fn match_certificates(
        &self,
        subject: &Subject,
        judged: &JudgedCertificates,
        held: &[HeldCertificate],
        holders: &BTreeMap<Holder, ResolvedHolder>,
    ) -> Result<ReconciledCertificates, Error> {
        let rights = held.iter().flat_map(|unit| &unit.rights);
        let parties: BTreeSet<PartyId> = rights.map(|version| version.rrr.party).collect();
        let parties: Vec<PartyId> = parties.into_iter().collect();
        let prints: HashMap<PartyId, Fingerprint> = self.store.fingerprints_of(&parties)?;
        let mut next = self.first_id(judged)?;
        let mut next_id = || {
            next += 1;
            next - 1
        };
        let doubtful = |unit: &BaUnit| {
            judged.rejected_unread
                || judged.rejected_papers.iter().any(|paper| match paper {
                    PaperKey::Serial(_) => *paper == paper_of(unit),
                    PaperKey::Registry(number, _) => {
                        unit.registry_number.as_deref() == Some(number)
                    }
                })
        };
        Ok(reconcile_certificates(
            &judged.accepted,
            holders,
            (held, &prints),
            doubtful,
            (subject.day, self.retiring()),
            &mut next_id,
        ))
    }

    /// The first of as many keys as the file can need at most: a unit, a right and a party for
    /// each line. A dry run takes keys that no register gives away.
    fn first_id(&self, judged: &JudgedCertificates) -> Result<i64, Error> {
        if self.order.writing == Writing::DryRun {
            return Ok(FIRST_PROVISIONAL);
        }
        let too_many = |e| Error::internal("too many lines for one import", e);
        let count = u32::try_from(3 * judged.accepted_rows()).map_err(too_many)?;
        Ok(self.store.reserve(Sequence::Others, count)?.start)
    }
}

/// The report of what was taken in, as a dry run would give it.
fn report(
    subject: Subject,
    read: u64,
    mut judged: JudgedCertificates,
    reconciled: &ReconciledCertificates,
) -> Result<Report, Error> {
    let counts = FileCounts {
        read,
        rejected: judged.rejected.len() as u64,
        repaired: 0,
        joined: 0,
        over: 0,
        register: reconciled.counts,
    };
    if !counts.adds_up() || !judged.is_consistent() {
        let what = format!("the counts of an import do not add up: {counts:?}");
        return Err(Error::internal("cannot import", what));
    }
    let order = |f: &Finding| (f.code, f.feature, f.other_feature);
    judged.findings.sort_by_key(order);
    Ok(Report {
        subject,
        outcome: Outcome::DryRun,
        counts,
        drawn: None,
        certificates: Some(reconciled.certificates),
        sums: Sums::default(),
        layers: Vec::new(),
        contacts: Default::default(),
        durations: None,
        by_code: count_by_code(&judged.findings),
        notes: Vec::new(),
        findings: judged.findings,
    })
}
