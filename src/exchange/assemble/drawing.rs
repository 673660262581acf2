//! A drawing: lines and texts on levels, already on the grid of a plane.

use crate::cadastre::{MapScale, ParcelStatus, SheetNumber, WardCode};
use crate::crs::Epsg;
use crate::exchange::FeatureNumber;
use crate::exchange::text::DecimalSign;
use crate::geometry::{LineString, Point};

/// Which levels (DGN) or layers (DXF) of a drawing hold what; part of a field profile.
///
/// The defaults are the codes of the cadastral map's interchange form (Appendix 21 of the
/// circular on cadastral maps, domain rules 1.3).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Levels {
    /// Lines of parcel boundaries: surveyed and legal ones.
    pub boundary: Vec<String>,
    /// Parcel numbers, alone or as a combined label such as `12 / 66.0 / ODT`.
    pub number: Vec<String>,
    /// Areas in square metres.
    pub area: Vec<String>,
    /// Land-use codes.
    pub land_use: Vec<String>,
}

impl Default for Levels {
    fn default() -> Self {
        let levels = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect();
        Self {
            boundary: levels(&["10", "61"]),
            number: levels(&["13"]),
            area: levels(&["4"]),
            land_use: levels(&["2"]),
        }
    }
}

/// What a text on a level stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// A parcel's number, alone or in a combined label.
    Number,
    /// A registered area.
    Area,
    /// One or several land-use codes.
    LandUse,
}

impl Levels {
    /// Whether lines on this level are boundaries.
    pub fn is_boundary(&self, level: &str) -> bool {
        self.boundary.iter().any(|l| same_level(l, level))
    }

    /// What texts on this level stand for, if anything.
    pub fn text_role(&self, level: &str) -> Option<TextRole> {
        let on = |levels: &[String]| levels.iter().any(|l| same_level(l, level));
        if on(&self.number) {
            Some(TextRole::Number)
        } else if on(&self.area) {
            Some(TextRole::Area)
        } else {
            on(&self.land_use).then_some(TextRole::LandUse)
        }
    }
}

/// Level names are compared without regard to case; CAD programs do so too.
fn same_level(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// A line of a boundary level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnLine {
    /// Which element of the file.
    pub feature: FeatureNumber,
    /// Its vertices.
    pub line: LineString,
}

/// A text of a label level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnText {
    /// Which element of the file.
    pub feature: FeatureNumber,
    /// Where it is placed.
    pub at: Point,
    /// What it stands for.
    pub role: TextRole,
    /// What it says, decoded.
    pub text: String,
}

/// What a drawing holds of parcels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawing {
    /// Boundary lines.
    pub lines: Vec<DrawnLine>,
    /// Label texts.
    pub texts: Vec<DrawnText>,
}

/// What every parcel of one drawing has in common; from the profile or the file's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleBlock {
    /// Commune in whose series the sheet is numbered.
    pub commune: WardCode,
    /// The sheet.
    pub sheet: SheetNumber,
    /// Ward of today, when stated.
    pub ward: Option<WardCode>,
    /// Plane of the drawing.
    pub plane: Epsg,
    /// Scale of the map.
    pub scale: MapScale,
    /// Status of its parcels.
    pub status: ParcelStatus,
    /// The sign before decimals in areas, when it is stated.
    pub decimal: Option<DecimalSign>,
}
