//! What the function of a plan unit says of a house on it, by the city's words of
//! `data/plan_functions.toml`.

use serde::Deserialize;
use std::sync::LazyLock;

/// Whether a house conforms to the function of a plan unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HouseThere {
    /// The unit is for dwellings.
    Conforms,
    /// It is for something else alone.
    Differs,
    /// Its words do not say.
    Unclear,
}

/// The words of a city.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    version: u32,
    dwellings: Vec<String>,
    mixed: Vec<String>,
    others: Vec<String>,
}

static CITY: LazyLock<Words> = LazyLock::new(|| {
    let text = include_str!("../../../data/plan_functions.toml");
    Words::load(text).expect("the words are built in and read by a test")
});

/// The version of the city's words.
pub fn version_of_words() -> u32 {
    CITY.version
}

/// What a function, as the plan words it, says of a house.
pub(super) fn house_there(function: &str) -> HouseThere {
    CITY.house_there(function)
}

impl Words {
    fn load(text: &str) -> Result<Self, toml::de::Error> {
        let mut words: Self = toml::from_str(text)?;
        for list in [&mut words.dwellings, &mut words.mixed, &mut words.others] {
            // An empty word would stand in every function.
            list.retain(|word| !word.trim().is_empty());
            list.iter_mut().for_each(|word| *word = word.to_lowercase());
        }
        Ok(words)
    }

    fn house_there(&self, function: &str) -> HouseThere {
        let words = function.to_lowercase();
        let has = |listed: &[String]| listed.iter().any(|word| words.contains(word));
        match (has(&self.dwellings), has(&self.others), has(&self.mixed)) {
            (_, _, true) | (true, true, _) | (false, false, false) => HouseThere::Unclear,
            (true, false, false) => HouseThere::Conforms,
            (false, true, false) => HouseThere::Differs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_that_says_both_or_nothing_is_unclear() {
        for (function, expected) in [
            ("Đất nhóm nhà ở hiện hữu", HouseThere::Conforms),
            ("đất ở", HouseThere::Conforms),
            ("Đất cây xanh sử dụng công cộng", HouseThere::Differs),
            ("ĐẤT GIÁO DỤC", HouseThere::Differs),
            ("Đất hỗn hợp (nhà ở, thương mại)", HouseThere::Unclear),
            ("Đất ở kết hợp cây xanh", HouseThere::Unclear),
            ("Đất thương mại, dịch vụ", HouseThere::Unclear),
            ("", HouseThere::Unclear),
        ] {
            assert_eq!(house_there(function), expected, "{function}");
        }
    }

    #[test]
    fn another_city_has_other_words_and_nothing_else() {
        let words =
            "version = 3\ndwellings = [\"Habitat\", \"\"]\nmixed = []\nothers = [\"voirie\"]";
        let words = Words::load(words).expect("words of another city");
        for (function, expected) in [
            ("Zone d'habitat", HouseThere::Conforms),
            ("VOIRIE", HouseThere::Differs),
            ("đất ở", HouseThere::Unclear),
        ] {
            assert_eq!(words.house_there(function), expected, "{function}");
        }
        assert!(Words::load("version = 1\ndwellings = []").is_err());
    }
}
