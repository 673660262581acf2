//! What can go wrong with coordinate systems and transforms.

use super::{Epsg, LonLat};
use crate::geometry::OutOfGrid;

/// A failure of the `crs` room.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CrsError {
    /// The file of planes could not be read.
    #[error("the file of working planes is not valid: {0}")]
    InvalidPlanes(String),
    /// Two entries for one system.
    #[error("{0} is listed twice among the working planes, expected once")]
    DuplicatePlane(Epsg),
    /// The system is not listed.
    #[error("`{asked}` is not a coordinate system of this city, expected one of {known}")]
    UnknownSystem {
        /// As asked for.
        asked: Epsg,
        /// The systems that are listed.
        known: String,
    },
    /// PROJ's database does not know the system or says too little about it.
    #[error("PROJ's database gives no {what} for {epsg}; is package proj-data installed?")]
    MissingDefinition {
        /// The system.
        epsg: Epsg,
        /// What was looked for.
        what: &'static str,
    },
    /// The system stands on a datum for which no operation is listed.
    #[error("{epsg} stands on {geographic}, for which the file of planes lists no datum")]
    UnknownDatum {
        /// The system.
        epsg: Epsg,
        /// Its geographic base.
        geographic: Epsg,
    },
    /// PROJ could not build a pipeline.
    #[error("PROJ cannot build `{pipeline}`: {reason}")]
    InvalidPipeline {
        /// The pipeline.
        pipeline: String,
        /// PROJ's words.
        reason: String,
    },
    /// The position is not on the globe.
    #[error(
        "longitude `{}`, latitude `{}` is not a position, expected -180 to 180 and -90 to 90",
        .0.lon, .0.lat
    )]
    NotAPosition(LonLat),
    /// PROJ could not convert the coordinate.
    #[error("coordinate `{x}`, `{y}` cannot be converted: {reason}")]
    NotConvertible {
        /// First number, easting or longitude.
        x: f64,
        /// Second number, northing or latitude.
        y: f64,
        /// PROJ's words.
        reason: String,
    },
    /// The result lies beyond the grid of its plane.
    #[error(transparent)]
    OutOfGrid(#[from] OutOfGrid),
}
