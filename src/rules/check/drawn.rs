//! What follows from the parts that are drawn: facts, and what is found of them for each quantity.

use super::found::{Found, FoundValue, Witness, to_edges};
use super::part::{Part, PartKind};
use super::proposal::Proposal;
use super::reach::{OverStreet, Place, Reach, place};
use crate::geometry::overlay::{intersection, union_all};
use crate::geometry::{MultiPolygon, Polygon};
use crate::rules::facts::{Fact, Facts, InvalidFact, Knowledge, Origin};
use crate::rules::parameter::Parameter;
use crate::rules::site::{Facing, Site, square_metres};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What is found of drawn parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    /// Where each part lies, in the order in which they are drawn.
    pub places: Vec<Place>,
    /// What is found, by the name of the quantity.
    pub own: BTreeMap<&'static str, Own>,
    /// The building with all that stands out from it over its own lot, where anything does.
    pub wider: Option<MultiPolygon>,
}

/// What is found for a quantity.
#[derive(Debug, Clone)]
pub(super) struct Own {
    /// What is found; nothing when nobody can measure it.
    pub found: Option<Found>,
    /// Whether it may pass: it is drawn whole, and nothing that is stated contradicts it.
    pub sure: bool,
    /// Whether nothing of it is judged by the street by which the rules go, and all by others.
    pub by_others_alone: bool,
}

/// The parameter that says the same as a drawing.
const PARAMETERS: [(&str, Parameter); 6] = [
    (BALCONY, Parameter::Balcony),
    (UNDERSIDE, Parameter::BalconyUnderside),
    (LOW_PARTS, Parameter::LowParts),
    (PERGOLA_HEIGHT, Parameter::PergolaHeight),
    (PERGOLA_OPEN, Parameter::PergolaOpen),
    (RAMP, Parameter::RampSetback),
];

/// Names of quantities.
pub(super) const BALCONY: &str = "projection/balcony";
pub(super) const UNDERSIDE: &str = "projection/underside";
pub(super) const LOW_PARTS: &str = "projection/low_parts";
pub(super) const PERGOLA_HEIGHT: &str = "projection/pergola_height";
pub(super) const PERGOLA_OPEN: &str = "projection/pergola_open";
pub(super) const RAMP: &str = "setback/ramp";

impl Drawn {
    /// What is found of the parts of a proposal on its site.
    pub fn of(site: &Site, proposal: &Proposal) -> Self {
        let parts = &proposal.building.parts;
        let places = parts
            .iter()
            .map(|part| place(site, proposal, part.outline()));
        let mut drawn = Self {
            places: places.collect(),
            own: BTreeMap::new(),
            wider: wider(site, proposal),
        };
        let placed: Vec<(&Part, &Place)> = parts.iter().zip(&drawn.places).collect();
        let of = |kinds: &[PartKind]| {
            let own = placed
                .iter()
                .filter(|(part, _)| kinds.contains(&part.kind()));
            own.copied().collect::<Vec<_>>()
        };
        let balconies = of(&[PartKind::Balcony, PartKind::Canopy]);
        let mut own = BTreeMap::new();
        own.extend(reaching(&balconies).map(|own| (BALCONY, own)));
        own.extend(underside(&balconies).map(|own| (UNDERSIDE, own)));
        own.extend(reaching(&of(&[PartKind::LowPart])).map(|own| (LOW_PARTS, own)));
        let pergolas = of(&[PartKind::Pergola]);
        own.extend(pergola_height(&pergolas).map(|own| (PERGOLA_HEIGHT, own)));
        own.extend(pergola_open(&pergolas).map(|own| (PERGOLA_OPEN, own)));
        own.extend(ramp(site, &of(&[PartKind::Ramp])).map(|own| (RAMP, own)));
        drawn.own = own;
        drawn
    }

    /// Takes into the facts what is drawn, in the place of what is stated.
    ///
    /// # Errors
    /// [`InvalidFact`] for a size that no part has.
    pub fn set(&self, facts: &mut Facts) -> Result<(), InvalidFact> {
        for (name, parameter) in PARAMETERS {
            let Some(own) = self.own.get(name) else {
                continue;
            };
            let fact = match own.found.as_ref().map(|found| &found.value) {
                Some(FoundValue::Number(number)) => Fact::Number(*number),
                Some(FoundValue::Absent) => Fact::Absent,
                Some(FoundValue::Word(_)) | None => {
                    facts.set_unknown(parameter, "part_not_measured");
                    continue;
                }
            };
            facts.set(parameter, fact, Origin::Derived)?;
        }
        Ok(())
    }

    /// What is drawn and stated otherwise may not pass.
    pub fn doubt(&mut self, contradicted: &[Parameter]) {
        for (name, parameter) in PARAMETERS {
            if let Some(own) = self.own.get_mut(name)
                && contradicted.contains(&parameter)
            {
                own.sure = false;
            }
        }
    }

    /// Whether what is drawn of a parameter and what is stated are the same: no reach is as good as
    /// none.
    pub fn says_none(parameter: Parameter, known: &Knowledge, stated: &Fact) -> bool {
        let is_reach = matches!(parameter, Parameter::Balcony | Parameter::LowParts);
        let none =
            |fact: &Fact| matches!(fact, Fact::Absent) || *fact == Fact::Number(Decimal::ZERO);
        match known {
            Knowledge::Known { fact, .. } => is_reach && none(fact) && none(stated),
            Knowledge::Unknown { .. } => false,
        }
    }
}

/// The building and what stands out from it, as far as it lies on its own lot.
fn wider(site: &Site, proposal: &Proposal) -> Option<MultiPolygon> {
    let parts = proposal.building.parts.iter();
    let standing_out = parts.filter(|part| part.kind().stands_out());
    let inside = standing_out.filter_map(Part::area);
    let inside: Vec<MultiPolygon> = inside
        .map(|area| intersection(area, &site.ground))
        .filter(|area| !area.0.is_empty())
        .collect();
    if inside.is_empty() {
        return None;
    }
    Some(union_all(std::iter::once(&*proposal.body()).chain(&inside)))
}

fn metres(mm: i64) -> Decimal {
    Decimal::new(mm, 3)
}

/// How far parts reach over the street: the farthest of them.
fn reaching(parts: &[(&Part, &Place)]) -> Option<Own> {
    if parts.is_empty() {
        return None;
    }
    let (mut first, mut other): (Option<Reach>, Option<Reach>) = (None, None);
    let farther = |one: Option<Reach>, own: Option<Reach>| match (one, own) {
        (Some(one), Some(own)) if own.mm > one.mm => Some(own),
        (one, own) => one.or(own),
    };
    let (mut sure, mut measured) = (true, true);
    for (_, place) in parts {
        match place {
            Place::Within | Place::InCorridor(_) => {}
            Place::OverStreet(OverStreet {
                reach,
                others,
                aside,
                ..
            }) => {
                sure &= !aside;
                measured &= reach.is_some() || !others.is_empty();
                first = farther(first, *reach);
                other = others
                    .iter()
                    .fold(other, |far, (_, own)| farther(far, *own));
            }
            Place::Beyond(_) | Place::Marginal => sure = false,
            Place::Unknown => measured = false,
        }
    }
    let found = match first.or(other) {
        Some(reach) => Found {
            value: FoundValue::Number(metres(reach.mm)),
            witness: Some(Witness::Segment(reach.from, reach.to)),
        },
        None => Found {
            value: FoundValue::Absent,
            witness: None,
        },
    };
    Some(Own {
        found: measured.then_some(found),
        sure,
        by_others_alone: first.is_none() && other.is_some(),
    })
}

fn is_over_street(place: &Place) -> bool {
    !matches!(place, Place::Within | Place::InCorridor(_))
}

/// The lowest underside over the street.
fn underside(parts: &[(&Part, &Place)]) -> Option<Own> {
    if parts.is_empty() {
        return None;
    }
    let over: Vec<&(&Part, &Place)> = parts
        .iter()
        .filter(|(_, place)| is_over_street(place))
        .collect();
    if over.is_empty() {
        return Some(Own::sure(Some(Found {
            value: FoundValue::Absent,
            witness: None,
        })));
    }
    let heights = over.iter().filter_map(|(part, _)| part.from_m());
    // Where none is drawn with its height, it may be stated.
    let least = heights.min()?;
    let lowest = over.iter().find(|(part, _)| part.from_m() == Some(least));
    let witness = lowest.and_then(|(_, place)| match place {
        Place::OverStreet(own) => Some(own.over.clone()),
        _ => None,
    });
    Some(Own {
        found: Some(Found {
            value: FoundValue::Number(least),
            witness,
        }),
        sure: over.iter().all(|(part, _)| part.from_m().is_some()),
        by_others_alone: false,
    })
}

/// The tallest pergola, where each has its heights.
fn pergola_height(parts: &[(&Part, &Place)]) -> Option<Own> {
    let tall = |part: &Part| Some((part.to_m()? - part.from_m()?, part.area()?.clone()));
    let all: Vec<_> = parts.iter().filter_map(|(part, _)| tall(part)).collect();
    let sure = all.len() == parts.len();
    let (height, area) = all.into_iter().max_by_key(|(height, _)| *height)?;
    Some(Own {
        found: Some(Found {
            value: FoundValue::Number(height),
            witness: Some(Witness::Area(area)),
        }),
        sure,
        by_others_alone: false,
    })
}

/// The least open share of pergolas whose openings are drawn, in per cent.
fn pergola_open(parts: &[(&Part, &Place)]) -> Option<Own> {
    let open = |part: &Part| {
        let area = part.area()?;
        let polygons = area.0.iter();
        let without_holes = polygons.map(|polygon| Polygon {
            exterior: polygon.exterior.clone(),
            interiors: Vec::new(),
        });
        let all = square_metres(&MultiPolygon(without_holes.collect()));
        let closed = square_metres(area);
        if closed == all {
            return None;
        }
        let share = all.checked_sub(closed)?.checked_div(all)?;
        // Rounded down: a share that is not open enough never becomes so.
        let share = share.checked_mul(Decimal::ONE_HUNDRED)?.trunc_with_scale(4);
        Some((share, area.clone()))
    };
    let all: Vec<_> = parts.iter().filter_map(|(part, _)| open(part)).collect();
    let sure = all.len() == parts.len();
    let (share, area) = all.into_iter().min_by_key(|(share, _)| *share)?;
    Some(Own {
        found: Some(Found {
            value: FoundValue::Number(share),
            witness: Some(Witness::Area(area)),
        }),
        sure,
        by_others_alone: false,
    })
}

/// How far the nearest ramp stays from the red lines.
fn ramp(site: &Site, parts: &[(&Part, &Place)]) -> Option<Own> {
    if parts.is_empty() {
        return None;
    }
    let areas = union_all(parts.iter().filter_map(|(part, _)| part.area()));
    let on_street = |facing| matches!(facing, Facing::Road(_));
    let mut found = to_edges(site, &areas, on_street);
    let reaches = parts.iter().any(|(_, place)| match place {
        Place::OverStreet(_) | Place::Beyond(_) | Place::Unknown => true,
        Place::Within | Place::InCorridor(_) | Place::Marginal => false,
    });
    if reaches && let Some(found) = &mut found {
        found.value = FoundValue::Number(Decimal::ZERO);
    }
    Some(Own::sure(found))
}

impl Own {
    /// What is found, and may pass.
    pub const fn sure(found: Option<Found>) -> Self {
        Self::of(found, true)
    }

    /// What is found at least, and may not pass.
    pub const fn open(found: Option<Found>) -> Self {
        Self::of(found, false)
    }

    /// What is found, and whether it may pass.
    pub const fn of(found: Option<Found>, sure: bool) -> Self {
        Self {
            found,
            sure,
            by_others_alone: false,
        }
    }
}
