//! May this building stand here: questions over HTTP.

use crate::harness::{Answer, Office};

fn office() -> Office {
    Office::open().with_land("two_villages").start()
}

fn ask(office: &Office, body: &str) -> Answer {
    office.post("/v1/checks?lang=en", body)
}

#[test]
fn a_proposal_that_cannot_be_judged_is_refused_with_the_place() {
    let office = office();
    let square = |ring: &str| format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
    let bow = square("[[0,0],[1,1],[1,0],[0,1],[0,0]]");
    let far = square("[[0,0],[1,0],[1,1],[0,1],[0,0]]");
    let crs = r#""crs":"http://www.opengis.net/def/crs/EPSG/0/9210""#;
    let metres = square(
        "[[603000,1191000],[603004,1191008],[603004,1191000],[603000,1191008],[603000,1191000]]",
    );
    let square_of_metres = square(
        "[[603000,1191000],[603004,1191000],[603004,1191008],[603000,1191008],[603000,1191000]]",
    );
    for (body, status, place) in [
        ("{".to_owned(), 400, "body"),
        (r#"{"footprints":1}"#.to_owned(), 422, "body"),
        (
            format!(r#"{{"footprint":{far},"date":"yesterday"}}"#),
            422,
            "date",
        ),
        (format!(r#"{{"footprint":{far}}}"#), 422, "footprint"),
        (
            format!(r#"{{"footprint":{bow},"crs":"EPSG:1"}}"#),
            400,
            "crs",
        ),
        (
            format!(r#"{{"footprint":{metres},{crs},"parcels":[1]}}"#),
            422,
            "footprint",
        ),
        (
            format!(r#"{{"footprint":{metres},{crs},"parcels":[0]}}"#),
            422,
            "parcels[0]",
        ),
        (
            format!(
                r#"{{"footprint":{square_of_metres},{crs},"parcels":[1],"building":{{"storeys":-1}}}}"#
            ),
            422,
            "building.storeys",
        ),
    ] {
        let answer = ask(&office, &body);
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
        assert_eq!(answer.at("/parameter"), place, "{body}: {}", answer.text());
        assert!(answer.at("/expected").is_string(), "{body}");
    }
    let unknown = ask(
        &office,
        &format!(r#"{{"footprint":{metres},{crs},"parcels":[999]}}"#),
    );
    assert_eq!(unknown.status, 404, "{}", unknown.text());
    assert_eq!(office.get("/v1/checks").status, 405);
}

#[test]
fn what_is_no_outline_is_told_with_its_place_however_long_it_is() {
    let office = office();
    let square = |ring: &str| format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
    let crs = r#""crs":"http://www.opengis.net/def/crs/EPSG/0/9210""#;
    let metres = square(
        "[[603000,1191000],[603004,1191008],[603004,1191000],[603000,1191008],[603000,1191000]]",
    );
    let told = ask(
        &office,
        &format!(r#"{{"footprint":{metres},{crs},"parcels":[1]}}"#),
    );
    let detail = told.at("/detail");
    let near = "near 603002.000 1191004.000 (EPSG:9210)";
    assert!(
        detail.as_str().is_some_and(|text| text.contains(near)),
        "{detail}"
    );
    // As long as the limit of bodies allows, and no object; no number of vertices is too much to be told.
    let long = format!("{{{}}}", " ".repeat(700_000));
    assert_eq!(ask(&office, &long).status, 422);
    let none = ask(&office, "[]");
    let none = none.text();
    assert!(none.contains("an object with a footprint"), "{none}");
    let ring = vec!["[106.69,10.77]"; 20_000].join(",");
    let many = ask(
        &office,
        &format!(r#"{{"footprint":{}}}"#, square(&format!("[{ring}]"))),
    );
    assert_eq!(
        (many.status, many.at("/code")),
        (422, "invalid_proposal".into())
    );
    assert!(many.text().contains("20000"), "{}", many.text());
}

#[test]
fn sizes_that_no_building_has_are_refused_with_the_place() {
    let office = office();
    let crs = r#""crs":"http://www.opengis.net/def/crs/EPSG/0/9210","parcels":[1]"#;
    let sized = |sizes: &str| {
        format!(
            r#"{{"footprint":{{"type":"Polygon","coordinates":[[[603000,1191000],[603004,1191000],
            [603004,1191008],[603000,1191008],[603000,1191000]]]}},{crs},"building":{{{sizes}}}}}"#
        )
    };
    let speck = r#"{"type":"Polygon","coordinates":[[[603000,1191000],[603000.02,1191000],
        [603000.02,1191000.02],[603000,1191000]]]}"#;
    for (body, place) in [
        (sized(r#""storeys":0"#), "storeys"),
        (sized(r#""storeys":2.5"#), "storeys"),
        (sized(r#""storeys":10000"#), "storeys"),
        (sized(r#""basements":40"#), "basements"),
        (sized(r#""ridgeHeightM":0"#), "ridgeHeightM"),
        (
            sized(r#""ridgeHeightM":3,"heightAtBuildingLineM":12"#),
            "ridgeHeightM",
        ),
        (sized(r#""floorAreaM2":0"#), "floorAreaM2"),
    ] {
        let answer = ask(&office, &body);
        assert_eq!(answer.status, 422, "{body}: {}", answer.text());
        assert_eq!(answer.at("/parameter"), format!("building.{place}"));
        assert!(answer.at("/expected").is_string(), "{body}");
    }
    let answer = ask(&office, &format!(r#"{{"footprint":{speck},{crs}}}"#));
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert_eq!(answer.at("/parameter"), "footprint");
}

#[test]
fn vertices_beside_the_boundary_are_moved_onto_it_when_that_is_asked_and_each_is_told() {
    let office = office();
    let crs = "http://www.opengis.net/def/crs/EPSG/0/9210";
    let parcel = office.get(&format!("/collections/parcels/items/1?crs={crs}"));
    let ring = match parcel.at("/geometry/type").as_str() {
        Some("Polygon") => parcel.at("/geometry/coordinates/0"),
        _ => parcel.at("/geometry/coordinates/0/0"),
    };
    let ring: Vec<[f64; 2]> = serde_json::from_value(ring).expect("positions");
    let asked = |off_m: f64, snap: bool| {
        let mut drawn = ring.clone();
        drawn[1][0] += off_m;
        let body = serde_json::json!({
            "footprint": { "type": "Polygon", "coordinates": [drawn] },
            "crs": crs, "parcels": [1], "snapToBoundary": snap,
        });
        ask(&office, &body.to_string())
    };
    for off_m in [0.02, 0.001] {
        let answer = asked(off_m, true);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let told = answer.at("/snapped");
        assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
        assert_eq!(told[0]["place"], "footprint[0][0][1]");
        let to: [f64; 2] = serde_json::from_value(told[0]["to"].clone()).expect("a position");
        assert_eq!(to, ring[1]);
        assert_eq!(told[0]["movedM"], format!("{off_m}"));
    }
    // What lies on the boundary stays, though a corner is near.
    assert_eq!(asked(-0.02, true).at("/snapped"), serde_json::json!([]));
    assert_eq!(asked(0.021, true).at("/snapped"), serde_json::json!([]));
    assert_eq!(asked(0.02, false).at("/snapped"), serde_json::json!([]));
}

#[test]
fn a_footprint_over_several_parcels_must_name_them() {
    let office = office();
    let wide = r#"{"footprint":{"type":"Polygon","coordinates":[[[602990,1190990],[603090,1190990],
        [603090,1191090],[602990,1191090],[602990,1190990]]]},
        "crs":"http://www.opengis.net/def/crs/EPSG/0/9210"}"#;
    let several = ask(&office, wide);
    assert_eq!(several.status, 422, "{}", several.text());
    assert_eq!(several.at("/parameter"), "parcels", "{}", several.text());
}

#[test]
fn a_house_on_a_parcel_is_answered_with_every_verdict_in_both_languages() {
    let office = office();
    let parcel = office.get("/v1/parcels/1?lang=en");
    let geometry = parcel.at("/geometry");
    let polygon = match geometry["type"].as_str() {
        Some("MultiPolygon") => geometry["coordinates"][0].clone(),
        _ => geometry["coordinates"].clone(),
    };
    let footprint = serde_json::json!({ "type": "Polygon", "coordinates": polygon });
    let body = serde_json::json!({
        "footprint": footprint,
        "building": { "storeys": 3, "ridgeHeightM": "11.6" },
        "stated": { "building_kind": "row_house", "development": "existing",
            "applicant": "household", "grade": "2" },
    });
    let answer = office.post("/v1/checks?lang=vi", &body.to_string());
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.at("/language"), "vi");
    assert_eq!(answer.at("/site/parcels/0/id"), 1);
    let verdicts = answer.at("/verdicts");
    let verdicts = verdicts.as_array().expect("verdicts");
    assert!(
        verdicts
            .iter()
            .all(|verdict| verdict["rules"].as_array().is_some_and(|r| !r.is_empty()))
    );
    let found = |quantity: &str| {
        let own = verdicts
            .iter()
            .find(|verdict| verdict["quantity"] == quantity);
        own.expect("a rule limits it")["found"].clone()
    };
    assert_eq!(answer.at("/permit/office"), "commune");
    assert_eq!(
        answer.at("/permit/officeText"),
        "Ủy ban nhân dân phường, xã, đặc khu"
    );
    assert_eq!(answer.at("/permit/otherReadings/0/pack"), "hcmc_29_2025");
    // No layer of plans says what the land is for.
    assert!(answer.at("/permit/path").is_null());
    assert_eq!(found("storeys"), "3");
    assert_eq!(found("ridge_height"), "11.6");
}

#[test]
fn an_answer_says_in_words_what_it_limits_and_what_may_be_stated() {
    let office = office();
    let parcel = office.get("/v1/parcels/1");
    let body = serde_json::json!({
        "footprint": parcel.at("/geometry"),
        "stated": { "building_kind": "row_house" },
    });
    for (language, coverage, rear, kind, existing) in [
        (
            "vi",
            "Mật độ xây dựng thuần",
            "Khoảng lùi sau",
            "loại công trình",
            "khu hiện hữu",
        ),
        (
            "en",
            "Net coverage",
            "Rear setback",
            "kind of building",
            "existing built-up area",
        ),
    ] {
        let answer = office.post(&format!("/v1/checks?lang={language}"), &body.to_string());
        let answer = answer.json();
        let named = |list: &str, name: &str, value: &str| {
            let found = answer[list].as_array().and_then(|list| {
                let own = list.iter().find(|own| own[name] == value);
                own.cloned()
            });
            found.unwrap_or_else(|| unreachable!("{value} of {list}"))
        };
        let of_coverage = named("verdicts", "quantity", "coverage");
        assert_eq!(of_coverage["quantityText"], coverage);
        assert_eq!(of_coverage["unit"], "%");
        let missing = of_coverage["missing"].as_array().map(Vec::len);
        assert_eq!(of_coverage["missingText"].as_array().map(Vec::len), missing);
        assert_eq!(
            named("verdicts", "quantity", "setback/rear")["quantityText"],
            rear
        );
        assert_eq!(named("facts", "parameter", "building_kind")["text"], kind);
        let development = named("asks", "parameter", "development");
        assert_eq!(development["sort"], "word");
        assert_eq!(development["choices"][0]["value"], "existing");
        assert_eq!(development["choices"][0]["text"], existing);
        let first = answer["asks"][0]["waiting"].as_u64();
        assert!(first >= development["waiting"].as_u64(), "the most first");
        // What was stated can be stated otherwise.
        let stated = named("asks", "parameter", "building_kind");
        assert_eq!(stated["waiting"], 0);
        assert_eq!(stated["choices"].as_array().map(Vec::len), Some(14));
    }
}

#[test]
fn a_theme_without_data_is_told_by_its_title() {
    let office = office();
    let parcel = office.get("/v1/parcels/1");
    let body = serde_json::json!({ "footprint": parcel.at("/geometry") });
    for (language, title) in [
        ("vi", "“Quy hoạch chi tiết 1/500, tổng mặt bằng”"),
        ("en", "“Detailed plan 1:500, site layout”"),
    ] {
        let answer = office.post(&format!("/v1/checks?lang={language}"), &body.to_string());
        let open = answer.at("/open");
        let mut open = open.as_array().expect("a list").iter();
        let told = open.find(|own| own["theme"] == "detailed_plan");
        let told = told.expect("no layer speaks of it")["text"].to_string();
        assert!(told.contains(title), "{told}");
    }
}

#[test]
fn the_site_tells_the_lot_and_what_each_of_its_edges_faces() {
    let office = office();
    let parcel = office.get("/v1/parcels/1");
    let body = serde_json::json!({ "footprint": parcel.at("/geometry") });
    let answer = office.post("/v1/checks", &body.to_string());
    let edges = answer.at("/site/edges");
    let edges = edges.as_array().expect("edges");
    let ring = answer.at("/site/lot/coordinates/0/0");
    let ring = ring.as_array().expect("a ring");
    assert!(edges.len() >= ring.len() - 1, "{edges:?}");
    for edge in edges {
        let facing = edge["facing"].as_str().expect("a word");
        assert!(["road", "side", "rear"].contains(&facing), "{edge}");
        assert_eq!(edge["street"].is_string(), facing == "road", "{edge}");
        let ends = edge["line"]["coordinates"].as_array().expect("a line");
        assert_eq!(ends.len(), 2);
    }
    // The outline goes around and comes back.
    for (one, next) in edges.iter().zip(edges.iter().cycle().skip(1)) {
        assert_eq!(
            one["line"]["coordinates"][1],
            next["line"]["coordinates"][0]
        );
    }
    let road = answer.at("/site/roads/0/street");
    assert!(edges.iter().any(|edge| edge["street"] == road), "{edges:?}");
}
