//! A proposal judged on its parcels by the packs in force.

use super::{Error, View};
use crate::cadastre::ParcelId;
use crate::crs::Epsg;
use crate::evidence::{SigningKey, seal};
use crate::geometry::overlay::union_all;
use crate::geometry::{Moved, MultiPolygon};
use crate::planning::LayerCode;
use crate::rules::change::{Change, Judged};
use crate::rules::check::{Check, Proposal};
use crate::rules::proof::{Asked, proof};
use crate::rules::site::{Site, SiteError};
use crate::rules::{Facts, InvalidFact};

/// What somebody asks.
#[derive(Debug, Clone)]
pub struct CheckQuestion {
    /// The parcels of the lot; those under the footprint when none is named.
    pub parcels: Vec<ParcelId>,
    /// The plane of the footprint.
    pub plane: Epsg,
    /// What is to be built.
    pub proposal: Proposal,
    /// What the asker states beside the register.
    pub stated: Facts,
    /// Vertices that were moved onto the parcels' boundary, as was asked.
    pub snapped: Vec<Snapped>,
}

/// A vertex of a drawing that was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapped {
    /// Of which part; of the footprint when none.
    pub part: Option<usize>,
    /// From where to where.
    pub moved: Moved,
}

/// The answer, with the site on which it rests.
#[derive(Debug)]
pub struct Checked<'v> {
    /// The site.
    pub site: Site,
    /// Every verdict.
    pub check: Check<'v>,
}

/// The nearest changes by which what failed passes.
#[derive(Debug)]
pub struct Changes {
    /// Of each verdict, in their order.
    pub verdicts: Vec<Option<Change>>,
    /// Of where the building stands.
    pub standing: Option<Change>,
}

/// Why a proposal is not judged.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// There is no such site.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The footprint lies on another plane than its parcels.
    #[error("the footprint is drawn on EPSG:{}, and the parcels are surveyed on EPSG:{}", .drawn.0, .held.0)]
    OtherPlane {
        /// Plane of the footprint.
        drawn: Epsg,
        /// Plane of the parcels.
        held: Epsg,
    },
    /// No parcel was named, and several lie under the footprint: a house that reaches onto a
    /// neighbour's land is no lot of both.
    #[error("several parcels lie under the footprint: {}", listed(.0))]
    SeveralParcels(Vec<ParcelId>),
    /// A size that no building or site has.
    #[error(transparent)]
    Fact(#[from] InvalidFact),
    /// The program failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

fn listed(parcels: &[ParcelId]) -> String {
    let keys = parcels.iter().map(|parcel| parcel.get().to_string());
    keys.collect::<Vec<String>>().join(", ")
}

impl View {
    /// Whether a parcel of the day lies under a footprint on a plane.
    pub fn has_parcel_under(&self, plane: Epsg, footprint: &MultiPolygon) -> bool {
        !Site::parcels_under(&self.land, plane, footprint, self.date).is_empty()
    }

    /// The land of the parcels of a footprint, onto whose boundary drawings are moved: of those named,
    /// else of those under it.
    ///
    /// # Errors
    /// As [`View::parcel`].
    pub fn land_of(
        &self,
        footprint: &MultiPolygon,
        plane: Epsg,
        parcels: &[ParcelId],
    ) -> Result<MultiPolygon, Error> {
        let under;
        let parcels = if parcels.is_empty() {
            under = Site::parcels_under(&self.land, plane, footprint, self.date);
            &under
        } else {
            parcels
        };
        let shapes = parcels
            .iter()
            .map(|parcel| Ok(self.extract(*parcel)?.shape));
        let mut shapes: Vec<MultiPolygon> = shapes.collect::<Result<_, Error>>()?;
        if shapes.len() == 1 {
            return Ok(shapes.remove(0));
        }
        Ok(union_all(&shapes))
    }

    /// Judges a proposal by the packs in force on the day.
    ///
    /// # Errors
    /// [`CheckError`], with what was wrong with the question.
    pub fn check(&self, question: &CheckQuestion) -> Result<Checked<'_>, CheckError> {
        let footprint = &question.proposal.footprint;
        let found;
        let parcels = if question.parcels.is_empty() {
            found = Site::parcels_under(&self.land, question.plane, footprint, self.date);
            if found.len() > 1 {
                return Err(CheckError::SeveralParcels(found));
            }
            &found
        } else {
            &question.parcels
        };
        let site = Site::gather(&self.land, &self.reference.themes, parcels, self.date)?;
        if site.plane != question.plane {
            return Err(CheckError::OtherPlane {
                drawn: question.plane,
                held: site.plane,
            });
        }
        let check = Check::new(
            &self.reference.packs,
            &site,
            &question.proposal,
            &question.stated,
            self.date,
        )?;
        Ok(Checked { site, check })
    }

    /// The nearest changes by which failed verdicts of a check pass: of each verdict, and of where the
    /// building stands.
    ///
    /// # Errors
    /// [`CheckError::Fact`] for a size that no building has.
    pub fn changes(
        &self,
        question: &CheckQuestion,
        checked: &Checked<'_>,
    ) -> Result<Changes, CheckError> {
        let judged = Judged {
            packs: &self.reference.packs,
            site: &checked.site,
            proposal: &question.proposal,
            stated: &question.stated,
            day: self.date,
        };
        let check = &checked.check;
        let verdicts = check.verdicts.iter();
        let verdicts = verdicts.map(|verdict| judged.change_for(check, verdict));
        Ok(Changes {
            verdicts: verdicts.collect::<Result<_, _>>()?,
            standing: judged.change_for_standing(check)?,
        })
    }

    /// The evidence of a check, signed: everything it rests on by value. `given` is the question
    /// as it came.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be written.
    pub fn evidence(
        &self,
        question: &CheckQuestion,
        checked: &Checked<'_>,
        given: &str,
        key: &SigningKey,
    ) -> Result<Vec<u8>, Error> {
        let layers = checked.site.layers.iter();
        let contents = layers.filter_map(|layer| {
            let content = self.land.layer_content(&LayerCode(layer.code.clone()))?;
            Some((layer.code.clone(), content))
        });
        let asked = Asked {
            given,
            proposal: &question.proposal,
            stated: &question.stated,
            revision: self.revision(),
            synthetic: self.is_synthetic(),
            contents: &contents.collect(),
        };
        let packs = &self.reference.packs;
        let payload = proof(packs, &checked.site, &asked, &checked.check);
        let payload = payload.map_err(|error| Error::internal("cannot write evidence", error))?;
        seal(key, payload).map_err(|error| Error::internal("cannot write evidence", error))
    }
}
