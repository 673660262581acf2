//! What somebody wants to build.

use super::floors::Floors;
use super::part::{Part, PartKind};
use crate::geometry::MultiPolygon;
use crate::geometry::overlay::union_all;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A building on a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Outline of the main building on the ground, on the plane of the site.
    pub footprint: MultiPolygon,
    /// How far off the outline may be from where it is meant, in millimetres: zero when it is drawn
    /// on the plane of the parcels.
    pub off_by_mm: u32,
    /// Its sizes, as stated, and its parts, as drawn.
    pub building: Building,
}

/// Sizes of a building as its designer states them, and parts as they are drawn; what is neither is
/// unknown.
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
    /// The floors from which storeys are counted.
    pub floors: Option<Floors>,
    /// What is drawn beside the footprint.
    pub parts: Vec<Part>,
}

impl Proposal {
    /// The ground under the main building: the footprint, and every level above it.
    pub(in crate::rules) fn body(&self) -> Cow<'_, MultiPolygon> {
        let levels: Vec<&MultiPolygon> = self.building.areas_of(PartKind::Level).collect();
        if levels.is_empty() {
            return Cow::Borrowed(&self.footprint);
        }
        let all = std::iter::once(&self.footprint).chain(levels);
        Cow::Owned(union_all(all))
    }
}

impl Building {
    /// The drawn parts of a kind.
    pub(in crate::rules) fn parts_of(&self, kind: PartKind) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.kind() == kind)
    }

    /// The outlines of a kind.
    pub(in crate::rules) fn areas_of(&self, kind: PartKind) -> impl Iterator<Item = &MultiPolygon> {
        self.parts_of(kind).filter_map(Part::area)
    }

    /// The top of the highest level that is drawn.
    pub(in crate::rules) fn drawn_top_m(&self) -> Option<Decimal> {
        self.parts_of(PartKind::Level).filter_map(Part::to_m).max()
    }
}
