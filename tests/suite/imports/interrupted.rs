//! An import that is killed leaves the old register or the new one, never something between.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use diachinh::store::{Store, StoreOptions};
use rstest::rstest;

use super::desk::Desk;
use crate::databases::{Kind, Server};
use crate::harness::{Folder, diachinh};

/// Moments at which the program is killed.
const MOMENTS: u32 = 50;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn an_import_killed_at_fifty_moments_leaves_the_old_register_or_the_new_one(#[case] kind: Kind) {
    let registers = Registers::new(kind);
    let whole = registers.another("whole");
    let begun = Instant::now();
    let status = registers.import(&whole).status();
    assert_eq!(status.expect("the program runs").code(), Some(0));
    let takes = begun.elapsed();
    let (mut old, mut new) = (0, 0);
    for moment in 0..MOMENTS {
        let register = registers.another(&format!("killed_{moment}"));
        let mut child = registers
            .import(&register)
            .spawn()
            .expect("the program starts");
        // Later than it takes undisturbed, too, so that some are killed after the commit.
        std::thread::sleep(takes.mul_f64(f64::from(moment + 1) / f64::from(MOMENTS) * 1.1));
        child.kill().expect("the program can be killed");
        child.wait().expect("the program ends");
        registers.let_go(&format!("killed_{moment}"));
        match state(&register) {
            (1, 0, false) => old += 1,
            (2, 511, true) => new += 1,
            other => unreachable!("killed at moment {moment}: {other:?}"),
        }
    }
    assert_eq!(old + new, MOMENTS);
    assert!(
        old > 0,
        "the moments were all too late: {new} of {MOMENTS} were through"
    );
}

/// Revision, number of parcels, and whether the import is remembered.
fn state(register: &str) -> (u64, u32, bool) {
    let store = Store::open(&StoreOptions::at(register)).expect("a store");
    let mut parcels = 0;
    let now = diachinh::cadastre::Instant(i64::MAX);
    store
        .parcels_known_at(now, &mut |_| parcels += 1)
        .expect("a register that can be read");
    let import = store.last_import("commune-25354");
    let import = import.expect("a register that can be read");
    let revision = store.revision().expect("a revision").0;
    assert_eq!(store.verify_audit().expect("an audit"), []);
    (revision, parcels, import.is_some())
}

/// Copies of a register that holds wards and no parcels.
struct Registers {
    folder: Folder,
    kind: Kind,
}

impl Registers {
    fn new(kind: Kind) -> Self {
        let folder = Folder::new();
        let own = match kind {
            Kind::Sqlite => folder.path().join("pristine").display().to_string(),
            Kind::Postgres => {
                Server::shared().psql("postgres", "CREATE DATABASE pristine");
                Server::shared().url("pristine")
            }
        };
        // Closed at once: a database is copied only while nobody is connected to it.
        let Desk { folder, .. } = Desk::open_on(&StoreOptions::at(own), folder);
        Self { folder, kind }
    }

    /// The address of a new copy.
    fn another(&self, name: &str) -> String {
        if self.kind == Kind::Postgres {
            let copy = format!("CREATE DATABASE {name} TEMPLATE pristine");
            Server::shared().psql("postgres", &copy);
            return Server::shared().url(name);
        }
        let to = self.folder.path().join(format!("{name}.gpkg"));
        copy_register(&self.folder.path().join("pristine"), &to);
        to.display().to_string()
    }

    /// The program, about to import the commune into a register.
    fn import(&self, register: &str) -> Command {
        let commune = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/fr-cadastre/commune-25354.gpkg");
        let mut import = diachinh(&self.folder);
        import.arg("import").arg(&commune);
        import.args(["--profile", "fr-cadastre", "--store", register]);
        import.stdout(Stdio::null()).stderr(Stdio::null());
        import
    }

    /// Waits until the server has noticed that its client is no more.
    fn let_go(&self, name: &str) {
        if self.kind == Kind::Postgres {
            let wait = format!(
                "DO $$ BEGIN WHILE EXISTS \
                 (SELECT FROM pg_stat_activity WHERE datname = '{name}') LOOP \
                 PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$"
            );
            Server::shared().psql("postgres", &wait);
        }
    }
}

/// Copies a register that nobody writes, with its write-ahead log.
fn copy_register(from: &Path, to: &Path) {
    for suffix in ["", "-wal"] {
        let with = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            std::path::PathBuf::from(name)
        };
        if with(from).exists() {
            std::fs::copy(with(from), with(to)).expect("a copy of the register");
        }
    }
}
