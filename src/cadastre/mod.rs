//! The cadastre's own things: parcels, keys, land use, areas, lineage, rights, parties, time.
//!
//! May not live here: `Serialize` for the wire, diesel, rules, the clock.

/// Registered and measured area, and the scale of a survey.
pub mod area;
/// Forms of certificate serials.
pub mod certificate;
/// Reading the crosswalk from the wards of before to those of today.
pub mod crosswalk;
/// Parcel keys and identifiers, today's and the retired wards'.
pub mod keys;
/// Land-use codes and the lines of a parcel's land use.
pub mod land_use;
/// The dated table of land-use codes.
pub mod land_use_table;
/// Splits and merges.
pub mod lineage;
/// The parcel itself.
pub mod parcel;
/// Who a party is.
pub mod personal;
/// Basic administrative units, rights, restrictions, responsibilities and parties.
pub mod rights;
/// Shares of a right.
pub mod share;
/// Days, instants, intervals and the two times of a version.
pub mod time;
/// What Circular 26/2024 allows between two surveys of an edge or an area.
pub mod tolerance;
/// Wards of today and of before.
pub mod ward;
/// Vietnamese names: normal form, and folding for search.
pub mod names;

pub use area::{MapScale, MeasuredArea, RegisteredArea};
pub use certificate::CertificateForm;
pub use crosswalk::{InvalidCrosswalk, ward_successions};
pub use keys::{
    InvalidKey, NationalParcelIdentifier, ParcelId, ParcelKey, ParcelNumber, SheetNumber, WardCode,
};
pub use land_use::{LandUseCode, LandUseLine, UseForm};
pub use land_use_table::{
    CodeOnDay, HousePermission, InvalidLandUseTable, LandUseGroup, LandUsePurpose, LandUseTable,
};
pub use lineage::{Lineage, LineageKind};
pub use parcel::{Parcel, ParcelStatus, ParcelVersion, VersionId};
pub use personal::{Fingerprint, PersonalValues};
pub use rights::{
    BaUnit, BaUnitId, BaUnitVersion, Party, PartyId, PartyKind, Rrr, RrrId, RrrKind, RrrType,
    RrrVersion,
};
pub use share::{Share, counted_share, first_day_over_one, first_day_over_one_among};
pub use time::{Day, Instant, Interval, Lifespan, Revision};
pub use tolerance::{AreaCheck, area_tolerance_mm2, edge_tolerance_um, farmland_edge_tolerance_um};
pub use ward::{FormerWard, Ward, WardKind, WardSuccession};
