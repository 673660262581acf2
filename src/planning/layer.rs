//! A planning layer: what it is about, where it speaks, as of when, how exactly, by which law.

use crate::cadastre::Day;
use crate::crs::Epsg;
use crate::geometry::MultiPolygon;

/// Stable code of a layer, such as `zoning_2000_hcmc`: lower-case ASCII letters, digits, `_`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LayerCode(pub Box<str>);

/// What a layer is about; the catalogue of themes that must exist is data of the city.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Theme(pub Box<str>);

impl Theme {
    /// Layers whose coverage says where the register holds parcels at all; they have no features.
    pub fn parcels() -> Self {
        Self("parcels".into())
    }

    /// Surfaces of rivers, canals and lakes.
    pub fn water() -> Self {
        Self("water".into())
    }
}

/// Whether a restriction binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LawStatus {
    /// In force.
    InForce,
    /// Announced.
    Announced,
    /// Announced, with effect before it comes into force.
    AnnouncedWithEffect,
    /// Announced and not carried out.
    AnnouncedNotCarriedOut,
}

/// The text a restriction rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LegalProvision {
    /// Number of the act, such as `56/2021/QĐ-UBND`.
    pub act: String,
    /// Article, when stated.
    pub article: Option<String>,
    /// Day of the act.
    pub dated: Option<Day>,
    /// Address of its text.
    pub link: Option<String>,
}

/// The office that answers for a layer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Office {
    /// Code.
    pub code: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
}

/// A planning layer. Outside its coverage it says nothing: the answer there is "no data".
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Code.
    pub code: LayerCode,
    /// Theme.
    pub theme: Theme,
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: String,
    /// Where the layer speaks: one shape per plane it reaches into.
    pub coverage: Vec<(Epsg, MultiPolygon)>,
    /// The day up to which the layer is known to be right.
    pub as_of: Day,
    /// Accuracy of its geometry, in millimetres (one standard figure for the layer).
    pub accuracy_mm: u32,
    /// Whether it binds.
    pub law_status: LawStatus,
    /// What it rests on.
    pub provisions: Vec<LegalProvision>,
    /// Who answers for it.
    pub office: Office,
    /// Whether the data are made up, as in the demo city.
    pub synthetic: bool,
}
