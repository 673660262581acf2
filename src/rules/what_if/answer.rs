//! The answer of a parcel without a proposal, in one world.

use crate::cadastre::{Day, ParcelId, WardCode};
use crate::land::Land;
use crate::land::extract::ThemeExtract;
use crate::planning::ThemeCatalogue;
use crate::rules::facts::{Fact, Facts, InvalidFact, Origin};
use crate::rules::limits::{Limit, limits};
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use crate::rules::site::Site;
use rust_decimal::Decimal;

/// A register and packs on a day, as they are or as they are supposed to be.
#[derive(Debug, Clone, Copy)]
pub struct World<'w> {
    /// The register.
    pub land: &'w Land,
    /// The themes that must exist.
    pub catalogue: &'w ThemeCatalogue,
    /// The packs.
    pub packs: &'w [Pack],
    /// What is stated of every parcel beside the register, such as the kind of building.
    pub stated: &'w Facts,
    /// The day.
    pub day: Day,
}

/// What applies to a parcel and what is limited there.
#[derive(Debug)]
pub struct Answer<'w> {
    /// Ward in which it lies.
    pub ward: WardCode,
    /// Area of the lot that conforms to the plan, in m², when it is known.
    pub lot_area_m2: Option<Decimal>,
    /// What each theme says.
    pub themes: Vec<ThemeExtract<'w>>,
    /// What is limited.
    pub limits: Vec<Limit<'w>>,
}

impl<'w> World<'w> {
    /// The answer of a parcel; nothing when it is not there on the day.
    pub fn answer(&self, id: ParcelId) -> Option<Answer<'w>> {
        let version = self.land.parcel(id, self.day)?;
        let extract = self.land.extract(id, self.catalogue, self.day)?;
        let ward = version.parcel.ward;
        let site = Site::of_extract(&extract, version, self.day);
        let facts = self.facts(&site);
        Some(Answer {
            ward,
            lot_area_m2: lot_area(&facts),
            themes: extract.themes,
            limits: limits(self.packs, &facts, self.day),
        })
    }

    /// What rules may ask for where nothing is proposed yet, with what is stated.
    pub fn facts(&self, site: &Site) -> Facts {
        let mut facts = lot_facts(site);
        suppose(&mut facts, self.stated);
        facts
    }
}

/// What rules may ask for of a lot as it is, where a house may be meant. Of a site with a size that
/// none has, nothing is known.
pub(super) fn lot_facts(site: &Site) -> Facts {
    let derived = || -> Result<Facts, InvalidFact> {
        let mut facts = site.facts()?;
        site.plan_against_a_house(&mut facts)?;
        // The question is of a lot as it is.
        facts.set(Parameter::DividesLot, Fact::Truth(false), Origin::Derived)?;
        facts.set(Parameter::PlanUnitUse, Fact::Absent, Origin::Derived)?;
        Ok(facts)
    };
    derived().unwrap_or_default()
}

/// Takes what is stated of every parcel: a house stands against plans for something else, of any
/// other building nobody says what it stands against.
pub(super) fn suppose(facts: &mut Facts, stated: &Facts) {
    match stated.find(Parameter::BuildingKind) {
        Some(Fact::Word(kind)) if HOUSES.contains(&&**kind) => {}
        _ => facts.set_unknown(Parameter::PlanNotCarriedOut, "no_house"),
    }
    facts.take(stated);
}

/// Kinds of buildings that are houses.
const HOUSES: [&str; 3] = ["row_house", "villa", "detached_house"];

/// The area of the lot, when it is known.
pub(super) fn lot_area(facts: &Facts) -> Option<Decimal> {
    match facts.find(Parameter::LotArea) {
        Some(Fact::Number(area)) => Some(*area),
        _ => None,
    }
}
