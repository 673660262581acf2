//! Kinds of rules: what a rule can limit, in which unit and sense. The numbers stand in packs.
//!
//! A kind has a name and a version. The version grows when the same text of a rule would come to
//! another bound, so a verdict that names it can be computed again.

/// Length of a block of row houses.
pub mod block_length;
/// Distance between buildings.
pub mod building_distance;
/// Distance from a line, a bank, a railway, a road.
pub mod clearance;
/// Who decides.
pub mod competent_office;
/// Share of the lot that the building covers.
pub mod coverage;
/// What the text leaves to an officer.
pub mod discretion;
/// Height of the ground floor.
pub mod floor_one_height;
/// Floor area per area of the lot.
pub mod floor_area_ratio;
/// Share of green.
pub mod green_share;
/// Share of a plan unit that buildings cover.
pub mod gross_coverage;
/// Height where the building line stands.
pub mod height_at_building_line;
/// Land uses on which one may build.
pub mod land_use;
/// What a limited-term permit allows.
pub mod limited_term;
/// Smallest lot.
pub mod minimum_lot;
/// Area in common with a restriction.
pub mod overlap;
/// Exempt, notice, permit, limited term, repair only.
pub mod permit_path;
/// What may reach over the red line.
pub mod projection;
/// Height of the highest point.
pub mod ridge_height;
/// Distance from the lot's edges.
pub mod setback;
/// Distance of upper storeys from the building line.
pub mod step_back;
/// Number of storeys.
pub mod storeys;

/// What a rule of each kind says, and what it comes to at a site.
mod body;

pub use body::{Body, NumberRule, Rounding, Towards};
pub use competent_office::Reading;
pub use permit_path::PermitPath;
pub use storeys::Extra;

use super::bound::Sense;
use super::unit::Unit;

/// Unit and sense of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Unit.
    pub unit: Unit,
    /// Whether rules say how much at most, or at least.
    pub sense: Sense,
}

const fn at_most(unit: Unit) -> Measure {
    Measure {
        unit,
        sense: Sense::AtMost,
    }
}

const fn at_least(unit: Unit) -> Measure {
    Measure {
        unit,
        sense: Sense::AtLeast,
    }
}

/// What a rule of a kind says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// A number of one quantity.
    Number(Measure),
    /// A number of one of these quantities, which the rule names with `of`.
    NumberOf(&'static [(&'static str, Measure)]),
    /// A number for a planning area, which the rule names with `of = "theme/kind"`.
    NumberOfArea(Measure),
    /// Words or codes, one of which must be found.
    Words,
    /// A way to the permit.
    Path,
    /// An office.
    Office,
    /// That an officer decides.
    OfficerDecides,
}

/// A kind of rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Name in packs.
    pub name: &'static str,
    /// Version of its meaning.
    pub version: u32,
    /// What a rule of it says.
    pub says: Says,
}

/// Every kind, in the order in which answers list them.
pub static KINDS: [&Kind; 21] = [
    &permit_path::KIND,
    &competent_office::KIND,
    &land_use::KIND,
    &minimum_lot::KIND,
    &coverage::KIND,
    &gross_coverage::KIND,
    &floor_area_ratio::KIND,
    &storeys::KIND,
    &floor_one_height::KIND,
    &height_at_building_line::KIND,
    &ridge_height::KIND,
    &setback::KIND,
    &step_back::KIND,
    &projection::KIND,
    &building_distance::KIND,
    &block_length::KIND,
    &green_share::KIND,
    &clearance::KIND,
    &overlap::KIND,
    &limited_term::KIND,
    &discretion::KIND,
];

impl Kind {
    /// The kind of a name, if it is one.
    pub fn of_name(name: &str) -> Option<&'static Self> {
        KINDS.iter().copied().find(|kind| kind.name == name)
    }
}

/// What is limited: a kind, and of some kinds which of its quantities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Kind.
    pub kind: &'static Kind,
    /// Such as `rear` of a setback, `power_line` of a clearance, the theme and kind of an area; of
    /// what an officer decides, the pack and the rule.
    pub of: Option<Box<str>>,
}

/// What something limits for every building, wherever it stands (Decree 217/2026, 50.2b: a
/// house conforms to a detailed plan or a regulation of architecture). Where no pack says what, nobody
/// knows it, and nothing is free.
const ALWAYS_LIMITED: [(&Kind, Option<&str>); 9] = [
    (&permit_path::KIND, None),
    (&competent_office::KIND, None),
    (&land_use::KIND, None),
    (&coverage::KIND, None),
    (&floor_area_ratio::KIND, None),
    (&storeys::KIND, None),
    (&ridge_height::KIND, None),
    (&setback::KIND, Some("front")),
    (&setback::KIND, Some("rear")),
];

impl Quantity {
    /// What something limits for every building, in the order of kinds.
    pub fn always_limited() -> impl Iterator<Item = Self> {
        let each = ALWAYS_LIMITED.iter();
        each.map(|&(kind, of)| Self {
            kind,
            of: of.map(Into::into),
        })
    }

    /// Whether something limits it for every building.
    pub fn is_always_limited(&self) -> bool {
        let same = |(kind, of): &(&Kind, Option<&str>)| {
            kind.name == self.kind.name && *of == self.of.as_deref()
        };
        ALWAYS_LIMITED.iter().any(same)
    }

    /// The unit of a number of it.
    pub fn unit(&self) -> Option<Unit> {
        let own = self.of.as_deref();
        match self.kind.says {
            Says::Number(measure) | Says::NumberOfArea(measure) => Some(measure.unit),
            Says::NumberOf(known) => {
                let own = known.iter().find(|(of, _)| Some(*of) == own);
                own.map(|(_, measure)| measure.unit)
            }
            Says::Words | Says::Path | Says::Office | Says::OfficerDecides => None,
        }
    }

    fn place(&self) -> usize {
        let place = KINDS.iter().position(|kind| kind.name == self.kind.name);
        place.unwrap_or(KINDS.len())
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.place(), &self.of).cmp(&(other.place(), &other.of))
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind.name)?;
        match &self.of {
            Some(of) => write!(f, "/{of}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_kind_and_kinds_have_an_order() {
        for kind in KINDS {
            assert_eq!(Kind::of_name(kind.name), Some(kind));
        }
        let quantity = |kind, of: Option<&str>| Quantity {
            kind,
            of: of.map(Into::into),
        };
        let rear = quantity(&setback::KIND, Some("rear"));
        assert_eq!(rear.to_string(), "setback/rear");
        assert_eq!(rear.unit(), Some(Unit::Metre));
        assert_eq!(quantity(&coverage::KIND, None).unit(), Some(Unit::Percent));
        assert_eq!(quantity(&permit_path::KIND, None).unit(), None);
        assert!(quantity(&coverage::KIND, None) < rear);
        assert!(quantity(&setback::KIND, Some("front")) < rear);
    }
}
