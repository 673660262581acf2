//! The dated table of land-use purpose codes, read from `data/land_use_codes.toml`.

use super::{Day, Interval, LandUseCode};
use serde::Deserialize;
use std::collections::BTreeMap;

/// All codes of all tables held, each with the days on which it was in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct LandUseTable {
    first_day: Day,
    /// Ascending; each with its purposes in `purposes`, since few codes lie close together.
    codes: Vec<LandUseCode>,
    purposes: Vec<Vec<LandUsePurpose>>,
}

/// One purpose of land, as a table in force on some days has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandUsePurpose {
    /// Code.
    pub code: LandUseCode,
    /// Vietnamese name of the circular.
    pub name_vi: String,
    /// English name, ours.
    pub name_en: String,
    /// Group.
    pub group: LandUseGroup,
    /// Whether a house may be built on it.
    pub house: HousePermission,
    /// Days on which it is in the table.
    pub valid: Interval<Day>,
}

/// The three groups of the land law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandUseGroup {
    /// Nhóm đất nông nghiệp.
    Agricultural,
    /// Nhóm đất phi nông nghiệp.
    NonAgricultural,
    /// Nhóm đất chưa sử dụng.
    Unused,
}

/// Whether the purpose allows a house; other buildings follow their own rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HousePermission {
    /// Residential land.
    Yes,
    /// Not without a change of purpose.
    No,
    /// Works that serve farming only.
    FarmWorksOnly,
    /// As the approved project says.
    ByProject,
    /// As the board of the park or cluster says.
    ManagementBoard,
    /// Public works only.
    PublicWorks,
    /// Under the special law of religion, belief or heritage.
    Special,
    /// Defence and security, outside the permit regime.
    ExemptRegime,
}

/// What the table says of a code on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeOnDay<'t> {
    /// In the table.
    Listed(&'t LandUsePurpose),
    /// Not in the table of that day, though perhaps in that of another.
    NotListed,
    /// The day lies before the first table held, so nothing can be said.
    BeforeFirstTable,
}

/// A file that is not such a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLandUseTable {
    /// Not readable as the table's form.
    #[error("the table of land-use codes is not valid: {0}")]
    Unreadable(String),
    /// One code has two entries for one day.
    #[error("land-use code `{0}` has two entries for one day, expected one")]
    Overlapping(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    first_day: String,
    code: Vec<CodeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeEntry {
    code: String,
    vi: String,
    en: String,
    group: LandUseGroup,
    house: HousePermission,
    valid_from: Option<String>,
    valid_to: Option<String>,
}

impl LandUseTable {
    /// Reads the text of a `land_use_codes.toml`.
    ///
    /// # Errors
    /// [`InvalidLandUseTable`] for a text of another form, or a code listed twice for one day.
    pub fn load(text: &str) -> Result<Self, InvalidLandUseTable> {
        let unreadable = |e: &dyn std::error::Error| InvalidLandUseTable::Unreadable(e.to_string());
        let file: TableFile = toml::from_str(text).map_err(|e| unreadable(&e))?;
        let day = |text: &str| Day::parse(text).map_err(|e| unreadable(&e));
        let first_day = day(&file.first_day)?;
        let mut purposes: BTreeMap<LandUseCode, Vec<LandUsePurpose>> = BTreeMap::new();
        for entry in file.code {
            let code = LandUseCode::parse(&entry.code).map_err(|e| unreadable(&e))?;
            let from = entry.valid_from.as_deref().map_or(Ok(first_day), day)?;
            let to = entry.valid_to.as_deref().map(day).transpose()?;
            let valid = Interval { from, to };
            let same = purposes.entry(code).or_default();
            let meets = |p: &LandUsePurpose| {
                let before =
                    |a: Interval<Day>, b: Interval<Day>| a.to.is_some_and(|to| to <= b.from);
                !before(p.valid, valid) && !before(valid, p.valid)
            };
            if same.iter().any(meets) {
                return Err(InvalidLandUseTable::Overlapping(entry.code));
            }
            same.push(LandUsePurpose {
                code,
                name_vi: entry.vi,
                name_en: entry.en,
                group: entry.group,
                house: entry.house,
                valid,
            });
        }
        let (codes, purposes) = purposes.into_iter().unzip();
        Ok(Self {
            first_day,
            codes,
            purposes,
        })
    }

    /// What the table in force on a day says of a code.
    pub fn on_day(&self, code: LandUseCode, day: Day) -> CodeOnDay<'_> {
        if day < self.first_day {
            return CodeOnDay::BeforeFirstTable;
        }
        let Ok(place) = self.codes.binary_search(&code) else {
            return CodeOnDay::NotListed;
        };
        let mut purposes = self.purposes[place].iter();
        let purpose = purposes.find(|p| p.valid.has(day));
        purpose.map_or(CodeOnDay::NotListed, CodeOnDay::Listed)
    }

    /// The codes of the table in force on a day, in alphabetical order.
    pub fn codes_on(&self, day: Day) -> Vec<&LandUsePurpose> {
        let all = self.purposes.iter().flatten();
        let mut listed: Vec<_> = all.filter(|p| p.valid.has(day)).collect();
        listed.sort_by_key(|p| p.code);
        listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../data/land_use_codes.toml");

    fn on(code: &str, day: &str) -> Option<String> {
        let table = LandUseTable::load(TEXT).expect("the table of the country");
        let code = LandUseCode::parse(code).expect("a code");
        match table.on_day(code, Day::parse(day).expect("a day")) {
            CodeOnDay::Listed(purpose) => Some(purpose.name_en.clone()),
            CodeOnDay::NotListed => Some("-".to_owned()),
            CodeOnDay::BeforeFirstTable => None,
        }
    }

    #[test]
    fn the_table_changes_on_the_first_of_august_2024() {
        let hnk = Some("land for other annual crops".to_owned());
        assert_eq!(on("HNK", "2024-08-01"), hnk);
        assert_eq!(on("HNK", "2024-07-31"), Some("-".to_owned()));
        assert_eq!(on("BHK", "2024-08-01"), Some("-".to_owned()));
        assert!(on("BHK", "2024-07-31").is_some_and(|name| name.contains("annual crops")));
        assert_eq!(on("ODT", "2019-03-01"), on("ODT", "2026-11-23"));
        assert_eq!(on("XYZ", "2026-11-23"), Some("-".to_owned()));
    }

    #[test]
    fn before_the_first_table_nothing_is_said() {
        assert_eq!(on("ODT", "2019-02-28"), None);
    }

    #[test]
    fn a_house_may_be_built_on_residential_land_only() {
        let table = LandUseTable::load(TEXT).expect("the table of the country");
        let day = Day::parse("2026-11-23").expect("a day");
        let listed = table.codes_on(day);
        let houses = listed.iter().filter(|p| p.house == HousePermission::Yes);
        let codes: Vec<&str> = houses.map(|p| p.code.as_str()).collect();
        assert_eq!(codes, ["ODT", "ONT"]);
        assert_eq!(listed.len(), 54);
    }

    #[test]
    fn a_code_with_two_entries_for_one_day_is_refused() {
        let entry = "[[code]]\ncode = \"ODT\"\nvi = \"a\"\nen = \"b\"\n\
            group = \"unused\"\nhouse = \"no\"\n";
        let twice = format!("{TEXT}\n{entry}");
        let refused = LandUseTable::load(&twice);
        assert_eq!(
            refused,
            Err(InvalidLandUseTable::Overlapping("ODT".to_owned()))
        );
    }
}
