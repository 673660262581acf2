//! Limits: too large a body, too many requests, a head of absurd length.

use crate::harness::Office;
use crate::raw::Client;

/// The beginning of a request with a body.
const POST: &str = "POST /v1/parcels/1 HTTP/1.1\r\nhost: x\r\n";

#[test]
fn a_body_beyond_the_limit_is_refused_before_it_is_read() {
    let office = Office::open()
        .with(|config| config.http.body_max_bytes = 1000)
        .start();
    let head = |length: u32| raw(&office, &format!("{POST}content-length: {length}\r\n\r\n"));
    let refused = head(1001);
    assert!(refused.starts_with("HTTP/1.1 413"), "{refused}");
    assert!(refused.contains("\"code\":\"body_too_large\""), "{refused}");
    assert!(
        head(0).starts_with("HTTP/1.1 405"),
        "a body within the limit is another matter"
    );
}

#[test]
fn a_body_that_does_not_say_its_length_is_refused_where_it_passes_the_limit() {
    let office = Office::open()
        .with(|config| config.http.body_max_bytes = 1000)
        .start();
    let chunks = |count: usize| {
        let chunk = format!("64\r\n{}\r\n", "a".repeat(100)).repeat(count);
        let request = format!("{POST}transfer-encoding: chunked\r\n\r\n{chunk}0\r\n\r\n");
        raw(&office, &request)
    };
    let refused = chunks(11);
    assert!(refused.starts_with("HTTP/1.1 413"), "{refused}");
    assert!(refused.contains("\"code\":\"body_too_large\""), "{refused}");
    assert!(chunks(10).starts_with("HTTP/1.1 405"));
}

#[test]
fn a_peer_that_asks_too_often_is_told_when_to_come_back_and_probes_are_never_limited() {
    let office = Office::open()
        .with(|config| {
            config.http.rate_per_second = 1;
            config.http.rate_burst = 3;
        })
        .start();
    let answers: Vec<_> = (0..5).map(|_| office.get("/api")).collect();
    let refused = answers.iter().find(|answer| answer.status == 429);
    let refused = refused.expect("the fourth request is one too many");
    assert_eq!(refused.at("/code"), "too_many_requests");
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=2).contains(&wait), "{wait}");
    assert_eq!(answers[0].status, 200);
    for _ in 0..20 {
        assert_eq!(office.get("/health/live").status, 200);
    }
}

#[test]
fn a_head_of_absurd_length_is_refused_and_the_server_lives_on() {
    let office = Office::open().start();
    let long = "a".repeat(200_000);
    let answer = raw(&office, &format!("GET /{long} HTTP/1.1\r\nhost: x\r\n\r\n"));
    assert!(
        answer.starts_with("HTTP/1.1 4") || answer.is_empty(),
        "{answer}"
    );
    assert_eq!(office.get("/health/live").status, 200);
}

/// What the server says to these bytes.
fn raw(office: &Office, request: &str) -> String {
    let mut client = Client::of(office);
    client.send(request);
    client.answer()
}
