//! What is told equals brute force: two worlds are built, and every parcel is asked in both.

use super::rule_text;
use super::worlds::{Numbers, built, features_with, supposition};
use crate::extract::city::City;
use diachinh::app::what_if::{KeptSites, Supposed, WhatIfQuestion};
use diachinh::app::{Reference, View};
use diachinh::cadastre::{Day, ParcelId};
use diachinh::land::Land;
use diachinh::land::extract::Part;
use diachinh::planning::{Layer, ThemeCatalogue};
use diachinh::rules::site::Site;
use diachinh::rules::what_if::{Changed, TakenSize, World};
use diachinh::rules::{Facts, Pack, Role, limits, read_pack};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is asked of a parcel, as texts: per theme and per quantity, and the area of the lot.
type Said = BTreeMap<String, String>;

/// The answers of all parcels of a day, by the ordinary way.
fn answers(
    view: &View,
    land: &Land,
    (catalogue, packs): (&ThemeCatalogue, &[Pack]),
    stated: &Facts,
) -> BTreeMap<i64, Said> {
    let world = World {
        land,
        catalogue,
        packs,
        stated,
        day: view.date(),
    };
    let mut all = BTreeMap::new();
    for id in 1..900 {
        let key = ParcelId::new(id).expect("an id");
        let Ok(extract) = view.extract(key) else {
            continue;
        };
        let mut said = Said::new();
        for theme in &extract.themes {
            let lies = theme.restrictions.iter().map(|found| {
                let features: Vec<i64> = found.features.iter().map(|f| f.id.0).collect();
                let size = match &found.part {
                    Part::Area { twice_mm2, .. } => TakenSize::TwiceMm2(*twice_mm2),
                    Part::Length { mm, .. } => TakenSize::Mm(*mm),
                    Part::Points(points) => TakenSize::Points(points.len()),
                };
                let kind = &found.feature().kind;
                format!("{} {features:?} {kind:?} {size:?}", found.layer.code)
            });
            let lies: Vec<String> = lies.collect();
            let told = format!("{:?} {lies:?}", theme.concern());
            said.insert(format!("theme {}", theme.theme.0), told);
        }
        let site = Site::gather(land, catalogue, &[key], view.date()).expect("it is there");
        let facts = world.facts(&site);
        said.extend(limited(packs, &facts, view.date()));
        let area = facts.find(diachinh::rules::Parameter::LotArea);
        said.insert("area".to_owned(), format!("{area:?}"));
        all.insert(id, said);
    }
    all
}

/// What is limited, by quantity.
fn limited(packs: &[Pack], facts: &Facts, day: Day) -> Said {
    let mut said = Said::new();
    for limit in limits(packs, facts, day) {
        let in_play = limit.considered.iter().filter(|each| {
            let silent = [
                Role::Looser,
                Role::Replaced,
                Role::Yields,
                Role::SetsNone,
                Role::Apart,
            ];
            !silent.contains(&each.role)
        });
        let rules = in_play.map(|each| {
            format!(
                "{}/{} {:?} {:?}",
                each.pack.id, each.rule.id, each.role, each.bound
            )
        });
        let rules: Vec<String> = rules.collect();
        let told = format!("{:?} {:?} {rules:?}", limit.bound, limit.certain);
        // Where nothing binds, nothing is said.
        if told != "None None []" {
            said.insert(format!("limit {}", limit.quantity), told);
        }
    }
    said
}

/// What is told of one parcel, in the same texts: before, and after.
fn told(changed: &Changed) -> (Said, Said) {
    let (mut before, mut after) = (Said::new(), Said::new());
    for (code, change) in &changed.themes {
        for (said, says) in [(&mut before, &change.before), (&mut after, &change.after)] {
            let lies = says.restrictions.iter().map(|taken| {
                let (layer, keys, kind) = (&taken.layer, &taken.features, &taken.kind);
                format!("{layer} {keys:?} {kind:?} {:?}", taken.size)
            });
            let lies: Vec<String> = lies.collect();
            said.insert(
                format!("theme {code}"),
                format!("{:?} {lies:?}", says.concern),
            );
        }
    }
    for (quantity, change) in &changed.limits {
        for (said, says) in [(&mut before, &change.before), (&mut after, &change.after)] {
            let Some(says) = says else { continue };
            let rules = says.rules.iter().map(|rule| {
                format!(
                    "{}/{} {:?} {:?}",
                    rule.pack, rule.rule, rule.role, rule.bound
                )
            });
            let rules: Vec<String> = rules.collect();
            let text = format!("{:?} {:?} {rules:?}", says.bound, says.certain);
            said.insert(format!("limit {quantity}"), text);
        }
    }
    (before, after)
}

pub fn run(view: View, question: &WhatIfQuestion, sites: &KeptSites) -> Vec<Changed> {
    let mut what_if = view.what_if(question, sites).expect("a question");
    let mut found = Vec::new();
    while what_if.examined() < what_if.total() {
        found.extend(what_if.step(97));
    }
    found
}

/// Compares what is told with all answers of both worlds; how many parcels change.
fn compare(
    found: &[Changed],
    before: &BTreeMap<i64, Said>,
    after: &BTreeMap<i64, Said>,
    what: &str,
) -> usize {
    assert!(before.keys().eq(after.keys()), "{what}");
    let differ = before.iter().filter(|(id, said)| after[*id] != **said);
    let expected: Vec<i64> = differ.map(|(id, _)| *id).collect();
    let ids: Vec<i64> = found.iter().map(|changed| changed.id.get()).collect();
    assert_eq!(ids, expected, "{what}");
    for changed in found {
        let (was, is) = (&before[&changed.id.get()], &after[&changed.id.get()]);
        let only = |all: &Said, other: &Said| -> Said {
            let differ = all
                .iter()
                .filter(|(name, said)| other.get(*name) != Some(said));
            let differ = differ.filter(|(name, _)| *name != "area");
            differ
                .map(|(name, said)| (name.clone(), said.clone()))
                .collect()
        };
        let (told_before, told_after) = told(changed);
        assert_eq!(told_before, only(was, is), "{what}: {:?}", changed.id);
        assert_eq!(told_after, only(is, was), "{what}: {:?}", changed.id);
        assert_eq!(
            changed.lot_area_m2.is_some(),
            was["area"] != is["area"],
            "{what}"
        );
    }
    expected.len()
}

/// The city with plans that begin on 1 January 2020 and rest on nothing older: before that its layers
/// know nothing, and one more feature makes one that does.
fn late(city: &City) -> Land {
    let land = city.land(|layer| {
        Some(Layer {
            provisions: Vec::new(),
            ..layer
        })
    });
    let from = Day::parse("2020-01-01").expect("a day");
    let features = land.features().cloned().map(|mut feature| {
        feature.lifespan.valid.from = from;
        feature
    });
    let features = features.collect();
    built(&land, features)
}

pub fn house() -> Facts {
    let mut stated = Facts::new();
    for (name, value) in [("building_kind", "row_house"), ("development", "existing")] {
        stated.state(name, value).expect("a fact");
    }
    stated
}

#[test]
fn a_changed_plan_changes_the_parcels_that_brute_force_finds() {
    let reference = Arc::new(Reference::built_in().expect("the tables are in the program"));
    let city = City::of(300);
    let (land, late) = (Arc::new(city.land(Some)), Arc::new(late(&city)));
    let (stated, mut numbers, mut changed) = (house(), Numbers(20_261_130), Vec::new());
    for (land, day, rounds) in [
        (&land, "2026-11-23", 8),
        (&land, "2019-05-01", 6),
        (&late, "2019-05-01", 3),
    ] {
        let day = Day::parse(day).expect("a day");
        let view = View::of(Arc::clone(&reference), Arc::clone(land), day);
        let before = answers(&view, land, (&reference.themes, &reference.packs), &stated);
        assert!(before.len() > 30, "{} parcels on {day}", before.len());
        for _ in 0..rounds {
            let supposed = supposition(land, day, &mut numbers);
            let other = Arc::new(built(land, features_with(land, &supposed, day)));
            let there = View::of(Arc::clone(&reference), Arc::clone(&other), day);
            let after = answers(
                &there,
                &other,
                (&reference.themes, &reference.packs),
                &stated,
            );
            let question = WhatIfQuestion {
                supposed: vec![Supposed::Feature(Box::new(supposed.clone()))],
                stated: stated.clone(),
                ..WhatIfQuestion::default()
            };
            let found = run(view.on(day), &question, &KeptSites::default());
            let what = format!("{day}: {supposed:?}");
            changed.push(compare(&found, &before, &after, &what));
        }
    }
    assert!(
        changed.iter().filter(|count| **count > 0).count() > 8,
        "{changed:?}"
    );
}

#[test]
fn a_changed_bound_changes_the_parcels_that_brute_force_finds() {
    let reference = Arc::new(Reference::built_in().expect("the tables are in the program"));
    let land = Arc::new(City::of(200).land(Some));
    let (mut changed, sites) = (Vec::new(), KeptSites::default());
    // With nothing stated, and where a pack is in doubt, a few tell as much.
    for (stated, day, changes) in [
        (house(), "2026-11-23", CHANGES),
        (Facts::new(), "2026-11-23", &CHANGES[..3]),
        (house(), "2022-02-01", &CHANGES[..4]),
    ] {
        let day = Day::parse(day).expect("a day");
        let view = View::of(Arc::clone(&reference), Arc::clone(&land), day);
        let before = answers(&view, &land, (&reference.themes, &reference.packs), &stated);
        for (file, rule, was, is) in changes {
            let texts = diachinh::rules::built_in_pack_texts();
            let (_, text) = texts
                .iter()
                .find(|(name, _)| name.ends_with(file))
                .expect("a pack");
            let own = rule_text(text, rule);
            let other = own.replace(was, is);
            assert_ne!(own, other, "{file} {rule}");
            let pack = read_pack(file, &text.replace(&own, &other)).expect("a pack");
            let mut packs = reference.packs.clone();
            let id = pack.id.clone();
            *packs.iter_mut().find(|held| held.id == id).expect("in use") = pack;
            let after = answers(&view, &land, (&reference.themes, &packs), &stated);
            let question = WhatIfQuestion {
                supposed: vec![Supposed::Rule {
                    pack: id,
                    rule: (*rule).to_owned(),
                    text: other,
                }],
                stated: stated.clone(),
                ..WhatIfQuestion::default()
            };
            // By facts gathered on the way, or by those of an earlier question.
            let found = run(view.on(day), &question, &sites);
            assert_eq!(run(view.on(day), &question, &sites), found);
            changed.push(compare(
                &found,
                &before,
                &after,
                &format!("{day} {file} {rule} {is}"),
            ));
        }
    }
    assert!(
        changed.iter().filter(|count| **count > 0).count() > 8,
        "{changed:?}"
    );
}

/// Pack, rule, and which of its words become which.
const CHANGES: &[(&str, &str, &str, &str)] = &[
    ("app18.toml", "coverage", "[100, 90]", "[100, 85]"),
    ("app18.toml", "coverage", "at_most", "less_than"),
    ("app18.toml", "large_lot", "above = 500", "above = 60"),
    (
        "app18.toml",
        "rear_setback",
        "from = 9, below = 16, value = 1",
        "from = 9, below = 16, value = 1.5",
    ),
    (
        "app18.toml",
        "rear_setback",
        "of = \"rear\"",
        "of = \"side\"",
    ),
    (
        "zoning-plan.toml",
        "storeys",
        "kind = \"storeys\"",
        "kind = \"storeys\"\nvalid_to = 2020-01-01",
    ),
    (
        "qcvn-01-2021.toml",
        "house_coverage_existing",
        "up_to = 100",
        "up_to = 80",
    ),
    (
        "qcvn-01-2021.toml",
        "house_floor_area_ratio",
        "value = 7",
        "value = 7.0",
    ),
    (
        "vn-permits.toml",
        "office_commune_house",
        "office = \"commune\"",
        "office = \"zone_board\"",
    ),
    (
        "vn-permits.toml",
        "land_use_of_houses",
        "\"ODT\"",
        "\"CLN\"",
    ),
];
