//! What a site says of the parameters of rules, each known or with why it is not.

use super::gather::{Known, Site};
use super::{Length, metres, told_square_metres};
use crate::cadastre::LandUseLine;
use crate::planning::{PlanIndices, PlanUnit};
use crate::rules::facts::{Fact, Facts, InvalidFact, Origin};
use crate::rules::parameter::Parameter;
use rust_decimal::Decimal;

/// Codes of land on which a house may stand (Circular 08/2024, App. II-A).
const RESIDENTIAL: [&str; 2] = ["ODT", "ONT"];

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
        self.surroundings(&mut facts)?;
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
        let mixed = lines().any(residential) && !lines().all(residential);
        match lines().next() {
            // Nobody knows on which of its lines the building stands.
            Some(_) if mixed => facts.set_unknown(Parameter::LandUse, "partly_residential"),
            Some(line) => {
                let code = Fact::Word(line.code.as_str().into());
                facts.set(Parameter::LandUse, code, Origin::Derived)?;
            }
            None => facts.set_unknown(Parameter::LandUse, "no_land_use"),
        }
        if mixed {
            facts.set_unknown(Parameter::LotArea, "partly_residential");
        } else if self.roads_unknown.is_some() {
            facts.set_unknown(Parameter::LotArea, ROADS_UNKNOWN);
        } else if self.corridors_unknown.is_some() {
            facts.set_unknown(Parameter::LotArea, "corridors_without_data");
        } else if !self.lot.is_one_piece() {
            facts.set_unknown(Parameter::LotArea, IN_PIECES);
        } else {
            let area = Fact::Number(told_square_metres(&self.lot.area));
            facts.set(Parameter::LotArea, area, Origin::Derived)?;
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
        if !self.lot.is_one_piece() {
            unknown(facts, IN_PIECES);
            return Ok(());
        }
        let Some(front) = self.lot.fronts.first() else {
            unknown(facts, "no_red_line");
            return Ok(());
        };
        let length = |length: Length| Fact::Number(metres(length));
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
        match self.roads[road].way.width_mm {
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
        for (plan, parameter, index, reason) in [
            (
                &self.zoning,
                Parameter::ZoningStoreys,
                STOREYS,
                ZONING_UNKNOWN,
            ),
            (
                &self.zoning,
                Parameter::ZoningHeight,
                HEIGHT,
                ZONING_UNKNOWN,
            ),
            (
                &self.zoning,
                Parameter::ZoningFloorAreaRatio,
                RATIO,
                ZONING_UNKNOWN,
            ),
            (
                &self.detailed,
                Parameter::DetailedStoreys,
                STOREYS,
                DETAILED_UNKNOWN,
            ),
            (
                &self.detailed,
                Parameter::DetailedHeight,
                HEIGHT,
                DETAILED_UNKNOWN,
            ),
            (
                &self.detailed,
                Parameter::DetailedCoverage,
                COVERAGE,
                DETAILED_UNKNOWN,
            ),
            (
                &self.detailed,
                Parameter::DetailedFloorAreaRatio,
                RATIO,
                DETAILED_UNKNOWN,
            ),
        ] {
            match plan {
                // Of several units the strictest.
                Known::Whole(units) => {
                    let units = units.iter().map(|unit: &PlanUnit| &unit.indices);
                    let least = units.filter_map(index).min();
                    let fact = least.map_or(Fact::Absent, Fact::Number);
                    facts.set(parameter, fact, Origin::Derived)?;
                }
                Known::Gap(_) => facts.set_unknown(parameter, reason),
            }
        }
        self.front_setback(facts)
    }

    /// The front setback of a detailed plan: none where no such plan is; layers do not state it.
    fn front_setback(&self, facts: &mut Facts) -> Result<(), InvalidFact> {
        if let Known::Whole(units) = &self.detailed
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

const STOREYS: Index = |unit| unit.storeys_max.map(Decimal::from);
const HEIGHT: Index = |unit| Some(Decimal::new(i64::from(unit.height_max_mm?), 3));
const COVERAGE: Index = |unit| Some(Decimal::new(i64::from(unit.coverage_max_permille?), 1));
const RATIO: Index = |unit| {
    let hundredths = unit.floor_area_ratio_max_hundredths?;
    Some(Decimal::new(i64::from(hundredths), 2))
};

const ZONING_UNKNOWN: &str = "zoning_without_data";
const DETAILED_UNKNOWN: &str = "detailed_without_data";
/// Land apart from the building does not count for it.
const IN_PIECES: &str = "lot_in_pieces";
const ROADS_UNKNOWN: &str = "roads_without_data";
