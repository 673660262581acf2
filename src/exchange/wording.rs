//! Sentences of reports in Vietnamese and English, filled from the message file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A sentence in both languages of the program.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Wording {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A language of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Wording {
    /// The sentence in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }

    /// The same with every `{name}` replaced by its value, in the words of the language where
    /// there are some; a name without a value stays.
    fn filled(&self, values: &[(&str, &str)]) -> Self {
        let fill = |text: &str, language: Language| {
            values.iter().fold(text.to_owned(), |text, (name, value)| {
                let words = VALUES.get(*name).and_then(|words| words.get(*value));
                let words = words.map_or(*value, |words| words.in_language(language));
                text.replace(&format!("{{{name}}}"), words)
            })
        };
        Self {
            vi: fill(&self.vi, Language::Vietnamese),
            en: fill(&self.en, Language::English),
        }
    }
}

/// Reason and remedy of one situation.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    reason: Wording,
    remedy: Wording,
}

type CasesByCode = BTreeMap<String, BTreeMap<String, Sentences>>;

/// Words by section and key, such as those of rules.
pub type Sections = BTreeMap<String, BTreeMap<String, Wording>>;

/// The words of rules: quantities, parameters and their values, mistakes of packs.
pub static RULE_WORDS: LazyLock<Sections> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/messages/rules.toml"))
        .expect("a test reads the message file that is compiled in")
});

static FINDINGS: LazyLock<CasesByCode> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/messages/findings.toml"))
        .expect("a test reads the message file that is compiled in")
});

static REPORT: LazyLock<BTreeMap<String, Wording>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/messages/report.toml"))
        .expect("a test reads the message file that is compiled in")
});

/// Words for values, by the name of the place they fill and the value.
static VALUES: LazyLock<Sections> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/messages/values.toml"))
        .expect("a test reads the message file that is compiled in")
});

/// The name under which the message file keeps the only case of a code.
const ONLY_CASE: &str = "always";

/// Reason and remedy for a code and case of a finding. A case that the file does not know is
/// answered with the code and the values themselves, so that nothing found is lost.
pub(super) fn of_finding(code: &str, case: &str, values: &[(&str, &str)]) -> (Wording, Wording) {
    let case = if case.is_empty() { ONLY_CASE } else { case };
    match FINDINGS.get(code).and_then(|cases| cases.get(case)) {
        Some(sentences) => (
            sentences.reason.filled(values),
            sentences.remedy.filled(values),
        ),
        None => {
            let listed: Vec<String> = values.iter().map(|(n, v)| format!("{n} = {v}")).collect();
            let text = format!("{code}, {case}: {}", listed.join(", "));
            let reason = Wording {
                vi: text.clone(),
                en: text,
            };
            (reason, Wording::default())
        }
    }
}

/// A line of the report by its key, filled with values; a key the file lacks stands for itself.
pub(super) fn of_report(key: &str, values: &[(&str, &str)]) -> Wording {
    let itself = || Wording {
        vi: key.to_owned(),
        en: key.to_owned(),
    };
    let line = REPORT.get(key).cloned();
    line.unwrap_or_else(itself).filled(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::FindingCode;

    #[test]
    fn every_code_has_sentences_in_both_languages_with_the_same_places_for_values() {
        let places = |text: &str| -> Vec<String> {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
                .collect();
            names.sort();
            names
        };
        for code in FindingCode::ALL {
            let cases = FINDINGS.get(code.as_str());
            assert!(cases.is_some_and(|c| !c.is_empty()), "{}", code.as_str());
            assert!(REPORT.contains_key(code.as_str()), "{}", code.as_str());
            for (case, sentences) in cases.into_iter().flatten() {
                for wording in [&sentences.reason, &sentences.remedy] {
                    assert!(!wording.vi.is_empty() && !wording.en.is_empty(), "{case}");
                    assert_eq!(places(&wording.vi), places(&wording.en), "{case}");
                }
            }
        }
        assert_eq!(FINDINGS.len(), FindingCode::ALL.len());
    }

    #[test]
    fn what_was_expected_is_said_in_the_language_of_the_sentence() {
        let expected = "a number of 0 or more";
        let values = [("field", "DT"), ("value", "x"), ("expected", expected)];
        let (reason, _) = of_finding("unreadable_field", "", &values);
        assert!(reason.vi.ends_with("cần một số không âm."), "{}", reason.vi);
        assert!(reason.en.ends_with("expected a number of 0 or more."));
        let listed = [("field", "TL"), ("value", "x"), ("expected", "200, 500")];
        let (reason, _) = of_finding("unreadable_field", "", &listed);
        assert!(reason.vi.ends_with("cần 200, 500."), "{}", reason.vi);
    }

    #[test]
    fn a_value_is_filled_in_and_an_unknown_case_still_tells_its_values() {
        let (reason, _) = of_finding("missing_field", "", &[("field", "SO_TO")]);
        assert!(reason.en.contains("`SO_TO`") && reason.vi.contains("`SO_TO`"));
        let (reason, _) = of_finding("missing_field", "no such case", &[("field", "SO_TO")]);
        assert!(reason.en.contains("field = SO_TO"));
    }
}
