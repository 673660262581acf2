//! One theme: whether a parcel is concerned by it, and by what.

use super::Site;
use super::gap::{Consulted, Gap, gaps};
use super::restriction::{FoundShape, Restriction, restrictions};
use crate::planning::{CatalogueTheme, Theme};

/// Whether a parcel is concerned by a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Concern {
    /// A restriction lies on it.
    Concerned,
    /// None does, and the register would know.
    NotConcerned,
    /// None is known, and the register would not know of all.
    NoData,
}

/// What a theme says of a parcel.
#[derive(Debug)]
pub struct ThemeExtract<'l> {
    /// Its code.
    pub theme: &'l Theme,
    /// Its entry in the catalogue, if it has one.
    pub listed: Option<&'l CatalogueTheme>,
    /// Its layers, by code.
    pub layers: Vec<Consulted<'l>>,
    /// What concerns the parcel.
    pub restrictions: Vec<Restriction<'l>>,
    /// What meets it by less than can be told from nothing.
    pub contacts: Vec<Restriction<'l>>,
    /// Why nothing can be said, of all of it or a part.
    pub gaps: Vec<Gap<'l>>,
}

impl<'l> ThemeExtract<'l> {
    pub(super) fn new(
        site: &Site<'_>,
        theme: &'l Theme,
        listed: Option<&'l CatalogueTheme>,
        layers: Vec<Consulted<'l>>,
        found: impl Iterator<Item = FoundShape<'l>>,
    ) -> Self {
        let gaps = gaps(site, &layers);
        let (contacts, restrictions) = restrictions(site, found)
            .into_iter()
            .partition(|restriction| restriction.is_contact(site.tolerance_mm2));
        Self {
            theme,
            listed,
            layers,
            restrictions,
            contacts,
            gaps,
        }
    }

    /// Whether the parcel is concerned.
    pub fn concern(&self) -> Concern {
        if !self.restrictions.is_empty() {
            Concern::Concerned
        } else if self.gaps.is_empty() {
            Concern::NotConcerned
        } else {
            Concern::NoData
        }
    }
}
