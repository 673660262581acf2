//! Why nothing is at a place: outside the city, on a road or water, without data, no parcel.

use crate::village::{EAST, WEST, code, key, land_of, merger, rectangle, version, wards};
use diachinh::cadastre::{Day, Instant, Interval, Lifespan, Revision, Ward};
use diachinh::geometry::{MultiPolygon, Shape};
use diachinh::land::{Changes, Land, LookupQuestion, NothingHere};
use diachinh::planning::{
    Corridor, CorridorKind, FeatureId, FeatureKind, LawStatus, Layer, LayerCode, LayerCondition,
    Office, PlanFeature, RightOfWay, Theme,
};

const E: f64 = 603_000.0;
const N: f64 = 1_191_000.0;

/// A hectare from a place east and north of the village's corner, in hectometres.
fn hectare(east: i32, north: i32) -> MultiPolygon {
    let metres = |n: i32| 100.0 * f64::from(n);
    rectangle(WEST, E + metres(east), N + metres(north), 100.0, 100.0)
}

fn layer(name: &str, coverage: MultiPolygon) -> Layer {
    Layer {
        code: LayerCode(name.into()),
        theme: Theme(name.into()),
        title_vi: String::new(),
        title_en: String::new(),
        coverage: vec![(WEST, coverage)],
        as_of: merger(),
        accuracy_mm: 0,
        law_status: LawStatus::InForce,
        provisions: Vec::new(),
        office: Office {
            code: String::new(),
            name_vi: String::new(),
            name_en: String::new(),
        },
        synthetic: true,
        withdrawn: None,
        condition: LayerCondition::Sound,
    }
}

fn feature(id: i64, layer: &str, kind: FeatureKind, area: MultiPolygon) -> PlanFeature {
    PlanFeature {
        id: FeatureId(id),
        layer: LayerCode(layer.into()),
        key: id.to_string(),
        kind,
        shapes: vec![(WEST, Shape::Areas(area))],
        provisions: Vec::new(),
        lifespan: Lifespan {
            valid: Interval::open(merger()),
            recorded: Interval::open(Instant(0)),
        },
        recorded_in: Revision(1),
    }
}

fn road(street: &str) -> PlanFeature {
    let kind = FeatureKind::RightOfWay(RightOfWay {
        street: street.to_owned(),
        width_mm: Some(12_000),
        decision: None,
        alley: false,
    });
    feature(1, "roads", kind, hectare(0, 0))
}

fn canal(layer: &str) -> PlanFeature {
    let kind = FeatureKind::Corridor(Corridor {
        kind: CorridorKind::Canal,
        name: "Rạch Bến Nghé".to_owned(),
        width_mm: None,
        voltage_v: None,
    });
    feature(2, layer, kind, hectare(1, 0))
}

fn ward_with_border() -> Ward {
    let mut ward = wards().into_iter().find(|w| w.code == code("26743"));
    let ward = ward.as_mut().expect("Bến Thành");
    ward.border = rectangle(WEST, E, N, 400.0, 100.0);
    ward.clone()
}

/// A road, a canal, a hectare that the layer of parcels covers, and one it does not.
fn land() -> Land {
    let shape = rectangle(WEST, E + 210.0, N + 10.0, 5.0, 20.0);
    let parcel = version(1, "26743", key("26743", "5", "12"), WEST, shape);
    land_of([parcel]).apply(&Changes {
        wards: vec![ward_with_border()],
        layers: vec![
            layer("parcels", hectare(2, 0)),
            layer("roads", hectare(0, 0)),
            layer("water", hectare(1, 0)),
            layer("corridors", hectare(3, 0)),
        ],
        features: vec![road("Lê Lợi"), canal("water")],
        ..Changes::default()
    })
}

fn at(land: &Land, hectare: i32, date: Day) -> Option<NothingHere> {
    let question = LookupQuestion::Planar {
        east_m: E + 100.0 * f64::from(hectare) + 50.0,
        north_m: N + 50.0,
        crs: WEST,
    };
    land.lookup(&question, date)
        .expect("a plane of the city")
        .nothing_here
}

#[test]
fn an_empty_place_says_whether_it_is_road_water_without_data_or_outside() {
    let (land, ward) = (land(), Some(code("26743")));
    let street = "Lê Lợi".to_owned();
    assert_eq!(at(&land, 0, merger()), Some(NothingHere::OnRoad { street }));
    let name = "Rạch Bến Nghé".to_owned();
    assert_eq!(at(&land, 1, merger()), Some(NothingHere::OnWater { name }));
    assert_eq!(at(&land, 2, merger()), Some(NothingHere::NoParcel { ward }));
    assert_eq!(
        at(&land, 3, merger()),
        Some(NothingHere::WithoutData { ward })
    );
    assert_eq!(
        at(&land, 4, merger()),
        Some(NothingHere::OutsideCity { cause: None })
    );
}

#[test]
fn a_corridor_beside_the_water_is_not_the_water() {
    let land = land().apply(&Changes {
        features: vec![PlanFeature {
            id: FeatureId(3),
            shapes: vec![(WEST, Shape::Areas(hectare(2, 0)))],
            ..canal("corridors")
        }],
        ..Changes::default()
    });
    let ward = Some(code("26743"));
    assert_eq!(at(&land, 2, merger()), Some(NothingHere::NoParcel { ward }));
}

#[test]
fn without_a_layer_of_parcels_a_ward_with_parcels_has_data_and_another_has_none() {
    let shape = rectangle(WEST, E + 210.0, N + 10.0, 5.0, 20.0);
    let parcel = version(1, "26743", key("26743", "5", "12"), WEST, shape);
    let borders = Changes {
        wards: vec![ward_with_border()],
        ..Changes::default()
    };
    let ward = Some(code("26743"));
    let with = land_of([parcel]).apply(&borders);
    assert_eq!(at(&with, 2, merger()), Some(NothingHere::NoParcel { ward }));
    let without = land_of([]).apply(&borders);
    assert_eq!(
        at(&without, 2, merger()),
        Some(NothingHere::WithoutData { ward })
    );
}

#[test]
fn a_road_that_ended_is_no_road_afterwards_and_one_that_was_corrected_has_its_new_name() {
    let end = Day(merger().0 + 30);
    let mut superseded = road("Lê Lợi");
    superseded.lifespan.recorded.to = Some(Instant(9));
    let mut until = road("Lê Lợi");
    until.lifespan.valid.to = Some(end);
    until.recorded_in = Revision(2);
    let mut after = road("Lê Lai");
    after.lifespan.valid = Interval::open(end);
    after.recorded_in = Revision(2);
    let land = land().apply(&Changes {
        features: vec![superseded, until, after],
        ..Changes::default()
    });
    let on = |street: &str| {
        Some(NothingHere::OnRoad {
            street: street.to_owned(),
        })
    };
    assert_eq!(land.features().count(), 3);
    for land in [land.clone(), land.compact()] {
        assert_eq!(at(&land, 0, Day(end.0 - 1)), on("Lê Lợi"));
        assert_eq!(at(&land, 0, end), on("Lê Lai"));
    }
    let turned = land.turning(Day(end.0 - 1), end);
    assert_eq!((turned.parcels.len(), turned.features.len()), (0, 2));
}

#[test]
fn a_place_on_the_other_plane_of_the_same_city_is_not_mixed_up() {
    let question = LookupQuestion::Planar {
        east_m: 426_902.0,
        north_m: 1_144_200.0,
        crs: EAST,
    };
    let answer = land()
        .lookup(&question, merger())
        .expect("a plane of the city");
    assert_eq!(
        answer.nothing_here,
        Some(NothingHere::OutsideCity { cause: None })
    );
}

#[test]
fn a_key_in_a_ward_without_data_or_before_all_data_is_unknown_and_not_absent() {
    let land = land();
    let by_key = |ward: &str, date: Day| {
        let [ward, sheet, number] = [ward, "5", "99"].map(str::to_owned);
        let question = LookupQuestion::Key {
            ward,
            sheet,
            number,
        };
        land.lookup(&question, date).expect("a key").nothing_here
    };
    let by_text = |text: &str, date: Day| {
        let question = LookupQuestion::Text(text.to_owned());
        land.lookup(&question, date).expect("a text").nothing_here
    };
    let without = |ward: &str| {
        let ward = Some(code(ward));
        Some(NothingHere::WithoutData { ward })
    };
    let absent = Some(NothingHere::UnknownKey);
    assert_eq!(by_key("26743", merger()), absent);
    assert_eq!(by_text("thua 99 to 5 p ben thanh", merger()), absent);
    assert_eq!(by_key("Phường Thủ Dầu Một", merger()), without("25747"));
    let text = "thua 99 to 5 phuong thu dau mot";
    assert_eq!(by_text(text, merger()), without("25747"));
    let long_ago = Day::parse("1900-01-01").expect("a day");
    let unknown = Some(NothingHere::WithoutData { ward: None });
    assert_eq!(by_text("thua 99 to 5 p ben thanh", long_ago), unknown);
    assert_eq!(by_text("792612345678", long_ago), unknown);
    let place = at(&land, 2, long_ago);
    assert!(
        matches!(place, Some(NothingHere::WithoutData { .. })),
        "{place:?}"
    );
}

#[test]
fn before_the_first_day_of_a_parcel_that_lies_there_it_is_unknown_what_did() {
    let lot = |id: i64, east: f64, from: Day, to: Option<Day>| {
        let shape = rectangle(WEST, east, N + 10.0, 5.0, 20.0);
        let key = key("26743", "5", &id.to_string());
        let mut version = version(id, "26743", key, WEST, shape);
        version.lifespan.valid = Interval { from, to };
        version
    };
    let (long_ago, before) = (Day(merger().0 - 4000), Day(merger().0 - 1));
    let land = land_of([
        lot(12, E + 210.0, merger(), None),
        lot(13, E + 220.0, long_ago, Some(Day(merger().0 - 100))),
    ])
    .apply(&Changes {
        wards: vec![ward_with_border()],
        layers: vec![layer("parcels", hectare(2, 0))],
        ..Changes::default()
    });
    let on = |east_m: f64, date: Day| {
        let question = LookupQuestion::Planar {
            east_m,
            north_m: N + 20.0,
            crs: WEST,
        };
        land.lookup(&question, date).expect("a plane").nothing_here
    };
    assert_eq!(on(E + 212.0, merger()), None);
    let unknown = on(E + 212.0, before);
    assert!(
        matches!(unknown, Some(NothingHere::WithoutData { .. })),
        "{unknown:?}"
    );
    // One that was there and ended left nothing.
    let gone = on(E + 222.0, before);
    assert!(
        matches!(gone, Some(NothingHere::NoParcel { .. })),
        "{gone:?}"
    );
    let by_key = |number: &str, date: Day| {
        let [ward, sheet] = ["26743", "5"].map(str::to_owned);
        let question = LookupQuestion::Key {
            ward,
            sheet,
            number: number.to_owned(),
        };
        land.lookup(&question, date).expect("a key").nothing_here
    };
    let ward = Some(code("26743"));
    assert_eq!(by_key("12", merger()), None);
    assert_eq!(
        by_key("12", before),
        Some(NothingHere::WithoutData { ward })
    );
    assert_eq!(by_key("13", before), Some(NothingHere::UnknownKey));
    assert_eq!(by_key("14", before), Some(NothingHere::UnknownKey));
}
