//! Quantities, parameters, their values and mistakes of packs in words, from `data/messages/rules.toml`.

use super::language::Language;
use crate::exchange::RULE_WORDS;
use crate::rules::kinds::Quantity;
use crate::rules::{BothTexts, Lack, Limit, Mistake, Parameter, Sort};

fn find(section: &str, key: &str, language: Language) -> Option<String> {
    let wording = RULE_WORDS.get(section)?.get(key)?;
    Some(match language {
        Language::Vietnamese => wording.vi.clone(),
        Language::English => wording.en.clone(),
    })
}

/// A mistake as `line:column: what is wrong`.
pub(super) fn mistake(mistake: &Mistake, language: Language) -> String {
    let said = find("mistake", mistake.code, language);
    let values = mistake.values.iter();
    let said = values.fold(said.unwrap_or_default(), |said, (name, value)| {
        said.replace(&format!("{{{name}}}"), value)
    });
    format!("{}:{}: {said}", mistake.line, mistake.column)
}

/// A text of a pack in a language.
pub(super) fn own(texts: &BothTexts, language: Language) -> String {
    match language {
        Language::Vietnamese => texts.vi.clone(),
        Language::English => texts.en.clone(),
    }
}

/// A quantity; one without words of its own by those of its kind.
pub(super) fn quantity(quantity: &Quantity, language: Language) -> String {
    let told = find("quantity", &quantity.to_string(), language);
    let of_kind = || find("quantity", quantity.kind.name, language);
    told.or_else(of_kind)
        .unwrap_or_else(|| quantity.kind.name.to_owned())
}

/// What is limited; of an area or of what an officer decides, by the title of its first rule.
pub(super) fn limited(limit: &Limit<'_>, language: Language) -> String {
    let name = quantity(&limit.quantity, language);
    if find("quantity", &limit.quantity.to_string(), language).is_some() {
        return name;
    }
    match (limit.considered.first(), &limit.quantity.of) {
        (Some(first), _) => format!("{name}: {}", own(&first.rule.title, language)),
        (None, Some(of)) => format!("{name}: {of}"),
        (None, None) => name,
    }
}

/// A parameter, beginning with a small letter.
pub(super) fn parameter(parameter: Parameter, language: Language) -> String {
    let name = parameter.name();
    find("parameter", name, language).unwrap_or_else(|| name.to_owned())
}

/// What is lacking.
pub(super) fn lack(lack: &Lack, language: Language) -> String {
    let key = match lack {
        Lack::Parameter(lacking) => return parameter(*lacking, language),
        Lack::Area(area) => return area.to_string(),
        Lack::DayInDoubt => "day_in_doubt",
        Lack::Rule => "no_rule",
        Lack::Range(lacking) => {
            let name = parameter(*lacking, language);
            let text = find("bound", "range", language).unwrap_or_default();
            return text.replace("{parameter}", &name);
        }
    };
    find("bound", key, language).unwrap_or_else(|| key.to_owned())
}

/// The values of a parameter that are words, each with its text.
pub(super) fn choices(parameter: Parameter, language: Language) -> Vec<(String, String)> {
    let values: Vec<&str> = match parameter.sort() {
        Sort::Truth => vec!["true", "false"],
        Sort::Word(words) if words.contains(&"none") => words.to_vec(),
        Sort::Word(words) => words.iter().copied().chain(["none"]).collect(),
        Sort::Number(_) => vec!["none"],
        Sort::Code => Vec::new(),
    };
    let text = |value: &str| {
        let own = find("choice", &format!("{}/{value}", parameter.name()), language);
        own.or_else(|| find("choice", value, language))
    };
    let each = values.into_iter();
    // What nobody can mean has no words, such as a building of no kind.
    each.filter_map(|value| Some((value.to_owned(), text(value)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_and_parameters_have_their_words() {
        let rear = Quantity::always_limited().last().expect("there is one");
        assert_eq!(quantity(&rear, Language::English), "Rear setback");
        assert_ne!(quantity(&rear, Language::Vietnamese), rear.to_string());
        for &own in Parameter::ALL {
            assert_ne!(parameter(own, Language::Vietnamese), own.name());
        }
    }

    #[test]
    fn every_value_that_can_be_stated_has_its_words_in_both_languages() {
        for &parameter in Parameter::ALL {
            for language in [Language::Vietnamese, Language::English] {
                let told = choices(parameter, language);
                let count = match parameter.sort() {
                    Sort::Truth => 2,
                    Sort::Word(words) => words.len(),
                    Sort::Number(_) | Sort::Code => 0,
                };
                assert!(told.len() >= count, "{}: {told:?}", parameter.name());
                assert!(told.iter().all(|(_, text)| !text.is_empty()), "{told:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_absent_is_not_offered_as_absent() {
        let offered = |parameter| {
            let told = choices(parameter, Language::English);
            told.iter().any(|(value, _)| value == "none")
        };
        for parameter in [
            Parameter::BuildingKind,
            Parameter::Work,
            Parameter::Storeys,
            Parameter::Sidewalk,
        ] {
            assert!(!offered(parameter), "{}", parameter.name());
        }
        for parameter in [
            Parameter::Balcony,
            Parameter::PergolaOpen,
            Parameter::Railway,
            Parameter::LineVoltage,
        ] {
            assert!(offered(parameter), "{}", parameter.name());
        }
    }
}
