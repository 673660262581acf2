//! Look-ups over HTTP: by place, by key, by text, for a day; and what they answer with.

use crate::harness::Office;
use serde_json::json;

/// The middle of parcel 1 of `two_villages`, in metres of EPSG:9210.
const IN_PARCEL_1: &str = "x=603002&y=1191010&crs=9210";

#[test]
fn a_coordinate_inside_a_parcel_finds_it_with_everything_the_register_says() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get(&format!("/v1/parcels/lookup?{IN_PARCEL_1}"));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/geo+json");
    insta::assert_json_snapshot!("parcel_1", answer.json());
}

#[test]
fn a_position_in_longitude_and_latitude_finds_the_same_parcel() {
    let office = Office::open().with_land("two_villages").start();
    let by_metres = office.get(&format!("/v1/parcels/lookup?{IN_PARCEL_1}"));
    let corners = by_metres.at("/features/0/geometry/coordinates/0");
    let (west, east) = (&corners[0], &corners[2]);
    let middle = |i: usize| {
        let sum = west[i].as_f64().expect("degrees") + east[i].as_f64().expect("degrees");
        sum / 2.0
    };
    let question = format!("/v1/parcels/lookup?lon={}&lat={}", middle(0), middle(1));
    assert_eq!(
        office.get(&question).at("/features"),
        by_metres.at("/features")
    );
}

#[test]
fn metres_that_are_typed_are_told_as_surveyors_write_them() {
    let office = Office::open().with_land("two_villages").start();
    let told = |q: &str, lang: &str| {
        let answer = office.get(&format!("/v1/parcels/lookup?q={q}&lang={lang}"));
        answer.at("/readAs/text").to_string()
    };
    for q in ["1191844%20603298", "603298%201191844"] {
        let north = told(q, "en");
        assert!(
            north.contains("X (north) = 1191844 m, Y (east) = 603298 m"),
            "{north}"
        );
        let north = told(q, "vi");
        assert!(
            north.contains("X (Bắc) = 1191844 m, Y (Đông) = 603298 m"),
            "{north}"
        );
    }
}

#[test]
fn a_place_on_a_shared_boundary_finds_all_parcels_that_touch() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/v1/parcels/lookup?x=603004&y=1191010&crs=EPSG:9210");
    let mut found: Vec<_> = (0..answer.at("/features").as_array().expect("features").len())
        .map(|i| {
            let id = answer.at(&format!("/features/{i}/id"));
            (
                id,
                answer.at(&format!("/features/{i}/properties/matchedBy")),
            )
        })
        .map(|(id, why)| (id.as_i64(), why))
        .collect();
    found.sort_by_key(|(id, _)| *id);
    assert_eq!(
        found,
        [(Some(1), json!("boundary")), (Some(2), json!("boundary"))]
    );
}

#[test]
fn an_answer_is_for_the_day_asked_and_today_by_default() {
    let office = Office::open().with_land("two_villages").start();
    for (date, id, said) in [
        ("", 4, "2026-11-23"),
        ("&date=2026-01-14", 3, "2026-01-14"),
        ("&date=2026-01-15", 4, "2026-01-15"),
    ] {
        let answer = office.get(&format!(
            "/v1/parcels/lookup?x=603009&y=1191010&crs=9210{date}"
        ));
        assert_eq!(answer.at("/features/0/id"), id, "{date}");
        assert_eq!(answer.at("/date"), said);
        assert_eq!(answer.at("/revision"), 1);
    }
}

#[test]
fn an_empty_answer_says_why_in_the_language_asked_for() {
    let office = Office::open().with_land("two_villages").start();
    for (question, reason, text) in [
        (
            "x=603030&y=1191010&crs=9210",
            "noParcel",
            "There is no parcel here on this day",
        ),
        (
            "x=603010&y=1190996&crs=9210",
            "onRoad",
            "This place lies on Lê Lợi",
        ),
        (
            "x=603010&y=1191035&crs=9210",
            "onWater",
            "This place lies on Kênh Bến Nghé",
        ),
        (
            "x=603120&y=1191010&crs=9210",
            "withoutData",
            "The register has no data for this area",
        ),
        (
            "lon=2.35&lat=48.85",
            "outsideCity",
            "This place lies outside the city",
        ),
        (
            "ward=nowhere&sheet=1&number=1",
            "unknownWard",
            "No ward of today or before has this name or code",
        ),
        (
            "ward=26743&sheet=5&number=99",
            "unknownKey",
            "This ward has no parcel with this sheet and number",
        ),
    ] {
        let answer = office.get(&format!("/v1/parcels/lookup?{question}&lang=en"));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.at("/features"), json!([]));
        assert_eq!(answer.at("/nothingHere/reason"), reason, "{question}");
        assert_eq!(answer.at("/nothingHere/text"), text, "{question}");
    }
}

#[test]
fn a_coordinate_far_outside_is_answered_with_its_likely_cause() {
    let office = Office::open().with_land("two_villages").start();
    for (question, cause) in [
        ("x=1191410&y=603481&crs=9210", json!("axesSwapped")),
        ("x=106.698&y=10.7721&crs=9210", json!("looksLikeLonLat")),
        ("x=426902&y=1144200&crs=9210", json!("otherZone")),
        ("lon=10.7721&lat=89", json!(null)),
        ("lon=2.35&lat=48.85", json!(null)),
    ] {
        let answer = office.get(&format!("/v1/parcels/lookup?{question}&lang=en"));
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.at("/nothingHere/reason"),
            "outsideCity",
            "{question}"
        );
        assert_eq!(
            answer.at("/nothingHere/likelyCause/code"),
            cause,
            "{question}"
        );
    }
    let swapped = office.get("/v1/parcels/lookup?lon=10.7721&lat=106.698&lang=en");
    assert_eq!(swapped.status, 400);
    assert_eq!(
        swapped.at("/detail"),
        "`106.698` is no latitude; longitude and latitude look swapped"
    );
}

#[test]
fn texts_are_vietnamese_unless_the_client_prefers_english() {
    let office = Office::open().with_land("two_villages").start();
    let ask = |language: &str, extra: &str| {
        let path = format!("/v1/parcels/lookup?{IN_PARCEL_1}{extra}");
        let answer = office.ask("GET", &path, &[("accept-language", language)]);
        let label = answer.at("/features/0/properties/label");
        (answer.header("content-language").to_owned(), label)
    };
    let vietnamese = ("vi".to_owned(), json!("Thửa 12, tờ 5, Phường Bến Thành"));
    let english = (
        "en".to_owned(),
        json!("Parcel 12, sheet 5, Phường Bến Thành"),
    );
    assert_eq!(ask("fr", ""), vietnamese);
    assert_eq!(ask("en-GB, vi;q=0.3", ""), english);
    assert_eq!(ask("en", "&lang=vi"), vietnamese);
}

#[test]
fn an_answer_is_geojson_as_others_read_it_wound_as_rfc_7946_says() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/v1/parcels/lookup?x=603017&y=1191010&crs=9210");
    let read: geojson::FeatureCollection = answer.text().parse().expect("a feature collection");
    let geometry = read.features[0].geometry.as_ref().expect("a geometry");
    let polygon = serde_json::to_value(geometry).expect("a geometry is JSON");
    let rings = polygon["coordinates"].as_array().expect("rings");
    let twice_area = |ring: &serde_json::Value| {
        let at = |i: usize, j: usize| ring[i][j].as_f64().expect("degrees");
        let count = ring.as_array().expect("positions").len();
        assert_eq!(ring[0], ring[count - 1], "a ring is closed");
        let edge = |i: usize| {
            let (x, y) = (at(i, 0) - at(0, 0), at(i, 1) - at(0, 1));
            let (next_x, next_y) = (at(i + 1, 0) - at(0, 0), at(i + 1, 1) - at(0, 1));
            x * next_y - next_x * y
        };
        (0..count - 1).map(edge).sum::<f64>()
    };
    assert_eq!(rings.len(), 2, "a shell and a courtyard");
    assert!(twice_area(&rings[0]) > 0.0 && twice_area(&rings[1]) < 0.0);
    assert_eq!(answer.at("/features/0/properties/areaDiffers"), true);
    assert_eq!(answer.at("/features/0/properties/measuredArea"), 188.0);
}

#[test]
fn every_vertex_comes_back_to_its_grid_point_from_nine_decimals() {
    let office = Office::open().with_land("two_villages").start();
    let planes = crate::harness::planes();
    let transforms = diachinh::crs::Transforms::new(&planes).expect("PROJ knows the systems");
    for id in [1, 2, 4, 6, 11] {
        let answer = office.get(&format!("/v1/parcels/{id}"));
        let epsg = answer
            .at("/properties/plane/epsg")
            .as_u64()
            .expect("a code");
        let epsg = diachinh::crs::Epsg(u32::try_from(epsg).expect("a code"));
        let plane = planes.get(epsg).expect("a plane of the city");
        let degrees = answer.at("/geometry/coordinates");
        let metres = answer.at("/properties/plane/polygons/0");
        for (ring, in_metres) in pairs(&degrees, &metres) {
            for (position, pair) in pairs(&ring, &in_metres) {
                let number =
                    |value: &serde_json::Value, i: usize| value[i].as_f64().expect("a number");
                let at = diachinh::crs::LonLat {
                    lon: number(&position, 0),
                    lat: number(&position, 1),
                };
                let back = transforms.to_plane(plane, at).expect("in the plane");
                assert_eq!(plane.metres(back), (number(&pair, 0), number(&pair, 1)));
            }
        }
    }
}

fn pairs(
    a: &serde_json::Value,
    b: &serde_json::Value,
) -> Vec<(serde_json::Value, serde_json::Value)> {
    let items = |value: &serde_json::Value| value.as_array().expect("an array").clone();
    items(a).into_iter().zip(items(b)).collect()
}

#[test]
fn neighbours_and_completions_come_when_they_are_asked_for() {
    let office = Office::open().with_land("two_villages").start();
    let plain = office.get("/v1/parcels/2");
    assert_eq!(plain.at("/properties/neighbours"), json!(null));
    let with = office.get("/v1/parcels/2?neighbours=true");
    let ids = [0, 1].map(|i| with.at(&format!("/properties/neighbours/{i}/id")));
    assert_eq!(ids, [json!(1), json!(4)]);
    let typed = office.get("/v1/parcels/lookup?q=ben%20thanh&suggest=true");
    let first = typed.at("/suggestions/0/q");
    assert!(
        first.as_str().is_some_and(|q| !q.is_empty()),
        "{}",
        typed.text()
    );
    assert_eq!(
        office
            .get("/v1/parcels/lookup?q=ben+thanh")
            .at("/suggestions"),
        json!(null)
    );
}

#[test]
fn a_text_as_people_write_it_and_a_former_ward_find_the_parcel_and_say_why() {
    let office = Office::open().with_land("two_villages").start();
    for (question, id, why) in [
        ("q=thua%2012%20to%205%20p%20ben%20thanh", 1, "keyAsMap"),
        (
            "ward=P.%20Pham%20Ngu%20Lao&sheet=3&number=7",
            1,
            "formerWardAsCertificate",
        ),
        ("ward=26749&sheet=5&number=12", 7, "formerWardAsMap"),
        ("q=000001234567", 1, "nationalIdentifier"),
    ] {
        let answer = office.get(&format!("/v1/parcels/lookup?{question}"));
        let features = answer.at("/features");
        let features = features.as_array().expect("features");
        let found = features.iter().find(|feature| feature["id"] == id);
        let found = found.unwrap_or_else(|| unreachable!("{question}: {}", answer.text()));
        assert_eq!(found["properties"]["matchedBy"], why, "{question}");
    }
}

#[test]
fn a_system_that_is_none_of_the_citys_is_refused_with_those_that_are() {
    let office = Office::open().with_land("two_villages").start();
    for query in [
        "/v1/parcels/lookup?x=1&y=1&crs=99999",
        "/collections/parcels/items?bbox=1,1,2,2&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/99999",
    ] {
        let answer = office.get(&format!("{query}&lang=en"));
        assert_eq!(answer.status, 400, "{query}");
        let text = answer.text();
        assert!(text.contains("9210") && text.contains("5899"), "{text}");
        assert!(!text.contains("2154") && !text.contains("4171"), "{text}");
    }
}

#[test]
fn what_was_understood_is_told_back_and_candidates_have_labels_of_their_own() {
    let office = Office::open().with_land("two_villages").start();
    let ask = |q: &str| {
        let q = q.replace(' ', "+");
        office.get(&format!("/v1/parcels/lookup?q={q}&lang=en"))
    };
    let answer = ask("12/5 ben thanh");
    let label = |i: usize| answer.at(&format!("/features/{i}/properties/label"));
    assert_eq!(label(0), "Parcel 12, sheet 5, Phường Bến Thành");
    let other =
        "Parcel 12, sheet 5, Phường Bến Thành (sheet numbered in Phường Phạm Ngũ Lão, Quận 1)";
    assert_eq!(label(1), other);
    assert_eq!(
        answer.at("/readAs"),
        json!({
            "text": "Understood as: parcel 12, sheet 5, Phường Bến Thành",
            "ambiguous": false, "number": "12", "sheet": "5",
            "wards": [{
                "code": "26743", "name": "Phường Bến Thành", "district": null,
                "former": false, "outcome": "found"
            }]
        })
    );
    let page = office.ask("GET", "/?q=12/5+ben+thanh", &[("accept", "text/html")]);
    let page = page.text();
    assert!(page.contains("<p>Đã hiểu là: thửa 12, tờ 5, Phường Bến Thành</p>"));
    let second = "<span>Phường Bến Thành · số tờ theo Phường Phạm Ngũ Lão, Quận 1</span>";
    assert!(page.contains(second), "{page}");
    for (q, text) in [
        (
            "thua 12 to 5 duong le loi p ben thanh",
            "Understood as: parcel 12, sheet 5, Phường Bến Thành. Not used: duong le loi",
        ),
        (
            "10.7721 106.698",
            "Understood as: longitude 106.698, latitude 10.7721",
        ),
        (
            "000001234567",
            "Understood as: national identifier 000001234567",
        ),
        ("12/5 duong le loi", "Not used: 12/5 duong le loi"),
    ] {
        assert_eq!(ask(q).at("/readAs/text"), text, "{q}");
    }
    assert_eq!(ask("???").at("/readAs"), json!(null));
}

#[test]
fn the_page_says_before_any_script_what_is_wrong_with_a_question() {
    let office = Office::open().with_land("two_villages").start();
    for (question, told) in [
        ("lon=abc", "`abc` không phải là số hữu hạn"),
        ("lon=106.7", "thiếu `lat`"),
        ("x=603002&y=1191010", "thiếu `crs`"),
        ("q=%FF", "không giải mã được thành UTF-8"),
        ("q=12/5&date=2026-13-01", "`2026-13-01` không phải là ngày"),
        ("lon=106.7&lat=10.7&q=ben+thanh", "hỏi nhiều câu cùng lúc"),
        ("id=999", "Không có thửa đất mang mã số 999"),
        ("id=x", "`x` không phải là mã của thửa đất"),
        ("q=zzzz", "Không có phường, xã nào tên như vậy"),
        ("q=???", "Chưa hiểu câu hỏi"),
        ("q=12+le+loi+street", "Chưa tra cứu được theo địa chỉ"),
        ("q=12/5+ben+thnah", "Có thể bạn gõ nhầm. Hãy chọn:"),
    ] {
        let page = office.ask("GET", &format!("/?{question}"), &[("accept", "text/html")]);
        assert_eq!(page.status, 200);
        assert!(page.text().contains(told), "{question}: {}", page.text());
    }
    // An empty field of the form asks nothing.
    let page = office.ask("GET", "/?q=", &[("accept", "text/html")]);
    assert!(page.text().contains("<section class=\"home\">"));
    let script = office.get("/v1/parcels/lookup?lon=abc");
    assert_eq!(script.status, 400);
}
