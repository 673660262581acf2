//! The pages for people: what they say is what the JSON says, in both languages, and never markup.

use super::link;
use crate::harness::{Answer, Office};

const BROWSER: (&str, &str) = (
    "accept",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
);

fn page(office: &Office, path: &str) -> Answer {
    let answer = office.ask("GET", path, &[BROWSER]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(answer.text().starts_with("<!doctype html><html lang="));
    assert!(answer.text().ends_with("</html>"), "{path}");
    answer
}

#[test]
fn a_browser_gets_pages_and_a_program_gets_json_at_the_same_addresses() {
    let office = Office::open().with_land("two_villages").start();
    for path in [
        "/conformance",
        "/collections",
        "/collections/parcels",
        "/collections/parcels/items",
        "/collections/parcels/items/6",
        "/collections/wards/items/26743",
        "/collections/roads/queryables",
        "/collections/zones/schema",
        "/api",
        "/tiles",
        "/tiles/VN2000TM3Quad",
        "/collections/wards/tiles",
        "/collections/parcels/tiles/WebMercatorQuad?date=2026-01-14",
        "/tileMatrixSets",
        "/tileMatrixSets/WebMercatorQuad",
    ] {
        let for_people = page(&office, path);
        assert!(for_people.header("vary").contains("accept"), "{path}");
        let policy = for_people.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        let more = if path.contains('?') { '&' } else { '?' };
        let named = office.get(&format!("{path}{more}f=html&lang=en"));
        assert_eq!(named.header("content-type"), "text/html; charset=utf-8");
        assert!(named.text().contains("<html lang=\"en\">"), "{path}");
        let json = office.get(path);
        assert!(json.header("content-type").contains("json"), "{path}");
        assert!(json.header("vary").contains("accept"), "{path}");
        let named = office.ask("GET", &format!("{path}{more}f=json"), &[BROWSER]);
        assert!(named.header("content-type").contains("json"), "{path}");
        // One form is never taken for the other.
        let tag = json.header("etag").to_owned();
        let untagged = ["/conformance", "/api", "/tileMatrixSets"];
        if !untagged.iter().any(|start| path.starts_with(start)) {
            let other = office.ask("GET", path, &[BROWSER, ("if-none-match", &tag)]);
            assert_eq!(other.status, 200, "{path}");
            let same = office.ask("GET", path, &[("if-none-match", &tag)]);
            assert_eq!(same.status, 304, "{path}");
        }
        let refused = office.ask("GET", &format!("{path}{more}f=xml"), &[BROWSER]);
        assert_eq!(refused.status, 400, "{path}");
    }
    assert_eq!(office.get("/sheet.css").status, 200);
}

#[test]
fn every_json_leads_to_its_page_and_every_page_to_its_json() {
    let office = Office::open().with_land("two_villages").start();
    for path in [
        "/conformance",
        "/collections?lang=en",
        "/collections/roads",
        "/collections/roads/items?limit=1&lang=en",
        "/collections/roads/items/1001",
    ] {
        let json = office.get(path);
        let other = link(&office, &json, "alternate").expect("an alternate");
        let for_people = office.get(&other);
        let kind = for_people.header("content-type");
        assert_eq!(kind, "text/html; charset=utf-8", "{path} {other}");
        assert!(for_people.text().contains("f=json"), "{path}");
    }
}

#[test]
fn a_feature_is_shown_with_its_facts_and_a_map_in_both_languages() {
    let office = Office::open().with_land("two_villages").start();
    let vietnamese = page(&office, "/collections/parcels/items/6");
    let text = vietnamese.text();
    for part in [
        "<h1>Thửa 15, tờ 5, Phường Bến Thành</h1>",
        "<dt>Diện tích đăng ký, m²</dt><dd>208</dd>",
        "<dd>Phường Bến Thành (26743)</dd>",
        "<dd>đang sử dụng</dd>",
        "01/01/2010</time>",
        "href=\"/?id=6&amp;lang=vi\"",
        "class=\"chosen\"",
        "class=\"beside\"",
        "Dữ liệu mẫu",
    ] {
        let here = text.replace(office.url(), "");
        assert!(here.contains(part), "{part} in {here}");
    }
    let english = office.get("/collections/roads/items/1001?f=html&lang=en");
    for part in [
        "<h1>Lê Lợi</h1>",
        "<dt>Width in metres</dt><dd>8</dd>",
        "<dd>in force</dd>",
        "2000-01-01</time>",
    ] {
        assert!(english.text().contains(part), "{part}");
    }
    let gone = office.ask("GET", "/collections/parcels/items/3", &[BROWSER]);
    assert_eq!(gone.status, 404);
}

#[test]
fn a_page_of_features_is_filtered_and_leads_to_the_next() {
    let office = Office::open().with_land("two_villages").start();
    let first = page(&office, "/collections/parcels/items?limit=3&lang=en");
    assert_eq!(
        first.text().matches("/collections/parcels/items/").count(),
        3
    );
    let next = first.text().split("rel=\"next\" href=\"").nth(1);
    let next = next
        .and_then(|rest| rest.split('"').next())
        .expect("a next page");
    let next = next.replace("&amp;", "&").replace(office.url(), "");
    let second = page(&office, &next);
    assert!(
        second.text().contains("Parcel 22, sheet 5"),
        "{}",
        second.text()
    );
    let filtered = page(
        &office,
        "/collections/parcels/items?lang=en&filter=registeredArea%20%3E%20200",
    );
    assert!(filtered.text().contains("Items: 2."), "{}", filtered.text());
    assert!(
        filtered
            .text()
            .contains("value=\"registeredArea &gt; 200\"")
    );
    let none = "/collections/parcels/items?lang=en&filter=id%20%3C%200";
    let none = page(&office, none);
    assert!(none.text().contains("Nothing is as you asked."));
}

#[test]
fn another_filter_leaves_the_place_the_system_and_the_length_of_pages_as_they_were() {
    let office = Office::open().with_land("two_villages").start();
    let asked = "/collections/parcels/items?limit=2&bbox=106,10,107,11&crs=http://www.opengis.net/def/crs/EPSG/0/9210&offset=1";
    let first = page(&office, asked);
    let form = first.text().split("<form").nth(1).expect("a form");
    let form = form.split("</form>").next().unwrap_or_default();
    for (name, value) in [
        ("limit", "2"),
        ("bbox", "106,10,107,11"),
        ("crs", "http://www.opengis.net/def/crs/EPSG/0/9210"),
        ("lang", "vi"),
        ("f", "html"),
    ] {
        let field = format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        assert_eq!(form.matches(&field).count(), 1, "{field} in {form}");
    }
    assert!(!form.contains("offset"), "a new question has a first page");
}

#[test]
fn the_first_page_is_in_the_language_that_the_browser_prefers_and_else_vietnamese() {
    let office = Office::open().with_land("two_villages").start();
    for (path, accepted, expected) in [
        ("/", "en-US,en;q=0.9", "en"),
        ("/", "fr;q=0.9, en-GB;q=0.8, vi;q=0.1", "en"),
        ("/", "vi-VN,vi;q=0.9,en;q=0.5", "vi"),
        ("/", "fr-FR,fr", "vi"),
        ("/", "", "vi"),
        ("/?lang=vi", "en-US,en;q=0.9", "vi"),
        ("/?lang=en", "vi", "en"),
    ] {
        let headers = [("accept", "text/html"), ("accept-language", accepted)];
        let answer = office.ask("GET", path, &headers);
        let html = answer.text();
        let tag = format!("<html lang=\"{expected}\"");
        assert!(html.contains(&tag), "{path} {accepted}: {html}");
        assert!(html.contains(&format!("\"language\":\"{expected}\"")));
        assert!(answer.header("vary").contains("accept-language"), "{path}");
        // What was chosen against the browser is kept in what the page leads to.
        let kept = html.contains(&format!("name=\"lang\" value=\"{expected}\""));
        assert_eq!(kept, path.contains("lang="), "{path} {accepted}");
    }
}

#[test]
fn pages_name_things_for_people_before_they_name_them_for_programs() {
    let office = Office::open().with_land("two_villages").start();
    let schema = page(&office, "/collections/parcels/schema");
    for told in [
        "<li>Ngày đầu có hiệu lực <code>validFrom</code> <span class=\"of\">ngày",
        "<li>Số tờ theo bản đồ <code>asMap.sheet</code> <span class=\"of\">văn bản",
        "đang sử dụng <code>inUse</code>",
        "số, m2",
    ] {
        assert!(schema.text().contains(told), "{told} in {}", schema.text());
    }
    let classes = page(&office, "/conformance");
    for told in [
        "<h2 lang=\"en\">OGC API – Features – Part 3</h2>",
        "<a href=\"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter\">Bộ lọc đối tượng</a>",
    ] {
        assert!(
            classes.text().contains(told),
            "{told} in {}",
            classes.text()
        );
    }
    let links = classes
        .text()
        .matches("<a href=\"http://www.opengis.net/spec/")
        .count();
    let told = office.get("/conformance").at("/conformsTo");
    assert_eq!(Some(links), told.as_array().map(Vec::len));
    let operations = page(&office, "/api");
    for told in [
        "<code>POST /v1/checks</code> <span class=\"of\">Xét một đề xuất xây dựng",
        "<li>Diện tích đăng ký, m² <code>registeredArea</code></li>",
    ] {
        assert!(
            operations.text().contains(told),
            "{told} in {}",
            operations.text()
        );
    }
    let english = "<span class=\"of\" lang=\"en\">";
    assert!(!operations.text().contains(english), "it is in Vietnamese");
    let english = page(&office, "/api?lang=en");
    assert!(
        english
            .text()
            .contains("Judges a proposal by every rule in force on its day")
    );
    let systems = page(&office, "/collections/parcels");
    let told = "<a href=\"http://www.opengis.net/def/crs/EPSG/0/9210\">EPSG:9210</a>";
    assert!(systems.text().contains(told), "{}", systems.text());
}

#[test]
fn tiles_of_a_day_and_the_ways_to_cut_the_world_are_pages_that_lead_on() {
    let office = Office::open().with_land("two_villages").start();
    let sets = page(&office, "/tiles?date=2026-01-14&lang=en");
    for told in [
        "<h2>WebMercatorQuad</h2>",
        "<code>parcels</code> 15 – 20",
        "/tiles/VN2000TM3Quad?date=2026-01-14\"",
        "/{tileMatrix}/{tileRow}/{tileCol}?date=2026-01-14</code>",
    ] {
        assert!(sets.text().contains(told), "{told} in {}", sets.text());
    }
    let ways = page(&office, "/tileMatrixSets?lang=en");
    let way = "/tileMatrixSets/VN2000TM3Quad?lang=en\"";
    assert!(ways.text().contains(way), "{}", ways.text());
    let way = page(&office, "/tileMatrixSets/WebMercatorQuad?lang=en");
    assert!(way.text().contains("1 : 559082264.02"), "{}", way.text());
}

#[test]
fn what_is_asked_for_is_never_markup() {
    let office = Office::open().with_land("two_villages").start();
    let hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    let filter = format!("id%20%3E%200%20OR%20asMap.sheet='{hostile}'");
    let answer = page(
        &office,
        &format!("/collections/parcels/items?limit=2&filter={filter}"),
    );
    assert!(!answer.text().contains("<script"), "{}", answer.text());
    assert!(answer.text().contains("&lt;script&gt;"));
}

/// Problems: address, status, what a page of each says.
const PROBLEMS: [(&str, u16, &[&str]); 11] = [
    (
        "/collections/parcels/items?filter=nonsense%20%3D%201",
        400,
        &["invalid_parameter (400)", "<dd>filter</dd>", "nonsense"],
    ),
    (
        "/collections/parcels/items?limit=many",
        400,
        &["<dd>limit</dd>", "một số nguyên từ 1 đến"],
    ),
    (
        "/collections/parcels/items/999",
        404,
        &["item_not_found (404)", "999"],
    ),
    (
        "/collections/houses",
        404,
        &["collection_not_found (404)", "houses"],
    ),
    ("/collections/parcels/item", 404, &["path_not_found (404)"]),
    ("/nowhere", 404, &["path_not_found (404)", "/nowhere"]),
    ("/tiles/x/y", 404, &["path_not_found (404)"]),
    (
        "/tileMatrixSets/none",
        404,
        &["collection_not_found (404)", "none"],
    ),
    ("/tiles?colour=red", 400, &["<dd>colour</dd>"]),
    (
        "/tiles/city/downloads/city.zip",
        404,
        &["path_not_found (404)", "city.pmtiles"],
    ),
    (
        "/collections/roads/downloads/roads.zip",
        404,
        &["path_not_found (404)", "roads.gpkg"],
    ),
];

#[test]
fn a_problem_is_a_page_for_a_browser_and_json_for_a_program() {
    let office = Office::open().with_land("two_villages").start();
    for (path, status, told) in PROBLEMS {
        let for_people = office.ask("GET", path, &[BROWSER]);
        assert_eq!(for_people.status, status, "{path}");
        assert_eq!(
            for_people.header("content-type"),
            "text/html; charset=utf-8"
        );
        assert!(for_people.header("vary").contains("accept"));
        for told in told {
            assert!(
                for_people.text().contains(told),
                "{path}: {}",
                for_people.text()
            );
        }
        let more = if path.contains('?') { '&' } else { '?' };
        let english = office.ask("GET", &format!("{path}{more}lang=en"), &[BROWSER]);
        assert!(english.text().contains("<html lang=\"en\">"), "{path}");
        let id = english.header("x-request-id").to_owned();
        assert!(english.text().contains(&format!("<dd>{id}</dd>")), "{path}");
        let json = office.get(path);
        assert_eq!(json.status, status);
        assert_eq!(json.header("content-type"), "application/problem+json");
        assert!(json.header("vary").contains("accept"), "{path}");
    }
    let asked = office.ask("GET", "/collections/houses?f=json", &[BROWSER]);
    assert_eq!(asked.header("content-type"), "application/problem+json");
    // Where there are no pages a problem stays what it is.
    let lookup = office.ask("GET", "/v1/parcels/lookup", &[BROWSER]);
    assert_eq!(lookup.header("content-type"), "application/problem+json");
}
