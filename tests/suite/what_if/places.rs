//! Who may ask, how many at once, and a client that leaves.

use super::served::{about_rule, office};
use super::{APPENDIX_18, rule_text};
use crate::harness::{Folder, Office};
use crate::raw::Client;
use std::net::UdpSocket;
use std::time::{Duration, Instant};

/// About a feature that is not there: refused in another way than who may not ask.
const ABOUT_NOTHING: &str = r#"{"changes":[{"remove":{"collection":"roads","id":999}}]}"#;

#[test]
fn only_the_machine_itself_asks_and_no_proxy_for_others() {
    let office = Office::open()
        .with_land("two_villages")
        .with(|config| {
            config.http.listen = "0.0.0.0:0".parse().expect("an address");
            config.http.trusted_proxies = vec!["127.0.0.1".parse().expect("an address")];
        })
        .start();
    let port = office.url().rsplit(':').next().expect("a port");
    let send = |address: &str, header: &str| {
        let mut request = ureq::post(format!("http://{address}:{port}/v1/what-if?lang=en"))
            .config()
            .http_status_as_error(false)
            .build();
        if !header.is_empty() {
            request = request.header(header, "127.0.0.1");
        }
        let mut answer = request.send(ABOUT_NOTHING).expect("the server answers");
        let text = answer.body_mut().read_to_string().expect("a text");
        (answer.status().as_u16(), text)
    };
    assert_eq!(send("127.0.0.1", "").0, 404);
    for header in ["x-forwarded-for", "forwarded", "via", "x-real-ip"] {
        let (status, text) = send("127.0.0.1", header);
        assert_eq!(status, 403, "{header}: {text}");
        assert!(text.contains("\"code\":\"not_permitted\""), "{text}");
        assert!(text.contains("\"expected\""), "{text}");
    }
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example"] {
        let answer = ureq::post(format!("http://127.0.0.1:{port}/v1/what-if"))
            .config()
            .http_status_as_error(false)
            .build()
            .header("host", host)
            .send(ABOUT_NOTHING)
            .expect("the server answers");
        assert_eq!(answer.status().as_u16(), 403, "{host}");
    }
    // An address of this machine that is not the loopback, where it has one.
    let outward = UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        socket.connect("192.0.2.1:9")?;
        socket.local_addr()
    });
    if let Ok(own) = outward
        && !own.ip().is_loopback()
    {
        assert_eq!(send(&own.ip().to_string(), "").0, 403);
    }
}

#[test]
fn no_page_of_another_origin_asks_through_a_browser_of_the_machine() {
    let folder = Folder::new();
    let office = office(&folder, "200");
    let port = office.url().rsplit(':').next().expect("a port");
    // A page of another origin that a browser of this machine has open.
    for (origin, status) in [
        (format!("http://127.0.0.1:{port}"), 404),
        ("http://evil.example".to_owned(), 403),
        (format!("http://localhost:{port}"), 403),
        ("null".to_owned(), 403),
    ] {
        let answer = ureq::post(format!("http://127.0.0.1:{port}/v1/what-if"))
            .config()
            .http_status_as_error(false)
            .build()
            .header("origin", &origin)
            .send(ABOUT_NOTHING)
            .expect("the server answers");
        assert_eq!(answer.status().as_u16(), status, "{origin}");
    }
}

#[test]
fn a_few_are_answered_at_once_and_one_that_leaves_makes_room() {
    let folder = Folder::new();
    let office = office(&folder, "2000");
    let text = rule_text(APPENDIX_18, "coverage").replace("[100, 90]", "[100, 80]");
    let question = about_rule("coverage", &text).to_string();
    let begin = || {
        let mut client = Client::of(&office);
        let length = question.len();
        client.send(&format!(
            "POST /v1/what-if HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n{question}"
        ));
        assert!(client.take(64) > 0);
        client
    };
    let (first, second) = (begin(), begin());
    let refused = office.post("/v1/what-if?lang=en", &question);
    assert_eq!(refused.status, 429, "{}", refused.text());
    assert_eq!(refused.at("/code"), "too_many_requests");
    assert_eq!(refused.header("retry-after"), "10");
    drop((first, second));
    let left = Instant::now();
    let nothing = r#"{"changes":[{"remove":{"collection":"roads","id":999999999}}]}"#;
    while office.post("/v1/what-if", nothing).status == 429 {
        assert!(
            left.elapsed() < Duration::from_secs(5),
            "the places stay taken"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}
