//! The register on disk: diesel, schema, migrations, transactions, one file per aggregate.
//!
//! May not live here: rules, spatial questions, the clock. Read `store.rs` first, then `commit.rs`
//! and `load.rs`.

/// The audit and its chains of hashes.
mod audit;
/// The display geometry of a city's planes.
mod city_display;
/// Lineage, crosswalk rows and layer heads.
mod catalogue;
/// Enumerations as the words and JSON they are stored as.
mod codes;
/// Writing an edit: one transaction, one revision, two times.
mod commit;
/// Connections to either database.
mod connection;
/// The display geometry that GIS clients see.
mod display;
/// What can go wrong.
mod error;
/// The four feature tables of planning.
mod features;
/// The files of a register.
mod files;
/// The SQL functions a GeoPackage's R-tree triggers call.
mod geopackage;
/// The one row every writer moves on.
mod head;
/// Imports and the features they kept whole.
mod imports;
/// Which revision changed each collection last.
mod last_changes;
/// Streaming the register, and what changed since.
mod load;
/// Migrations up and down.
mod migrate;
/// Parcels by their keys and national identifiers.
mod named;
/// Parcel versions as rows.
mod parcels;
/// Parties and their personal values.
mod personal;
/// The list of revisions.
mod revisions;
/// Units and rights.
mod rights;
/// The R-tree filled in bulk, and the extents.
mod rtree;
/// The tables of both databases.
mod schema;
/// Parcels that stand in some boxes.
mod standing;
/// The store and its options.
#[allow(clippy::module_inception, reason = "the room is named by its one door")]
mod store;
/// What every versioned table can do.
mod tables;
/// How SQLite goes about what is asked of it.
#[cfg(test)]
mod tests;
/// The two times: what a change does to the versions of one thing.
mod timeline;
/// Wards as rows.
mod wards;
/// One write under way.
mod writing;

pub use audit::{AuditChain, AuditEntry, BrokenAudit};
pub use city_display::CityDisplay;
pub use display::{Display, NoPosition};
pub use error::Error;
pub use files::{is_of_a_register, register_files};
pub use head::Sequence;
pub use imports::ImportEntry;
pub use last_changes::{LastChange, LastChanges};
pub use load::FileScope;
pub use migrate::NO_SCHEMA;
pub use named::ParcelNames;
pub use personal::{Asking, Reading};
pub use revisions::RevisionEntry;
pub use rights::{ParcelKeys, RightsReader, UnitWithRights};
pub use store::{Store, StoreOptions};
