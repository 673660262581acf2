//! One parcel: as it is on a day, its history, its neighbours.

use super::{Error, Missing, View};
use crate::cadastre::{Lineage, ParcelId, ParcelVersion};
use crate::land::Entry;

/// All versions of a parcel, and what it came out of or became.
pub struct History {
    /// By first day; never empty.
    pub versions: Vec<ParcelVersion>,
    /// By day.
    pub lineage: Vec<Lineage>,
}

impl View {
    /// The version of a parcel that holds on the day.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the register has no such parcel, or not on that day.
    pub fn parcel(&self, id: ParcelId) -> Result<Entry<'_>, Error> {
        let entry = self.land.entry_on(id, self.date);
        entry.ok_or_else(|| self.parcel_missing(id))
    }

    /// Why a parcel is not there on the day.
    pub(super) fn parcel_missing(&self, id: ParcelId) -> Error {
        let versions = self.land.history(id);
        let days = versions.iter().map(|version| version.lifespan.valid);
        let (first, last) = (
            days.clone().min_by_key(|v| v.from),
            days.max_by_key(|v| v.from),
        );
        Error::NotFound(match first.zip(last) {
            None => Missing::Parcel(id),
            Some((first, last)) => Missing::ParcelThen {
                id,
                date: self.date,
                from: first.from,
                to: last.to,
            },
        })
    }

    /// All versions of a parcel that the register holds today.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it holds none.
    pub fn history(&self, id: ParcelId) -> Result<History, Error> {
        let versions = self.land.history(id);
        if versions.is_empty() {
            return Err(Error::NotFound(Missing::Parcel(id)));
        }
        let lineage = self.land.lineage(id);
        Ok(History { versions, lineage })
    }

    /// The parcels that touch one, on the day.
    pub fn neighbours(&self, parcel: &Entry<'_>) -> Vec<ParcelVersion> {
        self.land.neighbours(parcel.id, self.date)
    }
}
