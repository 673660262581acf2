//! The demo city in a register of its own, served by the program as an operator starts it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::harness::{Folder, diachinh, stderr};

/// As many as `make run` builds, so that the README is tried on the city it speaks of.
const PARCELS: &str = "50000";

/// A running server with a small demo city.
pub struct Demo {
    folder: Folder,
    server: Child,
    url: String,
}

impl Demo {
    /// Builds the city of the README and starts the server on a free port.
    pub fn running() -> Self {
        Self::of(PARCELS)
    }

    /// The same with so many parcels.
    pub fn of(parcels: &str) -> Self {
        let folder = Folder::new();
        std::fs::create_dir(folder.path().join("var")).expect("the folder takes folders");
        let store = "var/demo.gpkg";
        let built = diachinh(&folder)
            .args(["demo", "--parcels", parcels, "--store", store])
            .output()
            .expect("the program starts");
        assert!(built.status.success(), "{}", stderr(&built));
        let mut server = diachinh(&folder)
            .args(["serve", "--store", store, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let out = server.stdout.take().expect("piped");
        let mut url = String::new();
        let read = BufReader::new(out).read_line(&mut url);
        read.expect("the server says where it listens");
        let url = url.trim().to_owned();
        let demo = Self {
            folder,
            server,
            url,
        };
        demo.wait_until_ready();
        demo
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder in which it runs; the register is `var/demo.gpkg` in it.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    fn wait_until_ready(&self) {
        let ready = || {
            ureq::get(format!("{}/health/ready", self.url))
                .call()
                .is_ok()
        };
        for _ in 0..600 {
            if ready() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        assert!(ready(), "the register is loaded within a minute");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
