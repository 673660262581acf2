//! Databases of the tests: GeoPackage files, and a PostgreSQL server the tests start themselves.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diachinh::crs::{Epsg, Planes, Transforms};
use diachinh::geometry::Point;
use diachinh::store::{CityDisplay, Display, NoPosition, Store, StoreOptions};

use crate::harness::Folder;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A GeoPackage file.
    Sqlite,
    /// A database of the tests' own server, with PostGIS.
    Postgres,
}

/// A store of one test's own, migrated and empty.
pub struct Place {
    /// The open store.
    pub store: Store,
    /// How to open it again.
    pub options: StoreOptions,
    /// Which database.
    pub kind: Kind,
    folder: Folder,
}

impl Place {
    /// A new store of this kind.
    pub fn new(kind: Kind) -> Self {
        let place = Self::bare(kind);
        place.store.migrate().expect("the migrations fit");
        place
    }

    /// A new store without tables.
    pub fn bare(kind: Kind) -> Self {
        let folder = Folder::new();
        let options = match kind {
            Kind::Sqlite => StoreOptions::at(folder.path().join("register.gpkg").to_string_lossy()),
            Kind::Postgres => StoreOptions::at(Server::shared().new_database()),
        };
        let store = Store::open(&options).expect("the database is there");
        Self {
            store,
            options,
            kind,
            folder,
        }
    }

    /// The GeoPackage file of a SQLite store.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("register.gpkg")
    }

    /// Runs SQL on the file with the keys of a SQLite store.
    pub fn keys(&self, sql: &str) -> String {
        let file = self.file().with_extension("gpkg-keys");
        let mut command = Command::new("python3");
        command.args(["-c", SQLITE_SHELL]).arg(file).arg(sql);
        printed(&mut command, sql)
    }

    /// Whether a byte sequence lies in any file of the store's folder, or in a dump of its
    /// database.
    pub fn holds(&self, needle: &[u8]) -> bool {
        let found = |bytes: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        if self.kind == Kind::Postgres {
            let output = Command::new("pg_dump")
                .args(["--inserts", &self.options.url])
                .output()
                .expect("pg_dump is installed");
            assert!(output.status.success());
            return found(&output.stdout);
        }
        let files = std::fs::read_dir(self.folder.path()).expect("the folder is there");
        files.flatten().any(|file| {
            let bytes = std::fs::read(file.path()).expect("the file can be read");
            found(&bytes)
        })
    }

    /// Runs several statements of SQL, such as a migration.
    pub fn sql_script(&self, sql: &str) {
        if self.kind == Kind::Postgres {
            self.sql(sql);
            return;
        }
        let mut command = Command::new("python3");
        command
            .args(["-c", SQLITE_SCRIPT])
            .arg(self.file())
            .arg(sql);
        printed(&mut command, sql);
    }

    /// Runs SQL with the database's own command and gives what it prints, one row a line.
    pub fn sql(&self, sql: &str) -> String {
        let mut command = match self.kind {
            Kind::Sqlite => {
                let mut command = Command::new("python3");
                command.args(["-c", SQLITE_SHELL]).arg(self.file()).arg(sql);
                command
            }
            Kind::Postgres => {
                let mut command = Command::new("psql");
                command.args(["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1"]);
                command.args([self.options.url.as_str(), "-c", sql]);
                command
            }
        };
        printed(&mut command, sql)
    }
}

fn printed(command: &mut Command, sql: &str) -> String {
    let output = command.output().expect("the command is installed");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{sql}: {error}");
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// SQLite's own shell is not among the packages; Python's module reads the same file.
const SQLITE_SHELL: &str = "
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=10)
for row in connection.execute(sys.argv[2]):
    print('|'.join('' if value is None else str(value) for value in row))
connection.commit()
";

/// Changes of the schema read all triggers, and so want the functions they name.
const SQLITE_SCRIPT: &str = "
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=10)
for name in ['IsEmpty', 'MinX', 'MaxX', 'MinY', 'MaxY']:
    connection.create_function('ST_' + name, 1, lambda blob: None)
connection.executescript(sys.argv[2])
";

/// The display of the real city.
pub fn display() -> &'static dyn Display {
    static DISPLAY: OnceLock<CityDisplay> = OnceLock::new();
    DISPLAY.get_or_init(|| {
        let planes = planes();
        let transforms = Transforms::new(&planes).expect("PROJ's database is there");
        CityDisplay::new(&planes, &transforms).expect("EPSG:4756 is a system of the city")
    })
}

/// The planes of the real city.
pub fn planes() -> Planes {
    Planes::load(include_str!("../../data/planes.toml")).expect("the file of the city is sound")
}

/// A display that has no position for anything.
pub struct Nowhere;

impl Display for Nowhere {
    fn lonlat_4756(&self, plane: Epsg, _: &[Point]) -> Result<Vec<[f64; 2]>, NoPosition> {
        let reason = "a display that knows the plane".to_owned();
        Err(NoPosition { plane, reason })
    }
}

/// A PostgreSQL server of this test process. A shell that waits for the end of its input stops it
/// and removes its folder, however the process ends.
pub struct Server {
    folder: PathBuf,
    _watcher: Child,
}

impl Server {
    /// The server that all tests of the process share.
    pub fn shared() -> &'static Self {
        static SERVER: OnceLock<Server> = OnceLock::new();
        SERVER.get_or_init(Self::start)
    }

    /// Starts a server of one's own.
    pub fn start() -> Self {
        let output = as_postgres("mktemp")
            .args(["-d", "/tmp/diachinh-pg-XXXXXX"])
            .output()
            .expect("mktemp is installed");
        let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        let data = folder.join("data");
        let initdb = as_postgres(&program("initdb"))
            .args([
                "-A",
                "trust",
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--no-locale",
                "-N",
                "-D",
            ])
            .arg(&data)
            .output()
            .expect("PostgreSQL is installed");
        assert!(
            initdb.status.success(),
            "{}",
            String::from_utf8_lossy(&initdb.stderr)
        );
        start_server(&folder);
        let watcher = as_postgres("sh")
            .args(["-c", WATCH, "watch", &program("pg_ctl")])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell runs");
        Self {
            folder,
            _watcher: watcher,
        }
    }

    /// The URL of a new, empty database.
    pub fn new_database(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("register_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.psql("postgres", &format!("CREATE DATABASE {name}"));
        self.url(&name)
    }

    /// The URL of a new, empty database of a role that may not create extensions: without PostGIS.
    pub fn new_plain_database(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("plain_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.psql("postgres", &format!("CREATE ROLE {name} LOGIN"));
        self.psql("postgres", &format!("CREATE DATABASE {name} OWNER {name}"));
        let folder = self.folder.display();
        format!("postgresql:///{name}?host={folder}&user={name}")
    }

    /// The URL of a database, as its superuser.
    pub fn url(&self, database: &str) -> String {
        let folder = self.folder.display();
        format!("postgresql:///{database}?host={folder}&user=postgres")
    }

    /// Runs SQL as the superuser.
    pub fn psql(&self, database: &str, sql: &str) {
        let output = Command::new("psql")
            .args([
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                &self.url(database),
                "-c",
                sql,
            ])
            .output()
            .expect("psql is installed");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// Stops the server at once, as if it had crashed.
    pub fn crash(&self) {
        let mut command = as_postgres(&program("pg_ctl"));
        command.args(["-w", "-s", "-m", "immediate", "-D"]);
        command.arg(self.folder.join("data"));
        let status = command.arg("stop").stdout(Stdio::null()).status();
        assert!(status.expect("pg_ctl runs").success());
    }

    /// Halts all its processes where they are (`STOP`), or lets them go on (`CONT`).
    pub fn signal(&self, signal: &str) {
        let main = std::fs::read_to_string(self.folder.join("data/postmaster.pid"));
        let main = main.expect("the server runs");
        let main = main.lines().next().expect("its number");
        let parts = std::fs::read_to_string(format!("/proc/{main}/task/{main}/children"));
        let parts = parts.expect("the system lists its parts");
        // One that ends meanwhile is missed, and nothing is lost.
        let _ = Command::new("kill")
            .args([&format!("-{signal}"), main])
            .args(parts.split_whitespace())
            .status();
    }

    /// Starts the server again.
    pub fn restart(&self) {
        start_server(&self.folder);
    }
}

fn start_server(folder: &Path) {
    let options = format!(
        "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off \
         -c max_connections=300 -c shared_buffers=64MB -c logging_collector=off",
        folder.display()
    );
    let started = as_postgres(&program("pg_ctl"))
        .args(["-w", "-s", "-D"])
        .arg(folder.join("data"))
        .arg("-l")
        .arg(folder.join("log"))
        .args(["-o", &options, "start"])
        .stdout(Stdio::null())
        .status()
        .expect("pg_ctl runs");
    assert!(
        started.success(),
        "PostgreSQL starts, see {}",
        folder.display()
    );
}

const WATCH: &str =
    "trap '' HUP INT TERM; cat; \"$1\" -s -m immediate -D \"$2/data\" stop; rm -rf \"$2\"";

/// A command as the user `postgres` when the tests run as root, whom the server refuses.
fn as_postgres(command: &str) -> Command {
    let id = Command::new("id")
        .arg("-u")
        .output()
        .expect("id is installed");
    if id.stdout.trim_ascii() != b"0" {
        return Command::new(command);
    }
    let mut as_user = Command::new("setpriv");
    as_user.args([
        "--reuid=postgres",
        "--regid=postgres",
        "--clear-groups",
        "--",
        command,
    ]);
    as_user.current_dir("/");
    as_user
}

/// A program of the server, from the newest version Debian has installed.
fn program(name: &str) -> String {
    let versions = std::fs::read_dir("/usr/lib/postgresql");
    let mut found: Vec<PathBuf> = versions
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin").join(name))
        .filter(|path| path.exists())
        .collect();
    found.sort();
    let newest = found.pop();
    newest.map_or_else(
        || name.to_owned(),
        |path| path.to_string_lossy().into_owned(),
    )
}
