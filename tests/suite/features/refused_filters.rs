//! Filters that are refused: each with its part that is wrong, and with what was expected.

use super::filters::{filtered, found};
use crate::harness::Office;
use serde_json::json;

/// A filter, what the answer shows of it, and what it says was expected.
const REFUSED: &[(&str, &str, &str)] = &[
    ("owner = 'A'", "`owner`", "id, geometry, ward.code"),
    ("registeredArea >", "`registeredArea >`", "CQL2"),
    ("registeredArea > 1 SORT BY id", "SORT BY id", "CQL2"),
    ("THIS IS NOT A FILTER", "NOT A FILTER", "CQL2"),
    ("", "", "CQL2"),
    ("'a'", "'a'", "a comparison"),
    ("id", "id", "a comparison"),
    (
        "registeredArea = 'large'",
        "registeredArea = 'large'",
        "values of one kind",
    ),
    ("status > 5", "status > 5", "values of one kind"),
    ("geometry = 5", "geometry", "a property, a number"),
    ("validFrom > 'soon'", "`soon`", "YYYY-MM-DD"),
    ("id LIKE '1%'", "id LIKE '1%'", "a pattern in quotes"),
    (
        "status LIKE asMap.number",
        "status LIKE",
        "a pattern in quotes",
    ),
    ("status BETWEEN 'a' AND 'b'", "BETWEEN", "numbers or days"),
    ("buffer(geometry, 5) = 1", "buffer", "a property, a number"),
    (
        "S_BUFFER(geometry, POINT(1 2))",
        "`S_BUFFER`",
        "S_INTERSECTS",
    ),
    (
        "S_INTERSECTS(status, POINT(1 2))",
        "status",
        "the property geometry",
    ),
    (
        "S_INTERSECTS(geometry, geometry)",
        "geometry",
        "POINT, LINESTRING",
    ),
    (
        "S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 2), POINT(3 4)))",
        "GEOMETRYCOLLECTION",
        "POINT, LINESTRING",
    ),
    (
        "S_INTERSECTS(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))",
        "POLYGON",
        "ring_crosses_itself",
    ),
    ("S_INTERSECTS(geometry, BBOX(1,2,3))", "BBOX", "BBOX(west"),
    ("S_INTERSECTS(geometry, BBOX(1,3,2,2))", "BBOX", "BBOX(west"),
    (
        "S_INTERSECTS(geometry, BBOX(1000000,0,2000000,1))",
        "BBOX",
        "BBOX(west",
    ),
    (
        "S_INTERSECTS(geometry, POINT(10.7 106.6))",
        "POINT",
        "axis order",
    ),
    (
        "T_AFTER(registeredArea, DATE('2020-01-01'))",
        "registeredArea",
        "INTERVAL",
    ),
    (
        "T_DURING(validFrom, INTERVAL('2021-01-01','2020-01-01'))",
        "INTERVAL",
        "the first not after",
    ),
];

#[test]
fn what_a_filter_cannot_say_is_refused_with_what_was_expected() {
    let office = Office::open().with_land("two_villages").start();
    let deep = format!("{}id = 1{}", "NOT (".repeat(40), ")".repeat(40));
    let nested = (deep.as_str(), "nested", "at most 32");
    for (filter, shown, expected) in REFUSED.iter().copied().chain([nested]) {
        let answer = filtered(&office, "parcels", filter);
        let said = (answer.status, answer.at("/parameter"));
        assert_eq!(said, (400, json!("filter")), "{filter}: {}", answer.text());
        let text = |pointer: &str| answer.at(pointer).as_str().unwrap_or("").to_owned();
        let detail = text("/detail").to_lowercase();
        assert!(detail.contains(&shown.to_lowercase()), "{filter}: {detail}");
        assert!(
            text("/expected").contains(expected),
            "{filter}: {}",
            text("/expected")
        );
    }
    for (query, parameter) in [
        ("filter=id%3D1&filter-lang=cql", "filter-lang"),
        ("filter=id%3D1&filter-crs=EPSG:9210", "filter-crs"),
        ("filter=%7B%22op%22%3A&filter-lang=cql2-json", "filter"),
        ("filter=%7B%22op%22%3A5%7D&filter-lang=cql2-json", "filter"),
        (
            "filter=%7B%22op%22%3A%22and%22%2C%22args%22%3A%5B%5D%7D&filter-lang=cql2-json",
            "filter",
        ),
        (
            "filter=%7B%22op%22%3A%22or%22%2C%22args%22%3A%5B%5D%7D&filter-lang=cql2-json",
            "filter",
        ),
    ] {
        let answer = office.get(&format!("/collections/parcels/items?{query}"));
        let said = (answer.status, answer.at("/parameter"));
        assert_eq!(said, (400, json!(parameter)), "{query}");
    }
}

#[test]
fn a_filter_made_to_be_slow_is_answered_or_refused_soon() {
    let office = Office::open().with_land("two_villages").start();
    let nested = |n: usize| {
        let values = ",2)".repeat(n);
        format!("id IN {}1{values}", "(".repeat(n))
    };
    for filter in [
        nested(500),
        format!("{}TRUE", "NOT ".repeat(4_900)),
        format!("id = {}1", "-".repeat(19_000)),
        format!("id{}", " = id".repeat(3_900)),
        format!("{}id = 1{}", "(".repeat(9_000), ")".repeat(9_000)),
        format!("id LIKE '{}'", "%a".repeat(9_000)),
        "id = 1 OR ".repeat(2_500),
    ] {
        let begun = std::time::Instant::now();
        let answer = filtered(&office, "parcels", &filter);
        let (took, start) = (begun.elapsed(), &filter[..40]);
        assert!(
            [200, 400].contains(&answer.status),
            "{start}: {}",
            answer.status
        );
        assert!(took.as_secs() < 20, "{took:?}: {start}");
    }
    // Long, and not nested: read and answered.
    let long = vec!["id = 1"; 1_900].join(" OR ");
    assert_eq!(found(&office, &long), [1]);
}

#[test]
fn a_parameter_of_few_values_refuses_any_other_and_a_filter_finds_nothing_for_it() {
    let office = Office::open().with_land("two_villages").start();
    let answer = office.get("/collections/parcels/items?status=sold&lang=en");
    assert_eq!(answer.status, 400);
    assert_eq!(answer.at("/parameter"), "status");
    assert_eq!(answer.at("/expected"), "one of: inUse, recovered, disputed");
    let answer = filtered(&office, "parcels", "status = 'sold'");
    assert_eq!(
        (answer.status, answer.at("/numberReturned")),
        (200, json!(0))
    );
    let answer = office.get("/collections/parcels/items?status=inUse");
    assert_eq!(answer.status, 200);
}
