//! From what changes to what is said of it.

use std::collections::BTreeMap;

use super::properties;
use super::view::{
    AreaChangeView, BeginView, BindingView, CountView, EndView, LimitChangeView, LimitView,
    ParcelChangeView, TakenView, ThemeChangeView, ThemeSaysView, WardCountView,
};
use crate::app::View;
use crate::app::what_if::WhatIf;
use crate::cadastre::WardCode;
use crate::http::checks::write::bound;
use crate::land::extract::Concern;
use crate::rules::what_if::{Changed, LimitSays, Taken, TakenSize, ThemeSays};
use crate::rules::{Bound, Decimal, Quantity};

/// Above this lie keys of features that are supposed to be added.
const KEYS: i64 = i64::MAX - 1_000;

/// The first line.
pub(super) fn begin(what_if: &WhatIf) -> BeginView {
    let view = what_if.view();
    BeginView {
        date: view.date().to_string(),
        revision: view.revision().0,
        synthetic: view.is_synthetic(),
        total: what_if.total(),
    }
}

/// A parcel whose answer changes.
pub(super) fn parcel(changed: &Changed) -> ParcelChangeView<'_> {
    let area = |area: Option<Decimal>| area.map(|area| area.normalize().to_string());
    let limits = changed
        .limits
        .iter()
        .map(|(quantity, change)| LimitChangeView {
            quantity: quantity.to_string(),
            before: change.before.as_ref().map(limit),
            after: change.after.as_ref().map(limit),
        });
    let themes = changed.themes.iter().map(|(code, change)| ThemeChangeView {
        theme: code.to_string(),
        before: theme(&change.before),
        after: theme(&change.after),
    });
    ParcelChangeView {
        id: changed.id.get(),
        ward: changed.ward.to_string(),
        lot_area_m2: changed.lot_area_m2.as_ref().map(|change| AreaChangeView {
            before: area(change.before),
            after: area(change.after),
        }),
        limits: limits.collect(),
        themes: themes.collect(),
    }
}

fn limit(says: &LimitSays) -> LimitView<'_> {
    let rules = says.rules.iter().map(|rule| BindingView {
        pack: (&*rule.pack).into(),
        rule: (&*rule.rule).into(),
        role: rule.role.as_str().into(),
        bound: bound(&rule.bound),
    });
    LimitView {
        bound: bound(&says.bound),
        certain: match says.bound {
            Bound::Number(_) => None,
            _ => says.certain.map(|number| bound(&Bound::Number(number))),
        },
        missing: match &says.bound {
            Bound::Unknown(lacks) => lacks.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        },
        rules: rules.collect(),
    }
}

fn theme(says: &ThemeSays) -> ThemeSaysView {
    let concern = match says.concern {
        Concern::Concerned => "concerned",
        Concern::NotConcerned => "not_concerned",
        Concern::NoData => "no_data",
    };
    ThemeSaysView {
        concern: concern.to_owned(),
        restrictions: says.restrictions.iter().map(taken).collect(),
    }
}

fn taken(taken: &Taken) -> TakenView {
    let (area_m2, length_m, points) = match taken.size {
        TakenSize::TwiceMm2(twice_mm2) => {
            let m2 = Decimal::try_from_i128_with_scale(twice_mm2 * 5, 7).unwrap_or(Decimal::MAX);
            (Some(m2.round_dp(4).normalize().to_string()), None, None)
        }
        TakenSize::Mm(mm) => (
            None,
            Some(Decimal::new(mm, 3).normalize().to_string()),
            None,
        ),
        TakenSize::Points(points) => (None, None, Some(points)),
    };
    let keys = taken.features.iter().copied();
    TakenView {
        layer: taken.layer.to_string(),
        features: keys.map(|key| (key < KEYS).then_some(key)).collect(),
        properties: properties::of(&taken.kind),
        area_m2,
        length_m,
        points,
    }
}

fn counted<K: ToString>(counts: &BTreeMap<K, usize>) -> Vec<CountView> {
    let each = counts.iter().map(|(of, &changed)| CountView {
        of: of.to_string(),
        changed,
    });
    each.collect()
}

/// What changed, counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// All parcels whose answer changes.
    pub changed: usize,
    wards: BTreeMap<WardCode, usize>,
    quantities: BTreeMap<Quantity, usize>,
    themes: BTreeMap<String, usize>,
}

impl Counts {
    /// Counts a parcel.
    pub fn take(&mut self, changed: &Changed) {
        self.changed += 1;
        *self.wards.entry(changed.ward).or_default() += 1;
        for (quantity, _) in &changed.limits {
            *self.quantities.entry(quantity.clone()).or_default() += 1;
        }
        for (code, _) in &changed.themes {
            *self.themes.entry(code.to_string()).or_default() += 1;
        }
    }

    /// Counts those of others too.
    pub fn add(&mut self, others: Self) {
        fn into<K: Ord>(all: &mut BTreeMap<K, usize>, others: BTreeMap<K, usize>) {
            for (key, count) in others {
                *all.entry(key).or_default() += count;
            }
        }
        self.changed += others.changed;
        into(&mut self.wards, others.wards);
        into(&mut self.quantities, others.quantities);
        into(&mut self.themes, others.themes);
    }

    /// The last line.
    pub fn end(&self, view: &View, examined: usize) -> EndView {
        let wards = self.wards.iter().map(|(&code, &changed)| WardCountView {
            ward: code.to_string(),
            name: view.ward_name(code, view.date()).map(str::to_owned),
            changed,
        });
        EndView {
            complete: true,
            examined,
            changed: self.changed,
            wards: wards.collect(),
            quantities: counted(&self.quantities),
            themes: counted(&self.themes),
        }
    }
}
