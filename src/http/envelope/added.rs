//! What is said of storeys that may be added, and of what was taken where nobody says it.

use super::view::{AddedView, AddedWayView, AssumedView};
use super::write::{Writer, metres};
use crate::http::checks::view::FactView;
use crate::http::checks::write::facts;
use crate::http::language::Language;
use crate::http::rule_words;
use crate::rules::Truth;
use crate::rules::envelope::{Added, Assumed, Envelope, Way};

/// What was taken of a parameter.
pub(super) fn assumed(assumed: &Assumed, language: Language) -> AssumedView {
    let name = rule_words::parameter(assumed.parameter, language);
    AssumedView {
        parameter: assumed.parameter.name().to_owned(),
        text: language.text(
            "envelope",
            &format!("assumed_{}", assumed.value),
            &[("name", name)],
        ),
        value: assumed.value.to_string(),
    }
}

/// What was known; what was only taken says so.
pub(super) fn facts_with(envelope: &Envelope<'_>, language: Language) -> Vec<FactView> {
    let mut told = facts(&envelope.check.facts, language);
    for fact in &mut told {
        let mut taken = envelope.assumed.iter();
        if taken.any(|own| own.parameter.name() == fact.parameter) {
            "assumed".clone_into(&mut fact.origin);
        }
    }
    told
}

impl Writer<'_> {
    /// What may be added.
    pub(super) fn added(&self, added: &Added<'_>) -> AddedView {
        let storeys = added.storeys.as_ref();
        let storeys = storeys.map(|own| own.value.normalize().to_string());
        let sizes = (&storeys, added.top_mm, added.back_mm);
        let text = match sizes {
            (Some(storeys), Some(top_mm), Some(back_mm)) => {
                let arguments = [
                    ("storeys", storeys.clone()),
                    ("top", metres(top_mm)),
                    ("back", metres(back_mm)),
                ];
                self.text("added", &arguments)
            }
            _ => self.text("added_unknown", &[]),
        };
        AddedView {
            at_line_m: added.at_line_mm.map(metres),
            back_m: added.back_mm.map(metres),
            storeys,
            text,
            top_m: added.top_mm.map(metres),
            ways: added.ways.iter().map(|way| self.way(way)).collect(),
        }
    }

    fn way(&self, way: &Way<'_>) -> AddedWayView {
        let missing: Vec<String> = match &way.holds {
            Truth::Unknown(lacks) => lacks.iter().map(ToString::to_string).collect(),
            Truth::True | Truth::False => Vec::new(),
        };
        AddedWayView {
            add: way.extra.add.normalize().to_string(),
            holds: (way.holds == Truth::True).then_some(true),
            missing,
            text: rule_words::own(&way.extra.title, self.language),
        }
    }
}
