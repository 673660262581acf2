//! Basic administrative units, rights, restrictions, responsibilities and parties.
//!
//! What tells who a person is stands only in [`PersonalValues`], on its way to the store, which
//! keeps it as ciphertext under a key of that person. Everything else carries a party's key.

use super::{Lifespan, ParcelId, Revision, VersionId};
use std::num::NonZeroU32;

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

/// A share, such as one half: more than nothing and at most the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Share {
    numerator: u32,
    denominator: NonZeroU32,
}

impl Share {
    /// `numerator` of `denominator` parts; nothing unless `0 < numerator ≤ denominator`.
    pub fn new(numerator: u32, denominator: u32) -> Option<Self> {
        let possible = 0 < numerator && numerator <= denominator;
        let denominator = NonZeroU32::new(denominator).filter(|_| possible)?;
        Some(Self {
            numerator,
            denominator,
        })
    }

    /// Parts held.
    pub const fn numerator(self) -> u32 {
        self.numerator
    }

    /// Parts in all.
    pub const fn denominator(self) -> u32 {
        self.denominator.get()
    }

    /// Whether shares add up to more than one; exact as long as their common denominator is below
    /// 2^128, beyond that to one part in a thousand millions.
    ///
    /// ```
    /// # use diachinh::cadastre::Share;
    /// let third = Share::new(1, 3).unwrap();
    /// assert!(!Share::exceed_one([third; 3]));
    /// assert!(Share::exceed_one([third, third, Share::new(3334, 10_000).unwrap()]));
    /// ```
    pub fn exceed_one(shares: impl IntoIterator<Item = Self>) -> bool {
        let shares: Vec<Self> = shares.into_iter().collect();
        let exact = shares.iter().try_fold((0_u128, 1_u128), |sum, share| {
            added(
                sum,
                (share.numerator.into(), share.denominator.get().into()),
            )
        });
        match exact {
            Some((numerator, denominator)) => numerator > denominator,
            None => {
                let part = |s: &Self| f64::from(s.numerator) / f64::from(s.denominator.get());
                shares.iter().map(part).sum::<f64>() > 1.0 + 1e-9
            }
        }
    }
}

/// The sum of two fractions over their least common denominator; nothing beyond 2^128.
fn added((a, b): (u128, u128), (c, d): (u128, u128)) -> Option<(u128, u128)> {
    let common = divisor(b, d);
    let denominator = (b / common).checked_mul(d)?;
    let left = a.checked_mul(d / common)?;
    let numerator = left.checked_add(c.checked_mul(b / common)?)?;
    Some((numerator, denominator))
}

/// The greatest common divisor; neither is zero.
fn divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
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

/// Who a party is; debug output never shows it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct PersonalValues {
    /// Name.
    pub name: Option<String>,
    /// Identity number.
    pub identity_number: Option<String>,
}

impl std::fmt::Debug for PersonalValues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonalValues(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(numerator: u32, denominator: u32) -> Share {
        Share::new(numerator, denominator).expect("a share")
    }

    #[test]
    fn a_share_is_more_than_nothing_and_at_most_the_whole() {
        assert!(Share::new(1, 1).is_some());
        for (numerator, denominator) in [(0, 1), (2, 1), (1, 0), (0, 0)] {
            assert_eq!(Share::new(numerator, denominator), None);
        }
    }

    #[test]
    fn shares_may_reach_one_and_not_pass_it_by_the_least_part() {
        assert!(!Share::exceed_one([]));
        assert!(!Share::exceed_one([share(1, 2), share(1, 3), share(1, 6)]));
        let over = share(u32::MAX / 2 + 2, u32::MAX);
        assert!(Share::exceed_one([over, share(1, 2)]));
        let under = share(u32::MAX / 2, u32::MAX);
        assert!(!Share::exceed_one([under, share(1, 2)]));
    }

    #[test]
    fn many_unlike_denominators_are_still_added() {
        let primes = [4_294_967_291, 4_294_967_279, 4_294_967_231, 4_294_967_197];
        let fifths = primes.map(|p| share(p / 5, p));
        assert!(!Share::exceed_one(fifths));
        assert!(Share::exceed_one(fifths.into_iter().chain([share(1, 4)])));
    }

    #[test]
    fn what_restricts_is_no_right() {
        assert_eq!(RrrType::LandUse.kind(), RrrKind::Right);
        assert_eq!(RrrType::Mortgage.kind(), RrrKind::Restriction);
        assert_eq!(RrrType::Maintenance.kind(), RrrKind::Responsibility);
    }

    #[test]
    fn debug_output_does_not_show_who_somebody_is() {
        let values = PersonalValues {
            name: Some("Người Giả Lập".to_owned()),
            identity_number: Some("000000000001".to_owned()),
        };
        assert_eq!(format!("{values:?}"), "PersonalValues(..)");
    }
}
