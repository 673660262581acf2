//! One land on one day: what all reads of one request work on.

use std::sync::Arc;

use super::{Error, Reference};
use crate::cadastre::{Day, Instant, Revision};
use crate::crs::{Epsg, WorkingPlane};
use crate::land::{City, Land};
use crate::planning::ThemeCatalogue;
use crate::tile::Atlas;

/// One land on one day.
pub struct View {
    pub(super) reference: Arc<Reference>,
    pub(super) land: Arc<Land>,
    pub(super) date: Day,
    pub(super) atlas: Arc<Atlas>,
}

impl View {
    pub(super) fn new(
        reference: Arc<Reference>,
        land: Arc<Land>,
        date: Day,
        atlas: Arc<Atlas>,
    ) -> Self {
        Self {
            reference,
            land,
            date,
            atlas,
        }
    }

    /// A land on a day, for who has a land without a server around it.
    pub fn of(reference: Arc<Reference>, land: Arc<Land>, date: Day) -> Self {
        Self::new(reference, land, date, Arc::new(Atlas::default()))
    }

    /// State of the register.
    pub fn revision(&self) -> Revision {
        self.land.revision()
    }

    /// When that state was recorded; nothing for an empty register.
    pub fn recorded_at(&self) -> Option<Instant> {
        self.land.recorded_at()
    }

    /// The day.
    pub fn date(&self) -> Day {
        self.date
    }

    /// The same land on another day.
    pub fn on(&self, date: Day) -> Self {
        let (land, atlas) = (Arc::clone(&self.land), Arc::clone(&self.atlas));
        Self::new(Arc::clone(&self.reference), land, date, atlas)
    }

    /// Whether the register holds made-up data, as that of the demo city.
    pub fn is_synthetic(&self) -> bool {
        let mut layers = self.land.layers();
        layers.any(|layer| layer.synthetic && layer.speaks_on(self.date))
    }

    /// The coordinate systems of the city.
    pub fn city(&self) -> &City {
        self.land.city()
    }

    /// Themes that must exist for the city.
    pub fn themes(&self) -> &ThemeCatalogue {
        &self.reference.themes
    }

    /// A plane of the city.
    ///
    /// # Errors
    /// [`Error::Internal`] when the city has none with this code, which the import refuses.
    pub fn plane(&self, epsg: Epsg) -> Result<&WorkingPlane, Error> {
        let plane = self.city().planes.get(epsg);
        plane.ok_or_else(|| Error::internal("cannot show a parcel", format!("no plane {epsg}")))
    }
}
