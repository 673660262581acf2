//! Lines of certificates judged: their parcels, their serials, their holders.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::group::{Certificate, PlacedRow, together};
use super::row::{CertificateRow, PaperKey, UnreadRow};
use crate::cadastre::{CertificateForm, Day, Interval, ParcelId, ParcelKey};
use crate::exchange::{FeatureNumber, Finding, FindingCode, Severity};

/// The parcels of a register by their keys, each with the days on which it had the key.
#[derive(Debug, Clone, Default)]
pub struct KnownParcels {
    /// By the key on the map.
    pub by_map: HashMap<ParcelKey, Vec<(ParcelId, Interval<Day>)>>,
    /// By the key on the certificate.
    pub by_certificate: HashMap<ParcelKey, Vec<(ParcelId, Interval<Day>)>>,
}

/// Certificates of a file, told apart by whether a finding keeps them out.
#[derive(Debug, Default)]
pub struct JudgedCertificates {
    /// Certificates that go in, in the order of their keys.
    pub accepted: Vec<Certificate>,
    /// Lines that stay out.
    pub rejected: BTreeSet<FeatureNumber>,
    /// Certificates of these lines, as far as they could be read.
    pub rejected_papers: BTreeSet<PaperKey>,
    /// Whether there are lines of which not even the certificate could be read.
    pub rejected_unread: bool,
    /// What was found, by code, then by line.
    pub findings: Vec<Finding>,
}

/// Judges the lines of a file against the parcels of the register. `day` is the day for which the
/// file speaks. A certificate goes in with all of its lines, or stays out with all of them.
pub fn judge_certificates(
    rows: Vec<CertificateRow>,
    unread: Vec<UnreadRow>,
    parcels: &KnownParcels,
    day: Day,
) -> JudgedCertificates {
    let mut judged = JudgedCertificates::default();
    let mut out: BTreeMap<PaperKey, FeatureNumber> = BTreeMap::new();
    for row in unread {
        judged.rejected.insert(row.feature);
        judged.findings.push(*row.finding);
        match row.paper {
            Some(paper) => {
                out.entry(paper).or_insert(row.feature);
            }
            None => judged.rejected_unread = true,
        }
    }
    let mut papers: BTreeMap<PaperKey, Vec<PlacedRow>> = BTreeMap::new();
    judged.findings.extend(different_holders(&rows));
    for row in rows {
        judged.findings.extend(unusual_serial(&row));
        let paper = row.paper();
        match place(&row, parcels, day) {
            Ok((parcel, key)) => {
                let placed = PlacedRow { row, parcel, key };
                papers.entry(paper).or_default().push(placed);
            }
            Err(finding) => {
                judged.rejected.insert(row.feature);
                judged.findings.push(*finding);
                out.entry(paper).or_insert(row.feature);
            }
        }
    }
    for (paper, rows) in papers {
        let refused = match out.get(&paper) {
            Some(first) => incomplete(&rows, &BTreeSet::new(), *first),
            None => match together(paper.clone(), &rows, day) {
                Ok(certificate) => {
                    judged.accepted.push(certificate);
                    continue;
                }
                Err(findings) => with_the_others(&rows, findings),
            },
        };
        judged
            .rejected
            .extend(rows.iter().map(|placed| placed.row.feature));
        judged.findings.extend(refused);
        out.entry(paper).or_insert(rows[0].row.feature);
    }
    judged.rejected_papers = out.into_keys().collect();
    let order = |f: &Finding| (f.code, f.feature, f.other_feature);
    judged.findings.sort_by_key(order);
    judged
}

impl JudgedCertificates {
    /// Takes a certificate out again, with a rejection for each of its lines.
    pub fn reject(&mut self, paper: &PaperKey, case: &str) {
        let Some(at) = self.accepted.iter().position(|c| c.paper == *paper) else {
            return;
        };
        let certificate = self.accepted.remove(at);
        for feature in certificate.features {
            self.rejected.insert(feature);
            let finding = Finding::rejection(FindingCode::DuplicateKey, case, &[]);
            self.findings.push(finding.about(feature));
        }
        self.rejected_papers.insert(certificate.paper);
    }

    /// How many lines go in.
    pub fn accepted_rows(&self) -> u64 {
        self.accepted.iter().map(|c| c.features.len() as u64).sum()
    }

    /// Whether some findings are rejections; every rejected line has one.
    pub fn is_consistent(&self) -> bool {
        let rejections = self.findings.iter();
        let rejections = rejections.filter(|f| f.severity == Severity::Rejection);
        let told: BTreeSet<_> = rejections.filter_map(Finding::feature_number).collect();
        told == self.rejected
    }
}

/// The findings, and one for each other line of the certificate.
fn with_the_others(rows: &[PlacedRow], mut findings: Vec<Finding>) -> Vec<Finding> {
    let told: BTreeSet<_> = findings
        .iter()
        .filter_map(Finding::feature_number)
        .collect();
    if let Some(first) = told.first() {
        findings.extend(incomplete(rows, &told, *first));
    }
    findings
}

/// A rejection for each line that was not told of: its certificate stays out because of another.
fn incomplete(
    rows: &[PlacedRow],
    told: &BTreeSet<FeatureNumber>,
    first: FeatureNumber,
) -> Vec<Finding> {
    let others = rows
        .iter()
        .filter(|placed| !told.contains(&placed.row.feature));
    let other = first.to_string();
    let reject = |placed: &PlacedRow| {
        let values = [("other", other.as_str())];
        Finding::rejection(FindingCode::IncompleteCertificate, "", &values)
            .about(placed.row.feature)
            .and(first)
            .with_key(&placed.key)
    };
    others.map(reject).collect()
}

/// The parcel of a line, with its key on the map or, without one, on the certificate.
fn place(
    row: &CertificateRow,
    parcels: &KnownParcels,
    day: Day,
) -> Result<(ParcelId, String), Box<Finding>> {
    let refuse = |case: &str| {
        let finding = Finding::rejection(FindingCode::UnknownParcel, case, &[]);
        Box::new(finding.about(row.feature))
    };
    let of = |known: &HashMap<ParcelKey, Vec<(ParcelId, Interval<Day>)>>, key: &ParcelKey| {
        known.get(key).cloned().unwrap_or_default()
    };
    let by_map = row.as_map.as_ref().map(|key| of(&parcels.by_map, key));
    let by_certificate = row.as_certificate.as_ref();
    let by_certificate = by_certificate.map(|key| of(&parcels.by_certificate, key));
    let candidates = match (by_map, by_certificate) {
        (Some(on_map), Some(on_paper)) => {
            let ids: BTreeSet<ParcelId> = on_paper.iter().map(|(id, _)| *id).collect();
            let both = on_map.into_iter().filter(|(id, _)| ids.contains(id));
            both.collect()
        }
        (Some(found), None) | (None, Some(found)) => found,
        (None, None) => Vec::new(),
    };
    if candidates.is_empty() {
        return Err(refuse(""));
    }
    let from = row.valid_from.unwrap_or(day);
    let meets = |valid: &Interval<Day>| {
        let begins = row.valid_to.is_none_or(|to| valid.from < to);
        begins && valid.to.is_none_or(|to| from < to)
    };
    let mut holding: Vec<_> = candidates
        .iter()
        .filter(|(_, valid)| meets(valid))
        .collect();
    if holding.is_empty() {
        // The register often begins later than the rights: a parcel was there before its survey.
        let later = candidates.iter().filter(|(_, valid)| from < valid.from);
        holding = later.collect();
    }
    let mut ids: BTreeSet<ParcelId> = holding.iter().map(|(id, _)| *id).collect();
    if ids.len() > 1 {
        // Of several that had the key one after the other, the file means the one of its day.
        let today = holding.iter().filter(|(_, valid)| valid.has(day));
        ids = today.map(|(id, _)| *id).collect();
    }
    let key = row.as_map.as_ref().or(row.as_certificate.as_ref());
    let key = key.map(ToString::to_string).unwrap_or_default();
    match (ids.first(), ids.len()) {
        (Some(id), 1) => Ok((*id, key)),
        _ if holding.is_empty() => Err(Box::new(refuse("not_then").with_key(key))),
        _ => Err(Box::new(refuse("ambiguous").with_key(key))),
    }
}

/// A warning for a serial in an unusual form.
fn unusual_serial(row: &CertificateRow) -> Option<Finding> {
    let serial = row.serial.as_deref()?;
    let unusual = CertificateForm::of(serial) == CertificateForm::Unusual;
    let warn = || Finding::warning(FindingCode::UnusualSerial, "", &[]).about(row.feature);
    unusual.then(warn)
}

/// A warning for each line that gives an identity number another name or kind than a line before.
fn different_holders(rows: &[CertificateRow]) -> Vec<Finding> {
    let mut first: HashMap<String, (String, FeatureNumber)> = HashMap::new();
    let mut findings = Vec::new();
    for row in rows {
        let Some(number) = row.holder.number_form() else {
            continue;
        };
        let whole = row.holder.whole_text(row.kind);
        let (known, other) = first.entry(number).or_insert((whole.clone(), row.feature));
        if *known != whole {
            let values = [("other", &*other.to_string())];
            let finding = Finding::warning(FindingCode::DifferentHolder, "in_file", &values);
            findings.push(finding.about(row.feature).and(*other));
        }
    }
    findings
}
