//! What a check says of the permit and the office.

use super::view::{OpenView, OtherOfficeView, PermitView};
use crate::http::language::Language;
use crate::http::rule_words;
use crate::rules::check::Permit;
use crate::rules::{Bound, Considered, Parameter};

/// Offices that have a name in words.
const OFFICES: [&str; 5] = [
    "commune",
    "department_of_construction",
    "zone_board",
    "commune_of_larger_share",
    "district",
];

/// The permit and its office in a language.
pub(in crate::http) fn permit(permit: &Permit<'_>, language: Language) -> PermitView {
    let path = permit.path.map(|path| path.as_str());
    let path_key = format!("path_{}", path.unwrap_or("unknown"));
    let others = permit.other_readings.iter();
    PermitView {
        office: permit.office.as_ref().map(ToString::to_string),
        office_text: office(permit.office.as_deref(), language),
        other_readings: others.filter_map(|own| other(own, language)).collect(),
        path: path.map(str::to_owned),
        path_text: language.text("check", &path_key, &[]),
    }
}

fn other(reading: &Considered<'_>, language: Language) -> Option<OtherOfficeView> {
    let Bound::Office(code) = &reading.bound else {
        return None;
    };
    let source = reading.pack.source_of(reading.rule);
    let article = reading.rule.article.clone();
    Some(OtherOfficeView {
        act: source.act.clone(),
        article: article.or_else(|| source.article.clone()),
        office: code.to_string(),
        office_text: office(Some(code), language),
        pack: reading.pack.id.clone(),
        rule: reading.rule.id.clone(),
    })
}

/// An office in words; one of another city's packs by its code.
fn office(code: Option<&str>, language: Language) -> String {
    match code {
        Some(code) if !OFFICES.contains(&code) => code.to_owned(),
        code => {
            let key = format!("office_{}", code.unwrap_or("unknown"));
            language.text("check", &key, &[])
        }
    }
}

/// A parameter that is stated otherwise than the register says.
pub(in crate::http) fn contradicted(parameter: Parameter, language: Language) -> OpenView {
    let arguments = [("name", rule_words::parameter(parameter, language))];
    OpenView {
        parameter: Some(parameter.name().to_owned()),
        reason: "contradicted".to_owned(),
        text: language.text("check", "open_contradicted", &arguments),
        theme: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::PermitPath;

    #[test]
    fn what_is_stated_otherwise_is_named_in_words() {
        let told = contradicted(Parameter::BuildingHeight, Language::English);
        let word = rule_words::parameter(Parameter::BuildingHeight, Language::English);
        assert!(
            told.text.ends_with(&word) && !told.text.contains('_'),
            "{}",
            told.text
        );
        assert_eq!(told.parameter.as_deref(), Some("building_height_m"));
    }

    #[test]
    fn every_way_and_every_office_has_its_words() {
        let paths = PermitPath::ALL.iter().map(|path| path.as_str());
        let keys = paths.chain(["unknown"]).map(|path| format!("path_{path}"));
        let offices = OFFICES.iter().copied().chain(["unknown"]);
        let keys = keys.chain(offices.map(|office| format!("office_{office}")));
        for key in keys {
            for language in [Language::Vietnamese, Language::English] {
                let text = language.text("check", &key, &[]);
                assert_ne!(text, format!("check.{key}"));
            }
        }
    }
}
