//! Why nothing was found, and completions, with texts in the language of the answer.

use super::parcel_view::Wording;
use super::view::{CommuneView, LikelyCauseView, NothingHereView, SuggestionView};
use crate::cadastre::WardCode;
use crate::crs::Cause;
use crate::land::{NothingHere, Suggestion, SuggestionKind};

impl Wording<'_> {
    /// Why nothing was found.
    pub fn nothing(&self, why: &NothingHere) -> NothingHereView {
        let (reason, name, ward) = match why {
            NothingHere::OutsideCity { .. } => ("outsideCity", None, None),
            NothingHere::OnRoad { street } => ("onRoad", Some(street), None),
            NothingHere::OnWater { name } => ("onWater", Some(name), None),
            NothingHere::WithoutData { ward } => ("withoutData", None, *ward),
            NothingHere::WithoutDataOf { .. } => ("withoutData", None, None),
            NothingHere::NoParcel { ward } => ("noParcel", None, *ward),
            NothingHere::UnknownWard { .. } => ("unknownWard", None, None),
            NothingHere::Address { .. } => ("address", None, None),
            NothingHere::WardElsewhere { .. } => ("wardElsewhere", None, None),
            NothingHere::NotFormer { .. } => ("notFormer", None, None),
            NothingHere::DistrictMissing { .. } => ("districtMissing", None, None),
            NothingHere::WardMissing => ("wardMissing", None, None),
            NothingHere::SheetMissing => ("sheetMissing", None, None),
            NothingHere::NumberMissing => ("numberMissing", None, None),
            NothingHere::KeyIncomplete => ("keyIncomplete", None, None),
            NothingHere::UnknownKey => ("unknownKey", None, None),
            NothingHere::SeveralKeys => ("severalKeys", None, None),
            NothingHere::NotUnderstood => ("notUnderstood", None, None),
        };
        let name = name.filter(|name| !name.is_empty()).cloned();
        let choices = choices_of(why);
        let key = match (reason, &name) {
            ("onRoad", Some(_)) => "onNamedRoad",
            ("onWater", Some(_)) => "onNamedWater",
            ("unknownWard", _) if !choices.is_empty() => "unknownWardNear",
            _ => reason,
        };
        let mut arguments: Vec<_> = name.iter().map(|name| ("name", name.clone())).collect();
        if !choices.is_empty() {
            let labels: Vec<&str> = choices.iter().map(|ward| ward.label.as_str()).collect();
            arguments.push(("wards", labels.join("; ")));
        }
        let (key, ward) = match why {
            NothingHere::WithoutDataOf { ward } => {
                let mut name = ward.name.clone();
                if let Some(district) = &ward.district {
                    name.push_str(&format!(", {district}"));
                }
                arguments.push(("ward", name));
                ("withoutDataOf", self.commune(ward))
            }
            _ => (key, ward.map(|code| self.ward_of(code))),
        };
        let cause = match why {
            NothingHere::OutsideCity { cause } => *cause,
            _ => None,
        };
        NothingHereView {
            reason: reason.to_owned(),
            text: self.language.text("nothing_here", key, &arguments),
            likely_cause: cause.map(|cause| self.cause(cause)),
            suggestions: self.suggestions(choices),
            ward,
            name,
        }
    }

    fn ward_of(&self, code: WardCode) -> CommuneView {
        let name = self.view.ward_name(code, self.view.date());
        CommuneView {
            code: code.to_string(),
            name: name.map(str::to_owned),
            district: None,
        }
    }

    fn cause(&self, cause: Cause) -> LikelyCauseView {
        let (code, arguments) = match cause {
            Cause::LooksLikeLonLat => ("looksLikeLonLat", Vec::new()),
            Cause::AxesSwapped => ("axesSwapped", Vec::new()),
            Cause::OtherZone(epsg) => ("otherZone", vec![("crs", epsg.to_string())]),
        };
        LikelyCauseView {
            code: code.to_owned(),
            text: self.language.text("likely_cause", code, &arguments),
        }
    }

    /// Completions.
    pub fn suggestions(&self, suggestions: &[Suggestion]) -> Vec<SuggestionView> {
        let view = |suggestion: &Suggestion| SuggestionView {
            kind: match suggestion.kind {
                SuggestionKind::Ward => "ward",
                SuggestionKind::FormerWard => "formerWard",
                SuggestionKind::Sheet => "sheet",
                SuggestionKind::Parcel => "parcel",
            }
            .to_owned(),
            label: suggestion.label.clone(),
            became: suggestion.became.clone(),
            q: suggestion.q.clone(),
        };
        suggestions.iter().map(view).collect()
    }
}

/// What there is to choose from.
fn choices_of(why: &NothingHere) -> &[Suggestion] {
    match why {
        NothingHere::WardElsewhere { wards }
        | NothingHere::NotFormer { wards }
        | NothingHere::DistrictMissing { wards } => wards,
        NothingHere::UnknownWard { near } => near,
        NothingHere::Address { keys } => keys,
        _ => &[],
    }
}
