//! The collections of a register, and one item of any of them.

use crate::cadastre::ParcelVersion;

/// A collection of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Collection {
    /// Parcels.
    Parcels,
}

impl Collection {
    /// All collections, in the order in which they are listed.
    pub const ALL: [Self; 1] = [Self::Parcels];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parcels => "parcels",
        }
    }

    /// The collection of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }
}

/// One item of a collection.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A parcel.
    Parcel(Box<ParcelVersion>),
}

impl Item {
    /// Its key: positive, the same in all its versions, unique in its collection.
    pub fn id(&self) -> i64 {
        match self {
            Self::Parcel(version) => version.parcel.id.get(),
        }
    }
}
