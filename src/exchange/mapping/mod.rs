//! Mapping: features of a source become drafts or findings, as a field profile says.
//!
//! Reading order: `mapper`, then `columns` (fields), `placing` (coordinates), `parcel`, `feature`,
//! `drawn`.

/// Lines of certificates.
mod certificate;
/// Where the values of target fields are found in a layer.
mod columns;
/// Names of fields that a Shapefile cut short.
mod cut_names;
/// Areas in which a planning layer speaks.
mod coverage;
/// Lines and texts of a drawing.
mod drawn;
/// Planning features.
mod feature;
/// Land-use lines as one text.
pub mod land_use;
/// From features to drafts.
mod mapper;
/// Parcels.
mod parcel;
/// Legal provisions as one text.
pub mod provisions;
/// From the source's coordinates to the grid.
mod placing;
/// From texts to numbers, days, codes.
mod reading;
/// Texts that tell an encoding.
mod sample;
/// Coordinates that lie outside.
mod stray;

pub use certificate::CertificateMapper;
pub use coverage::CoverageMapper;
pub use mapper::{Mapped, Mapper, MappingError, Origin};
