//! What a site says of the parameters of rules, each known or with why it is not.

use super::gather::{Known, Site};
use crate::cadastre::LandUseLine;
use crate::planning::PlanIndices;
use crate::rules::facts::{Fact, Facts, InvalidFact, Origin};
use crate::rules::parameter::Parameter;
use rust_decimal::Decimal;

/// Codes of land on which a house may stand (Circular 08/2024, App. II-A).
const RESIDENTIAL: [&str; 2] = ["ODT", "ONT"];
/// Areas are told to the square centimetre.
const AREA_DECIMALS: u32 = 4;

impl Site {
    /// What rules may ask for, as far as the register says it.
    ///
    /// # Errors
    /// [`InvalidFact`] for a size that no site has.
    pub fn facts(&self) -> Result<Facts, InvalidFact> {
        let mut facts = Facts::new();
        self.land(&mut facts)?;
        self.fronts(&mut facts)?;
        self.plan(&mut facts)?;
        Ok(facts)
    }

    fn land(&self, facts: &mut Facts) -> Result<(), InvalidFact> {
        let [first, ..] = &self.parcels[..] else {
            return Ok(());
        };
        let of_one_ward = self.parcels.iter().all(|parcel| parcel.ward == first.ward);
        if of_one_ward {
            let ward = Fact::Word(first.ward.to_string().into());
            facts.set(Parameter::Ward, ward, Origin::Derived)?;
        } else {
            facts.set_unknown(Parameter::Ward, "several_wards");
        }
        let lines = || self.parcels.iter().flat_map(|parcel| &parcel.land_use);
        let residential = |line: &LandUseLine| RESIDENTIAL.contains(&line.code.as_str());
        let first_use = lines()
            .find(|line| residential(line))
            .or_else(|| lines().next());
        match first_use {
            Some(line) => {
                let code = Fact::Word(line.code.as_str().into());
                facts.set(Parameter::LandUse, code, Origin::Derived)?;
            }
            None => facts.set_unknown(Parameter::LandUse, "no_land_use"),
        }
        if lines().any(residential) && !lines().all(residential) {
            facts.set_unknown(Parameter::LotArea, "partly_residential");
        } else if self.roads_unknown.is_some() {
            facts.set_unknown(Parameter::LotArea, ROADS_UNKNOWN);
        } else {
            let area = self.lot.square_metres().round_dp(AREA_DECIMALS);
            facts.set(Parameter::LotArea, Fact::Number(area), Origin::Derived)?;
        }
        Ok(())
    }

    fn fronts(&self, facts: &mut Facts) -> Result<(), InvalidFact> {
        let asked = [
            Parameter::Frontage,
            Parameter::Depth,
            Parameter::CornerLot,
            Parameter::ThroughLot,
            Parameter::FrontageOnWiderRoad,
            Parameter::RightOfWay,
            Parameter::NarrowerRightOfWay,
        ];
        let unknown = |facts: &mut Facts, reason: &str| {
            asked
                .iter()
                .for_each(|parameter| facts.set_unknown(*parameter, reason));
        };
        if self.roads_unknown.is_some() {
            unknown(facts, ROADS_UNKNOWN);
            return Ok(());
        }
        let Some(front) = self.lot.fronts.first() else {
            unknown(facts, "no_red_line");
            return Ok(());
        };
        let length = |length: super::Length| Fact::Number(length.metres());
        let mut set = |parameter, fact| facts.set(parameter, fact, Origin::Derived);
        let position = self.lot.position();
        set(Parameter::Frontage, length(front.length))?;
        set(Parameter::Depth, length(front.depth))?;
        set(Parameter::CornerLot, Fact::Truth(position.corner))?;
        set(Parameter::ThroughLot, Fact::Truth(position.through))?;
        set(Parameter::FrontageOnWiderRoad, length(front.length))?;
        self.width(Parameter::RightOfWay, front.road, facts)?;
        if let Some(other) = self.lot.fronts.get(1) {
            self.width(Parameter::NarrowerRightOfWay, other.road, facts)?;
        }
        Ok(())
    }

    fn width(
        &self,
        parameter: Parameter,
        road: usize,
        facts: &mut Facts,
    ) -> Result<(), InvalidFact> {
        match self.roads[road].width_mm {
            Some(mm) => {
                let width = Fact::Number(Decimal::new(i64::from(mm), 3));
                facts.set(parameter, width, Origin::Derived)
            }
            None => {
                facts.set_unknown(parameter, "width_undecided");
                Ok(())
            }
        }
    }

    fn plan(&self, facts: &mut Facts) -> Result<(), InvalidFact> {
        let storeys: Index = |i| i.storeys_max.map(Decimal::from);
        let height: Index = |i| i.height_max_mm.map(|mm| Decimal::new(i64::from(mm), 3));
        let coverage: Index = |i| {
            let permille = i.coverage_max_permille?;
            Some(Decimal::new(i64::from(permille), 1))
        };
        let ratio: Index = |i| {
            let hundredths = i.floor_area_ratio_max_hundredths?;
            Some(Decimal::new(i64::from(hundredths), 2))
        };
        let (zoning, detailed) = (&self.zoning, &self.detailed);
        for (plan, parameter, index, reason) in [
            (zoning, Parameter::ZoningStoreys, storeys, ZONING_UNKNOWN),
            (zoning, Parameter::ZoningHeight, height, ZONING_UNKNOWN),
            (
                zoning,
                Parameter::ZoningFloorAreaRatio,
                ratio,
                ZONING_UNKNOWN,
            ),
            (
                detailed,
                Parameter::DetailedStoreys,
                storeys,
                DETAILED_UNKNOWN,
            ),
            (
                detailed,
                Parameter::DetailedHeight,
                height,
                DETAILED_UNKNOWN,
            ),
            (
                detailed,
                Parameter::DetailedCoverage,
                coverage,
                DETAILED_UNKNOWN,
            ),
            (
                detailed,
                Parameter::DetailedFloorAreaRatio,
                ratio,
                DETAILED_UNKNOWN,
            ),
        ] {
            match plan {
                // Of several units the strictest.
                Known::Whole(units) => {
                    let least = units.iter().filter_map(index).min();
                    let fact = least.map_or(Fact::Absent, Fact::Number);
                    facts.set(parameter, fact, Origin::Derived)?;
                }
                Known::Gap(_) => facts.set_unknown(parameter, reason),
            }
        }
        if let Known::Whole(units) = detailed
            && units.is_empty()
        {
            let front = Parameter::DetailedFrontSetback;
            facts.set(front, Fact::Absent, Origin::Derived)?;
        }
        Ok(())
    }
}

/// An index of a plan unit, in the unit of its parameter.
type Index = fn(&PlanIndices) -> Option<Decimal>;

const ZONING_UNKNOWN: &str = "zoning_without_data";
const DETAILED_UNKNOWN: &str = "detailed_without_data";
const ROADS_UNKNOWN: &str = "roads_without_data";
