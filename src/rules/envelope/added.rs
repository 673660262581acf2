//! Storeys that may be added: what is taken not to be so where nobody says it, so that what is told as
//! allowed is certain, and what may be added under which condition, beside it.

use super::greatest::Greatest;
use super::kept::{greatest_mm, least_mm};
use super::lacking::{Lacking, LackingReason};
use super::reading::Asked;
use super::{Envelope, Extent};
use crate::geometry::MultiPolygon;
use crate::rules::bound::Bound;
use crate::rules::condition::{Condition, Truth, all_hold};
use crate::rules::facts::{Fact, Facts, InvalidFact, Origin};
use crate::rules::kinds::{Body, Extra, NumberRule};
use crate::rules::limits::{Considered, Limit, Role, limits};
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use rust_decimal::Decimal;

/// Something that nobody says of a site or a building, and as what it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumed {
    /// What.
    pub parameter: Parameter,
    /// As what: the value with which no more is allowed than with any other. That a building has no
    /// added storey is a choice of whoever builds.
    pub value: bool,
}

/// What may be added to the storeys of the table.
#[derive(Debug)]
pub struct Added<'p> {
    /// By what, unless it does not apply.
    pub ways: Vec<Way<'p>>,
    /// The greatest number of storeys then, if the conditions hold that are not known.
    pub storeys: Option<Greatest>,
    /// The greatest height of the highest point then, in millimetres.
    pub top_mm: Option<u32>,
    /// The height at the building line, in millimetres.
    pub at_line_mm: Option<u32>,
    /// How far the added storey stands behind the building line, in millimetres, at whatever height
    /// it begins.
    pub back_mm: Option<u32>,
}

/// A reason for which a storey may be added.
#[derive(Debug)]
pub struct Way<'p> {
    /// What the table says of it.
    pub extra: &'p Extra,
    /// Whether it holds, as far as it is known.
    pub holds: Truth,
}

/// What is taken where nobody says it: no added storey, and none of what only lets one be added.
pub(super) fn assumed(packs: &[Pack], known: &Facts) -> Vec<Assumed> {
    let unknown = |parameter: Parameter| known.find(parameter).is_none();
    let mut reasons: Vec<(Parameter, bool)> = Vec::new();
    for extra in packs.iter().flat_map(numbers).flat_map(|n| &n.extras) {
        extra.when.iter().for_each(|condition| {
            condition.walk(&mut |condition| {
                if let Condition::Truth { parameter, is } = condition {
                    reasons.push((*parameter, *is));
                }
            });
        });
    }
    let mut taken = Vec::new();
    if !reasons.is_empty() && unknown(Parameter::AddedStorey) {
        taken.push((Parameter::AddedStorey, false));
    }
    for &(parameter, is) in &reasons {
        let said = reasons.iter().filter(|(own, _)| *own == parameter);
        let goes_one_way = said.clone().all(|(_, other)| *other == is);
        // Whatever it is, it says nothing else.
        let is_alone = times(packs, parameter) == said.count();
        if unknown(parameter) && goes_one_way && is_alone && !taken.contains(&(parameter, !is)) {
            taken.push((parameter, !is));
        }
    }
    let each = taken.into_iter();
    each.map(|(parameter, value)| Assumed { parameter, value })
        .collect()
}

/// How often the conditions of packs ask for a parameter.
fn times(packs: &[Pack], parameter: Parameter) -> usize {
    let mut times = 0;
    for pack in packs {
        pack.each_condition(&mut |condition| {
            times += usize::from(condition.parameter() == Some(parameter));
        });
    }
    times
}

fn numbers(pack: &Pack) -> impl Iterator<Item = &NumberRule> {
    pack.rules.iter().filter_map(|rule| match &rule.body {
        Body::Number(number) => Some(&**number),
        _ => None,
    })
}

/// Tables of storeys that apply, to which storeys may be added.
fn tables<'p>(limits: &[Limit<'p>]) -> impl Iterator<Item = (&'p Pack, &'p NumberRule)> {
    let storeys = limits
        .iter()
        .filter(|limit| limit.quantity.kind.name == "storeys");
    let considered = storeys.flat_map(|limit| &limit.considered);
    let in_play = |each: &&Considered<'p>| {
        each.applies == Truth::True && !matches!(each.role, Role::Replaced | Role::Yields)
    };
    considered
        .filter(in_play)
        .filter_map(|each| match &each.rule.body {
            Body::Number(number) if !number.extras.is_empty() => Some((each.pack, &**number)),
            _ => None,
        })
}

/// The least number of storeys that tables have without what may be added.
pub(super) fn base(limits: &[Limit<'_>], facts: &Facts) -> Option<Decimal> {
    let bases = tables(limits).filter_map(|(pack, number)| number.base(&pack.facts_for(facts)));
    bases.min()
}

/// Where a storey is said to be added and the table adds none for certain: the heights of a building
/// with an added storey are for no other.
pub(super) fn no_added_storey(
    limits: &[Limit<'_>],
    storeys: Option<&Greatest>,
    facts: &Facts,
) -> Option<Lacking> {
    if facts.find(Parameter::AddedStorey) != Some(&Fact::Truth(true)) {
        return None;
    }
    let base = base(limits, facts);
    let adds = storeys
        .zip(base)
        .is_some_and(|(own, base)| own.value > base);
    let of_storeys = |limit: &&Limit<'_>| limit.quantity.kind.name == "storeys";
    let limit = limits.iter().find(of_storeys).filter(|_| !adds)?;
    Some(Lacking::of(limit, LackingReason::NoAddedStorey))
}

impl<'p> Asked<'_, 'p> {
    /// What may be added to a building of this outline, where the envelope without it is known; nothing
    /// where no table adds anything.
    pub fn added(
        &self,
        outline: &MultiPolygon,
        envelope: &Envelope<'p>,
    ) -> Result<Option<Added<'p>>, InvalidFact> {
        let facts = self.facts(outline, 1)?;
        let own = limits(self.packs, &facts, self.day);
        let mut ways: Vec<Way<'p>> = Vec::new();
        for (pack, number) in tables(&own) {
            let facts = pack.facts_for(&facts);
            let allowed = all_hold(&number.extra_when, &facts);
            for extra in &number.extras {
                let holds = allowed.clone().and(all_hold(&extra.when, &facts));
                if holds != Truth::False {
                    ways.push(Way { extra, holds });
                }
            }
        }
        if ways.is_empty() {
            return Ok(None);
        }
        if self.stated.find(Parameter::AddedStorey) == Some(&Fact::Truth(true)) {
            return Ok(Some(Added::of(ways, envelope)));
        }
        // As if all held of which nobody knows whether it does.
        let mut stated = self.stated.clone();
        let mut hold = vec![(Parameter::AddedStorey, true)];
        for way in ways.iter().filter(|way| way.holds != Truth::True) {
            for condition in &way.extra.when {
                if let Condition::Truth { parameter, is } = condition {
                    hold.push((*parameter, *is));
                }
            }
        }
        for (parameter, is) in hold {
            stated.set(parameter, Fact::Truth(is), Origin::Derived)?;
        }
        let with_it = Asked {
            stated: &stated,
            ..*self
        };
        let with_it = with_it.envelope()?;
        Ok(Some(Added::of(ways, &with_it)))
    }
}

impl<'p> Added<'p> {
    /// What a building has with an added storey; no sizes where these are not known.
    fn of(ways: Vec<Way<'p>>, envelope: &Envelope<'p>) -> Self {
        let top = envelope.levels.last();
        let number = |kind: &str, of: Option<&str>| {
            let named = |limit: &&Limit<'p>| {
                let quantity = &limit.quantity;
                (quantity.kind.name, quantity.of.as_deref()) == (kind, of)
            };
            match top?.limits.iter().find(named)?.bound {
                Bound::Number(number) => Some(number),
                _ => None,
            }
        };
        let is_known = envelope.extent == Extent::Known;
        let back = number("step_back", Some("added_storey"));
        let at_line = number("height_at_building_line", None);
        Self {
            ways,
            storeys: envelope.storeys.clone().filter(|_| is_known),
            top_mm: top.and_then(|level| level.to_mm),
            at_line_mm: at_line.map(|number| greatest_mm(&number)),
            back_mm: back.and_then(|number| least_mm(&number)),
        }
    }
}
