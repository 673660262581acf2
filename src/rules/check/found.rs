//! What is found of a proposal for a quantity that rules limit.

use super::clearance::clearance;
use super::proposal::Proposal;
use super::tiers::{floor_area_m2, highest_m};
use super::verdict::Standing;
use crate::geometry::overlay::difference;
use crate::geometry::{
    LineString, MultiPolygon, Point, Shape, Spot, distance, interiors_intersect,
};
use crate::rules::facts::{Fact, Facts};
use crate::rules::kinds::Quantity;
use crate::rules::parameter::Parameter;
use crate::rules::site::{Facing, Site, told_square_metres};
use rust_decimal::Decimal;

/// A found value, and what shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The value.
    pub value: FoundValue,
    /// What shows it on the ground.
    pub witness: Option<Witness>,
}

/// A value that is compared with a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundValue {
    /// A number in the unit of the quantity.
    Number(Decimal),
    /// A word or code.
    Word(Box<str>),
    /// There is no such part.
    Absent,
}

/// What shows a value on the ground, on the plane of the site.
#[derive(Debug, Clone, PartialEq)]
pub enum Witness {
    /// A shortest segment.
    Segment(Spot, Spot),
    /// Land.
    Area(MultiPolygon),
}

/// Shares are compared with so many decimals of a per cent or a ratio.
const SHARE_DECIMALS: u32 = 6;

/// What a proposal has of a quantity; nothing when it does not say, or nobody can measure it here.
///
/// `outline` is what of it is measured on the ground.
pub(super) fn found(
    site: &Site,
    (proposal, outline): (&Proposal, &MultiPolygon),
    facts: &Facts,
    quantity: &Quantity,
) -> Option<Found> {
    let building = &proposal.building;
    let stated = |number: Option<Decimal>| number.map(Found::number);
    match (quantity.kind.name, quantity.of.as_deref()) {
        ("coverage", None) => {
            let covered = told_square_metres(outline);
            let share = share(covered, facts)?.checked_mul(Decimal::ONE_HUNDRED)?;
            let area = Witness::Area(outline.clone());
            Some(Found {
                value: FoundValue::Number(share.round_dp(SHARE_DECIMALS - 2)),
                witness: Some(area),
            })
        }
        ("floor_area_ratio", None) => stated(share(floor_area_m2(proposal)?, facts)),
        ("storeys", None) => stated(building.storeys),
        ("floor_one_height", None) => stated(building.floor_one_height_m),
        ("height_at_building_line", None) => stated(building.height_at_building_line_m),
        ("ridge_height", None) => stated(highest_m(proposal)),
        ("limited_term", Some("storeys")) => stated(building.storeys),
        ("limited_term", Some("basements")) => stated(building.basements),
        ("setback", Some("ramp")) => part(facts, Parameter::RampSetback),
        ("projection", Some("balcony")) => part(facts, Parameter::Balcony),
        ("projection", Some("underside")) => part(facts, Parameter::BalconyUnderside),
        ("projection", Some("decoration")) => part(facts, Parameter::Decoration),
        ("projection", Some("low_parts")) => part(facts, Parameter::LowParts),
        ("projection", Some("pergola_height")) => part(facts, Parameter::PergolaHeight),
        ("projection", Some("pergola_open")) => part(facts, Parameter::PergolaOpen),
        ("setback", Some("rear")) => to_edges(site, outline, |facing| facing == Facing::Rear),
        ("setback", Some("side")) => to_edges(site, outline, |facing| facing == Facing::Side),
        ("setback", Some("front")) => {
            let front = site.lot.fronts.first()?.road;
            to_edges(site, outline, |facing| facing == Facing::Road(front))
        }
        ("clearance", Some(of)) => clearance(site, outline, of),
        ("land_use", None) => match facts.find(Parameter::LandUse)? {
            Fact::Word(code) => Some(Found {
                value: FoundValue::Word(code.clone()),
                witness: None,
            }),
            _ => None,
        },
        _ => None,
    }
}

impl Found {
    pub(super) const fn number(number: Decimal) -> Self {
        Self {
            value: FoundValue::Number(number),
            witness: None,
        }
    }
}

/// The size of a part of the building as it is stated, or that there is no such part.
fn part(facts: &Facts, size: Parameter) -> Option<Found> {
    let value = match facts.find(size)? {
        Fact::Number(size) => FoundValue::Number(*size),
        Fact::Absent => FoundValue::Absent,
        Fact::Truth(_) | Fact::Word(_) => return None,
    };
    Some(Found {
        value,
        witness: None,
    })
}

/// A part of the area of the lot.
fn share(area: Decimal, facts: &Facts) -> Option<Decimal> {
    match facts.find(Parameter::LotArea)? {
        Fact::Number(lot) => Some(area.checked_div(*lot)?.round_dp(SHARE_DECIMALS)),
        _ => None,
    }
}

/// How far an outline stands from the edges of one sort: to the nearest whole millimetre, since
/// a wall that is drawn at a distance lies on the grid of one.
pub(super) fn to_edges(
    site: &Site,
    outline: &MultiPolygon,
    wanted: impl Fn(Facing) -> bool,
) -> Option<Found> {
    let edges = site.lot.edges.iter().filter(|edge| wanted(edge.facing));
    let lines: Vec<LineString> = edges
        .map(|edge| LineString(vec![edge.from, edge.to]))
        .collect();
    let building = Shape::Areas(outline.clone());
    if site.roads_unknown.is_some() || !site.lot.is_one_piece() {
        // Which edges lie on a red line, or behind, is not known.
        return None;
    }
    let nearest = distance(&building, &Shape::Lines(lines))?;
    Some(Found {
        value: FoundValue::Number(Decimal::new(nearest.distance_mm.round() as i64, 3)),
        witness: Some(Witness::Segment(nearest.from, nearest.to)),
    })
}

/// Whether a building stands on its lot.
pub(super) fn standing(site: &Site, proposal: &Proposal) -> Standing {
    let body = proposal.body();
    let beyond = difference(&body, &site.ground);
    let off_by_mm = f64::from(proposal.off_by_mm);
    if !beyond.0.is_empty() {
        let lot = Shape::Areas(site.ground.clone());
        let is_near = |corner: &Point| {
            let way = distance(&Shape::Points(vec![*corner]), &lot);
            way.is_some_and(|way| way.distance_mm <= off_by_mm)
        };
        let all_near = beyond.rings().flat_map(|ring| &ring.0).all(is_near);
        return if proposal.off_by_mm > 0 && all_near {
            Standing::Marginal
        } else {
            Standing::Beyond(beyond)
        };
    }
    if site.roads_unknown.is_some() {
        return Standing::Unknown;
    }
    let in_corridor = difference(&body, &site.lot.area);
    if !in_corridor.0.is_empty() {
        return Standing::InCorridor(in_corridor);
    }
    let on_red_line = |contact: &MultiPolygon| {
        let contact = Shape::Areas(contact.clone());
        interiors_intersect(&Shape::Areas(body.clone().into_owned()), &contact)
    };
    if site.contacts.iter().any(on_red_line) {
        return Standing::Marginal;
    }
    let edges = site.lot.area.rings().flat_map(|ring| ring.edges());
    let edges = edges.map(|(a, b)| LineString(vec![a, b])).collect();
    let building = Shape::Areas(body.clone().into_owned());
    let nearest = distance(&building, &Shape::Lines(edges)).map_or(0.0, |way| way.distance_mm);
    if proposal.off_by_mm > 0 && nearest <= off_by_mm {
        Standing::Marginal
    } else {
        Standing::Within
    }
}
