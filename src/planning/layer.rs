//! A planning layer: what it is about, where it speaks, as of when, how exactly, by which law.

use crate::cadastre::{Day, InvalidKey};
use crate::crs::Epsg;
use crate::geometry::MultiPolygon;

/// Stable code of a layer, such as `zoning_2000_hcmc`: lower-case ASCII letters, digits, `_`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LayerCode(pub Box<str>);

/// What a code of a layer or a theme looks like.
const CODE_FORM: &str = "lower-case letters a-z, digits and `_`, at most 64, a letter first";

fn is_code(text: &str) -> bool {
    let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(allowed)
}

impl LayerCode {
    /// A code as files and profiles write it.
    ///
    /// # Errors
    /// [`InvalidKey`] for anything else than lower-case ASCII letters, digits and `_`.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        if is_code(text) {
            return Ok(Self(text.into()));
        }
        Err(InvalidKey {
            what: "code of a planning layer",
            value: text.to_owned(),
            expected: CODE_FORM,
        })
    }
}

impl std::fmt::Display for LayerCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a layer is about; the catalogue of themes that must exist is data of the city.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Theme(pub Box<str>);

impl Theme {
    /// A theme as profiles write it.
    ///
    /// # Errors
    /// [`InvalidKey`] for anything else than lower-case ASCII letters, digits and `_`.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        if is_code(text) {
            return Ok(Self(text.into()));
        }
        Err(InvalidKey {
            what: "theme",
            value: text.to_owned(),
            expected: CODE_FORM,
        })
    }

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

impl LawStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [
        Self::InForce,
        Self::Announced,
        Self::AnnouncedWithEffect,
        Self::AnnouncedNotCarriedOut,
    ];

    /// The word for it in tables, profiles and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Announced => "announced",
            Self::AnnouncedWithEffect => "announced_with_effect",
            Self::AnnouncedNotCarriedOut => "announced_not_carried_out",
        }
    }

    /// The status of a word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// Whether what a layer leaves empty may be believed, as far as its making goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerCondition {
    /// It is whole, and somebody has looked at it.
    Sound,
    /// Nobody has looked at it yet.
    Unreviewed,
    /// Features of it stayed out when it was last taken in, so something is missing somewhere.
    Failed,
}

impl LayerCondition {
    /// Every condition.
    pub const ALL: [Self; 3] = [Self::Sound, Self::Unreviewed, Self::Failed];

    /// The word for it in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Unreviewed => "unreviewed",
            Self::Failed => "failed",
        }
    }

    /// The condition of a word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|condition| condition.as_str() == word)
    }
}

/// The text a restriction rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// First day on which the layer says nothing any more, when it was withdrawn. Its features end
    /// on that day at the latest.
    pub withdrawn: Option<Day>,
    /// Whether what it leaves empty may be believed.
    pub condition: LayerCondition,
}

impl Layer {
    /// Whether the layer says anything on a day: not from the day of its withdrawal on.
    pub fn speaks_on(&self, day: Day) -> bool {
        self.withdrawn.is_none_or(|withdrawn| day < withdrawn)
    }
}
