//! Double rights: certificates that together give more of a parcel than there is.

use std::collections::{BTreeMap, BTreeSet};

use super::group::Certificate;
use super::reconcile::HeldCertificate;
use super::row::{PaperKey, paper_of};
use crate::cadastre::{
    CertificateForm, Day, Interval, ParcelId, RrrType, RrrVersion, Share, counted_share,
    first_day_over_one_among,
};
use crate::exchange::{Finding, FindingCode};

/// What one certificate gives of one kind of right on a parcel.
#[derive(Default)]
struct Claim<'a> {
    /// The certificate of the file; nothing for one that the register holds beside it.
    stated: Option<&'a Certificate>,
    /// What people call it.
    name: String,
    shares: Vec<(Interval<Day>, Share)>,
}

/// Claims on a parcel by its kind of right, each under the place of its certificate.
type Claims<'a> = BTreeMap<(ParcelId, RrrType), BTreeMap<usize, Claim<'a>>>;

/// A warning for each certificate of a file that gives a right on a parcel which, with what other
/// certificates of the file or of the register give of it, is more than the whole on some day.
/// `staying` are units of the register that the file leaves as they are. A right without a first
/// day begins on `day`.
pub fn double_rights(
    certificates: &[Certificate],
    staying: &[&HeldCertificate],
    day: Day,
) -> Vec<Finding> {
    let mut claims = Claims::new();
    for (at, certificate) in certificates.iter().enumerate() {
        add_stated(&mut claims, at, certificate, day);
    }
    let concerned: BTreeSet<ParcelId> = claims.keys().map(|(parcel, _)| *parcel).collect();
    for (at, held) in staying.iter().enumerate() {
        add_held(&mut claims, certificates.len() + at, held, &concerned);
    }
    let found = claims.iter().flat_map(|((parcel, what), claims)| {
        let claims: Vec<&Claim<'_>> = claims.values().collect();
        let shares = claims.iter().map(|claim| claim.shares.as_slice());
        let shares: Vec<_> = shares.collect();
        let over = first_day_over_one_among(&shares);
        over.map_or_else(Vec::new, |day| told(&claims, (*parcel, *what), day))
    });
    found.collect()
}

fn add_stated<'a>(claims: &mut Claims<'a>, at: usize, certificate: &'a Certificate, day: Day) {
    for right in &certificate.rights {
        let Some(share) = counted_share(right.what, right.share) else {
            continue;
        };
        let last = right.to.map_or(day, |to| Day(to.0 - 1));
        let valid = Interval {
            from: right.from.unwrap_or_else(|| day.min(last)),
            to: right.to,
        };
        for parcel in certificate.parcels.keys() {
            let of_right = claims.entry((*parcel, right.what)).or_default();
            let claim = of_right.entry(at).or_insert_with(|| Claim {
                stated: Some(certificate),
                name: name_of(&certificate.paper),
                shares: Vec::new(),
            });
            claim.shares.push((valid, share));
        }
    }
}

fn add_held(
    claims: &mut Claims<'_>,
    at: usize,
    held: &HeldCertificate,
    concerned: &BTreeSet<ParcelId>,
) {
    for version in &held.versions {
        let of_version = |right: &RrrVersion| {
            let share = counted_share(right.rrr.what, right.rrr.share)?;
            let valid = right.lifespan.valid.common(version.lifespan.valid)?;
            Some((right.rrr.what, valid, share))
        };
        for (what, valid, share) in held.rights.iter().filter_map(of_version) {
            let parcels = version.unit.parcels.iter();
            for parcel in parcels.filter(|parcel| concerned.contains(parcel)) {
                let of_right = claims.entry((*parcel, what)).or_default();
                let claim = of_right.entry(at).or_insert_with(|| Claim {
                    name: name_of(&paper_of(&version.unit)),
                    ..Claim::default()
                });
                claim.shares.push((valid, share));
            }
        }
    }
}

/// A warning for each certificate of the file that gives something on a day.
fn told(claims: &[&Claim<'_>], (parcel, what): (ParcelId, RrrType), day: Day) -> Vec<Finding> {
    let holding = |claim: &&&Claim<'_>| claim.shares.iter().any(|(valid, _)| valid.has(day));
    let holding: Vec<&&Claim<'_>> = claims.iter().filter(holding).collect();
    let mut found = Vec::new();
    for (at, claim) in holding.iter().enumerate() {
        let (Some(certificate), Some(other)) =
            (claim.stated, holding.get(usize::from(at == 0)).copied())
        else {
            continue;
        };
        let case = match other.stated {
            Some(_) => "in_file",
            None => "in_register",
        };
        let key = certificate.parcels.get(&parcel).map_or("", String::as_str);
        let (what, day) = (word(what), day.to_string());
        let values = [
            ("what", what),
            ("parcel", key),
            ("paper", claim.name.as_str()),
            ("other", &other.name),
            ("day", &day),
        ];
        let finding = Finding::warning(FindingCode::DoubleRight, case, &values).with_key(key);
        let finding = match certificate.features.first() {
            Some(feature) => finding.about(*feature),
            None => finding,
        };
        let line = other.stated.and_then(|other| other.features.first());
        found.push(match line {
            Some(line) => finding.and(*line),
            None => finding,
        });
    }
    found
}

const fn word(what: RrrType) -> &'static str {
    match what {
        RrrType::LandUse => "land_use",
        RrrType::BuildingOwnership => "building_ownership",
        RrrType::Lease => "lease",
        RrrType::Mortgage => "mortgage",
        RrrType::Easement => "easement",
        RrrType::Maintenance => "maintenance",
    }
}

/// What people call a certificate, where it has a usual form: anything else may be a column that was
/// taken for another, and say who somebody is.
fn name_of(paper: &PaperKey) -> String {
    let name = match paper {
        PaperKey::Serial(serial) => {
            (CertificateForm::of(serial) != CertificateForm::Unusual).then_some(serial)
        }
        PaperKey::Registry(number, _) => is_registry_number(number).then_some(number),
    };
    name.cloned().unwrap_or_else(|| "…".to_owned())
}

/// Two or three capitals and at most eight digits, as in `CH 01234`.
fn is_registry_number(number: &str) -> bool {
    let digits_at = number.find(|c: char| !c.is_ascii_uppercase());
    let (letters, rest) = number.split_at(digits_at.unwrap_or(number.len()));
    let digits = rest.strip_prefix(' ').unwrap_or(rest);
    (2..=3).contains(&letters.len())
        && (1..=8).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_certificates_of_a_usual_form_are_named() {
        let serial = |text: &str| name_of(&PaperKey::Serial(text.to_owned()));
        let registry = |text: &str| name_of(&PaperKey::Registry(text.to_owned(), None));
        assert_eq!(serial("CU 123456"), "CU 123456");
        assert_eq!(serial("NGUYEN VAN AN"), "…");
        assert_eq!(registry("CH 01234"), "CH 01234");
        assert_eq!(registry("CS01234"), "CS01234");
        for other in ["079123456789", "AN", "CH 123456789", "An 12"] {
            assert_eq!(registry(other), "…", "{other}");
        }
    }
}
