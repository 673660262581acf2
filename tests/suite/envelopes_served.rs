//! What may be built on a parcel, over HTTP.

use crate::check_city::STATED;
use crate::feature_bytes::city;
use crate::harness::Office;
use diachinh::evidence::canonical_bytes;
use diachinh::http::envelope::view::{EnvelopeView, LevelView};
use serde_json::json;

fn office() -> Office {
    Office::open().with_land("two_villages").start()
}

#[test]
fn what_is_lacking_is_told_in_both_languages_and_no_level_is() {
    let office = office();
    for (language, text) in [
        ("en", "It is not known what may be built"),
        ("vi", "Chưa rõ được xây đến đâu"),
    ] {
        let answer = office.get(&format!("/v1/parcels/1/envelope?lang={language}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.at("/extent"), "unknown");
        let told = answer.at("/extentText");
        assert!(told.as_str().expect("a text").starts_with(text), "{told}");
        assert_eq!(answer.at("/levels"), serde_json::json!([]));
        assert!(
            answer.at("/missing/0/text").is_string(),
            "{}",
            answer.text()
        );
        assert_ne!(answer.at("/total"), "may_proceed");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_with_the_parameter() {
    let office = office();
    for (query, status, parameter) in [
        ("building_kind=castle", 400, "building_kind"),
        ("storeys=1e3", 400, "storeys"),
        ("height=3", 400, "height"),
        ("crs=EPSG:1", 400, "crs"),
        ("date=yesterday", 400, "date"),
        ("lang=fr", 400, "lang"),
    ] {
        let answer = office.get(&format!("/v1/parcels/1/envelope?{query}"));
        assert_eq!(answer.status, status, "{query}: {}", answer.text());
        assert_eq!(answer.at("/parameter"), parameter, "{query}");
    }
    assert_eq!(office.get("/v1/parcels/999/envelope").status, 404);
    assert_eq!(office.post("/v1/parcels/1/envelope", "{}").status, 405);
}

/// What an asker of a row house states, and that no detailed plan sets a front setback.
fn stated() -> Vec<(&'static str, &'static str)> {
    let mut stated = STATED.to_vec();
    stated.push(("detailed_front_setback_m", "none"));
    stated
}

/// The verdicts of setbacks on a building over all of a level, as high as it, judged by a check.
fn judged(office: &Office, parcel: i64, crs: &str, level: &LevelView) -> Vec<(String, String)> {
    let stated: serde_json::Map<_, _> = stated()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    let question = json!({
        "parcels": [parcel],
        "crs": crs,
        "footprint": level.geometry,
        "building": { "ridgeHeightM": level.to_m },
        "stated": stated,
    });
    let answer = office.post("/v1/checks?lang=en", &question.to_string());
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_ne!(answer.at("/standing/outcome"), "fail", "{parcel}");
    let verdicts = answer.at("/verdicts");
    let verdicts = verdicts.as_array().expect("verdicts").iter();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    verdicts
        .map(|verdict| (text(&verdict["quantity"]), text(&verdict["outcome"])))
        .filter(|(quantity, _)| quantity.starts_with("setback/") || quantity == "ridge_height")
        .collect()
}

#[test]
fn what_may_be_built_on_parcels_of_the_city_passes_a_check() {
    let office = city();
    let query: Vec<String> = stated()
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let crs = "http://www.opengis.net/def/crs/EPSG/0/9210";
    let mut known = 0;
    for parcel in (1..2_000_i64).step_by(53) {
        let path = format!(
            "/v1/parcels/{parcel}/envelope?lang=vi&crs={crs}&{}",
            query.join("&")
        );
        let answer = office.get(&path);
        // Some parcels have been divided since.
        if answer.status == 404 {
            continue;
        }
        assert_eq!(answer.status, 200, "{}", answer.text());
        let view: EnvelopeView = serde_json::from_slice(&answer.body).expect("as described");
        let again = canonical_bytes(&view).expect("JSON");
        assert_eq!(answer.body, again, "{parcel}");
        assert_eq!(view.extent == "known", !view.levels.is_empty(), "{parcel}");
        assert_eq!(
            view.extent == "unknown",
            !view.missing.is_empty(),
            "{parcel}"
        );
        if view.site.epsg != 9210 {
            continue;
        }
        for level in &view.levels {
            known += 1;
            assert!(level.faces.len() > 2, "{parcel}");
            for face in level.faces.iter().filter(|face| face.cause == "limit") {
                assert!(!face.rules.is_empty() && !face.text.is_empty(), "{parcel}");
            }
            for (quantity, outcome) in judged(&office, parcel, crs, level) {
                assert_ne!(outcome, "fail", "{parcel} {quantity}");
            }
        }
    }
    assert!(known > 5, "{known}");
}

#[test]
fn a_check_tells_what_has_to_change_with_the_changed_footprint() {
    let office = office();
    let footprint = json!({ "type": "Polygon", "coordinates": [[
        [602_999, 1_191_000], [603_004, 1_191_000], [603_004, 1_191_008], [602_999, 1_191_008],
        [602_999, 1_191_000],
    ]] });
    let question = json!({
        "parcels": [1],
        "crs": "http://www.opengis.net/def/crs/EPSG/0/9210",
        "footprint": footprint,
    });
    for (language, text) in [("en", "Cut off"), ("vi", "Cắt bỏ")] {
        let path = format!("/v1/checks?lang={language}");
        let answer = office.post(&path, &question.to_string());
        assert_eq!(answer.status, 200, "{}", answer.text());
        let change = answer.at("/standing/change");
        assert_eq!(answer.at("/standing/outcome"), "fail", "{}", answer.text());
        let told = change["text"].as_str().expect("a text");
        assert!(told.starts_with(text), "{told}");
        assert_eq!(change["outcome"], "pass");
        assert_eq!(change["footprint"]["type"], "MultiPolygon");
    }
}
