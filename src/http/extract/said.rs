//! Words for what an extract says: shares, legends, provisions, offices, reasons.

use super::decimal::{day_text, decimal, square_metres};
use super::view::{GapView, LayerView, NamedView, ProvisionView, ShareView};
use crate::cadastre::{Day, RegisteredArea};
use crate::http::language::Language;
use crate::http::page_words::PageWords;
use crate::land::extract::{Concern, Consulted, Extract, Gap, GapReason, LayerState};
use crate::planning::{Corridor, FeatureKind, Layer, LegalProvision, PlanFeature, RightOfWay};

/// Says what one extract holds, in one language.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// Language of the texts.
    pub language: Language,
    /// Twice the measured area in mm².
    measured_twice_mm2: i128,
    registered: Option<RegisteredArea>,
}

impl Said {
    /// For an extract.
    pub fn of(extract: &Extract<'_>, language: Language) -> Self {
        Self {
            language,
            measured_twice_mm2: extract.shape.twice_area(),
            registered: extract.parcel.registered_area,
        }
    }

    /// The text in the language.
    pub fn choose<'t>(&self, vietnamese: &'t str, english: &'t str) -> &'t str {
        match self.language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }

    /// A text of extracts.
    pub fn text(&self, key: &str, arguments: &[(&str, String)]) -> String {
        self.language.text("extract", key, arguments)
    }

    /// A part of the parcel.
    pub fn share(&self, twice_mm2: i128) -> ShareView {
        let percent = |whole: i128| decimal(100 * twice_mm2, whole, 2);
        let registered = self.registered.map(|area| area.hundredths_m2());
        let registered = registered.filter(|hundredths| *hundredths > 0);
        ShareView {
            m2: square_metres(twice_mm2),
            percent_of_measured: percent(self.measured_twice_mm2),
            percent_of_registered: registered.map(|area| percent(20_000 * i128::from(area))),
            whole: twice_mm2 == self.measured_twice_mm2,
        }
    }

    /// What the legend says of a feature.
    pub fn legend(&self, feature: &PlanFeature) -> String {
        match &feature.kind {
            FeatureKind::PlanUnit(unit) => format!("{}: {}", unit.code, unit.function),
            FeatureKind::RightOfWay(way) => self.way(way),
            FeatureKind::Corridor(corridor) => self.corridor(corridor),
            FeatureKind::Restriction {
                legend_vi,
                legend_en,
                ..
            } => self.choose(legend_vi, legend_en).to_owned(),
        }
    }

    fn way(&self, way: &RightOfWay) -> String {
        let key = match (way.street.is_empty(), way.alley, way.width_mm) {
            (true, true, Some(_)) => "alley_wide",
            (true, true, None) => "alley",
            (true, false, Some(_)) => "street_wide",
            (true, false, None) => "street",
            (false, _, Some(_)) => "named_street_wide",
            (false, _, None) => "named_street",
        };
        let width = way.width_mm.map(|mm| self.metres(mm));
        let arguments = [
            ("street", way.street.clone()),
            ("width", width.unwrap_or_default()),
        ];
        self.text(key, &arguments)
    }

    fn corridor(&self, corridor: &Corridor) -> String {
        match corridor.width_mm {
            Some(mm) => {
                let arguments = [("name", corridor.name.clone()), ("width", self.metres(mm))];
                self.text("corridor_wide", &arguments)
            }
            None => corridor.name.clone(),
        }
    }

    /// Metres of millimetres, as people write them.
    fn metres(&self, mm: u32) -> String {
        let words = PageWords {
            language: self.language,
        };
        words.number(f64::from(mm) / 1000.0, (0, 3))
    }

    /// A layer that was asked.
    pub fn layer(&self, consulted: &Consulted<'_>) -> LayerView {
        let layer = consulted.layer;
        LayerView {
            accuracy_mm: layer.accuracy_mm,
            as_of: day_text(layer.as_of),
            code: layer.code.to_string(),
            first_day: consulted.first_day.map(day_text),
            law_status: layer.law_status.as_str().to_owned(),
            office: self.office(layer),
            provisions: layer.provisions.iter().map(provision).collect(),
            speaks: self.share(consulted.twice_mm2),
            state: match consulted.state {
                LayerState::Speaks => "speaks".to_owned(),
                LayerState::Not(reason) => word_of_reason(reason).to_owned(),
            },
            synthetic: layer.synthetic,
            title: self.choose(&layer.title_vi, &layer.title_en).to_owned(),
        }
    }

    /// Who answers for a layer.
    pub fn office(&self, layer: &Layer) -> NamedView {
        let office = &layer.office;
        NamedView {
            code: office.code.clone(),
            name: Some(self.choose(&office.name_vi, &office.name_en).to_owned()),
        }
    }

    /// Why nothing can be said.
    pub fn gap(&self, gap: &Gap<'_>, date: Day) -> GapView {
        let share = self.share(gap.twice_mm2);
        GapView {
            layer: gap.layer.map(|layer| layer.code.to_string()),
            reason: word_of_reason(gap.reason).to_owned(),
            text: self.reason(gap, &share, date),
            share,
        }
    }

    fn reason(&self, gap: &Gap<'_>, share: &ShareView, date: Day) -> String {
        let layer = || {
            let title = gap
                .layer
                .map_or("", |l| self.choose(&l.title_vi, &l.title_en));
            ("layer", title.to_owned())
        };
        let day = |day: Option<Day>| {
            let day = day.map(day_text).unwrap_or_default();
            self.day(&day)
        };
        match gap.reason {
            GapReason::LayerMissing => self.text("layer_missing", &[]),
            GapReason::OutsideCoverage if share.whole => self.text("outside_coverage", &[]),
            GapReason::OutsideCoverage => {
                let percent = self.shown(&share.percent_of_measured, 2);
                self.text("partly_outside_coverage", &[("percent", percent)])
            }
            GapReason::Withdrawn => {
                let from = day(gap.layer.and_then(|layer| layer.withdrawn));
                self.text("withdrawn", &[layer(), ("from", from)])
            }
            GapReason::Stale => {
                let as_of = day(gap.layer.map(|layer| layer.as_of));
                let arguments = [layer(), ("as_of", as_of), ("date", day(Some(date)))];
                self.text("stale", &arguments)
            }
            GapReason::BeforeFirstDay => {
                self.text("before_first_day", &[layer(), ("date", day(Some(date)))])
            }
            GapReason::NotInForce => self.text("not_in_force", &[layer()]),
            GapReason::Unreviewed => self.text("unreviewed", &[layer()]),
            GapReason::Failed if gap.layer.is_some() => self.text("incomplete", &[layer()]),
            GapReason::Failed => self.text("failed", &[]),
        }
    }

    /// A decimal as people of the language write it, with at most so many decimals.
    pub fn shown(&self, decimal: &str, most: usize) -> String {
        let words = PageWords {
            language: self.language,
        };
        decimal.parse().map_or_else(
            |_| decimal.to_owned(),
            |value| words.number(value, (0, most)),
        )
    }

    /// A length as people write it: centimetres below a metre, metres from there on.
    pub fn length(&self, mm: i64) -> String {
        if mm < 1000 {
            let centimetres = decimal(i128::from(mm), 10, 1);
            return format!("{} cm", self.shown(&centimetres, 1));
        }
        let metres = decimal(i128::from(mm), 1000, 3);
        format!("{} m", self.shown(&metres, 2))
    }

    /// A day as people of the language write it.
    pub fn day(&self, day: &str) -> String {
        let parts: Vec<&str> = day.split('-').collect();
        match (self.language, parts.as_slice()) {
            (Language::Vietnamese, [year, month, day]) => format!("{day}/{month}/{year}"),
            _ => day.to_owned(),
        }
    }

    /// The name of a street, or what it is when it has none.
    pub fn street(&self, alley: bool, name: &str) -> String {
        match (name, alley) {
            ("", true) => self.text("alley", &[]),
            ("", false) => self.text("street", &[]),
            (name, _) => name.to_owned(),
        }
    }
}

/// A provision.
pub fn provision(provision: &LegalProvision) -> ProvisionView {
    ProvisionView {
        act: provision.act.clone(),
        article: provision.article.clone(),
        dated: provision.dated.map(day_text),
        link: provision.link.clone(),
    }
}

/// What a feature rests on: its own provisions, the decision that set it, those of its layer.
pub fn provisions(layer: &Layer, feature: &PlanFeature) -> Vec<ProvisionView> {
    let decision = match &feature.kind {
        FeatureKind::RightOfWay(way) => way.decision.as_ref(),
        _ => None,
    };
    let mut all: Vec<&LegalProvision> = Vec::new();
    for one in feature
        .provisions
        .iter()
        .chain(decision)
        .chain(&layer.provisions)
    {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all.into_iter().map(provision).collect()
}

/// The word for the kind of a feature.
pub fn kind(feature: &PlanFeature) -> &str {
    match &feature.kind {
        FeatureKind::PlanUnit(_) => "plan_unit",
        FeatureKind::RightOfWay(way) if way.alley => "right_of_way_alley",
        FeatureKind::RightOfWay(_) => "right_of_way_street",
        FeatureKind::Corridor(corridor) => corridor.kind.as_restriction(),
        FeatureKind::Restriction { kind, .. } => kind,
    }
}

/// The word for whether a theme concerns a parcel.
pub const fn word_of(concern: Concern) -> &'static str {
    match concern {
        Concern::Concerned => "concerned",
        Concern::NotConcerned => "notConcerned",
        Concern::NoData => "withoutData",
    }
}

const fn word_of_reason(reason: GapReason) -> &'static str {
    match reason {
        GapReason::LayerMissing => "layerMissing",
        GapReason::OutsideCoverage => "outsideCoverage",
        GapReason::Withdrawn => "withdrawn",
        GapReason::Stale => "stale",
        GapReason::BeforeFirstDay => "beforeFirstDay",
        GapReason::NotInForce => "notInForce",
        GapReason::Unreviewed => "unreviewed",
        GapReason::Failed => "failed",
    }
}
