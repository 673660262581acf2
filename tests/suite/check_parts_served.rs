//! Parts and floors of a proposal over HTTP: what cannot be judged is refused with its place.

use crate::harness::{Answer, Office};
use serde_json::{Value, json};

const CRS: &str = "http://www.opengis.net/def/crs/EPSG/0/9210";

fn office() -> Office {
    Office::open().with_land("two_villages").start()
}

fn square(west: f64, south: f64, side: f64) -> Value {
    let (east, north) = (west + side, south + side);
    json!({ "type": "Polygon", "coordinates":
        [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
}

/// A question of a house with parts and sizes.
fn ask(office: &Office, parts: &Value, building: &Value) -> Answer {
    let body = json!({
        "footprint": square(603_000.0, 1_191_000.0, 8.0),
        "crs": CRS, "parcels": [1], "parts": parts, "building": building,
        "stated": { "building_kind": "row_house" },
    });
    office.post("/v1/checks?lang=en", &body.to_string())
}

#[test]
fn a_part_that_cannot_be_judged_is_refused_with_its_place() {
    let office = office();
    let fine = square(603_000.0, 1_191_000.0, 1.0);
    let line = json!({ "type": "LineString",
        "coordinates": [[603_000.0, 1_191_000.0], [603_004.0, 1_191_000.0]] });
    let point = json!({ "type": "LineString",
        "coordinates": [[603_000.0, 1_191_000.0], [603_000.0, 1_191_000.0]] });
    let open = json!({ "type": "Polygon", "coordinates":
        [[[603_000.0, 1_191_000.0], [603_001.0, 1_191_000.0], [603_001.0, 1_191_001.0]]] });
    let bow = json!({ "type": "Polygon", "coordinates":
        [[[603_000.0, 1_191_000.0], [603_004.0, 1_191_008.0], [603_004.0, 1_191_000.0],
            [603_000.0, 1_191_008.0], [603_000.0, 1_191_000.0]]] });
    let none = json!({ "type": "Point", "coordinates": [603_000.0, 1_191_000.0] });
    let ring = vec![json!([603_000.0, 1_191_000.0]); 10_001];
    let many = json!({ "type": "Polygon", "coordinates": [ring] });
    let balcony = |geometry: &Value| json!({ "kind": "balcony", "geometry": geometry });
    let level = |from: Value, to: Value| json!({ "kind": "level", "geometry": fine, "fromM": from, "toM": to });
    for (part, place) in [
        (
            json!({ "kind": "tower", "geometry": fine }),
            "parts[1].kind",
        ),
        (
            json!({ "kind": "fence", "geometry": fine }),
            "parts[1].geometry",
        ),
        (
            json!({ "kind": "fence", "geometry": point }),
            "parts[1].geometry",
        ),
        (balcony(&line), "parts[1].geometry"),
        (balcony(&none), "parts[1].geometry"),
        (balcony(&bow), "parts[1].geometry"),
        (balcony(&many), "parts[1].geometry"),
        (balcony(&open), "parts[1].geometry[0][0]"),
        (level(Value::Null, json!(3)), "parts[1].fromM"),
        (level(json!("3.0001"), json!(4)), "parts[1].fromM"),
        (level(json!(3), json!("3")), "parts[1].toM"),
        (level(json!(3), json!(1001)), "parts[1].toM"),
        (
            json!({ "kind": "low_part", "geometry": fine, "toM": "3.501" }),
            "parts[1].toM",
        ),
        (
            json!({ "kind": "canopy", "geometry": fine, "fromM": -1 }),
            "parts[1].fromM",
        ),
    ] {
        let answer = ask(&office, &json!([balcony(&fine), part]), &json!({}));
        assert_eq!(answer.status, 422, "{part}: {}", answer.text());
        assert_eq!(answer.at("/parameter"), place, "{}", answer.text());
        assert!(answer.at("/expected").is_string(), "{place}");
    }
}

#[test]
fn too_many_parts_and_what_no_part_has_are_refused() {
    let office = office();
    let fine = square(603_000.0, 1_191_000.0, 1.0);
    let balcony = json!({ "kind": "balcony", "geometry": fine });
    let crowd = vec![balcony; 101];
    let answer = ask(&office, &json!(crowd), &json!({}));
    assert_eq!(
        (answer.status, answer.at("/parameter")),
        (422, "parts".into())
    );
    let other = json!([{ "kind": "balcony", "geometry": fine, "colour": 1 }]);
    assert_eq!(ask(&office, &other, &json!({})).status, 422);
}

#[test]
fn each_part_is_told_with_where_it_lies_in_both_languages() {
    let office = office();
    let parcel = office.get(&format!("/collections/parcels/items/1?crs={CRS}"));
    let ring = match parcel.at("/geometry/type").as_str() {
        Some("Polygon") => parcel.at("/geometry/coordinates/0"),
        _ => parcel.at("/geometry/coordinates/0/0"),
    };
    let corners: Vec<[f64; 2]> = serde_json::from_value(ring.clone()).expect("positions");
    let [east, north] = corners[1];
    let body = json!({
        "footprint": { "type": "Polygon", "coordinates": [ring] },
        "crs": CRS, "parcels": [1], "snapToBoundary": true,
        "parts": [
            { "kind": "fence", "geometry": { "type": "LineString",
                "coordinates": [corners[0], [east + 0.02, north]] } },
            { "kind": "canopy", "fromM": "3.50", "geometry": square(east - 500.0, north, 1.0) },
        ],
    });
    for (language, fence, beyond) in [
        ("vi", "Hàng rào", "Vươn sang đất của người khác"),
        ("en", "Fence", "Reaches onto land of others"),
    ] {
        let answer = office.post(&format!("/v1/checks?lang={language}"), &body.to_string());
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.at("/parts/0/kindText"), fence);
        assert_eq!(answer.at("/parts/0/part"), "parts[0]");
        let snapped = answer.at("/snapped");
        assert_eq!(
            snapped[0]["place"], "parts[0].geometry[0][0][1]",
            "{snapped}"
        );
        assert_eq!(answer.at("/parts/1/placeText"), beyond, "{}", answer.text());
        assert_eq!(answer.at("/parts/1/outcome"), "fail");
        assert_eq!(answer.at("/parts/1/fromM"), "3.5");
        assert_eq!(answer.at("/parts/1/witness/type"), "MultiPolygon");
        assert_eq!(answer.at("/total"), "may_not");
    }
}

#[test]
fn storeys_are_counted_from_the_floors_and_others_are_refused() {
    let office = office();
    let floors = |share: &str| {
        json!({ "full": 3, "mezzanines": [{ "sharePercent": share }],
            "stairRoof": { "sharePercent": 30, "coversStairsOnly": true } })
    };
    for (share, counted) in [("65", "3"), ("65.001", "4")] {
        let answer = ask(&office, &json!([]), &json!({ "floors": floors(share) }));
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.at("/storeys/counted"), counted, "{share}");
        assert_eq!(answer.at("/storeys/floors/1/counts"), share != "65");
        let verdicts = answer.at("/verdicts");
        let verdicts = verdicts.as_array().expect("verdicts");
        let storeys = verdicts.iter().find(|own| own["quantity"] == "storeys");
        assert_eq!(storeys.expect("a rule limits it")["found"], counted);
    }
    let half = json!({ "heightM": 3, "aboveGroundM": "1.499" });
    let too_far = json!({ "heightM": 3, "aboveGroundM": "3.001" });
    for (building, place) in [
        (
            json!({ "storeys": 4, "floors": floors("65") }),
            "building.storeys",
        ),
        (json!({ "floors": { "full": 0 } }), "building.floors.full"),
        (
            json!({ "floors": { "full": 1, "mezzanines": [{ "sharePercent": 0 }] } }),
            "building.floors.mezzanines[0].sharePercent",
        ),
        (
            json!({ "floors": { "full": 1, "halfBasement": too_far } }),
            "building.floors.halfBasement.aboveGroundM",
        ),
        (
            json!({ "basements": 0, "floors": { "full": 1, "halfBasement": half } }),
            "building.basements",
        ),
    ] {
        let answer = ask(&office, &json!([]), &building);
        assert_eq!(answer.status, 422, "{building}: {}", answer.text());
        assert_eq!(answer.at("/parameter"), place, "{}", answer.text());
    }
    let basement = json!([{ "kind": "basement", "geometry": square(603_000.0, 1_191_000.0, 2.0) }]);
    let answer = ask(&office, &basement, &json!({ "basements": 0 }));
    assert_eq!(
        answer.at("/parameter"),
        "building.basements",
        "{}",
        answer.text()
    );
    let level = json!([{ "kind": "level", "fromM": 0, "toM": 4,
        "geometry": square(603_000.0, 1_191_000.0, 2.0) }]);
    let answer = ask(&office, &level, &json!({ "ridgeHeightM": "3.999" }));
    assert_eq!(answer.at("/parameter"), "building.ridgeHeightM");
}
