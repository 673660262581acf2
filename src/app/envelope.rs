//! What may be built on a parcel by the packs in force.

use super::View;
use crate::app::check::CheckError;
use crate::cadastre::ParcelId;
use crate::rules::Facts;
use crate::rules::envelope::Envelope;
use crate::rules::site::Site;

impl View {
    /// What may be built on a parcel on the day, with the site on which it rests, by what the asker
    /// states beside the register.
    ///
    /// # Errors
    /// As [`View::parcel`], and [`CheckError::Fact`] for a size that no site has.
    pub fn envelope(
        &self,
        id: ParcelId,
        stated: &Facts,
    ) -> Result<(Site, Envelope<'_>), CheckError> {
        self.parcel(id)?;
        let site = Site::gather(&self.land, &self.reference.themes, &[id], self.date)?;
        let envelope = Envelope::new(&self.reference.packs, &site, stated, self.date)?;
        Ok((site, envelope))
    }
}
