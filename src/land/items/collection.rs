//! The collections of a register, and one item of any of them.

use std::sync::Arc;

use crate::cadastre::{ParcelVersion, Ward};
use crate::planning::{FeatureKind, PlanFeature};

/// A collection of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Collection {
    /// Parcels.
    Parcels,
    /// Commune-level units.
    Wards,
    /// Plan units of zoning plans.
    Zones,
    /// Rights of way.
    Roads,
    /// Corridors and other public-law restrictions.
    Restrictions,
}

impl Collection {
    /// All collections, in the order in which they are listed.
    pub const ALL: [Self; 5] = [
        Self::Parcels,
        Self::Wards,
        Self::Zones,
        Self::Roads,
        Self::Restrictions,
    ];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parcels => "parcels",
            Self::Wards => "wards",
            Self::Zones => "zones",
            Self::Roads => "roads",
            Self::Restrictions => "restrictions",
        }
    }

    /// The collection of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }

    /// The collection of a planning feature.
    pub const fn of_kind(kind: &FeatureKind) -> Self {
        match kind {
            FeatureKind::PlanUnit(_) => Self::Zones,
            FeatureKind::RightOfWay(_) => Self::Roads,
            FeatureKind::Corridor(_) | FeatureKind::Restriction { .. } => Self::Restrictions,
        }
    }
}

/// One item of a collection.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A parcel.
    Parcel(Box<ParcelVersion>),
    /// A ward.
    Ward(Box<Ward>),
    /// A planning feature.
    Planned(Arc<PlanFeature>),
}

impl Item {
    /// The collection to which it belongs.
    pub fn collection(&self) -> Collection {
        match self {
            Self::Parcel(_) => Collection::Parcels,
            Self::Ward(_) => Collection::Wards,
            Self::Planned(feature) => Collection::of_kind(&feature.kind),
        }
    }

    /// Its key: positive, the same in all its versions, unique in its collection. That of a ward
    /// is its code as a number.
    pub fn id(&self) -> i64 {
        match self {
            Self::Parcel(version) => version.parcel.id.get(),
            Self::Ward(ward) => i64::from(ward.code.number()),
            Self::Planned(feature) => feature.id.0,
        }
    }
}
