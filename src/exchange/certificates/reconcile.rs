//! What a file of certificates changes: its certificates matched with those the register holds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::group::{Certificate, Holder};
use super::matching::Matching;
use super::row::PaperKey;
use crate::cadastre::{
    BaUnit, BaUnitVersion, CertificateForm, Day, Fingerprint, ParcelId, PartyId, RrrVersion,
};
use crate::exchange::reconcile::{Counts, Retiring};
use crate::land::RightsEdit;

/// A unit that the register holds, with what it knows of it now, for all days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCertificate {
    /// Versions of the unit, in the order of their days; at least one.
    pub versions: Vec<BaUnitVersion>,
    /// Versions of its rights.
    pub rights: Vec<RrrVersion>,
    /// Whether the dataset of the file brought it in; units of others are matched, never ended.
    pub own: bool,
}

/// A holder of the file, as far as the register knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolvedHolder {
    /// Fingerprint of kind, number and name.
    pub print: Fingerprint,
    /// The party of the register that is this very holder.
    pub same: Option<PartyId>,
}

/// Gives keys that nothing of the register has.
pub type NextIds<'a> = dyn FnMut() -> i64 + 'a;

/// How many certificates a file concerns, beside its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateCounts {
    /// Certificates that go in.
    pub certificates: u64,
    /// Parcels that they hold.
    pub parcels: u64,
    /// Holders, mortgagees and the like.
    pub parties: u64,
    /// Those of them that the register did not hold.
    pub new_parties: u64,
}

/// The edit that makes the register say what the file says.
#[derive(Debug, Clone, Default)]
pub struct ReconciledCertificates {
    /// What to write.
    pub edit: RightsEdit,
    /// Lines by what became of their certificate; certificates that are no longer in the file.
    pub counts: Counts,
    /// Certificates, parcels and parties.
    pub certificates: CertificateCounts,
    /// Places of the held units that stay as they are, without the file saying so.
    pub staying: Vec<usize>,
}

/// The serials of certificates that another unit of the register has, on none of their parcels.
pub fn serials_held_elsewhere(
    certificates: &[Certificate],
    held: &[HeldCertificate],
) -> Vec<PaperKey> {
    let known = Known::of(held);
    let elsewhere = |certificate: &&Certificate| {
        let unit = known.unit_of(certificate, held);
        unit.is_some_and(|unit| {
            let shared = held[unit].versions.iter().any(|version| {
                let mut parcels = version.unit.parcels.iter();
                parcels.any(|parcel| certificate.parcels.contains_key(parcel))
            });
            !shared && !held[unit].own
        })
    };
    let found = certificates.iter().filter(elsewhere);
    found.map(|certificate| certificate.paper.clone()).collect()
}

/// Matches certificates with held units: by serial, or by registry number on the same parcel.
///
/// A right that states no first day begins on `day`, or speaks of the one that is held. Units of
/// the dataset that the file no longer has end on `day`, with their open rights, unless the file is
/// a supplement, or lines that stayed out may be about them. Nobody can tell whether a holder of the file is one who was
/// erased: such a right ends, and a new one begins.
pub fn reconcile_certificates(
    certificates: &[Certificate],
    holders: &BTreeMap<Holder, ResolvedHolder>,
    (held, prints): (&[HeldCertificate], &HashMap<PartyId, Fingerprint>),
    doubtful: impl Fn(&BaUnit) -> bool,
    (day, retiring): (Day, Retiring),
    next_id: &mut NextIds<'_>,
) -> ReconciledCertificates {
    let known = Known::of(held);
    let mut matching = Matching::new(holders, prints, day, next_id);
    let mut seen = BTreeSet::new();
    let mut parcels: BTreeSet<ParcelId> = BTreeSet::new();
    let mut parties: BTreeSet<(&Holder, Option<&PaperKey>)> = BTreeSet::new();
    for certificate in certificates {
        let unit = known
            .unit_of(certificate, held)
            .filter(|unit| seen.insert(*unit));
        let lines = certificate.features.len() as u64;
        parcels.extend(certificate.parcels.keys());
        parties.extend(certificate.rights.iter().map(|right| {
            let alone = right.holder.is_alone();
            (&right.holder, alone.then_some(&certificate.paper))
        }));
        matching.done.certificates.certificates += 1;
        match unit {
            None => {
                matching.open(certificate);
                matching.done.counts.new += lines;
            }
            Some(unit) => match matching.compare(certificate, &held[unit]) {
                true => matching.done.counts.unchanged += lines,
                false => matching.done.counts.changed += lines,
            },
        }
    }
    for (at, unit) in held.iter().enumerate() {
        if seen.contains(&at) {
            continue;
        }
        let gone = unit.own && retiring != Retiring::Nothing;
        if !gone || !matching.retire(unit, &doubtful) {
            matching.done.staying.push(at);
        }
    }
    let mut done = matching.done;
    let stood = |version: &BaUnitVersion| version.lifespan.valid.to.is_none_or(|to| day < to);
    let stood = |unit: &&HeldCertificate| unit.own && unit.versions.last().is_some_and(stood);
    done.counts.standing = held.iter().filter(stood).count() as u64;
    done.certificates.parcels = parcels.len() as u64;
    done.certificates.parties = parties.len() as u64;
    done.certificates.new_parties = done.edit.parties.len() as u64;
    done
}

/// Held units by what tells their certificates apart.
struct Known {
    by_serial: HashMap<String, usize>,
    by_registry: HashMap<String, Vec<usize>>,
}

impl Known {
    fn of(held: &[HeldCertificate]) -> Self {
        let mut known = Self {
            by_serial: HashMap::new(),
            by_registry: HashMap::new(),
        };
        for (at, unit) in held.iter().enumerate() {
            for version in &unit.versions {
                let unit = &version.unit;
                if let Some(serial) = &unit.certificate_serial {
                    known.by_serial.insert(CertificateForm::normal(serial), at);
                } else if let Some(number) = &unit.registry_number {
                    let units = known.by_registry.entry(number.to_string()).or_default();
                    units.push(at);
                }
            }
        }
        known
    }

    fn unit_of(&self, certificate: &Certificate, held: &[HeldCertificate]) -> Option<usize> {
        match &certificate.paper {
            PaperKey::Serial(serial) => self.by_serial.get(serial).copied(),
            PaperKey::Registry(number, _) => {
                let units = self.by_registry.get(number)?;
                let shares = |unit: &&usize| {
                    let mut versions = held[**unit].versions.iter();
                    versions.any(|version| {
                        let mut parcels = version.unit.parcels.iter();
                        parcels.any(|parcel| certificate.parcels.contains_key(parcel))
                    })
                };
                units.iter().find(shares).copied()
            }
        }
    }
}
