//! Behind what people put in front: nginx with gzip of its own, and Varnish that keeps answers.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::follow::renumbered;
use crate::harness::{Folder, Office, stderr};
use crate::tiles::cached::{figure, path};

/// A cache in front of an office, listening on a socket file.
pub(crate) struct Front {
    program: Child,
    socket: PathBuf,
    folder: Folder,
}

impl Drop for Front {
    fn drop(&mut self) {
        // SIGTERM ends its workers too; it may have ended by itself.
        let _ = Command::new("kill")
            .arg(self.program.id().to_string())
            .status();
        let _ = self.program.wait();
    }
}

/// What came through it.
struct Passed {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Passed {
    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let found = lines.find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.trim())
    }
}

impl Front {
    fn start(folder: Folder, mut command: Command) -> Self {
        let socket = folder.path().join("front.sock");
        let program = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let front = Self {
            program: program.expect("the cache is installed: run `make test`"),
            socket,
            folder,
        };
        let started = Instant::now();
        while !front.listens() && started.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(front.listens(), "nobody listens");
        front
    }

    fn listens(&self) -> bool {
        UnixStream::connect(&self.socket).is_ok()
    }

    /// nginx that compresses and hands on below a prefix; `coding` says whether it lets the server
    /// compress. It keeps nothing: to nginx `no-cache` means that it may not.
    fn nginx(office: &Office, coding: bool) -> Self {
        Self::nginx_at(office, coding, "")
    }

    /// The same, for browsers too, on a port of loopback.
    pub(crate) fn nginx_on(office: &Office, port: u16) -> Self {
        Self::nginx_at(office, true, &format!("listen 127.0.0.1:{port};"))
    }

    fn nginx_at(office: &Office, coding: bool, listen: &str) -> Self {
        let folder = Folder::new();
        let place = folder.path().display().to_string();
        let accept = if coding {
            "$http_accept_encoding"
        } else {
            "\"\""
        };
        let (url, user) = (office.url(), if is_root() { "user root;" } else { "" });
        let config = format!(
            "{user} daemon off; pid {place}/pid; error_log {place}/errors;
             events {{}}
             http {{
               access_log off; client_body_temp_path {place}/b; proxy_temp_path {place}/p;
               fastcgi_temp_path {place}/f; uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;
               gzip on; gzip_types *; gzip_proxied any; gzip_min_length 1;
               server {{
                 listen unix:{place}/front.sock; {listen}
                 location /map/ {{
                   proxy_pass {url}/; proxy_http_version 1.1;
                   proxy_set_header Accept-Encoding {accept};
                 }}
               }}
             }}"
        );
        let file = folder.file("nginx.conf", &config);
        let mut command = Command::new("/usr/sbin/nginx");
        command.args(["-p", &place, "-c"]).arg(file);
        Self::start(folder, command)
    }

    /// Varnish as Debian has it, which keeps gzip and unpacks it for who wants none.
    fn varnish(office: &Office) -> Self {
        let folder = Folder::new();
        let (host, port) = office.url()["http://".len()..]
            .split_once(':')
            .expect("a port");
        let rules = format!(
            "vcl 4.1;
             backend city {{ .host = \"{host}\"; .port = \"{port}\"; }}
             sub vcl_backend_response {{ set beresp.grace = 0s; set beresp.keep = 1h; }}"
        );
        let file = folder.file("city.vcl", &rules);
        let mut command = Command::new("/usr/sbin/varnishd");
        command.args(["-F", "-j", "none", "-s", "default,16m", "-n"]);
        command.arg(folder.path().join("work")).arg("-a");
        command
            .arg(folder.path().join("front.sock"))
            .arg("-f")
            .arg(file);
        Self::start(folder, command)
    }

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Passed {
        let [head, body] = ["head", "body"].map(|name| self.folder.path().join(name));
        let mut curl = Command::new("curl");
        curl.args(["-sS", "--max-time", "20", "-D"])
            .arg(&head)
            .arg("-o")
            .arg(&body);
        curl.arg("--unix-socket").arg(&self.socket);
        for (name, value) in headers {
            curl.args(["-H", &format!("{name}: {value}")]);
        }
        // A body of before is not that of a 304.
        std::fs::write(&body, "").expect("the folder takes files");
        let run = curl
            .arg(format!("http://front{path}"))
            .output()
            .expect("curl runs");
        assert!(run.status.success(), "{}", stderr(&run));
        let read = |file: &Path| std::fs::read(file).expect("curl wrote it");
        let head = String::from_utf8(read(&head)).expect("a head is text");
        let status = head.split(' ').nth(1).expect("a status line");
        Passed {
            status: status.parse().expect("a number"),
            body: read(&body),
            head,
        }
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout.starts_with(b"0")
}

fn unpacked(passed: &Passed) -> Vec<u8> {
    let mut bytes = Vec::new();
    match passed.header("content-encoding") {
        "gzip" => {
            let mut reader = flate2::read::GzDecoder::new(passed.body.as_slice());
            std::io::Read::read_to_end(&mut reader, &mut bytes).expect("gzip");
        }
        other => {
            assert_eq!(other, "");
            bytes.extend(&passed.body);
        }
    }
    bytes
}

/// Asks for a tile and a look-up through a cache: the content is the server's, and who has it is
/// answered 304, whatever the cache made of the tag.
fn passes_on(front: &Front, office: &Office, prefix: &str) {
    let found = "/v1/parcels/lookup?q=thua%2012%20to%205%20ben%20thanh";
    for path in [&path(office, 1), "/v1/parcels/1", found] {
        let own = office.ask("GET", path, &[("accept", "*/*")]);
        for accepted in ["gzip", "identity"] {
            let headers = [("accept-encoding", accepted), ("accept", "*/*")];
            let passed = front.get(&format!("{prefix}{path}"), &headers);
            assert_eq!(passed.status, 200, "{path} {accepted}");
            assert_eq!(unpacked(&passed), own.body, "{path} {accepted}");
            let tag = passed.header("etag");
            assert!(!tag.is_empty(), "{path} {accepted}: {}", passed.head);
            let again = [headers[0], headers[1], ("if-none-match", tag)];
            let again = front.get(&format!("{prefix}{path}"), &again);
            assert_eq!(
                (again.status, again.body.len()),
                (304, 0),
                "{path} {accepted} {tag}"
            );
        }
    }
}

#[test]
fn behind_nginx_that_compresses_whoever_has_a_tile_is_answered_304() {
    let office = Office::open().with_land("two_villages").start();
    for coding in [true, false] {
        let front = Front::nginx(&office, coding);
        passes_on(&front, &office, "/map");
    }
}

#[test]
fn behind_varnish_whoever_has_a_tile_is_answered_304() {
    let office = Office::open().with_land("two_villages").start();
    passes_on(&Front::varnish(&office), &office, "");
}

#[test]
fn a_cache_asks_again_before_it_answers_and_shows_an_edit_at_once() {
    let office = Office::open().with_land("two_villages").start();
    let tile = path(&office, 2);
    for front in [Front::nginx(&office, true), Front::varnish(&office)] {
        let prefix = if front.folder.path().join("nginx.conf").exists() {
            "/map"
        } else {
            ""
        };
        let asked = format!("{prefix}{tile}");
        let gzip = [("accept-encoding", "gzip")];
        let first = front.get(&asked, &gzip);
        assert_eq!(front.get(&asked, &gzip).body, first.body);
        let before = figure(&office, "rendered");
        let revision = office.get("/tiles/city.json").at("/revision");
        office.commit(&renumbered(
            &office,
            if prefix.is_empty() { "97" } else { "96" },
        ));
        office.get_until("/tiles/city.json", |a| a.at("/revision") != revision);
        let edited = front.get(&asked, &gzip);
        assert_eq!(edited.status, 200);
        assert_ne!(unpacked(&edited), unpacked(&first));
        assert!(figure(&office, "rendered") > before);
    }
}

#[test]
fn below_a_prefix_every_link_begins_with_the_public_address() {
    let base = "https://land.example/map";
    let office = Office::open()
        .with_land("two_villages")
        .with(|config| config.http.public_base = base.to_owned())
        .start();
    let front = Front::nginx(&office, true);
    let document = front.get("/map/api", &[("accept", "application/json")]);
    let text = String::from_utf8(document.body.clone()).expect("JSON");
    let served = serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    assert_eq!(served["servers"][0]["url"], base);
    let older = document.header("link").to_owned();
    assert_eq!(older.matches(&format!("<{base}/api")).count(), 3, "{older}");
    for path in [
        "/?f=json",
        "/collections",
        "/collections/parcels/items?limit=2",
        "/tiles",
    ] {
        let passed = front.get(&format!("/map{path}"), &[("accept", "application/json")]);
        assert_eq!(passed.status, 200, "{path}");
        let text = String::from_utf8(passed.body).expect("JSON");
        let links = text.match_indices("\"href\":\"").count();
        let ours = text.matches(&format!("\"href\":\"{base}")).count();
        assert!(
            links > 2 && ours + text.matches("\"href\":\"http://www.opengis.net").count() >= links,
            "{path}: {ours} of {links}\n{text}"
        );
    }
}
