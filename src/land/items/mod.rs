//! The register's collections as others read them: one item after the other, from a place on.

/// The collections and what they hold.
mod collection;
/// Where and when a collection has items.
mod extent;
/// A part of the earth on every plane.
pub(super) mod region;
/// What is wanted of a collection.
mod selection;
/// One item after the other.
mod walk;

pub use collection::{Collection, Item};
pub use region::{Region, RegionError};
pub use selection::{Days, Selection};
pub use walk::{Found, Walk};
