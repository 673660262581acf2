//! How a proposal stands to each limit, and as a whole.

use super::clearance::doubt;
use super::found::{Found, FoundValue, found, setback, standing};
use super::permit::Permit;
use super::proposal::Proposal;
use super::steady::unsteady;
use crate::cadastre::Day;
use crate::geometry::MultiPolygon;
use crate::rules::bound::{Bound, Outcome};
use crate::rules::condition::Truth;
use crate::rules::facts::{Fact, Facts, InvalidFact, Knowledge, Origin};
use crate::rules::kinds::{Body, PermitPath};
use crate::rules::limits::{Limit, limits};
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use crate::rules::site::{Facing, Site, metres, square_metres};
use rust_decimal::Decimal;

/// A proposal judged by every limit of the packs.
#[derive(Debug)]
pub struct Check<'p> {
    /// What was known when it was judged.
    pub facts: Facts,
    /// Whether the building stands on its lot.
    pub standing: Standing,
    /// One for each quantity that any rule limits.
    pub verdicts: Vec<Verdict<'p>>,
    /// Which permit it needs, and who grants it.
    pub permit: Permit<'p>,
    /// Parameters of which the asker states something else than the register says.
    pub contradicted: Vec<Parameter>,
    /// All together.
    pub total: Total,
}

/// Whether a building stands on its lot.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// All of it.
    Within,
    /// This lies beyond: on a neighbour's land, or over the red line.
    Beyond(MultiPolygon),
    /// None lies beyond, and this lies in a corridor: whoever looks after it decides.
    InCorridor(MultiPolygon),
    /// It may lie within or beyond, by how exactly the outline is known.
    Marginal,
    /// The lot is not known, since rights of way may be missing.
    Unknown,
}

impl Standing {
    /// The outcome that it is.
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::Within => Outcome::Pass,
            Self::Beyond(_) => Outcome::Fail,
            Self::Marginal => Outcome::Marginal,
            Self::InCorridor(_) | Self::Unknown => Outcome::Unknown,
        }
    }
}

/// How a proposal stands to one limit.
#[derive(Debug)]
pub struct Verdict<'p> {
    /// What is limited, by which rules.
    pub limit: Limit<'p>,
    /// What was found.
    pub found: Option<Found>,
    /// How it stands.
    pub outcome: Outcome,
}

/// What follows for the proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Nothing stands against it, and nothing is open.
    MayProceed,
    /// A rule stands against it.
    MayNot,
    /// Something is not known or not decided by numbers: an officer looks.
    OfficerDecides,
}

impl Total {
    /// The word for it in answers and evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MayProceed => "may_proceed",
            Self::MayNot => "may_not",
            Self::OfficerDecides => "officer_decides",
        }
    }
}

impl<'p> Check<'p> {
    /// Judges a proposal on its site by the packs as they are in force on a day.
    ///
    /// `stated` is what the asker says beside the register; it takes the place of what was derived,
    /// and its origin says so.
    ///
    /// # Errors
    /// [`InvalidFact`] for a size that no building has.
    pub fn new(
        packs: &'p [Pack],
        site: &Site,
        proposal: &Proposal,
        stated: &Facts,
        day: Day,
    ) -> Result<Self, InvalidFact> {
        let (facts, mut contradicted) = known(site, proposal, stated)?;
        let drawn = square_metres(&proposal.footprint);
        let limits = limits(packs, &facts, day);
        for (parameter, is_otherwise) in [
            (
                Parameter::FloorArea,
                has_fewer_floors_than_drawn(&facts, drawn),
            ),
            (Parameter::BuildingHeight, is_lower_than_its_storeys(&facts)),
            (
                Parameter::AddedStorey,
                has_storey_that_is_denied(&facts, &limits),
            ),
        ] {
            if is_otherwise && !contradicted.contains(&parameter) {
                contradicted.push(parameter);
            }
        }
        let standing = standing(site, proposal);
        let unsteady = unsteady(packs, &facts, proposal, day, &limits)?;
        let judge = |limit: Limit<'p>| {
            let verdict = Verdict::new(limit, site, proposal, &facts);
            if unsteady.contains(&verdict.limit.quantity) {
                verdict.doubted()
            } else {
                verdict
            }
        };
        let verdicts: Vec<Verdict<'_>> = limits.into_iter().map(judge).collect();
        let permit = Permit::of(&verdicts);
        let open = permit.is_open() || !contradicted.is_empty();
        Ok(Self {
            total: total(site, &standing, &verdicts, open),
            facts,
            standing,
            verdicts,
            permit,
            contradicted,
        })
    }
}

/// Whether less floor area is stated than storeys as large as the footprint have: which of them are
/// smaller is for an officer to see.
fn has_fewer_floors_than_drawn(facts: &Facts, footprint_m2: Decimal) -> bool {
    let Some(stated) = number(facts, Parameter::FloorArea) else {
        return false;
    };
    let storeys = number(facts, Parameter::Storeys).unwrap_or(Decimal::ONE);
    let drawn = footprint_m2.checked_mul(storeys.max(Decimal::ONE));
    // Floors are stated to the square centimetre at best.
    drawn.is_none_or(|drawn| stated + Decimal::new(1, 2) < drawn)
}

/// Whether a building has more storeys than its row of the table has without those that may be added,
/// and is said to have none of these: they stand back, and are judged by other heights.
fn has_storey_that_is_denied(facts: &Facts, limits: &[Limit<'_>]) -> bool {
    if facts.find(Parameter::AddedStorey) != Some(&Fact::Truth(false)) {
        return false;
    }
    let considered = limits.iter().flat_map(|limit| &limit.considered);
    let bases = considered.filter_map(|each| match &each.rule.body {
        Body::Number(number) if each.applies == Truth::True && !number.extras.is_empty() => {
            number.base(facts)
        }
        _ => None,
    });
    let storeys = number(facts, Parameter::Storeys);
    bases
        .min()
        .zip(storeys)
        .is_some_and(|(base, storeys)| storeys > base)
}

/// Whether a building has less than 2 m for each of its storeys, in which nobody stands.
fn is_lower_than_its_storeys(facts: &Facts) -> bool {
    let ridge = number(facts, Parameter::BuildingHeight);
    let storeys = number(facts, Parameter::Storeys);
    let (Some(ridge), Some(storeys)) = (ridge, storeys) else {
        return false;
    };
    let least = storeys.checked_mul(Decimal::TWO);
    least.is_none_or(|least| ridge < least)
}

fn number(facts: &Facts, parameter: Parameter) -> Option<Decimal> {
    match facts.find(parameter)? {
        Fact::Number(number) => Some(*number),
        _ => None,
    }
}

impl<'p> Verdict<'p> {
    fn new(limit: Limit<'p>, site: &Site, proposal: &Proposal, facts: &Facts) -> Self {
        let found = found(site, proposal, facts, &limit.quantity);
        let outcome = match (&limit.bound, &found) {
            (Bound::None, _) => Outcome::NotApplicable,
            // Nothing new may be built, by any way.
            (Bound::Path(PermitPath::RepairOnly), _) => Outcome::Fail,
            // They are answers; nothing is compared with them.
            (Bound::Path(_) | Bound::Office(_), _) => Outcome::Pass,
            (_, None) => Outcome::Unknown,
            (_, Some(found)) => match &found.value {
                FoundValue::Number(number) => {
                    // The place of the outline is off as a whole: distances from edges are.
                    let off_by = match (limit.quantity.kind.name, &limit.quantity.of) {
                        ("setback", _) => Decimal::new(i64::from(proposal.off_by_mm), 3),
                        ("clearance", Some(of)) => doubt(site, proposal, of),
                        _ => Decimal::ZERO,
                    };
                    limit.judge(*number, off_by)
                }
                FoundValue::Word(word) => limit.judge_word(word),
                FoundValue::Absent => Outcome::NotApplicable,
            },
        };
        Self {
            limit,
            found,
            outcome,
        }
    }
}

impl Verdict<'_> {
    /// As one that may come out otherwise by how exactly the outline is known.
    fn doubted(mut self) -> Self {
        if self.outcome != Outcome::Unknown {
            self.outcome = Outcome::Marginal;
        }
        self
    }
}

/// What is known of a site and a proposal, and what of it is stated otherwise than the register says.
///
/// # Errors
/// [`InvalidFact`] for a size that no building has.
pub(in crate::rules) fn known(
    site: &Site,
    proposal: &Proposal,
    stated: &Facts,
) -> Result<(Facts, Vec<Parameter>), InvalidFact> {
    let mut facts = site.facts()?;
    building(&mut facts, site, proposal)?;
    purpose(&mut facts, site, stated)?;
    let contradicted = contradicted(&facts, stated);
    facts.take(stated);
    Ok((facts, contradicted))
}

/// What the proposal says of the parameters of rules.
fn building(facts: &mut Facts, site: &Site, proposal: &Proposal) -> Result<(), InvalidFact> {
    let building = &proposal.building;
    for (parameter, size) in [
        (Parameter::Storeys, building.storeys),
        (Parameter::Basements, building.basements),
        (Parameter::FloorArea, building.floor_area_m2),
        (Parameter::BuildingHeight, building.ridge_height_m),
    ] {
        if let Some(size) = size {
            facts.set(parameter, Fact::Number(size), Origin::Stated)?;
        }
    }
    let Some(front) = site
        .lot
        .fronts
        .first()
        .filter(|_| site.roads_unknown.is_none())
    else {
        return Ok(());
    };
    let on_front = |facing| facing == Facing::Road(front.road);
    let from_red_line = setback(site, proposal, on_front).map(|found| found.value);
    if let Some(FoundValue::Number(from_red_line)) = from_red_line {
        let depth = (metres(front.depth) - from_red_line).max(Decimal::ZERO);
        facts.set(
            Parameter::DepthFromBuildingLine,
            Fact::Number(depth),
            Origin::Derived,
        )?;
    }
    let width = front.wall_of(&proposal.footprint);
    facts.set(
        Parameter::BuildingFrontage,
        Fact::Number(metres(width)),
        Origin::Derived,
    )
}

/// What follows from what is built: a house stands against plans for something else, and the question
/// is of a lot as it is.
fn purpose(facts: &mut Facts, site: &Site, stated: &Facts) -> Result<(), InvalidFact> {
    match stated.find(Parameter::BuildingKind) {
        Some(Fact::Word(kind)) if HOUSES.contains(&&**kind) => site.plan_against_a_house(facts)?,
        _ => facts.set_unknown(Parameter::PlanNotCarriedOut, "no_house"),
    }
    facts.set(Parameter::DividesLot, Fact::Truth(false), Origin::Derived)?;
    facts.set(Parameter::PlanUnitUse, Fact::Absent, Origin::Derived)?;
    if facts.find(Parameter::Basements) == Some(&Fact::Number(Decimal::ZERO)) {
        facts.set(Parameter::RampSetback, Fact::Absent, Origin::Derived)?;
    }
    Ok(())
}

/// Kinds of buildings that are houses.
const HOUSES: [&str; 3] = ["row_house", "villa", "detached_house"];

/// What is stated otherwise than the register or the proposal itself says.
fn contradicted(known: &Facts, stated: &Facts) -> Vec<Parameter> {
    let known = known.iter().filter_map(|(parameter, known)| match known {
        Knowledge::Known { fact, .. } => Some((parameter, fact)),
        Knowledge::Unknown { .. } => None,
    });
    let other = known.filter(|(parameter, fact)| {
        let stated = stated.find(*parameter);
        stated.is_some_and(|stated| stated != *fact)
    });
    other.map(|(parameter, _)| parameter).collect()
}

fn total(site: &Site, standing: &Standing, verdicts: &[Verdict<'_>], open: bool) -> Total {
    let any = |outcome| verdicts.iter().any(|verdict| verdict.outcome == outcome);
    let may_not = matches!(standing, Standing::Beyond(_)) || any(Outcome::Fail);
    let stands = matches!(standing, Standing::Within);
    let open =
        open || !stands || !site.open.is_empty() || any(Outcome::Unknown) || any(Outcome::Marginal);
    match (may_not, open) {
        (true, _) => Total::MayNot,
        (false, true) => Total::OfficerDecides,
        (false, false) => Total::MayProceed,
    }
}
