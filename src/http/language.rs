//! The languages of answers, and the texts in them, from `data/messages`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use serde::Deserialize;

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
type Texts = BTreeMap<String, BTreeMap<String, Template>>;

/// A text with named holes, such as `Thửa {number}, tờ {sheet}, {ward}`.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub struct Template(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Text(String),
    /// The name of a hole, with its braces.
    Hole(String),
}

/// What a parcel is called, with holes for its number, sheet and ward.
#[derive(Debug, Clone, Copy)]
pub struct ParcelLabels {
    /// A parcel numbered in its own ward.
    pub plain: &'static Template,
    /// One whose sheet is numbered in another commune; with a hole for that too.
    pub of_series: &'static Template,
}

/// A piece of a text as it is to be written.
#[derive(Debug, Clone, Copy)]
pub enum Part<'t> {
    /// As it stands.
    Text(&'t str),
    /// What fills the hole of this name.
    Hole(&'t str),
}

static LABELS: LazyLock<[Option<ParcelLabels>; 2]> = LazyLock::new(|| {
    [Language::Vietnamese, Language::English].map(|language| {
        Some(ParcelLabels {
            plain: language.template("parcel", "label")?,
            of_series: language.template("parcel", "label_of_series")?,
        })
    })
});

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
        // A key without a text shows itself; a test looks that every key used has one.
        let Some(template) = self.template(section, key) else {
            return format!("{section}.{key}");
        };
        let arguments: Vec<_> = arguments.iter().map(|(n, v)| (*n, v.as_str())).collect();
        template.filled(&arguments).collect()
    }

    /// The text under a section and key as it stands, where there is one.
    pub fn find(self, section: &str, key: &str) -> Option<String> {
        let template = self.template(section, key)?;
        Some(template.filled(&[]).collect())
    }

    /// What parcels are called.
    pub fn parcel_labels(self) -> Option<ParcelLabels> {
        let [vietnamese, english] = *LABELS;
        match self {
            Self::Vietnamese => vietnamese,
            Self::English => english,
        }
    }

    /// The text under a section and key, with its holes, for filling them more than once.
    fn template(self, section: &str, key: &str) -> Option<&'static Template> {
        let texts = match self {
            Self::Vietnamese => &*VIETNAMESE,
            Self::English => &*ENGLISH,
        };
        texts.get(section)?.get(key)
    }
}

impl Template {
    /// The text in pieces, its holes filled; a hole for which there is no argument stays as it is.
    fn filled<'t>(&'t self, arguments: &'t [(&str, &'t str)]) -> impl Iterator<Item = &'t str> {
        self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Hole(hole) => {
                let name = name_of(hole);
                let given = arguments.iter().find(|(given, _)| *given == name);
                given.map_or(hole.as_str(), |(_, value)| value)
            }
        })
    }

    /// Its pieces, for who fills the holes while writing.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.0.iter().map(|piece| match piece {
            Piece::Text(text) => Part::Text(text),
            Piece::Hole(hole) => Part::Hole(name_of(hole)),
        })
    }
}

/// The name of a hole without its braces.
fn name_of(hole: &str) -> &str {
    &hole[1..hole.len() - 1]
}

impl From<String> for Template {
    fn from(text: String) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some((before, from_hole)) = rest.find('{').map(|at| rest.split_at(at)) {
            let Some(length) = from_hole.find('}').map(|at| at + 1) else {
                break;
            };
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Hole(from_hole[..length].to_owned()));
            rest = &from_hole[length..];
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Self(pieces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        let holes = |template: &Template| {
            let mut holes: Vec<String> = template
                .0
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Hole(hole) => Some(hole.clone()),
                    Piece::Text(_) => None,
                })
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

    #[test]
    fn a_template_keeps_what_is_not_filled_and_never_fills_what_was_filled_in() {
        let template = Template::from("{a} of {b}, {c} {".to_owned());
        let filled: String = template.filled(&[("b", "{a}"), ("a", "1")]).collect();
        assert_eq!(filled, "1 of {a}, {c} {");
    }
}
