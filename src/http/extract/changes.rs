//! What changed for a parcel since an earlier day.

use super::decimal::{day_text, square_metres};
use super::said::{Said, kind, provision, word_of};
use super::view::{
    ChangeView, ChangesView, FactChangeView, FactView, NamedView, SideView, ThemeChangeView,
    UseLineView,
};
use super::write::{registered, status, written_key};
use crate::app::View;
use crate::cadastre::{Day, UseForm};
use crate::http::language::Language;
use crate::land::Entry;
use crate::land::extract::{Change, Extract, ParcelFact, Part, Restriction};

/// What changed since an earlier day, on which the parcel may not have been there.
pub fn changes(
    before: Option<&Extract<'_>>,
    after: &Extract<'_>,
    (view, (since, until)): (&View, (Day, Day)),
    language: Language,
) -> ChangesView {
    let Some(before) = before else {
        return ChangesView {
            facts: Vec::new(),
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
    let facts = difference.facts.iter().map(|&fact| FactChangeView {
        after: fact_view(view, after, fact),
        before: fact_view(view, before, fact),
        fact: name(fact).to_owned(),
    });
    ChangesView {
        facts: facts.collect(),
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

/// A fact by the name that items have for it.
const fn name(fact: ParcelFact) -> &'static str {
    match fact {
        ParcelFact::Ward => "ward",
        ParcelFact::KeyOnMap => "asMap",
        ParcelFact::KeyOnCertificate => "asCertificate",
        ParcelFact::NationalIdentifier => "nationalIdentifier",
        ParcelFact::LandUse => "landUse",
        ParcelFact::Status => "status",
        ParcelFact::RegisteredArea => "registeredArea",
        ParcelFact::Shape => "measuredArea",
        ParcelFact::Plane => "plane",
        ParcelFact::Scale => "scale",
    }
}

/// What the parcel of a day has of a fact.
fn fact_view(view: &View, extract: &Extract<'_>, fact: ParcelFact) -> Option<FactView> {
    let parcel = &extract.parcel;
    let key = |key| FactView::Key(written_key(view, key));
    Some(match fact {
        ParcelFact::Ward => {
            let name = view.ward_name(parcel.ward, view.naming_day(parcel.valid));
            FactView::Ward(NamedView {
                code: parcel.ward.to_string(),
                name: name.map(str::to_owned),
            })
        }
        ParcelFact::KeyOnMap => key(&parcel.as_map),
        ParcelFact::KeyOnCertificate => return parcel.as_certificate.as_ref().map(key),
        ParcelFact::NationalIdentifier => return parcel.identifier_text().map(FactView::Text),
        ParcelFact::LandUse => FactView::LandUse(use_lines(parcel)),
        ParcelFact::Status => FactView::Text(status(parcel).to_owned()),
        ParcelFact::RegisteredArea => {
            return parcel.registered_area.map(registered).map(FactView::Text);
        }
        ParcelFact::Shape => FactView::Text(square_metres(extract.shape.twice_area())),
        ParcelFact::Plane => FactView::Text(parcel.plane.0.to_string()),
        ParcelFact::Scale => FactView::Text(parcel.scale.denominator().to_string()),
    })
}

fn use_lines(parcel: &Entry<'_>) -> Vec<UseLineView> {
    let mut lines = Vec::new();
    parcel.each_land_use(|line| {
        let form = line.form.map(|form| match form {
            UseForm::Private => "private",
            UseForm::Common => "common",
        });
        lines.push(UseLineView {
            area_m2: line.area.map(registered),
            code: line.code.as_str().to_owned(),
            form: form.map(str::to_owned),
            origin: line.origin.map(str::to_owned),
            until: line.until.map(day_text),
        });
    });
    lines
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
