//! What the tests of capabilities share: the program as a command, folders that clean up.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diachinh::cadastre::Instant;
use diachinh::config::Config;
use diachinh::crs::Planes;
use diachinh::http::Running;

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

/// A running server, spoken to over HTTP.
pub struct Office {
    running: Option<Running>,
    url: String,
    _folder: Folder,
}

/// What a server is started with.
pub struct OfficePlan {
    land: Option<&'static str>,
    config: Config,
    now: &'static str,
}

impl Office {
    /// A server with usual options and an empty register, on 23 November 2026.
    pub fn open() -> OfficePlan {
        let mut config = Config::default();
        config.http.listen = "127.0.0.1:0".parse().expect("an address");
        config.http.workers = 1;
        config.http.rate_per_second = 0;
        OfficePlan {
            land: None,
            config,
            now: "2026-11-23T03:00:00Z",
        }
    }

    /// GET with a path and query.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Any request without a body.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(()).expect("a request");
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
}

impl Drop for Office {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().expect("the server ends in order");
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

    /// Starts it as `diachinh serve` does.
    pub fn start(self) -> Office {
        let folder = Folder::new();
        let now = Instant::parse(self.now).expect("a moment");
        let planes = Planes::load(include_str!("../../data/planes.toml")).expect("planes");
        let app = Arc::new(diachinh::app::App::new(
            self.config.app.clone(),
            Arc::new(diachinh::app::Reference::built_in().expect("tables")),
            Arc::new(move || now),
        ));
        if let Some(name) = self.land {
            use diachinh::land::{FeatureChange, ParcelChange, RegisterReader};
            let edit = crate::fixture::land(name, &planes);
            let mut builder = diachinh::land::LandBuilder::default();
            for w in edit.wards {
                builder.ward(w);
            }
            for w in edit.successions {
                builder.succession(w);
            }
            for w in edit.layers {
                builder.layer(w);
            }
            for w in edit.features {
                if let FeatureChange::Open(f) = w {
                    builder.feature(*f);
                }
            }
            for w in edit.lineage {
                builder.lineage(w);
            }
            for (i, p) in edit.parcels.into_iter().enumerate() {
                if let ParcelChange::Open { parcel, from, to } = p {
                    builder.parcel(diachinh::cadastre::ParcelVersion {
                        version: diachinh::cadastre::VersionId(100 + i as i64),
                        parcel,
                        lifespan: diachinh::cadastre::Lifespan {
                            valid: diachinh::cadastre::Interval { from, to },
                            recorded: diachinh::cadastre::Interval::open(Instant(1)),
                        },
                        recorded_in: diachinh::cadastre::Revision(1),
                    });
                }
            }
            let transforms = diachinh::crs::Transforms::new(&planes).expect("transforms");
            let land = builder.build(
                diachinh::cadastre::Revision(1),
                Some(Instant(1)),
                diachinh::land::City {
                    planes: Arc::new(planes),
                    transforms: Arc::new(transforms),
                },
            );
            app.publish(Arc::new(land));
        }
        let running = diachinh::http::start(app, &self.config.http).expect("the server starts");
        Office {
            url: format!("http://{}", running.address()),
            running: Some(running),
            _folder: folder,
        }
    }
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
