//! Clients that begin a request and do not finish it, or do not read what they are answered.

use std::time::{Duration, Instant};

use crate::harness::Office;
use crate::raw::Client;

const HEAD: &str = "GET /health/live HTTP/1.1\r\nhost: x\r\n";
const POST: &str = "POST /v1/parcels/1 HTTP/1.1\r\nhost: x\r\n";

fn office() -> Office {
    let office = Office::open().with(|config| {
        config.http.head_timeout_ms = 300;
        config.http.body_timeout_ms = 300;
    });
    office.start()
}

/// The body of an answer, which is a problem of this kind.
fn timed_out(answer: &str) -> serde_json::Value {
    assert!(
        answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"),
        "{answer}"
    );
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let head = head.to_ascii_lowercase();
    assert!(head.contains("content-type: application/problem+json"));
    assert!(head.contains("connection: close"), "{head}");
    assert!(head.contains(&format!("content-length: {}", body.len())));
    let problem: serde_json::Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(problem["code"], "request_timeout");
    assert_eq!(problem["status"], 408);
    let id = problem["requestId"].as_str().expect("an id");
    assert!(head.contains(&format!("x-request-id: {id}")), "{head}");
    problem
}

#[test]
fn a_head_that_is_not_finished_is_answered_with_a_problem() {
    let office = office();
    for begun in ["G", "GET /health/live HTTP/1.1\r\nhost:", HEAD] {
        let mut client = Client::of(&office);
        client.send(begun);
        let problem = timed_out(&client.answer());
        assert_eq!(problem["instance"], "", "it was not received");
        assert!(client.is_closed());
    }
    let metrics = office.get("/metrics");
    let counted = "_count{method=\"other\",route=\"unread\",status=\"408\"} 3";
    assert!(metrics.text().contains(counted), "{}", metrics.text());
}

#[test]
fn a_head_that_comes_drop_by_drop_has_no_more_time_than_another() {
    let office = office();
    let mut client = Client::of(&office);
    let started = Instant::now();
    client.send("GET /");
    while started.elapsed() < Duration::from_secs(3) && client.send("a") {
        if started.elapsed() > Duration::from_millis(450) {
            break;
        }
        std::thread::sleep(Duration::from_millis(30));
    }
    timed_out(&client.answer());
}

#[test]
fn a_second_head_on_a_connection_has_a_deadline_too() {
    let office = office();
    let mut client = Client::of(&office);
    for _ in 0..2 {
        client.send(&format!("{HEAD}\r\n"));
        let answer = client.answer();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        // Longer than a head may take: between requests no head has begun.
        std::thread::sleep(Duration::from_millis(400));
    }
    client.send(HEAD);
    timed_out(&client.answer());
    assert!(client.is_closed());
}

#[test]
fn a_connection_on_which_nothing_is_asked_is_closed_without_a_word() {
    let office = office();
    assert!(Client::of(&office).is_closed());
}

#[test]
fn a_body_that_does_not_come_is_answered_with_a_problem() {
    let office = office();
    for begun in [
        "content-length: 10\r\n\r\n",
        "content-length: 10\r\n\r\nabc",
        "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ] {
        let mut client = Client::of(&office);
        client.send(&format!("{POST}accept-language: en\r\n{begun}"));
        let problem = timed_out(&client.answer());
        assert_eq!(problem["instance"], "/v1/parcels/1");
        let detail = "The body of the request was not complete after 300 ms";
        assert_eq!(problem["detail"], detail, "{begun}");
        assert!(client.is_closed(), "{begun}");
    }
}

#[test]
fn a_body_that_comes_in_parts_but_in_time_is_taken_and_the_connection_goes_on() {
    let office = office();
    let mut client = Client::of(&office);
    client.send(&format!("{POST}content-length: 6\r\n\r\nabc"));
    std::thread::sleep(Duration::from_millis(50));
    client.send("def");
    let answer = client.answer();
    assert!(answer.starts_with("HTTP/1.1 405"), "{answer}");
    client.send(&format!("{HEAD}\r\n"));
    let answer = client.answer();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// An answer of a megabyte, asked for again and again: more than the buffers between two sockets.
const LARGE: &str = "GET /bench/constant?bytes=1000000 HTTP/1.1\r\nhost: x\r\n\r\n";
const TIMES: usize = 40;

fn generous(answer_timeout_ms: u64) -> Office {
    let office = Office::open().with(|config| {
        config.http.answer_timeout_ms = answer_timeout_ms;
        config.http.keep_alive_s = 1;
        config.http.yardstick = true;
    });
    office.start()
}

#[test]
fn a_client_that_does_not_read_is_let_go() {
    let office = generous(300);
    for pause in [None, Some(Duration::from_millis(20))] {
        let mut client = Client::of(&office);
        assert!(client.send(&LARGE.repeat(TIMES)));
        let started = Instant::now();
        let mut read = 0;
        // The second one takes a little now and then, far less than is asked of it.
        while started.elapsed() < Duration::from_millis(1_000) {
            std::thread::sleep(pause.unwrap_or(Duration::from_millis(1_000)));
            read += pause.map_or(0, |_| client.take(1_000));
        }
        read += client.take_all(Duration::ZERO);
        assert!(read < TIMES * 1_000_000, "{read} bytes came to an end");
        assert_eq!(office.get("/health/live").status, 200);
    }
}

#[test]
fn a_client_that_reads_slowly_but_steadily_gets_everything() {
    let office = generous(300);
    let mut client = Client::of(&office);
    assert!(client.send(&LARGE.repeat(TIMES)));
    let started = Instant::now();
    let read = client.take_all(Duration::from_millis(5));
    assert!(read > TIMES * 1_000_000, "{read} bytes");
    let took = started.elapsed();
    assert!(
        took > Duration::from_secs(1),
        "longer than an idle connection is kept: {took:?}"
    );
}
