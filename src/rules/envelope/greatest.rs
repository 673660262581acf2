//! What is limited beside the shape: storeys, the area of the footprint, the area of floors.

use super::Level;
use crate::rules::bound::{Bound, Inclusivity, NumberBound};
use crate::rules::facts::{Fact, Facts};
use crate::rules::kinds::Quantity;
use crate::rules::limits::Limit;
use crate::rules::parameter::Parameter;
use crate::rules::site::{square_metres, told_square_metres};
use rust_decimal::{Decimal, RoundingStrategy};

/// A greatest value with what makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greatest {
    /// The value: storeys, or m² rounded down to the square centimetre.
    pub value: Decimal,
    /// The limit; nothing where the shape makes it.
    pub quantity: Option<Quantity>,
}

/// Decimals of areas: square centimetres.
const AREA_DECIMALS: u32 = 4;
/// Shares are compared with so many decimals.
const SHARE_DECIMALS: u32 = 6;

fn down(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::ToNegativeInfinity)
}

fn number<'l>(
    limits: &'l [Limit<'_>],
    kind: &str,
    of: Option<&str>,
) -> Option<(&'l Quantity, NumberBound)> {
    let named =
        |limit: &&Limit<'_>| (limit.quantity.kind.name, limit.quantity.of.as_deref()) == (kind, of);
    let limit = limits.iter().find(named)?;
    match limit.bound {
        Bound::Number(number) => Some((&limit.quantity, number)),
        _ => None,
    }
}

/// The greatest number of storeys that holds, by the rules of storeys and of permits of limited term.
pub(super) fn storeys(limits: &[Limit<'_>]) -> Option<Greatest> {
    let each = [
        number(limits, "storeys", None),
        number(limits, "limited_term", Some("storeys")),
    ];
    let whole = each
        .into_iter()
        .flatten()
        .map(|(quantity, bound)| Greatest {
            value: match bound.inclusivity {
                Inclusivity::Inclusive => bound.value.floor(),
                Inclusivity::Exclusive => bound.value.ceil() - Decimal::ONE,
            },
            quantity: Some(quantity.clone()),
        });
    whole.min_by_key(|greatest| greatest.value)
}

/// The greatest area that a bound on a share of the lot leaves.
pub(in crate::rules) fn of_lot(
    bound: &NumberBound,
    divided_by: Decimal,
    facts: &Facts,
) -> Option<Decimal> {
    let Some(Fact::Number(lot)) = facts.find(Parameter::LotArea) else {
        return None;
    };
    let share = down(bound.value.checked_div(divided_by)?, SHARE_DECIMALS);
    let least = Decimal::new(1, SHARE_DECIMALS);
    let share = match bound.inclusivity {
        Inclusivity::Inclusive => share,
        Inclusivity::Exclusive => share.checked_sub(least)?,
    };
    let area = share.max(Decimal::ZERO).checked_mul(*lot)?;
    Some(down(area, AREA_DECIMALS))
}

/// The greatest area of a footprint within a level: by the shape, or by the limit of coverage.
pub(super) fn footprint(level: &Level<'_>, facts: &Facts) -> Option<Greatest> {
    let shape = Greatest {
        value: down(square_metres(&level.area), AREA_DECIMALS),
        quantity: None,
    };
    let Some((quantity, bound)) = number(&level.limits, "coverage", None) else {
        return Some(shape);
    };
    let covered = Greatest {
        value: of_lot(&bound, Decimal::ONE_HUNDRED, facts)?,
        quantity: Some(quantity.clone()),
    };
    // What a building of the whole shape would be told to cover.
    Some(if covered.value < told_square_metres(&level.area) {
        covered
    } else {
        shape
    })
}

/// The greatest area of all floors: by the floor-area ratio, or by storeys over the greatest footprint.
pub(super) fn floors(
    limits: &[Limit<'_>],
    storeys: Option<&Greatest>,
    footprint: Option<&Greatest>,
    facts: &Facts,
) -> Option<Greatest> {
    let by_ratio = number(limits, "floor_area_ratio", None).map(|(quantity, bound)| {
        let value = of_lot(&bound, Decimal::ONE, facts)?;
        Some(Greatest {
            value,
            quantity: Some(quantity.clone()),
        })
    });
    let by_storeys = storeys.zip(footprint).and_then(|(storeys, footprint)| {
        Some(Greatest {
            value: storeys.value.checked_mul(footprint.value)?,
            quantity: storeys.quantity.clone(),
        })
    });
    match (by_ratio, by_storeys) {
        (Some(ratio), None) => ratio,
        (None, by_storeys) => by_storeys,
        (Some(ratio), Some(storeys)) => ratio.map(|ratio| {
            if ratio.value <= storeys.value {
                ratio
            } else {
                storeys
            }
        }),
    }
}
