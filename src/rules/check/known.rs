//! What is known of a proposal on its site, and where what is said contradicts itself.

use super::drawn::Drawn;
use super::drawn::{PERGOLA_HEIGHT, PERGOLA_OPEN, UNDERSIDE};
use super::found::{FoundValue, to_edges};
use super::part::{Part, PartKind};
use super::proposal::Proposal;
use super::tiers::{
    drawn_floors_m2, floor_area_m2, has_more_basements, has_more_levels_than_floors, highest_m,
    overlap,
};
use crate::rules::condition::Truth;
use crate::rules::facts::{Fact, Facts, InvalidFact, Knowledge, Origin};
use crate::rules::kinds::Body;
use crate::rules::limits::Limit;
use crate::rules::parameter::Parameter;
use crate::rules::site::{Facing, Site, metres};
use rust_decimal::Decimal;

/// What is known of a site and a proposal, and what of it is stated otherwise than the register says.
///
/// # Errors
/// [`InvalidFact`] for a size that no building has.
pub(in crate::rules) fn known(
    site: &Site,
    proposal: &Proposal,
    stated: &Facts,
) -> Result<(Facts, Vec<Parameter>), InvalidFact> {
    known_with(site, proposal, stated, &Drawn::of(site, proposal))
}

/// The same, with what is drawn at hand.
///
/// # Errors
/// As [`known`].
pub(super) fn known_with(
    site: &Site,
    proposal: &Proposal,
    stated: &Facts,
    drawn: &Drawn,
) -> Result<(Facts, Vec<Parameter>), InvalidFact> {
    let mut facts = site.facts()?;
    building(&mut facts, site, proposal)?;
    purpose(&mut facts, site, stated)?;
    drawn.set(&mut facts)?;
    let contradicted = contradicted(&facts, stated);
    facts.take(stated);
    // What is drawn is what is built.
    drawn.set(&mut facts)?;
    Ok((facts, contradicted))
}

/// What the proposal says of the parameters of rules.
fn building(facts: &mut Facts, site: &Site, proposal: &Proposal) -> Result<(), InvalidFact> {
    let building = &proposal.building;
    let (floors, highest) = (floor_area_m2(proposal), highest_m(proposal));
    for (parameter, size, stated) in [
        (Parameter::Storeys, building.storeys, building.storeys),
        (Parameter::Basements, building.basements, building.basements),
        (
            Parameter::FloorArea,
            floors.map(|floors| floors.round_dp(4)),
            building.floor_area_m2,
        ),
        (Parameter::BuildingHeight, highest, building.ridge_height_m),
    ] {
        if let Some(size) = size {
            let origin = if stated.is_some() {
                Origin::Stated
            } else {
                Origin::Derived
            };
            facts.set(parameter, Fact::Number(size), origin)?;
        }
    }
    let body = proposal.body();
    let Some(front) = site
        .lot
        .fronts
        .first()
        .filter(|_| site.roads_unknown.is_none())
    else {
        return Ok(());
    };
    let on_front = |facing| facing == Facing::Road(front.road);
    let from_red_line = to_edges(site, &body, on_front).map(|found| found.value);
    if let Some(FoundValue::Number(from_red_line)) = from_red_line {
        let depth = (metres(front.depth) - from_red_line).max(Decimal::ZERO);
        facts.set(
            Parameter::DepthFromBuildingLine,
            Fact::Number(depth),
            Origin::Derived,
        )?;
    }
    let width = front.wall_of(&body);
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

/// Whether the building is an individual house; nothing when nobody says what it is.
pub fn is_house(facts: &Facts) -> Option<bool> {
    match facts.find(Parameter::BuildingKind) {
        Some(Fact::Word(kind)) => Some(HOUSES.contains(&&**kind)),
        _ => None,
    }
}

/// Kinds of buildings that are houses.
const HOUSES: [&str; 3] = ["row_house", "villa", "detached_house"];

/// What is stated otherwise than the register or the proposal itself says.
fn contradicted(known: &Facts, stated: &Facts) -> Vec<Parameter> {
    let other = known.iter().filter(|(parameter, known)| {
        let Knowledge::Known { fact, .. } = known else {
            return false;
        };
        stated
            .find(*parameter)
            .is_some_and(|stated| stated != fact && !Drawn::says_none(*parameter, known, stated))
    });
    other.map(|(parameter, _)| parameter).collect()
}

/// What is stated otherwise than the register says, and the parameters of which the sizes, parts and
/// floors of a proposal say one thing and another.
pub(super) fn with_own_contradictions(
    mut contradicted: Vec<Parameter>,
    (proposal, drawn): (&Proposal, &Drawn),
    facts: &Facts,
    limits: &[Limit<'_>],
) -> Vec<Parameter> {
    let building = &proposal.building;
    let overlap = overlap(building);
    let storeys = || {
        building
            .floors
            .as_ref()
            .map(|own| own.storeys(is_house(facts)))
    };
    let is_counted_otherwise = building.floors.is_some()
        && number(facts, Parameter::Storeys) != storeys().map(Decimal::from);
    let found = [
        (
            Parameter::FloorArea,
            has_fewer_floors_than_drawn(facts, proposal) || overlap,
        ),
        (
            Parameter::BuildingHeight,
            is_lower_than_its_storeys(facts) || is_lower_than_drawn(proposal) || overlap,
        ),
        (
            Parameter::Storeys,
            is_counted_otherwise || has_more_levels_than_floors(building) || overlap,
        ),
        (
            Parameter::AddedStorey,
            has_storey_that_is_denied(facts, limits) || has_no_storey_that_is_told(facts, limits),
        ),
        (Parameter::Basements, has_more_basements(building)),
    ];
    let denied = denied_parts(proposal, drawn, facts);
    for (parameter, is_otherwise) in found.into_iter().chain(denied) {
        if is_otherwise && !contradicted.contains(&parameter) {
            contradicted.push(parameter);
        }
    }
    contradicted
}

/// Whether less floor area is stated than storeys as large as the footprint have: which of them are
/// smaller is for an officer to see.
fn has_fewer_floors_than_drawn(facts: &Facts, proposal: &Proposal) -> bool {
    let Some(stated) = number(facts, Parameter::FloorArea) else {
        return false;
    };
    let storeys = number(facts, Parameter::Storeys).unwrap_or(Decimal::ONE);
    let drawn = drawn_floors_m2(proposal, storeys.max(Decimal::ONE));
    // Floors are stated to the square centimetre at best.
    drawn.is_none_or(|drawn| stated + Decimal::new(1, 2) < drawn)
}

/// Whether a building has more storeys than its row of the table has without those that may be added,
/// and is said to have none of these: they stand back, and are judged by other heights.
fn has_storey_that_is_denied(facts: &Facts, limits: &[Limit<'_>]) -> bool {
    if facts.find(Parameter::AddedStorey) != Some(&Fact::Truth(false)) {
        return false;
    }
    added_storeys(facts, limits).is_some_and(|added| added > Decimal::ZERO)
}

/// Whether a building is said to have a storey that may be added, by which others heights are meant, and
/// has no more than its row of the table has without.
fn has_no_storey_that_is_told(facts: &Facts, limits: &[Limit<'_>]) -> bool {
    facts.find(Parameter::AddedStorey) == Some(&Fact::Truth(true))
        && added_storeys(facts, limits).is_some_and(|added| added <= Decimal::ZERO)
}

/// Whether the highest point is lower than what is drawn, or than the building is at its line. A pergola
/// on the roof has its own height.
fn is_lower_than_drawn(proposal: &Proposal) -> bool {
    let building = &proposal.building;
    let parts = building.parts.iter();
    let parts = parts.filter(|part| !matches!(part.kind(), PartKind::Pergola | PartKind::Fence));
    let tops = parts.filter_map(Part::to_m);
    let top = tops.chain(building.height_at_building_line_m).max();
    let told = building.ridge_height_m.or(building.drawn_top_m());
    told.zip(top).is_some_and(|(told, top)| top > told)
}

/// Sizes of parts that are said not to exist and are drawn, without the heights that tell them.
fn denied_parts(proposal: &Proposal, drawn: &Drawn, facts: &Facts) -> [(Parameter, bool); 3] {
    let of = |kind: PartKind| proposal.building.parts_of(kind).next().is_some();
    let stands_out = of(PartKind::Balcony) || of(PartKind::Canopy);
    let pergola = of(PartKind::Pergola);
    [
        (Parameter::BalconyUnderside, UNDERSIDE, stands_out),
        (Parameter::PergolaHeight, PERGOLA_HEIGHT, pergola),
        (Parameter::PergolaOpen, PERGOLA_OPEN, pergola),
    ]
    .map(|(parameter, name, is_drawn)| {
        let denied = facts.find(parameter) == Some(&Fact::Absent);
        (
            parameter,
            is_drawn && denied && !drawn.own.contains_key(name),
        )
    })
}

/// How many storeys a building has above those of its row of the table, without those that may be
/// added; less than none when it has fewer.
pub(super) fn added_storeys(facts: &Facts, limits: &[Limit<'_>]) -> Option<Decimal> {
    let considered = limits.iter().flat_map(|limit| &limit.considered);
    let bases = considered.filter_map(|each| match &each.rule.body {
        Body::Number(number) if each.applies == Truth::True && !number.extras.is_empty() => {
            number.base(facts)
        }
        _ => None,
    });
    number(facts, Parameter::Storeys)?.checked_sub(bases.min()?)
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
