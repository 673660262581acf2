//! Look-ups over HTTP that name a ward otherwise than it is: what is asked back, and with what.

use crate::harness::Office;
use serde_json::json;

#[test]
fn a_ward_of_another_district_is_answered_with_wards_to_choose_from() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/v1/parcels/lookup?q=12/5+ben+thanh+quan+3&lang=en");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.at("/features"), json!([]));
    assert_eq!(answer.at("/nothingHere/reason"), "wardElsewhere");
    let text = answer.at("/nothingHere/text");
    let text = text.as_str().expect("a sentence");
    assert!(
        text.starts_with(
            "The ward of this name does not lie in the district named; there is: Phường Bến Thành"
        ),
        "{text}"
    );
    let first = answer.at("/nothingHere/suggestions/0");
    assert_eq!(first["q"], "thửa 12, tờ 5, Phường Bến Thành");
    assert_eq!(first["kind"], "ward");
    // The page says the same before any script, with links.
    let page = office.ask(
        "GET",
        "/?q=12/5+ben+thanh+quan+3",
        &[("accept", "text/html")],
    );
    let link = "href=\"./?q=thửa+12,+tờ+5,+Phường+Bến+Thành\"";
    assert!(page.text().contains(link), "{}", page.text());
}

#[test]
fn a_former_ward_of_a_kind_that_never_was_is_asked_about_and_words_beside_a_ward_are_told() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/v1/parcels/lookup?q=xa+phuoc+hai+cu&lang=en");
    assert_eq!(answer.at("/nothingHere/reason"), "notFormer");
    assert_eq!(
        answer.at("/nothingHere/text"),
        "No former ward of this kind had this name; is it: Thị trấn Phước Hải, Huyện Long Đất; Xã Phước Hải"
    );
    let kinds = ["formerWard", "ward"];
    for (at, kind) in kinds.into_iter().enumerate() {
        let given = answer.at(&format!("/nothingHere/suggestions/{at}/kind"));
        assert_eq!(given, kind);
    }
    let beside = "ward=12+Le+Loi,+P.+Ben+Thanh&sheet=5&number=12";
    let answer = office.get(&format!("/v1/parcels/lookup?{beside}"));
    assert_eq!(answer.at("/readAs/setAside"), json!(["12 Le Loi"]));
}

#[test]
fn the_wards_of_a_day_say_where_they_lie_and_how_many_parcels_are_held() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/v1/wards");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    let wards = answer.at("/wards");
    let wards = wards.as_array().expect("a list");
    let held = |of: &serde_json::Value| of["parcels"].as_u64().expect("a count");
    let all: u64 = wards.iter().map(held).sum();
    let page = office.ask("GET", "/", &[("accept", "text/html")]);
    let parcels = format!("\"parcels\":{all},\"wards\":{}", wards.len());
    assert!(page.text().contains(&parcels), "{parcels}");
    for ward in wards {
        let [west, south, east, north] =
            [0, 1, 2, 3].map(|i| ward["bounds"][i].as_f64().expect("degrees"));
        let [lon, lat] = [0, 1].map(|i| ward["point"][i].as_f64().expect("degrees"));
        assert!(
            west < lon && lon < east && south < lat && lat < north,
            "{ward}"
        );
        let found = office.get(&format!("/v1/parcels/lookup?lon={lon}&lat={lat}"));
        assert_ne!(found.at("/nothingHere/reason"), "outsideCity", "{ward}");
    }
    let named = wards.iter().find(|ward| ward["name"] == "Phường Bến Thành");
    assert_eq!(named.expect("a ward")["code"], "26743");
    let before = office.get("/v1/wards?date=2009-12-31");
    assert_eq!(before.at("/wards"), json!([]));
    let unknown = office.get("/v1/wards?lang=vi");
    assert_eq!(
        (unknown.status, unknown.at("/code")),
        (400, "invalid_parameter".into())
    );
    let kept = office.ask(
        "GET",
        "/v1/wards",
        &[("if-none-match", answer.header("etag"))],
    );
    assert_eq!(kept.status, 304);
}
