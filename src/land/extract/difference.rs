//! What changed for a parcel between two days, and what changed it.

use super::{Concern, Extract, Restriction, ThemeExtract};
use crate::cadastre::Day;
use crate::planning::{FeatureKind, LegalProvision, Theme};

/// What changed for a parcel between two days.
#[derive(Debug)]
pub struct Difference<'x, 'l> {
    /// Whether the parcel has another shape, or lies on another plane.
    pub is_reshaped: bool,
    /// What else of the parcel's own is not as it was.
    pub facts: Vec<ParcelFact>,
    /// The themes in which something changed.
    pub themes: Vec<ThemeDifference<'x, 'l>>,
}

/// Something that the register holds of a parcel itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParcelFact {
    /// Its ward.
    Ward,
    /// Its key on the map.
    KeyOnMap,
    /// Its key on the certificate.
    KeyOnCertificate,
    /// Its national identifier.
    NationalIdentifier,
    /// Its lines of land use.
    LandUse,
    /// Its status.
    Status,
    /// Its registered area.
    RegisteredArea,
    /// Its shape.
    Shape,
    /// The plane of its shape.
    Plane,
    /// The scale of its survey.
    Scale,
}

/// What changed in a theme.
#[derive(Debug)]
pub struct ThemeDifference<'x, 'l> {
    /// Its code.
    pub theme: &'l Theme,
    /// Whether it concerned the parcel on the first day.
    pub before: Concern,
    /// Whether it does on the second.
    pub after: Concern,
    /// What began, ended or changed.
    pub changes: Vec<Change<'x, 'l>>,
}

/// One restriction that began, ended or changed; one of the two is there at least.
#[derive(Debug)]
pub struct Change<'x, 'l> {
    /// As it was on the first day.
    pub before: Option<&'x Restriction<'l>>,
    /// As it is on the second.
    pub after: Option<&'x Restriction<'l>>,
    /// The day of the change, when it is one of the restriction and not of the parcel.
    pub day: Option<Day>,
    /// What changed it, as far as the register holds it.
    pub by: Vec<&'l LegalProvision>,
}

impl<'l> Extract<'l> {
    /// What changed since an extract of the same parcel on a day before this one's.
    pub fn since<'x>(&'x self, before: &'x Extract<'l>, on: (Day, Day)) -> Difference<'x, 'l> {
        let themes = self.themes.iter().filter_map(|after| {
            let mut earlier = before.themes.iter();
            let before = earlier.find(|theme| theme.theme == after.theme)?;
            let changes = changes(before, after, on);
            let (was, is) = (before.concern(), after.concern());
            (was != is || !changes.is_empty()).then_some(ThemeDifference {
                theme: after.theme,
                before: was,
                after: is,
                changes,
            })
        });
        Difference {
            is_reshaped: self.shape != before.shape || self.parcel.plane != before.parcel.plane,
            facts: self.other_facts(before),
            themes: themes.collect(),
        }
    }

    /// What the register holds otherwise of the parcel itself.
    fn other_facts(&self, before: &Extract<'_>) -> Vec<ParcelFact> {
        let (now, was) = (&self.parcel, &before.parcel);
        let facts = [
            (ParcelFact::Ward, now.ward != was.ward),
            (ParcelFact::KeyOnMap, now.as_map != was.as_map),
            (
                ParcelFact::KeyOnCertificate,
                now.as_certificate != was.as_certificate,
            ),
            (
                ParcelFact::NationalIdentifier,
                now.identifier_text() != was.identifier_text(),
            ),
            (ParcelFact::LandUse, !now.is_used_as(was)),
            (ParcelFact::Status, now.status != was.status),
            (
                ParcelFact::RegisteredArea,
                now.registered_area != was.registered_area,
            ),
            (ParcelFact::Shape, self.shape != before.shape),
            (ParcelFact::Plane, now.plane != was.plane),
            (ParcelFact::Scale, now.scale != was.scale),
        ];
        let other = facts.into_iter().filter(|(_, differs)| *differs);
        other.map(|(fact, _)| fact).collect()
    }
}

fn changes<'x, 'l>(
    before: &'x ThemeExtract<'l>,
    after: &'x ThemeExtract<'l>,
    on: (Day, Day),
) -> Vec<Change<'x, 'l>> {
    let mut left: Vec<&Restriction<'_>> = before.restrictions.iter().collect();
    let mut changes = Vec::new();
    for now in &after.restrictions {
        let same = left.iter().position(|was| was.says_the_same(now));
        let same = same.or_else(|| left.iter().position(|was| was.is_of_one_feature(now)));
        let was = same.map(|at| left.remove(at));
        if was.is_some_and(|was| was.says_the_same(now) && was.part == now.part) {
            continue;
        }
        changes.push(Change {
            before: was,
            after: Some(now),
            day: began(now, on),
            by: began(now, on).map_or_else(Vec::new, |_| provisions(now)),
        });
    }
    changes.extend(left.into_iter().map(|was| {
        let day = ended(was, on);
        Change {
            before: Some(was),
            after: None,
            day,
            by: day.map_or_else(Vec::new, |day| ended_by(day, after)),
        }
    }));
    changes
}

/// The last day in between on which any of its features began.
fn began(now: &Restriction<'_>, (since, until): (Day, Day)) -> Option<Day> {
    let days = now.features.iter().map(|f| f.lifespan.valid.from);
    days.filter(|day| *day > since && *day <= until).max()
}

/// The last day in between on which any of its features ended.
fn ended(was: &Restriction<'_>, (since, until): (Day, Day)) -> Option<Day> {
    let days = was.features.iter().filter_map(|f| f.lifespan.valid.to);
    days.filter(|day| *day > since && *day <= until).max()
}

fn provisions<'l>(restriction: &Restriction<'l>) -> Vec<&'l LegalProvision> {
    let feature = restriction.feature();
    let decision = match &feature.kind {
        FeatureKind::RightOfWay(way) => way.decision.as_ref(),
        _ => None,
    };
    let own: Vec<_> = feature.provisions.iter().chain(decision).collect();
    if own.is_empty() {
        restriction.layer.provisions.iter().collect()
    } else {
        own
    }
}

/// What began in the theme on the day on which something ended, and acts of that day.
fn ended_by<'l>(day: Day, after: &ThemeExtract<'l>) -> Vec<&'l LegalProvision> {
    let all = after.restrictions.iter();
    let began = all.filter(|now| now.features.iter().any(|f| f.lifespan.valid.from == day));
    let mut by: Vec<&LegalProvision> = began.flat_map(provisions).collect();
    let layers = after.layers.iter().flat_map(|own| &own.layer.provisions);
    by.extend(layers.filter(|provision| provision.dated == Some(day)));
    let mut each: Vec<&LegalProvision> = Vec::new();
    for provision in by {
        if !each.contains(&provision) {
            each.push(provision);
        }
    }
    each
}

impl Restriction<'_> {
    fn says_the_same(&self, other: &Self) -> bool {
        let (own, theirs) = (self.feature(), other.feature());
        own.layer == theirs.layer && own.kind == theirs.kind && own.provisions == theirs.provisions
    }

    fn is_of_one_feature(&self, other: &Self) -> bool {
        let own = self.feature();
        own.layer == other.feature().layer
            && other.features.iter().any(|feature| feature.id == own.id)
    }
}
