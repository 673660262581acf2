//! Units, rights and what they hold together: one table each for all versions, unlike parcels,
//! since no GIS client asks for the open ones.

/// Which units and rights hold.
mod read;
/// Rows and what a table of all versions can do.
mod rows;
/// What an import of certificates has to know.
mod scope;
/// Writing what an edit says of rights.
mod write;

pub use read::{RightsReader, UnitWithRights};
pub use scope::ParcelKeys;
