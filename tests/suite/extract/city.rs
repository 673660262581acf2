//! The whole demo city, with each layer changed or left out in turn.

use super::*;
use diachinh::app::Reference;
use diachinh::cadastre::ward_successions;
use diachinh::exchange::demo::{DemoCity, DemoOptions};
use diachinh::exchange::read_wards;
use diachinh::land::{Edit, FeatureChange, ParcelChange};
use diachinh::rules::site::Site;

/// The demo city as lists, so that layers can be left out of it.
pub struct City {
    edits: Vec<Edit>,
}

impl City {
    pub fn of(parcels: u64) -> Self {
        let reference = Reference::built_in().expect("the tables are in the program");
        let systems = &reference.city;
        let wards = read_wards(
            include_bytes!("../../../data/wards/wards.gpkg"),
            include_str!("../../../data/wards/wards.toml"),
            &systems.planes,
            &systems.transforms,
        );
        let csv = include_str!("../../../data/wards/ward-crosswalk-2025.csv");
        let successions = ward_successions(csv, village::merger()).expect("the city's crosswalk");
        let options = DemoOptions {
            parcels,
            ..DemoOptions::default()
        };
        let file = include_str!("../../../data/demo/city.toml");
        let wards = wards.expect("the city's wards");
        let demo = DemoCity::new(options, file, &wards, &successions, &systems.planes);
        Self {
            edits: demo
                .expect("room for all")
                .known_up_to(day(TODAY))
                .collect(),
        }
    }

    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.edits.iter().flat_map(|edit| &edit.layers)
    }

    /// The city with each layer changed, or left out with its features.
    pub fn land(&self, change: impl Fn(Layer) -> Option<Layer>) -> Land {
        let mut builder = LandBuilder::default();
        let mut number = 0;
        for edit in &self.edits {
            let layers = edit.layers.iter().cloned();
            layers.filter_map(&change).for_each(|l| builder.layer(l));
            for feature in &edit.features {
                let FeatureChange::Open(feature) = feature else {
                    continue;
                };
                let kept = self.layers().find(|layer| layer.code == feature.layer);
                if kept.cloned().and_then(&change).is_some() {
                    builder.feature((**feature).clone());
                }
            }
            for change in &edit.parcels {
                let ParcelChange::Open { parcel, from, to } = change else {
                    continue;
                };
                number += 1;
                builder.parcel(ParcelVersion {
                    version: diachinh::cadastre::VersionId(number),
                    parcel: parcel.clone(),
                    lifespan: Lifespan {
                        valid: Interval {
                            from: *from,
                            to: *to,
                        },
                        recorded: Interval::open(Instant(0)),
                    },
                    recorded_in: Revision(1),
                });
            }
        }
        builder.build(Revision(1), Some(Instant(0)), village::city())
    }
}

/// Whether each theme concerns each parcel of the city, by key and theme.
fn concerns(land: &Land, catalogue: &ThemeCatalogue, on: Day) -> Vec<(i64, String, Concern)> {
    let mut told = Vec::new();
    for id in 1..2_000 {
        let key = ParcelId::new(id).expect("an id");
        let Some(extract) = land.extract(key, catalogue, on) else {
            continue;
        };
        let themes = extract.themes.iter();
        told.extend(themes.map(|own| (id, own.theme.0.to_string(), own.concern())));
    }
    told
}

#[test]
fn taking_a_layer_away_never_turns_an_answer_into_not_concerned() {
    let (city, catalogue) = (City::of(1_000), catalogue());
    let whole = city.land(Some);
    let on = city.layers().map(|layer| layer.as_of).max();
    let on = on.expect("layers");
    let full = concerns(&whole, &catalogue, on);
    let count = |wanted: Concern| full.iter().filter(|(.., own)| *own == wanted).count();
    let found = [Concern::Concerned, Concern::NotConcerned, Concern::NoData].map(count);
    assert!(found.iter().all(|count| *count > 100), "{found:?}");
    let codes: Vec<LayerCode> = city.layers().map(|layer| layer.code.clone()).collect();
    assert!(codes.len() >= 7);
    for code in &codes {
        let changed = |how: fn(Layer) -> Option<Layer>| {
            let land = city.land(|layer| {
                if layer.code == *code {
                    how(layer)
                } else {
                    Some(layer)
                }
            });
            for (was, is) in full.iter().zip(concerns(&land, &catalogue, on)) {
                assert_eq!((was.0, &was.1), (is.0, &is.1));
                let lost = was.2 != Concern::NotConcerned && is.2 == Concern::NotConcerned;
                assert!(!lost, "{code}: {was:?} became {is:?}");
            }
        };
        changed(|_| None);
        changed(|layer| {
            Some(Layer {
                as_of: Day(layer.as_of.0 - 2_000),
                ..layer
            })
        });
        changed(|layer| {
            Some(Layer {
                law_status: LawStatus::Announced,
                ..layer
            })
        });
        changed(|layer| {
            Some(Layer {
                coverage: Vec::new(),
                ..layer
            })
        });
    }
}

#[test]
fn a_lot_that_touches_a_red_line_has_no_contact_with_it_and_the_check_finds_the_same_streets() {
    let (city, catalogue) = (City::of(3_000), catalogue());
    let land = city.land(Some);
    let on = city.layers().map(|layer| layer.as_of).max();
    let on = on.expect("layers");
    let (mut fronts, mut taken, mut contacts) = (0, 0, Vec::new());
    for id in 1..6_000 {
        let key = ParcelId::new(id).expect("an id");
        let Some(extract) = land.extract(key, &catalogue, on) else {
            continue;
        };
        let themes = extract
            .themes
            .iter()
            .filter(|t| &*t.theme.0 == "right_of_way");
        for contact in themes.flat_map(|theme| &theme.contacts) {
            if let Part::Area { width_mm, .. } = contact.part {
                contacts.push((id, width_mm));
            }
        }
        let site = Site::gather(&land, &catalogue, &[key], on).expect("it is there");
        assert_eq!(site.ground.twice_area(), extract.roads.left_twice_mm2);
        if site.ground != site.lot.area {
            // A corridor takes land, and with it perhaps a front.
            continue;
        }
        let told = extract.roads.roads.iter().filter(|road| road.front_mm > 0);
        let mut told: Vec<(String, i64)> = told
            .map(|road| (road.way.street.clone(), road.front_mm))
            .collect();
        let of_check = site.lot.fronts.iter().map(|front| {
            let street = site.roads[front.road].way.street.clone();
            (street, front.length.nearest_mm())
        });
        let mut of_check: Vec<(String, i64)> = of_check.collect();
        told.sort();
        of_check.sort();
        assert_eq!(told, of_check, "{id}");
        fronts += told.len();
        taken += usize::from(extract.roads.roads.iter().any(|road| road.takes));
    }
    assert!(fronts > 3_000 && taken > 100, "{fronts} {taken}");
    // What is wider than the grid is one: alleys that are to be a few centimetres wider.
    assert!(contacts.len() > 100, "{}", contacts.len());
    contacts.retain(|(_, width_mm)| *width_mm < 1);
    assert!(contacts.is_empty(), "{}: {contacts:?}", contacts.len());
}
