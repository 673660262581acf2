//! How answers travel: tags, HEAD, content encodings, pages of other origins, request ids.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::harness::{Answer, Office};

const PARCEL: &str = "/v1/parcels/1";

#[test]
fn an_answer_the_client_has_is_not_sent_again() {
    let office = Office::open().with_land("two_villages").start();
    let first = office.get(PARCEL);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(first.header("cache-control"), "no-cache");
    for known in [tag.clone(), format!("\"other\", {tag}"), "*".to_owned()] {
        let again = office.ask("GET", PARCEL, &[("if-none-match", &known)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{known}");
        assert_eq!(again.header("etag"), tag);
    }
    let other = office.ask("GET", PARCEL, &[("if-none-match", "W/\"other\"")]);
    assert_eq!(other.status, 200);
}

#[test]
fn the_tag_differs_by_day_question_and_language() {
    let office = Office::open().with_land("two_villages").start();
    let mut tags: Vec<String> = [
        "/v1/parcels/1",
        "/v1/parcels/2",
        "/v1/parcels/1?lang=en",
        "/v1/parcels/1?date=2025-01-01",
        "/v1/parcels/1?neighbours=true",
    ]
    .map(|path| office.get(path).header("etag").to_owned())
    .into();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 5);
}

#[test]
fn the_address_that_has_two_forms_says_that_they_differ_by_what_is_accepted() {
    let office = Office::open().with_land("two_villages").start();
    for (accepted, kind) in [
        ("text/html", "text/html"),
        ("application/json", "application/json"),
    ] {
        let asked = [("accept", accepted), ("accept-encoding", "identity")];
        let answer = office.ask("GET", "/", &asked);
        assert!(
            answer.header("content-type").starts_with(kind),
            "{accepted}"
        );
        let vary = answer.header("vary");
        assert!(vary.split(", ").any(|name| name == "accept"), "{vary}");
    }
    let page = office.ask("GET", "/", &[("accept", "text/html")]);
    let known = [
        ("accept", "text/html"),
        ("if-none-match", page.header("etag")),
    ];
    let again = office.ask("GET", "/", &known);
    let differs = "accept, accept-language, accept-encoding";
    assert_eq!((again.status, again.header("vary")), (304, differs));
}

#[test]
fn options_says_what_a_path_offers() {
    let office = Office::open().start();
    for path in ["/", PARCEL, "/health/live", "/assets/x"] {
        let answer = office.ask("OPTIONS", path, &[]);
        assert_eq!((answer.status, answer.body.len()), (204, 0), "{path}");
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{path}");
    }
    let mut client = crate::raw::Client::of(&office);
    client.send("OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let answer = client.answer();
    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    assert_eq!(office.ask("OPTIONS", "/nothing", &[]).status, 404);
}

#[test]
fn a_server_that_listens_on_ipv6_answers_and_names_itself_so() {
    let office = Office::open()
        .with(|config| config.http.listen = "[::1]:0".parse().expect("an address"))
        .start();
    let landing = office.ask("GET", "/", &[("accept", "application/json")]);
    let own = landing.at("/links/0/href");
    assert_eq!(own, format!("{}/?f=json", office.url()));
    assert!(
        office.url().starts_with("http://[::1]:"),
        "{}",
        office.url()
    );
}

#[test]
fn head_says_what_get_would_without_the_body() {
    let office = Office::open().with_land("two_villages").start();
    for path in [
        PARCEL,
        "/v1/parcels/1/history",
        "/v1/parcels/lookup?q=1",
        "/v1/parcels/lookup?q=",
        "/",
        "/?f=html",
        "/conformance",
        "/collections",
        "/collections/parcels",
        "/collections/parcels/items?limit=1",
        "/collections/parcels/items/1",
        "/tiles/parcels.json",
        "/tiles/city/0/0/0",
        "/icon.svg",
        "/api",
        "/api.3.0.json",
        "/health/live",
        "/health/ready",
        "/nothing",
    ] {
        let (get, head) = (office.get(path), office.ask("HEAD", path, &[]));
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for name in ["content-type", "etag", "content-length"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
}

#[test]
fn an_answer_that_another_client_gets_compressed_says_so_when_it_comes_plain() {
    let office = Office::open().with_land("two_villages").start();
    for path in [
        "/collections/parcels/items",
        "/collections/parcels/items/1",
        "/collections/parcels/items/1?f=html",
        "/v1/parcels/1",
        "/v1/parcels/1/extract",
        "/v1/parcels/1/extract?f=html",
        "/conformance",
    ] {
        let names = |answer: &Answer| answer.listed("vary");
        let plain = office.get(path);
        let gzip = office.ask("GET", path, &[("accept-encoding", "gzip")]);
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        assert_eq!(gzip.header("content-encoding"), "gzip", "{path}");
        assert!(
            names(&plain).contains(&"accept-encoding".to_owned()),
            "{path}"
        );
        assert_eq!(names(&plain), names(&gzip), "{path}");
        let tag = plain.header("etag");
        if !tag.is_empty() {
            let again = office.ask("GET", path, &[("if-none-match", tag)]);
            assert_eq!(again.status, 304, "{path}");
            assert_eq!(names(&again), names(&plain), "{path}");
        }
    }
}

#[test]
fn gzip_and_brotli_are_offered_and_gzip_decodes_to_the_same_bytes() {
    let office = Office::open().with_land("two_villages").start();
    let plain = office.get(PARCEL);
    let gzip = office.ask("GET", PARCEL, &[("accept-encoding", "gzip")]);
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert!(
        gzip.header("vary").contains("ccept-"),
        "{}",
        gzip.header("vary")
    );
    let mut gunzip = Command::new("gzip")
        .args(["-d", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("gzip is installed");
    let mut input = gunzip.stdin.take().expect("a pipe");
    input.write_all(&gzip.body).expect("gzip reads");
    drop(input);
    let decoded = gunzip.wait_with_output().expect("gzip ends").stdout;
    assert!(decoded == plain.body, "gzip decodes to other bytes");
    let brotli = office.ask("GET", PARCEL, &[("accept-encoding", "br, gzip;q=0.5")]);
    assert_eq!(brotli.header("content-encoding"), "br");
    assert!(brotli.body.len() < plain.body.len());
}

#[test]
fn pages_of_allowed_origins_may_read_answers_and_others_may_not() {
    let all = Office::open().with_land("two_villages").start();
    let one = Office::open()
        .with_land("two_villages")
        .with(|config| config.http.allowed_origins = vec!["https://map.example".to_owned()])
        .start();
    let allowed = |office: &Office, origin: &str| {
        let answer = office.ask("GET", PARCEL, &[("origin", origin)]);
        answer.header("access-control-allow-origin").to_owned()
    };
    assert_eq!(allowed(&all, "https://any.example"), "*");
    assert_eq!(allowed(&one, "https://map.example"), "https://map.example");
    assert_eq!(allowed(&one, "https://any.example"), "");
    // What answers say on purpose in their headers can be read too.
    let answer = all.ask("GET", PARCEL, &[("origin", "https://any.example")]);
    let exposed = answer.header("access-control-expose-headers").to_owned();
    for name in [
        "etag",
        "link",
        "content-crs",
        "content-disposition",
        "location",
        "content-range",
    ] {
        assert!(exposed.split(", ").any(|one| one == name), "{exposed}");
    }
    let preflight = |origin: &str| {
        let headers = [("origin", origin), ("access-control-request-method", "GET")];
        let answer = one.ask("OPTIONS", PARCEL, &headers);
        let header = |name: &str| answer.header(name).to_owned();
        let told = [
            "access-control-allow-origin",
            "access-control-allow-methods",
            "vary",
        ];
        (answer.status, told.map(header))
    };
    let own = ["https://map.example", "GET, HEAD, POST, OPTIONS", "origin"].map(str::to_owned);
    assert_eq!(preflight("https://map.example"), (204, own));
    let none = ["", "", "origin"].map(str::to_owned);
    assert_eq!(preflight("https://any.example"), (204, none));
    // Parts of a file may be asked for, as readers of tiles in one file do, and a question as JSON.
    let headers = [
        ("origin", "https://map.example"),
        ("access-control-request-method", "GET"),
    ];
    let answer = one.ask("OPTIONS", PARCEL, &headers);
    let may = answer.header("access-control-allow-headers");
    for wanted in ["range", "content-type"] {
        assert!(may.split(", ").any(|name| name == wanted), "{may}");
    }
}

#[test]
fn every_answer_has_a_request_id_the_clients_own_when_it_is_well_formed() {
    let office = Office::open().start();
    let id = |given: &str| {
        let answer = office.ask("GET", "/health/live", &[("x-request-id", given)]);
        answer.header("x-request-id").to_owned()
    };
    assert_eq!(id("abc-1"), "abc-1");
    assert_ne!(id("a b"), "a b");
    assert_ne!(id("a b"), id("a b"));
}

#[test]
fn the_page_is_not_sent_again_to_who_lists_its_tag_or_has_any() {
    let office = Office::open().with_land("two_villages").start();
    let html = ("accept", "text/html");
    let page = office.ask("GET", "/", &[html]);
    let tag = page.header("etag").to_owned();
    assert!(tag.starts_with("W/"), "{tag}");
    let strong = tag.trim_start_matches("W/").to_owned();
    for known in [
        tag.clone(),
        strong.clone(),
        format!("\"other\", {tag}"),
        format!("{strong} ,\"other\""),
        "*".to_owned(),
    ] {
        let again = office.ask("GET", "/", &[html, ("if-none-match", &known)]);
        assert_eq!(again.status, 304, "{known}");
        assert!(again.body.is_empty());
        assert_eq!(again.header("etag"), tag);
    }
    for other in ["\"other\"", "W/\"0000000000000000\", \"x\"", ""] {
        let again = office.ask("GET", "/", &[html, ("if-none-match", other)]);
        assert_eq!(
            (again.status, again.body.len()),
            (200, page.body.len()),
            "{other}"
        );
    }
}
