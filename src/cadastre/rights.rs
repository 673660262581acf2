//! Basic administrative units, rights, restrictions, responsibilities and parties.
//!
//! What tells who a person is stands only in [`PersonalValues`](super::PersonalValues), on its way to the store, which
//! keeps it as ciphertext under a key of that person. Everything else carries a party's key.

use super::{Lifespan, ParcelId, Revision, Share, VersionId};

/// Key of a basic administrative unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BaUnitId(pub i64);

/// Parcels that are held under one and the same rights, as a certificate states them.
#[doc(alias = "LA_BAUnit")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaUnit {
    /// Key; the same in all versions.
    pub id: BaUnitId,
    /// Certificate serial ("số phát hành"), as printed; not public.
    pub certificate_serial: Option<Box<str>>,
    /// Number in the register of certificates ("số vào sổ"); not public.
    pub registry_number: Option<Box<str>>,
    /// The parcels, each once.
    pub parcels: Vec<ParcelId>,
}

/// A unit as it was during a lifespan, and the revision that wrote it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaUnitVersion {
    /// Key of the version.
    pub version: VersionId,
    /// What held.
    pub unit: BaUnit,
    /// When it held, and when the register knew.
    pub lifespan: Lifespan,
    /// The revision that recorded it.
    pub recorded_in: Revision,
}

/// What a party has, may not, or must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RrrKind {
    /// A right, such as land use.
    Right,
    /// A private-law restriction, such as a mortgage or an easement.
    Restriction,
    /// A responsibility, such as maintenance.
    Responsibility,
}

/// Which right, restriction or responsibility.
#[doc(alias = "LA_RightType")]
#[doc(alias = "LA_RestrictionType")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RrrType {
    /// Use of the land ("quyền sử dụng đất").
    LandUse,
    /// Ownership of what stands on it ("quyền sở hữu nhà ở, tài sản gắn liền với đất").
    BuildingOwnership,
    /// Lease of the land from its holder ("thuê").
    Lease,
    /// Mortgage of the right of use ("thế chấp"); its party is who lends.
    #[doc(alias = "LA_Mortgage")]
    Mortgage,
    /// Easement ("quyền đối với bất động sản liền kề"); its party is whom it serves.
    Easement,
    /// Upkeep of a common part, such as a passage.
    Maintenance,
}

impl RrrType {
    /// Right, restriction or responsibility: as ISO 19152 sorts them, a mortgage restricts.
    pub const fn kind(self) -> RrrKind {
        match self {
            Self::LandUse | Self::BuildingOwnership | Self::Lease => RrrKind::Right,
            Self::Mortgage | Self::Easement => RrrKind::Restriction,
            Self::Maintenance => RrrKind::Responsibility,
        }
    }
}

/// Key of a right, restriction or responsibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RrrId(pub i64);

/// A right, restriction or responsibility of one party in one unit.
#[doc(alias = "LA_RRR")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rrr {
    /// Key; the same in all versions.
    pub id: RrrId,
    /// In which unit.
    pub ba_unit: BaUnitId,
    /// Of which party.
    pub party: PartyId,
    /// Which it is.
    pub what: RrrType,
    /// Share, when stated.
    pub share: Option<Share>,
}

/// A right, restriction or responsibility as it was during a lifespan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RrrVersion {
    /// Key of the version.
    pub version: VersionId,
    /// What held.
    pub rrr: Rrr,
    /// When it held, and when the register knew.
    pub lifespan: Lifespan,
    /// The revision that recorded it.
    pub recorded_in: Revision,
}

/// Key of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartyId(pub i64);

/// What kind of party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartyKind {
    /// A person.
    NaturalPerson,
    /// An organisation.
    Organisation,
    /// A household.
    Household,
    /// The State.
    State,
}

/// A holder, by key and kind only.
#[doc(alias = "LA_Party")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// Key.
    pub id: PartyId,
    /// Kind.
    pub kind: PartyKind,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_restricts_is_no_right() {
        assert_eq!(RrrType::LandUse.kind(), RrrKind::Right);
        assert_eq!(RrrType::Mortgage.kind(), RrrKind::Restriction);
        assert_eq!(RrrType::Maintenance.kind(), RrrKind::Responsibility);
    }
}
