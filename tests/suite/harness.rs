//! What the tests of capabilities share: the program as a command, folders that clean up.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

use diachinh::app::{Clock, Reference, open_register};
use diachinh::cadastre::{Instant, ParcelId, Revision};
use diachinh::cli::serve::{Started, start};
use diachinh::config::Config;
use diachinh::crs::Planes;
use diachinh::land::Edit;
use diachinh::store::{CityDisplay, StoreOptions};

use crate::databases::Server;

/// A folder of one test's own, removed at its end.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes an empty folder under the system's folder for temporary files.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("diachinh-test-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the temporary folder takes files");
        Self(path)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A file in it with this text.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("the temporary folder takes files");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder left behind in /tmp is no failure of the test.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The program, in a folder of its own and without inherited options.
pub fn diachinh(folder: &Folder) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diachinh"));
    command.current_dir(folder.path());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DIACHINH_") {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C");
    command
}

/// Standard output as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the program prints UTF-8")
}

/// Standard error as text.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the program prints UTF-8")
}

/// A running server on a store of its own, spoken to over HTTP.
pub struct Office {
    started: Option<Started>,
    url: String,
    now: Arc<AtomicI64>,
    config: Config,
    folder: Option<Folder>,
}

/// What a server is started with.
pub struct OfficePlan {
    land: Option<&'static str>,
    config: Config,
    folder: Option<Folder>,
    waits: bool,
}

/// When the clock of every office stands at its start: ten in the morning in Vietnam.
const NOW: &str = "2026-11-23T03:00:00Z";

impl Office {
    /// A server with usual options and an empty register, on 23 November 2026.
    pub fn open() -> OfficePlan {
        let folder = Folder::new();
        let mut config = Config::default();
        config.http.listen = "127.0.0.1:0".parse().expect("an address");
        config.http.workers = 1;
        config.http.rate_per_second = 0;
        config.http.shutdown_timeout_s = 5;
        config.app.snapshot_dir = PathBuf::new();
        config.app.tile_folder = PathBuf::new();
        config.app.download_folder = folder.path().join("downloads");
        config.app.signing_folder = folder.path().join("signing");
        config.store.url = folder.path().join("city.gpkg").display().to_string();
        OfficePlan {
            land: None,
            config,
            folder: Some(folder),
            waits: true,
        }
    }

    /// The folder with its files, of an office that was opened with one.
    pub fn folder(&self) -> &Folder {
        self.folder.as_ref().expect("a server of its own")
    }

    /// Another server on the same store.
    pub fn another(&self) -> Office {
        OfficePlan {
            land: None,
            config: self.config.clone(),
            folder: None,
            waits: true,
        }
        .start()
    }

    /// GET with a path and query.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// POST of JSON.
    pub fn post(&self, path: &str, body: &str) -> Answer {
        let headers = [("content-type", "application/json")];
        self.send("POST", path, &headers, body.to_owned())
    }

    /// Any request without a body.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(method, path, headers, ())
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl ureq::AsSendBody,
    ) -> Answer {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build()
            .new_agent();
        let mut response = agent.run(request).expect("the server answers");
        let body = response.body_mut().read_to_vec().expect("a whole body");
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        }
    }

    /// Where it listens, such as `http://127.0.0.1:40385`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its store's file or address.
    pub fn store_url(&self) -> &str {
        &self.config.store.url
    }

    /// Its store's options.
    pub fn store_options(&self) -> &StoreOptions {
        &self.config.store
    }

    /// Key of the version of a parcel that the register holds as its newest.
    pub fn version_of(&self, parcel: i64) -> i64 {
        let store = open_register(&self.config.store).expect("the store opens");
        let parcel = ParcelId::new(parcel).expect("an id");
        let (versions, _) = store.history(parcel).expect("the store answers");
        let current = versions
            .iter()
            .filter(|version| version.lifespan.recorded.to.is_none());
        current
            .map(|version| version.version.0)
            .max()
            .expect("the parcel is held")
    }

    /// Commits an edit as another program would.
    pub fn commit(&self, edit: &Edit) -> Revision {
        commit(&self.config.store, edit)
    }

    /// Sets the server's clock.
    pub fn set_clock(&self, moment: &str) {
        let moment = Instant::parse(moment).expect("a moment");
        self.now.store(moment.0, Ordering::SeqCst);
    }

    /// Asks until the answer is as wanted; the last answer if it never is within five seconds.
    pub fn get_until(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let started = std::time::Instant::now();
        loop {
            let answer = self.get(path);
            if wanted(&answer) || started.elapsed() > Duration::from_secs(5) {
                return answer;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if let Some(started) = self.started.take() {
            started.stop().expect("the server ends in order");
        }
    }
}

impl OfficePlan {
    /// With the land of a fixture in the register.
    pub fn with_land(mut self, name: &'static str) -> Self {
        self.land = Some(name);
        self
    }

    /// With other options.
    pub fn with(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// With its register in a new database of the PostgreSQL server of the tests.
    pub fn on_postgres(self) -> Self {
        self.on(&Server::shared().new_database())
    }

    /// With its register at this address.
    pub fn on(mut self, url: &str) -> Self {
        self.config.store.url = url.to_owned();
        self
    }

    /// With its store in a folder that is not there yet.
    pub fn in_a_missing_folder(mut self) -> Self {
        let folder = self.folder.as_ref().expect("an office of its own");
        let file = folder.path().join("missing").join("city.gpkg");
        self.config.store.url = file.display().to_string();
        self
    }

    /// Without waiting for the register to be loaded.
    pub fn at_once(mut self) -> Self {
        self.waits = false;
        self
    }

    /// Starts it as `diachinh serve` does, and waits until it is ready.
    pub fn start(self) -> Office {
        if let Some(name) = self.land {
            commit(&self.config.store, &crate::fixture::land(name, &planes()));
        }
        let now = Instant::parse(NOW).expect("a moment");
        let now = Arc::new(AtomicI64::new(now.0));
        let clock = Arc::clone(&now);
        let clock: Clock = Arc::new(move || Instant(clock.load(Ordering::SeqCst)));
        let started = start(&self.config, clock).expect("the server starts");
        let office = Office {
            url: format!("http://{}", started.address()),
            started: Some(started),
            now,
            config: self.config,
            folder: self.folder,
        };
        if self.waits {
            let ready = office.get_until("/health/ready", |answer| answer.status == 200);
            assert_eq!(ready.status, 200, "{}", ready.text());
        }
        office
    }
}

/// The planes of the city.
pub fn planes() -> Planes {
    Planes::load(include_str!("../../data/planes.toml")).expect("the file is in the repository")
}

/// Commits an edit to a store, made when it is not there.
pub fn commit(options: &StoreOptions, edit: &Edit) -> Revision {
    let store = open_register(options).expect("the store opens");
    let reference = Reference::built_in().expect("the tables are in the program");
    let city = &reference.city;
    let display = CityDisplay::new(&city.planes, &city.transforms).expect("planes");
    let at = Instant::parse(NOW).expect("a moment");
    store.commit(edit, at, &display).expect("the edit fits")
}

/// What the server answered.
pub struct Answer {
    /// Status.
    pub status: u16,
    headers: ureq::http::HeaderMap,
    /// Bytes as they came.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, empty when it is absent.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("a header of text"))
    }

    /// Everything that headers of a name list, in lower case and in order.
    pub fn listed(&self, name: &str) -> Vec<String> {
        let values = self.headers.get_all(name).iter();
        let lists = values.map(|value| value.to_str().expect("a header of text"));
        let names = lists.flat_map(|list| list.split(','));
        let mut names: Vec<String> = names.map(|n| n.trim().to_lowercase()).collect();
        names.sort_unstable();
        names
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the server answers UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the server answers JSON")
    }

    /// The member at a path such as `/features/0/id`; null when it is absent.
    pub fn at(&self, pointer: &str) -> serde_json::Value {
        self.json().pointer(pointer).cloned().unwrap_or_default()
    }
}
