//! Wards and planning layers as collections: what they say, page by page, by place, by key.

use super::{ids, link};
use crate::harness::{Office, planes};
use diachinh::cadastre::{Day, Instant, Interval, Lifespan, Revision};
use diachinh::crs::Epsg;
use diachinh::geometry::{MultiPolygon, Polygon, Ring, Shape};
use diachinh::land::{Edit, FeatureChange};
use diachinh::planning::{
    FeatureId, FeatureKind, LayerCode, LegalProvision, PlanFeature, PlanIndices, PlanUnit,
};
use serde_json::{Value, json};

/// A square of 20 m whose south-west corner has these metres.
fn square(plane: u32, east_m: f64, north_m: f64) -> (Epsg, Shape) {
    let planes = planes();
    let epsg = Epsg(plane);
    let plane = planes.get(epsg).expect("a plane of the city");
    let corner = |(dx, dy): (f64, f64)| {
        let point = plane.grid_point(east_m + dx, north_m + dy);
        point.expect("on the grid")
    };
    let corners = [(0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (0.0, 20.0)].map(corner);
    let polygon = Polygon {
        exterior: Ring(corners.into()),
        interiors: Vec::new(),
    };
    (epsg, Shape::Areas(MultiPolygon(vec![polygon])))
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn feature(id: i64, kind: FeatureKind, shapes: Vec<(Epsg, Shape)>) -> PlanFeature {
    PlanFeature {
        id: FeatureId(id),
        layer: LayerCode("roads".into()),
        key: id.to_string(),
        kind,
        shapes,
        provisions: vec![LegalProvision {
            act: "1/QĐ".to_owned(),
            article: None,
            dated: Some(day("2024-02-01")),
            link: None,
        }],
        lifespan: Lifespan {
            valid: Interval::open(day("2024-03-01")),
            recorded: Interval::open(Instant(0)),
        },
        recorded_in: Revision(0),
    }
}

fn unit(code: &str) -> FeatureKind {
    FeatureKind::PlanUnit(PlanUnit {
        code: code.to_owned(),
        function: "ở".to_owned(),
        indices: PlanIndices {
            storeys_max: Some(7),
            height_max_mm: Some(24_500),
            coverage_max_permille: Some(625),
            floor_area_ratio_max_hundredths: Some(480),
            population: None,
        },
    })
}

fn water() -> FeatureKind {
    FeatureKind::Restriction {
        kind: "water_surface".to_owned(),
        legend_vi: "Mặt nước".to_owned(),
        legend_en: "Water".to_owned(),
    }
}

/// Three zones, the second on both planes and the third ended; a surface of water.
fn planned() -> Edit {
    let on_both = vec![
        square(9210, 603_100.0, 1_191_000.0),
        square(5899, 430_000.0, 1_150_000.0),
    ];
    let mut ended = feature(2003, unit("C"), vec![square(9210, 603_000.0, 1_191_050.0)]);
    ended.lifespan.valid.to = Some(day("2025-01-01"));
    let features = [
        feature(2001, unit("A"), vec![square(9210, 603_000.0, 1_191_000.0)]),
        feature(2002, unit("B"), on_both),
        ended,
        feature(2004, water(), vec![square(9210, 603_000.0, 1_191_100.0)]),
    ];
    let open = |feature| FeatureChange::Open(Box::new(feature));
    Edit {
        dataset: "plans".to_owned(),
        summary: "plans of a test".to_owned(),
        features: features.map(open).into(),
        ..Edit::default()
    }
}

pub fn office() -> Office {
    let office = Office::open().with_land("two_villages").start();
    office.commit(&planned());
    let zones = "/collections/zones/items";
    let seen = office.get_until(zones, |answer| answer.at("/revision") == 2);
    assert_eq!(seen.at("/revision"), 2);
    office
}

#[test]
fn every_collection_is_listed_with_where_and_when_it_has_items() {
    let office = office();
    let all = office.get("/collections?lang=en");
    let collections = all.at("/collections");
    let collections = collections.as_array().expect("collections");
    let names: Vec<&Value> = collections.iter().map(|c| &c["id"]).collect();
    let expected = ["parcels", "wards", "zones", "roads", "restrictions"];
    assert_eq!(names, expected);
    for collection in collections {
        let name = collection["id"].as_str().expect("a name");
        let alone = office.get(&format!("/collections/{name}?lang=en"));
        assert_eq!(&alone.json(), collection);
        let around = collection["extent"]["spatial"]["bbox"][0].clone();
        let side = |i: usize| around[i].as_f64().expect("degrees");
        // Every item of any day lies in the box, which is not wider than 0.001 degrees around it.
        let page = office.get(&format!("/collections/{name}/items"));
        let features = page.at("/features");
        let mut reached = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for feature in features.as_array().expect("features") {
            for position in positions(&feature["geometry"]) {
                for (i, degrees) in position.into_iter().enumerate() {
                    reached[i] = reached[i].min(degrees);
                    reached[i + 2] = reached[i + 2].max(degrees);
                }
            }
        }
        assert!(side(0) <= reached[0] && side(1) <= reached[1], "{name}");
        assert!(side(2) >= reached[2] && side(3) >= reached[3], "{name}");
    }
    let when = |i: usize| collections[i]["extent"]["temporal"]["interval"][0].clone();
    assert_eq!(when(1), json!(["2025-06-30T17:00:00Z", null]));
    assert_eq!(when(2), json!(["2024-02-29T17:00:00Z", null]));
    assert_eq!(
        collections[2]["extent"]["spatial"]["crs"],
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    );
}

/// All positions of a geometry.
fn positions(geometry: &Value) -> Vec<[f64; 2]> {
    fn look(value: &Value, found: &mut Vec<[f64; 2]>) {
        let items = value.as_array().expect("coordinates");
        match items.as_slice() {
            [Value::Number(x), Value::Number(y)] => {
                found.push([x.as_f64().expect("a number"), y.as_f64().expect("a number")]);
            }
            items => items.iter().for_each(|item| look(item, found)),
        }
    }
    let mut found = Vec::new();
    look(&geometry["coordinates"], &mut found);
    found
}

#[test]
fn an_empty_collection_has_no_extent_and_no_items() {
    let office = Office::open().start();
    let zones = office.get("/collections/zones");
    assert_eq!(zones.at("/extent"), Value::Null);
    assert_eq!(ids(&office.get("/collections/zones/items")), [0_i64; 0]);
}

#[test]
fn zones_roads_restrictions_and_wards_are_paged_by_growing_key() {
    let office = office();
    for (name, expected) in [
        ("zones", &[2001, 2002][..]),
        ("roads", &[1001]),
        ("restrictions", &[1002, 2004]),
        ("wards", &[26686, 26743]),
    ] {
        let all = office.get(&format!("/collections/{name}/items"));
        assert_eq!(ids(&all), expected, "{name}");
        let mut found = Vec::new();
        let mut next = Some(format!("/collections/{name}/items?limit=1"));
        while let Some(path) = next {
            let page = office.get(&path);
            found.extend(ids(&page));
            next = link(&office, &page, "next");
        }
        assert_eq!(found, expected, "{name}");
        for id in expected {
            let one = office.get(&format!("/collections/{name}/items/{id}"));
            assert_eq!(one.at("/id"), *id, "{name}");
            assert_eq!(one.header("content-type"), "application/geo+json");
        }
    }
    for path in ["zones/items/1001", "roads/items/2001", "zones/items/2003"] {
        let answer = office.get(&format!("/collections/{path}"));
        assert_eq!(answer.at("/code"), "item_not_found", "{path}");
    }
}

#[test]
fn a_zone_says_what_its_plan_says() {
    let office = office();
    let zone = office.get("/collections/zones/items/2001?lang=en").json();
    let expected = json!({
        "code": "A", "function": "ở", "storeysMax": 7, "heightMax": 24.5,
        "coverageMaxPercent": 62.5, "floorAreaRatioMax": 4.8, "population": null,
        "layer": "roads", "layerTitle": "roads", "theme": "right_of_way",
        "lawStatus": "in_force", "asOf": "2026-01-01", "accuracy": 0.1,
        "provisions": [{"act": "1/QĐ", "article": null, "dated": "2024-02-01", "link": null}],
        "recordedIn": 2, "validFrom": "2024-03-01", "validTo": null,
        "plane": {"epsg": 9210, "operation": "EPSG:6960 VN-2000 to WGS 84 (2)"},
    });
    assert_eq!(zone["properties"], expected);
    assert_eq!(zone["geometry"]["type"], "Polygon");
    let road = office.get("/collections/roads/items/1001").json();
    assert_eq!(road["properties"]["street"], "Lê Lợi");
    assert_eq!(road["properties"]["width"], 8.0);
    for (lang, legend) in [("en", "Water"), ("vi", "Mặt nước")] {
        let water = office.get(&format!("/collections/restrictions/items/2004?lang={lang}"));
        assert_eq!(water.at("/properties/legend"), legend);
        assert_eq!(water.at("/properties/kind"), "water_surface");
    }
    let canal = office.get("/collections/restrictions/items/1002").json();
    assert_eq!(canal["properties"]["kind"], "corridor_canal");
    let ward = office.get("/collections/wards/items/26743").json();
    assert_eq!(ward["properties"]["code"], "26743");
    assert_eq!(ward["properties"]["fullName"], "Phường Bến Thành");
    assert_eq!(ward["properties"]["kind"], "ward");
}

#[test]
fn a_box_finds_what_meets_it_on_any_of_its_planes() {
    let office = office();
    for (name, bbox, expected) in [
        ("zones", "106,10,107,11", &[2001, 2002][..]),
        ("zones", "107,10,108,11", &[2002]),
        ("roads", "107,10,108,11", &[]),
        ("wards", "107,10,108,11", &[26686]),
        ("wards", "-180,-90,180,90", &[26686, 26743]),
        ("restrictions", "106,10,107,11", &[1002, 2004]),
    ] {
        let page = office.get(&format!("/collections/{name}/items?bbox={bbox}"));
        assert_eq!(ids(&page), expected, "{name} {bbox}");
    }
}

#[test]
fn a_withdrawn_feature_is_gone_from_the_next_page_one_and_stays_in_pages_under_way() {
    let office = office();
    let first = office.get("/collections/zones/items?limit=1");
    office.commit(&Edit {
        dataset: "plans".to_owned(),
        summary: "a zone is withdrawn".to_owned(),
        features: vec![FeatureChange::Close {
            id: FeatureId(2002),
            layer: LayerCode("roads".into()),
            to: day("2026-01-01"),
        }],
        ..Edit::default()
    });
    let path = "/collections/zones/items";
    let now = office.get_until(path, |answer| answer.at("/revision") == 3);
    assert_eq!(ids(&now), [2001]);
    let next = link(&office, &first, "next").expect("a next page");
    let second = office.get(&next);
    assert_eq!(
        (ids(&second), second.at("/revision")),
        (vec![2002], json!(2))
    );
}

#[test]
fn every_page_of_a_day_says_how_many_features_there_are() {
    let office = office();
    let numbers = || {
        let of_day = |day: &str| {
            let page = |more: &str| {
                let path = format!("/collections/zones/items?datetime={day}{more}");
                office.get(&path)
            };
            let (all, one) = (page(""), page("&limit=1"));
            assert_eq!(one.at("/numberMatched"), ids(&all).len(), "{day}");
            if let Some(next) = link(&office, &one, "next") {
                let second = office.get(&next);
                assert_eq!(second.at("/numberMatched"), ids(&all).len(), "{next}");
            }
            ids(&all).len()
        };
        ["1900-01-01", "2024-12-31", "2025-01-01", "2026-01-01"].map(of_day)
    };
    assert_eq!(numbers(), [0, 3, 2, 2]);
    office.commit(&Edit {
        dataset: "plans".to_owned(),
        summary: "a zone is withdrawn".to_owned(),
        features: vec![FeatureChange::Close {
            id: FeatureId(2002),
            layer: LayerCode("roads".into()),
            to: day("2026-01-01"),
        }],
        ..Edit::default()
    });
    let path = "/collections/zones/items";
    office.get_until(path, |answer| answer.at("/revision") == 3);
    assert_eq!(numbers(), [0, 3, 2, 1]);
}

/// The square `square` has, drawn on the other plane through longitude and latitude.
fn on_the_other_plane(of: &(Epsg, Shape), plane: u32) -> (Epsg, Shape) {
    let city = crate::village::city();
    let to = city.planes.get(Epsg(plane)).expect("a plane of the city");
    let Shape::Areas(area) = &of.1 else {
        return of.clone();
    };
    let point = |p: &diachinh::geometry::Point| {
        let at = city.transforms.to_lonlat(of.0, *p).expect("a position");
        city.transforms.to_plane(to, at).expect("on the grid")
    };
    let corners = area.0[0].exterior.0.iter().map(point).collect();
    let polygon = Polygon {
        exterior: Ring(corners),
        interiors: Vec::new(),
    };
    (Epsg(plane), Shape::Areas(MultiPolygon(vec![polygon])))
}

#[test]
fn a_feature_in_parts_on_two_planes_is_shown_whole_and_one_drawn_on_both_once() {
    let office = office();
    let parts = office.get("/collections/zones/items/2002").json();
    assert_eq!(parts["geometry"]["type"], "MultiPolygon");
    let polygons = parts["geometry"]["coordinates"].as_array().expect("parts");
    let west = |i: usize| polygons[i][0][0][0].as_f64().expect("degrees");
    assert_eq!(polygons.len(), 2);
    assert!((west(0) - west(1)).abs() > 0.1, "{parts}");
    let square = square(9210, 603_200.0, 1_191_000.0);
    let twice = vec![square.clone(), on_the_other_plane(&square, 5899)];
    office.commit(&Edit {
        dataset: "plans".to_owned(),
        summary: "a zone drawn on both planes".to_owned(),
        features: vec![FeatureChange::Open(Box::new(feature(
            2005,
            unit("D"),
            twice,
        )))],
        ..Edit::default()
    });
    let path = "/collections/zones/items/2005";
    let once = office.get_until(path, |answer| answer.status == 200).json();
    assert_eq!(once["geometry"]["type"], "Polygon", "{once}");
    assert_eq!(once["properties"]["plane"]["epsg"], 9210);
}

#[test]
fn the_extent_shrinks_when_what_was_drawn_in_the_wrong_place_is_corrected() {
    let office = office();
    let around = |office: &Office| {
        office
            .get("/collections/zones")
            .at("/extent/spatial/bbox/0")
    };
    let before = around(&office);
    let put = |east_m, north_m, revision: u64| {
        let zone = feature(2006, unit("E"), vec![square(9210, east_m, north_m)]);
        office.commit(&Edit {
            dataset: "plans".to_owned(),
            summary: "a zone is drawn".to_owned(),
            features: vec![FeatureChange::Open(Box::new(zone))],
            ..Edit::default()
        });
        let path = "/collections/zones/items";
        office.get_until(path, |answer| answer.at("/revision") == revision);
        around(&office)
    };
    let wide = put(640_000.0, 1_250_000.0, 3);
    assert!(wide[3].as_f64() > before[3].as_f64(), "{wide} {before}");
    assert_eq!(put(603_000.0, 1_191_000.0, 4), before);
}
