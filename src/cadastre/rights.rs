//! Basic administrative units, rights, restrictions, responsibilities and parties.
//!
//! Values about a person (name, identity number) do not live in these types: a party carries only
//! its key, and the store keeps the values as ciphertext under a key of that person.

use super::{Day, Interval, ParcelId};

/// Key of a basic administrative unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BaUnitId(pub i64);

/// Parcels that are held under one and the same rights, as a certificate states them.
#[doc(alias = "LA_BAUnit")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaUnit {
    /// Key.
    pub id: BaUnitId,
    /// Certificate serial ("số phát hành"), as printed; not public.
    pub certificate_serial: Option<Box<str>>,
    /// Number in the register of certificates ("số vào sổ"); not public.
    pub registry_number: Option<Box<str>>,
    /// The parcels.
    pub parcels: Vec<ParcelId>,
    /// When it held.
    pub valid: Interval<Day>,
}

/// What a party has, may not, or must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RrrKind {
    /// A right, such as land use or mortgage.
    Right,
    /// A private-law restriction, such as an easement.
    Restriction,
    /// A responsibility, such as maintenance.
    Responsibility,
}

/// A share, such as one half; the denominator is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    /// Parts held.
    pub numerator: u32,
    /// Parts in all.
    pub denominator: std::num::NonZeroU32,
}

/// A right, restriction or responsibility of one party in one unit.
#[doc(alias = "LA_RRR")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rrr {
    /// In which unit.
    pub ba_unit: BaUnitId,
    /// Of which party.
    pub party: PartyId,
    /// Right, restriction or responsibility.
    pub kind: RrrKind,
    /// What it is, such as `land_use` or `mortgage`.
    pub what: Box<str>,
    /// Share, when stated.
    pub share: Option<Share>,
    /// When it held.
    pub valid: Interval<Day>,
}

/// Key of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartyId(pub i64);

/// What kind of party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
