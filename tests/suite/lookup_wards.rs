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
