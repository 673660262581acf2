//! Requests that are not HTTP, or too large to be read: refused with a problem like all others.

use crate::harness::Office;
use crate::raw::Client;

const GOOD: &str = "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n";

/// The problem at the end of what the server said, and what it said before.
fn refused<'a>(said: &'a str, status: &str) -> (serde_json::Value, &'a str) {
    let line = format!("HTTP/1.1 {status}\r\n");
    let at = said.rfind(&line);
    let at = at.unwrap_or_else(|| unreachable!("no `{status}` in {said}"));
    let (head, body) = said[at..]
        .split_once("\r\n\r\n")
        .expect("a head and a body");
    let head = head.to_ascii_lowercase();
    assert!(
        head.contains("content-type: application/problem+json"),
        "{head}"
    );
    assert!(head.contains("connection: close"), "{head}");
    assert!(
        head.contains(&format!("content-length: {}", body.len())),
        "{head}"
    );
    let problem: serde_json::Value = serde_json::from_str(body).expect("JSON");
    let id = problem["requestId"].as_str().expect("an id");
    assert!(head.contains(&format!("x-request-id: {id}")), "{head}");
    (problem, &said[..at])
}

#[test]
fn a_request_that_is_not_http_is_refused_with_a_problem() {
    let office = Office::open().start();
    let broken = [
        "hello\r\n\r\n",
        "GET / HTTP/7.5\r\nhost: x\r\n\r\n",
        "GET /a b c HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nbroken header\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}",
    ];
    for text in broken {
        let mut client = Client::of(&office);
        client.send(text);
        let said = client.answer();
        let (problem, before) = refused(&said, "400 Bad Request");
        assert_eq!(problem["code"], "malformed_request", "{text:?}");
        assert_eq!((problem["status"].as_u64(), before), (Some(400), ""));
        assert!(client.is_closed(), "{text:?}");
    }
    let metrics = office.get("/metrics");
    let counted = "_count{method=\"other\",route=\"unread\",status=\"400\"} 7";
    assert!(metrics.text().contains(counted), "{}", metrics.text());
}

#[test]
fn an_answer_before_what_cannot_be_read_is_given_whole() {
    let office = Office::open().start();
    let mut client = Client::of(&office);
    client.send(&format!("{GOOD}hello\r\n\r\n"));
    let first = client.answer();
    let said = first + &client.answer();
    let (_, before) = refused(&said, "400 Bad Request");
    assert!(before.starts_with("HTTP/1.1 200 OK\r\n"), "{before}");
    assert!(before.ends_with("{\"status\":\"live\"}"), "{before}");
}

#[test]
fn a_head_that_is_too_large_is_refused_with_a_problem_that_the_client_gets_to_see() {
    let office = Office::open().start();
    let many = "a: b\r\n".repeat(97);
    let long = format!("a: {}\r\n", "b".repeat(1_000_000));
    for fields in [many, long] {
        let mut client = Client::of(&office);
        client.send(&format!("GET / HTTP/1.1\r\n{fields}\r\n"));
        let said = client.answer();
        let status = "431 Request Header Fields Too Large";
        let (problem, before) = refused(&said, status);
        assert_eq!(problem["code"], "head_too_large");
        assert_eq!((problem["status"].as_u64(), before), (Some(431), ""));
    }
}

#[test]
fn a_body_that_is_not_framed_as_http_says_is_answered_once() {
    let office = Office::open().start();
    let mut client = Client::of(&office);
    client.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nmany\r\nabc");
    let said = client.answer();
    let (problem, before) = refused(&said, "400 Bad Request");
    assert_eq!(
        (&problem["code"], before),
        (&"invalid_parameter".into(), "")
    );
    assert!(client.is_closed(), "and nothing follows");
}
