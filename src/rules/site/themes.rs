//! What the themes of the register say of the parameters of rules.

use super::functions::{HouseThere, house_there};
use super::gather::{Known, Site};
use crate::cadastre::{Day, ParcelStatus};
use crate::land::extract::{Extract, GapReason, Restriction};
use crate::planning::{FeatureKind, PlanUnit};
use crate::rules::condition::AreaName;
use crate::rules::facts::{Fact, Facts, InvalidFact, Origin};
use crate::rules::parameter::Parameter;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What a theme says of a lot.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnLot {
    /// Why it does not speak for all of it.
    pub gap: Option<GapReason>,
    /// Whether anything of it lies on the lot, or meets it by less than can be told from nothing.
    pub touched: bool,
    /// The kinds of areas of which the lot has a part.
    pub kinds: BTreeSet<Box<str>>,
    /// Voltages of lines whose corridor lies on the lot, in volts; none where one is not stated.
    pub voltages_v: BTreeSet<Option<u32>>,
    /// The first day of the latest of what lies on the lot.
    pub latest: Option<Day>,
}

/// The annual land-use plan, in which land to be recovered stands.
pub(super) const LAND_USE_PLAN: &str = "land_use_plan";
/// Areas with rules of architecture of their own.
const ARCHITECTURE: &str = "architecture";
/// Protection zones of heritage.
const HERITAGE: &str = "heritage";
/// A commune's plan that is not carried out within so many days no longer stands in the way (Decree
/// 217/2026, 52: two years).
const PLAN_DAYS: i32 = 2 * 365 + 1;

/// What each theme says of the parcels of a lot.
pub(super) fn themes_of(extracts: &[Extract<'_>]) -> BTreeMap<Box<str>, OnLot> {
    let mut themes: BTreeMap<Box<str>, OnLot> = BTreeMap::new();
    for theme in extracts.iter().flat_map(|extract| &extract.themes) {
        let on_lot = themes.entry(theme.theme.0.clone()).or_default();
        on_lot.gap = on_lot.gap.or(theme.gaps.first().map(|gap| gap.reason));
        on_lot.touched |= !theme.restrictions.is_empty() || !theme.contacts.is_empty();
        theme
            .restrictions
            .iter()
            .for_each(|found| on_lot.take(found));
    }
    themes
}

impl OnLot {
    fn take(&mut self, found: &Restriction<'_>) {
        match &found.feature().kind {
            FeatureKind::Restriction { kind, .. } => {
                self.kinds.insert(kind.as_str().into());
            }
            FeatureKind::Corridor(corridor) => {
                self.voltages_v.insert(corridor.voltage_v);
            }
            FeatureKind::PlanUnit(_) | FeatureKind::RightOfWay(_) => {}
        }
        let days = found.features.iter().map(|f| f.lifespan.valid.from);
        self.latest = self.latest.max(days.max());
    }

    /// Whether nothing of the theme is on the lot, and the register would know.
    fn is_free(&self) -> bool {
        self.gap.is_none() && !self.touched
    }
}

impl Site {
    fn theme(&self, code: &str) -> OnLot {
        let missing = OnLot {
            gap: Some(GapReason::LayerMissing),
            ..OnLot::default()
        };
        self.themes.get(code).cloned().unwrap_or(missing)
    }

    /// Areas, corridors, and what is planned with the land.
    pub(super) fn surroundings(&self, facts: &mut Facts) -> Result<(), InvalidFact> {
        for theme in [ARCHITECTURE, HERITAGE] {
            let on_lot = self.theme(theme);
            for kind in on_lot.kinds {
                let theme = theme.into();
                facts.set_inside(AreaName { theme, kind }, true, Origin::Derived);
            }
            if on_lot.gap.is_none() {
                facts.set_outside_others(theme);
            }
        }
        for (theme, parameter) in [
            ("waterway_corridor", Parameter::WaterwayClass),
            ("power_corridor", Parameter::LineVoltage),
            ("rail_corridor", Parameter::Railway),
            ("road_corridor", Parameter::RoadGrade),
        ] {
            if self.theme(theme).is_free() {
                facts.set(parameter, Fact::Absent, Origin::Derived)?;
            }
        }
        let volts = self.theme("power_corridor").voltages_v.into_iter();
        // Of several lines the highest voltage, once all are known.
        if let Some(Some(volts)) = volts
            .collect::<Option<Vec<u32>>>()
            .map(|v| v.into_iter().max())
        {
            let kilovolts = Fact::Number(Decimal::new(i64::from(volts), 3).normalize());
            facts.set(Parameter::LineVoltage, kilovolts, Origin::Derived)?;
        }
        self.plans_for_the_land(facts)
    }

    fn plans_for_the_land(&self, facts: &mut Facts) -> Result<(), InvalidFact> {
        let mut truth = |parameter, is: Option<bool>, reason: &str| match is {
            Some(is) => facts.set(parameter, Fact::Truth(is), Origin::Derived),
            None => {
                facts.set_unknown(parameter, reason);
                Ok(())
            }
        };
        let first = self.parcels.first();
        let several = self
            .parcels
            .iter()
            .any(|p| Some(p.ward) != first.map(|f| f.ward));
        truth(Parameter::SeveralCommunes, Some(several), "")?;
        // A zoning plan 1:2000 is made for functional zones and areas of urban development; where
        // none is, the master plan may still have one.
        let zoned = matches!(&self.zoning, Known::Whole(units) if !units.is_empty());
        let developed = zoned.then_some(true);
        truth(
            Parameter::InDevelopmentArea,
            developed,
            "master_plan_without_data",
        )?;
        // Where no such area lies, a regulation may hold for the whole city.
        let regulated = !self.theme(ARCHITECTURE).kinds.is_empty();
        let regulated = regulated.then_some(true);
        truth(
            Parameter::InArchitectureArea,
            regulated,
            "regulation_without_data",
        )?;
        let plan = self.theme(LAND_USE_PLAN);
        let recovered = self.statuses.contains(&ParcelStatus::Recovered);
        let decided = match (recovered, plan.is_free()) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        };
        truth(Parameter::RecoveryDecided, decided, "recovery_without_data")?;
        let in_plan = match (plan.is_free(), plan.latest) {
            (true, _) => Some(false),
            (false, Some(from)) => (self.day.0 - from.0 < PLAN_DAYS).then_some(true),
            (false, None) => None,
        };
        truth(
            Parameter::InCommuneLandUsePlan,
            in_plan,
            "land_use_plan_without_data",
        )
    }

    /// The plan that a house on the lot would stand against, by the functions of the plan units.
    pub(in crate::rules) fn plan_against_a_house(
        &self,
        facts: &mut Facts,
    ) -> Result<(), InvalidFact> {
        let parameter = Parameter::PlanNotCarriedOut;
        let (Known::Whole(zoning), Known::Whole(detailed)) = (&self.zoning, &self.detailed) else {
            facts.set_unknown(parameter, "plans_without_data");
            return Ok(());
        };
        let says = |units: &[PlanUnit], answer: HouseThere| {
            units
                .iter()
                .any(|unit| house_there(&unit.function) == answer)
        };
        let unclear = |units: &[PlanUnit]| says(units, HouseThere::Unclear);
        let word = match () {
            () if unclear(detailed) || unclear(zoning) => None,
            () if says(detailed, HouseThere::Differs) => Some("detailed_500"),
            // A detailed plan for dwellings under a zoning plan for something else: which is later?
            () if says(zoning, HouseThere::Differs) => detailed.is_empty().then_some("zoning_2000"),
            () if detailed.is_empty() && zoning.is_empty() => None,
            () => Some("none"),
        };
        match word {
            Some(word) => facts.set(parameter, Fact::Word(word.into()), Origin::Derived),
            None => {
                facts.set_unknown(parameter, "function_unclear");
                Ok(())
            }
        }
    }
}
