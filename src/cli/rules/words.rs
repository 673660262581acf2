//! Words of rules in both languages, from `data/messages/rules.toml`.

use crate::exchange::{Language, RULE_WORDS};
use crate::rules::{BothTexts, Mistake};

/// A word of a section in a language; a word that the file lacks stands for itself.
pub fn word(section: &str, key: &str, language: Language) -> String {
    let words = RULE_WORDS.get(section).and_then(|words| words.get(key));
    words.map_or_else(|| key.to_owned(), |w| w.in_language(language).to_owned())
}

/// A sentence of a section with every `{name}` replaced by its value.
pub fn sentence(section: &str, key: &str, values: &[(&str, &str)], language: Language) -> String {
    let text = word(section, key, language);
    values.iter().fold(text, |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// A text of a pack in a language.
pub fn own(texts: &BothTexts, language: Language) -> &str {
    match language {
        Language::Vietnamese => &texts.vi,
        Language::English => &texts.en,
    }
}

/// A mistake as `file:line:column: what is wrong`.
pub fn mistake(mistake: &Mistake, language: Language) -> String {
    let values: Vec<(&str, &str)> = mistake
        .values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let said = sentence("mistake", mistake.code, &values, language);
    let (file, line, column) = (&mistake.file, mistake.line, mistake.column);
    format!("{file}:{line}:{column}: {said}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kinds::{KINDS, Says};
    use crate::rules::mistake::CODES;
    use crate::rules::{Confidence, Level, Parameter};

    fn has(section: &str, key: &str) {
        let words = RULE_WORDS.get(section).and_then(|words| words.get(key));
        assert!(
            words.is_some_and(|w| !w.vi.is_empty() && !w.en.is_empty()),
            "[{section}] {key}"
        );
    }

    #[test]
    fn everything_that_rules_name_has_its_words_in_both_languages() {
        for parameter in Parameter::ALL {
            has("parameter", parameter.name());
        }
        for level in Level::ALL {
            has("level", level.as_str());
        }
        for grade in Confidence::ALL {
            has("confidence", grade.as_str());
        }
        for kind in KINDS {
            has("quantity", kind.name);
            if let Says::NumberOf(known) = kind.says {
                known
                    .iter()
                    .for_each(|(of, _)| has("quantity", &format!("{}/{of}", kind.name)));
            }
        }
        assert_eq!(RULE_WORDS["parameter"].len(), Parameter::ALL.len());
    }

    #[test]
    fn every_mistake_is_told_with_its_values_in_both_languages() {
        for (code, values) in CODES {
            has("mistake", code);
            let sentence = &RULE_WORDS["mistake"][*code];
            for text in [&sentence.vi, &sentence.en] {
                for name in *values {
                    assert!(
                        text.contains(&format!("{{{name}}}")),
                        "{code}: {{{name}}} in {text}"
                    );
                }
                assert_eq!(text.matches('{').count(), values.len(), "{code}: {text}");
            }
        }
        assert_eq!(RULE_WORDS["mistake"].len(), CODES.len());
    }
}
