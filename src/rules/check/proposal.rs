//! What somebody wants to build.

use crate::geometry::MultiPolygon;
use rust_decimal::Decimal;

/// A building on a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Outline of the main building on the ground, on the plane of the site.
    pub footprint: MultiPolygon,
    /// How far off the outline may be from where it is meant, in millimetres: zero when it is drawn
    /// on the plane of the parcels.
    pub off_by_mm: u32,
    /// Its sizes, as stated.
    pub building: Building,
}

/// Sizes of a building as its designer states them; what is not stated is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Building {
    /// Storeys as the law counts them.
    pub storeys: Option<Decimal>,
    /// Basements.
    pub basements: Option<Decimal>,
    /// Height of the ground floor with its mezzanine, in metres.
    pub floor_one_height_m: Option<Decimal>,
    /// Height where the building line stands, in metres.
    pub height_at_building_line_m: Option<Decimal>,
    /// Height of the highest point above the planned ground, in metres.
    pub ridge_height_m: Option<Decimal>,
    /// Floor area of all storeys, in square metres.
    pub floor_area_m2: Option<Decimal>,
}
