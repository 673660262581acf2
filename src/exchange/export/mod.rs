//! Export: collections written so that they are imported again as they were.
//!
//! Reading order: `record` (what is written of a parcel or feature), `write`, then one file per
//! way of writing.

/// GeoPackage and FlatGeobuf, through GDAL.
mod binary;
/// One hash for the same records in any order.
mod content;
/// CSV with WKT.
mod csv;
/// GeoParquet.
mod geoparquet;
/// Under the names that items have over HTTP.
mod items;
/// A field profile with the layers of what is exported.
mod profile;
/// Rejected features, whole, for mending.
mod kept;
/// GeoJSON.
mod rfc7946;
/// What is written of a parcel or a planning feature.
mod record;
/// Where files are written before they are complete.
mod workplace;
/// The choice of format, and a file that appears only when it is complete.
mod write;

pub use content::CollectionHasher;
pub use items::{Names, Table, of_item_of_feature, of_item_of_parcel, of_item_of_ward};
pub use kept::{KeptLayer, RejectedFeature, write_kept};
pub use profile::profile_of;
pub use record::{
    Cell, Collection, Record, among_restrictions, is_of_wards, of_feature, of_parcel, of_ward,
};
pub use workplace::Workplace;
pub use write::{ExportError, ExportFormat, Ids, write};
