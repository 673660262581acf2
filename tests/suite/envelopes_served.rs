//! What may be built on a parcel, over HTTP.

use crate::harness::Office;

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
