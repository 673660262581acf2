//! The themes that must exist for a city, read from `data/themes.toml`.

use super::{LawStatus, Theme};
use crate::cadastre::Day;
use serde::Deserialize;

/// The themes that must exist for a city, in the order in which they are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeCatalogue {
    themes: Vec<CatalogueTheme>,
    fresh_days: u16,
}

/// A theme that must exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueTheme {
    /// Code.
    pub theme: Theme,
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: String,
    /// What its layers restrict, in Vietnamese.
    pub restricts_vi: String,
    /// What its layers restrict, in English.
    pub restricts_en: String,
    fresh_days: u16,
    counts: Vec<LawStatus>,
}

/// A file that is not such a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCatalogue {
    /// Not readable as the catalogue's form.
    #[error("the catalogue of themes is not valid: {0}")]
    Unreadable(String),
    /// One theme is listed twice.
    #[error("theme `{0}` is listed twice, expected once")]
    Twice(String),
    /// The theme says where parcels are held, and restricts nothing.
    #[error("theme `{0}` restricts nothing, expected a theme with restrictions")]
    Unrestricting(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    fresh_days: u16,
    theme: Vec<ThemeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeEntry {
    code: String,
    title_vi: String,
    title_en: String,
    restricts_vi: String,
    restricts_en: String,
    fresh_days: Option<u16>,
    counts: Option<Vec<String>>,
}

/// Law statuses in which a layer's silence counts, when a theme states none.
const COUNTS: [LawStatus; 2] = [LawStatus::InForce, LawStatus::AnnouncedWithEffect];

impl ThemeCatalogue {
    /// Reads the text of a `themes.toml`.
    ///
    /// # Errors
    /// [`InvalidCatalogue`] for a text of another form, a theme listed twice, and the theme that
    /// says where parcels are held.
    pub fn load(text: &str) -> Result<Self, InvalidCatalogue> {
        let unreadable = |e: &dyn std::error::Error| InvalidCatalogue::Unreadable(e.to_string());
        let file: CatalogueFile = toml::from_str(text).map_err(|e| unreadable(&e))?;
        let mut themes: Vec<CatalogueTheme> = Vec::with_capacity(file.theme.len());
        for entry in file.theme {
            let theme = Theme::parse(&entry.code).map_err(|e| unreadable(&e))?;
            if theme == Theme::parcels() {
                return Err(InvalidCatalogue::Unrestricting(entry.code));
            }
            if themes.iter().any(|listed| listed.theme == theme) {
                return Err(InvalidCatalogue::Twice(entry.code));
            }
            let status = |word: String| {
                let no_status = || InvalidCatalogue::Unreadable(format!("`{word}` in `counts`"));
                LawStatus::of_word(&word).ok_or_else(no_status)
            };
            let counts = entry
                .counts
                .map(|words| words.into_iter().map(status).collect());
            themes.push(CatalogueTheme {
                theme,
                title_vi: entry.title_vi,
                title_en: entry.title_en,
                restricts_vi: entry.restricts_vi,
                restricts_en: entry.restricts_en,
                fresh_days: entry.fresh_days.unwrap_or(file.fresh_days),
                counts: counts.unwrap_or_else(|| Ok(COUNTS.to_vec()))?,
            });
        }
        Ok(Self {
            themes,
            fresh_days: file.fresh_days,
        })
    }

    /// The themes, in their order.
    pub fn themes(&self) -> &[CatalogueTheme] {
        &self.themes
    }

    /// Whether a theme is listed.
    pub fn lists(&self, theme: &Theme) -> bool {
        self.themes.iter().any(|listed| listed.theme == *theme)
    }

    /// What is asked of the layers of a theme, whether it is listed or not.
    pub fn demands<'c>(&'c self, listed: Option<&'c CatalogueTheme>) -> Demands<'c> {
        Demands {
            fresh_days: listed.map_or(self.fresh_days, |theme| theme.fresh_days),
            counts: listed.map_or(&COUNTS, |theme| theme.counts.as_slice()),
        }
    }
}

/// What is asked of the layers of a theme before their silence is believed.
#[derive(Debug, Clone, Copy)]
pub struct Demands<'c> {
    fresh_days: u16,
    counts: &'c [LawStatus],
}

impl Demands<'_> {
    /// Whether a layer that is known to be right up to a day is too old on another.
    pub fn is_stale(self, as_of: Day, on: Day) -> bool {
        i64::from(on.0) - i64::from(as_of.0) > i64::from(self.fresh_days)
    }

    /// Whether silence in this law status says that nothing applies.
    pub fn counts(self, status: LawStatus) -> bool {
        self.counts.contains(&status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CITY: &str = include_str!("../../data/themes.toml");

    #[test]
    fn the_catalogue_of_the_city_is_one_and_begins_with_zoning() {
        let catalogue = ThemeCatalogue::load(CITY).expect("the file of the city");
        assert_eq!(&*catalogue.themes()[0].theme.0, "zoning");
        assert!(catalogue.lists(&Theme::water()) && !catalogue.lists(&Theme::parcels()));
    }

    #[test]
    fn a_theme_listed_twice_and_one_that_restricts_nothing_are_refused() {
        let theme = |code: &str| {
            format!(
                "[[theme]]\ncode = \"{code}\"\ntitle_vi = \"x\"\ntitle_en = \"x\"\n\
                 restricts_vi = \"x\"\nrestricts_en = \"x\"\n"
            )
        };
        let load = |themes: &str| ThemeCatalogue::load(&format!("fresh_days = 10\n{themes}"));
        assert!(load(&theme("a")).is_ok());
        let twice = load(&(theme("a") + &theme("a")));
        assert_eq!(twice, Err(InvalidCatalogue::Twice("a".to_owned())));
        assert!(matches!(
            load(&theme("parcels")),
            Err(InvalidCatalogue::Unrestricting(_))
        ));
        let status = theme("a") + "counts = [\"in_forse\"]\n";
        assert!(matches!(
            load(&status),
            Err(InvalidCatalogue::Unreadable(_))
        ));
        assert!(load("no = 1").is_err());
    }

    #[test]
    fn a_layer_is_stale_on_the_day_after_the_last_day_it_is_fresh() {
        let catalogue = ThemeCatalogue::load(CITY).expect("the file of the city");
        let demands = catalogue.demands(catalogue.themes().first());
        assert!(!demands.is_stale(Day(1000), Day(2096)));
        assert!(demands.is_stale(Day(1000), Day(2097)));
        assert!(!demands.is_stale(Day(1000), Day(-5)));
        assert!(!demands.counts(LawStatus::Announced));
    }
}
