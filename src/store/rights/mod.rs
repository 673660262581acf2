//! Units, rights and what they hold together: one table each for all versions, unlike parcels,
//! since no GIS client asks for the open ones.

/// Which units and rights hold.
mod read;
/// Rows and what a table of all versions can do.
mod rows;
/// Writing what an edit says of rights.
mod write;

pub use read::{RightsReader, UnitWithRights};
