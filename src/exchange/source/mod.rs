//! Sources: files from outside, opened by a child process that can do nothing but read them.
//!
//! Reading order: `format`, `feature`, `frame`, `open` (the parent), then `reader`, `confine`,
//! `files`, `ogr` (the child).

/// Taking rights away from the child.
mod confine;
/// Layers, features, values, geometry as the file holds them.
mod feature;
/// The features of one layer, checked as they come.
mod features;
/// The opened files as GDAL sees them.
mod files;
/// The allow list of formats.
mod format;
/// What parent and child say to each other.
mod frame;
/// How much a file may cost.
mod limits;
/// Looking at a file before anything parses it.
mod look;
/// The parent: a source and its layers.
mod open;
/// OGR.
mod ogr;
/// What can be wrong with a file as a whole.
mod error;
/// The child.
pub mod reader;
/// Whether a drawing reaches its own end.
mod whole;
/// Waiting for the child with an end in sight.
mod patience;

pub use error::Error;
pub use feature::{Layer, RawFeature, RawGeometry, RawText, StatedCrs, Value, Xy};
pub use features::Features;
pub use format::Format;
pub use frame::Confinement;
pub use limits::Limits;
pub use look::files_of;
pub use open::{ReadOptions, Source, open};
