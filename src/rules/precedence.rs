//! Which of several rules that limit one quantity binds.
//!
//! The highest of the first two levels that states the quantity governs and replaces the other; the
//! zoning plan caps storeys, heights and floor-area ratio; the national standard and the law cap always,
//! except where they yield by their own text; within a level the strictest binds. What is not known
//! counts as soon as it could make the answer another one.

use std::collections::BTreeSet;

use super::bound::{Bound, NumberBound};
use super::condition::{Lack, Truth, all_hold};
use super::facts::Facts;
use super::kinds::{Body, Quantity, Reading, Says, land_use};
use super::level::Level;
use super::limits::{Considered, Limit, Role};
use super::silence::{silence, silenced};

/// Quantities that the zoning plan caps whatever governs.
const CAPPED_BY_ZONING: [&str; 4] = [
    "storeys",
    "height_at_building_line",
    "ridge_height",
    "floor_area_ratio",
];

/// What is decided of a quantity, with the role of each rule.
pub fn decide<'p>(
    quantity: Quantity,
    mut considered: Vec<Considered<'p>>,
    facts: &Facts,
) -> Limit<'p> {
    for each in &mut considered {
        each.role = first_role(each);
    }
    replace(&quantity, &mut considered);
    let open_yielding = give_way(&mut considered, facts);
    let (bound, certain) = match quantity.kind.says {
        Says::Number(_) | Says::NumberOf(_) | Says::NumberOfArea(_) => {
            let zoned = !CAPPED_BY_ZONING.contains(&quantity.kind.name);
            strictest(&mut considered, &open_yielding, zoned)
        }
        Says::Words => (common_words(&mut considered), None),
        Says::Path => (strictest_path(&mut considered), None),
        Says::Office => (one_office(&mut considered), None),
        Says::OfficerDecides => (look(&mut considered), None),
    };
    let (bound, certain) = match silence(&quantity, &considered) {
        Some(lacks) => silenced(bound, certain, lacks),
        None => (bound, certain),
    };
    Limit {
        quantity,
        bound,
        certain,
        considered,
    }
}

/// The role as far as the rule alone decides it: what is in play is `Looser` until it binds, or `Open`.
fn first_role(each: &Considered<'_>) -> Role {
    match (&each.applies, &each.bound) {
        (Truth::False, _) => Role::Apart,
        (_, Bound::None) => Role::SetsNone,
        (Truth::True, Bound::Unknown(_) | Bound::Unconfirmed) | (Truth::Unknown(_), _) => {
            Role::Open
        }
        (Truth::True, _) => match each.rule.body {
            Body::Office {
                reading: Reading::Shown,
                ..
            } => Role::OtherReading,
            _ => Role::Looser,
        },
    }
}

const fn in_play(role: Role) -> bool {
    matches!(role, Role::Looser | Role::Open)
}

/// Puts aside what a higher level replaces.
fn replace(quantity: &Quantity, considered: &mut [Considered<'_>]) {
    let states = |considered: &[Considered<'_>], level: Level, role: Role| {
        considered
            .iter()
            .any(|c| c.pack.level == level && c.role == role)
    };
    let put_aside = |considered: &mut [Considered<'_>], level: Level| {
        let lower = considered.iter_mut().filter(|c| c.pack.level == level);
        lower
            .filter(|c| in_play(c.role))
            .for_each(|c| c.role = Role::Replaced);
    };
    let plan = states(considered, Level::DetailedPlan, Role::Looser);
    if plan {
        put_aside(considered, Level::ArchitectureRegulation);
    }
    let governed = plan || states(considered, Level::ArchitectureRegulation, Role::Looser);
    if governed && !CAPPED_BY_ZONING.contains(&quantity.kind.name) {
        put_aside(considered, Level::Zoning);
    }
}

/// Lets rules give way by their own text; those of which it is not known are told.
fn give_way(considered: &mut [Considered<'_>], facts: &Facts) -> Vec<(usize, BTreeSet<Lack>)> {
    let stated: Vec<(Level, Role)> = considered.iter().map(|c| (c.pack.level, c.role)).collect();
    let mut open = Vec::new();
    for (place, each) in considered.iter_mut().enumerate() {
        let Some(yields) = &each.rule.yields else {
            continue;
        };
        if !in_play(each.role) {
            continue;
        }
        let sure = stated
            .iter()
            .any(|(l, r)| yields.to.contains(l) && *r == Role::Looser);
        let perhaps = stated
            .iter()
            .any(|(l, r)| yields.to.contains(l) && *r == Role::Open);
        match all_hold(&yields.when, facts) {
            Truth::True if sure => each.role = Role::Yields,
            Truth::Unknown(lacks) if sure || perhaps => open.push((place, lacks)),
            Truth::True if perhaps => open.push((place, BTreeSet::new())),
            _ => {}
        }
    }
    open
}

fn number(each: &Considered<'_>) -> Option<NumberBound> {
    match each.bound {
        Bound::Number(bound) => Some(bound),
        _ => None,
    }
}

fn stricter(one: Option<NumberBound>, other: NumberBound) -> Option<NumberBound> {
    match one {
        Some(one) if !other.is_stricter_than(&one) => Some(one),
        _ => Some(other),
    }
}

/// Whether a rule is of a level that governs, not only caps.
fn governs(each: &Considered<'_>) -> bool {
    matches!(
        each.pack.level,
        Level::DetailedPlan | Level::ArchitectureRegulation
    )
}

/// The strictest of what is in play. Where `zoned`, a zoning plan states the quantity only until a
/// higher level does.
fn strictest(
    considered: &mut [Considered<'_>],
    open_yielding: &[(usize, BTreeSet<Lack>)],
    zoned: bool,
) -> (Bound, Option<NumberBound>) {
    let may_yield = |place: usize| open_yielding.iter().find(|(at, _)| *at == place);
    let sure = |(place, c): &(usize, &Considered<'_>)| {
        c.role == Role::Looser && may_yield(*place).is_none()
    };
    let of = |governing: Option<bool>, considered: &[Considered<'_>]| {
        let places = considered.iter().enumerate().filter(sure);
        let wanted = places.filter(|(_, c)| governing.is_none_or(|g| g == governs(c)));
        wanted.filter_map(|(_, c)| number(c)).fold(None, stricter)
    };
    let (base, all) = (of(Some(true), considered), of(None, considered));
    let zoned = zoned
        && considered
            .iter()
            .any(|c| c.pack.level == Level::Zoning && c.role == Role::Looser);
    // What may state the quantity may replace what stands below it, also by something freer.
    let replaces = |c: &Considered<'_>| match c.pack.level {
        Level::DetailedPlan => true,
        Level::ArchitectureRegulation => zoned,
        _ => false,
    };
    let replaced = considered
        .iter()
        .any(|c| c.role == Role::Open && replaces(c));
    let certain = if replaced {
        standing(considered, open_yielding)
    } else {
        all
    };

    let mut open = StillOpen::default();
    for (place, each) in considered.iter().enumerate() {
        let yielding = may_yield(place).map(|(_, lacks)| lacks);
        let matters = match (number(each), all) {
            (Some(bound), Some(all)) => {
                bound.is_stricter_than(&all) || replaces(each) && bound != all
            }
            _ => true,
        };
        if matters && (each.role == Role::Open || yielding.is_some()) {
            open.take(each, yielding);
        }
    }
    give_roles(considered, base, all, open_yielding);
    (open.or(all), certain)
}

/// What could make the answer another one.
#[derive(Default)]
struct StillOpen {
    unknown: bool,
    unconfirmed: bool,
    lacks: BTreeSet<Lack>,
}

impl StillOpen {
    /// The bound where nothing is open, and else what is.
    fn or(self, bound: Option<NumberBound>) -> Bound {
        match self {
            Self {
                unknown: true,
                lacks,
                ..
            } => Bound::Unknown(lacks),
            Self {
                unconfirmed: true, ..
            } => Bound::Unconfirmed,
            _ => bound.map_or(Bound::None, Bound::Number),
        }
    }

    fn take(&mut self, each: &Considered<'_>, yielding: Option<&BTreeSet<Lack>>) {
        if (&each.applies, &each.bound) == (&Truth::True, &Bound::Unconfirmed) {
            self.unconfirmed = true;
            return;
        }
        self.unknown = true;
        self.lacks.extend(yielding.into_iter().flatten().cloned());
        if let Truth::Unknown(missing) = &each.applies {
            self.lacks.extend(missing.iter().cloned());
        }
        if let Bound::Unknown(missing) = &each.bound {
            self.lacks.extend(missing.iter().cloned());
        }
    }
}

/// The strictest of what nothing replaces and what does not give way: the standard and the law.
fn standing(
    considered: &[Considered<'_>],
    open_yielding: &[(usize, BTreeSet<Lack>)],
) -> Option<NumberBound> {
    let stands = |(place, c): &(usize, &Considered<'_>)| {
        matches!(c.pack.level, Level::NationalStandard | Level::Law)
            && c.role == Role::Looser
            && c.rule.yields.is_none()
            && !open_yielding.iter().any(|(at, _)| at == place)
    };
    let places = considered.iter().enumerate().filter(stands);
    places.filter_map(|(_, c)| number(c)).fold(None, stricter)
}

/// Says of each number that is known whether it governs, caps or is looser.
fn give_roles(
    considered: &mut [Considered<'_>],
    base: Option<NumberBound>,
    all: Option<NumberBound>,
    open_yielding: &[(usize, BTreeSet<Lack>)],
) {
    for (place, each) in considered.iter_mut().enumerate() {
        if each.role != Role::Looser {
            continue;
        }
        if open_yielding.iter().any(|(at, _)| *at == place) {
            each.role = Role::Open;
            continue;
        }
        let bound = number(each);
        let binds = bound.is_some() && bound == all;
        let is_base = governs(each) || base.is_none();
        each.role = match () {
            () if is_base && bound == base.or(all) => Role::Governs,
            () if binds && base != all => Role::Caps,
            () => Role::Looser,
        };
    }
}

/// What is lacking of rules that may apply.
fn open_lacks(considered: &[Considered<'_>]) -> Option<BTreeSet<Lack>> {
    let open = considered.iter().filter(|c| c.role == Role::Open);
    let lacks = open.map(|c| match &c.applies {
        Truth::Unknown(lacks) => lacks.clone(),
        _ => BTreeSet::new(),
    });
    lacks.reduce(|one, other| &one | &other)
}

fn common_words(considered: &mut [Considered<'_>]) -> Bound {
    if let Some(lacks) = open_lacks(considered) {
        return Bound::Unknown(lacks);
    }
    let mut common: Option<Vec<Box<str>>> = None;
    for each in considered.iter_mut().filter(|c| c.role == Role::Looser) {
        if let Bound::Words(words) = &each.bound {
            common = Some(match common {
                Some(before) => land_use::common(&before, words),
                None => words.clone(),
            });
            each.role = Role::Governs;
        }
    }
    common.map_or(Bound::None, Bound::Words)
}

fn strictest_path(considered: &mut [Considered<'_>]) -> Bound {
    let path = |each: &Considered<'_>| match each.bound {
        Bound::Path(path) => Some(path),
        _ => None,
    };
    let sure = considered.iter().filter(|c| c.role == Role::Looser);
    let sure = sure.filter_map(path).max();
    let open = considered.iter().filter(|c| c.role == Role::Open);
    let stricter = open.filter(|c| path(c) > sure);
    let lacks = stricter.filter_map(|c| match &c.applies {
        Truth::Unknown(lacks) => Some(lacks.clone()),
        _ => None,
    });
    let lacks = lacks.reduce(|one, other| &one | &other);
    for each in considered.iter_mut().filter(|c| c.role == Role::Looser) {
        if path(each) == sure {
            each.role = Role::Governs;
        }
    }
    match (lacks, sure) {
        (Some(lacks), _) => Bound::Unknown(lacks),
        (None, Some(path)) => Bound::Path(path),
        (None, None) => Bound::None,
    }
}

/// The office to which all rules that route agree to send the case; if they do not, an officer decides.
fn one_office(considered: &mut [Considered<'_>]) -> Bound {
    let routes = |c: &&mut Considered<'_>| c.role == Role::Looser;
    let mut office: Option<Bound> = None;
    for each in considered.iter_mut().filter(routes) {
        each.role = Role::Governs;
        office = Some(match office {
            Some(before) if before != each.bound => Bound::OfficerDecides,
            _ => each.bound.clone(),
        });
    }
    let shown = |c: &Considered<'_>| matches!(c.rule.body, Body::Office { reading, .. } if reading == Reading::Shown);
    let open: Vec<_> = considered.iter().filter(|c| !shown(c)).cloned().collect();
    match open_lacks(&open) {
        Some(lacks) => Bound::Unknown(lacks),
        None => office.unwrap_or(Bound::None),
    }
}

fn look(considered: &mut [Considered<'_>]) -> Bound {
    if let Some(lacks) = open_lacks(considered) {
        return Bound::Unknown(lacks);
    }
    let mut looks = false;
    for each in considered.iter_mut().filter(|c| c.role == Role::Looser) {
        each.role = Role::Governs;
        looks = true;
    }
    if looks {
        Bound::OfficerDecides
    } else {
        Bound::None
    }
}
