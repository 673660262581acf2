//! What changed for a parcel since an earlier day.

use super::decimal::day_text;
use super::said::{Said, kind, provision, word_of};
use super::view::{ChangeView, ChangesView, SideView, ThemeChangeView};
use crate::cadastre::Day;
use crate::http::language::Language;
use crate::land::extract::{Change, Extract, Part, Restriction};

/// What changed since an earlier day, on which the parcel may not have been there.
pub fn changes(
    before: Option<&Extract<'_>>,
    after: &Extract<'_>,
    (since, until): (Day, Day),
    language: Language,
) -> ChangesView {
    let Some(before) = before else {
        return ChangesView {
            parcel: "notThere".to_owned(),
            since: day_text(since),
            themes: Vec::new(),
        };
    };
    let sides = Sides {
        before: Said::of(before, language),
        after: Said::of(after, language),
    };
    let difference = after.since(before, (since, until));
    let themes = difference.themes.iter().map(|theme| ThemeChangeView {
        after: word_of(theme.after).to_owned(),
        before: word_of(theme.before).to_owned(),
        changes: theme.changes.iter().map(|one| sides.change(one)).collect(),
        code: theme.theme.0.to_string(),
    });
    ChangesView {
        parcel: if difference.is_reshaped {
            "reshaped"
        } else {
            "same"
        }
        .to_owned(),
        since: day_text(since),
        themes: themes.collect(),
    }
}

/// Shares are told against the parcel of each day.
struct Sides {
    before: Said,
    after: Said,
}

impl Sides {
    fn change(&self, change: &Change<'_, '_>) -> ChangeView {
        let kind = match (change.before, change.after) {
            (None, _) => "began",
            (Some(_), None) => "ended",
            (Some(_), Some(_)) => "changed",
        };
        ChangeView {
            after: change.after.map(|own| side(&self.after, own)),
            before: change.before.map(|own| side(&self.before, own)),
            by: change.by.iter().map(|by| provision(by)).collect(),
            day: change.day.map(day_text),
            kind: kind.to_owned(),
        }
    }
}

fn side(said: &Said, restriction: &Restriction<'_>) -> SideView {
    let feature = restriction.feature();
    let (share, length_mm) = match &restriction.part {
        Part::Area { twice_mm2, .. } => (Some(said.share(*twice_mm2)), None),
        Part::Length { mm, .. } => (None, Some(*mm)),
        Part::Points(_) => (None, None),
    };
    SideView {
        features: restriction.features.iter().map(|f| f.id.0).collect(),
        kind: kind(feature).to_owned(),
        layer: restriction.layer.code.to_string(),
        legend: said.legend(feature),
        length_mm,
        share,
    }
}
