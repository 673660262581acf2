//! How answers travel: tags, HEAD, content encodings, pages of other origins, request ids.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::harness::Office;

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
fn head_says_what_get_would_without_the_body() {
    let office = Office::open().with_land("two_villages").start();
    for path in [
        PARCEL,
        "/v1/parcels/lookup?q=1",
        "/api",
        "/health/live",
        "/health/ready",
    ] {
        let (get, head) = (office.get(path), office.ask("HEAD", path, &[]));
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for name in ["content-type", "etag", "content-length"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
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
    let preflight = |origin: &str| {
        let headers = [("origin", origin), ("access-control-request-method", "GET")];
        one.ask("OPTIONS", PARCEL, &headers).status
    };
    assert_eq!(preflight("https://map.example"), 204);
    assert_eq!(preflight("https://any.example"), 405);
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
