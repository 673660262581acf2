//! The parameter `filter`: CQL2 as text and as JSON, and what it can ask for.

use super::{ids, link};
use crate::fixture;
use crate::harness::{Answer, Office, planes};
use crate::village::{self, WEST};
use diachinh::cadastre::VersionId;
use diachinh::land::{Edit, ParcelChange};
use serde_json::{Value, json};

/// A text as a parameter.
pub fn encoded(text: &str) -> String {
    let byte = |b: u8| match b {
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(byte).collect()
}

pub fn filtered(office: &Office, collection: &str, filter: &str) -> Answer {
    let filter = encoded(filter);
    office.get(&format!(
        "/collections/{collection}/items?lang=en&filter={filter}"
    ))
}

pub fn found(office: &Office, filter: &str) -> Vec<i64> {
    ids(&filtered(office, "parcels", filter))
}

#[test]
fn an_area_that_an_item_shows_finds_the_item() {
    let office = Office::open().with_land("two_villages").start();
    // 3.333 m by 3.333 m is 11.108889 m², which is shown with four decimals.
    let mut edit = fixture::land("two_villages", &planes());
    let (x, y) = (603_000.0, 1_191_100.0);
    let mut opened = edit.parcels.iter_mut();
    let lot = opened.find_map(|change| match change {
        ParcelChange::Open { parcel, .. } if parcel.id.get() == 1 => Some(parcel),
        _ => None,
    });
    let mut lot = lot.expect("lot 1").clone();
    lot.shape = village::rectangle(WEST, x, y, 3.333, 3.333);
    let changed = ParcelChange::Supersede {
        version: VersionId(office.version_of(1)),
        parcel: lot,
        from: village::day("2026-11-01"),
    };
    let edit = Edit {
        dataset: "test".to_owned(),
        summary: "lot 1".to_owned(),
        parcels: vec![changed],
        ..Edit::default()
    };
    let written = format!("\"revision\":{}", office.commit(&edit).0);
    office.get_until("/health/ready", |answer| answer.text().contains(&written));
    let shown = office.get("/collections/parcels/items/1");
    let shown = shown.at("/properties/measuredArea");
    assert_eq!(shown, 11.1089);
    for filter in [
        format!("measuredArea = {shown}"),
        format!("measuredArea IN ({shown})"),
        format!("measuredArea BETWEEN {shown} AND {shown}"),
        format!("id = 1 AND measuredArea >= {shown} AND measuredArea <= {shown}"),
    ] {
        assert_eq!(found(&office, &filter), [1], "{filter}");
    }
    let parameter = office.get(&format!("/collections/parcels/items?measuredArea={shown}"));
    assert_eq!(ids(&parameter), [1]);
}

#[test]
fn every_number_that_an_item_shows_finds_the_item() {
    let office = Office::open().with_land("two_villages").start();
    for collection in ["parcels", "zones", "roads", "restrictions", "wards"] {
        let asked = office.get(&format!("/collections/{collection}/queryables"));
        let asked = asked.at("/properties");
        let numbers = asked.as_object().expect("properties").iter();
        let numbers = numbers.filter(|(_, of)| of["type"] == "number" || of["type"] == "integer");
        let names: Vec<&String> = numbers.map(|(name, _)| name).collect();
        let items = office.get(&format!("/collections/{collection}/items?limit=1000"));
        for item in items.at("/features").as_array().expect("features") {
            for name in &names {
                let place = format!("/properties/{}", name.replace('.', "/"));
                let shown = item.pointer(&place).unwrap_or(&Value::Null);
                if shown.is_null() {
                    continue;
                }
                let found = ids(&filtered(&office, collection, &format!("{name} = {shown}")));
                let id = item["id"].as_i64().expect("a key");
                assert!(found.contains(&id), "{collection} {id}: {name} = {shown}");
            }
        }
    }
}

const METRES: &str = "http://www.opengis.net/def/crs/EPSG/0/9210";

#[test]
fn parcels_are_found_by_what_they_say() {
    let office = Office::open().with_land("two_villages").start();
    let all = [1, 2, 4, 5, 6, 7, 11];
    for (filter, expected) in [
        ("registeredArea = 80", &[1, 2, 4, 5][..]),
        ("registeredArea <> 80", &[6, 7, 11]),
        ("registeredArea > 80 AND registeredArea <= 208", &[6, 7]),
        ("registeredArea BETWEEN 100 AND 208", &[6, 7]),
        ("registeredArea NOT BETWEEN 100 AND 208", &[1, 2, 4, 5, 11]),
        ("80.0 >= registeredArea", &[1, 2, 4, 5]),
        ("measuredArea < registeredArea", &[6]),
        ("ward.code = '26686'", &[11]),
        ("ward.code IN ('26686', '00001')", &[11]),
        ("id IN (2, 5, 99)", &[2, 5]),
        ("NOT (id IN (2, 5, 99))", &[1, 4, 6, 7, 11]),
        ("asMap.number LIKE '2_'", &[4, 5]),
        ("asMap.number NOT LIKE '1%'", &[4, 5]),
        ("nationalIdentifier = '000001234567'", &[1]),
        ("nationalIdentifier IS NULL", &[2, 4, 5, 6, 7, 11]),
        ("asCertificate.sheet IS NOT NULL", &[1]),
        // What is unknown is not false: neither the comparison nor its opposite finds it.
        ("asCertificate.sheet = '4'", &[]),
        ("NOT asCertificate.sheet = '4'", &[1]),
        ("asCertificate.sheet = '4' OR id = 2", &[2]),
        (
            "NOT (asCertificate.sheet = '4' AND id = 2)",
            &[1, 4, 5, 6, 7, 11],
        ),
        ("landUseCodes = 'TMD' OR landUseCodes = 'ONT'", &[6, 11]),
        ("CASEI(landUseCodes) = casei('tmd')", &[6]),
        ("landUseCodes = 'tmd'", &[]),
        ("status = 'inUse'", &all),
        ("status = 'inUse' AND TRUE", &all),
        ("FALSE OR scale = 500 AND plane.epsg = 5899", &[11]),
    ] {
        assert_eq!(found(&office, filter), expected, "{filter}");
    }
}

#[test]
fn parcels_are_found_by_their_days() {
    let office = Office::open().with_land("two_villages").start();
    for (filter, expected) in [
        ("validFrom = DATE('2026-01-15')", &[4, 5][..]),
        ("validFrom >= '2015-05-05'", &[4, 5, 11]),
        // The same day in Vietnam.
        ("validFrom = TIMESTAMP('2026-01-14T20:00:00Z')", &[4, 5]),
        ("T_AFTER(validFrom, DATE('2015-05-04'))", &[4, 5, 11]),
        ("T_BEFORE(validFrom, DATE('2015-05-05'))", &[1, 2, 6, 7]),
        ("T_DURING(validFrom, INTERVAL('2015-05-05', '..'))", &[4, 5]),
        (
            "T_INTERSECTS(INTERVAL(validFrom, validTo), INTERVAL('..', '2010-01-01'))",
            &[1, 2, 6, 7],
        ),
        ("T_EQUALS(validFrom, DATE('2015-05-05'))", &[11]),
        ("T_AFTER(validTo, DATE('2015-05-05'))", &[]),
    ] {
        assert_eq!(found(&office, filter), expected, "{filter}");
    }
}

#[test]
fn parcels_are_found_exactly_by_how_they_lie_to_a_shape() {
    let office = Office::open().with_land("two_villages").start();
    // Metres from the corner of the village, in the system in which its parcels were measured.
    let at = |text: &str| text.replace('+', "603").replace('#', "1191");
    for (filter, expected) in [
        // On the boundary of two.
        ("S_INTERSECTS(geometry, POINT(+004 #010))", &[1, 2][..]),
        ("S_INTERSECTS(geometry, POINT(+004.001 #010))", &[2]),
        ("S_TOUCHES(geometry, POINT(+004 #010))", &[1, 2]),
        ("S_CONTAINS(geometry, POINT(+004 #010))", &[]),
        ("S_CONTAINS(geometry, POINT(+002 #010))", &[1]),
        ("S_WITHIN(POINT(+002 #010), geometry)", &[1]),
        // In the courtyard.
        ("S_INTERSECTS(geometry, POINT(+020 #010))", &[]),
        ("S_WITHIN(geometry, BBOX(+000,#000,+008,#020))", &[1, 2]),
        ("S_WITHIN(geometry, BBOX(+000.001,#000,+008,#020))", &[2]),
        (
            "S_EQUALS(geometry, POLYGON((+000 #000, +004 #000, +004 #020, +000 #020, +000 #000)))",
            &[1],
        ),
        ("S_OVERLAPS(geometry, BBOX(+001,#000,+008,#020))", &[1]),
        ("S_TOUCHES(geometry, BBOX(+008,#000,+012,#020))", &[2, 5]),
        (
            "S_CROSSES(geometry, LINESTRING(+001 #010, +005 #010))",
            &[1, 2],
        ),
        (
            "S_INTERSECTS(geometry, MULTIPOINT(+002 #010, +014 #010))",
            &[1, 5],
        ),
        ("NOT S_DISJOINT(geometry, POINT(+002 #110))", &[7]),
        (
            "S_INTERSECTS(geometry, BBOX(+000,#000,+026,#020)) AND registeredArea > 100",
            &[6],
        ),
    ] {
        let filter = at(filter);
        let path = format!(
            "/collections/parcels/items?filter-crs={METRES}&filter={}",
            encoded(&filter)
        );
        assert_eq!(ids(&office.get(&path)), expected, "{filter}");
    }
    let world = "S_INTERSECTS(geometry, POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90)))";
    assert_eq!(found(&office, world), [1, 2, 4, 5, 6, 7, 11]);
    let east = "S_INTERSECTS(geometry, BBOX(107,10,-170,11))";
    assert_eq!(found(&office, east), [11]);
    // Latitude first, as EPSG:4326 has it.
    let path = format!(
        "/collections/parcels/items?filter-crs={}&filter={}",
        METRES.replace("9210", "4326"),
        encoded("S_INTERSECTS(geometry, BBOX(10,107,11,108))")
    );
    assert_eq!(ids(&office.get(&path)), [11]);
}

#[test]
fn a_filter_as_json_says_what_the_same_filter_as_text_says() {
    let office = Office::open().with_land("two_villages").start();
    for (filter, expected) in [
        (
            json!({"op": ">", "args": [{"property": "registeredArea"}, 100]}),
            &[6, 11][..],
        ),
        (
            json!({"op": "and", "args": [
                {"op": "like", "args": [{"property": "landUseCodes"}, "O%"]},
                {"op": "not", "args": [{"op": "in", "args": [{"property": "id"}, [1, 2]]}]},
            ]}),
            &[4, 5, 7, 11],
        ),
        (
            json!({"op": "s_intersects", "args": [
                {"property": "geometry"}, {"bbox": [107, 10, 108, 11]},
            ]}),
            &[11],
        ),
        (
            json!({"op": "t_after", "args": [
                {"property": "validFrom"}, {"date": "2015-05-04"},
            ]}),
            &[4, 5, 11],
        ),
        (
            json!({"op": "isNull", "args": [{"property": "validTo"}]}),
            &[1, 2, 4, 5, 6, 7, 11],
        ),
    ] {
        let path = format!(
            "/collections/parcels/items?filter-lang=cql2-json&filter={}",
            encoded(&filter.to_string())
        );
        assert_eq!(ids(&office.get(&path)), expected, "{filter}");
    }
}

#[test]
fn wards_roads_and_restrictions_are_filtered_too() {
    let office = Office::open().with_land("two_villages").start();
    for (collection, filter, expected) in [
        (
            "wards",
            "ACCENTI(name) = accenti('Phuoc Hai')",
            &[26686][..],
        ),
        ("wards", "kind = 'ward'", &[26743]),
        ("wards", "S_CONTAINS(geometry, POINT(106.6 10.7))", &[]),
        (
            "roads",
            "street LIKE 'Lê%' AND width >= 8 AND alley = FALSE",
            &[1001],
        ),
        ("roads", "alley", &[]),
        ("roads", "NOT alley", &[1001]),
        (
            "roads",
            "CASEI(ACCENTI(street)) LIKE casei(accenti('LE L%'))",
            &[1001],
        ),
        (
            "roads",
            "theme = 'right_of_way' AND lawStatus = 'in_force'",
            &[1001],
        ),
        (
            "restrictions",
            "kind = 'corridor_canal' AND width IS NULL",
            &[1002],
        ),
        ("restrictions", "asOf < DATE('2026-01-01')", &[]),
        ("zones", "storeysMax > 5", &[]),
    ] {
        let answer = filtered(&office, collection, filter);
        assert_eq!(ids(&answer), expected, "{collection} {filter}");
    }
}

#[test]
fn a_filter_and_other_parameters_hold_together_and_pages_keep_it() {
    let office = Office::open().with_land("two_villages").start();
    let filter = encoded("registeredArea = 80");
    let first = office.get(&format!(
        "/collections/parcels/items?limit=2&filter={filter}"
    ));
    assert_eq!(ids(&first), [1, 2]);
    assert_eq!(first.at("/numberMatched"), Value::Null);
    let next = link(&office, &first, "next").expect("a next page");
    let second = office.get(&next);
    assert_eq!(ids(&second), [4, 5]);
    assert_eq!(link(&office, &second, "next"), None);
    // The cursor belongs to its filter.
    let other = next.replace(&filter, &encoded("registeredArea = 100"));
    let answer = office.get(&other);
    assert_eq!(
        (answer.status, answer.at("/parameter")),
        (400, json!("cursor"))
    );
    let whole = office.get(&format!("/collections/parcels/items?filter={filter}"));
    assert_eq!(whole.at("/numberMatched"), 4);
    let past = office.get(&format!(
        "/collections/parcels/items?datetime=2020-01-01&offset=2&filter={}",
        encoded("landUseCodes = 'ODT'")
    ));
    assert_eq!(ids(&past), [3, 7]);
    let boxed = office.get(&format!(
        "/collections/parcels/items?bbox=107,10,108,11&filter={}",
        encoded("S_INTERSECTS(geometry, BBOX(106,10,108,11))")
    ));
    assert_eq!(ids(&boxed), [11]);
}

#[test]
fn queryables_name_everything_a_filter_can_ask_for() {
    let office = Office::open().with_land("two_villages").start();
    for name in ["parcels", "wards", "zones", "roads", "restrictions"] {
        let answer = office.get(&format!("/collections/{name}/queryables?lang=en"));
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.header("content-type"), "application/schema+json");
        assert_eq!(
            answer.at("/$id"),
            format!("{}/collections/{name}/queryables", office.url())
        );
        assert_eq!(answer.at("/additionalProperties"), false);
        let properties = answer.at("/properties");
        for (property, described) in properties.as_object().expect("properties") {
            let title = described["title"].as_str().expect("a title");
            assert!(!title.starts_with("property."), "{property}");
            let asked = filtered(&office, name, &format!("{property} IS NULL"));
            assert_eq!(asked.status, 200, "{name} {property}");
            let value = match described["type"].as_str() {
                Some("string") if described["format"] == "date" => "= DATE('2020-01-01')",
                Some("string") => "= 'x'",
                Some("boolean") => "= TRUE",
                Some("number" | "integer") => "< 0",
                _ => continue,
            };
            let asked = filtered(&office, name, &format!("{property} {value}"));
            assert_eq!(asked.status, 200, "{name} {property}: {}", asked.text());
        }
        let collection = office.get(&format!("/collections/{name}"));
        let rel = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
        let led = link(&office, &collection, rel).expect("a link");
        assert_eq!(led, format!("/collections/{name}/queryables"));
        let items = office.get(&format!("/collections/{name}/items?limit=1"));
        assert!(
            items.header("link").contains(rel),
            "{}",
            items.header("link")
        );
    }
    assert_eq!(office.get("/collections/houses/queryables").status, 404);
    assert_eq!(
        office.get("/collections/roads/queryables?f=xml").status,
        400
    );
}
