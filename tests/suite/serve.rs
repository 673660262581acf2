//! The server as a process: its address, its log, its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::harness::{Folder, diachinh, stderr};

/// A server process and the address it printed.
fn serving(folder: &Folder) -> (Child, String) {
    let mut child = diachinh(folder)
        .args(["serve", "--create", "--listen", "127.0.0.1:0"])
        .args(["--store", "city.gpkg"])
        .env("DIACHINH_HTTP__ADDRESS_FILE", "address")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let out = child.stdout.take().expect("a pipe");
    BufReader::new(out)
        .read_line(&mut line)
        .expect("the address is printed");
    let address = line.trim().trim_start_matches("http://").to_owned();
    (child, address)
}

fn signal(child: &Child, name: &str) {
    let sent = std::process::Command::new("kill")
        .args([&format!("-{name}"), &child.id().to_string()])
        .status();
    assert!(sent.expect("kill is installed").success());
}

fn ask(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    )
    .expect("the server reads");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the server answers UTF-8");
    answer
}

#[test]
fn a_server_prints_and_writes_its_address_and_ends_in_order_on_sigterm() {
    for name in ["TERM", "INT"] {
        let folder = Folder::new();
        let (child, address) = serving(&folder);
        let written = std::fs::read_to_string(folder.path().join("address"));
        assert_eq!(written.expect("the address file").trim(), address);
        assert!(ask(&address, "/health/live").starts_with("HTTP/1.1 200"));
        // A connection that is kept open does not keep the server from ending.
        let idle = TcpStream::connect(&address).expect("the server listens");
        signal(&child, name);
        let output = child.wait_with_output().expect("the server ends");
        drop(idle);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(TcpStream::connect(&address).is_err());
    }
}

#[test]
fn a_server_that_is_told_to_stop_while_it_draws_ends_in_order() {
    let folder = Folder::new();
    let made = diachinh(&folder)
        .args(["demo", "--parcels", "8000", "--store", "city.gpkg"])
        .output()
        .expect("the program starts");
    assert!(made.status.success(), "{}", stderr(&made));
    // Nobody reads the log until the end, and a line for each question would fill its pipe.
    folder.file("diachinh.toml", "log.filter = \"warn\"\n");
    for _ in 0..4 {
        let (child, address) = serving(&folder);
        while !ask(&address, "/health/ready").starts_with("HTTP/1.1 200") {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        // From now on blocks and outlines are drawn in a thread of its own.
        signal(&child, "TERM");
        let output = child.wait_with_output().expect("the server ends");
        let log = stderr(&output);
        assert!(output.status.success(), "{} {log}", output.status);
        assert!(!log.contains("ERROR"), "{log}");
    }
}

#[test]
fn the_log_has_one_json_object_a_line_and_never_a_query_or_a_path() {
    let folder = Folder::new();
    let (child, address) = serving(&folder);
    ask(&address, "/v1/parcels/lookup?q=Nguyen+Van+A");
    ask(&address, "/nowhere/Nguyen-Van-A?name=Nguyen");
    signal(&child, "TERM");
    let output = child.wait_with_output().expect("the server ends");
    let log = stderr(&output);
    assert!(!log.contains("Nguyen"), "{log}");
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    let routed = |route: &str| {
        let line = lines.iter().find(|line| line["http.route"] == route);
        line.is_some_and(|line| line["request.id"].as_str().is_some_and(|id| !id.is_empty()))
    };
    assert!(routed("/v1/parcels/lookup") && routed("unrouted"), "{log}");
}

#[test]
fn the_log_shows_as_much_of_the_client_as_the_options_say() {
    for (shown, expected) in [
        ("network", "203.0.113.0/24".into()),
        ("address", "203.0.113.5".into()),
        ("none", serde_json::Value::Null),
    ] {
        let folder = Folder::new();
        folder.file(
            "diachinh.toml",
            &format!("http.trusted_proxies = [\"127.0.0.1\"]\nhttp.client_in_log = \"{shown}\"\n"),
        );
        let (child, address) = serving(&folder);
        ask(
            &address,
            "/api HTTP/1.1\r\nx-forwarded-for: 203.0.113.5\r\nx:",
        );
        signal(&child, "TERM");
        let output = child.wait_with_output().expect("the server ends");
        let log = stderr(&output);
        let line = log.lines().find(|line| line.contains("\"/api\""));
        let line: serde_json::Value =
            serde_json::from_str(line.expect("the request is logged")).expect("JSON");
        assert_eq!(line["client.address"], expected, "{log}");
    }
}

#[test]
fn an_address_that_is_taken_is_told_with_what_to_do() {
    let folder = Folder::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = diachinh(&folder)
        .args(["serve", "--create", "--listen", &address])
        .output()
        .expect("the program starts");
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains(&address) && text.contains("--listen"),
        "{text}"
    );
}

#[test]
fn a_register_that_is_not_there_is_made_only_when_that_is_asked_for() {
    let folder = Folder::new();
    let output = diachinh(&folder)
        .args(["serve", "--listen", "127.0.0.1:0", "--store", "ctiy.gpkg"])
        .output()
        .expect("the program starts");
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("`ctiy.gpkg`") && text.contains("--create"),
        "{text}"
    );
    assert!(!folder.path().join("ctiy.gpkg").exists());
}
