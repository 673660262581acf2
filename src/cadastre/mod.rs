//! The cadastre's own things: parcels, keys, land use, areas, lineage, rights, parties, time.
//!
//! May not live here: `Serialize` for the wire, diesel, rules, the clock.

/// Registered and measured area, and the tolerance between them.
pub mod area;
/// Parcel keys and identifiers, today's and the retired wards'.
pub mod keys;
/// Land-use lines and the dated table of their codes.
pub mod land_use;
/// Splits and merges.
pub mod lineage;
/// The parcel itself.
pub mod parcel;
/// Basic administrative units, rights, restrictions, responsibilities and parties.
pub mod rights;
/// Days, instants, intervals and the two times of a version.
pub mod time;
/// Wards of today and of before.
pub mod ward;
/// Vietnamese names: normal form, and folding for search.
pub mod names;

pub use area::{MapScale, MeasuredArea, RegisteredArea};
pub use keys::{
    InvalidKey, NationalParcelIdentifier, ParcelId, ParcelKey, ParcelNumber, SheetNumber, WardCode,
};
pub use land_use::{LandUseCode, LandUseLine, UseForm};
pub use lineage::{Lineage, LineageKind};
pub use parcel::{Parcel, ParcelStatus, ParcelVersion, VersionId};
pub use rights::{BaUnit, BaUnitId, Party, PartyId, PartyKind, Rrr, RrrKind, Share};
pub use time::{Day, Instant, Interval, Lifespan, Revision};
pub use ward::{FormerWard, Ward, WardKind, WardSuccession};
