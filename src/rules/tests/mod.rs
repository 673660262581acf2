//! What the packs of the program come to, and what wrong packs and odd facts come to.

mod any_facts;
mod boundaries;
mod permits;
mod precedence;
mod worked;
mod wrong_packs;

use std::sync::LazyLock;

use super::{AreaName, Bound, Decimal, Facts, Limit, Origin, Pack, built_in_packs, limits};
use crate::cadastre::Day;

static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let mut packs = built_in_packs().expect("packs without a mistake");
    packs.retain(|pack| !pack.illustration);
    packs
});

/// Every pack of the program that is law.
fn packs() -> &'static [Pack] {
    &PACKS
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a decimal")
}

/// Facts as `name=value`, later ones in the place of earlier ones.
fn facts(stated: &[&str]) -> Facts {
    let mut facts = Facts::new();
    for fact in stated {
        let (name, value) = fact.split_once('=').expect("name=value");
        facts.state(name, value).expect(fact);
    }
    facts
}

/// No numbers of plans for the lot.
const NO_PLANS: [&str; 8] = [
    "zoning_storeys_max=none",
    "zoning_height_max_m=none",
    "zoning_floor_area_ratio_max=none",
    "detailed_coverage_max_percent=none",
    "detailed_storeys_max=none",
    "detailed_height_max_m=none",
    "detailed_floor_area_ratio_max=none",
    "detailed_front_setback_m=none",
];

/// A row house in an existing area, neither central nor on a commercial street, without plans that
/// state numbers; what differs is added.
fn row_house(stated: &[&str]) -> Facts {
    let usual = [
        "ward=26743",
        "development=existing",
        "building_kind=row_house",
        "central_district=false",
        "commercial_street=false",
        "commercial_axis=false",
        "corner_lot=false",
        "through_lot=false",
        "regional_road=false",
        "building_line_on_red_line=true",
        "added_storey=false",
        "sidewalk_m=3",
        "set_back_row_length_m=0",
        "most_of_block_set_back=false",
    ];
    outside_areas(facts(&[&usual, NO_PLANS.as_slice(), stated].concat()))
}

/// In none of the areas for which packs have rules of their own.
fn outside_areas(mut facts: Facts) -> Facts {
    for (theme, kind) in AREAS {
        let area = AreaName {
            theme: theme.into(),
            kind: kind.into(),
        };
        facts.set_inside(area, false, Origin::Derived);
    }
    facts
}

const AREAS: [(&str, &str); 5] = [
    ("architecture", "core_930"),
    ("architecture", "university_village"),
    ("architecture", "south_city"),
    ("heritage", "heritage_protection_zone_1"),
    ("heritage", "heritage_protection_zone_2"),
];

const TODAY: &str = "2026-11-30";

fn limit_on<'p>(packs: &'p [Pack], facts: &Facts, on: &str, quantity: &str) -> Limit<'p> {
    let all = limits(packs, facts, day(on));
    let found = all.into_iter().find(|l| l.quantity.to_string() == quantity);
    found.unwrap_or_else(|| unreachable!("no limit of {quantity}"))
}

/// The bound of a quantity today as a text: the number, `none`, `unconfirmed`, `unknown`, a word.
fn bound(packs: &[Pack], facts: &Facts, quantity: &str) -> String {
    bound_on(packs, facts, TODAY, quantity)
}

fn bound_on(packs: &[Pack], facts: &Facts, on: &str, quantity: &str) -> String {
    match limit_on(packs, facts, on, quantity).bound {
        Bound::Number(bound) => bound.value.to_string(),
        Bound::Words(words) => words.join(" "),
        Bound::Path(path) => path.as_str().to_owned(),
        Bound::Office(office) => office.into(),
        Bound::OfficerDecides => "officer".to_owned(),
        Bound::None => "none".to_owned(),
        Bound::Unconfirmed => "unconfirmed".to_owned(),
        Bound::Unknown(_) => "unknown".to_owned(),
    }
}
