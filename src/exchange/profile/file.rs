//! The profile file: read from TOML, refused with its place where it says what nobody asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::error::ProfileError;
use super::file_name::FileNamePatterns;
use super::{
    CoverageStatement, DrawingFields, FileNamePattern, PlanningLayer, Rule, Target, built_in,
};
use crate::crs::{AxisOrder, Epsg};
use crate::exchange::text::{DecimalSign, Encoding};

/// The unit of areas in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum AreaUnit {
    /// Square metres.
    #[default]
    #[serde(rename = "m2")]
    SquareMetres,
    /// Hectares.
    #[serde(rename = "ha")]
    Hectares,
}

/// The unit of widths and heights in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum LengthUnit {
    /// Metres.
    #[default]
    #[serde(rename = "m")]
    Metres,
    /// Millimetres.
    #[serde(rename = "mm")]
    Millimetres,
}

/// How the features of a source become drafts of one collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: String,
    /// What the features become.
    pub target: Target,
    /// The layer to read, when the source has several.
    pub layer: Option<String>,
    /// The system of the coordinates, whatever the source states.
    pub crs: Option<Epsg>,
    /// The plane of the shapes, when it is not the system of the coordinates.
    pub plane: Option<Epsg>,
    /// The order of the coordinates: `east_north` as GIS formats have it, or `north_east` as
    /// surveyors write (X = north, Y = east).
    pub axis_order: AxisOrder,
    /// The encoding of texts.
    pub encoding: Encoding,
    /// The sign before decimals in numbers that stand in texts, when it is stated.
    pub decimal: Option<DecimalSign>,
    /// Unit of areas.
    pub area_unit: AreaUnit,
    /// Unit of widths and heights.
    pub length_unit: LengthUnit,
    /// Forms of dates, tried in order, such as `DD/MM/YYYY`.
    pub dates: Vec<String>,
    /// Where each target field comes from.
    pub fields: BTreeMap<String, Rule>,
    /// What a target field is where the source is silent.
    pub constants: BTreeMap<String, String>,
    /// What the name of the file says; the first pattern that fits is taken.
    pub file_name: Vec<FileNamePattern>,
    /// How a drawing is taken apart.
    pub drawing: Option<DrawingFields>,
    /// The planning layers that the features are of, when the profile states them.
    pub planning_layers: Vec<PlanningLayer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title_vi: String,
    title_en: String,
    target: Target,
    layer: Option<String>,
    crs: Option<Epsg>,
    plane: Option<Epsg>,
    #[serde(default = "gis_order")]
    axis_order: AxisOrder,
    #[serde(default)]
    encoding: Encoding,
    decimal: Option<DecimalSign>,
    #[serde(default)]
    area_unit: AreaUnit,
    #[serde(default)]
    length_unit: LengthUnit,
    #[serde(default = "usual_dates")]
    dates: Vec<String>,
    #[serde(default)]
    fields: BTreeMap<Spanned<String>, Rule>,
    #[serde(default)]
    constants: BTreeMap<Spanned<String>, Constant>,
    file_name: Option<Spanned<FileNamePatterns>>,
    drawing: Option<DrawingFields>,
    #[serde(default)]
    planning_layer: Vec<PlanningLayer>,
}

/// A constant is written as text, number or yes/no and read as the text of it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Constant {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
}

impl Constant {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

fn gis_order() -> AxisOrder {
    AxisOrder::EastNorth
}

fn usual_dates() -> Vec<String> {
    ["YYYY-MM-DD", "DD/MM/YYYY", "YYYYMMDD"]
        .map(str::to_owned)
        .to_vec()
}

impl Profile {
    /// A built-in profile by its name, or one from a file by its path.
    ///
    /// # Errors
    /// [`ProfileError`] with file and place.
    pub fn load(name: &str) -> Result<Self, ProfileError> {
        if let Some(text) = built_in::built_in_text(name) {
            return Self::parse(text, name);
        }
        let text =
            std::fs::read_to_string(Path::new(name)).map_err(|e| ProfileError::NotFound {
                name: name.to_owned(),
                cause: e.to_string(),
                built_in: built_in::built_in_names().collect::<Vec<_>>().join(", "),
            })?;
        let mut profile = Self::parse(&text, name)?;
        let folder = Path::new(name).parent().unwrap_or(Path::new(""));
        let layers = profile.planning_layers.into_iter();
        profile.planning_layers = layers.map(|layer| layer.in_folder(folder)).collect();
        Ok(profile)
    }

    /// The file of a profile and the files of areas that it names; none of a built-in one, and of
    /// one that cannot be used only itself.
    pub fn files_read(name: &str) -> Vec<PathBuf> {
        if built_in::built_in_text(name).is_some() {
            return Vec::new();
        }
        let layers = Self::load(name).map(|profile| profile.planning_layers);
        let coverages = layers.unwrap_or_default().into_iter();
        let named = coverages.filter_map(|layer| match layer.coverage {
            CoverageStatement::File(coverage) => Some(coverage.file),
            _ => None,
        });
        std::iter::once(PathBuf::from(name)).chain(named).collect()
    }

    /// Reads the text of a profile; `file` is what errors call it.
    ///
    /// # Errors
    /// [`ProfileError`] with the place of the first thing that is wrong.
    pub fn parse(text: &str, file: &str) -> Result<Self, ProfileError> {
        let read: File = toml::from_str(text).map_err(|e| ProfileError::Malformed {
            file: file.to_owned(),
            cause: e.to_string().trim_end().to_owned(),
        })?;
        read.parts_for_target(file)?;
        let keys = read.fields.keys().chain(read.constants.keys());
        let keys = keys.map(|key| (key.get_ref().as_str(), key.span()));
        let named = read.file_name.iter().flat_map(|patterns| {
            let fields = patterns
                .get_ref()
                .0
                .iter()
                .flat_map(FileNamePattern::fields);
            fields.map(move |field| (field, patterns.span()))
        });
        for (key, span) in keys.chain(named) {
            if !read.target.fields().any(|f| f == key) {
                return Err(ProfileError::UnknownField {
                    file: file.to_owned(),
                    line: text[..span.start].matches('\n').count() + 1,
                    field: key.to_owned(),
                    target: read.target,
                    expected: read.target.fields().collect::<Vec<_>>().join(", "),
                });
            }
        }
        let complete = |form: &&String| ["YYYY", "MM", "DD"].iter().all(|p| form.contains(p));
        if let Some(form) = read.dates.iter().find(|form| !complete(form)) {
            return Err(ProfileError::DateForm {
                file: file.to_owned(),
                form: form.clone(),
            });
        }
        Ok(read.into_profile())
    }

    /// The profile for one file: what its name says stands beside the constants, and before them.
    ///
    /// # Errors
    /// [`ProfileError::FileName`] when the name fits none of the profile's patterns.
    pub fn for_file(&self, path: &Path) -> Result<Self, ProfileError> {
        let mut profile = self.clone();
        if self.file_name.is_empty() {
            return Ok(profile);
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut patterns = self.file_name.iter();
        let values = patterns.find_map(|pattern| pattern.values(&stem));
        profile.constants.extend(values.ok_or_else(|| {
            let patterns: Vec<String> = self.file_name.iter().map(|p| format!("`{p}`")).collect();
            ProfileError::FileName {
                file: path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                expected: patterns.join(", "),
            }
        })?);
        Ok(profile)
    }
}

impl File {
    /// Drawings hold parcels, and only planning features are of planning layers.
    fn parts_for_target(&self, file: &str) -> Result<(), ProfileError> {
        let parcels = self.target == Target::Parcels;
        let not_for = |part, takes| ProfileError::NotForTarget {
            file: file.to_owned(),
            part,
            takes,
            target: self.target,
        };
        if parcels && !self.planning_layer.is_empty() {
            return Err(not_for("planning_layer", "planning features"));
        }
        if !parcels && self.drawing.is_some() {
            return Err(not_for("drawing", "parcels"));
        }
        let mut codes: Vec<_> = self.planning_layer.iter().map(|l| &l.code).collect();
        codes.sort_unstable();
        match codes.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(ProfileError::SameLayerTwice {
                file: file.to_owned(),
                code: pair[0].to_string(),
            }),
            None => Ok(()),
        }
    }

    fn into_profile(self) -> Profile {
        Profile {
            title_vi: self.title_vi,
            title_en: self.title_en,
            target: self.target,
            layer: self.layer,
            crs: self.crs,
            plane: self.plane,
            axis_order: self.axis_order,
            encoding: self.encoding,
            decimal: self.decimal,
            area_unit: self.area_unit,
            length_unit: self.length_unit,
            dates: self.dates,
            fields: self
                .fields
                .into_iter()
                .map(|(key, rule)| (key.into_inner(), rule))
                .collect(),
            constants: self
                .constants
                .into_iter()
                .map(|(key, constant)| (key.into_inner(), constant.into_text()))
                .collect(),
            file_name: self.file_name.map_or_else(Vec::new, |p| p.into_inner().0),
            drawing: self.drawing,
            planning_layers: self.planning_layer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "title_vi = \"x\"\ntitle_en = \"x\"\ntarget = \"parcels\"\n";

    #[test]
    fn every_built_in_profile_is_read() {
        for name in built_in::built_in_names() {
            let profile = Profile::load(name).expect("a profile that is compiled in");
            assert!(!profile.title_vi.is_empty() && !profile.title_en.is_empty());
        }
    }

    #[test]
    fn an_unknown_key_is_refused_with_file_and_line() {
        let text = format!("{HEAD}encodign = \"tcvn3\"\n");
        let error = Profile::parse(&text, "a.toml")
            .expect_err("misspelt")
            .to_string();
        assert!(
            error.contains("a.toml") && error.contains("line 4"),
            "{error}"
        );
        let text = format!("{HEAD}[fields]\nsheet = \"TO\"\nstreet = \"DUONG\"\n");
        let error = Profile::parse(&text, "a.toml").expect_err("of another target");
        let text = error.to_string();
        assert!(
            text.contains("line 6") && text.contains("`street`"),
            "{text}"
        );
    }

    #[test]
    fn the_name_of_a_file_stands_before_the_constants() {
        let text = format!(
            "{HEAD}file_name = [\"{{commune}}_{{sheet}}_{{scale}}\", \"DC{{sheet}}\"]\n\
             [constants]\ncommune = 26743\nscale = 1000\n"
        );
        let profile = Profile::parse(&text, "a.toml").expect("a profile");
        let of = |name: &str| profile.for_file(Path::new(name)).map(|p| p.constants);
        let all = of("maps/26740_12_500.dgn").expect("fits");
        assert_eq!(
            (all["commune"].as_str(), all["sheet"].as_str()),
            ("26740", "12")
        );
        assert_eq!(all["scale"], "500");
        let sheet = of("DC7.dgn").expect("fits");
        assert_eq!(
            (sheet["commune"].as_str(), sheet["scale"].as_str()),
            ("26743", "1000")
        );
        let refused = of("to 7.dgn").expect_err("fits nothing").to_string();
        assert!(
            refused.contains("`to 7.dgn`") && refused.contains("`DC{sheet}`"),
            "{refused}"
        );
        let wrong = format!("{HEAD}file_name = \"{{street}}-{{sheet}}\"\n");
        let refused = Profile::parse(&wrong, "a.toml")
            .expect_err("of another target")
            .to_string();
        assert!(
            refused.contains("line 4") && refused.contains("`street`"),
            "{refused}"
        );
    }

    #[test]
    fn a_form_of_dates_must_name_year_month_and_day() {
        let text = format!("{HEAD}dates = [\"MM/YYYY\"]\n");
        assert!(matches!(
            Profile::parse(&text, "a.toml"),
            Err(ProfileError::DateForm { .. })
        ));
    }

    #[test]
    fn a_profile_that_is_neither_built_in_nor_a_file_names_those_there_are() {
        let error = Profile::load("khong-co").expect_err("none").to_string();
        assert!(error.contains("parcels"), "{error}");
    }
}
