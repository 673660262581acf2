//! What applies to a parcel on the day.

use super::{Error, View};
use crate::cadastre::ParcelId;
use crate::land::extract::Extract;

impl View {
    /// What applies to a parcel on the day, by the themes that must exist for the city.
    ///
    /// # Errors
    /// As [`View::parcel`].
    pub fn extract(&self, id: ParcelId) -> Result<Extract<'_>, Error> {
        let extract = self.land.extract(id, &self.reference.themes, self.date);
        match extract {
            Some(extract) => Ok(extract),
            None => Err(self.parcel_missing(id)),
        }
    }
}
