//! Two answers of a parcel side by side: what is another one, and nothing else.

use super::answer::Answer;
use crate::cadastre::{ParcelId, WardCode};
use crate::land::extract::{Concern, Part, Restriction, ThemeExtract};
use crate::planning::FeatureKind;
use crate::rules::bound::{Bound, NumberBound};
use crate::rules::kinds::Quantity;
use crate::rules::limits::{Considered, Limit, Role};
use rust_decimal::Decimal;

/// What was said before, and what is said after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<T> {
    /// Before.
    pub before: T,
    /// After.
    pub after: T,
}

/// A parcel whose answer changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Key.
    pub id: ParcelId,
    /// Ward in which it lies.
    pub ward: WardCode,
    /// Area of the lot in m², where that changes; nothing where it is not known.
    pub lot_area_m2: Option<Change<Option<Decimal>>>,
    /// The themes that say something else, by code.
    pub themes: Vec<(Box<str>, Change<ThemeSays>)>,
    /// The quantities of which something else is limited; nothing where no rule binds or may.
    pub limits: Vec<(Quantity, Change<Option<LimitSays>>)>,
}

/// What a theme says of a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeSays {
    /// Whether it concerns the parcel.
    pub concern: Concern,
    /// What lies on it.
    pub restrictions: Vec<Taken>,
}

/// A restriction and how much of the parcel it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Code of its layer.
    pub layer: Box<str>,
    /// Keys of its features.
    pub features: Vec<i64>,
    /// What they are.
    pub kind: FeatureKind,
    /// How much.
    pub size: TakenSize,
}

/// How much of a parcel a restriction takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenSize {
    /// Twice an area in mm².
    TwiceMm2(i128),
    /// A length in mm.
    Mm(i64),
    /// So many points.
    Points(usize),
}

/// What is limited of a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitSays {
    /// What follows from all rules.
    pub bound: Bound,
    /// What holds whatever the unknown may be.
    pub certain: Option<NumberBound>,
    /// The rules that bind, and those that may.
    pub rules: Vec<RuleSays>,
}

/// A rule that binds, or may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSays {
    /// Pack.
    pub pack: Box<str>,
    /// Rule.
    pub rule: Box<str>,
    /// How it stands to the others.
    pub role: Role,
    /// What it comes to.
    pub bound: Bound,
}

impl Changed {
    /// What is another one in the second answer; nothing when both say the same.
    pub fn between(id: ParcelId, before: &Answer<'_>, after: &Answer<'_>) -> Option<Self> {
        let area = (before.lot_area_m2, after.lot_area_m2);
        let themes = before.themes.iter().zip(&after.themes);
        let themes = themes.filter_map(|(before, after)| {
            let (before, after) = (theme(before), theme(after));
            let code = before.0;
            let change = Change {
                before: before.1,
                after: after.1,
            };
            (change.before != change.after).then(|| (code.into(), change))
        });
        let changed = Self {
            id,
            ward: after.ward,
            lot_area_m2: (area.0 != area.1).then_some(Change {
                before: area.0,
                after: area.1,
            }),
            themes: themes.collect(),
            limits: limits_between(&before.limits, &after.limits),
        };
        changed.says_something().then_some(changed)
    }

    /// Whether anything is another one.
    fn says_something(&self) -> bool {
        self.lot_area_m2.is_some() || !self.themes.is_empty() || !self.limits.is_empty()
    }
}

fn theme<'t>(extract: &'t ThemeExtract<'_>) -> (&'t str, ThemeSays) {
    let says = ThemeSays {
        concern: extract.concern(),
        restrictions: extract.restrictions.iter().map(taken).collect(),
    };
    (&extract.theme.0, says)
}

fn taken(found: &Restriction<'_>) -> Taken {
    Taken {
        layer: found.layer.code.0.clone(),
        features: found.features.iter().map(|feature| feature.id.0).collect(),
        kind: found.feature().kind.clone(),
        size: match &found.part {
            Part::Area { twice_mm2, .. } => TakenSize::TwiceMm2(*twice_mm2),
            Part::Length { mm, .. } => TakenSize::Mm(*mm),
            Part::Points(points) => TakenSize::Points(points.len()),
        },
    }
}

/// The quantities that are limited otherwise; both lists are in the order of quantities.
pub(super) fn limits_between(
    before: &[Limit<'_>],
    after: &[Limit<'_>],
) -> Vec<(Quantity, Change<Option<LimitSays>>)> {
    let mut changed = Vec::new();
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let (was, is) = match (before.peek(), after.peek()) {
            (None, None) => return changed,
            (Some(was), Some(is)) if was.quantity == is.quantity => (before.next(), after.next()),
            (Some(was), Some(is)) if was.quantity < is.quantity => (before.next(), None),
            (Some(_), None) => (before.next(), None),
            _ => (None, after.next()),
        };
        let quantity = was.or(is).map(|limit| limit.quantity.clone());
        let (was, is) = (was.filter(says_something), is.filter(says_something));
        match (was, is) {
            (None, None) => continue,
            (Some(was), Some(is)) if says_the_same(was, is) => continue,
            _ => {}
        }
        let (before, after) = (was.map(LimitSays::of), is.map(LimitSays::of));
        changed.extend(quantity.map(|quantity| (quantity, Change { before, after })));
    }
}

/// The rules that bind, and those that may as far as is known.
fn in_play<'l, 'p>(limit: &'l Limit<'p>) -> impl Iterator<Item = &'l Considered<'p>> {
    let binds = |each: &&Considered<'_>| {
        matches!(
            each.role,
            Role::Governs | Role::Caps | Role::Open | Role::OtherReading
        )
    };
    limit.considered.iter().filter(binds)
}

/// Whether anything binds or may.
fn says_something(limit: &&Limit<'_>) -> bool {
    limit.bound != Bound::None || in_play(limit).next().is_some()
}

/// Whether two limits of one quantity say the same to a reader of answers.
fn says_the_same(one: &Limit<'_>, other: &Limit<'_>) -> bool {
    fn said<'c>(each: &'c Considered<'_>) -> (&'c str, &'c str, Role, &'c Bound) {
        (&each.pack.id, &each.rule.id, each.role, &each.bound)
    }
    (&one.bound, one.certain) == (&other.bound, other.certain)
        && in_play(one).map(said).eq(in_play(other).map(said))
}

impl LimitSays {
    fn of(limit: &Limit<'_>) -> Self {
        let rules = in_play(limit).map(|each| RuleSays {
            pack: each.pack.id.as_str().into(),
            rule: each.rule.id.as_str().into(),
            role: each.role,
            bound: each.bound.clone(),
        });
        Self {
            bound: limit.bound.clone(),
            certain: limit.certain,
            rules: rules.collect(),
        }
    }
}
