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
