//! Lines of one certificate put together: its parcels, its rights, and whether they fit.

use std::collections::{BTreeMap, BTreeSet};

use super::row::{CertificateRow, PaperKey};
use crate::cadastre::{
    Day, Interval, ParcelId, PartyKind, PersonalValues, RrrType, Share, first_day_over_one,
};
use crate::exchange::{FeatureNumber, Finding, FindingCode};

/// A holder as a file states it; equal ones are one party.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holder {
    /// What kind.
    pub kind: PartyKind,
    /// Who.
    pub values: PersonalValues,
}

impl Holder {
    /// Whether nothing tells this holder apart from others of the same name.
    pub fn is_alone(&self) -> bool {
        self.values.identity_text(self.kind).is_none()
    }
}

/// A right of a certificate as a file states it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RightDraft {
    /// Whose.
    pub holder: Holder,
    /// Which.
    pub what: RrrType,
    /// Share, when stated.
    pub share: Option<Share>,
    /// First day, when stated.
    pub from: Option<Day>,
    /// First day after, when stated.
    pub to: Option<Day>,
}

/// A certificate as a file states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// What tells it apart.
    pub paper: PaperKey,
    /// Serial, in normal form.
    pub serial: Option<String>,
    /// Number in the register of certificates.
    pub registry_number: Option<String>,
    /// Its parcels, with the keys that it states of them.
    pub parcels: BTreeMap<ParcelId, String>,
    /// Its rights, each on all of its parcels.
    pub rights: BTreeSet<RightDraft>,
    /// The lines that state it, in their order.
    pub features: Vec<FeatureNumber>,
}

/// A line whose parcel is known.
pub(super) struct PlacedRow {
    pub row: CertificateRow,
    pub parcel: ParcelId,
    /// The parcel's key on the map, for findings.
    pub key: String,
}

impl PlacedRow {
    fn right(&self) -> RightDraft {
        let row = &self.row;
        RightDraft {
            holder: Holder {
                kind: row.kind,
                values: row.holder.clone(),
            },
            what: row.what,
            share: row.share,
            from: row.valid_from,
            to: row.valid_to,
        }
    }

    fn reject(&self, code: FindingCode, case: &str, values: &[(&str, &str)]) -> Finding {
        Finding::rejection(code, case, values)
            .about(self.row.feature)
            .with_key(&self.key)
    }
}

/// Puts the lines of one certificate together.
///
/// # Errors
/// A rejection for each line that contradicts the others: another registry number under one
/// serial, the same line twice, a right that is not stated for each of the parcels, or shares that
/// add up to more than one on a day.
pub(super) fn together(
    paper: PaperKey,
    rows: &[PlacedRow],
    day: Day,
) -> Result<Certificate, Vec<Finding>> {
    let numbers: BTreeSet<&String> = rows
        .iter()
        .filter_map(|placed| placed.row.registry_number.as_ref())
        .collect();
    if numbers.len() > 1 {
        let several = |placed: &PlacedRow| placed.reject(FindingCode::DuplicateKey, "serial", &[]);
        return Err(rows.iter().map(several).collect());
    }
    let mut stated: BTreeMap<(RightDraft, ParcelId), &PlacedRow> = BTreeMap::new();
    let mut twice = Vec::new();
    for placed in rows {
        let key = (placed.right(), placed.parcel);
        if let Some(other) = stated.get(&key) {
            let finding = placed.reject(FindingCode::DuplicateKey, "certificate_row", &[]);
            twice.push(finding.and(other.row.feature));
        } else {
            stated.insert(key, placed);
        }
    }
    if !twice.is_empty() {
        return Err(twice);
    }
    let parcels = rows.iter().map(|p| (p.parcel, p.key.clone()));
    let parcels: BTreeMap<ParcelId, String> = parcels.collect();
    let rights: BTreeSet<RightDraft> = stated.into_keys().map(|(right, _)| right).collect();
    if rows.len() != parcels.len() * rights.len() {
        let partly = |placed: &PlacedRow| {
            placed.reject(FindingCode::DuplicateKey, "certificate_parcels", &[])
        };
        return Err(rows.iter().map(partly).collect());
    }
    let excessive = excessive(&rights, day);
    if !excessive.is_empty() {
        let over = |placed: &&PlacedRow| excessive.contains_key(&placed.row.what);
        let reject = |placed: &PlacedRow| {
            let day = excessive[&placed.row.what].to_string();
            placed.reject(FindingCode::ExcessShares, "", &[("day", &day)])
        };
        return Err(rows.iter().filter(over).map(reject).collect());
    }
    Ok(Certificate {
        paper,
        serial: rows.first().and_then(|placed| placed.row.serial.clone()),
        registry_number: numbers.into_iter().next().cloned(),
        parcels,
        rights,
        features: rows.iter().map(|placed| placed.row.feature).collect(),
    })
}

/// Rights whose shares add up to more than one, each with the first day of it. What states no
/// first day begins on `day`, or before it ends.
fn excessive(rights: &BTreeSet<RightDraft>, day: Day) -> BTreeMap<RrrType, Day> {
    let mut shares: BTreeMap<RrrType, Vec<(Interval<Day>, Share)>> = BTreeMap::new();
    for right in rights {
        let Some(share) = right.share else { continue };
        let last = right.to.map_or(day, |to| Day(to.0 - 1));
        let valid = Interval {
            from: right.from.unwrap_or_else(|| day.min(last)),
            to: right.to,
        };
        shares.entry(right.what).or_default().push((valid, share));
    }
    let over = |(what, shares): (RrrType, Vec<_>)| Some((what, first_day_over_one(&shares)?));
    shares.into_iter().filter_map(over).collect()
}
