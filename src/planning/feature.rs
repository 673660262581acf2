//! The features of planning layers: plan units, rights of way, corridors, restrictions.

use super::{LayerCode, LegalProvision};
use crate::cadastre::{Lifespan, Revision};
use crate::crs::Epsg;
use crate::geometry::Shape;

/// Key of a planning feature; the same in all its versions and on both planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeatureId(pub i64);

/// The indices of a plan unit, as the plan states them; absent where it does not.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanIndices {
    /// Greatest number of storeys.
    pub storeys_max: Option<u16>,
    /// Greatest height, in millimetres.
    pub height_max_mm: Option<u32>,
    /// Greatest net coverage, in tenths of a per cent.
    pub coverage_max_permille: Option<u16>,
    /// Greatest floor-area ratio, in hundredths.
    pub floor_area_ratio_max_hundredths: Option<u16>,
    /// Planned population.
    pub population: Option<u32>,
}

/// A unit of a zoning plan (ô phố).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanUnit {
    /// Code of the unit in its plan.
    pub code: String,
    /// Planned function, as in the plan's legend.
    pub function: String,
    /// Indices.
    pub indices: PlanIndices,
}

/// A planned right of way (lộ giới): the width between red lines, not the paved width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightOfWay {
    /// Street name, empty for a nameless alley.
    pub street: String,
    /// Width between the red lines, in millimetres, when it has been decided.
    pub width_mm: Option<u32>,
    /// The decision that set it.
    pub decision: Option<LegalProvision>,
    /// Whether it is an alley (hẻm).
    pub alley: bool,
}

/// What a corridor protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CorridorKind {
    /// Canal or river.
    Canal,
    /// Power line.
    Power,
    /// Railway.
    Rail,
}

impl CorridorKind {
    /// The word for it among the kinds of restrictions.
    pub const fn as_restriction(self) -> &'static str {
        match self {
            Self::Canal => "corridor_canal",
            Self::Power => "corridor_power",
            Self::Rail => "corridor_rail",
        }
    }
}

/// A protection corridor along a piece of infrastructure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corridor {
    /// What it protects.
    pub kind: CorridorKind,
    /// Name of the canal, line or railway.
    pub name: String,
    /// Width from the edge or axis that the law names, in millimetres, when stated.
    pub width_mm: Option<u32>,
    /// Nominal voltage in volts, for a power line.
    pub voltage_v: Option<u32>,
}

/// What a feature is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeatureKind {
    /// Plan unit; an area.
    PlanUnit(PlanUnit),
    /// Right of way; an area between red lines.
    RightOfWay(RightOfWay),
    /// Corridor; an area.
    Corridor(Corridor),
    /// Any other public-law restriction, with its kind in the theme's own legend.
    Restriction {
        /// Kind, such as `heritage_protection_zone_1`.
        kind: String,
        /// Legend text in Vietnamese.
        legend_vi: String,
        /// Legend text in English.
        legend_en: String,
    },
}

/// One version of a planning feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFeature {
    /// Key.
    pub id: FeatureId,
    /// Layer.
    pub layer: LayerCode,
    /// The key its source gives it, by which a newer state of the source finds it again: one
    /// feature of its kind in its layer on any day.
    pub key: String,
    /// What it is.
    pub kind: FeatureKind,
    /// Its shape on each plane it reaches into.
    pub shapes: Vec<(Epsg, Shape)>,
    /// Provisions beyond those of its layer.
    pub provisions: Vec<LegalProvision>,
    /// When it held, and when the register knew.
    pub lifespan: Lifespan,
    /// The revision that recorded it.
    pub recorded_in: Revision,
}
