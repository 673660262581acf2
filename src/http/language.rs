//! The languages of answers, and the texts in them, from `data/messages`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};

/// A language of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Vietnamese, the language of the register.
    #[default]
    Vietnamese,
    /// English.
    English,
}

/// Texts by section and key, such as `detail` and `not_a_date`.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

static VIETNAMESE: LazyLock<Texts> =
    LazyLock::new(|| read(include_str!("../../data/messages/vi.toml")));
static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| read(include_str!("../../data/messages/en.toml")));

fn read(text: &str) -> Texts {
    toml::from_str(text).expect("the message files are built in and read by a test")
}

impl Language {
    /// By its tag as a parameter: `vi` or `en`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag {
            "vi" => Some(Self::Vietnamese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Its tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// The language a client likes best by `Accept-Language`; Vietnamese when it says nothing
    /// that we speak.
    pub fn preferred(headers: &HeaderMap) -> Self {
        headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map_or_else(Self::default, Self::preferred_of)
    }

    fn preferred_of(header: &str) -> Self {
        let mut best = (0.0, Self::default());
        for part in header.split(',') {
            let (range, weight) = part.split_once(';').unwrap_or((part, ""));
            let weight = weight.trim().strip_prefix("q=").map_or(1.0, |q| {
                q.trim()
                    .parse()
                    .ok()
                    .filter(|q| (0.0..=1.0).contains(q))
                    .unwrap_or(0.0)
            });
            let primary = range.trim().split('-').next().unwrap_or_default();
            if let Some(language) = Self::from_tag(&primary.to_ascii_lowercase())
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }

    /// The text under a section and key, with `{name}` filled in.
    pub fn text(self, section: &str, key: &str, arguments: &[(&str, String)]) -> String {
        let texts = match self {
            Self::Vietnamese => &*VIETNAMESE,
            Self::English => &*ENGLISH,
        };
        // A key without a text shows itself; a test looks that every key used has one.
        let found = texts.get(section).and_then(|texts| texts.get(key));
        let mut text = found.cloned().unwrap_or_else(|| format!("{section}.{key}"));
        for (name, value) in arguments {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        let holes = |text: &str| {
            let mut holes: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
                .collect();
            holes.sort();
            holes
        };
        let shape = |texts: &Texts| {
            texts
                .iter()
                .flat_map(|(section, texts)| {
                    texts
                        .iter()
                        .map(move |(key, text)| (format!("{section}.{key}"), holes(text)))
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(shape(&VIETNAMESE), shape(&ENGLISH));
    }

    #[test]
    fn the_language_with_the_greatest_weight_that_we_speak_is_chosen() {
        for (header, language) in [
            ("en", Language::English),
            ("en-GB,vi;q=0.5", Language::English),
            ("en;q=0.3, vi-VN;q=0.9", Language::Vietnamese),
            ("fr, de;q=0.9", Language::Vietnamese),
            ("en;q=0", Language::Vietnamese),
            ("en;q=x, vi;q=0.1", Language::Vietnamese),
            ("", Language::Vietnamese),
        ] {
            assert_eq!(Language::preferred_of(header), language, "{header}");
        }
    }
}
