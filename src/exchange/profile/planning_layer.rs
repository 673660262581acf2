//! A planning layer as a profile states it: what it is about, where it speaks, by which law.

use std::path::{Path, PathBuf};

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error as _, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::cadastre::{Day, WardCode};
use crate::crs::Epsg;
use crate::planning::{LawStatus, LayerCode, LegalProvision, Office, Theme};

/// The head of a layer, except that its coverage is still to be found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanningLayer {
    /// Code.
    #[serde(deserialize_with = "code")]
    pub code: LayerCode,
    /// Theme.
    #[serde(deserialize_with = "theme")]
    pub theme: Theme,
    /// Vietnamese title.
    #[serde(deserialize_with = "text")]
    pub title_vi: String,
    /// English title.
    #[serde(deserialize_with = "text")]
    pub title_en: String,
    /// Where the layer speaks.
    pub coverage: CoverageStatement,
    /// The day up to which it is known to be right; said on the command line when absent here.
    #[serde(default, deserialize_with = "some_day")]
    pub as_of: Option<Day>,
    /// Accuracy of its geometry, in millimetres.
    pub accuracy_mm: u32,
    /// Whether it binds.
    #[serde(deserialize_with = "law_status")]
    pub law_status: LawStatus,
    /// What it rests on.
    #[serde(default, deserialize_with = "provisions")]
    pub provisions: Vec<LegalProvision>,
    /// Who answers for it.
    #[serde(deserialize_with = "office")]
    pub office: Office,
    /// Whether the data are made up.
    pub synthetic: bool,
    /// Whether somebody has looked at it; what an unreviewed layer leaves empty is not believed.
    #[serde(default = "reviewed")]
    pub reviewed: bool,
}

const fn reviewed() -> bool {
    true
}

/// Where a layer speaks, as somebody who knows says. There is no default, least of all the box
/// around what happens to be in the file: outside the coverage the answer is "no data".
#[derive(Debug, Clone, PartialEq)]
pub enum CoverageStatement {
    /// `"features"`: on the ground of its features, and nowhere else.
    Features,
    /// `{ wards = ["26743"] }`: on the ground of these wards, by the borders the register holds.
    Wards(Vec<WardCode>),
    /// `{ file = "coverage.gpkg" }`: on the areas of a file.
    File(CoverageFile),
    /// `[{ plane = 9210, coordinates = … }]`: on areas written down here.
    Areas(Vec<CoverageAreas>),
}

/// A file of the areas in which a layer speaks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageFile {
    /// The file; a relative path begins in the folder of the profile.
    pub file: PathBuf,
    /// Layer of the file; the only one when absent.
    pub layer: Option<String>,
    /// System of its coordinates, whatever it states.
    pub crs: Option<Epsg>,
}

/// Areas in metres of a plane, easting first, nested as the coordinates of a MultiPolygon in
/// GeoJSON: parts, rings with the shell first, positions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageAreas {
    /// The plane.
    pub plane: Epsg,
    /// Parts, rings, positions.
    pub coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

impl PlanningLayer {
    /// The same, with a relative path of its coverage begun in this folder.
    pub(super) fn in_folder(mut self, folder: &Path) -> Self {
        if let CoverageStatement::File(coverage) = &mut self.coverage {
            coverage.file = folder.join(&coverage.file);
        }
        self
    }
}

struct AnyCoverage;

impl<'de> Visitor<'de> for AnyCoverage {
    type Value = CoverageStatement;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("`\"features\"`, a table with `wards` or `file`, or a list of areas with `plane` and `coordinates`")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        match text {
            "features" => Ok(CoverageStatement::Features),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(CoverageStatement::Areas)
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            wards: Option<Vec<String>>,
            file: Option<PathBuf>,
            layer: Option<String>,
            crs: Option<Epsg>,
        }
        let table = Table::deserialize(MapAccessDeserializer::new(map))?;
        match (table.wards, table.file) {
            (Some(wards), None) if table.layer.is_none() && table.crs.is_none() => {
                let codes: Result<_, _> = wards.iter().map(|code| WardCode::parse(code)).collect();
                codes
                    .map(CoverageStatement::Wards)
                    .map_err(A::Error::custom)
            }
            (None, Some(file)) => Ok(CoverageStatement::File(CoverageFile {
                file,
                layer: table.layer,
                crs: table.crs,
            })),
            _ => Err(A::Error::custom(
                "expected either `wards`, or `file` with `layer` and `crs` where they are needed",
            )),
        }
    }
}

impl<'de> Deserialize<'de> for CoverageStatement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyCoverage)
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() {
        return Err(D::Error::invalid_value(
            Unexpected::Str(&text),
            &"a text that is not empty",
        ));
    }
    Ok(text)
}

fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LayerCode, D::Error> {
    let text = String::deserialize(deserializer)?;
    LayerCode::parse(&text).map_err(D::Error::custom)
}

fn theme<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Theme, D::Error> {
    let text = String::deserialize(deserializer)?;
    Theme::parse(&text).map_err(D::Error::custom)
}

fn some_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Day::parse(&text).map(Some).map_err(D::Error::custom)
}

fn law_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LawStatus, D::Error> {
    let word = String::deserialize(deserializer)?;
    let expected = || LawStatus::ALL.map(LawStatus::as_str).join(", ");
    LawStatus::of_word(&word).ok_or_else(|| {
        D::Error::custom(format!(
            "`{word}` is not a law status, expected {}",
            expected()
        ))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvisionTable {
    #[serde(deserialize_with = "text")]
    act: String,
    article: Option<String>,
    #[serde(default, deserialize_with = "some_day")]
    dated: Option<Day>,
    link: Option<String>,
}

fn provisions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<LegalProvision>, D::Error> {
    let tables = Vec::<ProvisionTable>::deserialize(deserializer)?;
    let provision = |table: ProvisionTable| LegalProvision {
        act: table.act,
        article: table.article,
        dated: table.dated,
        link: table.link,
    };
    Ok(tables.into_iter().map(provision).collect())
}

fn office<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Office, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        #[serde(deserialize_with = "text")]
        code: String,
        #[serde(deserialize_with = "text")]
        name_vi: String,
        #[serde(deserialize_with = "text")]
        name_en: String,
    }
    let table = Table::deserialize(deserializer)?;
    Ok(Office {
        code: table.code,
        name_vi: table.name_vi,
        name_en: table.name_en,
    })
}
