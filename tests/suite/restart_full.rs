//! A server that is restarted on a full disk answers, says so, and goes on as usual when there is
//! room again.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::fixture;
use crate::harness::{Folder, commit, planes};
use diachinh::store::StoreOptions;

/// A disk of its own with a register on it and no room; a line on standard input makes room, the
/// next one stops the server.
const SCRIPT: &str = "mount -t tmpfs -o size=8m none /mnt && cp city.gpkg* /mnt || exit 1
    cat /dev/zero > /mnt/fill 2>/dev/null
    \"$0\" serve --listen 127.0.0.1:0 --store /mnt/city.gpkg &
    server=$!; read go; rm /mnt/fill; read go; kill $server; wait $server";

/// A server in a namespace where its disk is full.
struct Full {
    shell: Child,
    url: String,
}

impl Full {
    fn start(folder: &Folder) -> Self {
        let mut shell = Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", SCRIPT])
            .arg(env!("CARGO_BIN_EXE_diachinh"))
            .current_dir(folder.path())
            .env("DIACHINH_APP__SNAPSHOT_DIR", "/mnt/snapshots")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // A pipe that nobody empties would stop the server once it is full.
            .stderr(std::fs::File::create(folder.path().join("log")).expect("a file"))
            .spawn()
            .expect("unshare is there");
        let mut url = String::new();
        let out = shell.stdout.take().expect("a pipe");
        let read = BufReader::new(out).read_line(&mut url);
        read.expect("the address is printed");
        let url = url.trim().to_owned();
        Self { shell, url }
    }

    fn get(&self, path: &str) -> (u16, Value) {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .new_agent();
        let answer = agent.get(format!("{}{path}", self.url)).call();
        let mut answer = answer.expect("the server answers");
        let body = answer.body_mut().read_to_vec().expect("a whole body");
        let body = serde_json::from_slice(&body).expect("JSON");
        (answer.status().as_u16(), body)
    }

    /// The state of the server once it is as wanted, or after ten seconds.
    fn ready_when(&self, wanted: impl Fn(&(u16, Value)) -> bool) -> (u16, Value) {
        let started = Instant::now();
        loop {
            let ready = self.get("/health/ready");
            if wanted(&ready) || started.elapsed() > Duration::from_secs(10) {
                return ready;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn next_step(&mut self) {
        let input = self.shell.stdin.as_mut().expect("a pipe");
        input.write_all(b"go\n").expect("the shell reads");
    }
}

#[test]
fn a_server_restarted_on_a_full_disk_answers_and_says_what_cannot_be_written() {
    let possible = Command::new("unshare")
        .args([
            "--map-root-user",
            "--mount",
            "mount",
            "-t",
            "tmpfs",
            "none",
            "/mnt",
        ])
        .status();
    if !possible.is_ok_and(|status| status.success()) {
        eprintln!("not tried: this machine gives no namespaces for a disk that is full");
        return;
    }
    let folder = Folder::new();
    let file = folder.path().join("city.gpkg").display().to_string();
    let land = fixture::land("two_villages", &planes());
    commit(&StoreOptions::at(file), &land);
    let mut full = Full::start(&folder);
    let warned = |ready: &(u16, Value)| ready.1["warnings"].as_array().map_or(0, Vec::len);
    let (status, ready) = full.ready_when(|ready| warned(ready) == 2);
    assert_eq!(
        (status, &ready["status"]),
        (200, &"ready".into()),
        "{ready}"
    );
    let both = serde_json::json!(["storeUnwritable", "snapshotUnwritten"]);
    assert_eq!(ready["warnings"], both);
    assert_eq!(full.get("/v1/parcels/1").0, 200);
    full.next_step();
    let (status, ready) = full.ready_when(|ready| warned(ready) < 2);
    assert_eq!(
        (status, &ready["status"]),
        (200, &"ready".into()),
        "{ready}"
    );
    assert_eq!(ready["warnings"], serde_json::json!(["snapshotUnwritten"]));
    full.next_step();
    let ended = full.shell.wait().expect("the server ends");
    let log = std::fs::read_to_string(folder.path().join("log")).expect("a log");
    assert!(ended.success(), "{log}");
    for said in [
        "the store cannot be written, memory answers",
        "the store answers",
        "cannot write the snapshot file `/mnt/snapshots/land.snapshot`",
    ] {
        assert!(log.contains(said), "{said}: {log}");
    }
}
