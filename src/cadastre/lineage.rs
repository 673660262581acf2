//! Which parcels came out of which: splits, merges, adjustments.

use super::{Day, ParcelId};

/// How parcels became others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineageKind {
    /// One parcel became several (tách thửa).
    Split,
    /// Several parcels became one (hợp thửa).
    Merge,
    /// A border moved between parcels that go on, or a number changed.
    Adjustment,
}

/// One edge of the lineage: `successor` came out of `predecessor` on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lineage {
    /// The parcel before.
    pub predecessor: ParcelId,
    /// The parcel after.
    pub successor: ParcelId,
    /// What happened.
    pub kind: LineageKind,
    /// First day of the successor.
    pub day: Day,
}
