//! Limits: too large a body, too many requests, a client that never finishes its head.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::harness::Office;

#[test]
fn a_body_beyond_the_limit_is_refused_before_it_is_read() {
    let office = Office::open()
        .with(|config| config.http.body_max_bytes = 1000)
        .start();
    let head = |length: u32| {
        let head =
            format!("POST /v1/parcels/1 HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n");
        raw(&office, &head)
    };
    let refused = head(1001);
    assert!(refused.starts_with("HTTP/1.1 413"), "{refused}");
    assert!(refused.contains("\"code\":\"body_too_large\""), "{refused}");
    assert!(
        head(0).starts_with("HTTP/1.1 405"),
        "a body within the limit is another matter"
    );
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
fn a_client_that_does_not_finish_its_head_is_told_408() {
    let office = Office::open()
        .with(|config| config.http.head_timeout_ms = 200)
        .start();
    let answer = raw(&office, "GET /health/live HTTP/1.1\r\nhost:");
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
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

/// What the server says to these bytes, until it closes or is silent for two seconds.
fn raw(office: &Office, request: &str) -> String {
    let address = office.url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(2)))
        .expect("a timeout is possible");
    // The server may refuse and close before it has read all of it.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    while let Ok(length) = stream.read(&mut part) {
        if length == 0 {
            break;
        }
        answer.extend_from_slice(&part[..length]);
        if answer.ends_with(b"}") {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}
