//! One line of a file of certificates: a right of a holder on a parcel.

use crate::cadastre::{
    BaUnit, CertificateForm, Day, ParcelKey, PartyKind, PersonalValues, RrrType, Share, WardCode,
};
use crate::exchange::{FeatureNumber, Finding};

/// What tells a certificate apart from the others of a city.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PaperKey {
    /// Its serial, in normal form.
    Serial(String),
    /// Its number in the register of certificates, and the commune of its parcel: such numbers
    /// begin anew in each office.
    Registry(String, Option<WardCode>),
}

/// A line that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRow {
    /// Which feature of the source.
    pub feature: FeatureNumber,
    /// The parcel's key on the map.
    pub as_map: Option<ParcelKey>,
    /// The parcel's key on the certificate; one of the two keys is there.
    pub as_certificate: Option<ParcelKey>,
    /// Serial, in normal form.
    pub serial: Option<String>,
    /// Number in the register of certificates; one of the two is there.
    pub registry_number: Option<String>,
    /// What kind of holder.
    pub kind: PartyKind,
    /// Who.
    pub holder: PersonalValues,
    /// Which right, restriction or responsibility.
    pub what: RrrType,
    /// Share, when stated.
    pub share: Option<Share>,
    /// First day, when stated.
    pub valid_from: Option<Day>,
    /// First day after, when stated.
    pub valid_to: Option<Day>,
}

impl CertificateRow {
    /// What tells its certificate apart.
    pub fn paper(&self) -> PaperKey {
        let key = self.as_map.as_ref().or(self.as_certificate.as_ref());
        let commune = key.map(|key| key.commune);
        let registry = self.registry_number.clone().unwrap_or_default();
        match &self.serial {
            Some(serial) => PaperKey::Serial(serial.clone()),
            None => PaperKey::Registry(registry, commune),
        }
    }
}

/// A line that could not be read as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct UnreadRow {
    /// Which feature of the source.
    pub feature: FeatureNumber,
    /// Its certificate, when that could be read: it cannot go in without this line.
    pub paper: Option<PaperKey>,
    /// Why.
    pub finding: Box<Finding>,
}

/// What tells the certificate of a held unit apart.
pub fn paper_of(unit: &BaUnit) -> PaperKey {
    match &unit.certificate_serial {
        Some(serial) => PaperKey::Serial(CertificateForm::normal(serial)),
        None => {
            let number = unit.registry_number.as_deref().unwrap_or_default();
            PaperKey::Registry(number.to_owned(), None)
        }
    }
}
