//! What a connection says by itself, where no request is there to be answered: 408, 400 and 431.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::http::header::HttpDate;

use super::client;
use super::frame::{Line, report};
use super::language::Language;
use super::problem::{Kind, Problem};
use super::request_id::{REQUEST_ID, RequestId};
use super::server::Shared;

/// Why the library does not take a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is not HTTP.
    Malformed,
    /// It has too many fields or bytes.
    TooLarge,
}

/// The first lines of the library's own refusals, behind `HTTP/1.1` or `HTTP/1.0`.
const REFUSALS: [(&[u8], Refusal); 2] = [
    (b" 400 Bad Request\r\n", Refusal::Malformed),
    (
        b" 431 Request Header Fields Too Large\r\n",
        Refusal::TooLarge,
    ),
];
const VERSION: &[u8] = b"HTTP/1.";
const END: &[u8] = b"\r\n\r\n";
/// Longer than the library's refusals, which have three fields.
const LONGEST: usize = 256;

/// Where in what the library writes its own refusal begins, which is always the last it says: a
/// head without a body and without the id that every answer of ours has.
pub fn refusal_in(bytes: &[u8]) -> Option<(usize, Refusal)> {
    if !bytes.ends_with(END) {
        return None;
    }
    let window = bytes.len().saturating_sub(LONGEST);
    let mut starts = bytes[window..].windows(VERSION.len());
    let at = window + starts.rposition(|part| part == VERSION)?;
    let head = &bytes[at..];
    // The digit of the version is between the two.
    let line = head.get(VERSION.len() + 1..)?;
    let row = REFUSALS
        .iter()
        .find(|(line_of, _)| line.starts_with(line_of))?;
    let ours = head
        .windows(REQUEST_ID.as_str().len())
        .any(|part| part.eq_ignore_ascii_case(REQUEST_ID.as_str().as_bytes()));
    (!ours).then_some((at, row.1))
}

/// The answer to a head that the library does not take, as bytes, with its line in the log.
pub fn refused(shared: &Shared, peer: Option<SocketAddr>, refusal: Refusal) -> Vec<u8> {
    let problem = match refusal {
        Refusal::Malformed => Problem::new(Kind::MalformedRequest, "head_malformed", Vec::new())
            .expecting("http_head", Vec::new()),
        Refusal::TooLarge => Problem::new(Kind::HeadTooLarge, "head_too_large", Vec::new())
            .expecting("small_head", Vec::new()),
    };
    said(shared, peer, &problem, Duration::ZERO)
}

/// The answer to a head that is not complete in time, as bytes, with its line in the log.
pub fn head_too_slow(shared: &Shared, peer: Option<SocketAddr>) -> Vec<u8> {
    let within = shared.options.head_timeout();
    let arguments = vec![("milliseconds", within.as_millis().to_string())];
    let problem = Problem::new(Kind::RequestTimeout, "head_too_slow", arguments)
        .expecting("whole_head", Vec::new());
    said(shared, peer, &problem, within)
}

/// Says in the log that a client has not read its answer.
pub fn report_unread(shared: &Shared, peer: Option<SocketAddr>) {
    let within = shared.options.answer_timeout();
    let client = peer.and_then(|peer| client::shown(peer.ip(), shared.options.client_in_log));
    tracing::info!(
        client.address = client,
        timeout_ms = within.as_millis() as u64,
        "a client did not read its answer in time: the connection is closed"
    );
}

fn said(shared: &Shared, peer: Option<SocketAddr>, problem: &Problem, took: Duration) -> Vec<u8> {
    let id = RequestId::made();
    let line = Line {
        id: &id,
        client: peer.map(|peer| peer.ip()),
        method: "unread",
        route: "unread",
        status: problem.kind().status(),
        took,
    };
    report(shared, &line);
    let answer = problem.respond(Language::default(), "", id.as_str());
    written_out(answer, &id)
}

/// An answer as it goes over the wire when nothing else stands between it and the socket.
fn written_out(answer: HttpResponse, id: &RequestId) -> Vec<u8> {
    let mut head = format!(
        "HTTP/1.1 {}\r\nx-request-id: {}\r\n",
        answer.status(),
        id.as_str()
    );
    let date = HttpDate::from(SystemTime::now());
    head.push_str(&format!("date: {date}\r\nconnection: close\r\n"));
    for (name, value) in answer.headers() {
        head.push_str(&format!(
            "{name}: {}\r\n",
            value.to_str().unwrap_or_default()
        ));
    }
    let body = answer.into_body().try_into_bytes().unwrap_or_default();
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    [head.as_bytes(), &body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAD: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\ndate: x\r\n\r\n";

    #[test]
    fn the_librarys_refusal_is_found_behind_an_answer_and_ours_is_left_alone() {
        assert_eq!(refusal_in(BAD), Some((0, Refusal::Malformed)));
        let whole = [b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", BAD].concat();
        let at = whole.len() - BAD.len();
        assert_eq!(refusal_in(&whole), Some((at, Refusal::Malformed)));
        for other in [
            b"HTTP/1.1 304 Not Modified\r\ndate: x\r\n\r\n".as_slice(),
            b"HTTP/1.1 400 Bad Request\r\nX-Request-Id: 1\r\n\r\n",
            b"HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}",
            b"HTTP/1.1 100 Continue\r\n\r\n",
            b"\r\n\r\n",
        ] {
            assert_eq!(refusal_in(other), None);
        }
    }
}
