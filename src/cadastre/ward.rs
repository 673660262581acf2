//! Wards of today, wards of before 1 July 2025, and which became which.

use super::{Day, Interval, WardCode};
use crate::crs::Epsg;
use crate::geometry::MultiPolygon;

/// The kind of a commune-level unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WardKind {
    /// Phường.
    Ward,
    /// Xã.
    Commune,
    /// Đặc khu.
    SpecialZone,
    /// Thị trấn, until 30 June 2025.
    Township,
}

impl WardKind {
    /// The word for it in answers and tiles.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ward => "ward",
            Self::Commune => "commune",
            Self::SpecialZone => "special_zone",
            Self::Township => "township",
        }
    }
}

/// A commune-level unit with the days on which it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ward {
    /// Code; a new unit keeps the code of one predecessor, so a code alone does not tell the day.
    pub code: WardCode,
    /// Name without its kind, such as `Bến Thành`.
    pub name: String,
    /// Kind.
    pub kind: WardKind,
    /// Plane in which its land is surveyed.
    pub plane: Epsg,
    /// Border on the grid of that plane, for display and for finding the ward of a place; it is
    /// not surveyed and neighbours do not share it exactly. Empty where none is held.
    pub border: MultiPolygon,
    /// Days in force.
    pub valid: Interval<Day>,
}

/// A unit of before, with the district and province it lay in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerWard {
    /// Code, when the table gives one.
    pub code: Option<WardCode>,
    /// Full name with its kind, such as `Phường Hiệp Thành`; empty where the table has none.
    pub full_name: String,
    /// Full name of its district.
    pub district: String,
    /// Full name of its province.
    pub province: String,
}

/// One row of the crosswalk: all or a part of a former unit became (a part of) a unit of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WardSuccession {
    /// Before.
    pub former: FormerWard,
    /// Whether the former unit was cut between several new ones.
    pub split: bool,
    /// After.
    pub ward: WardCode,
    /// First day of the new unit.
    pub day: Day,
}
