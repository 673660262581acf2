//! An extract as a signed file: what the register says of a parcel, with its shape to the
//! millimetre; whole numbers and texts only.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::decimal::square_metres;
use super::view::ExtractView;
use super::write::{Asked, written};
use crate::app::{Error, View};
use crate::cadastre::ParcelId;
use crate::evidence::{SigningKey, seal};
use crate::geometry::{PlainArea, area_of_plain, plain_area};

/// The format that is written and read.
pub const FORMAT: &str = "diachinh-extract/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedExtract {
    extract: ExtractView,
    format: String,
    /// Version of the program, for people.
    program: String,
    /// Shape of the parcel on its plane.
    shape: PlainArea,
}

/// A signed file that is no extract.
#[derive(Debug, thiserror::Error)]
pub enum NotAnExtract {
    /// Other members.
    #[error("the file is no extract: {0}")]
    OtherForm(#[from] serde_json::Error),
    /// A coordinate that no plane has.
    #[error("`/shape`: {0}")]
    Shape(#[from] crate::geometry::OutOfGrid),
    /// The area that is told is not that of the shape.
    #[error("`/extract/areas/measuredM2` is `{told}`, and the shape measures `{measured}`")]
    OtherArea {
        /// As the file says.
        told: String,
        /// As the shape measures.
        measured: String,
    },
}

/// The extract of a parcel on the day of a view, signed: the bytes of the file.
///
/// # Errors
/// As [`super::canonical`].
pub fn signed(view: &View, id: ParcelId, asked: Asked, key: &SigningKey) -> Result<Vec<u8>, Error> {
    let extract = view.extract(id)?;
    let shape = plain_area(&extract.shape);
    let payload = serde_json::to_value(SignedExtract {
        extract: written(view, &extract, asked)?,
        format: FORMAT.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        shape,
    });
    let payload = payload.map_err(|error| Error::internal("cannot write an extract", error))?;
    seal(key, payload).map_err(|error| Error::internal("cannot write an extract", error))
}

/// The extract in the payload of a signed file. What it says rests on the signature; only the area
/// is measured again.
///
/// # Errors
/// [`NotAnExtract`], with what is wrong.
pub fn read(payload: &Value) -> Result<ExtractView, NotAnExtract> {
    let signed = SignedExtract::deserialize(payload)?;
    let measured = square_metres(area_of_plain(&signed.shape)?.twice_area());
    let told = signed.extract.areas.measured_m2.clone();
    if told == measured {
        Ok(signed.extract)
    } else {
        Err(NotAnExtract::OtherArea { told, measured })
    }
}
